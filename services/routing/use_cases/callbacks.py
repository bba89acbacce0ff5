"""Callbacks: asked for, held until their time, tried again when nobody answers, dropped when the citizen comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.routing.domain.callbacks import next_try
from services.routing.domain.plans import kind
from services.routing.domain.work import TAKEN, WorkState
from services.routing.store import callbacks, work
from services.routing.store.callbacks import Agreed
from services.routing.use_cases import desk, matching, merging
from services.routing.use_cases.matching import SWEEP, Terms, course_of
from services.routing.use_cases.waiting import notify


@dataclass(frozen=True, slots=True)
class Wish:
    """What a citizen asks for; empty where the work says it."""

    channel: str = ""
    point: str = ""
    medium: str = ""
    not_before: float | None = None


@dataclass(frozen=True, slots=True)
class Tries:
    """How often a citizen is called who does not answer, and after how long again."""

    most: int
    retry_s: float


def request_callback(tx: Tx, work_item_id: str, wish: Wish, costs: Mapping[str, int]) -> Row:
    """Call the citizen back in the place they have. Repeated, it agrees the same again and tells them nothing more."""
    item = _waiting(tx, work_item_id)
    medium = wish.medium or item.medium
    cost = item.cost if medium == item.medium else costs[medium]
    ahead = wish.not_before is not None and wish.not_before > tx.now.timestamp()
    agreed = Agreed(
        channel=wish.channel or item.channel,
        point=wish.point,
        medium=medium,
        cost=cost,
        kind=kind(cost, course_of(item).now.needs, held=ahead),
        held_until=wish.not_before if ahead else None,
    )
    callbacks.agree(tx, work_item_id, agreed)
    if item.callback_at is None:
        notify(tx, item, events_pb2.NOTICE_KIND_CALLBACK_KEPT)
    return _item(tx, work_item_id)


def callback_asked(tx: Tx, work_item_id: str, channel: str, costs: Mapping[str, int]) -> None:
    """The citizen answered a notice. Who is asked by an agent at this moment, or has one, needs no callback."""
    item = work.work_item(tx, work_item_id, lock=True)
    if item is not None and item.state == WorkState.QUEUED:
        request_callback(tx, work_item_id, Wish(channel=channel), costs)


def cancel_callback(tx: Tx, work_item_id: str) -> Row:
    """The citizen waits as before; if they have hung up, the work is cancelled. Repeated, it finds no callback."""
    item = _item(tx, work_item_id, lock=True)
    if item.callback_at is None:
        return item
    item = _waiting(tx, work_item_id)
    callbacks.drop(tx, work_item_id, kind(item.cost, course_of(item).now.needs))
    if item.left_at is not None:
        work.set_work(tx, work_item_id, WorkState.CANCELLED, None)
    return _item(tx, work_item_id)


def release_held(tx: Tx, offer_s: float) -> int:
    """Callbacks whose time has come look for an agent; returns how many. Done twice, the second time finds none."""
    released = 0
    while released < SWEEP and (item := callbacks.held(tx)):
        callbacks.release(tx, item.id, kind(item.cost, course_of(item).now.needs))
        matching.offer_waiting(tx, item.id, offer_s)
        released += 1
    return released


def no_answer(tx: Tx, work_item_id: str, agent_id: str, tries: Tries, terms: Terms) -> Row:
    """Nobody answered the callback: the agent is free, and the work waits in its place for the next try, or, after the
    last, its case is closed with a notice. Repeated, it finds the work done.

    Where a service waits for the call, that service says what comes next.

    A citizen who wrote meanwhile is there: what they wrote waits as work of its own, and nobody is called.
    """
    item = _item(tx, work_item_id)
    if item.agent_id != agent_id:
        raise NotFound("work item", work_item_id)
    if item.callback_at is None:
        raise PreconditionFailed("NO_CALLBACK", f"work item {work_item_id} is no callback; the citizen came back")
    if item.request_id:
        return desk.finish_work(tx, work_item_id, agent_id, close_case=False, unanswered=True, terms=terms)
    again_at = next_try(item.callback_tries + 1, tries.most, tries.retry_s, tx.now.timestamp())
    if item.state in TAKEN and again_at is None:
        notify(tx, item, events_pb2.NOTICE_KIND_CALLBACK_OVER)
        merging.restore_led(tx, item.case_id, terms)
    done = desk.finish_work(tx, work_item_id, agent_id, close_case=again_at is None, terms=terms)
    if item.state in TAKEN and again_at is not None and work.open_work(tx, item.case_id) is None:
        of = kind(item.cost, course_of(item).now.needs, held=True)
        callbacks.try_again(tx, item, new_id(tx.now), of, again_at)
    return done


def _waiting(tx: Tx, work_item_id: str) -> Row:
    item = _item(tx, work_item_id, lock=True)
    if item.state != WorkState.QUEUED:
        raise PreconditionFailed("WORK_NOT_WAITING", f"work item {work_item_id} is {item.state}; no callback is needed")
    return item


def _item(tx: Tx, work_item_id: str, *, lock: bool = False) -> Row:
    item = work.work_item(tx, work_item_id, lock=lock)
    if item is None:
        raise NotFound("work item", work_item_id)
    return item
