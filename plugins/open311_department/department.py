"""The connector itself. Requests are in ``outbound``; an Open311 endpoint calls nobody, so nothing comes in."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Address,
    AddressKind,
    Context,
    Handover,
    Noted,
    Request,
    Response,
    Ticket,
    Unauthorised,
    Updates,
)

from plugins.open311_department import outbound


class Open311Department:
    """The Department."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def submit(self, handover: Handover) -> Ticket:
        """POST a service request."""
        return outbound.submit(self._context, handover)

    def status(self, ticket_id: str) -> Ticket:
        """GET a service request."""
        return outbound.status(self._context, ticket_id)

    def updates(self, cursor: str) -> Updates:
        """What the endpoint's feed tells, where it has one."""
        return outbound.updates(self._context, cursor)

    def parse(self, request: Request) -> Sequence[Ticket]:
        """Nobody calls back over Open311."""
        raise Unauthorised("an Open311 endpoint does not call: it is asked")

    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        """Never needed."""
        return Response()

    def line(self) -> Address | None:
        """The department's number, where an operator wrote it down."""
        number = self._context.settings["telephone"]
        return Address(AddressKind.PHONE, number, verified=True) if number else None
