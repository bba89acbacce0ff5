"""Node and the packages of the folders that need it: found, or installed with apt and npm where that may be.

``python -m tests.node`` sees to it before the tests, so that a wait is seen and explained.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.servers.machine import NotToBeHad, install

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "agent_node"
SMPP = ROOT / "tests" / "peers" / "smpp"
FOLDERS = (EXAMPLE, SMPP)
INSTALL_S = 300


def programs() -> None:
    """Raises ``NotToBeHad`` saying what to install where node or npm is missing and cannot be installed here."""
    for program, package in (("node", "nodejs"), ("npm", "npm")):
        if shutil.which(program) is None:
            install(package)
        if shutil.which(program) is None:
            raise NotToBeHad(f"{program} was not found: please install Node.js 18 or newer with npm")


def packages(folder: Path = EXAMPLE) -> Path:
    """The folder, its packages installed as its lock file says; done once for each lock file."""
    programs()
    lock, installed = folder / "package-lock.json", folder / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        name = folder.relative_to(ROOT)
        print(f"tests: npm ci in {name}", flush=True)
        command = ["npm", "ci", "--ignore-scripts"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_S, check=False)
        if done.returncode != 0:
            raise NotToBeHad(f"npm ci in {name} failed:\n{done.stderr}")
    return folder


if __name__ == "__main__":
    try:
        for one in FOLDERS:
            packages(one)
    except NotToBeHad as problem:
        print(f"tests: {problem}", file=sys.stderr)
        sys.exit(1)
