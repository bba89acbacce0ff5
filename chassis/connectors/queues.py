"""The task queues of a connector: calls never wait behind replies, replies never behind bulk, and no connector waits
behind another."""

from __future__ import annotations


def reply_queue(connector_id: str) -> str:
    """What a person waits for: replies, attachments, verification codes."""
    return f"connector.{connector_id}.reply"


def bulk_queue(connector_id: str) -> str:
    """What nobody waits for: notices and campaigns."""
    return f"connector.{connector_id}.bulk"


def call_queue(connector_id: str) -> str:
    """What somebody on the telephone waits for: legs of calls, dialled, held, hung up."""
    return f"connector.{connector_id}.call"


def interpreter_queue(connector_id: str) -> str:
    """What a conversation waits for: an interpreter who is asked for, or let go."""
    return f"connector.{connector_id}.interpreter"


def words_queue(connector_id: str) -> str:
    """Words that are translated."""
    return f"connector.{connector_id}.words"
