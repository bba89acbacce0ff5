"""What people write stays text in every template, whatever it is: drawn with any text, a part has the elements and the
attributes that it has with a plain one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hub120.intake.v1 import case_pb2
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import meta
from markupsafe import Markup

from services.console import drawing

FOLDER = Path(drawing.__file__).parent / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
LOOKS = 24
"""Ways through a template."""
BEGINS = ("", "https://a.example/")
"""What leads somewhere begins so; the rest does not."""
KINDS = [one.name for one in case_pb2.Entry.DESCRIPTOR.oneofs_by_name["what"].fields]
"""What an entry of a case may be."""
ADDRESSES = {"href", "src", "action", "data-live", "data-upload"}
PIECES = [
    *(
        "<script>alert(1)</script>",
        "<b>",
        "</textarea>",
        "</title>",
        "-->",
        "<!--",
        "]]>",
        '" onload="x',
        "' onload='x",
    ),
    *("javascript:x", "&lt;i&gt;", "&#60;i&#62;", "{{ 7 * 7 }}", "{% raw %}", "`", "=", "\0", "\u2028", "\u202e"),
]
TEXTS = (
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=4).map("".join).filter(bool)
)


class Anything:
    """Whatever a template takes it for, it is that: a message, many, a time, a number, or what somebody wrote.
    How a question about it is answered does not depend on what is written."""

    def __init__(self, text: str, look: int) -> None:
        self._text, self._chance = text, random.Random(look)
        self._kind = KINDS[look % len(KINDS)]

    def __str__(self) -> str:
        return self._text

    def __format__(self, spec: str) -> str:
        return format(1, spec) if spec else self._text

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return OF_ANYTHING[name](self) if name in OF_ANYTHING else self

    def __call__(self, *_: Any, **__: Any) -> Anything:
        return self

    def __getitem__(self, _: Any) -> Anything:
        return self

    def __iter__(self) -> Iterator[Anything]:
        return iter((self, self))

    def __len__(self) -> int:
        return 2

    def __bool__(self) -> bool:
        return self._chance.random() < 0.7

    def __hash__(self) -> int:
        return 1

    def _asked(self, _: object) -> bool:
        return self._chance.random() < 0.5

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _asked

    def __radd__(self, other: object) -> object:
        return other + self._text if isinstance(other, str) else self

    def __add__(self, other: object) -> object:
        return self._text + other if isinstance(other, str) else self

    def _one(self, *_: object) -> float:
        return 1.0

    __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __mod__ = __float__ = _one

    def __round__(self, _: int = 0) -> int:
        return 1

    __int__ = __index__ = __round__


OF_ANYTHING: Mapping[str, Callable[[Anything], Any]] = {
    "ToDatetime": lambda _: lambda _zone: datetime(2026, 5, 4, tzinfo=UTC),
    "ToNanoseconds": lambda _: lambda: 1_000,
    "WhichOneof": lambda one: lambda _what: one._kind,
    "splitlines": lambda one: lambda: [str(one)],
    "lower": lambda one: lambda: str(one).lower(),
}


class Shape(HTMLParser):
    """The elements of a piece of HTML with the names of their attributes, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.schemes: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.schemes |= {urlsplit(value or "").scheme for name, value in attrs if name in ADDRESSES}

    def handle_decl(self, decl: str) -> None:
        self.elements.append(("!", decl))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("--", data))


def variables() -> set[str]:
    """Every name that a template is given."""
    parse = drawing._templates().parse
    return {name for path in TEMPLATES for name in meta.find_undeclared_variables(parse((FOLDER / path).read_text()))}


NAMES = variables()


def drawn(template: str, text: str, look: int) -> Shape:
    """A template where everything that is not ours is this text."""
    wrote = Anything(text, look)
    places = {"static": "/static", "live": "/live", "go": "/go", "path": "/desk"}
    ours: dict[str, Any] = {
        **places,
        "theme": "auto",
        "language": "ko",
        "tools": [],
        "evidence": [(wrote, wrote, wrote)],
    }
    ours["direction"] = lambda _: "more"
    saying = {"t": lambda _code, **filled: " ".join(map(str, filled.values())), "named": lambda _table, code: code}
    values = {**dict.fromkeys(NAMES, wrote), **ours, **saying, "state": lambda *_: wrote}
    return Shape(drawing.draw(template, "ko", values))


@cache
def plain(template: str, begin: str, look: int) -> Sequence[tuple[str, ...]]:
    """The elements where what is written is nothing odd."""
    return drawn(template, f"{begin}a", look).elements


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_is_meant_to_run_stays_text_everywhere(template: str) -> None:
    for look in range(LOOKS):
        for begin in BEGINS:
            found = drawn(template, f"{begin}javascript:x <script>x</script>\" onload='x'>", look)
            assert found.elements == plain(template, begin, look)
            assert found.schemes <= {"", "https"}


@pytest.mark.parametrize("template", TEMPLATES)
@settings(max_examples=10)
@given(text=TEXTS, begin=st.sampled_from(BEGINS))
def test_whatever_people_write_stays_text(template: str, text: str, begin: str) -> None:
    for look in range(len(KINDS)):
        found = drawn(template, begin + text, look)
        assert found.elements == plain(template, begin, look)
        assert found.schemes <= {"", "https"}


def test_line_breaks_are_the_only_elements_that_come_of_words() -> None:
    assert drawing.spell("a <b>\n& c") == Markup("a &lt;b&gt;<br>&amp; c")
