"""Departments: a handover arrives once, and whatever the department says of it later is heard once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from hub120_sdk.errors import ConnectorError, Rejected, Retry
from hub120_sdk.handovers import Ticket, Updates
from hub120_sdk.records import Address, AddressKind
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import accepted_handover, good_look, good_poll
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said
from hub120_sdk.testing.outbound_checks import NONSENSE
from hub120_sdk.testing.provider import Answer

_CURSOR = "kept-as-it-is"


@check(Grade.BRONZE, capability="department")
def submits_as_the_table_says(bench: Bench) -> None:
    """Every handover of the table reaches the department as it should and comes to what it says."""
    must(accepted_handover(bench), "the table has no handover that the department accepts")
    for row in bench.suite.submits:
        outcome = bench.ask(row.answers, partial(bench.department.submit, row.handover))
        must_match(outcome, row.expected, row.name)
        row.check(bench.provider.seen)


@check(Grade.BRONZE, capability="department", when=accepted_handover)
def names_its_tickets(bench: Bench) -> None:
    """What was submitted can be found again: the ticket has the department's number or the hub's."""
    for row in bench.suite.submits:
        named = not isinstance(row.expected, Ticket) or row.expected.ticket_id or row.expected.handover_id
        must(named, f"{row.name}: the ticket has neither ticket_id nor handover_id")


@check(Grade.SILVER, capability="department", waivable=True)
def looks_as_the_table_says(bench: Bench) -> None:
    """Every look of the table comes to what it says; a number that the department does not know is Rejected."""
    row = good_look(bench)
    if row is None:
        raise AssertionError("the table has no look that finds its ticket")
    for one in bench.suite.looks:
        outcome = bench.ask(one.answers, partial(bench.department.status, one.ticket_id))
        must_match(outcome, one.expected, one.name)
        one.check(bench.provider.seen)
    unknown = bench.ask([Answer.json({}, 404)], lambda: bench.department.status(row.ticket_id))
    expect(unknown, Rejected, "a number that is not known (404)")


@check(Grade.SILVER, capability="department", when=lambda bench: bench.suite.polls)
def polls_as_the_table_says(bench: Bench) -> None:
    """Every poll of the table brings what it says, each report with an id of its own."""
    must(good_poll(bench), "the table has no poll that the department answers")
    for row in bench.suite.polls:
        outcome = _polled(bench, row.cursor, row.answers)
        must_match(outcome, row.expected, row.name)
        row.check(bench.provider.seen)
        tickets = outcome.tickets if isinstance(outcome, Updates) else ()
        must(all(one.update_id for one in tickets), f"{row.name}: a report without update_id")


@check(Grade.SILVER, capability="department", when=lambda bench: not bench.suite.polls)
def stands_still_where_nothing_is_polled(bench: Bench) -> None:
    """A department that only calls back returns nothing and the cursor, and asks nobody."""
    must_match(_polled(bench, _CURSOR, [Answer(500)]), Updates((), _CURSOR), "updates")
    must(not bench.provider.seen, "the department was asked all the same")


@check(Grade.BRONZE, capability="department", when=good_poll)
def moves_its_cursor(bench: Bench) -> None:
    """With the new cursor nothing comes twice: what a department repeats is left out, or has the same update_id."""
    for row in bench.suite.polls:
        if not isinstance(row.expected, Updates) or not row.expected.tickets:
            continue
        first = expect(_polled(bench, row.cursor, row.answers), Updates, row.name)
        must(first.cursor != row.cursor, f"{row.name}: reports came, and the cursor stayed")
        again = expect(_polled(bench, first.cursor, row.answers), Updates, f"{row.name}, again")
        known = {one.update_id for one in first.tickets}
        new = [one for one in again.tickets if one.update_id not in known]
        must(not new, f"{row.name}: the same answer again brought {new!r} under other update ids")


@check(Grade.BRONZE, capability="department", when=good_poll)
def keeps_its_cursor_in_an_outage(bench: Bench) -> None:
    """An answer that cannot be read moves no cursor: an error, or nothing and the cursor as it was."""
    row = good_poll(bench)
    cursor = row.cursor if row else ""
    for answer in (*NONSENSE, Answer(500), Answer(dropped=True)):
        outcome = _polled(bench, cursor, [answer])
        stayed = isinstance(outcome, ConnectorError) or outcome == Updates((), cursor)
        must(stayed, f"the answer {answer.status} {answer.body[:60]!r} came to {said(outcome)}")


@check(Grade.SILVER, capability="department")
def names_its_telephone(bench: Bench) -> None:
    """``line`` gives a telephone number that can be dialled, or none."""
    outcome = bench.ask([Answer.json({})], bench.department.line)
    if isinstance(outcome, Address):
        must(outcome.kind is AddressKind.PHONE and outcome.value.startswith("+"), f"line gave {outcome!r}")
    else:
        must(outcome is None or isinstance(outcome, Retry | Rejected), f"line came to {said(outcome)}")


def _polled(bench: Bench, cursor: str, answers: Sequence[Answer]) -> Updates | ConnectorError:
    return bench.ask(answers, lambda: bench.department.updates(cursor))


CHECKS = (
    submits_as_the_table_says,
    names_its_tickets,
    looks_as_the_table_says,
    polls_as_the_table_says,
    stands_still_where_nothing_is_polled,
    moves_its_cursor,
    keeps_its_cursor_in_an_outage,
    names_its_telephone,
)
