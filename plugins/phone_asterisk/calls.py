"""What is done with legs and conferences: a leg is a channel of Asterisk, a conference is a mixing bridge, and those of
its legs that are held hear music in a holding bridge beside it. Where everybody is can be read there at any time."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from hub120_sdk import Conference, Context, Dial, Leg, LegState, Rejected
from hub120_sdk.answers import word

from plugins.phone_asterisk import mapping
from plugins.phone_asterisk.ari import Ari, names, text
from plugins.phone_asterisk.speech import media_for

DIALLED = "dialled"
"""First argument of Stasis for a leg that the hub dialled; then its conference, what it hears first, if it is muted."""
NOTHING = "-"
MUTED = "muted"
_NO_CHANNEL = "Channel not found"


class Calls:
    """Telephony on one exchange."""

    def __init__(self, context: Context, ari: Ari) -> None:
        self._settings = context.settings
        self._ari = ari

    def dial(self, dial: Dial) -> Leg:
        """Originate a channel with our id; one that has the id already is the answer."""
        to = mapping.endpoint(dial.to, self._settings)
        if not to:
            raise Rejected("the exchange cannot dial this address: check endpoint and account_endpoint")
        wanted = ",".join((DIALLED, dial.conference_id or NOTHING, self._announced(dial), _heard(dial)))
        query = {
            "endpoint": to,
            "app": self._settings["app"],
            "channelId": dial.leg_id,
            "timeout": str(max(1, round(dial.ring_s))),
        }
        if caller_id := dial.caller_id or self._settings["caller_id"]:
            query["callerId"] = caller_id
        answer = self._ari.ask("POST", "channels", fine=(409,), told={"appArgs": wanted}, **query)
        if answer.status == 409:
            found = self._ari.one("channels", dial.leg_id)
            return Leg(dial.leg_id, mapping.state(text(found, "state")) if found else LegState.ENDED)
        return Leg(dial.leg_id, mapping.state(word(answer, "state")))

    def _announced(self, dial: Dial) -> str:
        if not dial.announcement:
            return NOTHING
        return quote(media_for(self._settings, dial.announcement, dial.language), safe="")

    def bridge(self, conference_id: str, leg_ids: Sequence[str]) -> Conference:
        """Make the bridge if it is not there, and put the legs into it."""
        self.make(conference_id)
        for leg_id in leg_ids:
            self.add(conference_id, leg_id)
        return self.look(conference_id)

    def make(self, bridge_id: str, kind: str = mapping.MIXING) -> None:
        """A bridge; one that is there already will do."""
        self._ari.ask("POST", "bridges", bridge_id, fine=(409,), type=kind, name=mapping.NAME)

    def add(self, bridge_id: str, leg_id: str) -> None:
        """Put a leg into a bridge, out of any other; a caller who is not answered yet is answered."""
        bridge, leg = self._ari.one("bridges", bridge_id), self._ari.one("channels", leg_id)
        if bridge is None or leg is None:
            raise Rejected("the conference is over" if bridge is None else "the call is over")
        if leg_id in names(bridge, "channels"):
            return
        if leg.get("state") == "Ring":
            self._ari.ask("POST", "channels", leg_id, "answer")
        self._ari.ask("POST", "bridges", bridge_id, "addChannel", channel=leg_id)

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        """Out of the conference, be it held or not."""
        for bridge_id in (conference_id, conference_id + mapping.HOLD):
            answer = self._ari.ask("POST", "bridges", bridge_id, "removeChannel", fine=(400, 404, 422), channel=leg_id)
            if answer.status == 400 and word(answer, "message") != _NO_CHANNEL:
                raise Rejected("the exchange does not understand what to take out of the conference")
            if answer.status < 300:
                return

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        """Between the two bridges of a conference."""
        places = self._places(conference_id, leg_id)
        self.make(places[held], "holding" if held else mapping.MIXING)
        self.add(places[held], leg_id)

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        """What its telephone says goes nowhere, in whichever of the two bridges it is; or to the others again."""
        self._places(conference_id, leg_id)
        self.silence(leg_id, muted)

    def silence(self, leg_id: str, muted: bool) -> None:
        """Of the channel itself: ``addChannel`` can mute too, but only for one stay in a bridge, and until its end."""
        self._ari.ask("POST" if muted else "DELETE", "channels", leg_id, "mute", direction="in")

    def _places(self, conference_id: str, leg_id: str) -> tuple[str, str]:
        """The two bridges of a conference. Raises ``Rejected`` where the leg is in neither."""
        places = (conference_id, conference_id + mapping.HOLD)
        if not any(leg_id in names(self._ari.one("bridges", one), "channels") for one in places):
            raise Rejected("the call is not in this conference")
        return places

    def hang_up(self, leg_id: str) -> None:
        """End a channel."""
        self._ari.ask("DELETE", "channels", leg_id, fine=(404,), reason="normal")

    def look(self, conference_id: str) -> Conference:
        """Who is in the two bridges, and how each leg stands."""
        legs = []
        for bridge_id in (conference_id, conference_id + mapping.HOLD):
            for leg_id in names(self._ari.one("bridges", bridge_id), "channels"):
                found = self._ari.one("channels", leg_id)
                if found is not None:
                    held = mapping.conference(bridge_id)[1]
                    legs.append(Leg(leg_id, LegState.HELD if held else mapping.state(text(found, "state"))))
        return Conference(conference_id, tuple(legs))


def _heard(dial: Dial) -> str:
    return MUTED if dial.muted else NOTHING
