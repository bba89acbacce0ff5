"""Alerts: taken in once each, moved by what others say of them and by the clock."""

from __future__ import annotations

from dataclasses import dataclass

from hub120.outreach.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.statements import Row
from services.outreach.domain.alerts import (
    ALERT_MOVES,
    AlertState,
    NewAlert,
    Reference,
    by_clock,
    done_to_others,
    due_at,
    first_state,
    speaks_for,
)
from services.outreach.store import alerts as store
from services.outreach.store import notices
from services.outreach.use_cases import following


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an alert that came in."""

    alert_id: str
    state: AlertState
    duplicate: bool = False
    """It had come before; the first one counts."""


def take(tx: Tx, source: str, new: NewAlert) -> Taken:
    """Keep an alert, and do to others what it says of them. A second one of its name changes nothing; what came before
    it and speaks of it counts. One after another, so that an alert and its cancellation never miss each other."""
    store.one_at_a_time(tx)
    said = [(kind, by) for kind, by in store.said_of(tx, new) if done_to_others(kind)]
    state = first_state(new, {kind for kind, _ in said}, tx.now.timestamp())
    row = store.add(tx, new_id(tx.now), source, new, state, due_at(state, new.begins, new.ends))
    if row is None:
        known = store.hold(tx, Reference(new.sender, new.identifier))
        assert known is not None  # noqa: S101 - it is why nothing was added
        return Taken(known.id, AlertState(known.state), duplicate=True)
    if state in {AlertState.UPDATED, AlertState.CANCELLED}:
        row = store.move(tx, row, state, None, said[-1][1])
    _told(tx, row)
    _do_to_others(tx, row, new)
    if state is AlertState.ACTIVE:
        following.began(tx, row)
    return Taken(row.id, state)


def _do_to_others(tx: Tx, row: Row, new: NewAlert) -> None:
    effect = done_to_others(new.kind)
    if effect is None:
        return
    mine = [one for one in new.references if one.sender == new.sender]
    store.refer(tx, row.id, new, mine)
    for one in mine:
        other = store.hold(tx, one)
        if other is None or not speaks_for(new, one, other.status):
            continue
        if effect in ALERT_MOVES[AlertState(other.state)]:
            _told(tx, store.move(tx, other, effect, None, row.id))
        if effect is AlertState.CANCELLED:
            following.cancelled(tx, other, row)
        else:
            following.outdated(tx, other)


def tend(tx: Tx) -> bool:
    """Move one alert whose time has come; False if there is none. What is moved is not due again."""
    store.one_at_a_time(tx)
    row = store.due(tx)
    if row is None:
        return False
    state = by_clock(row.begins_at, row.ends_at, tx.now.timestamp())
    row = store.move(tx, row, state, due_at(state, row.begins_at, row.ends_at))
    _told(tx, row)
    if state is AlertState.ACTIVE:
        following.began(tx, row)
    return True


def opened(tx: Tx, alert_id: str, actor: str, purpose: str) -> tuple[Row, str]:
    """An alert with all that it says; it may name somebody who is looked for, so who reads is on record."""
    row = store.alert(tx, alert_id)
    if row is None:
        raise NotFound("alert", alert_id)
    notices.audit(tx, actor, "GetAlert", alert_id, purpose)
    return row, tx.opened("alert", row, "content")


def _told(tx: Tx, row: Row) -> None:
    sequence = store.changed(tx, row)
    tx.signal(events_pb2.AlertChanged(alert_id=row.id, sequence=sequence), subject=row.id)
