"""People who are called regularly, and what they agreed to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.ids import new_id
from chassis.locking import held
from chassis.statements import Row, Sql
from services.outreach.domain.calling_times import Window

_PUT = Sql("""
INSERT INTO person (id, name, telephone, number_hash, address_hash, details, language, district, windows,
    bonds, has_second, has_office, office_department, consent_id, agreed_at, created_at, updated_at)
VALUES (:id, :name, :telephone, :number_hash, :address_hash, :details, :language, :district, :windows,
    :bonds, :has_second, :has_office, :office_department, '', NULL, :now, :now)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, telephone = excluded.telephone,
    number_hash = excluded.number_hash, address_hash = excluded.address_hash, details = excluded.details,
    language = excluded.language, district = excluded.district, windows = excluded.windows, bonds = excluded.bonds,
    has_second = excluded.has_second, has_office = excluded.has_office,
    office_department = excluded.office_department, updated_at = excluded.updated_at
RETURNING *
""")
_PERSON = held("SELECT * FROM person WHERE id = :id")
_BY_NUMBER = Sql("SELECT id FROM person WHERE number_hash = :number_hash")
_LISTED = Sql("""
SELECT * FROM person WHERE id > :after AND (:bond = '' OR ' ' || bonds || ' ' LIKE '% ' || :bond || ' %' ESCAPE '!')
ORDER BY id LIMIT :limit
""")
_AGREES = Sql("UPDATE person SET consent_id = :consent_id, agreed_at = :now WHERE id = :id")
_ADD_CONSENT = Sql("""
INSERT INTO call_consent (id, person_id, how, wording, agent_id, request_id, given_at, ended_by, ended_at)
VALUES (:id, :person_id, :how, :wording, :agent_id, :request_id, :now, '', NULL)
ON CONFLICT (person_id, request_id) DO NOTHING
""")
_END_CONSENTS = Sql("""
UPDATE call_consent SET ended_at = :now, ended_by = :ended_by WHERE person_id = :person_id AND ended_at IS NULL
""")
_CONSENTS = Sql("SELECT * FROM call_consent WHERE person_id = :id ORDER BY given_at, id")


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of somebody beside name and number; texts are empty and ``birth_year`` is 0 where nothing is."""

    address: str = ""
    birth_year: int = 0
    notes: str = ""
    second_name: str = ""
    second_relation: str = ""
    second_telephone: str = ""
    office_name: str = ""
    office_telephone: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody as an agent writes them; ``second_agreed``: the second contact agreed to be called."""

    id: str
    name: str = field(repr=False)
    telephone: str = field(repr=False)
    language: str = "ko"
    district: str = ""
    windows: Sequence[Window] = ()
    bonds: Sequence[str] = ()
    second_agreed: bool = False
    office_department: str = ""
    details: Details = field(default_factory=Details, repr=False)


def put(tx: Tx, new: NewPerson) -> Row:
    """Write somebody."""
    notes, _ = mask_resident_numbers(new.details.notes)
    seal, details = tx.keys.seal, json.dumps(asdict(replace(new.details, notes=notes)), ensure_ascii=False)
    values = {
        "id": new.id,
        "name": seal(new.name, table="person", column="name", row=new.id),
        "telephone": seal(new.telephone, table="person", column="telephone", row=new.id),
        "number_hash": tx.keys.keyed_hash("number", new.telephone),
        "address_hash": tx.keys.keyed_hash("outreach_address", f"phone:{new.telephone}"),
        "details": seal(details, table="person", column="details", row=new.id),
        "language": new.language,
        "district": new.district,
        "windows": json.dumps([[one.weekday, one.start, one.end] for one in new.windows]),
        "bonds": " ".join(new.bonds),
        "has_second": int(new.second_agreed and bool(new.details.second_telephone)),
        "has_office": int(bool(new.office_department or new.details.office_telephone)),
        "office_department": new.office_department,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_PUT, values).one()


def person(tx: Tx, person_id: str, *, lock: bool = False) -> Row | None:
    """Somebody by id."""
    return tx.execute(_PERSON[tx.dialect if lock else "sqlite"], {"id": person_id}).one_or_none()


def the_person(tx: Tx, person_id: str) -> Row:
    """Somebody who is there: people are never removed."""
    return tx.execute(_PERSON["sqlite"], {"id": person_id}).one()


def with_number(tx: Tx, telephone: str) -> str | None:
    """Who has a number."""
    values = {"number_hash": tx.keys.keyed_hash("number", telephone)}
    found: str | None = tx.execute(_BY_NUMBER, values).scalar_one_or_none()
    return found


def listed(tx: Tx, after: str, bond: str, limit: int) -> Sequence[Row]:
    """People, in the order of their ids."""
    return tx.execute(_LISTED, {"after": after, "bond": bond.replace("_", "!_"), "limit": limit}).all()


def windows(row: Row) -> list[Window]:
    """When somebody may be called."""
    return [Window(*one) for one in json.loads(row.windows)]


def name(tx: Tx, row: Row) -> str:
    """What somebody is called."""
    return tx.opened("person", row, "name")


def telephone(tx: Tx, row: Row) -> str:
    """Somebody's number."""
    return tx.opened("person", row, "telephone")


def details(tx: Tx, row: Row) -> Details:
    """What is known of somebody."""
    kept: Mapping[str, Any] = json.loads(tx.opened("person", row, "details"))
    return Details(**kept)


def add_consent(tx: Tx, person_id: str, how: str, wording: str, agent_id: str, request_id: str) -> None:
    """Somebody agrees; asked by the same request before, nothing changes."""
    consent_id = new_id(tx.now)
    values = {
        "id": consent_id,
        "person_id": person_id,
        "how": how,
        "wording": wording,
        "agent_id": agent_id,
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "now": tx.now.timestamp(),
    }
    if tx.execute(_ADD_CONSENT, values).rowcount == 1:
        tx.execute(_AGREES, {"id": person_id, "consent_id": consent_id, "now": tx.now.timestamp()})


def end_consents(tx: Tx, person_id: str, ended_by: str) -> None:
    """Somebody does not want to be called any more."""
    tx.execute(_END_CONSENTS, {"person_id": person_id, "ended_by": ended_by, "now": tx.now.timestamp()})
    tx.execute(_AGREES, {"id": person_id, "consent_id": "", "now": None})


def consents(tx: Tx, person_id: str) -> Sequence[Row]:
    """What somebody agreed to, oldest first."""
    return tx.execute(_CONSENTS, {"id": person_id}).all()
