"""The connector itself: calls come by the event stream (``listening``) and are led by REST (``calls``)."""

from __future__ import annotations

from collections.abc import Sequence

from hub120_sdk import (
    Attachment,
    Conference,
    Content,
    Context,
    Dial,
    Leg,
    Line,
    Outbound,
    Receipt,
    Received,
    Record,
    Rejected,
    Request,
    Response,
    Unauthorised,
)

from plugins.phone_asterisk import outbound
from plugins.phone_asterisk.ari import Ari
from plugins.phone_asterisk.calls import Calls


class AsteriskPhone:
    """The Channel, Listener and Telephony."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._ari = Ari(context)
        self._calls = Calls(context, self._ari)

    def listen(self, line: Line) -> None:
        """Hold the event stream until the line or the connection ends."""
        from plugins.phone_asterisk.listening import Listening  # noqa: PLC0415 (websockets, which only a worker needs)

        Listening(self._context, self._ari, self._calls).listen(line)

    def parse(self, request: Request) -> Sequence[Record]:
        """Calls come by the event stream alone; nobody has a reason to call."""
        raise Unauthorised("this channel takes no requests")

    def answer(self, request: Request, received: Sequence[Received]) -> Response:
        """Nobody waits for one."""
        return Response()

    def send(self, message: Outbound) -> Receipt:
        """Speak to a caller."""
        return outbound.send(self._context, self._ari, message)

    def fetch(self, attachment: Attachment) -> Content:
        """A call has no files."""
        raise Rejected("a call has no files")

    def dial(self, dial: Dial) -> Leg:
        """Call a telephone."""
        return self._calls.dial(dial)

    def bridge(self, conference_id: str, leg_ids: Sequence[str]) -> Conference:
        """Make a conference."""
        return self._calls.bridge(conference_id, leg_ids)

    def add_party(self, conference_id: str, leg_id: str) -> None:
        """Put one more leg into a conference."""
        self._calls.add(conference_id, leg_id)

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        """Take a leg out of a conference."""
        self._calls.remove_party(conference_id, leg_id)

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        """Music instead of the conference, or the conference again."""
        self._calls.hold(conference_id, leg_id, held)

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        """Unheard by the others, or heard again."""
        self._calls.mute(conference_id, leg_id, muted)

    def hang_up(self, leg_id: str) -> None:
        """End a leg."""
        self._calls.hang_up(leg_id)

    def look(self, conference_id: str) -> Conference:
        """Who hears whom."""
        return self._calls.look(conference_id)
