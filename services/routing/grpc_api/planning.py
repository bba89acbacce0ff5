"""Plans and explanations as the contract writes them."""

from __future__ import annotations

import re

from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import routing_service_pb2 as pb
from hub120.routing.v1 import work_pb2

from chassis.clock import moment
from chassis.grpc_host import Check
from services.routing import protos
from services.routing.domain.agents import LEVELS
from services.routing.domain.explaining import Ineligibility
from services.routing.domain.offers import OfferState, Why
from services.routing.domain.plans import CITIZENS_LANGUAGE, MOST_STEPS, Plan
from services.routing.use_cases.explaining import Decision, Explanation

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LONGEST_WAIT_S = 86_400.0
_MOST_VALUES = 50
_MOST_CANDIDATES, _MOST_OTHERS = 50, 20
_REASONS = {why: getattr(pb, f"DECISION_REASON_{why.value.upper()}") for why in Why}
_INELIGIBLE = {one: getattr(pb, f"INELIGIBLE_REASON_{one.name}") for one in Ineligibility}


def checked_plan(request: pb.PutPlanRequest) -> Plan:
    """The plan of a request. Raises ``InvalidArgument`` with every field that is wrong."""
    given = request.plan
    check = Check(request).that(bool(_ID.fullmatch(given.id)), "plan.id", 'is 1 to 64 letters, digits, "-" and "_"')
    check.range("plan.position", 0, 10_000).length("plan.steps", 1, MOST_STEPS)
    for criterion in ("languages", "topics", "channels", "media", "priority_classes"):
        check.length(f"plan.{criterion}", 0, _MOST_VALUES)
    named = [*given.languages, *given.topics, *given.channels]
    check.that(all(0 < len(one) <= 64 for one in named), "plan", "its criteria are words of at most 64 letters")
    check.that(set(given.media) <= set(protos.MEDIA.values()), "plan.media", "are media that there are")
    classes = set(given.priority_classes) - {case_pb2.PRIORITY_CLASS_UNSPECIFIED}
    known = len(classes) == len(set(given.priority_classes)) and classes <= set(protos.CLASSES.values())
    check.that(known, "plan.priority_classes", "are classes that there are")
    for number, step in enumerate(given.steps):
        _check_step(check, f"plan.steps[{number}]", step)
    check.raise_if_any()
    return protos.read_plan(given)


def _check_step(check: Check, where: str, step: work_pb2.Step) -> None:
    asked = [*step.needs, *step.preferred]
    check.that(len(step.needs) > 0, where, 'needs something; the language "*" is the citizen\'s')
    check.that(len(asked) <= _MOST_VALUES, where, f"asks for at most {_MOST_VALUES} languages and skills")
    check.that(all(map(is_sound, asked)), where, "asks for words of at most 40 letters, at levels 1 to 5")
    check.that(0 <= step.wait.ToTimedelta().total_seconds() <= _LONGEST_WAIT_S, where, "waits a day at most")


def is_sound(one: work_pb2.Requirement) -> bool:
    """Whether something is asked for in a form that can be kept."""
    word = one.language or one.skill
    tidy = 0 < len(word) <= 40 and not any(letter.isspace() or letter in ":/" for letter in word)
    return tidy and (not one.level or one.level in LEVELS) and (word != CITIZENS_LANGUAGE or bool(one.language))


def explained(found: Explanation) -> pb.ExplainRoutingResponse:
    """How a work item was routed."""
    item = protos.work_item(found.work_item)
    item.steps.extend(protos.steps(found.course))
    return pb.ExplainRoutingResponse(work_item=item, decisions=map(_decision, found.decisions))


def _decision(found: Decision) -> pb.Decision:
    told = pb.Decision(
        decide_time=moment(found.at),
        step=found.step,
        eligible_count=len(found.sorted.eligible),
        ahead_count=found.ahead,
        eligible=[
            pb.Candidate(agent_id=one.agent_id, idle_since=moment(one.idle_since), load=one.load, capacity=one.capacity)
            for one in found.sorted.eligible[:_MOST_CANDIDATES]
        ],
    )
    for (reason, lacking), agent_ids in sorted(found.sorted.ineligible.items()):
        told.ineligible.append(
            pb.Ineligible(
                reason=_INELIGIBLE[reason],
                lacking=protos.requirement(lacking) if lacking else None,
                count=len(agent_ids),
                agent_ids=agent_ids[:_MOST_OTHERS],
            )
        )
    if found.offer is not None:
        told.agent_id = found.offer.agent_id
        told.telephone_unanswered = bool(found.offer.unreached)
        told.outcome = protos.OFFER_STATES[OfferState(found.offer.state)]
        told.reason = _REASONS[Why(found.offer.why)] if found.offer.why else pb.DECISION_REASON_UNSPECIFIED
    return told
