"""From the metadata of a call to its caller: the bearer token, checked once a minute rather than once a call."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from chassis.auth import Caller, InvalidToken, Verifier
from chassis.grpc_host.call import Metadata

TRUST_S: Final = 60.0
"""How long a checked token is believed without checking again (never past its end): a withdrawn key works that long."""
_MOST_KEPT: Final = 4096
_BEARER: Final = "bearer "


def token_in(metadata: Metadata) -> str:
    """The bearer token. Raises ``InvalidToken`` if there is none."""
    for key, value in metadata:
        if key == "authorization" and isinstance(value, str) and value[:7].lower() == _BEARER:
            return value[7:].strip()
    raise InvalidToken("a bearer token is needed: metadata 'authorization: Bearer …'", "TOKEN_MISSING")


class Identities:
    """Remembers the callers of tokens already checked. Used from the event loop alone."""

    def __init__(self, verifier: Verifier) -> None:
        self._verifier = verifier
        self._known: dict[str, tuple[Caller, float]] = {}
        # Threads of its own: whoever waits for a database must not keep others from being recognised.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="tokens")

    async def caller(self, metadata: Metadata) -> Caller:
        """Who calls. Raises ``InvalidToken`` or ``Unavailable``."""
        token = token_in(metadata)
        kept = self._known.get(token)
        if kept and time.time() < kept[1]:
            return kept[0]
        found = await self._verify(token)
        self._keep(token, found)
        return found

    async def _verify(self, token: str) -> Caller:
        if self._verifier.may_wait(token):
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._verifier.verify, token)
        return self._verifier.verify(token)

    def _keep(self, token: str, caller: Caller) -> None:
        self._known.pop(token, None)
        while len(self._known) >= _MOST_KEPT:
            del self._known[next(iter(self._known))]
        self._known[token] = (caller, min(time.time() + TRUST_S, caller.expires_at))

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False)
