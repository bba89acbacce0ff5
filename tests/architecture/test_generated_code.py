"""The committed generated code is what the protos generate."""

from __future__ import annotations

import subprocess

from tests.architecture.source import ROOT


def test_generated_code_is_that_of_the_protos() -> None:
    done = subprocess.run([ROOT / "scripts/protos.sh", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
