"""Articles that answer what citizens ask: what one is, how much one counts that helped, and several sources in turn.

Nothing in an article is personal: it is what an authority publishes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Protocol, TypeVar

LONGEST_KEY, LONGEST_TITLE, LONGEST_TEXT, LONGEST_URL, LONGEST_CATEGORY = 255, 500, 100_000, 2_000, 100
_LEAST = 0.95
"""What is left at least of the score of an article that never helped: helping decides only between equals."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a source."""

    key: str
    """What the source calls it: the same in every import."""
    title: str
    text: str
    category: str = ""
    url: str = ""
    updated_at: float | None = None
    """When the source changed it, as far as it says."""
    language: str = "ko"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that could not be taken."""

    line: int
    """From 1."""
    message: str
    key: str = ""
    """Of which article, as far as that can be read."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    faults: tuple[Fault, ...] = ()

    def __add__(self, other: Imported) -> Imported:
        return Imported(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
            self.faults + other.faults,
        )


@dataclass(frozen=True, slots=True)
class Marks:
    """What agents said of an article."""

    helped: int = 0
    """How often it was the answer."""
    marked: int = 0
    """How often somebody said whether it was."""

    @property
    def share(self) -> float:
        """How likely it helps, between 0 and 1; a half where nobody has said anything."""
        return (self.helped + 1) / (self.marked + 2)

    @property
    def left(self) -> float:
        """What is left of a score for it."""
        return _LEAST + (1 - _LEAST) * self.share


class Placed(Protocol):
    """What is put in an order."""

    @property
    def marks(self) -> Marks:
        """What agents said of it."""
        ...


One = TypeVar("One", bound=Placed)


def faults(article: Article) -> str:
    """What is wrong with an article; empty: nothing."""
    named = (("title", article.title, LONGEST_TITLE), ("text", article.text, LONGEST_TEXT))
    empty = [name for name, text, _ in named if not text]
    if empty:
        return f"has no {' and no '.join(empty)}"
    long = [f"{name} has more than {most} characters" for name, text, most in named if len(text) > most]
    return "; ".join(long)


def tidied(article: Article) -> Article:
    """An article without what no database can hold and blanks at the ends; what only helps to find it is cut short."""
    return replace(
        article,
        key=_clean(article.key)[:LONGEST_KEY],
        title=" ".join(_clean(article.title).split()),
        text=_clean(article.text),
        category=_clean(article.category)[:LONGEST_CATEGORY],
        url=_address(_clean(article.url)),
        language=_clean(article.language).lower() or "ko",
    )


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()


def _address(url: str) -> str:
    return url if url.startswith(("https://", "http://")) and len(url) <= LONGEST_URL else ""


def in_turn(sources: Sequence[Sequence[One]]) -> list[One]:
    """The best of several sources whose scores cannot be compared: first the best of each, then the second of each.
    Of one place those that helped come first, the earlier source where they are alike."""
    found: list[One] = []
    for place in zip_longest(*sources):
        found += sorted((one for one in place if one is not None), key=lambda one: -one.marks.share)
    return found
