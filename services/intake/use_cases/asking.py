"""Asking: another service has a citizen told or asked something, and hears what they answer."""

from __future__ import annotations

from collections.abc import Callable

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.statements import Row
from services.intake.domain.notices import AUTOMATIC, asks_for_callback
from services.intake.domain.questions import Telling, understood, worded
from services.intake.store import notices, questions
from services.intake.use_cases import replying
from services.intake.use_cases.replying import Cut


def tell_citizen(tx: Tx, telling: Telling, cut: Cut, runs: Callable[[str], bool]) -> bool:
    """Queue a message as an automatic reply, in a closed case too; False if the citizen cannot be reached in writing,
    or their channel does not run (``runs`` says). Told twice, the second time finds the first."""
    if questions.is_told(tx, telling.id):
        return True
    road = notices.road(tx, telling.case_id)
    if road is None:
        raise NotFound("case", telling.case_id)
    late = road.reply_until is not None and road.reply_until <= tx.now.timestamp()
    if road.medium != "text" or late or not runs(road.channel):
        return False
    text = worded(telling, road.language)
    told = replying.reply_to_case(tx, telling.case_id, AUTOMATIC, telling.id, text, cut, closed_too=True)
    questions.add(tx, telling, told.reply.id)
    return True


def answered(tx: Tx, message_id: str, text: str) -> Row | None:
    """The question that a citizen's words answer, which is over then; None if they are an ordinary message. Who asked
    is told of the answer, and once that the citizen wrote something else.

    Nothing answers it before it has left, once a person has written to them, or after they were offered something else
    that is answered so.
    """
    found = questions.question(tx, message_id)
    if found is None:
        return None
    question, choices = found
    if question.offered_later and asks_for_callback(text):
        return None
    choice = None if question.talked_on else understood(text, choices)
    if choice is not None:
        questions.close(tx, message_id)
        _said(tx, question, choice.code)
        return question
    if questions.note_other(tx, message_id):
        _said(tx, question, "")
    return None


def _said(tx: Tx, question: Row, choice: str) -> None:
    said = events_pb2.CitizenAnswered(
        message_id=question.id, case_id=question.case_id, choice=choice, answer_time=tx.now
    )
    tx.emit(said, subject=question.case_id)


def withdraw_question(tx: Tx, message_id: str) -> None:
    """No answer is waited for any more. Done twice, or after an answer, it changes nothing."""
    questions.close(tx, message_id)
