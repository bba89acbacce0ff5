"""The queues that a process answers for: those that the workers of its services read."""

from __future__ import annotations

from collections.abc import Mapping

from chassis.connectors.queues import queues_of
from chassis.process import Process
from chassis.service import keeping


def answered_for(process: Process) -> Mapping[str, str]:
    """The service of each queue, by the queue's name. Those of connectors that are not ready are among them: what they
    left may still lie there."""
    services = keeping(process.services)
    tasks = {
        name: service.name
        for service in services
        for found in process.connectors.found()
        for name in queues_of(found.manifest, service.tasks)
    }
    return dict(sorted({**{service.name: service.name for service in services}, **tasks}.items()))
