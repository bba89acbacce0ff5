"""The browser of tests: Debian's Chromium, found or installed, and letters that Korean can be read in on pictures. Its
shell without windows does the same with half of the work, and comes first; not every distribution has it."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from tests.servers.machine import NotToBeHad, install

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/nanum/NanumGothic.ttf")
PACKAGES, FONT_PACKAGE = ("chromium-headless-shell", "chromium"), "fonts-nanum"


def program() -> str | None:
    """The browser that is here."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def make_sure() -> str:
    """The browser, installed where it may be. Raises ``NotToBeHad``."""
    for package in PACKAGES:
        if program() is None:
            with suppress(NotToBeHad):
                install(package)
    if not any(Path(font).exists() for font in FONTS):
        install(FONT_PACKAGE)
    found = program()
    if found is None:
        raise NotToBeHad(f"none of {', '.join(PROGRAMS)} was found or could be installed: please install one")
    return found
