"""Released notices become mailings: each is taken once, its list filled a chunk at a time, and started when it is full.

The approvals of a notice are its mailing's, and the mailing has the release's id. An update takes the place of what it
follows when it starts; what is called off stops at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from chassis.database import Tx
from chassis.statements import Row
from services.outreach.domain import audience as rules
from services.outreach.domain.alerts import may_be_told
from services.outreach.domain.audience import WAITS_S, Filling
from services.outreach.domain.mailings import (
    MAILING_MOVES,
    OPEN,
    Kind,
    MailingState,
    NewMailing,
    Step,
    Urgency,
    needs_approval,
)
from services.outreach.domain.notices import CLOCK, Entry, NoticeAct, NoticeClass
from services.outreach.store import alerts, mailings, notice_sendings, notices
from services.outreach.use_cases import audience, mailing, proposing

_LOOKED_AT = 50


def take(tx: Tx, roads: Mapping[str, str], one_may_send_to: int) -> bool:
    """Begin to send one release that waits; False if there is none that any of its channels (``roads``: the connectors
    that run, by channel) carries. Its notice's row is held, so that one worker takes it, once."""
    for found in notices.waiting(tx, _LOOKED_AT):
        steps = rules.steps(found.channels.split(), roads)
        if not steps:
            continue
        row, release = notices.hold(tx, found.notice_id), notices.release_of(tx, found.notice_id)
        if row is None or release is None or release.taken_at is not None or release.stopped_at is not None:
            continue
        if not _for_the_public(tx, row):
            notices.stop(tx, row.id)
            continue
        _open(tx, row, release, steps, roads, one_may_send_to)
        return True
    return False


def _for_the_public(tx: Tx, row: Row) -> bool:
    """Asked once more where it leaves: no exercise or test does, however it was released."""
    alert = alerts.alert(tx, row.alert_id) if row.alert_id else None
    return alert is None or may_be_told(alert.status, alert.scope, alert.kind)


def _open(
    tx: Tx, row: Row, release: Row, steps: tuple[Step, ...], roads: Mapping[str, str], one_may_send_to: int
) -> None:
    notice_class = NoticeClass(release.notice_class)
    kept = notices.texts(tx, release, "notice_release")
    words = {language: one["text"] for language, one in kept.items()}
    new = NewMailing(
        id=release.id,
        kind=Kind.NOTICE,
        urgency=Urgency.LIFE_SAFETY if notice_class is NoticeClass.LIFE_SAFETY else Urgency.BULK,
        title=f"{row.hazard} {release.act}",
        steps=steps,
        texts=rules.texts(words, row.sign_video_url, release.channels.split(), roads),
        created_by=notices.standing(tx, row).approved_by[0],
        needs_approval_above=one_may_send_to,
        wait_s=WAITS_S[notice_class],
        ends_at=release.ends_at,
    )
    mailing.open_mailing(tx, new)
    notices.taken(tx, release.id)
    in_area = not release.readers_of or (release.act == NoticeAct.UPDATE and not _full(tx, release.readers_of))
    notice_sendings.add(tx, release, rules.first_of(follows=bool(release.readers_of)), in_area=in_area)


def _full(tx: Tx, release_id: str) -> bool:
    """Whether everybody in the area was put on the list of a release before another took its place."""
    earlier = notice_sendings.of(tx, release_id)
    return earlier is not None and earlier.filling == Filling.FULL


def fill(tx: Tx) -> bool:
    """Put some more people on the list of a notice, and start it when that is full; False if none is being filled.
    Where a run stopped is kept with what it wrote, so another goes on there."""
    sending = notice_sendings.open_one(tx)
    if sending is None:
        return False
    row, release = notices.hold(tx, sending.notice_id), notices.release_of(tx, sending.notice_id)
    if row is None or release is None or not _goes_on(tx, release):
        notice_sendings.reached(tx, sending.release_id, Filling.OFF, sending.reached)
        halt(tx, [sending.release_id], CLOCK)
        return True
    filling = Filling(sending.filling)
    page = audience.page(tx, release, filling, sending.reached)
    mailing.add_recipients(tx, release.id, page.people)
    if not page.over:
        notice_sendings.reached(tx, release.id, filling, page.place)
        return True
    filling = rules.after(filling, NoticeClass(release.notice_class), in_area=bool(sending.in_area))
    notice_sendings.reached(tx, release.id, filling, "")
    if filling is Filling.FULL:
        mailing.close_list(tx, release.id)
        _start(tx, row, release)
    return True


def _goes_on(tx: Tx, release: Row) -> bool:
    """A notice that was called off, has ended or was taken over by its update is filled no more."""
    wanted = release.stopped_at is None and release.ends_at > tx.now.timestamp()
    return wanted and mailing.of(tx, release.id).state in OPEN


def _start(tx: Tx, row: Row, release: Row) -> None:
    """Let it leave, on the word of those who approved the notice. One person's word is not enough for a list that has
    grown beyond what one may send to since it was counted: that waits as any mailing does."""
    opened, approved_by = mailing.of(tx, release.id), notices.standing(tx, row).approved_by
    if len(approved_by) == 1 and needs_approval(opened.total, opened.needs_approval_above):
        proposing.told(tx, row, Entry.HELD, CLOCK, reason="more_recipients")
        return
    mailings.approve(tx, release.id, approved_by[-1])
    mailing.start(tx, release.id, approved_by[-1])
    if release.readers_of:
        halt(tx, chain(tx, release.readers_of), CLOCK)
    proposing.told(tx, row, Entry.SENDING, CLOCK)


def chain(tx: Tx, release_id: str) -> list[str]:
    """A release and all that it follows, the newest first."""
    found = [release_id]
    while (release := notices.release_with(tx, found[-1])) is not None and release.readers_of:
        found.append(release.readers_of)
    return found


def halt(tx: Tx, release_ids: list[str], who: str) -> None:
    """What has not left of releases does not leave. Done twice, nothing changes."""
    for release_id in release_ids:
        row = mailings.hold(tx, release_id)
        if row is not None:
            mailings.end_now(tx, release_id)
            if MailingState.STOPPED in MAILING_MOVES[MailingState(row.state)]:
                mailing.stop(tx, release_id, who)


def stop_past_end(tx: Tx) -> bool:
    """Stop one mailing whose time has passed; False if there is none."""
    row = mailings.past_end(tx)
    if row is None:
        return False
    mailing.stop(tx, row.id, CLOCK)
    return True
