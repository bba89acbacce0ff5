"""A provider that does not speak HTTP: what the kit asks of the program that plays it.

The kit's ``Provider`` plays every provider over HTTP. A connector that speaks another protocol brings a peer of its
own: its ``tests.conformance`` has a function ``peer(now) -> Peer``, and the kit's checks then run over that wire.

The kit cannot hurry a wire that it does not know. A connector with a connection of its own has a setting for its
patience (``timeout_s``), and its suite sets that to some tenths of a second; a call that outlasts the manifest's
``limits.send_deadline_s`` fails its check.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol

from hub120_sdk.testing.provider import Answer, Seen


class Peer(Protocol):
    """Use as a context manager; listens on a free port of 127.0.0.1 meanwhile."""

    @property
    def url(self) -> str:
        """Where it listens, as the suite's settings need it, for example ``smpp://127.0.0.1:2775``."""
        ...

    @property
    def seen(self) -> Sequence[Seen]:
        """What it got since the last ``script``: the protocol's command as ``method``, its words decoded to UTF-8 in
        ``body``, ids and addresses in ``headers`` or ``path``."""
        ...

    def script(self, answers: Sequence[Answer]) -> None:
        """Forget what was seen and answer like this from now on, the last again and again.

        An ``Answer`` means what it means over HTTP, in the protocol's own codes: 2xx accepted, 400 refused for good,
        401 wrong credentials (said at the login too), 429 slow down, 5xx a passing trouble; ``dropped`` hangs up,
        ``slow`` never answers. The body is put where the protocol has a place for words, be they nonsense.
        """
        ...

    def deliver(self, delivery: bytes) -> None:
        """Hand something to whoever listens or will listen: at once, again when the connection comes back, and again
        some tenths of a second later until it is acknowledged or refused, as the real one does in minutes.

        The kit delivers garbage, too: frame it as the protocol does. Raises ``ValueError`` for what no frame can hold.
        """
        ...

    def unacknowledged(self) -> int:
        """How many deliveries still wait for their acknowledgement; one that was refused for good waits no more."""
        ...

    def drop(self) -> None:
        """Cut every connection; new ones are taken."""
        ...

    def __enter__(self) -> Peer:
        """Listen."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        ...


class MakePeer(Protocol):
    """``tests.conformance.peer``."""

    def __call__(self, now: datetime) -> Peer:
        """A peer that has not begun to listen."""
        ...
