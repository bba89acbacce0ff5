"""What alerts make of notices: proposed when an alert begins, told anew when it is updated, called off when it is over.

Nothing is sent here: what is proposed waits for people. Notices that were released go on while an update waits for its
approval, so that nobody is left without any; a cancellation stops them at once.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from chassis.database import Tx
from chassis.statements import Row
from services.outreach import wording
from services.outreach.domain.alerts import AlertKind, may_be_told
from services.outreach.domain.areas import Area, lies_in
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.notices import (
    BY_RULE,
    LONGEST_S,
    NoticeAct,
    NoticeClass,
    NoticeState,
    Warned,
    rule_for,
)
from services.outreach.store import alerts, notice_rules
from services.outreach.store import notices as store
from services.outreach.store.notices import NewNotice
from services.outreach.use_cases import proposing, withdrawing

_MOST_CHARACTERS = 900
"""Of an authority's own words in a text that is proposed."""


def began(tx: Tx, alert: Row) -> None:
    """An alert counts from now on: propose what the rules say, or, for an update, what those shall read who got the
    first. Nothing for what is not for the public."""
    if not may_be_told(alert.status, alert.scope, alert.kind):
        return
    area = Area.read(alert.area)
    told = _told(tx, alert) if alert.kind == AlertKind.UPDATE else []
    for root in told:
        _propose(tx, alert, root, NoticeAct.UPDATE)
    fresh = _added(area, [Area.read(one.area) for one in told]) if told else area
    if fresh is None:
        return
    warned = Warned(Hazard(alert.hazard), alert.category, alert.severity, alert.urgency, alert.certainty, fresh)
    rule = rule_for(warned, notice_rules.every(tx))
    if rule is not None:
        _propose_first(tx, alert, rule.notice_class, rule.channels, fresh)


def outdated(tx: Tx, alert: Row) -> None:
    """Another took its place: what was only proposed of it is called off."""
    for one in store.of_alert(tx, alert.id):
        if one.state == NoticeState.PROPOSED:
            withdrawing.withdraw(tx, one, BY_RULE, "alert_updated")


def cancelled(tx: Tx, alert: Row, by: Row) -> None:
    """It is over: what was proposed of it is called off, what has not left does not leave, and those who got one shall
    be told."""
    roots = _roots(tx, alert)
    for one in store.of_alert(tx, alert.id):
        if one.state == NoticeState.PROPOSED:
            withdrawing.withdraw(tx, one, BY_RULE, "alert_cancelled")
    for root in roots:
        withdrawing.withdraw(tx, root, BY_RULE, "alert_cancelled")
        if may_be_told(by.status, by.scope, by.kind):
            _propose(tx, by, root, NoticeAct.CANCEL)


def _told(tx: Tx, alert: Row) -> list[Row]:
    """The notices that were released of the alerts which this one updates."""
    found = {one.id: one for other in alerts.referred_by(tx, alert.id) for one in _roots(tx, other)}
    return list(found.values())


def _roots(tx: Tx, alert: Row) -> list[Row]:
    """What was released of an alert, or, where that was a telling-anew which never left, what it followed."""
    found = {}
    for one in store.of_alert(tx, alert.id):
        followed = store.hold(tx, one.follows) if one.follows and one.state != NoticeState.RELEASED else one
        if followed is not None and followed.state == NoticeState.RELEASED and followed.act != NoticeAct.CANCEL:
            found[followed.id] = followed
    return list(found.values())


def _added(area: Area, told: Sequence[Area]) -> Area | None:
    """The districts that nobody was told in before."""
    before = [code for one in told for code in one.codes]
    codes = tuple(code for code in area.codes if not any(lies_in(code, one) for one in before))
    return Area(codes, names=area.names) if codes else None


def _propose_first(tx: Tx, alert: Row, notice_class: NoticeClass, channels: tuple[str, ...], area: Area) -> None:
    texts = _texts(tx, alert, NoticeAct.FIRST, area.names)
    new = NewNotice(notice_class, alert.hazard, area, channels, texts, BY_RULE, _ends(tx, alert), alert_id=alert.id)
    proposing.add(tx, new)


def _propose(tx: Tx, alert: Row, root: Row, act: NoticeAct) -> None:
    """For the readers of a notice. Done again, it is there."""
    if any(one.alert_id == alert.id for one in store.followers(tx, root.id)):
        return
    area = Area.read(root.area)
    hazard = root.hazard if act is NoticeAct.CANCEL else alert.hazard
    new = NewNotice(
        NoticeClass(root.notice_class), hazard, area, tuple(root.channels.split()),
        _texts(tx, alert, act, area.names, hazard), BY_RULE,
        tx.now.timestamp() + LONGEST_S if act is NoticeAct.CANCEL else _ends(tx, alert),
        act, alert.id, root.id, root.sign_video_url if act is NoticeAct.UPDATE else "",
    )  # fmt: skip
    proposing.add(tx, new)


def _ends(tx: Tx, alert: Row) -> float:
    return min(float(alert.ends_at), tx.now.timestamp() + LONGEST_S)


def _texts(tx: Tx, alert: Row, act: NoticeAct, names: Sequence[str], hazard: str = "") -> dict[str, str]:
    """Our words where there are any for such a disaster; else the authority's own, for a person to make plain."""
    found = wording.texts(Hazard(hazard or alert.hazard), act, names)
    return found or {wording.KOREAN: _their_words(tx, alert)}


def _their_words(tx: Tx, alert: Row) -> str:
    content = json.loads(tx.opened("alert", alert, "content") or "{}")
    infos = content.get("infos", [])
    main = next((one for one in infos if one["language"].lower().startswith("ko")), infos[0] if infos else {})
    said = main.get("description") or main.get("headline") or alert.event or alert.identifier
    return str(said)[:_MOST_CHARACTERS]
