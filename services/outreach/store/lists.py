"""Lists of people, what was wrong with their rows, and the campaigns that are made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from chassis.database import Tx
from chassis.locking import free, held
from chassis.statements import Row, Sql
from services.outreach.domain.lists import Member, RowFault, Segment

_ADD = Sql("""
INSERT INTO recipient_list (id, name, variables, members, refused, duplicates, created_by, created_at, reached,
    complete, file_hash)
VALUES (:id, :name, :variables, 0, 0, 0, :created_by, :now, 0, 0, :file_hash) ON CONFLICT (id) DO NOTHING RETURNING *
""")
_LIST = held("SELECT * FROM recipient_list WHERE id = :id")
_LISTS = Sql("SELECT * FROM recipient_list ORDER BY created_at DESC, id DESC LIMIT 200")
_GROWN = Sql("""
UPDATE recipient_list SET members = members + :members, refused = refused + :refused,
    duplicates = duplicates + :duplicates, reached = :reached
WHERE id = :id
""")
_MARK = Sql("UPDATE recipient_list SET gets_notices = :gets_notices WHERE id = :id RETURNING *")
_COMPLETE = Sql("UPDATE recipient_list SET complete = 1 WHERE id = :id")
_REMOVE = tuple(
    Sql(f"DELETE FROM {table} WHERE {key} = :id")  # noqa: S608 - our names
    for table, key in (("list_member", "list_id"), ("row_fault", "list_id"), ("recipient_list", "id"))
)
_ADD_MEMBERS = {
    "sqlite": Sql("""
INSERT INTO list_member (list_id, number, person_hash, details, language, district, birth_year, tags, kinds)
VALUES (:list_id, :number, :person_hash, :details, :language, :district, :birth_year, :tags, :kinds)
ON CONFLICT DO NOTHING RETURNING number
"""),
    "postgresql": Sql("""
INSERT INTO list_member (list_id, number, person_hash, details, language, district, birth_year, tags, kinds)
SELECT :list_id, new.* FROM unnest(CAST(:number AS bigint[]), CAST(:person_hash AS bytea[]),
    CAST(:details AS bytea[]), CAST(:language AS text[]), CAST(:district AS text[]), CAST(:birth_year AS bigint[]),
    CAST(:tags AS text[]), CAST(:kinds AS text[])) AS new
ON CONFLICT DO NOTHING RETURNING number
"""),
}
_EACH = ("number", "person_hash", "details", "language", "district", "birth_year", "tags", "kinds")
_MEMBERS = Sql("""
SELECT * FROM list_member WHERE list_id = :list_id AND number > :after ORDER BY number LIMIT :limit
""")
_ADD_FAULT = Sql("""
INSERT INTO row_fault (list_id, number, heading, code) VALUES (:list_id, :number, :heading, :code)
ON CONFLICT DO NOTHING
""")
_FAULTS = Sql("""
SELECT number, heading, code FROM row_fault
WHERE list_id = :list_id AND (number > :number OR (number = :number AND heading > :heading))
ORDER BY number, heading LIMIT :limit
""")
_ADD_CAMPAIGN = Sql("""
INSERT INTO campaign (mailing_id, list_id, segment, reached, open) VALUES (:mailing_id, :list_id, :segment, 0, 1)
ON CONFLICT (mailing_id) DO NOTHING
""")
_OPEN = free("SELECT * FROM campaign WHERE open = 1 ORDER BY mailing_id LIMIT 1", "campaign")
_REACHED = Sql("UPDATE campaign SET reached = :reached, open = :open WHERE mailing_id = :mailing_id")


@dataclass(frozen=True, slots=True)
class NewMember:
    """A member as it is written."""

    number: int
    person_hash: bytes
    details: bytes
    language: str
    district: str
    birth_year: int
    tags: str
    kinds: str
    """Of address, blanks between."""


def add(
    tx: Tx, list_id: str, name: str, variables: Sequence[str], created_by: str, file_hash: bytes
) -> Row | None:  # fmt: skip
    """Write a list of which nothing is there yet; None if its id is taken."""
    values = {"id": list_id, "name": name, "variables": json.dumps(list(variables)), "created_by": created_by}
    return tx.execute(_ADD, {**values, "file_hash": file_hash, "now": tx.now.timestamp()}).one_or_none()


def of(tx: Tx, list_id: str) -> Row | None:
    """A list, its row held."""
    return tx.execute(_LIST[tx.dialect], {"id": list_id}).one_or_none()


def all_of_them(tx: Tx) -> Sequence[Row]:
    """Lists, newest first."""
    return tx.execute(_LISTS).all()


def grown(tx: Tx, list_id: str, *, members: int, refused: int, duplicates: int, reached: int) -> None:
    """The list has become longer, by the rows of the file up to ``reached``."""
    values = {"id": list_id, "members": members, "refused": refused, "duplicates": duplicates}
    tx.execute(_GROWN, {**values, "reached": reached})


def complete(tx: Tx, list_id: str) -> None:
    """All of the file is there."""
    tx.execute(_COMPLETE, {"id": list_id})


def mark(tx: Tx, list_id: str, *, gets_notices: bool) -> Row | None:
    """Say whether notices to the public go to those on a list; None if there is no such list."""
    return tx.execute(_MARK, {"id": list_id, "gets_notices": int(gets_notices)}).one_or_none()


def remove(tx: Tx, list_id: str) -> None:
    """Drop a list and everybody on it."""
    for statement in _REMOVE:
        tx.execute(statement, {"id": list_id})


def add_members(tx: Tx, list_id: str, rows: Sequence[NewMember]) -> set[int]:
    """Write members; the numbers of those who are new: the others are on the list already."""
    if tx.dialect == "postgresql":
        columns: dict[str, Any] = {name: [getattr(row, name) for row in rows] for name in _EACH}
        return set(tx.execute(_ADD_MEMBERS[tx.dialect], {"list_id": list_id, **columns}).scalars())
    each = ({"list_id": list_id, **{name: getattr(row, name) for name in _EACH}} for row in rows)
    return {number for one in each for number in tx.execute(_ADD_MEMBERS[tx.dialect], one).scalars()}


def members(tx: Tx, list_id: str, after: int, limit: int) -> Sequence[Row]:
    """Members in the order of the file."""
    return tx.execute(_MEMBERS, {"list_id": list_id, "after": after, "limit": limit}).all()


def add_faults(tx: Tx, list_id: str, faults: Iterable[RowFault]) -> None:
    """Write down what is wrong with rows."""
    for one in faults:
        tx.later(_ADD_FAULT, {"list_id": list_id, "number": one.row, "heading": one.column, "code": one.code})


def faults(tx: Tx, list_id: str, after: tuple[int, str], limit: int) -> Sequence[Row]:
    """What was wrong, by row."""
    values = {"list_id": list_id, "number": after[0], "heading": after[1], "limit": limit}
    return tx.execute(_FAULTS, values).all()


def sealed(tx: Tx, list_id: str, member: Member) -> bytes:
    """What only a sender reads of a member."""
    content = json.dumps([dict(member.addresses), dict(member.variables)], ensure_ascii=False, separators=(",", ":"))
    return tx.keys.seal(content, table="list_member", column="details", row=f"{list_id}:{member.number}")


def opened(tx: Tx, row: Row) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """A member's addresses and variables."""
    place = f"{row.list_id}:{row.number}"
    addresses, variables = json.loads(
        tx.keys.open(bytes(row.details), table="list_member", column="details", row=place)
    )
    return addresses, variables


def add_campaign(tx: Tx, mailing_id: str, list_id: str, segment: Segment) -> None:
    """Those of a list who are meant shall be put on a mailing's list."""
    values = {"mailing_id": mailing_id, "list_id": list_id, "segment": json.dumps(asdict(segment))}
    tx.execute(_ADD_CAMPAIGN, values)


def open_campaign(tx: Tx) -> Row | None:
    """A campaign whose mailing's list is being filled and that nobody else fills now."""
    return tx.execute(_OPEN[tx.dialect]).first()


def segment(row: Row) -> Segment:
    """Who of the list a campaign means."""
    found = json.loads(row.segment)
    lists = {name: tuple(found[name]) for name in ("languages", "districts", "tags")}
    return Segment(**lists, minimum_age=found["minimum_age"], maximum_age=found["maximum_age"])


def reached(tx: Tx, mailing_id: str, number: int, *, over: bool) -> None:
    """How far a campaign's list is read."""
    tx.execute(_REACHED, {"mailing_id": mailing_id, "reached": number, "open": int(not over)})
