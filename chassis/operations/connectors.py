"""Every connector that a process knows, with its grade, how it fares in each process, and what waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from hub120.operations.v1 import connector_pb2 as pb

from chassis.bus.ports import BusUnavailable, Depth
from chassis.connectors.grades import Grades, fingerprint
from chassis.connectors.queues import queues_of
from chassis.connectors.registry import Found
from chassis.connectors.states import ConnectorState, Readiness
from chassis.operations.reports import Reports
from chassis.process import Process
from chassis.service import keeping

_READINESS = {
    Readiness.READY: pb.CONNECTOR_READINESS_READY,
    Readiness.UNCONFIGURED: pb.CONNECTOR_READINESS_UNCONFIGURED,
    Readiness.DISABLED: pb.CONNECTOR_READINESS_DISABLED,
    Readiness.FAILED: pb.CONNECTOR_READINESS_FAILED,
    Readiness.REFUSED: pb.CONNECTOR_READINESS_REFUSED,
}


class Connectors:
    """Reads how they stand. ``read`` waits for the bus: it is called on a thread."""

    def __init__(self, process: Process, reports: Reports) -> None:
        self._process, self._reports = process, reports
        self._grades = Grades(process.settings.data_dir, lru_cache(fingerprint))
        self._found = {one.manifest.id: one for one in process.connectors.found()}

    def read(self) -> tuple[list[pb.Connector], bool]:
        """All of them by id, and whether the bus could be asked for queues."""
        queues = self._queues()
        depths = self._depths([name for names in queues.values() for name in names])
        states = self._process.connectors.states()
        told = [self._connector(state, queues.get(state.id, []), depths or {}) for state in states]
        return sorted(told, key=lambda one: one.id), depths is not None

    def _queues(self) -> dict[str, list[str]]:
        """The queues of each connector that is at work."""
        services = keeping(self._process.services)
        ready = [running.manifest for running in self._process.connectors.ready()]
        return {one.id: sorted(name for kept in services for name in queues_of(one, kept.tasks)) for one in ready}

    def _depths(self, queues: list[str]) -> Mapping[str, Depth] | None:
        try:
            return self._process.bus.depths(queues)
        except BusUnavailable:
            return None

    def _connector(self, state: ConnectorState, queues: list[str], depths: Mapping[str, Depth]) -> pb.Connector:
        told = pb.Connector(
            id=state.id,
            name=state.name,
            owner=state.owner,
            readiness=_READINESS[state.readiness],
            reason=state.reason,
            missing_settings=state.missing,
            runs=self._reports.runs_of(state.id),
            queues=[
                pb.ConnectorQueue(name=name, waiting=depths[name].ready, dead=depths[name].dead)
                for name in queues
                if name in depths
            ],
        )
        found = self._found.get(state.id)
        if found:
            told.MergeFrom(self._said_of(found))
        return told

    def _said_of(self, found: Found) -> pb.Connector:
        """What its package says, and what that earned."""
        earned = self._grades.of(found.manifest.id, found.package)
        grade = f"CONNECTOR_GRADE_{earned.grade.upper()}" if earned else "CONNECTOR_GRADE_UNSPECIFIED"
        return pb.Connector(
            version=found.version,
            capabilities=sorted(found.manifest.capabilities),
            grade=grade,
            grade_day=earned.on if earned else "",
        )
