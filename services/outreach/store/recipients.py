"""Recipients of mailings, written and moved by the hundred: on PostgreSQL one statement for all of them, on SQLite one
for each, which costs nothing there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.outreach.domain.mailings import RecipientState, before

_ADD = {
    "sqlite": Sql("""
INSERT INTO mailing_recipient (id, mailing_id, number, person_hash, details, language, district, place, variant,
    state, reason, due_at, step, tries, moved_at)
VALUES (:id, :mailing_id, :number, :person_hash, :details, :language, :district, :place, :variant, :state, :reason,
    :due_at, 0, 0, :now)
ON CONFLICT (mailing_id, person_hash) DO NOTHING
"""),
    "postgresql": Sql("""
INSERT INTO mailing_recipient (id, mailing_id, number, person_hash, details, language, district, place, variant,
    state, reason, due_at, step, tries, moved_at)
SELECT new.id, :mailing_id, new.number, new.person_hash, new.details, new.language, new.district, new.place,
    new.variant, new.state, new.reason, new.due_at, 0, 0, :now
FROM unnest(CAST(:id AS text[]), CAST(:number AS bigint[]), CAST(:person_hash AS bytea[]), CAST(:details AS bytea[]),
    CAST(:language AS text[]), CAST(:district AS text[]), CAST(:place AS text[]), CAST(:variant AS bigint[]),
    CAST(:state AS text[]), CAST(:reason AS text[]), CAST(:due_at AS double precision[]))
    AS new (id, number, person_hash, details, language, district, place, variant, state, reason, due_at)
ON CONFLICT (mailing_id, person_hash) DO NOTHING
"""),
}
_EACH = (
    "id",
    "number",
    "person_hash",
    "details",
    "language",
    "district",
    "place",
    "variant",
    "state",
    "reason",
    "due_at",
)

_CLAIM = Sql(
    """
UPDATE mailing_recipient SET state = 'sending', tries = tries + 1, moved_at = :now
WHERE id IN (SELECT id FROM mailing_recipient
    WHERE mailing_id = :mailing_id AND number BETWEEN :first AND :last AND state = 'queued' AND step = :step
        AND due_at <= :now AND NOT (place IN :quiet)
    ORDER BY number LIMIT :limit)
RETURNING id, number, person_hash, details, language, tries
""",
    lists=["quiet"],
)
_SETTLE = {
    "sqlite": Sql("""
UPDATE mailing_recipient SET state = :state, reason = :reason, step = :step, tries = :tries, due_at = :due_at,
    provider_hash = coalesce(:provider_hash, provider_hash), moved_at = :now
WHERE id = :id AND state IN (SELECT value FROM json_each(:came_from))
"""),
    "postgresql": Sql("""
UPDATE mailing_recipient AS was SET state = new.state, reason = new.reason, step = new.step, tries = new.tries,
    due_at = new.due_at, provider_hash = coalesce(new.provider_hash, was.provider_hash), moved_at = :now
FROM unnest(CAST(:id AS text[]), CAST(:state AS text[]), CAST(:reason AS text[]), CAST(:step AS bigint[]),
    CAST(:tries AS bigint[]), CAST(:due_at AS double precision[]), CAST(:provider_hash AS bytea[]),
    CAST(:came_from AS text[]))
    AS new (id, state, reason, step, tries, due_at, provider_hash, came_from)
WHERE was.id = new.id AND position(' ' || was.state || ' ' IN new.came_from) > 0
"""),
}
_RANGE = "mailing_id = :mailing_id AND number BETWEEN :first AND :last"
_GIVE_BACK = Sql(f"""
UPDATE mailing_recipient SET state = :state, moved_at = :now WHERE {_RANGE} AND state = 'sending' AND step = :step
""")  # noqa: S608 - our names
_LEFT = Sql(
    f"""
SELECT count(*) AS waiting, min(CASE WHEN place IN :quiet THEN NULL ELSE due_at END) AS due_at
FROM mailing_recipient WHERE {_RANGE} AND state = 'queued' AND step = :step
""",  # noqa: S608 - our names
    lists=["quiet"],
)
_UNDER_WAY = Sql(f"""
SELECT count(*) FROM mailing_recipient WHERE {_RANGE} AND state = 'sending' AND step = :step
""")  # noqa: S608 - our names
_CALL = Sql("""
UPDATE mailing_recipient SET state = 'queued', reason = '', step = :step, tries = 0, due_at = :now, moved_at = :now
WHERE mailing_id = :mailing_id AND step < :step
    AND (state IN ('failed', 'unsure') OR (state = 'skipped' AND reason = 'no_road')
        OR (state = 'sent' AND :unconfirmed = 1))
""")
_NEXT_STEPS = Sql(f"""
SELECT step, min(due_at) AS due_at FROM mailing_recipient
WHERE {_RANGE} AND state = 'queued' AND step > :step GROUP BY step
""")  # noqa: S608 - our names
_OVERDUE = Sql(f"""
UPDATE mailing_recipient SET state = 'queued', step = step + 1, tries = 0, due_at = :now, moved_at = :now
WHERE {_RANGE} AND state = 'sent' AND step = :step
""")  # noqa: S608 - our names
_CANCEL = Sql("""
UPDATE mailing_recipient SET state = 'skipped', reason = 'stopped', moved_at = :now
WHERE id IN (SELECT id FROM mailing_recipient WHERE mailing_id = :mailing_id AND state = 'queued' LIMIT :limit)
""")
_RESOLVE = Sql("""
UPDATE mailing_recipient SET state = :state, reason = :reason, tries = 0, due_at = :now, moved_at = :now
WHERE mailing_id = :mailing_id AND state = 'unsure' RETURNING number, step
""")
_COUNTS = Sql("""
SELECT variant, state, reason, count(*) AS recipients FROM mailing_recipient
WHERE mailing_id = :mailing_id GROUP BY variant, state, reason
""")
_BY_STEP = Sql("""
SELECT step, state, reason, count(*) AS recipients FROM mailing_recipient
WHERE mailing_id = :mailing_id GROUP BY step, state, reason
""")
_PAGE = Sql("""
SELECT * FROM mailing_recipient WHERE mailing_id = :mailing_id AND number > :after ORDER BY number LIMIT :limit
""")
_UNREACHED = Sql("""
SELECT * FROM mailing_recipient WHERE mailing_id = :mailing_id AND number > :after
    AND (state IN ('failed', 'unsure') OR (state = 'skipped' AND reason = 'no_road')
        OR (state = 'sent' AND :unconfirmed = 1))
ORDER BY number LIMIT :limit
""")
_BY_ID = Sql("SELECT * FROM mailing_recipient WHERE id = :id")
_BY_PROVIDER = Sql("SELECT * FROM mailing_recipient WHERE provider_hash = :provider_hash")
_REPORT = Sql(
    """
UPDATE mailing_recipient SET state = :state, reason = :reason, moved_at = :now
WHERE id = :id AND state IN :came_from
""",
    lists=["came_from"],
)
_NEXT = Sql("""
UPDATE mailing_recipient SET state = 'queued', step = step + 1, tries = 0, due_at = :now, moved_at = :now
WHERE id = :id AND state IN ('sending', 'sent', 'unsure') AND step = :step
""")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A recipient as it is written."""

    id: str
    number: int
    person_hash: bytes
    details: bytes
    language: str
    district: str
    place: str
    variant: int
    state: str
    reason: str
    due_at: float


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one recipient that was being sent."""

    id: str
    state: RecipientState
    step: int
    tries: int = 0
    reason: str = ""
    due_at: float = 0.0
    provider_hash: bytes | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers of a mailing's list at one of its channels."""

    mailing_id: str
    step: int
    first: int
    last: int

    def values(self, tx: Tx) -> dict[str, Any]:
        """As statements name them."""
        where = {"mailing_id": self.mailing_id, "step": self.step, "first": self.first, "last": self.last}
        return {**where, "now": tx.now.timestamp()}


def add(tx: Tx, mailing_id: str, rows: Sequence[NewRow]) -> int:
    """Write recipients; those who are on the list already are left out. Returns how many are new."""
    values = {"mailing_id": mailing_id, "now": tx.now.timestamp()}
    if tx.dialect == "postgresql":
        columns = {name: [getattr(row, name) for row in rows] for name in _EACH}
        return tx.execute(_ADD[tx.dialect], {**values, **columns}).rowcount
    each = ({**values, **{name: getattr(row, name) for name in _EACH}} for row in rows)
    return sum(max(0, tx.execute(_ADD[tx.dialect], one).rowcount) for one in each)


def claim(tx: Tx, part: Range, limit: int, quiet: Sequence[str]) -> Sequence[Row]:
    """Up to so many of a part that are due and where it is not quiet, being sent from now on."""
    found = tx.execute(_CLAIM, {**part.values(tx), "limit": limit, "quiet": list(quiet)})
    return sorted(found, key=lambda row: row.number)


def settle(tx: Tx, results: Iterable[Result]) -> None:
    """Write down what became of those that were sent; whoever has gone on meanwhile stays there."""
    results = sorted(results, key=lambda one: one.id)
    now = tx.now.timestamp()
    if tx.dialect != "postgresql":
        for one in results:
            came_from = json.dumps(sorted(_from(one.state)))
            tx.execute(_SETTLE[tx.dialect], {**_values(one), "came_from": came_from, "now": now})
        return
    if results:
        each = [_values(one) for one in results]
        columns: dict[str, Any] = {name: [one[name] for one in each] for name in each[0]}
        columns["came_from"] = [f" {' '.join(sorted(_from(one.state)))} " for one in results]
        tx.execute(_SETTLE[tx.dialect], {**columns, "now": now})


def _from(state: RecipientState) -> frozenset[RecipientState]:
    """From where a sender's result moves somebody: it queues nobody again who was settled meanwhile."""
    settled = {RecipientState.SENT, RecipientState.FAILED, RecipientState.SKIPPED}
    return before(state) - settled if state is RecipientState.QUEUED else before(state)


def _values(one: Result) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state.value,
        "reason": one.reason,
        "step": one.step,
        "tries": one.tries,
        "due_at": one.due_at,
        "provider_hash": one.provider_hash,
    }


def give_back(tx: Tx, part: Range, state: RecipientState) -> int:
    """Those of a part that were being sent by somebody who is gone; how many."""
    return tx.execute(_GIVE_BACK, {**part.values(tx), "state": state.value}).rowcount


def left(tx: Tx, part: Range, quiet: Sequence[str]) -> tuple[int, float | None]:
    """How many of a part wait, and when the first of those is due where it is not quiet."""
    row = tx.execute(_LEFT, {**part.values(tx), "quiet": list(quiet)}).one()
    return row.waiting, row.due_at


def under_way(tx: Tx, part: Range) -> int:
    """How many of a part are being sent, or called."""
    found: int = tx.execute(_UNDER_WAY, part.values(tx)).scalar_one()
    return found


def call(tx: Tx, mailing_id: str, step: int, *, unconfirmed: bool) -> int:
    """Those whom nothing reached go on to this step, as ``unreached`` has them; how many. Who was there stays."""
    values = {"mailing_id": mailing_id, "step": step, "unconfirmed": int(unconfirmed), "now": tx.now.timestamp()}
    return tx.execute(_CALL, values).rowcount


def next_steps(tx: Tx, part: Range) -> Sequence[Row]:
    """The later channels by which some of a part shall be tried, and from when on."""
    return tx.execute(_NEXT_STEPS, part.values(tx)).all()


def overdue(tx: Tx, part: Range) -> int:
    """Those of a part whose delivery nobody confirmed go by the next channel; how many."""
    return tx.execute(_OVERDUE, part.values(tx)).rowcount


def cancel(tx: Tx, mailing_id: str, limit: int) -> int:
    """What has not left never does; how many."""
    values = {"mailing_id": mailing_id, "limit": limit, "now": tx.now.timestamp()}
    return tx.execute(_CANCEL, values).rowcount


def resolve(tx: Tx, mailing_id: str, state: RecipientState, reason: str) -> Sequence[Row]:
    """Those of whom nobody knows whether they got it; where each stands."""
    values = {"mailing_id": mailing_id, "state": state.value, "reason": reason, "now": tx.now.timestamp()}
    return tx.execute(_RESOLVE, values).all()


def counts(tx: Tx, mailing_id: str) -> Sequence[Row]:
    """How many stand where, by variant, state and reason."""
    return tx.execute(_COUNTS, {"mailing_id": mailing_id}).all()


def by_step(tx: Tx, mailing_id: str) -> Sequence[Row]:
    """How many stand where, by the step that each is tried by, state and reason."""
    return tx.execute(_BY_STEP, {"mailing_id": mailing_id}).all()


def page(tx: Tx, mailing_id: str, after: int, limit: int) -> Sequence[Row]:
    """Recipients in the order of the list."""
    return tx.execute(_PAGE, {"mailing_id": mailing_id, "after": after, "limit": limit}).all()


def unreached(tx: Tx, mailing_id: str, after: int, limit: int, *, unconfirmed: bool) -> Sequence[Row]:
    """Recipients whom nothing reached, in the order of the list; ``unconfirmed``: those too who were sent it and of
    whom no delivery was told."""
    values = {"mailing_id": mailing_id, "after": after, "limit": limit, "unconfirmed": int(unconfirmed)}
    return tx.execute(_UNREACHED, values).all()


def by_id(tx: Tx, recipient_id: str) -> Row | None:
    """A recipient."""
    return tx.execute(_BY_ID, {"id": recipient_id}).one_or_none()


def by_provider(tx: Tx, provider_hash: bytes) -> Row | None:
    """A recipient by the keyed hash of the provider's id."""
    return tx.execute(_BY_PROVIDER, {"provider_hash": provider_hash}).first()


def report(tx: Tx, recipient_id: str, state: RecipientState, reason: str) -> bool:
    """Move a recipient as a provider reported; False if that is no move from where they stand."""
    came_from = [one.value for one in before(state)]
    values = {"id": recipient_id, "state": state.value, "reason": reason, "now": tx.now.timestamp()}
    return tx.execute(_REPORT, {**values, "came_from": came_from}).rowcount == 1


def next_channel(tx: Tx, recipient_id: str, step: int) -> bool:
    """A recipient goes by the channel after this step; False if they have gone on already."""
    return tx.execute(_NEXT, {"id": recipient_id, "step": step, "now": tx.now.timestamp()}).rowcount == 1


def sealed(tx: Tx, recipient_id: str, addresses: Mapping[str, str], variables: Mapping[str, str]) -> bytes:
    """What only a sender reads of a recipient."""
    text = json.dumps([dict(addresses), dict(variables)], ensure_ascii=False, separators=(",", ":"))
    return tx.keys.seal(text, table="mailing_recipient", column="details", row=recipient_id)


def opened(tx: Tx, row: Row) -> tuple[dict[str, str], dict[str, str]]:
    """A recipient's addresses and variables."""
    text = tx.keys.open(bytes(row.details), table="mailing_recipient", column="details", row=row.id)
    addresses, variables = json.loads(text)
    return addresses, variables
