"""Errands: what the hub has a connector do at the provider, one accepted row of the table for each kind.

The checks of what goes out are about errands, so that every outage is tried on replies, handovers, calls and relayed
words alike. What the table says is done without asking anybody is no errand.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from hub120_sdk.alerts import AlertPage
from hub120_sdk.directories import ListedPage
from hub120_sdk.errors import Unreadable
from hub120_sdk.handovers import Ticket, Updates
from hub120_sdk.interpreting import InterpreterReport, Translation
from hub120_sdk.knowledge import Article, Question
from hub120_sdk.records import Delivery, Receipt
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.grading import must
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Asks, Finds, Lists, Looks, Polls, Relays, Releases, Sends, Submits, Translates

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done, the answers with which it succeeds, and what it comes to."""

    name: str
    act: Callable[[], object]
    answers: Sequence[Answer]
    expected: object
    known_by: tuple[str, ...] = ()
    """The hub's ids by which the provider recognises a second attempt."""
    or_none: bool = False
    """It may also come to nothing: the provider calls back."""
    or_unreadable: bool = False
    """An answer that is none may be told as such."""

    @property
    def kinds(self) -> tuple[type, ...]:
        """What it may come to, beside the errors that every errand has."""
        also = (type(None),) * self.or_none + (Unreadable,) * self.or_unreadable
        return (type(self.expected), *also)


def errands(bench: Bench) -> list[Errand]:
    """One of each kind that the connector does and the table has an accepted row for."""
    interpreting = (*_interpreting(bench), *_translating(bench))
    reading = (*_listing(bench), *_searching(bench), *_alerts(bench))
    return [*_replies(bench), *_endings(bench), *_handovers(bench), *_calls(bench), *interpreting, *reading]


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


def good_alerts(bench: Bench) -> Polls | None:
    """The row of the table whose poll brings most alerts."""
    good = [(len(row.expected.alerts), row) for row in bench.suite.polls if isinstance(row.expected, AlertPage)]
    return max(good, key=lambda one: one[0], default=(0, None))[1]


def good_asking(bench: Bench) -> Asks | None:
    """The first row of the table with which the partner has a request for an interpreter."""
    rows = bench.suite.asks
    return next((row for row in rows if row.answers and isinstance(row.expected, InterpreterReport)), None)


def good_relay(bench: Bench) -> Relays | None:
    """The first row of the table whose words the partner takes."""
    rows = bench.suite.relays
    return next((row for row in rows if row.answers and not isinstance(row.expected, type)), None)


def good_release(bench: Bench) -> Releases | None:
    """The first row of the table that tells the partner of the end."""
    return next((row for row in bench.suite.releases if row.answers and row.expected is None), None)


def good_translation(bench: Bench) -> Translates | None:
    """The first row of the table whose words are translated."""
    return next((row for row in bench.suite.translates if isinstance(row.expected, Translation)), None)


def good_listing(bench: Bench) -> Lists | None:
    """The first row of the table that gives services."""
    return next(
        (row for row in bench.suite.lists if isinstance(row.expected, ListedPage) and row.expected.services), None
    )


def good_search(bench: Bench) -> Finds | None:
    """The first row of the table that finds articles."""
    rows = bench.suite.finds
    return next((row for row in rows if not isinstance(row.expected, type) and row.expected), None)


def _replies(bench: Bench) -> Iterator[Errand]:
    row = accepted_reply(bench) if "channel" in bench.manifest.capabilities else None
    if row is not None:
        known_by = (row.message.reply_id,)
        yield Errand("send", partial(bench.channel.send, row.message), row.answers, row.expected, known_by)


def _endings(bench: Bench) -> Iterator[Errand]:
    rows = bench.suite.ends if "sessions" in bench.manifest.capabilities else ()
    for row in [one for one in rows if one.expected is None][:1]:
        yield Errand("end", partial(bench.sessions.end, row.session), row.answers, None)


def _handovers(bench: Bench) -> Iterator[Errand]:
    if "department" not in bench.manifest.capabilities:
        return
    department = bench.department
    if (submits := accepted_handover(bench)) is not None:
        act, known_by = partial(department.submit, submits.handover), (submits.handover.handover_id,)
        yield Errand("submit", act, submits.answers, submits.expected, known_by)
    if (looks := good_look(bench)) is not None:
        yield Errand("status", partial(department.status, looks.ticket_id), looks.answers, looks.expected)
    if (polls := good_poll(bench)) is not None:
        yield Errand("updates", partial(department.updates, polls.cursor), polls.answers, polls.expected)


def _calls(bench: Bench) -> Iterator[Errand]:
    if "telephony" in bench.manifest.capabilities:
        for row in bench.suite.operates:
            if not isinstance(row.expected, type):
                yield Errand(row.name, partial(row.do, bench.telephony), row.answers, row.expected)


def _interpreting(bench: Bench) -> Iterator[Errand]:
    if "interpreter" not in bench.manifest.capabilities:
        return
    interpreter = bench.interpreter
    if (asks := good_asking(bench)) is not None:
        act, session = partial(interpreter.request, asks.wanted), asks.wanted.session_id
        yield Errand("request", act, asks.answers, asks.expected, (session,))
    if (relays := good_relay(bench)) is not None:
        relay, known_by = partial(interpreter.relay, relays.words), (relays.words.session_id, relays.words.message_id)
        yield Errand("relay", relay, relays.answers, relays.expected, known_by, or_none=True)
    if (one := good_release(bench)) is not None:
        release = partial(interpreter.release, one.session_id, one.attempt)
        yield Errand("release", release, one.answers, None, (one.session_id,))


def _translating(bench: Bench) -> Iterator[Errand]:
    row = good_translation(bench) if "translator" in bench.manifest.capabilities else None
    if row is not None:
        yield Errand("translate", partial(bench.translator.translate, row.words), row.answers, row.expected)


def _listing(bench: Bench) -> Iterator[Errand]:
    row = good_listing(bench) if "directory" in bench.manifest.capabilities else None
    if row is not None:
        act = partial(bench.directory.services, row.modified_after, row.cursor)
        yield Errand("services", act, row.answers, row.expected, or_unreadable=True)


def _searching(bench: Bench) -> Iterator[Errand]:
    row = good_search(bench) if "knowledge" in bench.manifest.capabilities else None
    if row is not None:
        act = partial(found, bench, row.question)
        yield Errand("search", act, row.answers, row.expected, or_unreadable=True)


def found(bench: Bench, question: Question) -> tuple[Article, ...]:
    """What a source of knowledge has on a question."""
    return tuple(bench.knowledge.search(question))


def _alerts(bench: Bench) -> Iterator[Errand]:
    row = good_alerts(bench) if "alerts" in bench.manifest.capabilities else None
    if row is not None:
        act = partial(bench.alerts.poll, row.cursor)
        yield Errand("poll", act, row.answers, row.expected, or_unreadable=True)


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
