"""Gold: what shows only in the long run. Old requests, second attempts, crowds, long texts, secrets, speed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

from hub120_sdk.errors import ConnectorError, Rejected, Unauthorised
from hub120_sdk.records import Delivery, Outbound, Receipt
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.errands import Errand, accepted_handover, accepted_reply, errands
from hub120_sdk.testing.grading import Grade, NotClaimed, check, expect, must, said, undisturbed_s, webhook
from hub120_sdk.testing.inbound_checks import CALLED
from hub120_sdk.testing.outbound_checks import ASKED, delivered
from hub120_sdk.testing.provider import Answer
from hub120_sdk.text import length

OLD = timedelta(minutes=15)
PARSE_BUDGET_S = 0.005
_THREADS = 8
_ROUNDS = 5
_TIMED = 100


@check(Grade.GOLD, capability=CALLED, when=webhook, waivable=True)
def refuses_a_replay(bench: Bench) -> None:
    """A request signed a quarter of an hour ago is Unauthorised."""
    for row in bench.suite.parses:
        if row.records:
            expect(bench.parse(bench.signed(row.request, ago=OLD)), Unauthorised, row.name)


@check(Grade.GOLD, capability="channel", when=accepted_reply)
def shows_the_reply_id_to_the_provider(bench: Bench) -> None:
    """If the manifest says idempotent_send, every attempt carries the same reply id."""
    _shows(bench, "send")


@check(Grade.GOLD, capability="department", when=accepted_handover)
def shows_the_handover_id_to_the_department(bench: Bench) -> None:
    """If the manifest says idempotent_send, every attempt carries the same handover id."""
    _shows(bench, "submit")


@check(Grade.GOLD, capability="interpreter", when=errands)
def shows_its_ids_to_the_partner(bench: Bench) -> None:
    """If the manifest says idempotent_send, every attempt carries the ids of the session and of the message."""
    _shows(bench, "request", "relay", "release")


def _shows(bench: Bench, *names: str) -> None:
    """Twice accepted, the ids are in what the provider got both times."""
    _is_claimed(bench)
    for one in [one for one in errands(bench) if one.name in names]:
        for _ in range(2):
            bench.ask(one.answers, one.act)
            _is_shown(bench, one)


def _is_shown(bench: Bench, errand: Errand) -> None:
    seen = "\n".join(f"{one.path} {one.headers} {one.words}" for one in bench.provider.seen)
    missing = [one for one in errand.known_by if one not in seen]
    must(not missing, f"{errand.name}: {missing} are nowhere in what the provider got")


@check(Grade.GOLD, capability=("channel", "department", "interpreter"), when=errands)
def stands_an_error_after_it_was_saved(bench: Bench) -> None:
    """If the manifest says idempotent_send, the attempt after a 500, a cut line or a 200 of nonsense is the same one:
    the provider, who may have saved it, sees the id it saw before."""
    _is_claimed(bench)
    for one in [one for one in errands(bench) if one.known_by]:
        for saved in (Answer(500), Answer(dropped=True), Answer(200, b"<html>", {})):
            bench.ask([saved], one.act)
            _is_shown(bench, one)
            outcome = bench.ask(one.answers, one.act)
            must(outcome == one.expected, f"{one.name}: the second attempt came to {said(outcome)}")
            _is_shown(bench, one)


def _is_claimed(bench: Bench) -> None:
    if not bench.manifest.idempotent_send:
        raise NotClaimed("the manifest does not claim idempotent_send: an agent is told when nobody knows")


@check(Grade.GOLD)
def works_in_a_crowd(bench: Bench) -> None:
    """Eight threads at once get what one gets."""
    rows = [row for _ in range(_ROUNDS) for row in bench.suite.parses]
    wanted = [list(row.records) for row in rows]
    with ThreadPoolExecutor(_THREADS) as pool:
        outcomes = list(pool.map(lambda row: bench.parse(bench.signed(row.request)), rows))
        must(outcomes == wanted, "parse gave other records in a crowd")
        for errand in errands(bench):
            if len(errand.answers) == 1:  # of several, nobody knows who gets which
                bench.provider.script(errand.answers)
                done = list(pool.map(lambda act: act(), [errand.act] * _THREADS))
                must(all(one == errand.expected for one in done), f"{errand.name} came to something else in a crowd")


@check(Grade.GOLD, capability="channel", when=accepted_reply, waivable=True)
def carries_the_whole_text(bench: Bench) -> None:
    """As much text as the manifest promises arrives complete, letter for letter; more is refused, never cut."""
    row, limits = delivered(bench), bench.manifest.limits
    most = limits.text_characters * limits.text_parts or 5_000
    text = _text(most, bench.suite.letters)
    outcome = _sent(bench, row.message, text)
    must(outcome.state is Delivery.SENT, f"a text of {most} characters came to {outcome!r}")
    got = "\n".join(one.words for one in bench.provider.seen)
    lost = [word for word in text.split() if word not in got]
    must(not lost, f"of a text of {most} characters these words did not arrive: {lost[:5]}")
    if limits.text_characters:
        _refuses(bench, row.message, _text(most * 4, bench.suite.letters))


def _text(characters: int, letters: str) -> str:
    """Numbered words of Korean, Latin and (where the channel has them) emoji, so that a missing one is noticed."""
    smile = "🙂" if "🙂".encode(letters, "ignore") else "요"
    words = " ".join(f"말{number}word{smile}" for number in range(characters // 9))
    return words[: characters - (length(words) - len(words)) * 2].rpartition(" ")[0]


def _sent(bench: Bench, message: Outbound, text: str) -> Receipt:
    outcome = bench.send(replace(message, text=text), delivered(bench).answers)
    return expect(outcome, Receipt, f"a text of {length(text)} characters")


def _refuses(bench: Bench, message: Outbound, text: str) -> None:
    outcome = bench.send(replace(message, text=text), delivered(bench).answers)
    expect(outcome, Rejected, f"a text of {length(text)} characters")


@check(Grade.GOLD)
def keeps_its_secrets(bench: Bench) -> None:
    """No secret is in an error, a record or the connector's repr."""
    outcomes: list[object] = [bench.connector, *(bench.parse(row.request) for row in bench.suite.parses[:1])]
    for errand in errands(bench):
        for answers in (errand.answers, [Answer(401)], [Answer(500)], [Answer(dropped=True)]):
            outcomes.append(bench.ask(answers, errand.act))
    for row in bench.suite.sends:
        outcomes.append(bench.send(row.message, row.answers))
    told = [said(one) if isinstance(one, ConnectorError) else repr(one) for one in outcomes]
    leaks = [one for one in told if any(secret in one for secret in _secrets(bench))]
    must(not leaks, f"a secret shows in {[one[:40] for one in leaks[:1]]}")


@check(Grade.GOLD, capability=ASKED, when=errands, waivable=True)
def keeps_secrets_out_of_addresses(bench: Bench) -> None:
    """No secret is in an address that it calls: addresses stand in the logs of everyone on the way."""
    for errand in errands(bench):
        bench.ask(errand.answers, errand.act)
        leaks = [one.path for one in bench.provider.seen if any(secret in one.path for secret in _secrets(bench))]
        must(not leaks, f"{errand.name} calls an address with a secret in it")


def _secrets(bench: Bench) -> list[str]:
    return [one for value in bench.suite.secrets.values() for one in value.split() if len(one) >= 6]


@check(Grade.GOLD, capability=CALLED, when=webhook)
def is_quick(bench: Bench) -> None:
    """Checking and reading a request takes 5 ms at most, where nothing else disturbs it: a surge is ten-fold."""
    request = bench.signed(bench.suite.parses[0].request)
    took_s = undisturbed_s(partial(bench.parse, request), _TIMED)
    must(took_s <= PARSE_BUDGET_S, f"it takes {took_s * 1000:.1f} ms")


CHECKS = (
    refuses_a_replay,
    shows_the_reply_id_to_the_provider,
    shows_the_handover_id_to_the_department,
    shows_its_ids_to_the_partner,
    stands_an_error_after_it_was_saved,
    works_in_a_crowd,
    carries_the_whole_text,
    keeps_its_secrets,
    keeps_secrets_out_of_addresses,
    is_quick,
)
