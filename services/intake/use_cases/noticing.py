"""Noticing: citizens who wait are told so on their channel, and their answer is understood."""

from __future__ import annotations

from collections.abc import Collection

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from services.intake.domain.cases import CaseState
from services.intake.domain.notices import AUTOMATIC, TRUE_FOR_S, Notice, asks_for_callback, worded
from services.intake.store import notices
from services.intake.use_cases import replying
from services.intake.use_cases.replying import Cut


def tell_citizen(tx: Tx, notice: Notice, channels: Collection[str], cut: Cut) -> bool:
    """Queue a notice as an automatic reply; True if it was queued. Told twice, the second time finds the reply.

    Nothing is told by a channel that is none of ``channels``, in a call, after the time until which the channel takes
    replies, in a closed case, or of a place that was true too long ago or that an agent has taken the citizen from.
    """
    road = notices.road(tx, notice.case_id)
    if road is None or road.channel not in channels or road.medium != "text" or road.state == CaseState.CLOSED:
        return False
    now = tx.now.timestamp()
    if road.reply_until is not None and road.reply_until <= now:
        return False
    if notice.of_a_place and (road.state == CaseState.IN_PROGRESS or now - notice.true_at > TRUE_FOR_S):
        return False
    replying.reply_to_case(tx, notice.case_id, AUTOMATIC, notice.id, worded(notice, road.language), cut)
    if notice.offers_callback:
        notices.offer_callback(tx, notice.case_id, notice.work_item_id)
    return True


def understand(tx: Tx, case_id: str, channel: str, text: str) -> None:
    """Tell routing if a message is the answer that asks for a callback. The offer is taken once."""
    if not asks_for_callback(text):
        return
    work_item_id = notices.take_callback(tx, case_id)
    if work_item_id is not None:
        tx.emit(events_pb2.CallbackAsked(case_id=case_id, work_item_id=work_item_id, channel=channel), subject=case_id)
