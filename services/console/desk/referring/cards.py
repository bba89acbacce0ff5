"""How a referral stands, as a card of the panel: a frame that stays, and in it what changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hub120.referral.v1 import directory_service_pb2 as directory
from hub120.referral.v1 import referral_pb2 as pb

from services.console.drawing import choices
from services.console.live import Part
from services.console.visits import Visit

_AT_AGENCY: Final = frozenset(
    {
        pb.REFERRAL_STATE_SENT,
        pb.REFERRAL_STATE_ACKNOWLEDGED,
        pb.REFERRAL_STATE_ACCEPTED,
        pb.REFERRAL_STATE_IN_PROGRESS,
    }
)
_ON_ITS_WAY: Final = _AT_AGENCY | {pb.REFERRAL_STATE_CONSENTED, pb.REFERRAL_STATE_ESCALATED}
OFFERED: Final[Mapping[str, frozenset[int]]] = {
    "consent": frozenset({pb.REFERRAL_STATE_PROPOSED}),
    "send": frozenset({pb.REFERRAL_STATE_CONSENTED, pb.REFERRAL_STATE_ESCALATED}),
    "call": _ON_ITS_WAY,
    "report": _ON_ITS_WAY,
    "confirm": frozenset({pb.REFERRAL_STATE_COMPLETED, pb.REFERRAL_STATE_UNREACHABLE, pb.REFERRAL_STATE_ESCALATED}),
    "reroute": frozenset({pb.REFERRAL_STATE_NOT_HELPED, pb.REFERRAL_STATE_DECLINED, pb.REFERRAL_STATE_ESCALATED}),
    "revoke": _ON_ITS_WAY | {pb.REFERRAL_STATE_COMPLETED},
    "withdraw": _ON_ITS_WAY | {pb.REFERRAL_STATE_PROPOSED},
}
"""What a card offers, by where its referral stands. Whether it may be done the service says."""
SAID: Final = (
    pb.REFERRAL_STATE_ACKNOWLEDGED,
    pb.REFERRAL_STATE_ACCEPTED,
    pb.REFERRAL_STATE_IN_PROGRESS,
    pb.REFERRAL_STATE_COMPLETED,
    pb.REFERRAL_STATE_DECLINED,
)
"""What an agency may say on the telephone."""


async def card(visit: Visit, referral: pb.Referral) -> Sequence[Part]:
    """A referral that is new on the page."""
    found = await visit.ask(directory.GetServiceRequest(service_id=referral.service_id))
    frame = visit.part("referring-list", "desk/referring_card.html", put=True, referral=referral, service=found.service)
    return [frame, *now(visit, referral)]


def now(visit: Visit, referral: pb.Referral) -> Sequence[Part]:
    """What changes on the card of a referral."""
    offered = {step for step, states in OFFERED.items() if referral.state in states}
    language = visit.language
    return [
        visit.part(f"referral-{referral.id}-head", "desk/referring_head.html", referral=referral),
        visit.part(
            f"referral-{referral.id}-steps", "desk/referring_steps.html", referral=referral, offered=offered,
            purposes=choices(pb.ConsentPurpose, language), items=choices(pb.ConsentItem, language),
            outcomes=choices(pb.ReferralOutcome, language), declined=choices(pb.DeclineReason, language),
            said=[one for one in choices(pb.ReferralState, language) if one[0] in SAID],
        ),
    ]  # fmt: skip
