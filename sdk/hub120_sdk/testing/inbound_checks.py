"""Bronze: what comes in. Every true message becomes a record, nothing else does, and nothing makes ``parse`` raise.

These are about whoever calls the hub over HTTP: the provider of a channel, a department or an interpreter that calls
back, or a source that pushes alerts. A request of the table without records (a provider's own check of the address)
may be taken unsigned: it brings nothing in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from hub120_sdk.alerts import Alert
from hub120_sdk.calls import KEYS, CallEvent, KeyPress
from hub120_sdk.errors import ConnectorError, Unauthorised, Unreadable
from hub120_sdk.handovers import Noted, Ticket
from hub120_sdk.interpreting import InterpreterReport, Translation
from hub120_sdk.records import Inbound, Inquiry, Receipt, Received
from hub120_sdk.requests import Request, Response
from hub120_sdk.testing import garbage
from hub120_sdk.testing.bench import PUBLIC_URL, Bench
from hub120_sdk.testing.grading import Grade, check, expect, must, must_match, said, webhook
from hub120_sdk.testing.suite import Parses

CALLED = ("channel", "department", "interpreter", "alerts")
"""Those whom a provider may call."""


def messages(bench: Bench) -> list[Inbound]:
    """Every citizen's message in the table."""
    parsed = [record for row in bench.suite.parses for record in row.records]
    heard = [record for row in bench.suite.hears for record in row.records]
    return [record for record in (*parsed, *heard) if isinstance(record, Inbound)]


@check(Grade.BRONZE)
def describes_itself(bench: Bench) -> None:
    """The package has a card (README.md), and its manifest says what every setting means."""
    package = files(bench.package)
    must(package.joinpath("README.md").is_file(), "README.md is missing beside __init__.py")
    for name, one in {**bench.manifest.settings, **bench.manifest.secrets}.items():
        must(one.description.strip(), f"{name} has no description in manifest.toml")


@check(Grade.BRONZE, capability="channel", waivable=True)
def hears_citizens(bench: Bench) -> None:
    """The table has a message of a citizen."""
    must(messages(bench), "the table has no message of a citizen")


@check(Grade.BRONZE, capability=CALLED, when=webhook)
def reads_messages(bench: Bench) -> None:
    """Every request of the table gives exactly its records."""
    for row in bench.suite.parses:
        outcome = bench.parse(bench.signed(row.request))
        must(outcome == list(row.records), f"{row.name}: expected {list(row.records)!r}, got {said(outcome)}")


@check(Grade.BRONZE, capability=CALLED, when=webhook)
def recognises_a_second_delivery(bench: Bench) -> None:
    """The same request again gives the same records with the same provider ids."""
    for row in bench.suite.parses:
        request = bench.signed(row.request)
        first, second = bench.parse(request), bench.parse(request)
        must(first == second, f"{row.name}: first {said(first)}, then {said(second)}")


@check(Grade.BRONZE, capability=CALLED, when=webhook)
def does_not_mind_the_order(bench: Bench) -> None:
    """Requests in reverse order, some twice, give what they give in order: a fresh copy needs no memory of others."""
    fresh = bench.make(bench.suite.secrets)
    for row in [*reversed(bench.suite.parses), *bench.suite.parses]:
        must_match(bench.parse(bench.signed(row.request), fresh), list(row.records), row.name)


@check(Grade.BRONZE, capability=CALLED)
def tells_messages_apart(bench: Bench) -> None:
    """Different messages have different provider ids, different reports of a partner different update ids."""
    records = [record for row in bench.suite.parses for record in row.records]
    reports = [record for record in records if isinstance(record, Ticket | InterpreterReport)]
    alerts = [f"{record.sender},{record.identifier}" for record in records if isinstance(record, Alert)]
    for ids in ([one.provider_id for one in messages(bench)], [one.update_id for one in reports], alerts):
        must(all(ids), "the id of a message or a report is empty")
        must(len(set(ids)) == len(ids), "two rows of the table have the same id")


@check(Grade.BRONZE, capability=CALLED, when=webhook)
def refuses_what_is_not_signed(bench: Bench) -> None:
    """A request without the provider's credentials is Unauthorised."""
    for row in bench.suite.parses:
        _is_refused(row, bench.parse(row.request))


@check(Grade.BRONZE, capability=CALLED, when=webhook)
def refuses_other_secrets(bench: Bench) -> None:
    """A request signed with another secret is Unauthorised."""
    other = bench.make(bench.suite.wrong_secrets)
    for row in bench.suite.parses:
        _is_refused(row, bench.parse(bench.signed(row.request), other))


@check(Grade.BRONZE, capability=CALLED, when=webhook, waivable=True)
def refuses_a_changed_body(bench: Bench) -> None:
    """A body changed after signing is Unauthorised."""
    for row in bench.suite.parses:
        request = bench.signed(row.request)
        changed = replace(request, body=request.body.replace(b"a", b"b", 1) + b" ")
        _is_refused(row, bench.parse(changed))


def _is_refused(row: Parses, outcome: object) -> None:
    """It came to nothing, and where it would have brought something, by way of Unauthorised."""
    if row.records or outcome != []:
        expect(outcome, Unauthorised, row.name)


@check(Grade.BRONZE, capability=CALLED)
def refuses_what_the_table_says(bench: Bench) -> None:
    """Every refusal of the table is of its kind."""
    for row in bench.suite.refuses:
        must_match(bench.parse(bench.signed(row.request) if row.signed else row.request), row.error, row.name)


@check(Grade.BRONZE, capability=CALLED, when=lambda bench: not webhook(bench))
def refuses_whoever_calls(bench: Bench) -> None:
    """A connector that nobody calls takes no request: Unauthorised or Unreadable."""
    for body in (b"", b"{}", b"text"):
        for method in ("GET", "POST"):
            outcome = bench.parse(Request(method, PUBLIC_URL + bench.manifest.id, {}, body))
            must(isinstance(outcome, Unreadable | Unauthorised), f"{method} came to {said(outcome)}")


@check(Grade.BRONZE, capability=CALLED, when=webhook)
def stands_garbage(bench: Bench) -> None:
    """Signed garbage, and good requests with one thing wrong, give records, Unreadable or Unauthorised, no more."""
    for row in bench.suite.parses:
        for body in garbage.bodies(row.request.body):
            _stands(bench, bench.signed(replace(row.request, body=body)))
        for url in garbage.queries(row.request.url):
            _stands(bench, bench.signed(replace(row.request, url=url)))
        _stands(bench, bench.signed(replace(row.request, headers={})))


def _stands(bench: Bench, request: Request) -> None:
    where = f"for {request.url[-100:]!r} with the body {request.body[:200]!r}"
    try:
        outcome = bench.parse(request)
    except Exception as error:
        raise AssertionError(f"raised {type(error).__name__}: {error} {where}") from error
    if isinstance(outcome, ConnectorError):
        must(isinstance(outcome, Unreadable | Unauthorised), f"{said(outcome)} {where}")
    else:
        are_records(bench, outcome, where)


_BRINGS = {
    "channel": (Inbound, Receipt, CallEvent, KeyPress, Inquiry),
    "department": (Ticket,),
    "interpreter": (InterpreterReport, Translation),
    "alerts": (Alert,),
}
"""What comes in with each capability."""


def are_records(bench: Bench, outcome: Sequence[object], where: str) -> None:
    """Fail unless all are records that this kind of connector brings, and each says whose it is."""
    kinds = next(kinds for capability, kinds in _BRINGS.items() if capability in bench.manifest.capabilities)
    for record in outcome:
        must(isinstance(record, kinds), f"{record!r} is no record of this kind of connector, {where}")
        must(_is_named(record), f"{type(record).__name__} without an id or a sender, {where}")


def _is_named(record: object) -> bool:
    named: object = True
    match record:
        case Inbound():
            named = record.provider_id and record.sender.value
        case Receipt():
            named = record.provider_id or record.reply_id or (record.to and record.until)
        case CallEvent():
            named = record.leg_id
        case KeyPress():
            named = record.leg_id and record.key in KEYS
        case Ticket():
            named = record.ticket_id or record.handover_id
        case InterpreterReport():
            named = record.session_id and record.attempt > 0 and record.update_id
        case Alert():
            named = record.sender and record.identifier
        case Translation():
            named = record.session_id and record.message_id and record.text.strip()
    return bool(named)


@check(Grade.BRONZE, capability="channel", when=webhook)
def answers_the_provider(bench: Bench) -> None:
    """Every request gets a 2xx answer once stored, the same for a second delivery; so does one with nothing in it."""
    for row in bench.suite.parses:
        if any(isinstance(record, Inquiry) for record in row.records):
            continue  # answered by ``tell``
        request = bench.signed(row.request)
        stored = [Received(one, "contact", "26-0KX3M-7QHMZ") for one in row.records if isinstance(one, Inbound)]
        again = [replace(one, duplicate=True) for one in stored]
        first = expect(bench.channel.answer(request, stored), Response, row.name)
        must(200 <= first.status < 300, f"{row.name}: answered {first.status}")
        must(bench.channel.answer(request, again) == first, f"{row.name}: the second answer is another")


@check(Grade.BRONZE, capability="department", when=webhook)
def acknowledges_reports(bench: Bench) -> None:
    """Every report gets a 2xx answer once stored, and again when it comes twice; one of an unknown case gets an answer
    that is no 5xx, lest it come for ever."""
    for row in bench.suite.parses:
        request = bench.signed(row.request)
        noted = [Noted(one, known=True) for one in row.records if isinstance(one, Ticket)]
        for stored in (noted, [replace(one, duplicate=True) for one in noted]):
            answer = expect(bench.department.acknowledge(request, stored), Response, row.name)
            must(200 <= answer.status < 300, f"{row.name}: answered {answer.status}")
        for odd in ([replace(one, known=False) for one in noted], [replace(one, allowed=False) for one in noted]):
            answer = expect(bench.department.acknowledge(request, odd), Response, row.name)
            must(200 <= answer.status < 500, f"{row.name}, unknown or not allowed: answered {answer.status}")


CHECKS = (
    describes_itself,
    hears_citizens,
    reads_messages,
    recognises_a_second_delivery,
    does_not_mind_the_order,
    tells_messages_apart,
    refuses_what_is_not_signed,
    refuses_other_secrets,
    refuses_a_changed_body,
    refuses_what_the_table_says,
    refuses_whoever_calls,
    stands_garbage,
    answers_the_provider,
    acknowledges_reports,
)
