"""The folder of a demonstration: its databases, keys and logs. Emptied before each run, and used by one at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from typing import IO

from demo.trouble import Trouble, near

USUAL = Path("var/demo")
_MARK = ".demonstration"


def prepare(folder: Path, *, keep: bool) -> IO[str]:
    """Make the folder ready; what is returned stays open as long as the folder is in use. Raises ``Trouble``."""
    mark = folder / _MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists() and not keep:
        raise Trouble(
            f"{near(folder)} holds something that is not a demonstration's. "
            "Name an empty folder with HUB120_DATA_DIR, or say --keep to use what is there."
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    used = mark.open("w")
    try:
        fcntl.flock(used, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Trouble(
            f"Another demonstration is running in {near(folder)}. End it, or name another folder with HUB120_DATA_DIR."
        ) from error
    if not keep:
        _empty(folder)
    (folder / "logs").mkdir(exist_ok=True)
    return used


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.name == _MARK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def chosen() -> Path:
    """The folder the environment names, or the usual one."""
    return Path(os.environ.get("HUB120_DATA_DIR") or USUAL).absolute()
