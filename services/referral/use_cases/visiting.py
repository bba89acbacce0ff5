"""What an agency does behind its link: opens it once, reads what the citizen agreed to, reports, asks for a new link.

Whoever reads is on record. Nothing is shown of a referral whose consent has ended, whatever the browser holds.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from chassis.database import Tx
from chassis.statements import Row
from services.referral.domain.dispatches import Errand
from services.referral.domain.links import MOST_REPORTS, SESSION_S, LinkState, may_send_again, offered, standing
from services.referral.domain.referrals import OVER, AgencyReport, ReferralState
from services.referral.store import consents, dispatches, links, named, trail
from services.referral.use_cases import dispatching, packets, reporting, roads
from services.referral.use_cases.moving import AGENCY, found, hold
from services.referral.use_cases.packets import Packet


@dataclass(frozen=True, slots=True)
class Landing:
    """What somebody with a link may know before it is opened: nothing about a person."""

    link_id: str
    state: LinkState
    number: str
    language: str
    form_key: str = field(repr=False)
    """What a form on it must bring along."""
    mine: bool = False
    """This browser opened it, and the page is still its own."""


class Door(StrEnum):
    """Whether a page is open to a browser."""

    OPEN = "open"
    STRANGE = "strange"
    """Another browser opened it, or it was too long ago."""
    ENDED = "ended"
    OVER = "over"
    """The agency declined it, or nobody waits for anything any more."""


@dataclass(frozen=True, slots=True)
class Page:
    """What an agency sees of a referral; ``packet`` and ``until`` only where the door is open."""

    link_id: str
    door: Door
    language: str
    number: str = ""
    state: ReferralState | None = None
    kind: str = ""
    service: str = ""
    urgent: bool = False
    packet: Packet | None = None
    until: float = 0.0
    """Until when the agency may keep it, in seconds since 1970."""
    offered: tuple[ReferralState, ...] = ()
    form_key: str = field(default="", repr=False)


def land(tx: Tx, token: str, secret_of: Callable[[str], str]) -> Landing | None:
    """Where a link stands; None if there is none. Looking changes nothing. ``secret_of`` gives what the browser holds
    for a link."""
    link = links.by_token(tx, token)
    return None if link is None else _landing(tx, link, token, secret_of(link.id))


def open_link(tx: Tx, token: str, form_key: str, secret: str) -> Landing | None:
    """Open a link for the browser that will hold ``secret``; ``mine`` if it did. One that was opened before, or opens
    no more, stays as it is."""
    link = links.by_token(tx, token)
    if link is None or not _fits(tx, form_key, token):
        return None
    row = hold(tx, link.referral_id)
    if not _is_over(tx, row) and links.open_with(tx, link.id, secret, tx.now.timestamp() + SESSION_S):
        links.replace(tx, row.id, link.id)
    return _landing(tx, links.link(tx, link.id) or link, token, secret)


def _landing(tx: Tx, link: Row, token: str, secret: str) -> Landing:
    row = found(tx, link.referral_id)
    return Landing(
        link_id=link.id,
        state=standing(
            ended=_is_over(tx, row),
            killed=link.killed,
            opened=link.opened_at is not None,
            expires_at=link.expires_at,
            now=tx.now.timestamp(),
        ),
        number=row.number,
        language=_language(tx, row),
        form_key=key_of(tx, token),
        mine=links.holds(tx, link, secret),
    )


def key_of(tx: Tx, of: str) -> str:
    """What a form must bring along: it follows from what only the page's holder knows."""
    return tx.keys.keyed_hash("agency_form", of).hex()


def _fits(tx: Tx, form_key: str, of: str) -> bool:
    return hmac.compare_digest(form_key.encode(), key_of(tx, of).encode())


def visit(tx: Tx, link_id: str, secret: str) -> Page | None:
    """What the agency sees; None if there is no such link. Where something of a person is shown, it is on record."""
    link = links.link(tx, link_id)
    if link is None:
        return None
    row = found(tx, link.referral_id)
    door = _door(tx, link, row, secret)
    if door is not Door.OPEN:
        key = key_of(tx, link_id) if door is Door.STRANGE else ""
        state = ReferralState(row.state) if door is Door.OVER else None
        return Page(link_id, door, _language(tx, row), row.number, state, form_key=key)
    return _opened(tx, link, row, secret)


def _door(tx: Tx, link: Row, row: Row, secret: str) -> Door:
    if link.killed == LinkState.ENDED:
        return Door.ENDED
    if not links.holds(tx, link, secret):
        return Door.STRANGE
    if row.state in OVER:
        return Door.OVER
    return Door.OPEN if dispatching.may_leave(tx, row) else Door.ENDED


def _opened(tx: Tx, link: Row, row: Row, secret: str) -> Page:
    trail.audit(tx, AGENCY, "AgencyPage", row.id, f"link {link.id}")
    consent = consents.consent(tx, row.consent_id)
    state = ReferralState(row.state)
    reached = ReferralState(row.reached) if row.reached else None
    return Page(
        link_id=link.id,
        door=Door.OPEN,
        language=_language(tx, row),
        number=row.number,
        state=state,
        kind=row.kind,
        service=named.name(tx, "service", row.service_id),
        urgent=bool(row.urgent),
        packet=packets.packet(tx, row.id),
        until=consent.until if consent is not None else 0.0,
        offered=offered(state, reached),
        form_key=key_of(tx, secret),
    )


def report(tx: Tx, link_id: str, secret: str, form_key: str, said: AgencyReport) -> bool:
    """The agency reports; True if it counts, or counted before. From a page that is not open, nothing does."""
    link = links.link(tx, link_id)
    if link is None or not _fits(tx, form_key, secret):
        return False
    row = hold(tx, link.referral_id)
    if _door(tx, link, row, secret) is not Door.OPEN or row.reports >= MOST_REPORTS:
        return False
    taken = reporting.take_report(tx, row.id, said)
    return taken.allowed or taken.duplicate


def ask_again(tx: Tx, link_id: str, form_key: str, of: str) -> bool:
    """The agency asks for a new link, from a page whose forms have the key of ``of``: it goes to the address that is
    known, and now and then only. False if none goes."""
    link = links.link(tx, link_id)
    if link is None or not _fits(tx, form_key, of):
        return False
    hold(tx, link.referral_id)
    before = [one.created_at for one in dispatches.of_referral(tx, link.referral_id) if one.errand == Errand.LINK]
    return may_send_again(before, tx.now.timestamp()) and dispatching.send_link(tx, link.referral_id)


def _is_over(tx: Tx, row: Row) -> bool:
    return row.state in OVER or not dispatching.may_leave(tx, row)


def _language(tx: Tx, row: Row) -> str:
    road = roads.road(tx, row.organization_id)
    return road.language if road is not None else "ko"
