"""The ConductService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import re
from typing import Any

from hub120.auth.v1 import rule_pb2
from hub120.routing.v1 import conduct_pb2
from hub120.routing.v1 import conduct_service_pb2 as pb
from hub120.routing.v1 import conduct_service_pb2_grpc as grpc_pb

from chassis import auth, pages
from chassis.database import Database, Tx
from chassis.errors import NotFound
from chassis.grpc_host import Check, caller, run_blocking
from chassis.process import Process
from chassis.statements import Row
from services.routing import conduct_protos, protos
from services.routing.domain.conduct import ConductStep
from services.routing.store import conduct as store
from services.routing.use_cases import conduct
from services.routing.use_cases.conduct import NewReport

_WORD = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SUPERVISOR = auth.ROLES[rule_pb2.ROLE_SUPERVISOR]


class ConductApi(grpc_pb.ConductServiceServicer):
    """Abusive contacts; the agent is always the caller."""

    def __init__(self, process: Process, database: Database) -> None:
        self._database = database
        self._offer_s = float(process.settings.offer_seconds)

    async def ReportAbuse(self, request: pb.ReportAbuseRequest, context: Any) -> pb.ReportAbuseResponse:
        """Report abuse."""
        check = Check(request).required("work_item_id").uuid("work_item_id").length("abuse_class", 1, 40)
        check.length("situation", 0, 40).length("note", 0, 4000).length("request_id", 1, 64).raise_if_any()
        new = NewReport(
            request.work_item_id,
            caller().subject,
            request.request_id,
            request.abuse_class,
            request.situation,
            request.note,
        )

        def reported(tx: Tx) -> pb.ReportAbuseResponse:
            row, said = conduct.report(tx, new)
            told = conduct_protos.report(row, conduct.note(tx, row))
            return pb.ReportAbuseResponse(report=told, text=conduct_protos.said(said))

        return await run_blocking(self._database.run, reported)

    async def TakeStep(self, request: pb.TakeStepRequest, context: Any) -> pb.TakeStepResponse:
        """Say what the caller did."""
        Check(request).required("report_id").uuid("report_id").enum("step").raise_if_any()
        agent_id, step = caller().subject, conduct_protos.STEP_OF[request.step]

        def taken(tx: Tx) -> pb.TakeStepResponse:
            row, item = conduct.take_step(tx, request.report_id, agent_id, step, self._offer_s)
            told = conduct_protos.report(row, conduct.note(tx, row))
            return pb.TakeStepResponse(report=told, work_item=protos.work_item(item))

        return await run_blocking(self._database.run, taken)

    async def WithdrawReport(self, request: pb.WithdrawReportRequest, context: Any) -> pb.WithdrawReportResponse:
        """Withdraw a report that was wrong."""
        check = Check(request).required("report_id").uuid("report_id")
        check.length("reason", 1, 1000).raise_if_any()
        by = caller()

        def withdrawn(tx: Tx) -> conduct_pb2.AbuseReport:
            supervises = _SUPERVISOR in by.roles
            row = conduct.withdraw(tx, request.report_id, by.subject, request.reason, is_supervisor=supervises)
            return conduct_protos.report(row, conduct.note(tx, row))

        return pb.WithdrawReportResponse(report=await run_blocking(self._database.run, withdrawn))

    async def ListFlags(self, request: pb.ListFlagsRequest, context: Any) -> pb.ListFlagsResponse:
        """Citizens whom the dedicated team answers."""
        limit = pages.size(request.page_size, usual=100, largest=500)
        last = pages.after(request, (str,))

        def listed(tx: Tx) -> list[Row]:
            return list(store.flags(tx, last[0] if last else "", limit + 1, with_ended=request.with_ended))

        rows = await run_blocking(self._database.read, listed)
        found = pb.ListFlagsResponse(flags=map(conduct_protos.flag, rows[:limit]))
        if len(rows) > limit:
            found.next_page_token = pages.token(request, [rows[limit - 1].id])
        return found

    async def LiftFlag(self, request: pb.LiftFlagRequest, context: Any) -> pb.LiftFlagResponse:
        """Let a citizen be answered by everybody again."""
        Check(request).required("flag_id").uuid("flag_id").length("reason", 1, 1000).raise_if_any()
        row = await run_blocking(
            self._database.run, conduct.lift_flag, request.flag_id, caller().subject, request.reason
        )
        return pb.LiftFlagResponse(flag=conduct_protos.flag(row))

    async def GetEvidence(self, request: pb.GetEvidenceRequest, context: Any) -> pb.GetEvidenceResponse:
        """All that was reported about a citizen."""
        Check(request).required("citizen_id").uuid("citizen_id").length("reason", 1, 1000).raise_if_any()
        found = await run_blocking(
            self._database.run, conduct.evidence, request.citizen_id, caller().subject, request.reason
        )
        return pb.GetEvidenceResponse(
            reports=[conduct_protos.report(row, note) for row, note in found.reports],
            flags=map(conduct_protos.flag, found.flags),
            records=[conduct_protos.record(row, reason) for row, reason in found.records],
        )

    async def GetConductPolicy(self, request: pb.GetConductPolicyRequest, context: Any) -> pb.GetConductPolicyResponse:
        """The policy."""
        version = request.version if request.HasField("version") else None
        found = await run_blocking(self._database.read, store.policy, version)
        if found is None:
            raise NotFound("policy version", str(version))
        return pb.GetConductPolicyResponse(policy=conduct_protos.policy(found))

    async def PutConductPolicy(self, request: pb.PutConductPolicyRequest, context: Any) -> pb.PutConductPolicyResponse:
        """Write a new version of the policy."""
        _check_policy(request)
        wanted = conduct_protos.read_policy(request.policy)
        written = await run_blocking(self._database.run, conduct.put_policy, wanted, caller().subject)
        return pb.PutConductPolicyResponse(policy=conduct_protos.policy(written))


def _check_policy(request: pb.PutConductPolicyRequest) -> None:
    given = request.policy
    check = Check(request).length("policy.classes", 1, 20).range("policy.counted_days", 1, 730)
    check.range("policy.version", 0, 2**31 - 2).range("policy.team_wait_seconds", 0, 86_400)
    check.that(bool(_WORD.fullmatch(given.team_skill)), "policy.team_skill", "is a word of at most 40 letters")
    for text in ("warning", "farewell"):
        check.length(f"policy.{text}.korean", 1, 1000).length(f"policy.{text}.english", 1, 1000)
    ids = [one.id for one in given.classes]
    tidy = len(set(ids)) == len(ids) and all(map(_WORD.fullmatch, ids))
    check.that(tidy, "policy.classes", "have ids of their own, words of at most 40 letters")
    for number, one in enumerate(given.classes):
        _check_class(check, f"policy.classes[{number}]", one)
    check.raise_if_any()


def _check_class(check: Check, where: str, one: conduct_pb2.AbuseClass) -> None:
    steps = [conduct_protos.STEP_OF.get(step) for step in one.steps]
    check.that(1 <= len(steps) <= 10 and None not in steps, where, "has 1 to 10 steps that there are")
    order = [list(ConductStep).index(step) for step in steps if step is not None]
    check.that(order == sorted(order), where, "has steps that never become milder")
    check.that(1 <= one.flag_days <= 730, where, "flags for 1 to 730 days")
    check.that(0 <= one.recovery_minutes <= 240, where, "rests for at most 240 minutes")
    ids = [situation.id for situation in one.situations]
    tidy = len(ids) <= 40 and len(set(ids)) == len(ids) and all(map(_WORD.fullmatch, ids))
    named = all(0 < len(said) <= 200 for each in one.situations for said in (each.korean, each.english))
    check.that(tidy and named, where, "has at most 40 situations with ids and names of their own")
