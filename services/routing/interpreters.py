"""Asking translation who interprets for work that waits: from the api, since only it calls other services."""

from __future__ import annotations

import asyncio

from hub120.translation.v1 import coverage_service_pb2, interpreting_pb2

from chassis import grpc_client, logs, telemetry
from chassis.database import Database
from chassis.errors import HubError
from chassis.event_loop import run_blocking
from chassis.lookout import Lookout
from chassis.process import Process
from chassis.statements import Row
from chassis.telemetry import attributes as known
from services.routing import protos
from services.routing.domain.interpretation import Interpretation
from services.routing.use_cases import interpreting

DEADLINE_S = 1.0
"""Who has not heard by then goes on without: a citizen waits."""
_ANSWERS = {
    interpreting_pb2.PROVIDER_KIND_PARTNER: Interpretation.INTERPRETER,
    interpreting_pb2.PROVIDER_KIND_VOLUNTEERS: Interpretation.INTERPRETER,
    interpreting_pb2.PROVIDER_KIND_MACHINE: Interpretation.MACHINE,
    interpreting_pb2.PROVIDER_KIND_CALLBACK: Interpretation.NOBODY,
}
"""By the first in the order of coverage who is no agent of the centre's: of those none was found."""
_log = logs.get_logger("interpreters")


class Interpreters:
    """Asks about what waits, as soon as a worker says that there is something, and looks for itself each second."""

    def __init__(self, process: Process, database: Database) -> None:
        self._database = database
        self._offer_s = float(process.settings.offer_seconds)
        self._translation = grpc_client.peer(
            process, "routing", "translation", "HUB120_TRANSLATION_ADDRESS", coverage_service_pb2
        )
        self._lookout = Lookout("interpreters", self._look)

    def wake(self, _: bytes) -> None:
        """There is something to ask."""
        self._lookout.wake()

    async def run(self) -> None:
        """Runs as long as the process."""
        try:
            await self._lookout.run()
        finally:
            await self._translation.close()

    async def _look(self) -> None:
        questions = await run_blocking(self._database.run, interpreting.take_questions)
        await asyncio.gather(*map(self._settle, questions))
        if questions:
            self._lookout.wake()  # perhaps there are more

    async def _settle(self, item: Row) -> None:
        with (
            telemetry.continue_from(item.traceparent),
            telemetry.span("interpretation", attributes={known.CASE_ID: item.case_id, known.LANGUAGE: item.language}),
        ):
            answer, until = await self._ask(item)
            await run_blocking(self._database.run, interpreting.decide, item.id, answer, until, self._offer_s)

    async def _ask(self, item: Row) -> tuple[Interpretation, float | None]:
        """What translation says; ``UNKNOWN`` if it says nothing in time."""
        request = coverage_service_pb2.ListCoverageRequest(
            languages=[item.language.partition("-")[0].lower()], medium=protos.MEDIA[item.medium]
        )
        try:
            told = await self._translation.call("ListCoverage", request, deadline_s=DEADLINE_S, repeatable=True)
        except HubError as error:
            _log.warning("interpreters_unknown", work_item_id=item.id, reason=str(error))
            return Interpretation.UNKNOWN, None
        for coverage in told.coverage:
            for provider in coverage.providers:
                if provider.kind in _ANSWERS:
                    until = coverage.change_time.ToMicroseconds() / 1e6 if coverage.HasField("change_time") else None
                    return _ANSWERS[provider.kind], until
        return Interpretation.NOBODY, None
