"""Merging: in a surge one piece of work stands for what many report, and all of them hear how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hub120.intake.v1 import case_pb2
from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.statements import Row
from services.routing.domain.merging import MERGED_CLASSES, MergeState, loaded, may_be_merged
from services.routing.domain.surges import Surge
from services.routing.domain.work import NewWork, PriorityClass
from services.routing.store import merging, surges
from services.routing.use_cases.matching import Terms, enqueue

_NOBODY = "hub120"
"""Who closed a case, where no agent is known to have."""


def take_in(tx: Tx, new: NewWork, place: bytes, window_s: float, terms: Terms) -> bool:
    """Take a contact in with other work; False if it is work of its own, which the caller queues.

    A contact of a merged case is counted there; an urgent one restores the case first. Elsewhere it is merged if there
    is a surge and open work on the same topic and place, reported so short a time before.
    """
    if not new.opens_case and (merge := merging.of_case(tx, new.case_id)) is not None:
        return _counted(tx, merge, new, terms)
    if not place or not may_be_merged(new):
        return False
    merging.report(tx, new, place)
    surge = surges.read(tx)
    leading = merging.leading(tx, new, place, tx.now.timestamp() - window_s) if surge.active else None
    if leading is None or leading.case_id == new.case_id:
        return False
    merging.merge(tx, new_id(tx.now), new, leading)
    _notify(tx, events_pb2.NOTICE_KIND_JOINED, new, leading.id, surge)
    return True


def _counted(tx: Tx, merge: Row, new: NewWork, terms: Terms) -> bool:
    merging.count(tx, merge.id, new.contact_sequence)
    if new.priority_class in MERGED_CLASSES and new.medium == "text":
        return True
    urgent = replace(new, queued_at=loaded(merge.work).queued_at, contacts=merge.contact_count + 1)
    merging.end(tx, merge.id, MergeState.RESTORED)
    enqueue(tx, urgent, terms)
    return True


def correct(tx: Tx, case_id: str, topic: str, priority_class: PriorityClass, terms: Terms) -> None:
    """Somebody has set right what a case is about: a merged one was merged by mistake, or is urgent, and waits by
    itself. Told twice, the second time finds it so."""
    merge = merging.of_case(tx, case_id)
    if merge is None:
        return
    work = loaded(merge.work)
    if (work.topic, work.priority_class) != (topic, priority_class):
        _restore(tx, merge, terms, topic=topic, priority_class=priority_class)


def unmerge(tx: Tx, case_id: str, terms: Terms) -> None:
    """The case's work waits by itself again, in the place it would have. Raises ``NotFound`` if it is not merged."""
    merge = merging.of_case(tx, case_id)
    if merge is None:
        raise NotFound("merged case", case_id)
    _restore(tx, merge, terms)


def restore_led(tx: Tx, leading_case_id: str, terms: Terms) -> None:
    """The leading work ends without an outcome: what it led waits by itself. Done twice, the second time finds none."""
    for merge in merging.led(tx, leading_case_id):
        _restore(tx, merge, terms)


def _restore(tx: Tx, merge: Row, terms: Terms, **changed: Any) -> None:
    if merging.end(tx, merge.id, MergeState.RESTORED):
        counted = {"contacts": merge.contact_count, "contact_sequence": merge.contact_sequence}
        enqueue(tx, replace(loaded(merge.work), **counted, **changed), terms)


def settle(tx: Tx, led: Iterable[Row], agent_id: str) -> None:
    """The leading case is closed: those whose reports it stood for hear so, and their cases are closed with it, unless
    they wrote since. Done twice, the second time finds none."""
    for merge in led:
        if not merging.end(tx, merge.id, MergeState.SETTLED):
            continue
        work = loaded(merge.work)
        _notify(tx, events_pb2.NOTICE_KIND_OUTCOME, work, merge.leading_id, Surge())
        tx.emit(
            events_pb2.WorkDone(
                work_item_id=merge.leading_id,
                case_id=merge.case_id,
                agent_id=agent_id,
                close_case=True,
                contact_sequence=merge.contact_sequence,
            ),
            subject=merge.case_id,
            traceparent=work.traceparent,
        )


def case_closed(tx: Tx, case_id: str) -> None:
    """A case was closed: what it led is settled, and what it was merged with leads it no more. Told twice, the second
    time finds none."""
    own = merging.of_case(tx, case_id)
    if own is not None:
        merging.end(tx, own.id, MergeState.DROPPED)
    settle(tx, merging.led(tx, case_id), _NOBODY)


def _notify(tx: Tx, kind: events_pb2.NoticeKind, work: NewWork, leading_id: str, surge: Surge) -> None:
    tx.emit(
        events_pb2.QueueNotice(
            notice_id=new_id(tx.now),
            work_item_id=leading_id,
            case_id=work.case_id,
            medium=case_pb2.MEDIUM_TEXT,
            kind=kind,
            texts=surge.texts,
            notice_time=tx.now,
        ),
        subject=work.case_id,
        traceparent=work.traceparent,
    )
