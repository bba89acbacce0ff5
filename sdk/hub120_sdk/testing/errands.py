"""Errands: what the hub has a connector do at the provider, one accepted row of the table for each kind.

The checks of what goes out are about errands, so that every outage is tried on replies, handovers and calls alike.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from hub120_sdk.handovers import Ticket, Updates
from hub120_sdk.records import Delivery, Receipt
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.grading import must
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Looks, Polls, Sends, Submits

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done, the answers with which it succeeds, and what it comes to."""

    name: str
    act: Callable[[], object]
    answers: Sequence[Answer]
    expected: object


def errands(bench: Bench) -> list[Errand]:
    """One of each kind that the connector does and the table has an accepted row for."""
    return [*_replies(bench), *_endings(bench), *_handovers(bench), *_calls(bench)]


def accepted_reply(bench: Bench) -> Sends | None:
    """The first row of the table that the provider accepts."""
    return next((row for row in bench.suite.sends if _is_sent(row.expected)), None)


def _is_sent(expected: object) -> bool:
    return isinstance(expected, Receipt) and expected.state is Delivery.SENT


def accepted_handover(bench: Bench) -> Submits | None:
    """The first row of the table that the department accepts."""
    return next((row for row in bench.suite.submits if isinstance(row.expected, Ticket)), None)


def good_look(bench: Bench) -> Looks | None:
    """The first row of the table that finds its ticket."""
    return next((row for row in bench.suite.looks if isinstance(row.expected, Ticket)), None)


def good_poll(bench: Bench) -> Polls | None:
    """The row of the table whose poll brings most."""
    good = [(len(row.expected.tickets), row) for row in bench.suite.polls if isinstance(row.expected, Updates)]
    return max(good, key=lambda one: one[0], default=(0, None))[1]


def _replies(bench: Bench) -> Iterator[Errand]:
    row = accepted_reply(bench) if "channel" in bench.manifest.capabilities else None
    if row is not None:
        yield Errand("send", partial(bench.channel.send, row.message), row.answers, row.expected)


def _endings(bench: Bench) -> Iterator[Errand]:
    rows = bench.suite.ends if "sessions" in bench.manifest.capabilities else ()
    for row in [one for one in rows if one.expected is None][:1]:
        yield Errand("end", partial(bench.sessions.end, row.session), row.answers, None)


def _handovers(bench: Bench) -> Iterator[Errand]:
    if "department" not in bench.manifest.capabilities:
        return
    department = bench.department
    if (submits := accepted_handover(bench)) is not None:
        yield Errand("submit", partial(department.submit, submits.handover), submits.answers, submits.expected)
    if (looks := good_look(bench)) is not None:
        yield Errand("status", partial(department.status, looks.ticket_id), looks.answers, looks.expected)
    if (polls := good_poll(bench)) is not None:
        yield Errand("updates", partial(department.updates, polls.cursor), polls.answers, polls.expected)


def _calls(bench: Bench) -> Iterator[Errand]:
    if "telephony" in bench.manifest.capabilities:
        for row in bench.suite.operates:
            if not isinstance(row.expected, type):
                yield Errand(row.name, partial(row.do, bench.telephony), row.answers, row.expected)


def in_time(bench: Bench, call: Callable[[], Given]) -> Given:
    """What the call gives, if it is done by the manifest's deadline; else fail the check."""
    deadline_s = bench.manifest.limits.send_deadline_s
    ended: Future[Given] = Future()

    def work() -> None:
        try:
            ended.set_result(call())
        except BaseException as error:  # noqa: BLE001 (raised again where the check runs)
            ended.set_exception(error)

    threading.Thread(target=work, name="kit errand", daemon=True).start()
    try:
        return ended.result(deadline_s)
    except TimeoutError:
        must(ended.done(), f"not done within limits.send_deadline_s ({deadline_s:g} s)")
        raise
