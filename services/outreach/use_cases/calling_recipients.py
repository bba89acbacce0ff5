"""Calling recipients: at the step ``voice`` of a mailing, agents call those who are left.

A call is an errand, as a check-in's: it is brought to intake, then routing finds an agent for it, and dials once one
has taken it. A recipient is ``sending`` from the moment in which a call is wanted until routing tells how it ended. A
call that must not be made any more is taken back, unless an agent has it; that one still counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hub120.outreach.v1 import events_pb2

from chassis import telemetry
from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import Span
from services.outreach.domain.check_ins import LOST_S, CallResult
from services.outreach.domain.errands import ENDED, GIVEN, GIVEN_UP, UNWANTED, WAITING, Loaded, ToCall
from services.outreach.domain.mailings import (
    FALLBACK_LANGUAGE,
    VOICE,
    MailingState,
    Reason,
    RecipientState,
    Urgency,
    address_of,
)
from services.outreach.domain.pacing import calls_to_place
from services.outreach.domain.quiet_hours import place_of
from services.outreach.domain.wording import filled
from services.outreach.store import contact_rules as rules
from services.outreach.store import errands, mailings, parts, recipients
from services.outreach.store.recipients import Range, Result
from services.outreach.use_cases import contact_rules
from services.outreach.use_cases.sending_parts import end_if_done, quiet_now

PURPOSE: Final = "call to a recipient"
LOOK_S: Final = 2.0
"""How soon a part is looked at again while calls are under way."""
UNTAKEN_S: Final = 3600.0
"""A call that no agent takes for so long is taken back, and comes back later."""
COME_BACK_S: Final = 60.0
NO_EXCHANGE_S: Final = 600.0
URGENT_AGAIN_S: Final = 600.0
"""When somebody is called again who did not answer, where a life may depend on it; else at another time of the day."""
TAKEN_BACK: Final = 100
"""Calls that one transaction takes back."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call, whom it is to, and the mailing. Errand and mailing are held."""

    errand: Row
    recipient: Row
    mailing: Row

    def ends(self, state: RecipientState, reason: str = "", due_at: float = 0.0, less: int = 0) -> Result:
        """What becomes of the recipient; ``less`` attempts than were begun were made."""
        tries = self.recipient.tries - less
        return Result(self.recipient.id, state, self.recipient.step, tries, reason=reason, due_at=due_at)

    def not_made(self, now: float, wait_s: float = COME_BACK_S) -> Result:
        """Nobody called: that is no attempt. They wait again, unless the mailing was stopped."""
        if self.mailing.state == MailingState.STOPPED:
            return self.ends(RecipientState.SKIPPED, Reason.STOPPED.value)
        return self.ends(RecipientState.QUEUED, due_at=now + wait_s, less=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever is called is to be told: in their language, and in Korean."""

    mailing: Row
    recipient: Row
    name: str
    text: str
    language: str
    korean: str


def place(tx: Tx) -> bool:
    """Want calls for one part whose turn it is; False if there is none. A second worker finds its turn is over."""
    seen = parts.due_for_calls(tx)
    if seen is None:
        return False
    mailing, part, now = mailings.hold(tx, seen.mailing_id), parts.hold(tx, seen.id), tx.now.timestamp()
    if mailing is None or part is None or mailing.state != MailingState.RUNNING:
        return True
    if part.state != "waiting" or part.due_at > now:
        return True
    room = calls_to_place(mailing.parallel_calls, len(errands.open_calls(tx, mailing.id)), mailing.total)
    if not room:
        parts.put_off_calls(tx, mailing.id, now + LOOK_S)
        return True
    where = Range(mailing.id, part.step, part.first, part.last)
    quiet, quiet_ends = quiet_now(tx, Urgency(mailing.urgency))
    for row in recipients.claim(tx, where, room, quiet):
        errand_id = new_id(tx.now)
        with telemetry.span("call recipient"):
            errands.add_call(tx, errand_id, row.id, mailing.kind)
        tx.signal(events_pb2.ErrandWaits(errand_id=errand_id), subject=mailing.id)
    waiting, due_at = recipients.left(tx, where, quiet)
    if recipients.under_way(tx, where):
        parts.move(tx, part.id, "waiting", now + LOOK_S)
    elif waiting:
        due_at = due_at if due_at is not None else quiet_ends
        parts.move(tx, part.id, "waiting", max(due_at or 0.0, now + LOOK_S))
    else:
        parts.move(tx, part.id, "done", now)
        end_if_done(tx, mailing)
    return True


def is_call(tx: Tx, errand_id: str) -> bool:
    """Whether an errand is a call to a recipient of a mailing."""
    errand = errands.errand(tx, errand_id)
    return errand is not None and bool(errand.recipient_id)


def _held(tx: Tx, errand_id: str, *states: str) -> Call | None:
    """A call, if it stands in one of these states."""
    seen = errands.errand(tx, errand_id)
    whose = recipients.by_id(tx, seen.recipient_id) if seen is not None and seen.recipient_id else None
    mailing = mailings.hold(tx, whose.mailing_id) if whose is not None else None
    errand = errands.errand(tx, errand_id, lock=True)
    recipient = recipients.by_id(tx, whose.id) if whose is not None else None
    if mailing is None or errand is None or recipient is None or errand.state not in states:
        return None
    return Call(errand, recipient, mailing)


def _end(tx: Tx, call: Call, result: str, recipient: Result) -> None:
    errands.keep(tx, call.errand._replace(state=ENDED, result=result, due_at=None))
    recipients.settle(tx, [recipient])


def load(tx: Tx, errand_id: str) -> Loaded | None:
    """Whom to call; None if they are not to be called any more, or not now: rules, quiet hours and the mailing are
    asked again. Reading it is on record."""
    call = _held(tx, errand_id, WAITING)
    if call is None:
        return None
    addresses, variables = recipients.opened(tx, call.recipient)
    telephone = address_of(mailings.steps(call.mailing)[call.recipient.step], addresses)
    against = _against(tx, call, telephone)
    if against is not None:
        _end(tx, call, GIVEN_UP, against)
        return None
    mailings.audit(tx, "outreach", "OpenCallCase", call.mailing.id, PURPOSE)
    load = ToCall(telephone, variables.get("name", ""), _language(call))
    return Loaded(errand_id, load, PURPOSE, call.errand.traceparent)


def _language(call: Call) -> str:
    primary: str = call.recipient.language.partition("-")[0].lower()
    return primary if 2 <= len(primary) <= 3 and primary.isascii() and primary.isalpha() else FALLBACK_LANGUAGE


def _against(tx: Tx, call: Call, telephone: str) -> Result | None:
    """What becomes of somebody who is not to be called."""
    now, urgency = tx.now.timestamp(), Urgency(call.mailing.urgency)
    if call.mailing.state != MailingState.RUNNING or call.recipient.state != RecipientState.SENDING:
        return call.not_made(now)
    hashes = [bytes(call.recipient.person_hash), contact_rules.address_hash(tx, "phone", telephone)]
    known = [row for found in rules.of_many(tx, hashes).values() for row in found]
    refusal = contact_rules.refusal(known, VOICE, urgency)
    if refusal is not None:
        return call.ends(RecipientState.SKIPPED, refusal.value, less=1)
    if not telephone:
        return call.ends(RecipientState.FAILED, Reason.NO_ROAD.value, less=1)
    if place_of(call.recipient.place, mailings.places(tx)).district in quiet_now(tx, urgency)[0]:
        return call.not_made(now)
    return None


def given(tx: Tx, errand_id: str, case_id: str, citizen_id: str) -> None:
    """Intake has a case for the call: routing is told that it is wanted, behind all who call in themselves, unless it
    is about life safety."""
    call = _held(tx, errand_id, WAITING)
    if call is None:
        return
    due_at = tx.now.timestamp() + UNTAKEN_S
    errands.keep(tx, call.errand._replace(state=GIVEN, case_id=case_id, due_at=due_at))
    urgent = call.mailing.urgency == Urgency.LIFE_SAFETY
    wanted = events_pb2.CallWanted(
        request_id=errand_id,
        case_id=case_id,
        citizen_id=citizen_id,
        purpose=call.errand.about,
        language=_language(call),
        priority_class="PRIORITY_CLASS_SAFETY" if urgent else "PRIORITY_CLASS_BULK",
    )
    tx.emit(wanted, subject=case_id)


def refused(tx: Tx, errand_id: str, reason: str) -> None:
    """Intake does not take it: without an exchange they wait, and a number that is none is not called."""
    call = _held(tx, errand_id, WAITING)
    if call is None:
        return
    if reason == "NO_ROAD":
        _end(tx, call, reason.lower(), call.not_made(tx.now.timestamp(), NO_EXCHANGE_S))
    else:
        _end(tx, call, reason.lower(), call.ends(RecipientState.FAILED, Reason.REJECTED.value, less=1))


def call_ended(tx: Tx, errand_id: str, result: CallResult, centre: Span) -> None:
    """Routing tells how a call ended; told again, it was known. Who answers after they were given up has answered."""
    call = _held(tx, errand_id, GIVEN, UNWANTED, ENDED)
    if call is None or (call.errand.state == ENDED and call.errand.result != GIVEN_UP):
        return
    if call.errand.state == ENDED and result is not CallResult.ANSWERED:
        return
    errands.keep(tx, call.errand._replace(state=ENDED, result=result.value, due_at=None))
    if result is CallResult.ANSWERED:
        recipients.report(tx, call.recipient.id, RecipientState.DELIVERED, "")
    else:
        recipients.settle(tx, [_after(tx, call, result, centre)])


def _after(tx: Tx, call: Call, result: CallResult, centre: Span) -> Result:
    """What a call leads to in which nobody is known to have answered."""
    now = tx.now.timestamp()
    if result is CallResult.UNKNOWN:
        return call.ends(RecipientState.UNSURE)
    if result is CallResult.NOT_TAKEN:
        return call.not_made(now)
    if call.mailing.state == MailingState.STOPPED or call.recipient.tries >= call.mailing.call_attempts:
        return call.ends(RecipientState.FAILED, Reason.NO_ANSWER.value)
    return call.ends(RecipientState.QUEUED, due_at=_again_at(tx, call, now, centre))


def _again_at(tx: Tx, call: Call, now: float, centre: Span) -> float:
    """In a part of the day in which they were not called, as soon as there is one."""
    if call.mailing.urgency == Urgency.LIFE_SAFETY:
        return now + URGENT_AGAIN_S
    made = [one for one in errands.of_recipient(tx, call.recipient.id) if one.result == CallResult.NO_ANSWER]
    tried = {calling_times.part_of(one.created_at) for one in made}
    slot = calling_times.next_attempt(now, tried, (), centre) or calling_times.next_attempt(now, (), (), centre)
    return slot.at if slot is not None else now + UNTAKEN_S


def take_back_unfit(tx: Tx) -> int:
    """Take back calls that are not to be made now, and give up those of which nobody tells; how many were looked at."""
    quiet, _ = quiet_now(tx, Urgency.BULK)
    found = errands.unfit_calls(tx, quiet, TAKEN_BACK)
    for errand_id in found:
        _take_back(tx, errand_id)
    return len(found)


def take_back(tx: Tx, mailing_id: str) -> None:
    """A mailing is held or stopped: none of its calls is wanted any more. The caller holds it."""
    for errand_id in errands.open_calls(tx, mailing_id):
        _take_back(tx, errand_id, lost=False)


def _take_back(tx: Tx, errand_id: str, *, lost: bool = True) -> None:
    """What has not come to routing is over; else routing tells whether an agent has it. ``lost``: who does not hear of
    that in time gives the call up."""
    call, now = _held(tx, errand_id, WAITING, GIVEN, UNWANTED), tx.now.timestamp()
    if call is None:
        return
    if call.errand.state == GIVEN:
        errands.keep(tx, call.errand._replace(state=UNWANTED, due_at=now + LOST_S))
        unwanted = events_pb2.CallUnwanted(request_id=errand_id, case_id=call.errand.case_id)
        tx.emit(unwanted, subject=call.errand.case_id)
    elif call.errand.state == WAITING or lost:
        _end(tx, call, GIVEN_UP, call.not_made(now))


def told(tx: Tx, case_id: str, reader: str, purpose: str) -> Told:
    """What is to be told in the newest call of a case; reading it is on record. Raises ``NotFound``."""
    errand = errands.call_of_case(tx, case_id)
    recipient = recipients.by_id(tx, errand.recipient_id) if errand is not None else None
    mailing = mailings.mailing(tx, recipient.mailing_id) if recipient is not None else None
    if recipient is None or mailing is None:
        raise NotFound("call of a mailing in case", case_id)
    texts, (_, variables) = mailings.texts(tx, mailing.id), recipients.opened(tx, recipient)
    text, korean = texts.of(VOICE, recipient.language), texts.of(VOICE, FALLBACK_LANGUAGE)
    mailings.audit(tx, reader, "GetMailingCall", mailing.id, purpose)
    return Told(
        mailing,
        recipient,
        variables.get("name", ""),
        filled(text.text, variables) if text is not None else "",
        text.language if text is not None else "",
        filled(korean.text, variables) if korean is not None else "",
    )


def report_call(tx: Tx, case_id: str, centre: Span, *, answered: bool) -> Row:
    """An agent says how a call ended that the hub did not dial; the recipient as it is then. Said again to the same
    effect, it was known. Raises ``PreconditionFailed`` with NOT_CALLED."""
    errand = errands.call_of_case(tx, case_id)
    result = CallResult.ANSWERED if answered else CallResult.NO_ANSWER
    if errand is None or (errand.state not in {GIVEN, UNWANTED} and errand.result != result):
        raise PreconditionFailed("NOT_CALLED", f"nobody is being called for a mailing in case {case_id}")
    call_ended(tx, errand.id, result, centre)
    recipient = recipients.by_id(tx, errand.recipient_id)
    if recipient is None:
        raise NotFound("recipient", errand.recipient_id)
    return recipient
