"""Outreach's mailings and lists as the contract writes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hub120.outreach.v1 import campaign_service_pb2, contact_rule_service_pb2, notice_pb2
from hub120.outreach.v1 import mailing_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.outreach.domain.contact_rules import RuleKind
from services.outreach.domain.lists import RowFault
from services.outreach.domain.mailings import Kind, MailingState, RecipientState, Urgency
from services.outreach.domain.quiet_hours import Place
from services.outreach.store import mailings
from services.outreach.use_cases.reading_notices import Sending
from services.outreach.use_cases.rehearsing import DryRun

STATES = {state: getattr(pb, f"MAILING_STATE_{state.name}") for state in MailingState}
KINDS = {kind: getattr(pb, f"MAILING_KIND_{kind.name}") for kind in Kind}
URGENCIES = {urgency: getattr(pb, f"MAILING_URGENCY_{urgency.name}") for urgency in Urgency}
RULES = {kind: getattr(contact_rule_service_pb2, f"CONTACT_RULE_KIND_{kind.name}") for kind in RuleKind}
RULE_OF = {number: kind for kind, number in RULES.items()}


def mailing(row: Row) -> pb.Mailing:
    """A mailing."""
    return pb.Mailing(
        id=row.id,
        kind=KINDS[Kind(row.kind)],
        urgency=URGENCIES[Urgency(row.urgency)],
        title=row.title,
        state=STATES[MailingState(row.state)],
        channels=[step.channel for step in mailings.steps(row)],
        total=row.total,
        duplicates=row.duplicates,
        created_by=row.created_by,
        create_time=moment(row.created_at),
        approved_by=row.approved_by,
        start_time=moment(row.started_at),
        end_time=moment(row.ended_at),
    )


def counts(found: Iterable[Counter[str]], reasons: Mapping[str, int]) -> pb.MailingCounts:
    """How many stand where."""
    total: Counter[str] = Counter()
    for one in found:
        total.update(one)
    known: dict[str, Any] = {state.value: total[state.value] for state in RecipientState}
    return pb.MailingCounts(total=sum(total.values()), reasons=reasons, **known)


def sending(found: Sending) -> notice_pb2.NoticeSending:
    """How a notice is sent."""
    row = found.mailing
    told = notice_pb2.NoticeSending(mailing_id=row.id, state=STATES[MailingState(row.state)], unreached=found.unreached)
    told.counts.CopyFrom(_standing([row for rows in found.by_channel.values() for row in rows]))
    for channel, rows in found.by_channel.items():
        told.by_channel[channel].CopyFrom(_standing(rows))
    return told


def _standing(rows: Sequence[Row]) -> pb.MailingCounts:
    states, reasons = Counter[str](), Counter[str]()
    for row in rows:
        states[row.state] += row.recipients
        if row.reason:
            reasons[row.reason] += row.recipients
    return counts([states], reasons)


def dry_run(found: DryRun) -> pb.DryRun:
    """What would leave."""
    costs = [
        pb.MailingCost(
            channel=one.channel,
            language=one.language,
            recipients=one.recipients,
            unit_price_won=one.unit_price_won,
            total_won=one.total_won,
        )
        for one in found.costs
    ]
    return pb.DryRun(
        costs=costs, unreachable=found.unreachable, total_won=found.total_won, needs_approval=found.needs_approval
    )


def rule(row: Row) -> contact_rule_service_pb2.ContactRule:
    """A rule about an address."""
    return contact_rule_service_pb2.ContactRule(
        kind=RULES[RuleKind(row.kind)], channel=row.channel, source=row.source, create_time=moment(row.created_at)
    )


def quiet_hours(place: Place) -> contact_rule_service_pb2.QuietHours:
    """When it is quiet in a district."""
    return contact_rule_service_pb2.QuietHours(
        district=place.district,
        time_zone=place.zone,
        begin_time=f"{place.begins:%H:%M}",
        end_time=f"{place.ends:%H:%M}",
    )


def recipient_list(row: Row, variables: Iterable[str]) -> campaign_service_pb2.RecipientList:
    """A list."""
    return campaign_service_pb2.RecipientList(
        id=row.id,
        name=row.name,
        members=row.members,
        refused=row.refused,
        duplicates=row.duplicates,
        variables=variables,
        created_by=row.created_by,
        create_time=moment(row.created_at),
        gets_notices=bool(row.gets_notices),
        complete=bool(row.complete),
    )


def fault(one: RowFault) -> campaign_service_pb2.RowFault:
    """What is wrong with a row."""
    return campaign_service_pb2.RowFault(row=one.row, column=one.column, code=one.code)
