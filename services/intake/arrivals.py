"""What connectors bring becomes contacts, receipts and reports of departments, in one way whether it came by webhook,
by listener or by poll."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

from hub120_sdk import (
    Address,
    AddressKind,
    CallEvent,
    CaseStatus,
    Delivery,
    Inbound,
    Inquiry,
    KeyPress,
    Noted,
    Outbound,
    Place,
    Progress,
    Receipt,
    Received,
    Record,
    Ticket,
    TicketState,
)

from chassis.database import Database, Tx
from chassis.phones import e164
from chassis.process import Process
from services.intake import enclosures
from services.intake.classifying import Classifying
from services.intake.domain.calls import CallEnd, CallNews, CallState, PressedKey
from services.intake.domain.cases import CaseQuestion, CaseState
from services.intake.domain.contacts import Details, Kept, NewAttachment, NewContact, Sender
from services.intake.domain.handovers import HandoverState
from services.intake.domain.replies import Parked, ReplyState
from services.intake.use_cases import (
    calling,
    handing_over,
    inquiring,
    opting_out,
    receiving,
    replying,
    writing_to_partners,
)
from services.intake.use_cases.handing_over import Report
from services.intake.use_cases.inquiring import Standing

DELIVERY_STATES = {
    Delivery.SENT: ReplyState.SENT,
    Delivery.DELIVERED: ReplyState.DELIVERED,
    Delivery.READ: ReplyState.READ,
    Delivery.FAILED: ReplyState.FAILED,
    Delivery.PARKED: ReplyState.PARKED,
}


Arrived: TypeAlias = tuple[Inbound, NewContact] | Receipt | CallEvent | KeyPress | Inquiry
_TICKET_STATES = {state: HandoverState(state.value) for state in TicketState}


class Arrivals:
    """Stores records; the connector host knows what fits into an answer."""

    def __init__(self, process: Process) -> None:
        self._host = process.connectors
        self._process = process
        self._classifying = Classifying(process.connectors, process.settings.classifier)

    def storing(self, database: Database, connector: str, records: Sequence[Record]) -> Callable[[Tx], list[Received]]:
        """Keep the files that came along, ask what messages are about, and return what stores the records.

        All of one request or delivery is stored together or not at all; a second one finds the first's ids. Raises
        ``Unavailable`` when files cannot be kept.
        """
        arrived = [self._arrived(database, connector, record) for record in records]

        def store(tx: Tx) -> list[Received]:
            return [received for one in arrived if (received := self._store(tx, connector, one)) is not None]

        return store

    def _arrived(self, database: Database, connector: str, record: Record) -> Arrived:
        if not isinstance(record, Inbound):
            return record
        manifest = self._host.manifest(connector)
        kept = self._kept(database, connector, manifest.limits.attachment_bytes, record)
        bare = replace(record, attachments=tuple(replace(one, data=None) for one in record.attachments))
        judged = self._classifying.judge(record.language, record.text)
        contact = _contact(connector, record.medium or manifest.medium, record, kept)
        return bare, replace(contact, judged=judged)

    def _kept(self, database: Database, connector: str, most: int, inbound: Inbound) -> list[NewAttachment]:
        """The attachments of a message, those that came along settled, unless the message came before."""
        whole = any(one.data is not None for one in inbound.attachments)
        if whole and database.run(receiving.is_known, connector, inbound.provider_id):
            return []
        message = (connector, inbound.provider_id)
        return [
            enclosures.arrived(self._process, message, place, one, most)
            for place, one in enumerate(inbound.attachments)
        ]

    def _store(self, tx: Tx, connector: str, arrived: Arrived) -> Received | None:
        match arrived:
            case (inbound, contact):
                kept = receiving.receive_contact(tx, contact, lambda waiting: self._fitting(connector, waiting))
                if kept.opted_out and connector in self._host.having("channel"):
                    opting_out.tell(tx, contact, kept, self._host.pieces)
                return _told(inbound, kept)
            case Receipt():
                _report(tx, connector, arrived)
            case CallEvent():
                calling.record_call(tx, connector, _news(arrived))
            case KeyPress():
                calling.tell_key(tx, connector, _pressed(arrived))
        return None

    def _fitting(self, connector: str, waiting: Sequence[Parked]) -> list[Parked]:
        outbound = {one.reply_id: one for one in waiting}
        fits = self._host.fitting(connector, [_outbound(one) for one in waiting])
        return [outbound[one.reply_id] for one in fits]


def _report(tx: Tx, connector: str, receipt: Receipt) -> None:
    if receipt.to is not None and receipt.until is not None:
        until, state = receipt.until.timestamp(), DELIVERY_STATES[receipt.state]
        replying.record_receipts_until(tx, connector, _address(receipt.to), until, state, failure=receipt.reason)
        return
    state, known = DELIVERY_STATES[receipt.state], {"provider_id": receipt.provider_id, "failure": receipt.reason}
    if replying.record_receipt(tx, connector, reply_id=receipt.reply_id, state=state, **known):
        return
    if not writing_to_partners.record_receipt(tx, connector, message_id=receipt.reply_id, state=state, **known):
        replying.keep_early_receipt(tx, connector, state=state, **known)
        replying.tell_others(tx, connector, receipt.reply_id, receipt.provider_id, state)


def _news(event: CallEvent) -> CallNews:
    return CallNews(
        leg_id=event.leg_id,
        state=CallState(event.state.value),
        occurred_at=event.occurred_at.timestamp(),
        conference_id=event.conference_id,
        sequence=event.sequence,
        reason=CallEnd(event.reason.value) if event.reason else None,
    )


def _pressed(press: KeyPress) -> PressedKey:
    return PressedKey(press.leg_id, press.key, press.occurred_at.timestamp())


def _contact(connector: str, medium: str, inbound: Inbound, files: Sequence[NewAttachment]) -> NewContact:
    sender = inbound.sender
    return NewContact(
        channel=connector,
        medium=medium,
        provider_id=inbound.provider_id,
        sender=Sender(sender.kind.value, _address(sender), sender.display_name, sender.verified),
        text=inbound.text,
        conversation=inbound.conversation,
        language=inbound.language,
        reply_context=inbound.reply_context,
        attachments=tuple(files),
        occurred_at=inbound.occurred_at.timestamp() if inbound.occurred_at else None,
        reply_until=inbound.reply_until.timestamp() if inbound.reply_until else None,
        details=_details(inbound),
        number=e164(inbound.number) or "" if inbound.number else "",
    )


def _address(of: Address) -> str:
    """In the one form in which it is looked up."""
    return (e164(of.value) if of.kind is AddressKind.PHONE else None) or of.value


def _details(inbound: Inbound) -> Details:
    place = inbound.place
    if place is None:
        return Details(inbound.topic, join_url=inbound.join_url)
    return Details(inbound.topic, place.address, place.latitude, place.longitude, inbound.join_url)


def _told(inbound: Inbound, kept: Kept) -> Received:
    waiting = tuple(_outbound(parked) for parked in kept.waiting)
    return Received(inbound, kept.contact_id, kept.case_number, kept.duplicate, waiting)


def _outbound(parked: Parked) -> Outbound:
    """A parked reply rides on an answer: the address is the one that asks."""
    return Outbound(parked.reply_id, Address(AddressKind.ACCOUNT, ""), parked.text)


def report_of(ticket: Ticket, *, handover_id: str = "") -> Report:
    """A ticket in the words of the use cases."""
    return Report(
        state=_TICKET_STATES[ticket.state],
        ticket_id=ticket.ticket_id,
        handover_id=handover_id or ticket.handover_id,
        update_id=ticket.update_id,
        note=ticket.note,
        expected_at=ticket.expected_at.timestamp() if ticket.expected_at else None,
    )


def note(tx: Tx, department: str, tickets: Sequence[Ticket]) -> list[Noted]:
    """Store what a callback said, all of it together."""
    taken = [(ticket, handing_over.take_report(tx, department, report_of(ticket))) for ticket in tickets]
    return [Noted(ticket, found.known, found.duplicate, found.allowed) for ticket, found in taken]


_PROGRESS = {
    CaseState.OPEN: Progress.OPEN,
    CaseState.IN_PROGRESS: Progress.IN_PROGRESS,
    CaseState.PENDING: Progress.IN_PROGRESS,
    CaseState.CLOSED: Progress.CLOSED,
}
MOST_FOUND = 1_000


def find(tx: Tx, connector: str, inquiry: Inquiry) -> list[CaseStatus]:
    """The cases that a channel asks about."""
    question = CaseQuestion(
        case_numbers=inquiry.case_numbers,
        provider_ids=inquiry.provider_ids,
        states=tuple(state for state, progress in _PROGRESS.items() if progress in inquiry.progress),
        opened_from=_seconds(inquiry.opened_from),
        opened_before=_seconds(inquiry.opened_before),
        updated_from=_seconds(inquiry.updated_from),
        topic=inquiry.topic,
        limit=max(1, min(inquiry.limit, MOST_FOUND)),
        skip=max(0, inquiry.skip),
    )
    found = inquiring.find_cases(tx, connector, question)
    told = inquiring.replies_to(tx, found) if inquiry.replies else {}
    return [_status(standing, told.get(standing.case.id, ())) for standing in found]


def _seconds(moment: datetime | None) -> float | None:
    return None if moment is None else moment.timestamp()


def _status(standing: Standing, told: Sequence[Parked]) -> CaseStatus:
    case, details = standing.case, standing.details
    known = details.address or details.latitude is not None
    return CaseStatus(
        case_number=case.number,
        progress=_PROGRESS[CaseState(case.state)],
        opened_at=datetime.fromtimestamp(case.opened_at, UTC),
        updated_at=datetime.fromtimestamp(case.updated_at, UTC),
        topic=details.topic,
        place=Place(details.address, details.latitude, details.longitude) if known else None,
        note=standing.note,
        replies=tuple(_outbound(one) for one in told),
    )
