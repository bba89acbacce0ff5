"""The browser of tests: Debian's Chromium, found or installed, and letters that Korean can be read in on pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.servers.machine import NotToBeHad, install

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FONTS = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "/usr/share/fonts/truetype/nanum/NanumGothic.ttf")
PACKAGE, FONT_PACKAGE = "chromium", "fonts-nanum"


def program() -> str | None:
    """The browser that is here."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def make_sure() -> str:
    """The browser, installed where it may be. Raises ``NotToBeHad``."""
    if program() is None:
        install(PACKAGE)
    if not any(Path(font).exists() for font in FONTS):
        install(FONT_PACKAGE)
    found = program()
    if found is None:
        raise NotToBeHad(f"{PACKAGE} was installed, but its program was not found")
    return found
