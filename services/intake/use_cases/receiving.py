"""Receiving: a citizen's message becomes a contact in a case, and its files are fetched before they expire."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hub120.intake.v1 import case_pb2, events_pb2

from chassis import telemetry
from chassis.connectors.queues import reply_queue
from chassis.crypto import mask_resident_numbers
from chassis.database import Tx
from chassis.errors import Conflict
from chassis.ids import new_case_number, new_id
from chassis.telemetry.attributes import CASE_ID, CONTACT_ID, PRIORITY_CLASS
from services.intake.domain.cases import EntryKind
from services.intake.domain.contacts import (
    Details,
    Kept,
    NewAttachment,
    NewContact,
    Settled,
    coarse_place,
    language_of,
    number_proved_by,
)
from services.intake.domain.priorities import Judged, PriorityClass, Standing
from services.intake.domain.replies import PARKED_IN_ANSWER, Parked, ReplyState
from services.intake.domain.words import searchable_words
from services.intake.store import cases, contacts, replies
from services.intake.store.contacts import Known, Placed
from services.intake.use_cases import asking, calling, citizenship, noticing, opting_out, replying, sighting
from services.intake.use_cases.entries import PRIORITY_CLASSES, changed

Fitting = Callable[[Sequence[Parked]], Sequence[Parked]]

_MEDIA = {
    "text": case_pb2.MEDIUM_TEXT,
    "voice": case_pb2.MEDIUM_VOICE,
    "video": case_pb2.MEDIUM_VIDEO,
}


def receive_contact(tx: Tx, new: NewContact, fitting: Fitting) -> Kept:
    """Store a citizen's message. A second delivery finds the provider's id and is answered as the first was.

    Parked replies that fit into the channel's answer (``fitting`` says which) leave with it.
    """
    known = contacts.known(tx, new)
    if known.contact_id and known.contact_case_id and known.contact_case_number:
        telemetry.concerns({CASE_ID: known.contact_case_id, CONTACT_ID: known.contact_id})
        again = tuple(replies.carried_by(tx, new.channel, known.contact_id))
        return Kept(known.contact_id, known.contact_case_id, known.contact_case_number, duplicate=True, waiting=again)
    if known.question_id and new.medium == "text" and not new.attachments:
        answer = _answer(tx, known, new, fitting)
        if answer is not None:
            return answer
    new, sighted = sighting.look(tx, new)
    placed = _place(tx, known, new.judged) or _place(tx, contacts.known(tx, new), new.judged)
    if placed is None:
        raise Conflict("the case was closed while the contact came in; deliver it again")
    text, language = _keep(tx, new, placed)
    number = number_proved_by(new)
    if number and not known.proved:
        _recognise(tx, new, placed, number)
    _tell(tx, new, placed, language)
    sighting.tell(tx, placed, sighted)
    if "cases" not in placed.brings:
        noticing.understand(tx, placed.case_id, new.channel, text)
    opted_out = opting_out.look(tx, new, placed)
    for attachment in new.attachments:
        _announce(tx, new, placed, attachment)
    if new.medium != "text":
        calling.adopt_early_leg(tx, new.channel, new.provider_id)
    waiting = _send_parked(tx, placed, fitting) if known.parked else ()
    return Kept(
        placed.contact_id, placed.case_id, placed.case_number, duplicate=False, waiting=waiting, opted_out=opted_out,
        language=language,
    )  # fmt: skip


def _answer(tx: Tx, known: Known, new: NewContact, fitting: Fitting) -> Kept | None:
    """Store what answers a question in the case in which it was asked, closed or not: it is no work for anybody. None
    if it is no answer."""
    question = asking.answered(tx, known.question_id or "", new.text)
    if question is None:
        return None
    standing = Standing(question.topic, PriorityClass(question.priority))
    placed = Placed(
        question.citizen_id, question.identity_id, question.case_id, question.number, new_id(tx.now),
        cases.next_sequence(tx, question.case_id), standing, brings=(),
    )  # fmt: skip
    _keep(tx, new, placed)
    changed(tx, placed.case_id, placed.sequence)
    waiting = _send_parked(tx, placed, fitting) if known.parked else ()
    return Kept(placed.contact_id, placed.case_id, placed.case_number, duplicate=False, waiting=waiting)


def _keep(tx: Tx, new: NewContact, placed: Placed) -> tuple[str, str]:
    """Store the contact, to be found by its words; its text as it is kept, and its language."""
    text, _ = mask_resident_numbers(new.text)
    language = new.judged.language or language_of(new.language, text)
    urgency = placed.standing.priority.name.lower()
    telemetry.concerns({CASE_ID: placed.case_id, CONTACT_ID: placed.contact_id, PRIORITY_CLASS: urgency})
    contacts.add_contact(tx, new, placed, text=text, language=language, traceparent=telemetry.traceparent())
    contacts.add_words(tx, placed.case_id, searchable_words(text))
    return text, language


def _place(tx: Tx, known: Known, judged: Judged) -> Placed | None:
    """The rows the contact joins, or the ids of those it brings; None if its case was closed just now."""
    contact_id = new_id(tx.now)
    if known.identity_id and known.citizen_id and known.case_id and known.case_number:
        joined = cases.next_contact_if_open(tx, known.case_id, judged)
        if joined is None:
            return None
        case = (known.case_id, known.case_number)
        return Placed(known.citizen_id, known.identity_id, *case, contact_id, *joined, brings=())
    case, first = (new_id(tx.now), new_case_number(tx.now)), (1, Standing(judged.topic, judged.priority))
    if known.identity_id and known.citizen_id:
        return Placed(known.citizen_id, known.identity_id, *case, contact_id, *first, brings=("cases",))
    brings = ("citizen", "identity", "cases")
    return Placed(new_id(tx.now), new_id(tx.now), *case, contact_id, *first, brings=brings)


def _tell(tx: Tx, new: NewContact, placed: Placed, language: str) -> None:
    """Routing hears of the contact, and so does who watches a case that was there before."""
    opens_case = "cases" in placed.brings
    tx.emit(
        events_pb2.ContactReceived(
            contact_id=placed.contact_id,
            case_id=placed.case_id,
            citizen_id=placed.citizen_id,
            channel=new.channel,
            medium=_MEDIA[new.medium],
            language=language,
            receive_time=tx.now,
            opens_case=opens_case,
            sequence=placed.sequence,
            topic=placed.standing.topic,
            priority_class=PRIORITY_CLASSES[placed.standing.priority],
            place_key=_place_key(tx, new.details),
        ),
        subject=placed.case_id,
    )
    if not opens_case:
        changed(tx, placed.case_id, placed.sequence)


def _place_key(tx: Tx, details: Details) -> str:
    """Tells routing that two reports are about one place, and nothing else."""
    place = coarse_place(details)
    return tx.keys.keyed_hash("place", place).hex() if place else ""


def _recognise(tx: Tx, new: NewContact, placed: Placed, number: str) -> None:
    """A number that the channel vouches for makes the sender one person with others who proved it."""
    if "identity" not in placed.brings:
        contacts.prove(tx, placed.identity_id, number)
    citizenship.link_by_number(tx, placed.citizen_id, number, f"channel {new.channel}")


def _announce(tx: Tx, new: NewContact, placed: Placed, attachment: NewAttachment) -> None:
    attachment_id, trace = new_id(tx.now), telemetry.traceparent()
    contacts.add_attachment(tx, attachment_id, placed.contact_id, placed.case_id, new.channel, attachment, trace)
    if attachment.settled:
        settle_attachment(tx, attachment_id, attachment.settled)
        return
    tx.ask(reply_queue(new.channel), events_pb2.FetchAttachment(attachment_id=attachment_id), subject=placed.case_id)


def _send_parked(tx: Tx, placed: Placed, fitting: Fitting) -> tuple[Parked, ...]:
    waiting = tuple(fitting(replies.parked(tx, placed.case_id, PARKED_IN_ANSWER)))
    for parked in waiting:
        moved = replies.carry(tx, parked.reply_id, placed.contact_id)
        if moved:
            changed(tx, moved.case_id, moved.sequence)
            replying.tell_who_asked(tx, parked.reply_id, moved.case_id, ReplyState.SENT)
    return waiting


def is_known(tx: Tx, channel: str, provider_id: str) -> bool:
    """Whether a message came before."""
    return contacts.is_known(tx, channel, provider_id)


def settle_attachment(tx: Tx, attachment_id: str, settled: Settled) -> None:
    """Store what became of a file. Only a pending one is settled, so a second fetch changes nothing."""
    first = contacts.settle_attachment(tx, attachment_id, settled)
    row = contacts.attachment(tx, attachment_id)
    if first and row:
        sequence = cases.add_entry(tx, row.case_id, EntryKind.ATTACHMENT, attachment_id, becomes=settled.state)
        changed(tx, row.case_id, sequence)
