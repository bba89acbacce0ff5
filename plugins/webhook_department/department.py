"""The connector itself: handovers out, signed reports in, both as ``openapi.yaml`` lays them out for agencies."""

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
    standardwebhooks,
)

from plugins.webhook_department import mapping, outbound, reading


class WebhookDepartment:
    """The Department."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def submit(self, handover: Handover) -> Ticket:
        """POST the handover."""
        return outbound.submit(self._context, handover)

    def status(self, ticket_id: str) -> Ticket:
        """GET the ticket, where the department can be asked."""
        return outbound.status(self._context, ticket_id)

    def updates(self, cursor: str) -> Updates:
        """The department reports by itself."""
        return Updates((), cursor)

    def parse(self, request: Request) -> Sequence[Ticket]:
        """Check the Standard Webhooks signature, then read one report."""
        secrets = self._context.secrets["signing_secret"]
        try:
            standardwebhooks.verify(secrets, request.headers, request.body, self._context.now())
        except Unauthorised as error:
            raise Unauthorised(error.reason, reading.refused(401, mapping.UNSIGNED, error.reason)) from error
        return [reading.report(request)]

    def acknowledge(self, request: Request, noted: Sequence[Noted]) -> Response:
        """Recorded, or why not: 404 for a handover that is not here, 409 for a state it cannot move to."""
        if not noted or not noted[0].known:
            return reading.refused(404, *mapping.UNKNOWN)
        if noted[0].duplicate:
            return Response.json({"status": mapping.DUPLICATE})
        if not noted[0].allowed:
            return reading.refused(409, *mapping.NOT_ALLOWED)
        return Response.json({"status": mapping.RECORDED})

    def line(self) -> Address | None:
        """The department's number, where an operator wrote it down."""
        number = self._context.settings["telephone"]
        return Address(AddressKind.PHONE, number, verified=True) if number else None
