"""What the agency's system says of a handover: in the answer to it, to a look, and in a report of its own."""

from __future__ import annotations

from collections.abc import Mapping

from hub120_sdk import Request, Response, Ticket, TicketState, Unreadable, shapes

from plugins.webhook_department import mapping


def report(request: Request) -> Ticket:
    """A status report. Raises ``Unreadable``, which tells the agency in JSON what is wrong."""
    try:
        body = _complete(shapes.mapping(request.json(), required=True))
        read = ticket(body, handover_id=_name(body, "handover_id"), update_id=_name(body, "update_id", required=True))
        if not (read.handover_id or read.ticket_id):
            raise Unreadable("handover_id or ticket_id is missing")
    except Unreadable as error:
        raise Unreadable(error.reason, refused(400, mapping.UNREADABLE, error.reason)) from error
    return read


def ticket(body: Mapping[str, object], *, handover_id: str, update_id: str = "") -> Ticket:
    """A ticket as it stands; without a state it was taken. Raises ``Unreadable``."""
    required = bool(update_id)
    state = shapes.text(body, "state", required=required) or TicketState.SUBMITTED.value
    if state not in mapping.STATES:
        raise Unreadable(f"state must be one of {', '.join(mapping.STATES)}")
    note = shapes.text(body, "note")
    if len(note) > mapping.NOTE_CHARACTERS:
        raise Unreadable(f"note has more than {mapping.NOTE_CHARACTERS} characters")
    return Ticket(
        mapping.STATES[state],
        ticket_id=_name(body, "ticket_id"),
        handover_id=handover_id,
        update_id=update_id,
        note=note,
        expected_at=shapes.rfc3339(body, "expected_at"),
        updated_at=shapes.rfc3339(body, "updated_at"),
    )


def refused(status: int, error: str, message: str) -> Response:
    """How the contract shows a refusal."""
    return Response.json({"error": error, "message": message}, status)


def _complete(body: Mapping[str, object]) -> Mapping[str, object]:
    """The body, if what is there says something: an agency learns at once of a field that it fills wrongly."""
    for name in ("handover_id", "ticket_id", "note", "expected_at", "updated_at"):
        if name in body and (body[name] is None or (body[name] == "" and name != "note")):
            raise Unreadable(f"{name} is empty: leave it out")
    return body


def _name(body: Mapping[str, object], name: str, *, required: bool = False) -> str:
    return shapes.identifier(body, name, most=mapping.ID_CHARACTERS, required=required)
