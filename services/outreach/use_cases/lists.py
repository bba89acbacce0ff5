"""Lists of people: brought in from files row by row, and named in campaigns."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, BinaryIO

from chassis import sheets
from chassis.database import Database, Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.statements import Row
from services.outreach.domain import lists as rules
from services.outreach.domain import wording
from services.outreach.domain.lists import Column, Member, RowFault, Segment
from services.outreach.domain.mailings import MailingState, NewMailing, Recipient, person
from services.outreach.store import lists as store
from services.outreach.store import mailings
from services.outreach.store.lists import NewMember
from services.outreach.use_cases import contact_rules, mailing

CHUNK = 1_000
"""Rows that one transaction takes."""
FILLED = 2_000
"""Members that one transaction puts on a mailing's list."""
SHOWN_ROWS, SHOWN_FAULTS = 10, 100
HEADING_ROWS = 10
"""The headings stand in one of so many rows; titles may stand above them."""
MOST_ROWS = 1_000_000
_PIECE = 1 << 20
Rows = Iterable[tuple[int, Sequence[Any]]]


@dataclass(frozen=True, slots=True)
class NewList:
    """A list as it is brought in; ``mapping`` says what columns are, by heading."""

    id: str
    name: str
    filename: str
    created_by: str
    mapping: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be read of a file, as far as it was looked at."""

    columns: Sequence[Column]
    rows: Sequence[tuple[int, Sequence[str]]]
    faults: Sequence[RowFault]
    members: int
    duplicates: int


def preview(stream: BinaryIO, new: NewList) -> Preview:
    """Look at the first thousand rows; nothing is stored. Raises ``InvalidArgument``."""
    try:
        columns, rows = _opened(stream, new)
        looked_at = [(number, row) for number, row in islice(rows, CHUNK) if _says_anything(row)]
    except sheets.Unreadable as error:
        raise InvalidArgument([("filename", str(error))]) from error
    members, faults = _read(looked_at, columns)
    shown = [(number, [rules.text(cell) for cell in row]) for number, row in looked_at[:SHOWN_ROWS]]
    people = {person(one.addresses) for one in members}
    return Preview(columns, shown, faults[:SHOWN_FAULTS], len(people), len(members) - len(people))


def bring_in(
    database: Database, stream: BinaryIO, new: NewList, progress: Callable[[int], object] = lambda _: None
) -> tuple[Row, Sequence[Column]]:
    """Read a file into a list, a chunk in each transaction; ``progress`` is told how many rows each had. How far that
    came is kept with each chunk: begun again with the same id it goes on there, and a list that is whole stays as it
    is. Raises ``InvalidArgument`` for a file that cannot be read, as far as it could not; ``PreconditionFailed``
    (OTHER_FILE)."""
    try:
        columns, rows = _opened(stream, new)
        if database.run(_begin, new, columns, _hash(stream, columns)).complete:
            return database.run(of, new.id), columns
        left = iter(rows)
        while chunk := list(islice(left, CHUNK)):
            database.run(_take, new.id, chunk, columns)
            progress(len(chunk))
        database.run(store.complete, new.id)
    except sheets.Unreadable as error:
        raise InvalidArgument([("filename", str(error))]) from error
    return database.run(of, new.id), columns


def _opened(stream: BinaryIO, new: NewList) -> tuple[Sequence[Column], Rows]:
    """The columns of a file and the rows below them. Raises ``Unreadable`` where none names addresses."""
    rows = sheets.rows(stream, new.filename)
    for number, row in rows:
        columns = rules.proposed(row, new.mapping)
        if any(one.field in rules.ADDRESSES for one in columns):
            return columns, islice(rows, MOST_ROWS)
        if number >= HEADING_ROWS:
            break
    raise sheets.Unreadable(f"none of the first {HEADING_ROWS} rows names a column with phone, account or email")


def _read(rows: Rows, columns: Sequence[Column]) -> tuple[list[Member], list[RowFault]]:
    members: list[Member] = []
    faults: list[RowFault] = []
    for number, row in rows:
        if not _says_anything(row):
            continue
        found = rules.read(number, row, columns, contact_rules.phone)
        if isinstance(found, Member):
            members.append(found)
        else:
            faults += found
    return members, faults


def _says_anything(row: Sequence[Any]) -> bool:
    return any(rules.text(cell) for cell in row)


def _hash(stream: BinaryIO, columns: Sequence[Column]) -> bytes:
    """Tells a file, read as these columns, from any other. The stream stands where it stood."""
    place, found = stream.tell(), hashlib.sha256(repr([(one.heading, one.field) for one in columns]).encode())
    stream.seek(0)
    while piece := stream.read(_PIECE):
        found.update(piece)
    stream.seek(place)
    return found.digest()


def _begin(tx: Tx, new: NewList, columns: Sequence[Column], digest: bytes) -> Row:
    """The list, new or half brought in. Raises ``PreconditionFailed`` where half of another file is in it."""
    mailings.audit(tx, new.created_by, "UploadList", new.id)
    known = tx.keys.keyed_hash("outreach_file", digest.hex())
    row = store.add(tx, new.id, new.name, rules.variables(columns), new.created_by, known) or of(tx, new.id)
    if not row.complete and bytes(row.file_hash) != known:
        raise PreconditionFailed("OTHER_FILE", f"another file, or other columns, were begun as list {new.id}")
    return row


def _take(tx: Tx, list_id: str, rows: Sequence[tuple[int, Sequence[Any]]], columns: Sequence[Column]) -> None:
    """Store what of a chunk is not there yet."""
    reached = of(tx, list_id).reached
    rows = [(number, row) for number, row in rows if number > reached]
    if not rows:
        return
    members, faults = _read(rows, columns)
    new = [_member(tx, list_id, one) for one in members]
    added = store.add_members(tx, list_id, new)
    twice = [RowFault(one.number, "", "duplicate") for one in members if one.number not in added]
    store.add_faults(tx, list_id, chain(faults, twice))
    refused = len({one.row for one in faults})
    store.grown(tx, list_id, members=len(added), refused=refused, duplicates=len(twice), reached=rows[-1][0])


def _member(tx: Tx, list_id: str, one: Member) -> NewMember:
    addresses = contact_rules.same_form(one.addresses)
    return NewMember(
        number=one.number,
        person_hash=tx.keys.keyed_hash("outreach_address", person(addresses)),
        details=store.sealed(tx, list_id, one),
        language=one.language,
        district=one.district,
        birth_year=one.birth_year,
        tags=" ".join(one.tags),
        kinds=" ".join(sorted(addresses)),
    )


def of(tx: Tx, list_id: str) -> Row:
    """A list. Raises ``NotFound``."""
    row = store.of(tx, list_id)
    if row is None:
        raise NotFound("list", list_id)
    return row


def mark(tx: Tx, list_id: str, who: str, *, gets_notices: bool) -> Row:
    """Say whether notices to the public go to those on a list. Raises ``NotFound``."""
    row = store.mark(tx, list_id, gets_notices=gets_notices)
    if row is None:
        raise NotFound("list", list_id)
    mailings.audit(tx, who, "SetListNotices", list_id)
    return row


def remove(tx: Tx, list_id: str, who: str) -> None:
    """Drop a list and everybody on it."""
    mailings.audit(tx, who, "RemoveList", list_id)
    store.remove(tx, list_id)


def create_campaign(tx: Tx, new: NewMailing, list_id: str, segment: Segment) -> Row:
    """A campaign to those of a list who are meant; its mailing's list is filled behind the doors. Created twice, the
    second finds the first. Raises ``NotFound``, ``InvalidArgument``, ``PreconditionFailed`` (LIST_INCOMPLETE)."""
    listed = of(tx, list_id)
    if not listed.complete:
        raise PreconditionFailed("LIST_INCOMPLETE", f"not all of list {list_id} is there: bring it in again to the end")
    known = json.loads(listed.variables)
    wrong = [
        (f"texts[{place}].text", fault)
        for place, one in enumerate(new.texts)
        for fault in wording.faults(one.text, known)
    ]
    if wrong:
        raise InvalidArgument(wrong)
    row = mailing.open_mailing(tx, new)
    store.add_campaign(tx, new.id, list_id, segment)
    return row


def fill(tx: Tx) -> bool:
    """Put some more of a campaign's list on its mailing's; False if no campaign is being filled. Where a run stopped is
    kept with what it wrote, so another goes on there."""
    campaign = store.open_campaign(tx)
    if campaign is None:
        return False
    rows = store.members(tx, campaign.list_id, campaign.reached, FILLED)
    if mailing.of(tx, campaign.mailing_id).state in {MailingState.DRAFT, MailingState.EXPANDING}:
        segment, year = store.segment(campaign), tx.now.year
        meant = [
            row for row in rows if segment.holds(row.language, row.district, row.birth_year, row.tags.split(), year)
        ]
        mailing.add_recipients(tx, campaign.mailing_id, [_recipient(tx, row) for row in meant])
    over = len(rows) < FILLED
    store.reached(tx, campaign.mailing_id, rows[-1].number if rows else campaign.reached, over=over)
    if over:
        mailing.close_list(tx, campaign.mailing_id)
    return True


def _recipient(tx: Tx, row: Row) -> Recipient:
    addresses, variables = store.opened(tx, row)
    return Recipient(addresses, row.language, row.district, variables)
