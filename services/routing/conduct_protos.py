"""Conduct as the contract writes it: policies, reports and flags."""

from __future__ import annotations

from hub120.routing.v1 import conduct_pb2

from chassis.clock import moment
from chassis.statements import Row
from services.routing.domain.conduct import AbuseClass, ConductStep, Policy, Said

STEPS = {step: getattr(conduct_pb2, f"CONDUCT_STEP_{step.name}") for step in ConductStep}
STEP_OF: dict[int, ConductStep] = {number: step for step, number in STEPS.items()}


def said(text: Said) -> conduct_pb2.SpokenText:
    """A text in two languages."""
    return conduct_pb2.SpokenText(korean=text.korean, english=text.english)


def report(row: Row, note: str) -> conduct_pb2.AbuseReport:
    """A report with the agent's words."""
    return conduct_pb2.AbuseReport(
        id=row.id,
        work_item_id=row.work_item_id,
        case_id=row.case_id,
        agent_id=row.agent_id,
        abuse_class=row.abuse_class,
        situation=row.situation,
        note=note,
        report_time=moment(row.reported_at),
        policy_version=row.policy_version,
        prescribed_step=STEPS[ConductStep(row.prescribed_step)],
        taken_step=STEPS[ConductStep(row.taken_step)] if row.taken_step else conduct_pb2.CONDUCT_STEP_UNSPECIFIED,
        take_time=moment(row.taken_at),
        withdraw_time=moment(row.withdrawn_at),
        withdrawn_by=row.withdrawn_by,
    )


def flag(row: Row) -> conduct_pb2.Flag:
    """A citizen who is answered by the dedicated team."""
    return conduct_pb2.Flag(
        id=row.id,
        citizen_id=row.citizen_id,
        abuse_class=row.abuse_class,
        report_id=row.report_id,
        flag_time=moment(row.flagged_at),
        expire_time=moment(row.expires_at),
        lift_time=moment(row.lifted_at),
        lifted_by=row.lifted_by,
    )


def record(row: Row, reason: str) -> conduct_pb2.ConductRecord:
    """Who did what about it, and why."""
    return conduct_pb2.ConductRecord(
        occur_time=moment(row.happened_at),
        actor=row.actor,
        action=row.action,
        subject_id=row.subject_id,
        reason=reason,
    )


def policy(of: Policy) -> conduct_pb2.ConductPolicy:
    """A policy."""
    return conduct_pb2.ConductPolicy(
        version=of.version,
        classes=[_abuse_class(name, one) for name, one in of.classes.items()],
        warning=said(of.warning),
        farewell=said(of.farewell),
        team_skill=of.team_skill,
        team_wait_seconds=of.team_wait_s,
        counted_days=of.counted_days,
    )


def _abuse_class(name: str, one: AbuseClass) -> conduct_pb2.AbuseClass:
    return conduct_pb2.AbuseClass(
        id=name,
        steps=[STEPS[step] for step in one.steps],
        situations=[
            conduct_pb2.Situation(id=situation, korean=text.korean, english=text.english)
            for situation, text in one.situations.items()
        ],
        flag_days=one.flag_days,
        recovery_minutes=one.recovery_minutes,
    )


def read_policy(told: conduct_pb2.ConductPolicy) -> Policy:
    """A policy as a supervisor wrote it; the caller has checked it."""
    return Policy(
        version=told.version,
        classes={one.id: _read_class(one) for one in told.classes},
        warning=Said(told.warning.korean, told.warning.english),
        farewell=Said(told.farewell.korean, told.farewell.english),
        team_skill=told.team_skill,
        team_wait_s=told.team_wait_seconds,
        counted_days=told.counted_days,
    )


def _read_class(told: conduct_pb2.AbuseClass) -> AbuseClass:
    return AbuseClass(
        tuple(STEP_OF[step] for step in told.steps),
        {one.id: Said(one.korean, one.english) for one in told.situations},
        told.flag_days,
        told.recovery_minutes,
    )
