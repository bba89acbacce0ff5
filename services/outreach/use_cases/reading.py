"""What agents and supervisors read of check-ins and rounds; reading what names a person is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from chassis.streams import PAGE
from services.outreach.store import check_ins, rounds, sheets
from services.outreach.store.rounds import Figures
from services.outreach.use_cases.people import Opened, Reader, opened


@dataclass(frozen=True, slots=True)
class OpenedCheckIn:
    """A check-in with who is called and what it showed; each sign with its words."""

    row: Row
    needs: Sequence[Row]
    person: Opened
    sheet_id: str
    sheet_version: int
    answers: Mapping[str, str] = field(repr=False)
    signs: Sequence[tuple[Row, str]] = field(repr=False)
    outcome_note: str = field(repr=False)


def check_in(tx: Tx, check_in_id: str, case_id: str, reader: Reader) -> OpenedCheckIn:
    """A check-in by its id, or by the case of a call for it. Raises ``NotFound``."""
    wanted = check_in_id or check_ins.of_case(tx, case_id) or ""
    row = check_ins.check_in(tx, wanted)
    if row is None:
        raise NotFound("check-in", check_in_id or case_id)
    person = opened(tx, row.person_id, reader)
    kept, programme = sheets.answered(tx, row.id), rounds.the_programme(tx, row.programme_id)
    return OpenedCheckIn(
        row,
        check_ins.needs(tx, [row.id])[row.id],
        person,
        programme.sheet_id,
        kept.version if kept is not None else 0,
        sheets.answers(tx, kept) if kept is not None else {},
        [(one, sheets.words(tx, one)) for one in sheets.signs(tx, row.id)],
        check_ins.outcome_note(tx, row),
    )


def signs(tx: Tx, check_in_id: str) -> list[tuple[Row, str]]:
    """The signs of a check-in, each with its words."""
    return [(one, sheets.words(tx, one)) for one in sheets.signs(tx, check_in_id)]


def sign_words(tx: Tx, row: Row) -> str:
    """The words that showed a sign."""
    return sheets.words(tx, row)


def with_needs(tx: Tx, row: Row) -> tuple[Row, Sequence[Row]]:
    """A check-in with what was found to be needed."""
    return row, check_ins.needs(tx, [row.id])[row.id]


def listed(
    tx: Tx, round_id: str, after: tuple[float, str] | None, limit: int, *, escalated: bool
) -> list[tuple[Row, Sequence[Row]]]:  # fmt: skip
    """Check-ins of a round, or those for which a supervisor is wanted, each with its needs."""
    rows = check_ins.listed(tx, round_id, after, limit, escalated=escalated)
    needs = check_ins.needs(tx, [row.id for row in rows])
    return [(row, needs[row.id]) for row in rows]


def programmes(tx: Tx) -> Sequence[Row]:
    """All programmes."""
    return rounds.programmes(tx)


def call_round(tx: Tx, round_id: str) -> tuple[Row, Figures]:
    """A round with its figures. Raises ``NotFound``."""
    row = rounds.call_round(tx, round_id)
    if row is None:
        raise NotFound("round", round_id)
    return row, rounds.figures(tx, [row.id])[row.id]


def listed_rounds(
    tx: Tx, programme_id: str, after: tuple[str, str] | None, limit: int
) -> list[tuple[Row, Figures]]:  # fmt: skip
    """Rounds with their figures, the newest day first."""
    rows = rounds.listed(tx, programme_id, after, limit)
    found = rounds.figures(tx, [row.id for row in rows])
    return [(row, found[row.id]) for row in rows]


def entries(tx: Tx, round_id: str, after: int) -> list[tuple[int, Row]]:
    """What happened in a round after an entry, each with its number."""
    if rounds.call_round(tx, round_id) is None:
        raise NotFound("round", round_id)
    return [(row.sequence, row) for row in rounds.entries(tx, round_id, after, PAGE)]
