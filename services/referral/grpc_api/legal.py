"""The LegalService of the contract: deadlines, opposing parties, conflicts of interest, notes of the legal desk."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from hub120.referral.v1 import legal_pb2, legal_service_pb2_grpc
from hub120.referral.v1 import legal_service_pb2 as pb

from chassis import pages
from chassis.calendars import FIRST_YEAR, LAST_YEAR
from chassis.clock import moment
from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.phones import e164
from services.referral import legal_protos, protos
from services.referral.domain.deadline_rules import RULES
from services.referral.domain.deadlines import DeadlineKind
from services.referral.store.legal import NewDeadline
from services.referral.use_cases import conflicts, counselling
from services.referral.use_cases.conflicts import Found
from services.referral.use_cases.reading import Reader

_LONGEST_SOURCE, _LONGEST_NAME, _LONGEST_REASON, _LONGEST_NOTE = 300, 100, 500, 4_000
_LAST_START = LAST_YEAR - 11
"""The longest period is ten years, and a last day may be moved."""


class LegalApi(legal_service_pb2_grpc.LegalServiceServicer):
    """Legal referrals; whoever acts is the caller."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ListDeadlineRules(
        self, request: pb.ListDeadlineRulesRequest, context: Any
    ) -> pb.ListDeadlineRulesResponse:
        """The rules by which deadlines can be computed."""
        return pb.ListDeadlineRulesResponse(rules=[legal_protos.rule(code, one) for code, one in RULES.items()])

    async def ProposeDeadline(self, request: pb.ProposeDeadlineRequest, context: Any) -> pb.ProposeDeadlineResponse:
        """The last day by a rule."""
        check = Check(request).length("rule", 1, 64)
        start = _day(check, request.start_date, "start_date", _LAST_START)
        now = self._database.clock().timestamp()
        rule, day, told = await run_blocking(counselling.propose_deadline, request.rule, start, now)
        return pb.ProposeDeadlineResponse(
            rule=legal_protos.rule(request.rule, rule), date=day.isoformat(), warnings=legal_protos.warnings(told)
        )

    async def AddDeadline(self, request: pb.AddDeadlineRequest, context: Any) -> pb.AddDeadlineResponse:
        """Enter a deadline."""
        new = _new_deadline(request)
        found, row, told = await self._run(counselling.add_deadline, request.referral_id, new, caller().subject)
        return pb.AddDeadlineResponse(
            deadline=legal_protos.deadline(found, request.source),
            referral=protos.referral(row),
            warnings=legal_protos.warnings(told),
        )

    async def CloseDeadline(self, request: pb.CloseDeadlineRequest, context: Any) -> pb.CloseDeadlineResponse:
        """It was kept, or was none."""
        check = Check(request).required("deadline_id").uuid("deadline_id")
        check.that(request.state in legal_protos.CLOSED_OF, "state", "is KEPT or DROPPED").raise_if_any()
        state = legal_protos.CLOSED_OF[request.state]
        found, row = await self._run(counselling.close_deadline, request.deadline_id, state, caller().subject)
        return pb.CloseDeadlineResponse(deadline=legal_protos.deadline(found, ""), referral=protos.referral(row))

    async def GetLegalFile(self, request: pb.GetLegalFileRequest, context: Any) -> pb.GetLegalFileResponse:
        """Deadlines and opposing parties."""
        _which(request).raise_if_any()
        found = await self._run(counselling.opened, request.referral_id, _reader("GetLegalFile"))
        return pb.GetLegalFileResponse(
            referral=protos.referral(found.row),
            deadlines=[legal_protos.deadline(*one) for one in found.deadlines],
            parties=[legal_protos.party(*one) for one in found.parties],
        )

    async def AddOpposingParty(self, request: pb.AddOpposingPartyRequest, context: Any) -> pb.AddOpposingPartyResponse:
        """Say who is on the other side."""
        number = e164(request.telephone) or ""
        check = _which(request).length("name", 1, _LONGEST_NAME).length("request_id", 1, 64)
        check.that(bool(request.name.strip()), "name", "is not empty")
        check.that(bool(number) or not request.telephone, "telephone", "is a telephone number, or empty").raise_if_any()
        found, row = await self._run(
            counselling.add_party, request.referral_id, request.name, number, request.request_id, caller().subject
        )
        return pb.AddOpposingPartyResponse(
            party=legal_protos.party(found, request.name, number), referral=protos.referral(row)
        )

    async def RemoveOpposingParty(
        self, request: pb.RemoveOpposingPartyRequest, context: Any
    ) -> pb.RemoveOpposingPartyResponse:
        """Take an opposing party out again."""
        Check(request).required("party_id").uuid("party_id").raise_if_any()
        row = await self._run(
            counselling.remove_party, request.party_id, caller().subject, legal_desk="legal" in caller().roles
        )
        return pb.RemoveOpposingPartyResponse(referral=protos.referral(row))

    async def ListFlaggedReferrals(
        self, request: pb.ListFlaggedReferralsRequest, context: Any
    ) -> pb.ListFlaggedReferralsResponse:
        """Referrals that wait for the legal desk."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (float, str))
        after = (last[0], last[1]) if last else None
        found = await run_blocking(self._database.read, conflicts.flagged, after, limit + 1)
        told = pb.ListFlaggedReferralsResponse(referrals=map(protos.referral, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].proposed_at, found[limit - 1].id])
        return told

    async def ListConflictsOfInterest(
        self, request: pb.ListConflictsOfInterestRequest, context: Any
    ) -> pb.ListConflictsOfInterestResponse:
        """Which referrals stand on the other side."""
        _which(request).raise_if_any()
        found = await self._run(conflicts.listed, request.referral_id, _reader("ListConflictsOfInterest"))
        return pb.ListConflictsOfInterestResponse(conflicts=map(_conflict, found))

    async def ClearConflict(self, request: pb.ClearConflictRequest, context: Any) -> pb.ClearConflictResponse:
        """Say why a conflict is none."""
        check = _which(request).required("other_referral_id").uuid("other_referral_id")
        check.length("reason", 1, _LONGEST_REASON).raise_if_any()
        row = await self._run(
            conflicts.clear, request.referral_id, request.other_referral_id, request.reason, caller().subject
        )
        return pb.ClearConflictResponse(referral=protos.referral(row))

    async def AddLegalNote(self, request: pb.AddLegalNoteRequest, context: Any) -> pb.AddLegalNoteResponse:
        """Write a note that only the legal desk reads."""
        _which(request).length("text", 1, _LONGEST_NOTE).length("request_id", 1, 64).raise_if_any()
        row, text = await self._run(
            counselling.add_note, request.referral_id, request.text, request.request_id, caller().subject
        )
        return pb.AddLegalNoteResponse(note=legal_protos.note(row, text))

    async def ListLegalNotes(self, request: pb.ListLegalNotesRequest, context: Any) -> pb.ListLegalNotesResponse:
        """Notes, oldest first."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (str,))
        _which(request).raise_if_any()
        found = await self._run(
            counselling.notes, request.referral_id, last[0] if last else "", limit + 1, _reader("ListLegalNotes")
        )
        told = pb.ListLegalNotesResponse(notes=[legal_protos.note(*one) for one in found[:limit]])
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1][0].id])
        return told

    async def _run(self, use_case: Any, *arguments: Any, **more: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments, **more)


def _which(request: Any) -> Check:
    return Check(request).required("referral_id").uuid("referral_id")


def _reader(action: str) -> Reader:
    return Reader(caller().subject, action, purpose())


def _day(check: Check, written: str, field: str, last_year: int) -> date:
    """A day as it is written. Raises ``InvalidArgument`` with everything else that was found."""
    day = date.min
    with suppress(ValueError):
        day = date.fromisoformat(written) if len(written) == len("2026-11-02") else day
    check.that(FIRST_YEAR <= day.year <= last_year, field, f"is a day as 2026-11-02, until {last_year}").raise_if_any()
    return day


def _new_deadline(request: pb.AddDeadlineRequest) -> NewDeadline:
    """What is entered. Raises ``InvalidArgument``."""
    check = _which(request).length("source", 1, _LONGEST_SOURCE).length("request_id", 1, 64)
    check.that(request.kind in legal_protos.KIND_OF, "kind", "is none of the kinds there are")
    check.that(request.rule in {"", *RULES}, "rule", "is none of the rules there are")
    day = _day(check, request.date, "date", LAST_YEAR)
    kind = legal_protos.KIND_OF.get(request.kind, DeadlineKind.OTHER)
    return NewDeadline(kind, day, request.source, request.rule, request.request_id)


def _conflict(one: Found) -> legal_pb2.ConflictOfInterest:
    return legal_pb2.ConflictOfInterest(
        other_referral_id=one.other_id,
        other_number=one.number,
        citizen_is_opponent=one.citizen_is_opponent,
        match=legal_protos.MATCHES[one.match],
        cleared_by=one.cleared_by,
        clear_time=moment(one.cleared_at),
        clear_reason=one.reason,
    )
