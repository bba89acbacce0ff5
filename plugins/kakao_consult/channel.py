"""The connector itself: the dealer's webhooks in, the dealer's API out. Which dealer it is, a setting says."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    Content,
    Context,
    Misconfigured,
    Outbound,
    Receipt,
    Received,
    Record,
    Request,
    Response,
    Session,
)

from plugins.kakao_consult import outbound
from plugins.kakao_consult.bizgo import Bizgo
from plugins.kakao_consult.dealer import Dealer
from plugins.kakao_consult.happytalk import HappyTalk
from plugins.kakao_consult.happytalk_v1 import HappyTalkV1
from plugins.kakao_consult.origin import Origin

DEALERS: dict[str, type[Dealer]] = {"bizgo": Bizgo, "happytalk": HappyTalk, "happytalk_v1": HappyTalkV1}


class KakaoConsult:
    """The Channel, and the Sessions that KakaoTalk keeps open until they are ended."""

    def __init__(self, context: Context) -> None:
        dealer = DEALERS.get(context.settings["dealer"])
        if dealer is None:
            raise Misconfigured(f"HUB120_CONNECTOR_KAKAO_CONSULT_DEALER must be one of {', '.join(DEALERS)}")
        self._context = context
        self._dealer = dealer(context)
        self._origin = Origin(context)

    def parse(self, request: Request) -> Sequence[Record]:
        """Check who calls, for nothing is signed, then read a message, a session's beginning, or a report."""
        self._origin.verify(request)
        return self._dealer.read(request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """That it was taken. The dealer waits 5 s and delivers up to three times more."""
        return Response.json(self._dealer.TAKEN)

    def send(self, message: Outbound) -> Receipt:
        """Write into the open session, files uploaded first."""
        return outbound.send(self._dealer, message)

    def end(self, session: Session) -> None:
        """End the session; the citizen opens the next one."""
        self._dealer.end(session.to.value)

    def fetch(self, attachment: Attachment) -> Content:
        """GET a picture or file from KakaoTalk's servers."""
        return outbound.fetch(self._context, attachment)
