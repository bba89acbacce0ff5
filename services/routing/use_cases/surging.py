"""Surges: watched by the wait, declared and ended by supervisors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.ids import new_id
from services.routing.domain.surges import Surge, SurgeState, banner, weighted
from services.routing.store import surges
from services.routing.use_cases import waiting

_OF_NOTICES = "notice."
"""Before a notice's id: who declared a surge that no supervisor did."""


def expected_wait(tx: Tx) -> float | None:
    """How long somebody waits who comes now, over all lines; None where nobody can say."""
    return weighted((line.waiting, line.wait_s) for line in waiting.lines(tx))


def watch(tx: Tx, limit_s: float, hold_s: float) -> Surge:
    """Look whether the wait begins or ends a surge; with a limit of 0 it begins none. Done twice, the second time finds
    it so."""
    surge = surges.hold(tx)
    now = tx.now.timestamp()
    wait_s = expected_wait(tx) if limit_s else 0.0
    state = surge.after(wait_s, now, limit_s or float("inf"), hold_s)
    return surge if state is surge.state else _move(tx, surge, surge.moved(state, now, new_id(tx.now)))


def declare(tx: Tx, declared_by: str, reason: str, until: float, texts: Mapping[str, str]) -> Surge:
    """There is a surge until then, whatever the wait is. While one goes on it is changed, and nobody who has read its
    banner reads another."""
    surge = surges.hold(tx)
    going = surge if surge.active else surge.moved(SurgeState.ON, tx.now.timestamp(), new_id(tx.now))
    told = replace(going, declared_by=declared_by, reason=reason, until=until, texts=texts)
    return _move(tx, surge, told)


def end(tx: Tx) -> Surge:
    """The surge is over, until the wait begins another. Repeated, it finds none."""
    surge = surges.hold(tx)
    if not surge.active:
        return surge
    return _move(tx, surge, surge.moved(SurgeState.OFF, tx.now.timestamp(), ""))


def declare_for_notice(tx: Tx, notice_id: str, places: Sequence[str], until: float) -> None:
    """A notice to the public in these places, by their names, makes many call until then: the banner names them. A
    supervisor's own surge stays as they declared it."""
    surge = surges.hold(tx)
    by_supervisor = surge.active and surge.declared_by and not surge.declared_by.startswith(_OF_NOTICES)
    if until > tx.now.timestamp() and not by_supervisor:
        declare(tx, _OF_NOTICES + notice_id, "a notice to the public", until, banner(places))


def end_for_notice(tx: Tx, notice_id: str) -> None:
    """The notice for which there is a surge is over; one that was declared for another, or by a supervisor, goes on."""
    surge = surges.hold(tx)
    if surge.active and surge.declared_by == _OF_NOTICES + notice_id:
        end(tx)


def _move(tx: Tx, was: Surge, surge: Surge) -> Surge:
    surges.write(tx, surge)
    if surge.active or was.active:
        tx.emit(
            events_pb2.SurgeChanged(
                surge_id=surge.id, active=surge.active, declared=bool(surge.declared_by), change_time=tx.now
            ),
            subject=surge.id,
        )
    return surge
