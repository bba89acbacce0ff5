"""Waiting: where work stands in its line, how its line goes, and telling the citizens who wait."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from hub120.routing.v1 import events_pb2

from chassis.database import Tx
from chassis.errors import NotFound
from chassis.ids import new_id
from chassis.statements import Row
from services.routing import protos
from services.routing.domain.plans import HELD, kind_parts
from services.routing.domain.queues import (
    LOOK_AGAIN_S,
    MOST_COUNTED,
    TELL_AGAIN_S,
    Pace,
    Standing,
    expected_wait,
    offers_callback,
    standing,
    worth_telling,
)
from services.routing.domain.surges import Surge
from services.routing.domain.work import WorkState
from services.routing.store import queues, surges, work

AT_ONCE = 100
"""Work items that are looked at in one transaction: their rows are held until its end."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in which something waits."""

    cost: int
    needs: Sequence[str]
    waiting: int
    oldest: float
    pace: Pace
    wait_s: float | None
    """Of somebody who comes now."""


def position(tx: Tx, work_item_id: str) -> tuple[Row, Standing | None]:
    """A work item, and where it stands in its line; None unless it waits there. Raises ``NotFound``."""
    item = work.work_item(tx, work_item_id)
    if item is None:
        raise NotFound("work item", work_item_id)
    if item.state != WorkState.QUEUED or item.held_until is not None:
        return item, None
    return item, standing(queues.pace(tx, item.kind), queues.ahead(tx, item), tx.now.timestamp())


def lines(tx: Tx) -> list[Line]:
    """Every line in which something waits, the longest first. Callbacks that wait for their time stand in none."""
    kinds = [kind for kind in work.waiting_kinds(tx) if HELD not in kind_parts(kind)[1]]
    return sorted((_line(tx, kind) for kind in kinds), key=lambda line: (-line.waiting, line.oldest))


def _line(tx: Tx, kind: str) -> Line:
    cost, needs = kind_parts(kind)
    length, pace = queues.length(tx, kind), queues.pace(tx, kind)
    wait_s = expected_wait(pace, length.waiting, tx.now.timestamp())
    return Line(cost, needs, length.waiting, length.oldest or 0.0, pace, wait_s)


def tell_waiting(tx: Tx, patience_s: float) -> int:
    """Tell those who have waited for so long where they stand, if there is something to tell; returns how many were
    looked at. Whoever was looked at is looked at again only after a while, so a second run finds none."""
    found = queues.due(tx, patience_s, AT_ONCE)
    surge = surges.read(tx) if found else Surge()
    places: dict[str, _Places] = {}
    now = tx.now.timestamp()
    for item in found:
        if item.kind not in places:
            places[item.kind] = _Places.read(tx, item.kind)
        stands = places[item.kind].standing(item.id, now)
        if _tell(tx, item, stands, surge):
            queues.told(tx, item.id, stands.position, now + TELL_AGAIN_S)
        else:
            queues.looked_at(tx, item.id, now + LOOK_AGAIN_S)
    return len(found)


@dataclass(frozen=True, slots=True)
class _Places:
    """The first of a line and how fast it goes, read once for all who are told of it."""

    pace: Pace
    ahead: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, tx: Tx, kind: str) -> _Places:
        first = work.waiting(tx, kind, MOST_COUNTED)
        return cls(queues.pace(tx, kind), {work_item_id: ahead for ahead, work_item_id in enumerate(first)})

    def standing(self, work_item_id: str, now: float) -> Standing:
        return standing(self.pace, self.ahead.get(work_item_id, MOST_COUNTED), now)


def _tell(tx: Tx, item: Row, stands: Standing, surge: Surge) -> bool:
    """Tell a citizen where they stand if that is worth it, in a surge with the banner once; True if something was
    told."""
    banner = surge.active and surges.tell_once(tx, surge, item.case_id)
    if not banner and not worth_telling(stands, item.told_position, item.told_at, tx.now.timestamp()):
        return False
    kind = events_pb2.NOTICE_KIND_BANNER if banner else events_pb2.NOTICE_KIND_POSITION
    offered = surge.active or offers_callback(stands.wait_s)
    notify(tx, item, kind, stands, offers_callback=offered, texts=surge.texts if banner else {})
    return True


def notify(
    tx: Tx,
    item: Row,
    kind: events_pb2.NoticeKind,
    stands: Standing | None = None,
    *,
    offers_callback: bool = False,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Have the citizen of a work item told something."""
    wait_s = stands.wait_s if stands else None
    tx.emit(
        events_pb2.QueueNotice(
            notice_id=new_id(tx.now),
            work_item_id=item.id,
            case_id=item.case_id,
            medium=protos.MEDIA[item.medium],
            kind=kind,
            position=stands.position if stands else 0,
            expected_wait=None if wait_s is None else timedelta(seconds=round(wait_s)),
            offers_callback=offers_callback,
            texts=texts,
            notice_time=tx.now,
        ),
        subject=item.case_id,
        traceparent=item.traceparent,
    )
