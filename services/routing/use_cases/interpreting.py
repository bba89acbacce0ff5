"""Work in a language that no agent at work speaks goes to any agent, with an interpreter: routing finds it, the api
asks translation, and what translation says, or that it says nothing, decides."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.statements import Row
from services.routing.domain.interpretation import INTERPRETATION_MOVES, Interpretation, foreign
from services.routing.domain.plans import kind_parts, through_interpreter
from services.routing.domain.work import WorkState
from services.routing.store import interpretation, work
from services.routing.use_cases.matching import SWEEP, course_of, offer_waiting

AGAIN_S = 5.0
"""An answer that was not written so soon after the question is asked for again: who asked may have died."""
_AT_ONCE = 20


def find_uncovered(tx: Tx, patience_s: float) -> int:
    """Have translation asked about work whose language nobody at work speaks, and, after ``patience_s``, about work
    that nobody who speaks it has come free for (0: never). Returns how much. Done twice, the second time finds none."""
    wanted = {one: foreign(kind_parts(one)[1]) for one in work.waiting_kinds(tx)}
    kinds = [one for one, languages in wanted.items() if languages]
    spoken = interpretation.spoken(tx, {language for one in kinds for language in wanted[one]})
    now = tx.now.timestamp()
    asked = interpretation.ask(tx, [one for one in kinds if not spoken.issuperset(wanted[one])], now, SWEEP)
    if patience_s:
        asked += interpretation.ask(tx, kinds, now - patience_s, SWEEP)
    if asked:
        tx.signal(events_pb2.InterpretationWanted(work_item_id=asked[0]), subject=asked[0])
    return len(asked)


def take_questions(tx: Tx) -> Sequence[Row]:
    """The work items about which to ask translation now. Nobody else asks about them meanwhile."""
    return interpretation.due(tx, AGAIN_S, _AT_ONCE)


def decide(tx: Tx, work_item_id: str, answer: Interpretation, until: float | None, offer_s: float) -> bool:
    """Any agent may take the work now, and one who is free is asked. It keeps its place. True if this changed anything:
    work that was answered before, or that an agent has been asked to take, stays as it is."""
    item = work.work_item(tx, work_item_id, lock=True)
    if item is None or answer not in _may_become(item):
        return False
    if item.state != WorkState.QUEUED:
        interpretation.let_be(tx, item.id)
        return False
    interpretation.answered(tx, item, answer, until, through_interpreter(course_of(item)))
    offer_waiting(tx, item.id, offer_s)
    return True


def _may_become(item: Row) -> Collection[Interpretation]:
    return INTERPRETATION_MOVES[Interpretation(item.interpretation)] if item.interpretation else ()
