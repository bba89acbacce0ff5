"""Why a service stands where it stands: which words of the query were found in it, where and as what, and what whom
help is for made of that. In Korean and English, for agents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.referral.domain import korean, search_filters
from services.referral.domain.search import COUNTRY, Field, Texts
from services.referral.domain.search_filters import Filters, Offered
from services.referral.domain.search_query import Match, Query, Way

MOST_MATCHES = 8
SNIPPET_CHARACTERS = 160
_BEFORE = 40
_DAY_S = 86_400.0
_SNIPPETS = (Field.DESCRIPTION, Field.ELIGIBILITY)
PROVINCES: Mapping[str, tuple[str, str]] = {
    "11": ("서울특별시", "Seoul"),
    "26": ("부산광역시", "Busan"),
    "27": ("대구광역시", "Daegu"),
    "28": ("인천광역시", "Incheon"),
    "29": ("광주광역시", "Gwangju"),
    "30": ("대전광역시", "Daejeon"),
    "31": ("울산광역시", "Ulsan"),
    "36": ("세종특별자치시", "Sejong"),
    "41": ("경기도", "Gyeonggi-do"),
    "43": ("충청북도", "Chungcheongbuk-do"),
    "44": ("충청남도", "Chungcheongnam-do"),
    "46": ("전라남도", "Jeollanam-do"),
    "47": ("경상북도", "Gyeongsangbuk-do"),
    "48": ("경상남도", "Gyeongsangnam-do"),
    "50": ("제주특별자치도", "Jeju"),
    "51": ("강원특별자치도", "Gangwon"),
    "52": ("전북특별자치도", "Jeonbuk"),
}
"""By the first two digits of the district codes of the Ministry of the Interior, with both renamings of 2023 and
2024."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A word of the query that was found."""

    word: str
    """As it was asked, without what hung on it."""
    match: Match
    found_as: str
    """What stands in the service: the word, a part of it, what else it is called, or initials."""
    fields: Sequence[Field]
    share: float
    """How much of the score comes of it, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What place, age and the like say of a service."""

    code: str
    """For machines."""
    korean: str
    english: str
    factor: float = 1.0
    """What is left of the score for it."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some of a service's text, with what was found in it."""

    field: Field
    text: str
    found: Sequence[tuple[int, int]]
    """Begin and length of what was found, in characters."""


def matched(query: Query, ways: Mapping[int, float], texts: Texts) -> list[Matched]:
    """What was found of the query in a service, what counts most first. ``ways``: what each way of the query adds."""
    squeezed = {field: _squeezed(text) for field, text in texts.items()}
    total = sum(ways.values())
    best = sorted(ways, key=lambda place: -ways[place])[:MOST_MATCHES]
    return [_matched(query, query.ways[place], squeezed, ways[place] / total) for place in best]


def _matched(query: Query, way: Way, squeezed: Mapping[Field, str], share: float) -> Matched:
    word = query.matters[way.matter]
    if way.match is Match.INITIALS:
        names = (Field.NAME, Field.ALTERNATE_NAME)
        named = [field for field in names if way.text in korean.initials(squeezed.get(field, ""))]
        return Matched(word, way.match, way.text, named, share)
    text = _squeezed(way.text)
    if whole := [field for field, there in squeezed.items() if text in there]:
        return Matched(word, way.match, way.text, whole, share)
    parts = list(_parts(text, squeezed))
    fields = [field for field, there in squeezed.items() if any(part in there for part in parts)]
    match = way.match if way.match is Match.SYNONYM else Match.PART
    return Matched(word, match, ", ".join(parts) or way.text, fields, share)


def _squeezed(text: str) -> str:
    return "".join(korean.normal(text).split())


def _parts(text: str, squeezed: Mapping[Field, str]) -> Iterator[str]:
    """The longest pieces of a word, of two syllables and more, that stand somewhere in the service."""
    begin = 0
    while begin < len(text) - 1:
        end = begin + 1
        while end < len(text) and any(text[begin : end + 1] in there for there in squeezed.values()):
            end += 1
        if end - begin > 1:
            yield text[begin:end]
        begin = max(begin + 1, end - 1)


def snippet(found: Sequence[Matched], texts: Texts) -> Snippet:
    """The piece of a service's text that says most of what was found; its beginning where nothing was."""
    wanted = [part for one in found for part in one.found_as.split(", ") if part]
    best = max(_SNIPPETS, key=lambda field: (len(_places(texts.get(field, ""), wanted)), field is Field.DESCRIPTION))
    text = texts.get(best, "")
    places = _places(text, wanted)
    begin = max(0, places[0][0] - _BEFORE) if places and places[0][0] > SNIPPET_CHARACTERS // 2 else 0
    piece = text[begin : begin + SNIPPET_CHARACTERS]
    return Snippet(best, piece, _places(piece, wanted))


def _places(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where the wanted stands, from the beginning on, without what lies over another."""
    folded = korean.normal(text)
    if len(folded) != len(text):
        return []
    all_places = sorted((at, -len(one)) for one in wanted for at in _occurrences(folded, one))
    found: list[tuple[int, int]] = []
    for at, length in all_places:
        if not found or at >= found[-1][0] + found[-1][1]:
            found.append((at, -length))
    return found


def _occurrences(text: str, one: str) -> Iterator[int]:
    at = text.find(one)
    while at >= 0:
        yield at
        at = text.find(one, at + len(one))


def reasons(asked: Filters, offered: Offered, now: float) -> list[Reason]:
    """What whom help is for, and how fresh the service is, say of it."""
    found: list[Reason] = []
    if asked.area:
        found.append(_place(asked, offered))
    if asked.age is not None:
        found.append(_age(offered))
    found.extend(_terms(asked, offered))
    if (factor := search_filters.freshness(offered.assured_at, now)) < 1:
        found.append(_stale(offered.assured_at, now, factor))
    return found


def _place(asked: Filters, offered: Offered) -> Reason:
    area = search_filters.area_of(asked, offered)
    if not area:
        factor = search_filters.placing(asked, offered)
        return Reason("area_not_named", "대상 지역을 밝히지 않음", "names no area", factor)
    if area == COUNTRY:
        return Reason("area_country", "전국 대상", "for the whole country")
    korean_name, english_name = PROVINCES.get(area[:2], (area[:2], area[:2]))
    if len(area) == 2:
        return Reason("area_province", f"{korean_name} 전체 대상", f"for the whole of {english_name}")
    if len(area) == 5:
        return Reason("area_district", f"{korean_name} 해당 시·군·구 대상", f"for this district of {english_name}")
    return Reason("area_neighbourhood", "해당 읍·면·동 대상", "for this neighbourhood")


def _age(offered: Offered) -> Reason:
    lowest, highest = offered.minimum_age, offered.maximum_age
    if lowest is None and highest is None:
        return Reason("age_not_named", "나이 제한을 밝히지 않음", "names no age")
    korean_text = f"{'' if lowest is None else f'{lowest}세부터 '}{'' if highest is None else f'{highest}세까지 '}대상"
    english = " ".join(
        part
        for part in ("for ages", "" if lowest is None else f"from {lowest}", "" if highest is None else f"to {highest}")
        if part
    )
    return Reason("age_fits", korean_text, english)


_TERMS = {
    "life_stage": ("생애주기", "life stage"),
    "target": ("가구 상황", "household"),
    "need": ("필요한 도움", "need"),
}


def _terms(asked: Filters, offered: Offered) -> Iterator[Reason]:
    for taxonomy, wanted in (("life_stage", asked.life_stages), ("target", asked.targets), ("need", asked.needs)):
        korean_name, english_name = _TERMS[taxonomy]
        if wanted and search_filters.names_any(taxonomy, offered):
            yield Reason(f"{taxonomy}_fits", f"{korean_name}에 맞음", f"fits the {english_name}")
        elif wanted:
            yield Reason(f"{taxonomy}_not_named", f"{korean_name} 제한을 밝히지 않음", f"names no {english_name}")


def _stale(assured_at: float | None, now: float, factor: float) -> Reason:
    if not assured_at:
        return Reason("never_assured", "내용이 확인된 적 없음", "nobody has said that it is right", factor)
    days = int((now - assured_at) / _DAY_S)
    return Reason("stale", f"확인한 지 {days}일 지남", f"last said to be right {days} days ago", factor)
