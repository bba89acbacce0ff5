"""What the centre calls the topics and departments that a case names."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from google.protobuf.message import Message
from hub120.intake.v1 import intake_service_pb2 as intake

from services.console.contracts import method_of
from services.console.hub import Refusal
from services.console.visits import Visit


async def names_of_case(visit: Visit) -> Mapping[str, Any]:
    """``topic`` and ``department``, each of which says the name of an id; the id, where it has none or the visitor may
    not read them."""
    topics, departments = await asyncio.gather(
        _read(visit, intake.ListTopicsRequest()), _read(visit, intake.ListDepartmentsRequest())
    )
    korean = visit.language == "ko"
    topic = {one.id: one.korean_name if korean else one.english_name for one in topics.topics}
    department = {one.id: one.name for one in departments.departments}
    return {"topic": lambda id: topic.get(id) or id, "department": lambda id: department.get(id) or id}


async def _read(visit: Visit, request: Message) -> Any:
    """The answer; an empty one where the visitor may not read it."""
    try:
        return await visit.me.insist(request)
    except Refusal as refusal:
        if refusal.signed_out:
            raise
        return method_of(request).answer()
