"""What is done with legs and conferences.

Twilio chooses the ids of calls, so a dialled leg is found by its label, which is the hub's id: in the conference it is
in, or in the room where it waits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from hub120_sdk import AddressKind, Conference, Context, Dial, Leg, LegState, Rejected

from plugins.phone_twilio import mapping, twiml
from plugins.phone_twilio.rest import Rest, word

_CALL_SID = "CA"
_CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
Participant = Mapping[str, object]


class Calls:
    """Telephony of one account."""

    def __init__(self, context: Context, rest: Rest) -> None:
        self._context = context
        self._rest = rest

    def dial(self, dial: Dial) -> Leg:
        """Call into a conference, or into a room; a leg that is there already is not called anew."""
        if dial.to.kind is AddressKind.EMAIL or not dial.to.value:
            raise Rejected("this is no telephone")
        name = dial.conference_id or twiml.room(dial.leg_id)
        found = self._participant(name, dial.leg_id)
        if found is not None:
            return _leg(found, dial.leg_id)
        fields = self._fields(dial)
        if dial.announcement:
            self._rest.post("Calls", **fields, Twiml=self._announced(dial))
            return Leg(dial.leg_id, LegState.DIALLING)
        made = self._rest.post("Conferences", name, "Participants", **fields, **self._place(dial))
        return _leg(made, dial.leg_id)

    def _fields(self, dial: Dial) -> dict[str, str]:
        called_back = urlencode({twiml.LEG: dial.leg_id})
        return {
            "To": dial.to.value,
            "From": dial.caller_id or self._context.settings["from_number"],
            "Timeout": str(max(5, min(600, round(dial.ring_s)))),
            "StatusCallback": f"{self._context.public_url}{twiml.CALLS_PATH}?{called_back}",
            "StatusCallbackEvent": " ".join(_CALL_EVENTS),
        }

    def _place(self, dial: Dial) -> dict[str, str]:
        music = self._context.settings["music_url"]
        place = {
            "Label": dial.leg_id,
            "Beep": "false",
            "EndConferenceOnExit": "false",
            "StartConferenceOnEnter": "true" if dial.conference_id else "false",
            "ConferenceStatusCallback": f"{self._context.public_url}{twiml.CONFERENCES_PATH}",
            "ConferenceStatusCallbackEvent": "join leave hold",
        }
        return place | ({"Muted": "true"} if dial.muted else {}) | ({"WaitUrl": music} if music else {})

    def _announced(self, dial: Dial) -> str:
        leg = twiml.Wanted(dial.leg_id, dial.conference_id, dial.muted)
        return twiml.document(twiml.announced(self._context, dial.announcement, dial.language, leg))

    def bridge(self, conference_id: str, leg_ids: Sequence[str]) -> Conference:
        """A conference begins when somebody enters it."""
        for leg_id in leg_ids:
            self.add_party(conference_id, leg_id)
        return self.look(conference_id)

    def add_party(self, conference_id: str, leg_id: str) -> None:
        """Tell the call to take part in the conference, wherever it is now; who was muted there stays so."""
        if self._participant(conference_id, leg_id) is None:
            call, muted = self._call(leg_id)
            self._tell(call, twiml.join(self._context, conference_id, leg_id, muted=muted))

    def remove_party(self, conference_id: str, leg_id: str) -> None:
        """Back into its room, where it hears music."""
        found = self._participant(conference_id, leg_id)
        if found is not None:
            self._tell(word(found, "call_sid"), twiml.wait(self._context, leg_id, muted=_is_muted(found)))

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        """Music for this leg alone."""
        music = self._context.settings["music_url"]
        more = {"HoldUrl": music} if held and music else {}
        self._change(conference_id, leg_id, Hold="true" if held else "false", **more)

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        """The others do not hear this leg, or hear it again."""
        self._change(conference_id, leg_id, Muted="true" if muted else "false")

    def _change(self, conference_id: str, leg_id: str, **fields: str) -> None:
        found = self._participant(conference_id, leg_id)
        if found is None:
            raise Rejected("the call is not in this conference")
        self._rest.post("Conferences", word(found, "conference_sid"), "Participants", word(found, "call_sid"), **fields)

    def hang_up(self, leg_id: str) -> None:
        """End the call; one that is nowhere has ended."""
        call, _ = self._call(leg_id)
        if not call:
            return
        try:
            self._rest.post("Calls", call, Status="completed")
        except Rejected:
            if (self._rest.get("Calls", call) or {"status": "completed"}).get("status") not in mapping.ENDS:
                raise

    def look(self, conference_id: str) -> Conference:
        """Who takes part."""
        legs = (_leg(one, word(one, "label") or word(one, "call_sid")) for one in self._participants(conference_id))
        return Conference(conference_id, tuple(one for one in legs if one.state is not LegState.ENDED))

    def speak(self, leg_id: str, words: str, language: str) -> None:
        """Say something to who waits, and let them wait on. Raises ``Rejected`` where they are not waiting."""
        if self._participant(twiml.room(leg_id), leg_id) is None:
            raise Rejected("the caller is in a conversation, or not on the line: tell them, or use another channel")
        call, muted = self._call(leg_id)
        self._tell(call, twiml.say(words, language) + twiml.wait(self._context, leg_id, muted=muted))

    def _tell(self, call: str, verbs: str) -> None:
        if not call:
            raise Rejected("the call is not there any more, or not answered yet")
        self._rest.post("Calls", call, Twiml=twiml.document(verbs))

    def _call(self, leg_id: str) -> tuple[str, bool]:
        """Twilio's id of a leg's call, empty if it is nowhere, and whether it is muted there. Where it is in a
        conference that nobody named, all that are going on are looked through."""
        if leg_id.startswith(_CALL_SID):
            return leg_id, False
        found = self._participant(twiml.room(leg_id), leg_id)
        if found is None:
            going_on = self._rest.all("conferences", "Conferences", Status="in-progress")
            everywhere = (self._labelled(word(one, "sid"), leg_id) for one in going_on)
            found = next((one for one in everywhere if one is not None), None)
        return (word(found, "call_sid"), _is_muted(found)) if found else ("", False)

    def _participant(self, conference: str, leg_id: str) -> Participant | None:
        """A leg in a conference of that name, unless it has ended."""
        found = (self._labelled(sid, leg_id) for sid in self._sids(conference))
        return next((one for one in found if one is not None), None)

    def _labelled(self, conference_sid: str, leg_id: str) -> Participant | None:
        found = self._rest.get("Conferences", conference_sid, "Participants", leg_id)
        return found if found and _leg(found, leg_id).state is not LegState.ENDED else None

    def _participants(self, conference: str) -> Iterator[Participant]:
        for sid in self._sids(conference):
            yield from self._rest.all("participants", "Conferences", sid, "Participants")

    def _sids(self, conference: str) -> list[str]:
        """Twilio's ids of what goes on under a name: one, if any."""
        found = self._rest.all("conferences", "Conferences", FriendlyName=conference)
        return [word(one, "sid") for one in found if word(one, "status") != "completed"]


def _is_muted(found: Participant) -> bool:
    return found.get("muted") is True


def _leg(found: Participant, leg_id: str) -> Leg:
    state = mapping.PARTICIPANTS.get(word(found, "status"), LegState.DIALLING)
    return Leg(leg_id, LegState.HELD if state is LegState.UP and found.get("hold") is True else state)
