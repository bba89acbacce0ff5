"""The AlertService of the contract: alerts of authorities, to be read and watched."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from hub120.outreach.v1 import alert_service_pb2 as pb
from hub120.outreach.v1 import alert_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.statements import Row
from chassis.streams import PAGE, Streams
from services.outreach import notice_protos as protos
from services.outreach.domain.alerts import AlertState
from services.outreach.store import alerts as store
from services.outreach.use_cases import alerting


class AlertApi(alert_service_pb2_grpc.AlertServiceServicer):
    """Alerts."""

    def __init__(self, database: Database, streams: Streams) -> None:
        self._database, self._streams = database, streams

    async def ListAlerts(self, request: pb.ListAlertsRequest, context: Any) -> pb.ListAlertsResponse:
        """Alerts, newest first."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (str,))
        states = [AlertState.ACTIVE.value] if request.active else []
        found = await run_blocking(self._database.read, store.listed, states, last[0] if last else "", limit + 1)
        told = pb.ListAlertsResponse(alerts=map(protos.alert, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].id])
        return told

    async def GetAlert(self, request: pb.GetAlertRequest, context: Any) -> pb.GetAlertResponse:
        """An alert with all that it says."""
        Check(request).required("alert_id").uuid("alert_id").raise_if_any()
        row, content = await run_blocking(
            self._database.run, alerting.opened, request.alert_id, caller().subject, purpose()
        )
        return pb.GetAlertResponse(alert=protos.alert(row), content_json=protos.content(content))

    async def WatchAlerts(self, request: pb.WatchAlertsRequest, context: Any) -> AsyncIterator[pb.WatchAlertsResponse]:
        """What comes or moves, from a number on."""
        Check(request).range("after_sequence", 0, 2**53).raise_if_any()
        with self._streams.watching(store.CHANGES) as sleeper:
            async for row in sleeper.news(self._changes, request.after_sequence):
                yield pb.WatchAlertsResponse(
                    sequence=row.sequence,
                    state=protos.ALERT_STATES[AlertState(row.became)],
                    change_time=protos.moment(row.changed_at),
                    alert=protos.alert(row),
                )

    def _changes(self, after: int) -> list[tuple[int, Row]]:
        return [(row.sequence, row) for row in self._database.read(store.changes, after, PAGE)]
