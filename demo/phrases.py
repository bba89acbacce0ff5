"""Translation as the demonstration has it: a small table of phrases; anything else comes back with a mark of the pair.

The marker of a message stands outside of what is translated, and the mark keeps the text, so that whoever counts
markers finds them on both sides. A term that the centre gave is put
in its place, as an interpreter would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from demo.citizens import MARKER

_MARKED = re.compile(rf"\s*\(({MARKER.pattern})\)")
_TABLE = Path(__file__).with_name("phrases.txt")


def translated(text: str, source: str, target: str, terms: Mapping[str, str] | None = None) -> str:
    """The text in the other language, or with ``[ar→ko]`` before it."""
    known = _phrases().get((source, target, _MARKED.sub("", text).strip()))
    if known is not None:
        return known + "".join(f" ({marker})" for marker in _MARKED.findall(text))
    for term, called in (terms or {}).items():
        text = text.replace(term, called)
    return f"[{source}→{target}] {text}"


@cache
def _phrases() -> dict[tuple[str, str, str], str]:
    found = {}
    for line in _TABLE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            language, phrase, korean = line.split("|")
            found[language, "ko", phrase] = korean
            found["ko", language, korean] = phrase
    return found
