"""Who interprets at the partner of the demonstration: languages, telephones, and the manners of a session."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass

HIRED_FOR = ("ar", "hi", "mn", "ms", "pl", "pt", "sv", "tr")
"""Languages for which the centre of the demonstration asks the partner: those that Papago does not know."""
AT_ONCE = 250
"""So many written conversations a volunteer has at most; a demonstration needs fewer people that way."""


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Somebody who interprets; a number is all that the hub hears of them."""

    name: str
    languages: tuple[str, ...]
    telephone: str


def _roster() -> tuple[Volunteer, ...]:
    spoken = (
        "fr es",
        "it",
        "ru de",
        "pt es",
        "ar fr",
        "pl",
        "tr",
        "sv",
        "th",
        "ms id",
        "id",
        "mn",
        "vi",
        "ar",
        "hi",
        "en zh ja",
    )
    return tuple(
        Volunteer(f"v-{number}", tuple(languages.split()), f"+8221555{number:04}")
        for number, languages in enumerate(spoken, start=1)
    )


VOLUNTEERS = _roster()


@dataclass(frozen=True, slots=True)
class Manners:
    """How one session goes."""

    late_s: float = 0.02
    """Between what the hub says and what is reported of it."""
    says_no: bool = False
    is_silent: bool = False
    """Has the request, and says nothing of it ever after."""
    drops_after: int = 0
    """Leaves after so many words were translated; 0: stays."""
    tells_twice: bool = False
    """Every callback comes again."""
    out_of_order: bool = False
    """Every second callback comes later than the one after it."""
    at_once: bool = False
    """Says it in the answer instead of calling back."""

    @property
    def bad(self) -> tuple[str, ...]:
        """What of it is bad, for the report."""
        named = {
            "sessions declined": self.says_no,
            "sessions left unanswered": self.is_silent,
            "interpreters who left in the middle": bool(self.drops_after),
            "callbacks told twice": self.tells_twice,
            "callbacks out of order": self.out_of_order,
        }
        return tuple(name for name, is_so in named.items() if is_so)


def by_seed(seed: int, number: int) -> Manners:
    """The manners of the partner's session of that number: about half of them are good."""
    luck = random.Random(f"manners {seed} {number}")
    return Manners(
        late_s=luck.choice((0.02, 0.05, 0.2, 1.0)),
        says_no=luck.random() < 0.1,
        is_silent=luck.random() < 0.03,
        drops_after=luck.choice((1, 2, 3)) if luck.random() < 0.1 else 0,
        tells_twice=luck.random() < 0.25,
        out_of_order=luck.random() < 0.25,
        at_once=luck.random() < 0.2,
    )


class Desk:
    """Who has how many conversations."""

    def __init__(self) -> None:
        self._busy: Counter[str] = Counter()
        self._lock = threading.Lock()

    def find(self, language: str) -> Volunteer | None:
        """Who speaks it and has least to do, and has now one more; None if nobody is free."""
        with self._lock:
            speaks = [one for one in VOLUNTEERS if language in one.languages and self._busy[one.name] < AT_ONCE]
            found = min(speaks, key=lambda one: self._busy[one.name], default=None)
            if found is not None:
                self._busy[found.name] += 1
            return found

    def speaks(self, language: str) -> bool:
        """Whether anybody does, free or not."""
        return any(language in one.languages for one in VOLUNTEERS)

    def free(self, volunteer: Volunteer) -> None:
        """They have one less."""
        with self._lock:
            self._busy[volunteer.name] -= 1
