"""What is asked of referrals, read where that takes more than a line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from hub120.referral.v1 import referral_pb2
from hub120.referral.v1 import referral_service_pb2 as pb

from chassis.grpc_host import Check
from services.referral import legal_protos, protos
from services.referral.domain.agency_calls import SAYABLE
from services.referral.domain.consents import VALUED, Given, Item, Purpose
from services.referral.domain.referrals import REPORTABLE, AgencyReport
from services.referral.store.referrals import NewReferral, Order

_NEED = re.compile(r"[A-Za-z0-9._-]{1,64}")
_EVIDENCE = re.compile(r"[A-Za-z0-9._-]{0,64}")
_LONGEST_SUMMARY = 4_000
_LONGEST_VALUE = 500
_LONGEST_NOTE = 2_000
_REPORTED = {protos.STATES[state] for state in REPORTABLE}


def new_referral(request: pb.ProposeReferralRequest, agent_id: str) -> NewReferral:
    """What is proposed. Raises ``InvalidArgument``."""
    check = Check(request).required("case_id", "service_id").uuid("case_id", "service_id", "organization_id")
    check.that(request.kind in protos.KIND_OF, "kind", "is welfare or legal")
    legal = request.kind == referral_pb2.REFERRAL_KIND_LEGAL
    known = request.law_field in legal_protos.FIELD_OF and bool(request.law_field) == legal
    check.that(known, "law_field", "is named for LEGAL and for no other kind")
    check.that(_NEED.fullmatch(request.need) is not None, "need", "is a code of 1 to 64 characters")
    check.length("summary", 1, _LONGEST_SUMMARY).length("request_id", 1, 64)
    details = _details(check, request.details)
    check.raise_if_any()
    return NewReferral(
        case_id=request.case_id,
        service_id=request.service_id,
        organization_id=request.organization_id,
        kind=protos.KIND_OF[request.kind].value,
        need=request.need,
        agent_id=agent_id,
        request_id=request.request_id,
        summary=request.summary,
        details=details,
        urgent=request.urgent,
        law_field=legal_protos.FIELD_OF[request.law_field].value,
    )


def _details(check: Check, given: Iterable[referral_pb2.ItemValue]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in given:
        item = protos.ITEM_OF.get(one.item)
        check.that(item in VALUED, "details", "hold an item that takes no value")
        check.that(
            0 < len(one.value) <= _LONGEST_VALUE and "\x00" not in one.value, "details", "have 1 to 500 characters"
        )
        check.that(item is None or item.value not in found, "details", "name an item twice")
        if item is not None:
            found[item.value] = one.value
    return found


def order(request: pb.ListReferralsRequest) -> tuple[Order, float | None]:
    """In which order referrals are listed, and until when their deadlines are over. Raises ``InvalidArgument``."""
    check = Check(request).uuid("case_id", "organization_id")
    check.that(not (request.escalated and request.by_deadline), "by_deadline", "is not asked beside escalated")
    check.raise_if_any()
    before = _seconds(request.deadline_before) if request.HasField("deadline_before") else None
    if request.escalated:
        return Order.ESCALATED, before
    return Order.DEADLINE if request.by_deadline else Order.PROPOSED, before


def rerouted(request: pb.RerouteReferralRequest, agent_id: str) -> NewReferral:
    """Where to instead; what is not said is as before. Raises ``InvalidArgument``."""
    check = Check(request).required("referral_id", "service_id").length("summary", 0, _LONGEST_SUMMARY)
    check.uuid("referral_id", "service_id", "organization_id").length("request_id", 1, 64).raise_if_any()
    return NewReferral(
        case_id="",
        service_id=request.service_id,
        organization_id=request.organization_id,
        kind="",
        need="",
        agent_id=agent_id,
        request_id=request.request_id,
        summary=request.summary,
        details={},
    )


def asked(request: pb.PrepareConsentRequest) -> tuple[Purpose, frozenset[Item], float]:
    """What consent is asked for. Raises ``InvalidArgument``."""
    check = _disclosure(request)
    check.length("language", 0, 35).raise_if_any()
    return _purpose(request), _items(request), _seconds(request.expire_time)


def given(request: pb.RecordConsentRequest) -> Given:
    """What was agreed to. Whether the law lets it count is for the use case. Raises ``InvalidArgument``."""
    check = _disclosure(request).length("request_id", 1, 64)
    check.that(request.how in protos.HOW_OF, "how", "is spoken, written or signed")
    check.that(_EVIDENCE.fullmatch(request.evidence_id) is not None, "evidence_id", "is an id of at most 64 characters")
    check.that(re.fullmatch(r"([a-z]{2,3})?", request.language) is not None, "language", "is a primary subtag")
    check.raise_if_any()
    return Given(
        purpose=_purpose(request),
        items=_items(request),
        until=_seconds(request.expire_time),
        how=protos.HOW_OF[request.how],
        refusal_told=request.refusal_told,
        sensitive_agreed=request.sensitive_agreed,
        evidence=request.evidence_id,
        language=request.language or "ko",
    )


def _disclosure(request: Any) -> Check:
    check = Check(request).required("referral_id", "expire_time").uuid("referral_id")
    check.that(request.purpose in protos.PURPOSE_OF, "purpose", "is none of the purposes there are")
    known = all(item in protos.ITEM_OF for item in request.items)
    return check.that(known and len(request.items) > 0, "items", "names what may be given")


def _purpose(request: Any) -> Purpose:
    return protos.PURPOSE_OF[request.purpose]


def _items(request: Any) -> frozenset[Item]:
    return frozenset(protos.ITEM_OF[item] for item in request.items)


def _seconds(moment: Any) -> float:
    seconds: float = moment.ToDatetime(UTC).timestamp()
    return seconds


def said_in_call(request: pb.ReportAgencyCallRequest) -> AgencyReport:
    """What the agency says in the call. Raises ``InvalidArgument``."""
    said = {protos.STATES[state] for state in SAYABLE}
    Check(request).that(request.state in said, "state", "is nothing that an agency says in a call").raise_if_any()
    return report(request)


def report(request: pb.ReportForAgencyRequest | pb.ReportAgencyCallRequest) -> AgencyReport:
    """What the agency said. Raises ``InvalidArgument``."""
    check = Check(request).required("referral_id").uuid("referral_id").length("note", 0, _LONGEST_NOTE)
    check.that(request.state in _REPORTED, "state", "is nothing that an agency reports")
    check.that(request.reason in protos.DECLINED_OF, "reason", "is none of the reasons there are")
    declined = request.state == referral_pb2.REFERRAL_STATE_DECLINED
    check.that(declined == bool(request.reason), "reason", "is given for DECLINED and for nothing else")
    check.length("request_id", 1, 64).raise_if_any()
    return AgencyReport(
        state=protos.STATE_OF[request.state],
        reason=protos.DECLINED_OF[request.reason],
        note=request.note,
        expected_at=_seconds(request.expect_time) if request.HasField("expect_time") else None,
        report_id=request.request_id,
    )
