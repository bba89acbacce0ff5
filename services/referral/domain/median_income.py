"""The standard median income (기준 중위소득): what the Ministry of Health and Welfare publishes every August for the
next year, by the size of the household, in won a month.

Most limits of income are a share of it. A year that nobody has published is not known, and never guessed from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LISTED_SIZES = 7
"""The ministry lists households of one to seven; beyond them every person adds what the seventh added."""
LEAST_WON, MOST_WON = 100_000, 1_000_000_000
"""Nobody publishes less or more; what is outside was typed wrong."""


@dataclass(frozen=True, slots=True)
class MedianIncome:
    """Of one year."""

    year: int
    won: tuple[int, ...]
    """A month, for households of one to seven."""
    source: str
    source_date: date
    url: str = ""
    assured: bool = True
    """False: somebody must compare it with the source."""

    def of(self, persons: int) -> int:
        """Won a month for a household of this size."""
        if persons <= LISTED_SIZES:
            return self.won[persons - 1]
        return self.won[-1] + (persons - LISTED_SIZES) * self.further_person

    @property
    def further_person(self) -> int:
        """What every person beyond the seventh adds."""
        return self.won[-1] - self.won[-2]


Medians = Mapping[int, MedianIncome]
"""By year."""


def share(won: int, hundredths: int) -> int:
    """A part of an amount, in hundredths of a percent, rounded to the won as the ministry's own tables are."""
    return (won * hundredths + 5_000) // 10_000


def fault(median: MedianIncome) -> str:
    """What is wrong with the figures of a year; empty if nothing is."""
    if len(median.won) != LISTED_SIZES:
        return f"has {LISTED_SIZES} amounts, for households of one to {LISTED_SIZES}"
    if median.won[0] < LEAST_WON or median.won[-1] > MOST_WON:
        return f"is between {LEAST_WON} and {MOST_WON} won a month"
    if any(larger <= smaller for smaller, larger in zip(median.won, median.won[1:], strict=False)):
        return "rises with the size of the household"
    return ""


_PAGE = "https://www.mohw.go.kr/menu.es?mid=a10708010900"
PUBLISHED = (
    MedianIncome(
        2024,
        (2_228_445, 3_682_609, 4_714_657, 5_729_913, 6_695_735, 7_618_369, 8_514_994),
        "보건복지부고시 제2023-150호",
        date(2023, 8, 16),
        _PAGE,
    ),
    MedianIncome(
        2025,
        (2_392_013, 3_932_658, 5_025_353, 6_097_773, 7_108_192, 8_064_805, 8_988_428),
        "보건복지부고시 제2024-162호",
        date(2024, 8, 1),
        _PAGE,
    ),
    MedianIncome(
        2026,
        (2_564_238, 4_199_292, 5_359_036, 6_494_738, 7_556_719, 8_555_952, 9_515_150),
        "보건복지부고시 제2025-135호 (중앙생활보장위원회 의결일)",
        date(2025, 7, 31),
        _PAGE,
    ),
)
"""What the hub brings. A centre writes later years itself, as soon as they are published."""
