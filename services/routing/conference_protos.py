"""Conferences as the contract writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import conference_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.routing.domain.conference import Acknowledged, ConferenceState, EntryKind, LegState, Purpose, Role
from services.routing.domain.ladders import Emergency, Ladder, Rung, Target
from services.routing.store import ladders

STATES: Mapping[ConferenceState, pb.ConferenceState] = {
    state: getattr(pb, f"CONFERENCE_STATE_{state.name}") for state in ConferenceState
}
PURPOSES: Mapping[Purpose, pb.ConferencePurpose] = {
    purpose: getattr(pb, f"CONFERENCE_PURPOSE_{purpose.name}") for purpose in Purpose
}
PURPOSE_OF: Mapping[int, Purpose] = {number: purpose for purpose, number in PURPOSES.items()}
ROLES: Mapping[Role, pb.LegRole] = {role: getattr(pb, f"LEG_ROLE_{role.name}") for role in Role}
EMERGENCIES: Mapping[Emergency, pb.EmergencyService] = {
    one: getattr(pb, f"EMERGENCY_SERVICE_{one.name}") for one in Emergency
}
_KINDS: Mapping[EntryKind, pb.ConferenceEntryKind] = {
    kind: getattr(pb, f"CONFERENCE_ENTRY_KIND_{kind.name}") for kind in EntryKind
}
_HOWS: Mapping[str, pb.Acknowledgement] = {
    how.value: getattr(pb, f"ACKNOWLEDGEMENT_{how.name}") for how in Acknowledged
}
LEG_STATES: Mapping[LegState, case_pb2.CallState] = {
    state: getattr(case_pb2, f"CALL_STATE_{state.name}") for state in LegState if state is not LegState.ORDERED
}


def target(found: Target) -> pb.ConferenceTarget:
    """Who must know."""
    if found.emergency:
        return pb.ConferenceTarget(emergency=EMERGENCIES[found.emergency])
    return pb.ConferenceTarget(department=found.department)


def ladder(found: Ladder) -> pb.Ladder:
    """A ladder."""
    rungs = [pb.Rung(target=target(rung.target), ring_seconds=rung.ring_s) for rung in found.rungs]
    return pb.Ladder(id=found.id, rungs=rungs, rounds=found.rounds)


def read_target(given: pb.ConferenceTarget) -> Target:
    """Who is meant; the target is known to name somebody."""
    emergencies = {number: one for one, number in EMERGENCIES.items()}
    return Target(given.department, emergencies.get(given.emergency))


def read_ladder(given: pb.Ladder) -> Ladder:
    """A ladder that was written; it is known to be sound."""
    rungs = tuple(Rung(read_target(rung.target), rung.ring_seconds) for rung in given.rungs)
    return Ladder(given.id, rungs, given.rounds)


def _leg(row: Row) -> pb.ConferenceLeg:
    emergency = row.target in set(Emergency)
    return pb.ConferenceLeg(
        id=row.id,
        role=ROLES[Role(row.role)],
        target=target(ladders.target_of(row.target, emergency=emergency)) if row.target else None,
        state=LEG_STATES.get(LegState(row.state)),
        end_reason=row.end_reason,
        order_time=moment(row.ordered_at),
        answer_time=moment(row.answered_at),
        end_time=moment(row.ended_at),
        packet_acknowledged=bool(row.acknowledged),
        agent_id=row.agent_id,
        muted=bool(row.muted),
    )


def conference(row: Row, legs: Sequence[Row]) -> pb.Conference:
    """A conference with everybody who was called."""
    kept = ladders.ladder_of(row.ladder_id, row)
    return pb.Conference(
        id=row.id,
        case_id=row.case_id,
        work_item_id=row.work_item_id,
        agent_id=row.agent_id,
        channel=row.channel,
        state=STATES[ConferenceState(row.state)],
        drill=bool(row.drill),
        purpose=PURPOSES[Purpose(row.purpose)],
        ladder=ladder(kept) if kept.rungs else None,
        round=max(1, -(-row.step // len(kept.rungs))) if kept.rungs else 0,
        legs=map(_leg, legs),
        acknowledgement=_HOWS.get(row.acknowledged_how),
        acknowledge_time=moment(row.acknowledged_at),
        leave_time=moment(row.left_at),
        start_time=moment(row.started_at),
        end_time=moment(row.ended_at),
        sequence=row.sequence,
        alerted=row.alerted_at is not None,
    )


def entry(row: Row, told: str) -> pb.ConferenceEntry:
    """One thing that happened; ``told`` is what was sealed in it."""
    return pb.ConferenceEntry(
        sequence=row.sequence,
        time=moment(row.happened_at),
        kind=_KINDS[EntryKind(row.kind)],
        state=STATES[ConferenceState(row.state)],
        leg_id=row.leg_id,
        role=ROLES[Role(row.role)] if row.role else None,
        detail=row.detail,
        actor=row.actor,
        told=told,
    )
