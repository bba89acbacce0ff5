"""Referral's rows as the contract writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub120.intake.v1 import case_pb2
from hub120.referral.v1 import capacity_pb2
from hub120.referral.v1 import referral_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.referral import legal_protos
from services.referral.domain.agency_calls import CallState
from services.referral.domain.capacity import Room
from services.referral.domain.consents import Ended, How, Item, Purpose
from services.referral.domain.referrals import DeclineReason, Kind, Outcome, ReferralState
from services.referral.domain.wording import Wording

STATES = {state: getattr(pb, f"REFERRAL_STATE_{state.name}") for state in ReferralState}
STATE_OF = {number: state for state, number in STATES.items()}
KINDS = {kind: getattr(pb, f"REFERRAL_KIND_{kind.name}") for kind in Kind}
KIND_OF = {number: kind for kind, number in KINDS.items()}
DECLINED = {reason: getattr(pb, f"DECLINE_REASON_{reason.name}") for reason in DeclineReason if reason}
DECLINED_OF = {number: reason for reason, number in DECLINED.items()} | {0: DeclineReason.NONE}
OUTCOMES = {one: getattr(pb, f"REFERRAL_OUTCOME_{one.name if one else 'UNSPECIFIED'}") for one in Outcome}
OUTCOME_OF = {number: one for one, number in OUTCOMES.items()}
ITEMS = {item: getattr(pb, f"CONSENT_ITEM_{item.name}") for item in Item}
ITEM_OF = {number: item for item, number in ITEMS.items()}
PURPOSES = {purpose: getattr(pb, f"CONSENT_PURPOSE_{purpose.name}") for purpose in Purpose}
PURPOSE_OF = {number: purpose for purpose, number in PURPOSES.items()}
HOW = {how: getattr(pb, f"CONSENT_HOW_{how.name}") for how in How}
HOW_OF = {number: how for how, number in HOW.items()}
ENDS = {end: getattr(pb, f"CONSENT_END_{end.name if end else 'UNSPECIFIED'}") for end in Ended}

ROOMS = {room: getattr(capacity_pb2, f"CAPACITY_ROOM_{room.name}") for room in Room}
ROOM_OF = {number: room for room, number in ROOMS.items()}
_CALLS = {
    case_pb2.CALL_STATE_UP: CallState.UP,
    case_pb2.CALL_STATE_HELD: CallState.UP,
    case_pb2.CALL_STATE_ENDED: CallState.ENDED,
}


def handover_state(number: case_pb2.HandoverState) -> str:
    """How far a department is, in intake's word."""
    return case_pb2.HandoverState.Name(number).removeprefix("HANDOVER_STATE_").lower()


def message_state(number: case_pb2.ReplyState) -> str:
    """Where a message stands, in intake's word."""
    return case_pb2.ReplyState.Name(number).removeprefix("REPLY_STATE_").lower()


def call_state(number: case_pb2.CallState) -> CallState:
    """Where an agency's telephone stands."""
    return _CALLS.get(number, CallState.RINGING)


def referral(row: Row) -> pb.Referral:
    """A referral as it stands, without what was said in it."""
    declined = row.state == ReferralState.DECLINED
    return pb.Referral(
        id=row.id,
        number=row.number,
        case_id=row.case_id,
        service_id=row.service_id,
        organization_id=row.organization_id,
        kind=KINDS[Kind(row.kind)],
        need=row.need,
        urgent=bool(row.urgent),
        agent_id=row.agent_id,
        state=STATES[ReferralState(row.state)],
        reached=STATES[ReferralState(row.reached)] if row.reached else None,
        decline_reason=DECLINED[DeclineReason(row.reason)] if declined else None,
        reason="" if declined else row.reason,
        outcome=OUTCOMES[Outcome(row.outcome)],
        rerouted_from_id=row.rerouted_from,
        rerouted_to_id=row.rerouted_to,
        consent_id=row.consent_id,
        escalation=row.escalation,
        escalation_taken_by=row.escalation_taken_by,
        escalate_time=moment(row.escalated_at),
        propose_time=moment(row.proposed_at),
        consent_time=moment(row.consented_at),
        send_time=moment(row.sent_at),
        acknowledge_time=moment(row.acknowledged_at),
        accept_time=moment(row.accepted_at),
        complete_time=moment(row.completed_at),
        end_time=moment(row.ended_at),
        expect_time=moment(row.expected_at),
        due_time=moment(row.due_at),
        sequence=row.sequence,
        law_field=legal_protos.law_field(row),
        next_deadline=legal_protos.next_deadline(row),
        conflict=legal_protos.flag(row),
    )


def consent(row: Row) -> pb.Consent:
    """A consent as it is."""
    return pb.Consent(
        id=row.id,
        referral_id=row.referral_id,
        case_id=row.case_id,
        organization_id=row.organization_id,
        purpose=PURPOSES[Purpose(row.purpose)],
        items=[ITEMS[item] for item in Item if item.value in row.items.split()],
        expire_time=moment(row.until),
        how=HOW[How(row.how)],
        evidence_id=row.evidence,
        refusal_told=bool(row.refusal_told),
        sensitive_agreed=bool(row.sensitive_agreed),
        language=row.language,
        wording_version=row.wording,
        agent_id=row.agent_id,
        give_time=moment(row.given_at),
        end=ENDS[Ended(row.ended)],
        end_time=moment(row.ended_at),
        ended_by=row.ended_by,
    )


def entry(row: Row, note: str) -> pb.ReferralEntry:
    """What happened, with the words in it."""
    return pb.ReferralEntry(
        sequence=row.sequence,
        kind=row.kind,
        state=STATES[ReferralState(row.state)],
        reason=row.reason,
        actor=row.actor,
        reference_id=row.reference,
        note=note,
        happen_time=moment(row.happened_at),
    )


def wording(one: Wording) -> pb.ConsentWording:
    """What is read out."""
    return pb.ConsentWording(
        language=one.language,
        recipient=one.recipient,
        purpose=one.purpose,
        items=one.items,
        period=one.period,
        refusal=one.refusal,
        sensitive=one.sensitive,
        question=one.question,
    )


def opened(
    row: Row, summary: str, details: Mapping[str, str], given: Sequence[Row], deadlines: Sequence[tuple[Row, str]]
) -> pb.OpenedReferral:  # fmt: skip
    """A referral with what was said in it."""
    values = [pb.ItemValue(item=ITEMS[item], value=details[item]) for item in Item if item in details]
    return pb.OpenedReferral(
        referral=referral(row),
        summary=summary,
        details=values,
        consents=map(consent, given),
        deadlines=[legal_protos.deadline(*one) for one in deadlines],
    )


def capacity(row: Row, *, counts: bool) -> capacity_pb2.Capacity:
    """What an agency said about its room."""
    return capacity_pb2.Capacity(
        organization_id=row.organization_id,
        need=row.need,
        room=ROOMS[Room(row.room)],
        weeks=row.weeks,
        say_time=moment(row.said_at),
        counts=counts,
    )
