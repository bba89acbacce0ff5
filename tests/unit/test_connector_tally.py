"""What is counted of a connector's calls, since when its breaker is so, and which reports of processes are kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hub120.operations.v1 import connector_pb2, events_pb2
from hub120_sdk import Delivery, Misconfigured, OptedOut, Receipt, Retry

from chassis.connectors.errors import BreakerOpen
from chassis.connectors.guards import FAILURES_TO_OPEN, FIRST_PAUSE_S, BreakerState
from chassis.connectors.host import Host
from chassis.connectors.tally import LATELY_S, Lately, Tally
from chassis.operations.reports import SILENT_S, Reports
from tests.odd_connectors import REPLY, Time, host, now, odd

SENT = Receipt(Delivery.SENT)


def test_calls_count_for_five_minutes() -> None:
    clock = Time()
    tally = Tally(clock)
    assert tally.lately() == Lately()
    tally.add(failed=True)
    tally.add(failed=False)
    clock.now_s += LATELY_S / 2
    tally.add(failed=True)
    assert tally.lately() == Lately(calls=3, failures=2)
    clock.now_s += LATELY_S / 2
    assert tally.lately() == Lately(calls=1, failures=1)
    clock.now_s += LATELY_S
    assert tally.lately() == Lately()


@pytest.mark.parametrize(
    ("does", "failures"),
    [(SENT, 0), (Retry("later"), 1), (Misconfigured("no"), 1), (ValueError("x"), 1), (OptedOut("never"), 0)],
)
def test_what_the_provider_connector_or_settings_failed_at_is_a_failure_and_a_refusal_is_none(
    does: object, failures: int
) -> None:
    found = host(odd(send=does))
    attempt(found)
    assert found.states()[0].lately == Lately(1, failures)


def test_calls_that_were_never_made_do_not_count() -> None:
    failing = host(odd(send=Retry("later")), monotonic=Time())
    for _ in range(FAILURES_TO_OPEN + 3):
        attempt(failing)
    with pytest.raises(BreakerOpen):
        failing.send("odd", REPLY)
    assert failing.states()[0].lately == Lately(FAILURES_TO_OPEN, FAILURES_TO_OPEN)


def test_a_breaker_says_since_when_it_is_so_and_that_it_moved() -> None:
    clock = Time()
    failing = host(odd(send=Retry("later")), monotonic=clock)
    clock.now_s += 60
    state = failing.states()[0]
    assert (state.breaker, ago(state.breaker_since)) == (BreakerState.CLOSED, 60)
    assert not failing.moved.is_set()
    for _ in range(FAILURES_TO_OPEN):
        attempt(failing)
    assert failing.moved.is_set()
    clock.now_s += 2
    state = failing.states()[0]
    assert (state.breaker, ago(state.breaker_since)) == (BreakerState.OPEN, 2)
    clock.now_s += FIRST_PAUSE_S
    state = failing.states()[0]
    assert (state.breaker, ago(state.breaker_since)) == (BreakerState.HALF_OPEN, 2)


def test_the_newest_report_of_each_process_counts_until_it_was_silent_for_long() -> None:
    clock = Time()
    reports = Reports(["intake"], clock)
    reports.take(report("b", failures=1))
    reports.take(report("a"))
    reports.take(report("b", failures=2))
    assert told(reports) == {"a": 0, "b": 2}
    clock.now_s += SILENT_S - 1
    reports.take(report("a", failures=3))
    clock.now_s += 1
    assert told(reports) == {"a": 3}
    assert reports.runs_of("other") == []


def test_what_processes_of_other_services_tell_is_theirs_to_answer_for() -> None:
    reports = Reports(["intake", "routing"])
    reports.take(report("a", services=["outreach"]))
    reports.take(report("b", services=["outreach", "routing"]))
    assert told(reports) == {"b": 0}


def report(instance: str, *, failures: int = 0, services: list[str] | None = None) -> events_pb2.ConnectorsReported:
    health = connector_pb2.ConnectorHealth(failures=failures)
    process = connector_pb2.ProcessInstance(id=instance, services=services or ["intake"])
    return events_pb2.ConnectorsReported(process=process, connectors={"odd": health})


def told(reports: Reports) -> dict[str, int]:
    return {run.process.id: run.health.failures for run in reports.runs_of("odd")}


def attempt(found: Host) -> None:
    with suppress(Retry, Misconfigured, OptedOut):
        found.send("odd", REPLY)


def ago(since: datetime | None) -> int:
    """So many seconds ago."""
    assert since is not None
    return round((now() - since) / timedelta(seconds=1))
