"""People who are looked for: told of by a notice, quoted by a code, and forgotten when the search is over.

Whatever names them is sealed while they are looked for and gone afterwards. Who reads it is on record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hub120.outreach.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.statements import Row
from services.outreach import wording
from services.outreach.district_outlines import placed
from services.outreach.domain.areas import Area
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.missing import Found, sighting_code
from services.outreach.domain.notices import LONGEST_S as NOTICE_S
from services.outreach.domain.notices import Entry, NoticeAct, NoticeClass, NoticeState
from services.outreach.store import missing
from services.outreach.store import notices as store
from services.outreach.store.missing import Wanted
from services.outreach.store.notices import NewNotice
from services.outreach.use_cases import proposing, withdrawing

_CODES = 10_000


@dataclass(frozen=True, slots=True)
class Search:
    """Somebody is looked for in an area."""

    wanted: Wanted
    area: Area
    channels: tuple[str, ...]
    descriptions: Mapping[str, str]
    """What readers shall know, by language."""
    ends_at: float
    request_id: str
    sign_video_url: str = ""


def report(tx: Tx, search: Search, chance: int) -> tuple[Row, Row, bool]:
    """Propose a notice of somebody who is looked for: the notice, the person, and whether it is new. Repeated with the
    same request it is the one that is there. ``chance`` is a number by which the code is drawn."""
    by = search.wanted.reported_by
    known = store.by_request(tx, by, search.request_id)
    if known is not None:
        return known, _person(tx, known.id), False
    code = _free_code(tx, chance)
    texts = wording.looked_for(search.descriptions, search.area.names, code)
    new = NewNotice(
        NoticeClass.URGENT, Hazard.MISSING.value, placed(search.area), search.channels, texts, by, search.ends_at,
        sign_video_url=search.sign_video_url, request_id=search.request_id,
    )  # fmt: skip
    row = proposing.add(tx, new)
    return row, missing.add(tx, row.id, search.wanted, code, search.ends_at), True


def _free_code(tx: Tx, chance: int) -> str:
    used = set(missing.codes(tx))
    for step in range(_CODES):
        code = sighting_code(chance + step)
        if code not in used:
            return code
    raise PreconditionFailed("NO_CODE_LEFT", "every code of a sighting is in use")


def begun(tx: Tx, row: Row) -> None:
    """Their notice is released: whoever quotes the code is put first from now on."""
    person = missing.person(tx, row.id)
    if person is None or person.closed_at is not None:
        return
    told = events_pb2.MissingPersonActive(notice_id=row.id, code=person.code, area_codes=Area.read(row.area).codes)
    told.until_time.FromMicroseconds(int(person.ends_at * 1e6))
    tx.emit(told, subject=row.id)


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who is looked for, as they may be read by who looks."""

    row: Row
    name: str
    description: str
    police_reference: str


def opened(tx: Tx, notice_id: str, actor: str, action: str, purpose: str) -> Shown:
    """Whom a notice is about; who reads it, and why, is on record."""
    row = _person(tx, notice_id)
    store.audit(tx, actor, action, notice_id, purpose)
    values = [tx.opened("missing_person", row, name) for name in ("name", "description", "police_reference")]
    return Shown(row, *values)


def by_code(tx: Tx, code: str) -> str:
    """The notice of somebody who is looked for now, by the code that a citizen quotes. Raises ``NotFound``."""
    row = missing.by_code(tx, code)
    if row is None:
        raise NotFound("missing person", code)
    return str(row.id)


def sighted(tx: Tx, notice_id: str, case_id: str) -> None:
    """Somebody was seen: whoever watches the notice is told in which case."""
    row = store.hold(tx, notice_id)
    if row is not None:
        proposing.told(tx, row, Entry.SIGHTED, "citizen", reference=case_id)


def close(tx: Tx, notice_id: str, outcome: Found, by: str) -> Row:
    """The search is over: the notice ends, what names them goes, and those who read it shall be told. Repeated, it is
    over already."""
    notice = proposing.held(tx, notice_id)
    person = missing.hold(tx, notice_id)
    if person is None:
        raise NotFound("missing person", notice_id)
    if person.closed_at is not None:
        return person
    if notice.state == NoticeState.RELEASED and outcome is Found.FOUND:
        _thank(tx, notice, person, by)
    if notice.state in {NoticeState.PROPOSED, NoticeState.RELEASED}:
        withdrawing.withdraw(tx, notice, by, outcome.value)
    return _closed(tx, notice_id, outcome)


def _thank(tx: Tx, notice: Row, person: Row, by: str) -> None:
    names, spoken = Area.read(notice.area).names, list(store.texts(tx, notice))
    new = NewNotice(
        NoticeClass.INFORMATION, Hazard.OTHER.value, Area.read(notice.area), tuple(notice.channels.split()),
        wording.found_again(spoken, names, person.code), by, tx.now.timestamp() + NOTICE_S, NoticeAct.CANCEL,
        follows=notice.id,
    )  # fmt: skip
    proposing.add(tx, new)


def ended(tx: Tx) -> bool:
    """Close one search whose notice is over, however it ended; False if there is none. What is closed stays closed."""
    person = missing.over(tx)
    if person is None:
        return False
    _closed(tx, person.id, Found.EXPIRED)
    return True


def _closed(tx: Tx, notice_id: str, outcome: Found) -> Row:
    row = missing.close(tx, notice_id, outcome)
    tx.emit(events_pb2.MissingPersonClosed(notice_id=notice_id, close_time=tx.now), subject=notice_id)
    return row


@dataclass(frozen=True, slots=True)
class ToErase:
    """What is to go: the photo's key, empty for none."""

    notice_id: str
    photo: str


def to_erase(tx: Tx) -> ToErase | None:
    """Somebody whose search is over and who is still named; None if there is nobody."""
    row = missing.to_erase(tx)
    return None if row is None else ToErase(row.id, row.photo)


def erase(tx: Tx, notice_id: str) -> None:
    """Take out what names them, after the photo is gone. Repeated, there is nothing left."""
    missing.erase(tx, notice_id)
    store.erase(tx, notice_id)
    row = store.hold(tx, notice_id)
    if row is not None:
        proposing.told(tx, row, Entry.ERASED, "clock")


def _person(tx: Tx, notice_id: str) -> Row:
    row = missing.person(tx, notice_id)
    if row is None:
        raise NotFound("missing person", notice_id)
    return row
