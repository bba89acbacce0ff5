"""Knowledge elsewhere: every connector that has some is asked at once, and whoever is silent is done without.

The question goes out with resident numbers masked, and into no log.
"""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from hub120_sdk import Article, ConnectorError, Manifest, Misconfigured, Question, Throttled

from chassis.connectors.host import Host
from chassis.crypto import mask_resident_numbers

PATIENCE_S = 3.0
"""How long an agent waits for somebody else's knowledge."""
_THREADS = 16


@dataclass(frozen=True, slots=True)
class Answered:
    """A connector, with what it found or why it did not."""

    connector: str
    name: str
    articles: Sequence[Article] = ()
    missing: str = ""
    """``silent``, ``throttled``, ``misconfigured`` or ``failed``; empty: it answered."""


class Elsewhere:
    """The connectors of one process that have knowledge, asked on threads of their own: the hub's never wait."""

    def __init__(self, connectors: Host, patience_s: float = PATIENCE_S) -> None:
        self._connectors, self._patience_s = connectors, patience_s
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="knowledge")

    def manifests(self) -> list[Manifest]:
        """Those that are ready, by id."""
        return [self._connectors.manifest(one) for one in sorted(self._connectors.having("knowledge"))]

    async def ask(self, question: Question) -> list[Answered]:
        """What each has on a question, by id."""
        masked, _ = mask_resident_numbers(question.text)
        asked = Question(masked, question.language, question.limit)
        return list(await asyncio.gather(*(self._asked(one, asked) for one in self.manifests())))

    async def _asked(self, manifest: Manifest, question: Question) -> Answered:
        search = partial(self._connectors.search, manifest.id, question)
        call = partial(contextvars.copy_context().run, search)
        try:
            work = asyncio.get_running_loop().run_in_executor(self._pool, call)
            found = await asyncio.wait_for(work, self._patience_s)
        except TimeoutError:
            return Answered(manifest.id, manifest.name, missing="silent")
        except ConnectorError as error:
            return Answered(manifest.id, manifest.name, missing=_reason(error))
        return Answered(manifest.id, manifest.name, found[: question.limit])


def _reason(error: ConnectorError) -> str:
    if isinstance(error, Throttled):
        return "throttled"
    return "misconfigured" if isinstance(error, Misconfigured) else "failed"
