"""Who gets a notice, as far as that can be known: of people a district is known, never a spot. And by which
channels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.outreach.domain.areas import WHOLE_COUNTRY, Area
from services.outreach.domain.mailings import VOICE, RecipientState, Step, Text
from services.outreach.domain.notices import Form, NoticeAct, NoticeClass, form

ADDRESSES: Final[Mapping[str, str]] = {"app": "account", "kakaotalk": "phone", "sms": "phone", VOICE: "phone"}
"""The channels that a notice leaves by, each with its kind of address."""
_WITH_CITIES: Final = frozenset({"41", "43", "44", "46", "47", "48", "51", "52"})
"""도: a 구 of a great city belongs to no city."""
NOBODY_CARRIES: Final = "none"
WAITS_S: Final[Mapping[NoticeClass, float]] = {
    NoticeClass.LIFE_SAFETY: 180.0,
    NoticeClass.URGENT: 600.0,
    NoticeClass.INFORMATION: 0.0,
}
"""How long a delivery is waited for before the next channel is tried."""
_GOT_IT = (
    RecipientState.SENDING,
    RecipientState.SENT,
    RecipientState.DELIVERED,
    RecipientState.READ,
    RecipientState.UNSURE,
)


class Filling(StrEnum):
    """Whence a notice's list is filled, in this order; or that it is not any more."""

    READERS = "readers"
    """Those of an earlier notice."""
    LISTS = "lists"
    """Those of marked lists in the area."""
    PEOPLE = "people"
    """Those who are called regularly and live in the area."""
    FULL = "full"
    OFF = "off"
    """It was called off meanwhile."""


@dataclass(frozen=True, slots=True)
class Within:
    """An area as districts are held against it: how their codes begin."""

    everywhere: bool
    provinces: tuple[str, ...]
    """Two digits."""
    districts: tuple[str, ...]
    """Five digits."""
    villages: tuple[str, ...]
    """Ten digits."""
    cities: tuple[str, ...]
    """Four digits, by which the 구 of a city are known."""
    around: tuple[str, ...]
    """Provinces and cities of which only a part is meant: of whom no more is known, nobody can say whether they are in
    it."""

    @classmethod
    def of(cls, area: Area) -> Within:
        """An area's codes, by their length."""
        districts = tuple(code for code in area.codes if len(code) == 5)
        return cls(
            WHOLE_COUNTRY in area.codes,
            tuple(code for code in area.codes if len(code) == 2 and code != WHOLE_COUNTRY),
            districts,
            tuple(code for code in area.codes if len(code) == 10),
            tuple(code[:4] for code in districts if code.endswith("0")),
            tuple({code[:2] for code in area.codes if len(code) > 2} | {_city(code) for code in districts}),
        )


def _city(code: str) -> str:
    """The city of a 구 that lies in one, else the district itself. In a 도 a 구 has a number below 700 that does not
    end in 0, as those of its 시 do."""
    return f"{code[:4]}0" if code[:2] in _WITH_CITIES and code[2] < "7" else code


def warns(notice_class: NoticeClass) -> bool:
    """Whether a notice is a warning. People who agreed to be asked how they are get warnings, and nothing else."""
    return notice_class is not NoticeClass.INFORMATION


def readers(act: NoticeAct) -> tuple[RecipientState, ...]:
    """Of an earlier notice's recipients, whom this one is for: an update for all who were to get it, a cancellation for
    those who may have got it."""
    return _GOT_IT if act is NoticeAct.CANCEL else tuple(RecipientState)


def first_of(*, follows: bool) -> Filling:
    """Where the filling of a list begins."""
    return Filling.READERS if follows else Filling.LISTS


def after(filling: Filling, notice_class: NoticeClass, *, in_area: bool) -> Filling:
    """What a list is filled with next."""
    if filling is Filling.READERS and in_area:
        return Filling.LISTS
    if filling is Filling.LISTS and warns(notice_class):
        return Filling.PEOPLE
    return Filling.FULL


def channel_for(kinds: Collection[str], channels: Sequence[str], roads: Mapping[str, str]) -> str:
    """The first channel that reaches somebody with these kinds of address."""
    for channel in channels:
        if channel in roads and (ADDRESSES[channel] in kinds or roads[channel] in kinds):
            return channel
    return NOBODY_CARRIES


def steps(channels: Sequence[str], roads: Mapping[str, str]) -> tuple[Step, ...]:
    """The connectors that a notice goes by, in the order of its channels, each once. Voice comes last: agents call
    those whom nothing reached."""
    written = [one for one in channels if one in roads and one != VOICE]
    found = tuple(Step(connector, ADDRESSES[one]) for connector, one in {roads[one]: one for one in written}.items())
    return (*found, Step(VOICE, ADDRESSES[VOICE])) if VOICE in channels and VOICE in roads else found


def texts(words: Mapping[str, str], video: str, channels: Sequence[str], roads: Mapping[str, str]) -> tuple[Text, ...]:
    """What is sent over each connector: in each language that it carries, in Korean in any case; with the way to the
    same in sign language."""
    found: dict[tuple[str, str], Text] = {}
    for channel in channels:
        if channel not in roads:
            continue
        road = VOICE if channel == VOICE else roads[channel]
        for language, text in words.items():
            whole = f"{text}\n{'수어' if language == 'ko' else 'Sign language'}: {video}" if video else text
            if channel != "sms" or language == "ko" or form(whole) is not Form.NONE:
                found.setdefault((road, language), Text(road, language, text if channel == VOICE else whole))
    return tuple(found.values())
