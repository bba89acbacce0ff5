"""Silver: what goes out. Every answer a provider can give, and every way it can fail to, is told to the hub rightly.

What is tried on one errand is tried on all: replies, handovers, looks, polls, calls, requests for interpreters, words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from hub120_sdk.errors import Misconfigured, OptedOut, Rejected, Retry, Throttled, Unsure
from hub120_sdk.records import Content, Delivery, Receipt
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import Errand, accepted_reply, errands, in_time
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said
from hub120_sdk.testing.provider import Answer, Provider
from hub120_sdk.testing.suite import Fetches, Sends

ASKED = ("channel", "department", "telephony", "interpreter", "translator", "directory", "knowledge", "alerts")
"""Those whom the hub asks to do something at a provider."""
HURRIED_S = 0.3
NONSENSE = (
    Answer(200, b"<html>gateway</html>", {"content-type": "text/html"}),
    Answer(200, b"", {}),
    Answer(200, b"null", {}),
    Answer(200, b"[1]", {}),
    Answer(200, b'{"id": {}, "sid": [], "status": 1, "code": "x"}', {}),
    Answer(200, b"\xff" * 1000, {}),
    Answer(204, b"", {}),
    Answer(302, b"", {"location": "https://elsewhere.example/"}),
    Answer(400, b"<html>", {}),
    Answer(400, b'{"code": null, "message": [], "status": {}}', {}),
    Answer(418, b"teapot", {}),
)


def delivered(bench: Bench) -> Sends:
    """The first row of the table that the provider accepts."""
    row = accepted_reply(bench)
    if row is None:
        raise AssertionError("the table has no reply that the provider accepts")
    return row


def _fetched(bench: Bench) -> Fetches:
    for row in bench.suite.fetches:
        if isinstance(row.expected, Content):
            return row
    raise AssertionError("the table has no attachment that can be fetched")


@contextmanager
def _hurried(bench: Bench) -> Iterator[None]:
    before, bench.http.longest_s = bench.http.longest_s, HURRIED_S
    try:
        yield
    finally:
        bench.http.longest_s = before


@check(Grade.SILVER, capability="channel", waivable=True)
def reaches_citizens(bench: Bench) -> None:
    """The table has a reply that the provider accepts."""
    delivered(bench)


@check(Grade.SILVER, capability="channel")
def sends_as_the_table_says(bench: Bench) -> None:
    """Every reply of the table reaches the provider as it should and comes to what it says."""
    for row in bench.suite.sends:
        must_match(bench.send(row.message, row.answers), row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.SILVER, capability="sessions")
def ends_as_the_table_says(bench: Bench) -> None:
    """Every session of the table is ended at the provider as it should, or comes to the error it says."""
    must(any(row.expected is None for row in bench.suite.ends), "the table has no session that is ended")
    for row in bench.suite.ends:
        must_match(bench.ask(row.answers, partial(bench.sessions.end, row.session)), row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.SILVER, capability=ASKED, when=errands)
def retries_when_the_provider_fails(bench: Bench) -> None:
    """500, 502, 503 and 504, at whichever request of several, mean Retry or Unsure: not Throttled and not lost."""
    for status in (500, 502, 503, 504):
        for errand, outcome in _disturbed(bench, Answer(status, b"<html>down</html>", {})):
            must(type(outcome) in (Retry, Unsure), f"{errand.name}, {status}: expected Retry, got {said(outcome)}")


@check(Grade.SILVER, capability=ASKED, when=errands)
def slows_down_when_told(bench: Bench) -> None:
    """429 means Throttled, over HTTP for as long as Retry-After says."""
    for errand in errands(bench):
        outcome = bench.ask([Answer.json({}, 429, retry_after="7")], errand.act)
        after_s = expect(outcome, Throttled, f"{errand.name}, 429").after_s
        told = not isinstance(bench.provider, Provider) or 7 <= after_s <= 3600
        must(told, f"{errand.name}: Retry-After was 7 s, after_s is {after_s}")


@check(Grade.SILVER, capability=ASKED, when=errands)
def retries_when_the_line_breaks(bench: Bench) -> None:
    """A connection that is cut in the middle, at whichever request of several, means Retry or Unsure."""
    for errand, outcome in _disturbed(bench, Answer(dropped=True)):
        must(type(outcome) in (Retry, Unsure), f"{errand.name}: expected Retry or Unsure, got {said(outcome)}")


def _disturbed(bench: Bench, fault: Answer) -> Iterator[tuple[Errand, object]]:
    """Each errand with the fault at each of its requests in turn, where it comes that far."""
    for errand in errands(bench):
        for good in range(len(errand.answers)):
            outcome = bench.ask([*errand.answers[:good], fault], errand.act)
            if len(bench.provider.seen) > good:
                yield errand, outcome


@check(Grade.SILVER, capability=ASKED, when=errands)
def retries_when_the_provider_is_silent(bench: Bench) -> None:
    """No answer in time means Retry or Unsure, within the manifest's deadline."""
    with _hurried(bench):
        for errand in errands(bench):
            outcome = in_time(bench, partial(bench.ask, [Answer(slow=True)], errand.act))
            must(type(outcome) in (Retry, Unsure), f"{errand.name}: expected Retry or Unsure, got {said(outcome)}")


@check(Grade.SILVER, capability=ASKED, when=errands)
def gives_up_when_refused(bench: Bench) -> None:
    """A plain 400 is final: Rejected, Misconfigured or parked, never tried again as it is."""
    for errand in errands(bench):
        outcome = bench.ask([Answer.json({}, 400)], errand.act)
        parked = isinstance(outcome, Receipt) and outcome.state is Delivery.PARKED
        final = parked or isinstance(outcome, Rejected | Misconfigured)
        must(final, f"{errand.name}: expected Rejected, Misconfigured or parked, got {said(outcome)}")


@check(Grade.SILVER, capability="channel", when=accepted_reply, waivable=True)
def knows_an_opt_out(bench: Bench) -> None:
    """The table has a reply to a citizen who opted out, and it comes to OptedOut."""
    rows = [row for row in bench.suite.sends if row.expected is OptedOut]
    must(rows, "the table has no reply to a citizen who opted out")


@check(Grade.SILVER, capability=ASKED)
def stands_nonsense(bench: Bench) -> None:
    """Whatever the provider answers, an errand gives its kind of record or an error of the contract."""
    for answer in NONSENSE:
        for errand in errands(bench):
            _stands(answer, errand.kinds, partial(bench.ask, [answer], errand.act))
        for row in bench.suite.fetches:
            _stands(answer, (Content,), partial(bench.fetch, row.attachment, [answer]))


def _stands(answer: Answer, kinds: tuple[type, ...], call: Callable[[], object]) -> None:
    try:
        outcome = call()
    except Exception as error:  # noqa: BLE001 (whatever a connector raises is a finding)
        outcome = error
    known = isinstance(outcome, (*kinds, Retry, Rejected, Misconfigured))
    must(known, f"{type(outcome).__name__}: {outcome} for the answer {answer.status} {answer.body[:60]!r}")


@check(Grade.SILVER, capability="channel", waivable=True)
def fetches_attachments(bench: Bench) -> None:
    """Every attachment of the table is fetched as it says; one that is gone is Rejected, an outage means Retry."""
    row = _fetched(bench)
    for one in bench.suite.fetches:
        must_match(bench.fetch(one.attachment, one.answers), one.expected, one.name)
        one.check(bench.provider.seen)
    expect(bench.fetch(row.attachment, [Answer(404)]), Rejected, "404")
    expect(bench.fetch(row.attachment, [Answer(503)]), Retry, "503")


CHECKS = (
    reaches_citizens,
    sends_as_the_table_says,
    ends_as_the_table_says,
    retries_when_the_provider_fails,
    slows_down_when_told,
    retries_when_the_line_breaks,
    retries_when_the_provider_is_silent,
    gives_up_when_refused,
    knows_an_opt_out,
    stands_nonsense,
    fetches_attachments,
)
