"""A listener at work on the bench: called again and again as the hub does, with a line that remembers what was kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType

from hub120_sdk.calls import CallEvent, KeyPress
from hub120_sdk.capabilities import Listener, Record
from hub120_sdk.errors import Misconfigured, Retry, Unreadable
from hub120_sdk.records import Inbound, Inquiry, Receipt, Received
from hub120_sdk.testing.grading import must

HEARD_S = 10.0
"""Within this a delivery is kept, and whatever else is waited for has come."""
ENDS_S = 5.0
"""Within this a listener returns once its line has ended."""
_PAUSE_S = 0.05
_LOOK_S = 0.01


class KitLine:
    """The SDK's ``Line``, in memory."""

    def __init__(self, cursor: str = "") -> None:
        self.kept: list[Record] = []
        """Everything that was stored, second deliveries too."""
        self.hub_is_away = False
        """``keep`` raises ``Retry`` meanwhile."""
        self.refused: frozenset[str] = frozenset()
        """``keep`` raises ``Unreadable`` for messages with these ids."""
        self.asked = 0
        """How often ``keep`` was called."""
        self.keeping: Callable[[], None] = lambda: None
        """Called at the beginning of every ``keep``."""
        self.signs = 0
        """How often the listener gave a sign of life."""
        self.longest_wait_s = 0.0
        self.rubbish = ""
        self._cursor = cursor
        self._over = threading.Event()

    @property
    def cursor(self) -> str:
        """What was last given to ``keep``."""
        return self._cursor

    @property
    def messages(self) -> list[str]:
        """The ids of the messages that were kept, each once, as the hub keeps them."""
        return list(dict.fromkeys(one.provider_id for one in self.kept if isinstance(one, Inbound)))

    def keep(self, records: Sequence[Record], cursor: str | None = None) -> Sequence[Received]:
        """See the SDK's ``Line``."""
        self.signs += 1
        self.asked += 1
        self.keeping()
        self._look(records)
        if self.hub_is_away:
            raise Retry("the kit's hub cannot store now")
        messages = [one for one in records if isinstance(one, Inbound)]
        if any(one.provider_id in self.refused for one in messages):
            raise Unreadable("beyond the bounds of the kit's hub")
        received = [Received(one, "contact", "26-0KX3M-7QHMZ", self._is_known(one)) for one in messages]
        self.kept += records
        self._cursor = self._cursor if cursor is None else cursor
        return received

    def ended(self) -> bool:
        """Whether ``listen`` shall return."""
        self.signs += 1
        return self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, no longer than until the end."""
        self.longest_wait_s = max(self.longest_wait_s, seconds)
        self._over.wait(seconds)
        return self.ended()

    def end(self) -> None:
        """Have ``listen`` return."""
        self._over.set()

    def _is_known(self, message: Inbound) -> bool:
        return message.provider_id in self.messages

    def _look(self, records: Sequence[Record]) -> None:
        for one in records:
            named = not isinstance(one, Inbound) or (one.provider_id and one.sender.value)
            if not isinstance(one, Inbound | Receipt | CallEvent | KeyPress | Inquiry) or not named:
                self.rubbish = f"kept {one!r}, which is no record with an id and a sender"


class Ear:
    """Use as ``with Ear(listener, line) as ear``: listens meanwhile, again after each lost connection. Leaving it ends
    the line, and fails the check if the listener does not return."""

    def __init__(self, listener: Listener, line: KitLine) -> None:
        self.line = line
        self.errors: list[Retry | Misconfigured] = []
        self._listener = listener
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="kit listener", daemon=True)

    def until(self, holds: Callable[[], object], what: str, within_s: float = 0.0) -> None:
        """Wait until something holds. Fails the check if it does not within that (``HEARD_S``), or if the listener has
        a fault."""
        within_s = within_s or HEARD_S
        deadline = time.monotonic() + within_s
        while not holds():
            self._is_sound()
            must(time.monotonic() < deadline, f"not within {within_s:g} s: {what}{self._troubles()}")
            time.sleep(_LOOK_S)
        self._is_sound()

    def watch(self, seconds: float) -> Iterator[None]:
        """Look now and then for so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._is_sound()
            yield
            time.sleep(_LOOK_S)

    def __enter__(self) -> Ear:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.line.end()
        self._thread.join(ENDS_S)
        if kind is None:
            must(not self._thread.is_alive(), f"listen did not return within {ENDS_S:g} s after line.ended()")
            self._is_sound()

    def _run(self) -> None:
        while not self.line.ended():
            try:
                self._listener.listen(self.line)
            except (Retry, Misconfigured) as error:
                self.errors.append(error)
            except BaseException as error:  # noqa: BLE001 (whatever a connector raises is a finding)
                self._fault = error
                return
            self.line.wait(_PAUSE_S)

    def _is_sound(self) -> None:
        fault = self._fault
        must(fault is None, f"listen raised {type(fault).__name__}: {fault}")
        must(not self.line.rubbish, self.line.rubbish)

    def _troubles(self) -> str:
        return f"; listen last raised {type(self.errors[-1]).__name__}: {self.errors[-1]}" if self.errors else ""
