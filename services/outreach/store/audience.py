"""Whom notices may be told to: members of marked lists, people who agreed to be called, readers of earlier notices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.outreach.domain.audience import Within
from services.outreach.domain.mailings import RecipientState

_WITHIN = ["provinces", "districts", "villages", "cities"]
_INSIDE = """
(:everywhere = 1 OR substr(district, 1, 2) IN :provinces OR substr(district, 1, 5) IN :districts
    OR substr(district, 1, 10) IN :villages OR (length(district) >= 5 AND substr(district, 1, 4) IN :cities))
"""
_COUNTS = Sql(
    f"""
WITH everybody AS (
    SELECT member.person_hash AS hash, 0 AS place, member.list_id AS list, member.number, member.language,
        member.district, member.kinds
    FROM list_member AS member JOIN recipient_list ON recipient_list.id = member.list_id
    WHERE recipient_list.gets_notices = 1
    UNION ALL
    SELECT coalesce(address_hash, number_hash), 1, id, 0, language, district, 'phone' FROM person
    WHERE consent_id <> '' AND :people = 1
), placed AS (
    SELECT hash, place, list, number, language, kinds, CASE WHEN {_INSIDE} THEN 0
        WHEN district IN :around
            OR substr(district, 1, 1) NOT IN ('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') THEN 1
        ELSE 2 END AS stands
    FROM everybody
), ranked AS (
    SELECT stands, language, kinds, row_number() OVER (PARTITION BY hash ORDER BY stands, place, list, number) AS turn
    FROM placed WHERE stands < 2
)
SELECT stands, language, kinds, count(*) AS people FROM ranked WHERE turn = 1 GROUP BY stands, language, kinds
""",  # noqa: S608 - our names
    lists=[*_WITHIN, "around"],
)
_MEMBERS = Sql(
    f"""
SELECT member.* FROM list_member AS member JOIN recipient_list ON recipient_list.id = member.list_id
WHERE recipient_list.gets_notices = 1 AND (member.list_id, member.number) > (:list_id, :number) AND {_INSIDE}
ORDER BY member.list_id, member.number LIMIT :limit
""",  # noqa: S608 - our names
    lists=_WITHIN,
)
_PEOPLE = Sql(
    f"""
SELECT * FROM person WHERE id > :after AND consent_id <> '' AND {_INSIDE} ORDER BY id LIMIT :limit
""",  # noqa: S608 - our names
    lists=_WITHIN,
)
_READERS = Sql(
    """
SELECT * FROM mailing_recipient
WHERE mailing_id IN :mailings AND (mailing_id, number) > (:mailing_id, :number) AND state IN :states
ORDER BY mailing_id, number LIMIT :limit
""",
    lists=["mailings", "states"],
)


def counts(tx: Tx, within: Within, *, people: bool) -> Sequence[Row]:
    """How many are in an area (``stands`` 0), and of how many nobody can say (1), each once, by language and kinds of
    address; of a person who is there twice, what was written first. ``people``: those too who are called regularly."""
    values = {**_values(within), "around": list(within.around), "people": int(people)}
    return tx.execute(_COUNTS, values).all()


def members(tx: Tx, within: Within, after: tuple[str, int], limit: int) -> Sequence[Row]:
    """Members of marked lists in an area, behind one of that list and number."""
    values = {**_values(within), "list_id": after[0], "number": after[1], "limit": limit}
    return tx.execute(_MEMBERS, values).all()


def people(tx: Tx, within: Within, after: str, limit: int) -> Sequence[Row]:
    """People in an area who agreed to be called, in the order of their ids."""
    return tx.execute(_PEOPLE, {**_values(within), "after": after, "limit": limit}).all()


def readers(
    tx: Tx, mailings: Sequence[str], states: Sequence[RecipientState], after: tuple[str, int], limit: int
) -> Sequence[Row]:
    """Recipients of mailings who stand so, behind one of that mailing and number; one of two mailings is there
    twice."""
    values = {"mailing_id": after[0], "number": after[1], "limit": limit, "states": [one.value for one in states]}
    return tx.execute(_READERS, {**values, "mailings": list(mailings)}).all()


def _values(within: Within) -> dict[str, Any]:
    lists = {name: list(getattr(within, name)) for name in _WITHIN}
    return {**lists, "everywhere": int(within.everywhere)}


def place(written: str) -> tuple[str, int]:
    """A place in a list, as it was written down."""
    if not written:
        return "", 0
    first, number = json.loads(written)
    return str(first), int(number)
