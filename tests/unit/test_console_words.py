"""The words of the console: each in both languages, each there where a page says it, and none that no page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from google.protobuf.descriptor import EnumDescriptor

from services.console import wording
from services.console.contracts import services
from services.console.tones import TONES

CONSOLE = Path(wording.__file__).parent
SAID = re.compile(r"""\bt\(\s*["']([a-z_]+\.[A-Za-z_]+)["']""")
SAID_IN_PARTS = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-z_]*)["']\s*[+~]""")
"""The beginning of a code whose end is filled in."""
SAID_WITH_TOOL = re.compile(r"""\bt\(\s*\w+\.name\s*[+~]\s*["'](\.[a-z_]+)["']""")
NAMED = re.compile(r"""\bnamed\(\s*["']([a-z_]+)["']""")
"""A table of names for codes of the hub, which come from outside of the pages."""
QUOTED = re.compile(r"""["']([a-z_]+)["']""")


def sources() -> Iterator[Path]:
    """Everything that may say a word."""
    for pattern in ("templates/**/*.html", "**/*.py"):
        yield from CONSOLE.glob(pattern)


def test_every_word_is_there_in_korean_and_in_english() -> None:
    wrong = {code: both for code, both in wording.tables().items() if len(both) != 2 or not all(both)}
    assert wrong == {}


def test_both_languages_are_filled_in_with_the_same() -> None:
    def places(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    wrong = [code for code, (korean, english) in wording.tables().items() if places(korean) != places(english)]
    assert wrong == []


def test_every_word_that_a_page_says_is_there() -> None:
    missing = {
        f"{path.relative_to(CONSOLE)}: {code}"
        for path in sources()
        for code in SAID.findall(path.read_text())
        if code not in wording.tables() and f"{code}" not in SAID_IN_PARTS.findall(path.read_text())
    }
    assert missing == set()


def test_no_word_is_kept_that_no_page_says() -> None:
    text = "\n".join(path.read_text() for path in sources())
    whole, begun = set(SAID.findall(text)), tuple(SAID_IN_PARTS.findall(text))
    of_tools, quoted = tuple(SAID_WITH_TOOL.findall(text)), set(QUOTED.findall(text))
    from_outside = {"states", "reasons", *NAMED.findall(text)}
    unsaid = [
        code
        for code in wording.tables()
        if code.partition(".")[0] not in from_outside
        and code not in whole
        and not (begun and code.startswith(begun))
        and not code.endswith(of_tools or ("-",))
        and code.partition(".")[2] not in quoted
    ]
    assert unsaid == []


def enums() -> dict[str, EnumDescriptor]:
    """Every enum of the contracts, by the beginning of its values."""
    found: dict[str, EnumDescriptor] = {}
    for service in services():
        for enum in service.file.enum_types_by_name.values():
            found[enum.values[0].name.removesuffix("_UNSPECIFIED")] = enum
        for dependency in service.file.dependencies:
            for enum in dependency.enum_types_by_name.values():
                found[enum.values[0].name.removesuffix("_UNSPECIFIED")] = enum
    return found


@pytest.mark.parametrize("prefix", sorted(enums()))
def test_an_enum_is_named_whole_or_not_at_all(prefix: str) -> None:
    values = [value.name for value in enums()[prefix].values if not value.name.endswith("_UNSPECIFIED")]
    named = [name for name in values if f"states.{name}" in wording.tables()]
    assert named in ([], values)


def test_no_state_has_a_tone_that_there_is_none_of() -> None:
    there = {value.name for enum in enums().values() for value in enum.values}
    assert [name for name in TONES if name not in there] == []


def test_no_state_is_named_that_there_is_none_of() -> None:
    there = {value.name for enum in enums().values() for value in enum.values}
    assert [code for code in wording.tables() if code.startswith("states.") and code[7:] not in there] == []
