"""What goes on reaching the panel of referrals: each referral of the case, entry by entry."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

from hub120.referral.v1 import referral_pb2 as pb
from hub120.referral.v1 import referral_service_pb2 as referrals

from services.console.desk.referring.cards import card, now
from services.console.desk.tools import LOOK_S
from services.console.live import News
from services.console.looking import looked_at
from services.console.visits import Visit

_MOST = 50
"""Referrals of one case that are shown."""


class ReferralNews:
    """One page that listens to the referrals of one case."""

    def __init__(self, visit: Visit, case_id: str) -> None:
        self._visit = visit
        self._all = referrals.ListReferralsRequest(case_id=case_id, page_size=_MOST)
        self._following: dict[str, asyncio.Task[None]] = {}

    async def told(self) -> AsyncIterator[News]:
        """Each referral. No stream tells that one is proposed, so they are looked for; each then has a stream."""
        try:
            async for referral in looked_at(self._visit, "referrals", LOOK_S, self._listed):
                if referral.id in self._following:
                    continue
                for part in await card(self._visit, referral):
                    yield part
                following = self._visit.live.join(self._follow(referral))
                self._following[referral.id] = asyncio.create_task(following)
        finally:
            for task in self._following.values():
                task.cancel()

    async def _listed(self) -> Sequence[pb.Referral]:
        """All of them, the oldest first."""
        return list(reversed((await self._visit.ask(self._all)).referrals))

    async def _follow(self, referral: pb.Referral) -> AsyncIterator[News]:
        """What happened and happens to one."""

        def ask(last: referrals.WatchReferralResponse | None) -> referrals.WatchReferralRequest:
            return referrals.WatchReferralRequest(
                referral_id=referral.id, after_sequence=last.entry.sequence if last else 0
            )

        drawn = referral.sequence
        async for told in self._visit.follow(f"referral {referral.id}", ask):
            yield self._visit.part(
                f"referral-{referral.id}-entries", "desk/referring_entry.html", put=True, entry=told.entry,
                referral_id=referral.id,
            )  # fmt: skip
            if told.entry.sequence > drawn:
                here = next((one for one in await self._listed() if one.id == referral.id), referral)
                drawn = here.sequence
                for part in now(self._visit, here):
                    yield part
