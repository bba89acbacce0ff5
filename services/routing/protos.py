"""Routing's rows as the contract writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import events_pb2, queue_service_pb2, work_pb2

from chassis.clock import moment
from chassis.statements import Row
from services.routing.domain import agents
from services.routing.domain.agents import Presence
from services.routing.domain.interpretation import ANSWERED, EITHER, Interpretation
from services.routing.domain.offers import OfferState
from services.routing.domain.plans import Course, Plan, PlanStep, Requirement, StepState
from services.routing.domain.surges import Surge, SurgeState
from services.routing.domain.transfers import Style, TransferState
from services.routing.domain.work import PriorityClass, WorkState

PRESENCES = {
    Presence.OFFLINE: work_pb2.PRESENCE_OFFLINE,
    Presence.READY: work_pb2.PRESENCE_READY,
    Presence.PAUSED: work_pb2.PRESENCE_PAUSED,
}
WORK_STATES = {state: getattr(work_pb2, f"WORK_STATE_{state.name}") for state in WorkState}
OFFER_STATES = {state: getattr(work_pb2, f"OFFER_STATE_{state.name}") for state in OfferState}
MEDIA = {"text": case_pb2.MEDIUM_TEXT, "voice": case_pb2.MEDIUM_VOICE, "video": case_pb2.MEDIUM_VIDEO}
CLASSES = {one: getattr(case_pb2, f"PRIORITY_CLASS_{one.name}") for one in PriorityClass}
INTERPRETATIONS = {one: getattr(work_pb2, f"INTERPRETATION_STATE_{one.name}") for one in Interpretation}
STEP_STATES = {state: getattr(work_pb2, f"STEP_STATE_{state.name}") for state in StepState}
SURGE_STATES = {state: getattr(queue_service_pb2, f"SURGE_STATE_{state.name}") for state in SurgeState}
TRANSFER_STATES = {state: getattr(work_pb2, f"TRANSFER_STATE_{state.name}") for state in TransferState}
STYLES = {style: getattr(work_pb2, f"TRANSFER_STYLE_{style.name}") for style in Style}
_CLASS_OF = {number: one for one, number in CLASSES.items()}
MEDIUM_OF = {number: medium for medium, number in MEDIA.items()}


def priority_class(number: int, otherwise: PriorityClass = PriorityClass.NORMAL) -> PriorityClass:
    """``otherwise`` where nobody has judged it."""
    return _CLASS_OF.get(number, otherwise)


def agent(row: Row) -> work_pb2.Agent:
    """An agent's record."""
    languages, skills = agents.read(row.languages), agents.read(row.skills)
    return work_pb2.Agent(
        id=row.id,
        languages=languages,
        skills=skills,
        levels=languages | skills,
        capacity=row.capacity,
        presence=PRESENCES[Presence(row.presence)],
        presence_reason=row.presence_reason,
        return_time=moment(row.return_at),
        load=row.load,
    )


def work_item(row: Row, state: str = "") -> work_pb2.WorkItem:
    """A work item; ``state`` is that of the change it is told with."""
    return work_pb2.WorkItem(
        id=row.id,
        case_id=row.case_id,
        state=WORK_STATES[WorkState(state or row.state)],
        medium=MEDIA[row.medium],
        language=row.language,
        skills=row.skills.split(),
        priority_class=CLASSES[PriorityClass(row.priority_class)],
        topic=row.topic,
        cost=row.cost,
        plan=row.plan,
        preferred_agent_id=row.preferred_agent_id or "",
        channel=row.channel,
        queue_time=moment(row.queued_at),
        agent_id=row.agent_id or "",
        traceparent=row.traceparent,
        contact_count=row.contact_count,
        callback=callback(row),
        conference_id=row.conference_id or "",
        interpretation=interpretation(row),
        purpose=row.purpose,
    )


def interpretation(row: Row) -> work_pb2.Interpretation | None:
    """What is done about the citizen's language; None where an agent speaks it."""
    if not row.interpretation:
        return None
    state = INTERPRETATIONS[Interpretation(row.interpretation)]
    return work_pb2.Interpretation(state=state, change_time=moment(row.interpret_until))


def assigned(row: Row, agent_id: str) -> events_pb2.WorkAssigned:
    """An agent has the work; an interpreter is wanted where they need not speak the citizen's language."""
    return events_pb2.WorkAssigned(
        work_item_id=row.id,
        case_id=row.case_id,
        agent_id=agent_id,
        interpreted_language=row.language if row.interpretation in ANSWERED else "",
        medium=MEDIA[row.medium],
    )


def callback(row: Row) -> work_pb2.Callback | None:
    """What was agreed with a citizen who is called back; None if they wait themselves."""
    if row.callback_at is None:
        return None
    return work_pb2.Callback(
        request_time=moment(row.callback_at),
        channel=row.callback_channel,
        contact_point_id=row.callback_point,
        not_before_time=moment(row.held_until),
        tries=row.callback_tries,
    )


def surge(of: Surge) -> queue_service_pb2.Surge:
    """A surge."""
    return queue_service_pb2.Surge(
        id=of.id,
        state=SURGE_STATES[of.state],
        since_time=moment(of.since) if of.since else None,
        declared_by=of.declared_by,
        reason=of.reason,
        until_time=moment(of.until),
        texts=of.texts,
    )


def new_offer(offer_id: str, item: Row, agent_id: str, offered_at: float, expires_at: float) -> work_pb2.Offer:
    """An offer that is made now; ``item`` is the work item as it was before."""
    told = work_item(item, WorkState.OFFERED)
    told.agent_id = agent_id
    return work_pb2.Offer(
        id=offer_id,
        work_item=told,
        state=work_pb2.OFFER_STATE_PENDING,
        offer_time=moment(offered_at),
        expire_time=moment(expires_at),
    )


def offer(row: Row, item: Row, state: str = "", of: work_pb2.Transfer | None = None) -> work_pb2.Offer:
    """An offer; ``state`` is that of the change it is told with, ``of`` the transfer it is part of."""
    return work_pb2.Offer(
        id=row.id,
        work_item=work_item(item),
        state=OFFER_STATES[OfferState(state or row.state)],
        offer_time=moment(row.offered_at),
        expire_time=moment(row.expires_at),
        transfer=of,
    )


def transfer(row: Row, note: str, state: str = "") -> work_pb2.Transfer:
    """A transfer; ``state`` is that of the change it is told with."""
    return work_pb2.Transfer(
        id=row.id,
        work_item_id=row.work_item_id,
        case_id=row.case_id,
        state=TRANSFER_STATES[TransferState(state or row.state)],
        style=STYLES[Style(row.style)],
        from_agent_id=row.from_agent_id,
        to_agent_id=row.to_agent_id,
        needs=map(requirement, row.needs.split()),
        department=row.department,
        note=note,
        request_time=moment(row.requested_at),
        expire_time=moment(row.expires_at),
        accept_time=moment(row.accepted_at),
        end_time=moment(row.ended_at),
    )


def steps(course: Course) -> list[work_pb2.Step]:
    """The steps of a work item."""
    return [
        work_pb2.Step(
            needs=map(requirement, step.needs),
            preferred=map(requirement, step.preferred),
            wait=timedelta(seconds=step.wait_s),
            state=STEP_STATES[step.state],
            begin_time=moment(step.began_at),
            end_time=moment(step.ended_at),
        )
        for step in course.steps
    ]


def requirement(word: str) -> work_pb2.Requirement:
    """A language or a skill, from the word of an ability; of two that would do, the citizen's language."""
    name, _, level = word.partition(EITHER)[0].partition("/")
    return _requirement(Requirement(name, int(level or agents.LEVELS.start)))


def _requirement(of: Requirement) -> work_pb2.Requirement:
    kind, _, name = of.name.partition(":")
    return work_pb2.Requirement(**{kind: name}, level=of.level)


def plan(of: Plan) -> work_pb2.Plan:
    """A plan."""
    return work_pb2.Plan(
        id=of.id,
        position=of.position,
        media=sorted(MEDIA[medium] for medium in of.media),
        languages=sorted(of.languages),
        topics=sorted(of.topics),
        priority_classes=sorted(CLASSES[PriorityClass(one)] for one in of.classes),
        channels=sorted(of.channels),
        steps=[
            work_pb2.Step(
                needs=map(_requirement, step.needs),
                preferred=map(_requirement, step.preferred),
                wait=timedelta(seconds=step.wait_s),
            )
            for step in of.steps
        ],
    )


def read_plan(told: work_pb2.Plan) -> Plan:
    """A plan as a supervisor wrote it; the caller has checked it."""
    return Plan(
        told.id,
        told.position,
        tuple(
            PlanStep(_read(step.needs), step.wait.ToTimedelta().total_seconds(), _read(step.preferred))
            for step in told.steps
        ),
        frozenset(MEDIUM_OF[one] for one in told.media),
        frozenset(told.languages),
        frozenset(told.topics),
        frozenset(_CLASS_OF[one].value for one in told.priority_classes),
        frozenset(told.channels),
    )


def read_needs(requirements: Iterable[work_pb2.Requirement]) -> tuple[str, ...]:
    """What is asked for, in the words of abilities; the caller has checked it."""
    return tuple(agents.ability(one.name, one.level) for one in _read(requirements))


def _read(requirements: Iterable[work_pb2.Requirement]) -> tuple[Requirement, ...]:
    return tuple(
        Requirement(f"{one.WhichOneof('what')}:{one.language or one.skill}", one.level or agents.LEVELS.start)
        for one in requirements
    )
