"""The task queues of a connector: calls never wait behind replies, replies never behind bulk, and no connector waits
behind another."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from hub120_sdk import Manifest


class TaskKind(StrEnum):
    """What waits in one queue of a connector."""

    REPLY = "reply"
    """What a person waits for: replies, attachments, verification codes."""
    BULK = "bulk"
    """What nobody waits for: notices and campaigns."""
    CALL = "call"
    """What somebody on the telephone waits for: legs of calls, dialled, held, hung up."""
    INTERPRETER = "interpreter"
    """What a conversation waits for: an interpreter who is asked for, or let go."""
    WORDS = "words"
    """Words that are translated."""


Tasks = Mapping[TaskKind, frozenset[str]]
"""For which capabilities a service's worker reads a queue of each kind, one for each connector."""


def queues_of(manifest: Manifest, tasks: Tasks) -> list[str]:
    """The queues of one connector that a service's worker reads."""
    return [_name(manifest.id, kind) for kind, capabilities in tasks.items() if capabilities & manifest.capabilities]


def reply_queue(connector_id: str) -> str:
    """Its queue of replies."""
    return _name(connector_id, TaskKind.REPLY)


def bulk_queue(connector_id: str) -> str:
    """Its queue of bulk."""
    return _name(connector_id, TaskKind.BULK)


def call_queue(connector_id: str) -> str:
    """Its queue of calls."""
    return _name(connector_id, TaskKind.CALL)


def interpreter_queue(connector_id: str) -> str:
    """Its queue of requests for interpreters."""
    return _name(connector_id, TaskKind.INTERPRETER)


def words_queue(connector_id: str) -> str:
    """Its queue of words."""
    return _name(connector_id, TaskKind.WORDS)


def _name(connector_id: str, kind: TaskKind) -> str:
    return f"connector.{connector_id}.{kind}"
