"""The connector itself. Reading and answering a skill call is in ``inbound``, the callback in ``outbound``."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import Attachment, Content, Context, Inbound, Outbound, Receipt, Received, Request, Response

from plugins.kakaotalk import inbound, outbound


class KakaoTalk:
    """The Channel."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def parse(self, request: Request) -> Sequence[Inbound | Receipt]:
        """Check the operator's secret, then read the skill call. KakaoTalk signs nothing and reports no delivery."""
        inbound.authorise(self._context, request)
        return inbound.read(self._context, request)

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """The case number at once (KakaoTalk waits 5 s), with replies that were waiting for the citizen to write."""
        return inbound.answer(self._context, request, received)

    def send(self, message: Outbound) -> Receipt:
        """Reply over the callback while it lives; else parked until the citizen writes again."""
        return outbound.send(self._context, message)

    def fetch(self, attachment: Attachment) -> Content:
        """GET the picture; its address dies within minutes."""
        return outbound.fetch(self._context, attachment)
