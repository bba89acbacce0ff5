"""The names of topics, as the centre calls them."""

from __future__ import annotations

from collections.abc import Callable

from hub120.intake.v1 import intake_service_pb2 as intake

from services.console.visits import Visit


async def topic_names(visit: Visit) -> Callable[[str], str]:
    """What says the name of a topic; the topic itself where it has none."""
    told = (await visit.ask(intake.ListTopicsRequest())).topics
    names = {one.id: one.korean_name if visit.language == "ko" else one.english_name for one in told}
    return lambda topic: names.get(topic, topic)
