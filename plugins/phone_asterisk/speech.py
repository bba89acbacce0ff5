"""What Asterisk plays for a text: it has no voice of its own, so an operator says where speech comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from hub120_sdk import Rejected

SAID = "hub120.said."
"""Before the id of a reply that is being spoken; the exchange tells by it when that is over."""
FIRST = "hub120.first."
"""Before the id of a leg that hears something before its conference."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def media_for(settings: Mapping[str, str], words: str, language: str) -> str:
    """What is played. Raises ``Rejected`` where nothing is set."""
    template = settings["announcement_media"]
    if not template:
        raise Rejected("the exchange has nothing to speak with: set announcement_media, or call without announcement")
    known = language if _LANGUAGE.fullmatch(language) else "ko"
    return template.replace("{language}", known).replace("{text}", quote(words, safe=""))


def speaks_any_text(settings: Mapping[str, str]) -> bool:
    """Whether what is played depends on the words."""
    return "{text}" in settings["announcement_media"]
