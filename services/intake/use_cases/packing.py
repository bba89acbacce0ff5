"""Packing: what whoever joins a conference must know is written down, read, and given to departments."""

from __future__ import annotations

from dataclasses import replace

from chassis.database import Tx
from chassis.errors import NotFound
from services.intake.domain.contacts import Details
from services.intake.domain.handovers import NewHandover
from services.intake.domain.packets import Packet, text_of
from services.intake.store import cases, contacts, handovers, packets
from services.intake.use_cases import handing_over
from services.intake.use_cases.casework import Reader, audit


def put_packet(tx: Tx, case_id: str, title: str, summary: str, place: Details, reader: Reader) -> Packet:
    """Keep the agent's words about a case. Written twice, the second counts."""
    if cases.case(tx, case_id, lock=True) is None:
        raise NotFound("case", case_id)
    packets.put(tx, case_id, reader.subject, title, summary, place)
    return read_packet(tx, case_id, reader)


def read_packet(tx: Tx, case_id: str, reader: Reader) -> Packet:
    """The packet of a case; without an agent's words it holds what the citizen said."""
    case = cases.case(tx, case_id)
    if case is None:
        raise NotFound("case", case_id)
    audit(tx, reader, citizen_id=case.citizen_id, case_id=case.id)
    found = packets.packet(tx, case.id)
    _, title, summary, place = found or (None, "", "", Details())
    return Packet(
        case_id=case.id,
        case_number=case.number,
        language=case.language,
        title=title or f"3자 통화: {case.number}",
        summary=summary,
        agent_id=found[0].agent_id if found else "",
        place=_known(tx, case.id, place),
        said=tuple(packets.said(tx, case.id)),
    )


def _known(tx: Tx, case_id: str, place: Details) -> Details:
    """What the agent did not say is what was told last in the case."""
    told = [contacts.details(kept) for kept in handovers.newest_details(tx, case_id)]
    topic = place.topic or next((one.topic for one in told if one.topic), "")
    named = place.address or place.latitude is not None
    where = place if named else next((one for one in told if one.address or one.latitude is not None), Details())
    return replace(where, topic=topic, join_url="")


def hand_over_packet(tx: Tx, conference_id: str, case_id: str, department: str, agent_id: str) -> None:
    """Give a department the packet while its telephone rings. A second delivery finds the handover that the first one
    queued. Raises ``PreconditionFailed`` for a case that is closed."""
    reader = Reader(agent_id, "HandOverPacket", f"conference {conference_id}")
    packet = read_packet(tx, case_id, reader)
    new = NewHandover(
        case_id=case_id,
        department=department,
        agent_id=agent_id,
        request_id=f"conference {conference_id} {department}",
        title=packet.title,
        text=text_of(packet),
        topic=packet.place.topic,
        place=packet.place,
        urgent=True,
        conference_id=conference_id,
    )
    handing_over.hand_over(tx, new, reader)
