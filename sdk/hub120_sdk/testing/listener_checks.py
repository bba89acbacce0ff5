"""Listeners: what the provider delivers is kept, acknowledged after that alone, and never lost to a cut or a restart.

Every check has a bench of its own: the provider is a new one, and what one check left unacknowledged disturbs no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from hub120_sdk.errors import Misconfigured, Retry
from hub120_sdk.records import Inbound
from hub120_sdk.testing import garbage
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.ear import ENDS_S, Ear, KitLine
from hub120_sdk.testing.errands import in_time
from hub120_sdk.testing.grading import Grade, check, must
from hub120_sdk.testing.provider import Answer
from hub120_sdk.testing.suite import Hears

_SETTLES_S = 0.1
_GARBAGE = 120
_GARBAGE_BYTES = 60_000
_PATIENT_S = 60.0


def hears(bench: Bench) -> bool:
    """The table has something to be heard."""
    return any(row.records for row in bench.suite.hears)


@check(Grade.BRONZE, capability="listener")
def hears_what_the_table_says(bench: Bench) -> None:
    """Every delivery of the table gives exactly its records, and is acknowledged."""
    must(hears(bench), "the table has nothing to be heard")
    with _listening(bench) as (own, ear):
        for row in own.suite.hears:
            before = len(ear.line.kept)
            _is_heard(own, ear, row)
            kept = ear.line.kept[before:]
            must(kept == list(row.records), f"{row.name}: expected {list(row.records)!r}, kept {kept!r}")


@check(Grade.BRONZE, capability="listener", when=hears)
def acknowledges_after_it_is_kept(bench: Bench) -> None:
    """While the hub cannot store nothing is acknowledged; the provider delivers again, and then it is kept."""
    with _listening(bench) as (own, ear):
        row, left = _rows(own)[0], []
        ear.line.keeping = lambda: left.append(_unacknowledged(own, ear))
        ear.line.hub_is_away = True
        own.peer.deliver(row.delivery)
        ear.until(lambda: ear.line.asked >= 2, f"{row.name} was kept a second time, after the hub could not store it")
        ear.line.hub_is_away = False
        ear.until(lambda: ear.line.kept, f"{row.name} was kept once the hub was back")
        must(all(left), f"{row.name} was acknowledged before it was kept")
        ear.until(lambda: not own.peer.unacknowledged(), f"{row.name} was acknowledged")
        must(set(map(repr, ear.line.kept)) <= set(map(repr, row.records)), f"kept {ear.line.kept!r}")


def _unacknowledged(bench: Bench, ear: Ear) -> int:
    """How much waits for its acknowledgement, when one that was sent too early has had time to arrive."""
    for _ in ear.watch(_SETTLES_S):
        if not bench.peer.unacknowledged():
            return 0
    return bench.peer.unacknowledged()


@check(Grade.BRONZE, capability="listener", when=hears)
def hears_a_second_delivery_alike(bench: Bench) -> None:
    """The same delivery again gives the same records with the same provider ids, and is acknowledged too."""
    with _listening(bench) as (own, ear):
        for row in _rows(own):
            _is_heard(own, ear, row)
            once = list(ear.line.kept)
            own.peer.deliver(row.delivery)
            ear.until(lambda: not own.peer.unacknowledged(), f"{row.name} was acknowledged the second time")
            again = ear.line.kept[len(once) :]
            must(all(one in once for one in again), f"{row.name}: first {once!r}, then {again!r}")


@check(Grade.BRONZE, capability="listener", when=hears)
def hears_in_any_order(bench: Bench) -> None:
    """Deliveries in reverse order and all at once give the same messages."""
    with _listening(bench) as (own, ear):
        rows = _rows(own)
        for row in reversed(rows):
            own.peer.deliver(row.delivery)
        ear.until(lambda: _all(rows) <= _kept(ear), f"all of {len(rows)} deliveries were kept")
        ear.until(lambda: not own.peer.unacknowledged(), "all were acknowledged")
        must(_kept(ear) == _all(rows), f"kept {_kept(ear) - _all(rows)}, which the table does not know")


@check(Grade.BRONZE, capability="listener", when=hears)
def resumes_after_a_cut(bench: Bench) -> None:
    """A connection that is cut, between deliveries or before an acknowledgement, loses nothing and invents nothing."""
    with _listening(bench) as (own, ear):
        rows = _rows(own)
        _is_heard(own, ear, rows[0])
        own.peer.drop()
        _is_heard(own, ear, rows[-1])
        asked = ear.line.asked
        ear.line.hub_is_away = True
        own.peer.deliver(rows[0].delivery)
        ear.until(lambda: ear.line.asked > asked or not own.peer.unacknowledged(), "it was delivered")
        own.peer.drop()
        ear.line.hub_is_away = False
        ear.until(lambda: not own.peer.unacknowledged(), "what was cut off was acknowledged in the end")
        must(_kept(ear) == _all([rows[0], rows[-1]]), f"kept {_kept(ear)}")


@check(Grade.BRONZE, capability="listener", when=hears)
def resumes_where_it_stopped(bench: Bench) -> None:
    """Another copy that begins with the cursor hears what came meanwhile, and nothing that was never sent."""
    with bench.another() as own:
        rows = _rows(own)
        first = KitLine()
        with Ear(own.listener, first) as ear:
            _is_heard(own, ear, rows[0])
        own.peer.deliver(rows[-1].delivery)
        second = KitLine(first.cursor)
        successor: object = own.make(own.suite.secrets)
        with Ear(successor, second) as ear:  # type: ignore[arg-type] # its manifest says it is a listener
            ear.until(lambda: not own.peer.unacknowledged(), "what came meanwhile was acknowledged")
            must(len(rows) == 1 or _all(rows[-1:]) <= _kept(ear), f"{rows[-1].name} was not kept by the other copy")
        must(_kept(ear) <= _all([rows[0], rows[-1]]), f"kept {_kept(ear)}")


@check(Grade.BRONZE, capability="listener", when=hears)
def steps_over_what_the_hub_refuses(bench: Bench) -> None:
    """What is beyond the hub's bounds (``keep`` raises Unreadable) does not come for ever, nor stop what follows."""
    with _listening(bench) as (own, ear):
        rows = _rows(own)
        ear.line.refused = frozenset(one.provider_id for one in rows[0].records if isinstance(one, Inbound))
        own.peer.deliver(rows[0].delivery)
        ear.until(lambda: ear.line.asked, f"{rows[0].name} was kept")
        ear.until(lambda: not own.peer.unacknowledged(), f"{rows[0].name} was done with after the hub refused it")
        ear.line.refused = frozenset()
        _is_heard(own, ear, rows[-1])


@check(Grade.BRONZE, capability="listener", when=hears)
def stands_garbage_deliveries(bench: Bench) -> None:
    """Garbage gives records or nothing, is done with, and what follows is heard."""
    with _listening(bench) as (own, ear):
        for row in _rows(own):
            for delivery in islice(_garbled(row.delivery), _GARBAGE):
                with _unframeable():
                    own.peer.deliver(delivery)
        peer = own.peer
        ear.until(lambda: not peer.unacknowledged(), "garbage was acknowledged or refused", _PATIENT_S)
        _is_heard(own, ear, _rows(own)[0])


def _garbled(delivery: bytes) -> Iterator[bytes]:
    return (one for one in garbage.bodies(delivery) if len(one) <= _GARBAGE_BYTES)


@contextmanager
def _unframeable() -> Iterator[None]:
    """No frame of the protocol can hold it: so nobody can send it."""
    try:
        yield
    except (ValueError, RecursionError):  # the second is what json says of a thousand brackets
        return


@check(Grade.BRONZE, capability="listener")
def ends_when_told(bench: Bench) -> None:
    """``listen`` returns within seconds after ``line.ended()``, with nothing to hear and with the hub away."""
    with _listening(bench) as (_, ear):
        ear.until(lambda: ear.line.signs > 1, "it gave a sign of life")
    with _listening(bench) as (own, ear):
        ear.line.hub_is_away = True
        for row in _rows(own)[:1]:
            own.peer.deliver(row.delivery)
            ear.until(lambda: ear.line.asked, "it was delivered")


@check(Grade.SILVER, capability="listener")
def shows_signs_of_life(bench: Bench) -> None:
    """With nothing to hear it asks ``line.ended()`` within ``limits.silence_s``, and every few seconds at most."""
    silence_s = bench.manifest.limits.silence_s
    with _listening(bench) as (_, ear):
        ear.until(lambda: ear.line.signs, "it began")
        for _ in range(3):
            before = ear.line.signs
            ear.until(lambda: ear.line.signs > before, "it gave a sign of life", min(silence_s, ENDS_S))  # noqa: B023
    longest_s = ear.line.longest_wait_s
    must(longest_s <= silence_s, f"it slept {longest_s:g} s at a time, limits.silence_s is {silence_s:g}")


@check(Grade.SILVER, capability="listener")
def says_when_it_cannot_listen(bench: Bench) -> None:
    """Where nobody answers, ``listen`` returns or raises Retry: the hub calls again after a pause."""
    with bench.another() as own:
        listener, line = own.listener, KitLine()
        own.end_provider()
        try:
            in_time(own, lambda: listener.listen(line))
        except Retry:
            return
        finally:
            line.end()


@check(Grade.SILVER, capability="listener", waivable=True)
def says_when_its_credentials_are_wrong(bench: Bench) -> None:
    """A login that the provider refuses (401) is Misconfigured: an operator must act."""
    with bench.another() as own:
        listener, line = own.listener, KitLine()
        own.peer.script([Answer(401)])
        try:
            in_time(own, lambda: listener.listen(line))
        except Misconfigured:
            return
        except Retry as error:
            raise AssertionError(f"expected Misconfigured, got {type(error).__name__}: {error}") from error
        finally:
            line.end()
    raise AssertionError("expected Misconfigured, listen returned")


@contextmanager
def _listening(bench: Bench) -> Iterator[tuple[Bench, Ear]]:
    """A bench of the check's own, with its listener at work."""
    with bench.another() as own, Ear(own.listener, KitLine()) as ear:
        yield own, ear


def _rows(bench: Bench) -> list[Hears]:
    """The deliveries that bring something, the messages first."""
    brings = [row for row in bench.suite.hears if row.records]
    return sorted(brings, key=lambda row: not any(isinstance(one, Inbound) for one in row.records))


def _is_heard(bench: Bench, ear: Ear, row: Hears) -> None:
    """Deliver a row and wait until it is kept and acknowledged."""
    bench.peer.deliver(row.delivery)
    ear.until(lambda: _all([row]) <= _kept(ear), f"{row.name} was kept")
    ear.until(lambda: not bench.peer.unacknowledged(), f"{row.name} was acknowledged")


def _kept(ear: Ear) -> set[str]:
    return {repr(one) for one in ear.line.kept}


def _all(rows: Sequence[Hears]) -> set[str]:
    return {repr(one) for row in rows for one in row.records}


CHECKS = (
    hears_what_the_table_says,
    acknowledges_after_it_is_kept,
    hears_a_second_delivery_alike,
    hears_in_any_order,
    resumes_after_a_cut,
    resumes_where_it_stopped,
    steps_over_what_the_hub_refuses,
    stands_garbage_deliveries,
    ends_when_told,
    shows_signs_of_life,
    says_when_it_cannot_listen,
    says_when_its_credentials_are_wrong,
)
