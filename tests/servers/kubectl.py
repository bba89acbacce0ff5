"""kubectl, which draws manifests together without any cluster: found, or told what is missing."""

from __future__ import annotations

import json
import shutil
import subprocess

from tests.servers.machine import NotToBeHad

OLDEST = (5, 0)
"""Of the kustomize in it: what knows components and labels in templates."""


def program() -> str:
    """Where kubectl is. Raises ``NotToBeHad``."""
    found = shutil.which("kubectl")
    if found is None:
        raise NotToBeHad("kubectl was not found: please install kubectl 1.27 or newer")
    told = subprocess.run([found, "version", "--client", "-o", "json"], capture_output=True, text=True, check=True)
    version = str(json.loads(told.stdout).get("kustomizeVersion", "v0.0"))
    if tuple(int(part) for part in version.removeprefix("v").split(".")[:2]) < OLDEST:
        raise NotToBeHad(f"{found} draws with kustomize {version}: please install kubectl 1.27 or newer")
    return found


def kustomize(folder: str) -> str:
    """What a kustomization draws together."""
    done = subprocess.run([program(), "kustomize", folder], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{folder} cannot be built: {done.stderr}")
    return done.stdout
