"""Public holidays, by the ``holidays`` library: Korea's solar and lunar ones, substitutes, and those of one year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 2000, 2049
"""Beyond, lunar days are not known for certain."""
_COUNTRY = "KR"


class Names(NamedTuple):
    """What a holiday is called."""

    ko: str
    en: str


@lru_cache(maxsize=64)
def of_year(year: int) -> Mapping[date, Names]:
    """The public holidays of a year, by day."""
    import holidays  # noqa: PLC0415 (every country's calendar is in it; only a rota needs one)

    korean = holidays.country_holidays(_COUNTRY, years=year, language="ko")
    english = holidays.country_holidays(_COUNTRY, years=year, language="en_US")
    return {day: Names(korean[day], english[day]) for day in sorted(korean)}


@lru_cache(maxsize=64)
def of_years(first: int, last: int) -> Mapping[date, Names]:
    """The public holidays of several years."""
    years: Iterable[int] = range(max(first, FIRST_YEAR), min(last, LAST_YEAR) + 1)
    return {day: names for year in years for day, names in of_year(year).items()}
