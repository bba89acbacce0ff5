"""The audience of notices: counted before anything leaves, and brought onto a mailing's list a chunk at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.statements import Row
from services.outreach.domain import audience as rules
from services.outreach.domain.areas import Area
from services.outreach.domain.audience import Filling, Within
from services.outreach.domain.mailings import FALLBACK_LANGUAGE, Recipient
from services.outreach.domain.notices import Counts, NoticeAct, NoticeClass
from services.outreach.store import audience as store
from services.outreach.store import lists, notice_sendings, notices, people, recipients, trail

CHUNK = 2_000
"""People that one transaction puts on a list."""
_PAGE = 5_000
_BEFORE_ALL = ("", 0)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of those who get a notice, and the place of the last; ``over``: there are no more of this kind."""

    people: Sequence[Recipient]
    place: str
    over: bool


class Audience:
    """Those who get notices. ``roads`` are the connectors that carry them, by channel."""

    def __init__(self, roads: Mapping[str, str]) -> None:
        self._roads = roads

    def counts(self, tx: Tx, row: Row, readers_of: str) -> Counts | None:
        """How many would get a notice: whoever is in its area, or the readers of a release. None while the list of that
        release is being filled: nobody can say."""
        if not readers_of:
            return self._in_area(tx, row)
        earlier = notice_sendings.of(tx, readers_of)
        if earlier is not None and earlier.filling != Filling.FULL and row.act == NoticeAct.UPDATE:
            return None
        return self._readers(tx, row, readers_of) if earlier is not None else self._unsent(tx, row)

    def _unsent(self, tx: Tx, row: Row) -> Counts:
        """What it follows has not left: an update goes to whoever is in the area, a cancellation to nobody."""
        return Counts(0) if row.act == NoticeAct.CANCEL else self._in_area(tx, row)

    def _in_area(self, tx: Tx, row: Row) -> Counts:
        channels, languages, unplaced = Counter[str](), Counter[str](), 0
        warned = rules.warns(NoticeClass(row.notice_class))
        for one in store.counts(tx, Within.of(Area.read(row.area)), people=warned):
            if one.stands:
                unplaced += one.people
                continue
            channels[self._channel(row, one.kinds.split())] += one.people
            languages[_primary(one.language)] += one.people
        return Counts(sum(channels.values()), channels, languages, unplaced)

    def _readers(self, tx: Tx, row: Row, readers_of: str) -> Counts:
        channels, languages = Counter[str](), Counter[str]()
        states, seen, after = rules.readers(NoticeAct(row.act)), set[bytes](), _BEFORE_ALL
        earlier = earlier_ones(tx, row.act, readers_of)
        while page := store.readers(tx, earlier, states, after, _PAGE):
            after = page[-1].mailing_id, page[-1].number
            for one in page:
                if bytes(one.person_hash) in seen:
                    continue
                seen.add(bytes(one.person_hash))
                channels[self._channel(row, recipients.opened(tx, one)[0])] += 1
                languages[_primary(one.language)] += 1
        return Counts(len(seen), channels, languages)

    def _channel(self, row: Row, kinds: Sequence[str] | Mapping[str, str]) -> str:
        return rules.channel_for(list(kinds), row.channels.split(), self._roads)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower() or FALLBACK_LANGUAGE


def earlier_ones(tx: Tx, act: str, readers_of: str) -> list[str]:
    """The releases whose readers are meant: an update's are those of what it follows, a cancellation's those of all
    that came before."""
    found = [readers_of]
    while act == NoticeAct.CANCEL and (release := notices.release_with(tx, found[-1])) and release.readers_of:
        found.append(release.readers_of)
    return found


def page(tx: Tx, release: Row, filling: Filling, reached: str) -> Page:
    """The next of those who get a release, of one kind, behind a place."""
    match filling:
        case Filling.READERS:
            return _readers_page(tx, release, reached)
        case Filling.LISTS:
            return _members_page(tx, release, reached)
        case _:
            return _people_page(tx, release, reached)


def _readers_page(tx: Tx, release: Row, reached: str) -> Page:
    earlier, states = earlier_ones(tx, release.act, release.readers_of), rules.readers(NoticeAct(release.act))
    rows = store.readers(tx, earlier, states, store.place(reached), CHUNK)
    found = [Recipient(*_opened(tx, row)) for row in rows]
    return Page(found, json.dumps([rows[-1].mailing_id, rows[-1].number]) if rows else reached, len(rows) < CHUNK)


def _opened(tx: Tx, row: Row) -> tuple[Mapping[str, str], str, str]:
    addresses, _ = recipients.opened(tx, row)
    return addresses, row.language, row.district


def _members_page(tx: Tx, release: Row, reached: str) -> Page:
    rows = store.members(tx, Within.of(Area.read(release.area)), store.place(reached), CHUNK)
    found = [Recipient(lists.opened(tx, row)[0], row.language, row.district) for row in rows]
    return Page(found, json.dumps([rows[-1].list_id, rows[-1].number]) if rows else reached, len(rows) < CHUNK)


def _people_page(tx: Tx, release: Row, reached: str) -> Page:
    """Whose number is read is on record."""
    rows = store.people(tx, Within.of(Area.read(release.area)), store.place(reached)[0], CHUNK)
    for row in rows:
        trail.audit(tx, "outreach", "SendNotice", row.id, f"notice {release.notice_id}")
    found = [Recipient({"phone": people.telephone(tx, row)}, row.language, row.district) for row in rows]
    return Page(found, json.dumps([rows[-1].id, 0]) if rows else reached, len(rows) < CHUNK)
