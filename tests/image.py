"""What the image holds, made without a builder of images: the instructions of the Dockerfile's first stage, carried out
in a folder that stands for the image's root. What others made and is pinned is installed by uv, by the same hashes: it
has everything at hand, and pip would take minutes to unpack it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.documents import ROOT
from tests.manifests import DOCKERFILE

LONGEST_S = 900
PINNED = r"^(\S+)/bin/pip install --disable-pip-version-check --require-hashes (-r \S+)$"
UV = (
    f'here=$PWD; cd "{ROOT}"; . scripts/index.sh; cd "$here"; "{sys.executable}" -m uv pip install --compile-bytecode'
    r" --python \1/bin/python --require-hashes \2"
)
_UNWANTED = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")


def instructions() -> Iterator[tuple[str, str, str]]:
    """The Dockerfile's instructions with their stage: its name, or nothing for the last."""
    stage = ""
    whole = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", DOCKERFILE.read_text(), flags=re.MULTILINE))
    for line in filter(None, whole.splitlines()):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            stage = rest.partition(" AS ")[2]
        yield stage, word, rest


def build(root: Path) -> Path:
    """Carry the first stage out below ``root``; returns where the programs are."""
    source = root / "src"
    source.mkdir()
    for stage, word, rest in instructions():
        if stage == "build" and word == "COPY":
            copy(rest.split()[:-1], source)
        elif stage == "build" and word == "RUN":
            run(rest, root, source)
    return root / "opt" / "hub120" / "bin"


def copy(names: list[str], source: Path) -> None:
    """What ``COPY`` does with files and folders of the repository."""
    for name in names:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=_UNWANTED)
        else:
            shutil.copy(ROOT / name, target)


def run(command: str, root: Path, source: Path) -> None:
    """What ``RUN`` does, with /opt below ``root`` and packages from this machine's cache."""
    here = command.replace("--no-cache-dir ", "").replace("/opt/", f"{root}/opt/")
    if find_spec("uv"):
        here = re.sub(PINNED, UV, here)
    here = re.sub(r"^python ", f"{sys.executable} ", here)
    done = subprocess.run(
        ["sh", "-ec", here], cwd=source, capture_output=True, text=True, timeout=LONGEST_S, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
