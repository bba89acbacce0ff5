"""What a call showed: answers on the call sheet, signs in somebody's words, and needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hub120_sdk.classification import Urgency
from hub120_sdk.crisis import alarm

from chassis.database import Tx
from chassis.errors import Conflict, InvalidArgument, NotFound, PreconditionFailed
from chassis.statements import Row
from services.outreach.domain import sheets as shapes
from services.outreach.domain import signs
from services.outreach.domain.check_ins import About, CallResult, CheckInState, Reason, is_open
from services.outreach.domain.errands import ENDED
from services.outreach.domain.sheets import Sheet
from services.outreach.domain.signs import Found, SignClass, SignState
from services.outreach.store import check_ins, errands, rounds, sheets
from services.outreach.use_cases.moving import (
    CLOCK,
    calm,
    escalate,
    hold,
    keep,
    let_go,
    move,
    note,
)

_S = CheckInState
_CLASSES = {Urgency.LIFE_SAFETY: SignClass.LIFE_SAFETY, Urgency.SAFETY: SignClass.RISK}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What somebody answered, by question, in a version of the sheet, and what they need."""

    version: int
    answers: Mapping[str, str] = field(repr=False)
    needs: Sequence[str]
    request_id: str
    agent_id: str


def put_sheet(tx: Tx, new: Sheet, by: str) -> Sheet:
    """Write the next version of a sheet. The same questions again are the version that there is."""
    if found := shapes.faults(new):
        raise InvalidArgument([("sheet", fault) for fault in found])
    last = sheets.sheet(tx, new.id)
    if last is not None and shapes.document(last) == shapes.document(new):
        return last
    version = 1 if last is None else last.version + 1
    sheets.add(tx, new, version, by)
    return replace(new, version=version)


def get_sheet(tx: Tx, sheet_id: str, version: int) -> Sheet:
    """A sheet in a version, or the newest. Raises ``NotFound``."""
    found = sheets.sheet(tx, sheet_id, version)
    if found is None:
        raise NotFound("call sheet", sheet_id)
    return found


def submit(tx: Tx, check_in_id: str, submitted: Submitted) -> Row:
    """Keep what was answered, look for signs in the words, and take the check-in for completed: they have spoken. A
    repeated request finds its sheet."""
    row = hold(tx, check_in_id)
    before = sheets.answered(tx, row.id)
    if before is not None:
        if bytes(before.request_id) == tx.keys.keyed_hash("request_id", submitted.request_id):
            return row
        raise PreconditionFailed("SHEET_SUBMITTED", f"check-in {row.id} has its sheet")
    if row.state != _S.ANSWERED and not is_open(_S(row.state)):
        raise PreconditionFailed("CHECK_IN_OVER", f"check-in {row.id} is {row.state}")
    programme = rounds.the_programme(tx, row.programme_id)
    sheet = get_sheet(tx, programme.sheet_id, submitted.version)
    if wrong := shapes.wrong_answers(sheet, submitted.answers):
        raise InvalidArgument([("answers", fault) for fault in wrong])
    sheets.add_answers(tx, row.id, sheet, submitted.answers, submitted.request_id, submitted.agent_id)
    row = _spoke(tx, row, submitted.agent_id)
    row = move(tx, calm(row), _S.COMPLETED, submitted.agent_id, kind="sheet")
    row = _signs(tx, row, shapes.texts(sheet, submitted.answers))
    for code in dict.fromkeys(submitted.needs):
        check_ins.add_need(tx, row, code)
        note(tx, row, "need", submitted.agent_id, code)
    return keep(tx, row)


def _spoke(tx: Tx, row: Row, agent_id: str) -> Row:
    """The call in which they answer goes on until its agent is done; whoever else is asked need not be."""
    errand = errands.errand(tx, row.errand_id, lock=True) if row.errand_id else None
    if errand is None or errand.about != About.PERSON or not errand.case_id:
        return let_go(tx, row)._replace(agent_id=agent_id)
    errands.keep(tx, errand._replace(state=ENDED, result=CallResult.ANSWERED.value, due_at=None))
    return row._replace(agent_id=agent_id, errand_id="", attempts=row.attempts + 1)


def _signs(tx: Tx, row: Row, texts: Mapping[str, str]) -> Row:
    danger = False
    for question_id, text in texts.items():
        for found in _found(text):
            sheets.add_sign(tx, row.id, question_id, found)
            note(tx, row, "sign", CLOCK, found.kind)
            danger = danger or found.sign_class is SignClass.LIFE_SAFETY
    return escalate(tx, row, Reason.LIFE_SAFETY) if danger else row


def _found(text: str) -> Iterator[Found]:
    """What the list of this service finds, and crisis words."""
    yield from signs.find(text)
    crisis = alarm(text)
    if crisis.urgency in _CLASSES:
        yield Found(crisis.kinds[0], _CLASSES[crisis.urgency], ", ".join(crisis.words))


def decide(tx: Tx, sign_id: str, agent_id: str, *, confirmed: bool) -> Row:
    """A person says whether a sign is one. Said again, it is decided; said otherwise by another raises ``Conflict``."""
    found = sheets.sign(tx, sign_id)
    if found is None:
        raise NotFound("sign", sign_id)
    state = SignState.CONFIRMED if confirmed else SignState.DISMISSED
    if found.state == state:
        return found
    if found.state != SignState.PROPOSED:
        raise Conflict(f"sign {sign_id} was {found.state} by another", reason_code="SIGN_DECIDED")
    sheets.decide(tx, sign_id, state, agent_id)
    row = check_ins.check_in(tx, found.check_in_id)
    if row is not None:
        note(tx, row, "sign", agent_id, state.value)
    return found._replace(state=state.value, decided_by=agent_id)
