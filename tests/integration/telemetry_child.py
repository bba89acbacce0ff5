"""A worker process in small: eventlet patches first, then spans and metrics of several greenlets are exported."""

from __future__ import annotations

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
import time  # noqa: E402

from chassis import telemetry  # noqa: E402

handled = telemetry.counter("hub120.test.handled", "{message}", "Messages handled")


def handle(number: int, parent: str) -> str:
    """One message: a span that goes on from the sender's, across a switch to other greenlets."""
    with telemetry.span("process", telemetry.SpanKind.CONSUMER, parent=parent):
        eventlet.sleep(0.01)
        with telemetry.span("store", attributes={telemetry.attributes.COUNT: number}):
            eventlet.sleep(0.01)
        handled.add(1)
        return telemetry.trace_id()


def main(endpoint: str) -> None:
    """Handle 20 messages at once, each of another trace, and leave."""
    telemetry.configure("worker-child", "worker", endpoint)
    parents = [f"00-{number:032x}-{number:016x}-01" for number in range(1, 21)]
    greenlets = [eventlet.spawn(handle, number, parent) for number, parent in enumerate(parents, 1)]
    assert [greenlet.wait() for greenlet in greenlets] == [parent[3:35] for parent in parents]
    started = time.monotonic()
    telemetry.shutdown()
    sys.stdout.write(f"{time.monotonic() - started:.1f}\n")


if __name__ == "__main__":
    main(sys.argv[1])
