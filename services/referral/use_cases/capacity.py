"""Agencies are asked whether they have room, before anybody is sent to them; nothing of a person leaves with it."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hub120_sdk import districts

from chassis.database import Tx
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.statements import Row
from services.referral.domain import capacity as domain
from services.referral.domain.capacity import Answer, Question
from services.referral.domain.dispatches import DispatchState, Errand
from services.referral.domain.referrals import ReferralState
from services.referral.store import capacity, dispatches, named
from services.referral.use_cases import dispatching, roads
from services.referral.use_cases.moving import AGENCY, hold, keep, note

PATH: Final = "/agency/capacity"
_DAY_S: Final = 86_400.0
_UNSENT: Final = frozenset({ReferralState.PROPOSED, ReferralState.CONSENTED})
_LOST: Final = frozenset({DispatchState.FAILED, DispatchState.STOPPED})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its form shows it; ``open`` until it was answered, or is too old."""

    question: Question
    language: str
    open: bool
    answered: bool
    form_key: str = field(repr=False)


def ask(tx: Tx, referral_id: str, question: Question, agent_id: str, days: int) -> tuple[bool, str]:
    """Ask the agency of a referral that was not sent yet; whether an agent is to call it, and the words. An open
    question about the same need is not asked again."""
    if wrong := domain.faults(question):
        raise InvalidArgument(wrong)
    row = hold(tx, referral_id)
    if row.state not in _UNSENT:
        raise PreconditionFailed("NOT_SENDABLE", f"referral {row.id} is {row.state}: its agency need not be asked")
    road = roads.road(tx, row.organization_id)
    if road is None:
        raise PreconditionFailed("NO_ROAD", f"nobody knows how to reach organization {row.organization_id}")
    words = domain.letter(question, road.language, districts.name(question.area), centre="").text
    written = roads.toward(road, Errand.CAPACITY)
    if written is None or not written.written:
        if road.kind == roads.CONNECTOR:
            raise PreconditionFailed(
                "CAPACITY_NOT_ASKED", f"the system of organization {row.organization_id} takes no questions: call it"
            )
        return True, words
    if not _is_asked(tx, row, question, days):
        question_id = dispatching.new_dispatch(tx, row, Errand.CAPACITY, written)
        capacity.add(tx, question_id, row, question, _token(tx, question_id))
        keep(tx, note(tx, row, "queued", agent_id, reason=Errand.CAPACITY.value, reference=question_id))
    return False, words


def _is_asked(tx: Tx, row: Row, question: Question, days: int) -> bool:
    lost = {one.id for one in dispatches.of_referral(tx, row.id) if one.state in _LOST}
    return any(
        one.need == question.need and one.id not in lost and _open(tx, one, days)
        for one in capacity.of_referral(tx, row.id)
    )


def _open(tx: Tx, row: Row, days: int) -> bool:
    within: bool = tx.now.timestamp() < row.asked_at + days * _DAY_S
    return row.answered_at is None and within


def issue(tx: Tx, question_id: str) -> tuple[str, Question] | None:
    """The path of the link with which a question leaves, the same each time it is begun, and the question."""
    row = capacity.question(tx, question_id)
    return None if row is None else (f"{PATH}/{_token(tx, question_id)}", capacity.asked(row))


def _token(tx: Tx, question_id: str) -> str:
    return urlsafe_b64encode(tx.keys.keyed_hash("capacity_link", question_id)).rstrip(b"=").decode()


def look(tx: Tx, token: str, days: int) -> Asked | None:
    """The question to which a link leads; None if there is none."""
    row = capacity.by_token(tx, token)
    if row is None:
        return None
    road = roads.road(tx, row.organization_id)
    return Asked(
        question=capacity.asked(row),
        language=road.language if road is not None else "ko",
        open=_open(tx, row, days),
        answered=row.answered_at is not None,
        form_key=_key(tx, token),
    )


def answer(tx: Tx, token: str, form_key: str, said: Answer, days: int) -> bool:
    """The agency answers; False if it counts no more. Sent twice it counts once."""
    found = capacity.by_token(tx, token)
    if found is None or not hmac.compare_digest(form_key.encode(), _key(tx, token).encode()):
        return False
    row = hold(tx, found.referral_id)
    asked = capacity.by_token(tx, token, lock=True)
    if asked is None or not _open(tx, asked, days):
        return False
    capacity.answered(tx, asked.id)
    capacity.put(tx, asked.organization_id, asked.need, said, AGENCY)
    keep(tx, note(tx, row, "capacity_told", AGENCY, reason=said.room.value, reference=asked.id))
    return True


def _key(tx: Tx, token: str) -> str:
    return tx.keys.keyed_hash("capacity_form", token).hex()


def report(tx: Tx, organization_id: str, need: str, said: Answer, agent_id: str) -> Row:
    """An agent was told on the telephone. Said again it is the same."""
    if need and (wrong := domain.faults(Question(need))):
        raise InvalidArgument(wrong)
    if named.organization(tx, organization_id) is None:
        raise NotFound("organization", organization_id)
    return capacity.put(tx, organization_id, need, said, agent_id)


def last(tx: Tx, organization_id: str, need: str, days: int) -> Row | None:
    """What an agency said last for a need, or in general, if it still counts."""
    found = (one for one in capacity.of_agencies(tx, [organization_id]) if one.need in {"", need})
    return next((one for one in found if counts(tx, one, days)), None)


def counts(tx: Tx, row: Row, days: int) -> bool:
    """Whether what an agency said is not too old."""
    fresh: bool = tx.now.timestamp() < row.said_at + days * _DAY_S
    return fresh


def listed(tx: Tx, organization_ids: Sequence[str], days: int) -> list[tuple[Row, bool]]:
    """What agencies said last for each need, the newest first, and whether it still counts."""
    return [(one, counts(tx, one, days)) for one in capacity.of_agencies(tx, organization_ids)]
