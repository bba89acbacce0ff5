"""Reports of abuse, citizens who are flagged for it, the policy's versions, and who decided what about them."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.database import Tx
from chassis.locking import held
from chassis.statements import Row, Sql
from services.routing.domain.conduct import BUILT_IN, ConductStep, Policy, loaded, stored

_ADD_REPORT = Sql("""
INSERT INTO abuse_report (id, work_item_id, case_id, citizen_id, agent_id, abuse_class, situation, note, request_id,
    policy_version, prescribed_step, taken_step, recover_s, reported_at, withdrawn_by)
VALUES (:id, :work_item_id, :case_id, :citizen_id, :agent_id, :abuse_class, :situation, :note, :request_id,
    :policy_version, :prescribed_step, '', :recover_s, :now, '')
""")
_REPORT = held("SELECT * FROM abuse_report WHERE id = :id")
_BY_REQUEST = Sql("SELECT * FROM abuse_report WHERE work_item_id = :work_item_id AND request_id = :request_id")
_COUNTED = Sql("""
SELECT count(*) FROM abuse_report WHERE citizen_id = :citizen_id AND (citizen_id <> '' OR case_id = :case_id)
AND abuse_class = :abuse_class AND withdrawn_at IS NULL AND reported_at > :since
""")
_TAKE = Sql("UPDATE abuse_report SET taken_step = :step, taken_at = :now WHERE id = :id")
_WITHDRAW = Sql("UPDATE abuse_report SET withdrawn_at = :now, withdrawn_by = :by WHERE id = :id")
_RECOVERY = Sql("""
SELECT coalesce(max(recover_s), 0) FROM abuse_report WHERE work_item_id = :work_item_id AND withdrawn_at IS NULL
AND (:agent_id = '' OR agent_id = :agent_id)
""")
_SET_RECOVERY = Sql("UPDATE work_item SET recover_s = :recover_s WHERE id = :id")
_ADD_FLAG = Sql("""
INSERT INTO citizen_flag (id, citizen_id, abuse_class, report_id, flagged_at, expires_at, lifted_by)
VALUES (:id, :citizen_id, :abuse_class, :report_id, :now, :expires_at, '')
""")
_FLAG = held("SELECT * FROM citizen_flag WHERE id = :id")
_FLAG_OF = held("SELECT * FROM citizen_flag WHERE report_id = :id")
_LIFT = Sql("UPDATE citizen_flag SET lifted_at = :now, lifted_by = :by WHERE id = :id")
_FLAGS = Sql("""
SELECT * FROM citizen_flag WHERE id > :after AND (:ended = 1 OR (lifted_at IS NULL AND expires_at > :now))
ORDER BY id LIMIT :limit
""")
_FLAGGED = Sql("SELECT DISTINCT citizen_id FROM citizen_flag WHERE expires_at > :now AND lifted_at IS NULL")
_REPORTS_ABOUT = Sql("SELECT * FROM abuse_report WHERE citizen_id = :citizen_id ORDER BY reported_at, id LIMIT 1000")
_FLAGS_OF = Sql("SELECT * FROM citizen_flag WHERE citizen_id = :citizen_id ORDER BY flagged_at, id")
_RECORDS_ABOUT = Sql("SELECT * FROM conduct_record WHERE citizen_id = :citizen_id ORDER BY id LIMIT 1000")
_RECORD = Sql("""
INSERT INTO conduct_record (id, happened_at, actor, action, subject_id, citizen_id, reason)
VALUES (:id, :now, :actor, :action, :subject_id, :citizen_id, :reason)
""")
_POLICY = Sql("SELECT version, policy FROM conduct_policy WHERE version = :version")
_NEWEST = Sql("SELECT version, policy FROM conduct_policy ORDER BY version DESC LIMIT 1")
_PUT_POLICY = Sql("""
INSERT INTO conduct_policy (version, policy, written_at, written_by) VALUES (:version, :policy, :now, :by)
""")


def policy(tx: Tx, version: int | None = None) -> Policy | None:
    """A version of the policy, or the one that counts now; None if there is no such version."""
    if version == BUILT_IN.version:
        return BUILT_IN
    found = tx.execute(_NEWEST) if version is None else tx.execute(_POLICY, {"version": version})
    row = found.one_or_none()
    if row is None:
        return BUILT_IN if version is None else None
    return loaded(row.version, row.policy)


def put_policy(tx: Tx, of: Policy, by: str) -> None:
    """Keep a version."""
    tx.execute(_PUT_POLICY, {"version": of.version, "policy": stored(of), "now": tx.now.timestamp(), "by": by})


def add_report(
    tx: Tx, report_id: str, item: Row, agent_id: str, request_id: str, *, abuse_class: str, situation: str, note: str,
    policy_version: int, prescribed: ConductStep, recover_s: int,
) -> None:  # fmt: skip
    """Keep what an agent reports."""
    values = {
        "id": report_id,
        "work_item_id": item.id,
        "case_id": item.case_id,
        "citizen_id": item.citizen_id,
        "agent_id": agent_id,
        "abuse_class": abuse_class,
        "situation": situation,
        "note": tx.sealed("abuse_report", report_id, "note", note),
        "request_id": tx.keys.keyed_hash("request_id", request_id),
        "policy_version": policy_version,
        "prescribed_step": prescribed.value,
        "recover_s": recover_s,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_REPORT, values)


def report(tx: Tx, report_id: str, *, lock: bool = False) -> Row | None:
    """A report by id."""
    return tx.execute(_REPORT[tx.dialect if lock else "sqlite"], {"id": report_id}).one_or_none()


def by_request(tx: Tx, work_item_id: str, request_id: str) -> Row | None:
    """The report an earlier request made."""
    values = {"work_item_id": work_item_id, "request_id": tx.keys.keyed_hash("request_id", request_id)}
    return tx.execute(_BY_REQUEST, values).one_or_none()


def counted(tx: Tx, item: Row, abuse_class: str, since: float) -> int:
    """How many reports of a class count against a citizen; those of the case where the citizen is not known."""
    values = {"citizen_id": item.citizen_id, "case_id": item.case_id, "abuse_class": abuse_class, "since": since}
    return int(tx.execute(_COUNTED, values).scalar_one())


def take(tx: Tx, report_id: str, step: ConductStep) -> None:
    """Write what the agent did."""
    tx.execute(_TAKE, {"id": report_id, "step": step.value, "now": tx.now.timestamp()})


def withdraw(tx: Tx, report_id: str, by: str) -> None:
    """Write that a report was wrong."""
    tx.execute(_WITHDRAW, {"id": report_id, "by": by, "now": tx.now.timestamp()})


def recovery(tx: Tx, work_item_id: str, agent_id: str = "") -> int:
    """How long an agent rests for what they reported in a work item, or who rests longest: by the gravest report."""
    return int(tx.execute(_RECOVERY, {"work_item_id": work_item_id, "agent_id": agent_id}).scalar_one())


def set_recovery(tx: Tx, work_item_id: str, recover_s: int) -> None:
    """Write how long who reported abuse in a work item rests afterwards, at most."""
    tx.execute(_SET_RECOVERY, {"id": work_item_id, "recover_s": recover_s})


def add_flag(tx: Tx, flag_id: str, of: Row, expires_at: float) -> None:
    """Flag the citizen of a report."""
    values = {
        "id": flag_id,
        "citizen_id": of.citizen_id,
        "abuse_class": of.abuse_class,
        "report_id": of.id,
        "expires_at": expires_at,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD_FLAG, values)


def flag(tx: Tx, flag_id: str) -> Row | None:
    """A flag by id, its row held."""
    return tx.execute(_FLAG[tx.dialect], {"id": flag_id}).one_or_none()


def flag_of(tx: Tx, report_id: str) -> Row | None:
    """The flag a report led to, its row held."""
    return tx.execute(_FLAG_OF[tx.dialect], {"id": report_id}).one_or_none()


def lift(tx: Tx, flag_id: str, by: str) -> None:
    """Write that a flag counts no more."""
    tx.execute(_LIFT, {"id": flag_id, "by": by, "now": tx.now.timestamp()})


def flags(tx: Tx, after: str, limit: int, *, with_ended: bool) -> Sequence[Row]:
    """Flags by id."""
    values = {"after": after, "limit": limit, "ended": int(with_ended), "now": tx.now.timestamp()}
    return tx.execute(_FLAGS, values).all()


def flagged(tx: Tx) -> frozenset[str]:
    """Every citizen whom the dedicated team answers now."""
    return frozenset(tx.execute(_FLAGGED, {"now": tx.now.timestamp()}).scalars())


def reports_about(tx: Tx, citizen_id: str) -> Sequence[Row]:
    """All that was reported about a citizen."""
    return tx.execute(_REPORTS_ABOUT, {"citizen_id": citizen_id}).all()


def flags_of(tx: Tx, citizen_id: str) -> Sequence[Row]:
    """Every flag of a citizen."""
    return tx.execute(_FLAGS_OF, {"citizen_id": citizen_id}).all()


def records_about(tx: Tx, citizen_id: str) -> Sequence[Row]:
    """What was decided about a citizen's reports and flags, and who read them."""
    return tx.execute(_RECORDS_ABOUT, {"citizen_id": citizen_id}).all()


def record(tx: Tx, record_id: str, actor: str, action: str, subject_id: str, citizen_id: str, reason: str) -> None:
    """Keep who did what about whom, and why."""
    values = {
        "id": record_id,
        "now": tx.now.timestamp(),
        "actor": actor,
        "action": action,
        "subject_id": subject_id,
        "citizen_id": citizen_id,
        "reason": tx.sealed("conduct_record", record_id, "reason", reason),
    }
    tx.execute(_RECORD, values)
