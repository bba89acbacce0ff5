"""Conduct: an agent reports abuse, does what the policy prescribes, and rests; who did it meets the dedicated team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import Conflict, InvalidArgument, NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.routing.conduct_protos import STEPS
from services.routing.domain.conduct import BUILT_IN, ConductStep, Policy, Said, is_allowed
from services.routing.domain.work import TAKEN, WorkState
from services.routing.store import conduct, work
from services.routing.use_cases import desk

_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class NewReport:
    """What an agent reports."""

    work_item_id: str
    agent_id: str
    request_id: str
    abuse_class: str
    situation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of a citizen's abuse; reports and records with their words opened."""

    reports: Sequence[tuple[Row, str]]
    flags: Sequence[Row]
    records: Sequence[tuple[Row, str]]


def report(tx: Tx, new: NewReport) -> tuple[Row, Said]:
    """Keep what happened; answers what the policy prescribes and what to say. A repeated request finds its report."""
    before = conduct.by_request(tx, new.work_item_id, new.request_id)
    if before is not None and before.agent_id == new.agent_id:
        return before, _text(tx, before)
    item = _own_work(tx, new)
    policy = _policy(tx)
    judged = policy.classes.get(new.abuse_class)
    if judged is None or (new.situation and new.situation not in judged.situations):
        wrong = "abuse_class" if judged is None else "situation"
        raise InvalidArgument([(wrong, "is not in the policy; read it with GetConductPolicy")])
    since = tx.now.timestamp() - policy.counted_days * _DAY_S
    report_id = new_id(tx.now)
    conduct.add_report(
        tx,
        report_id,
        item,
        new.agent_id,
        new.request_id,
        abuse_class=new.abuse_class,
        situation=new.situation,
        note=new.note,
        policy_version=policy.version,
        prescribed=judged.step(conduct.counted(tx, item, new.abuse_class, since)),
        recover_s=judged.recovery_minutes * 60,
    )
    conduct.set_recovery(tx, item.id, conduct.recovery(tx, item.id))
    made = _report(tx, report_id)
    return made, _text(tx, made)


def _own_work(tx: Tx, new: NewReport) -> Row:
    item = work.work_item(tx, new.work_item_id, lock=True)
    if item is None or item.agent_id != new.agent_id:
        raise NotFound("work item", new.work_item_id)
    if item.state not in TAKEN:
        raise PreconditionFailed("MOVE_NOT_ALLOWED", f"work item {item.id} is {item.state}; report while you have it")
    return item


def _text(tx: Tx, of: Row) -> Said:
    policy = conduct.policy(tx, of.policy_version) or BUILT_IN
    return policy.text(ConductStep(of.prescribed_step))


def take_step(tx: Tx, report_id: str, agent_id: str, step: ConductStep, offer_s: float) -> tuple[Row, Row]:
    """The agent did what is prescribed, or less; answers the report and its work. Repeated, it finds that done."""
    seen = conduct.report(tx, report_id)
    if seen is None or seen.agent_id != agent_id:
        raise NotFound("report", report_id)
    item = work.work_item(tx, seen.work_item_id)
    if step.ends and item is not None and item.state == WorkState.ASSIGNED and item.agent_id == agent_id:
        desk.start_wrap_up(tx, item.id, agent_id, offer_s)
    row = _report(tx, report_id, lock=True)
    if row.taken_step != step:
        _take(tx, row, step)
    taken = work.work_item(tx, row.work_item_id)
    if taken is None:
        raise NotFound("work item", row.work_item_id)
    return _report(tx, report_id), taken


def _take(tx: Tx, row: Row, step: ConductStep) -> None:
    if row.withdrawn_at is not None or row.taken_step:
        reason = "withdrawn" if row.withdrawn_at is not None else f"answered with {row.taken_step}"
        raise PreconditionFailed("REPORT_ENDED", f"report {row.id} is {reason}; make another")
    if not is_allowed(step, ConductStep(row.prescribed_step)):
        raise PreconditionFailed("STEP_NOT_PRESCRIBED", f"report {row.id} allows {row.prescribed_step} at most")
    conduct.take(tx, row.id, step)
    if step.flags and row.citizen_id:
        policy = conduct.policy(tx, row.policy_version) or BUILT_IN
        days = policy.classes[row.abuse_class].flag_days
        conduct.add_flag(tx, new_id(tx.now), row, tx.now.timestamp() + days * _DAY_S)
    answered = events_pb2.AbuseAnswered(report_id=row.id, case_id=row.case_id, agent_id=row.agent_id, step=STEPS[step])
    tx.emit(answered, subject=row.case_id)


def withdraw(tx: Tx, report_id: str, actor: str, reason: str, *, is_supervisor: bool) -> Row:
    """A report was wrong: it counts no more, nobody rests for it, and the flag it led to is lifted. Repeated, it finds
    that done."""
    row = conduct.report(tx, report_id, lock=True)
    if row is None or not (is_supervisor or row.agent_id == actor):
        raise NotFound("report", report_id)
    if row.withdrawn_at is not None:
        return row
    conduct.withdraw(tx, report_id, actor)
    _record(tx, actor, "WithdrawReport", report_id, row.citizen_id, reason)
    flag = conduct.flag_of(tx, report_id)
    if flag is not None and flag.lifted_at is None:
        conduct.lift(tx, flag.id, actor)
        _record(tx, actor, "LiftFlag", flag.id, row.citizen_id, reason)
    item = work.work_item(tx, row.work_item_id, lock=True)
    if item is not None and item.state in TAKEN and item.recover_s:
        conduct.set_recovery(tx, item.id, conduct.recovery(tx, item.id))
    return _report(tx, report_id)


def lift_flag(tx: Tx, flag_id: str, actor: str, reason: str) -> Row:
    """Everybody may answer the citizen again. Repeated, it finds the flag lifted."""
    row = _flag(tx, flag_id)
    if row.lifted_at is None:
        conduct.lift(tx, flag_id, actor)
        _record(tx, actor, "LiftFlag", flag_id, row.citizen_id, reason)
    return _flag(tx, flag_id)


def evidence(tx: Tx, citizen_id: str, actor: str, reason: str) -> Evidence:
    """All that is known of a citizen's abuse; that it was read is part of it."""
    _record(tx, actor, "GetEvidence", citizen_id, citizen_id, reason)
    return Evidence(
        [(row, note(tx, row)) for row in conduct.reports_about(tx, citizen_id)],
        conduct.flags_of(tx, citizen_id),
        [(row, tx.opened("conduct_record", row, "reason")) for row in conduct.records_about(tx, citizen_id)],
    )


def note(tx: Tx, row: Row) -> str:
    """What happened, in the agent's words."""
    return tx.opened("abuse_report", row, "note")


def put_policy(tx: Tx, policy: Policy, actor: str) -> Policy:
    """Write the next version. ``policy.version`` is the one it replaces; ``Conflict`` if that is not the newest."""
    newest = _policy(tx).version
    if policy.version != newest:
        raise Conflict(f"the policy is at version {newest}, not {policy.version}; read it again")
    written = replace(policy, version=newest + 1)
    conduct.put_policy(tx, written, actor)
    return written


def _policy(tx: Tx) -> Policy:
    return conduct.policy(tx) or BUILT_IN


def _report(tx: Tx, report_id: str, *, lock: bool = False) -> Row:
    row = conduct.report(tx, report_id, lock=lock)
    if row is None:
        raise NotFound("report", report_id)
    return row


def _flag(tx: Tx, flag_id: str) -> Row:
    row = conduct.flag(tx, flag_id)
    if row is None:
        raise NotFound("flag", flag_id)
    return row


def _record(tx: Tx, actor: str, action: str, subject_id: str, citizen_id: str, reason: str) -> None:
    conduct.record(tx, new_id(tx.now), actor, action, subject_id, citizen_id, reason)
