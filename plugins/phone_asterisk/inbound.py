"""Asterisk's events in our records. What a leg was before is remembered in ``legs``; nothing is asked or done here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from hub120_sdk import (
    KEYS,
    CallEvent,
    Context,
    Delivery,
    EndReason,
    Inbound,
    KeyPress,
    LegState,
    Receipt,
    Record,
    Unreadable,
    shapes,
)

from plugins.phone_asterisk import mapping
from plugins.phone_asterisk.calls import DIALLED, MUTED
from plugins.phone_asterisk.legs import Known, Legs
from plugins.phone_asterisk.outbound import LEG
from plugins.phone_asterisk.speech import SAID

Event = Mapping[str, object]
_OTHER_HALF = ";2"
"""The end of the id of a Local channel's other half, which is no telephone."""


class Reader:
    """Reads events for one application."""

    def __init__(self, context: Context) -> None:
        self._settings = context.settings
        self._readers: Mapping[str, Callable[[Event, Legs], list[Record]]] = {
            "StasisStart": self._started,
            "ChannelStateChange": self._changed,
            "Dial": self._dialled,
            "ChannelHold": self._held,
            "ChannelUnhold": self._changed,
            "ChannelEnteredBridge": self._entered,
            "ChannelLeftBridge": self._left,
            "StasisEnd": self._ended,
            "ChannelDestroyed": self._ended,
            "ChannelDtmfReceived": self._pressed,
            "PlaybackFinished": self._played,
        }

    def read(self, event: Event, legs: Legs) -> list[Record]:
        """The records of one event; none for events that tell nothing new. Raises ``Unreadable``."""
        reader = self._readers.get(shapes.text(event, "type"))
        if reader is None or channel_id(event).endswith(_OTHER_HALF):
            return []
        return reader(event, legs)

    def is_caller(self, arguments: list[str]) -> bool:
        """Whether Stasis was entered by a citizen's call: with the argument that is set, or with none."""
        return not arguments or arguments[0] == self._settings["caller_argument"]

    def call(self, channel: Event) -> Inbound:
        """A caller as contact."""
        leg_id = shapes.text(channel, "id", required=True)
        number, name = shapes.text(channel, "caller", "number"), shapes.text(channel, "caller", "name")
        proved = self._settings["caller_id_is_proved"] == "yes"
        return Inbound(
            provider_id=leg_id,
            sender=mapping.sender(number, name, leg_id, self._settings["country_code"], proved),
            occurred_at=moment(shapes.text(channel, "creationtime")),
            reply_context={LEG: leg_id},
        )

    def _started(self, event: Event, legs: Legs) -> list[Record]:
        told = [str(one) for one in shapes.items(event, "args")]
        is_new = self.is_caller(told) and channel_id(event) not in legs
        contact = [self.call(shapes.mapping(event, "channel"))] if is_new else []
        return [*contact, *self._changed(event, legs)]

    def _changed(self, event: Event, legs: Legs) -> list[Record]:
        leg_id, was = channel_id(event), legs.get(channel_id(event))
        state = mapping.state(shapes.text(event, "channel", "state"))
        if state is LegState.UP and was.state is LegState.HELD and shapes.text(event, "type") != "ChannelUnhold":
            state = LegState.HELD
        return _stands(event, legs, leg_id, state, was.conference_id)

    def _held(self, event: Event, legs: Legs) -> list[Record]:
        leg_id = channel_id(event)
        return _stands(event, legs, leg_id, LegState.HELD, legs.get(leg_id).conference_id)

    def _dialled(self, event: Event, legs: Legs) -> list[Record]:
        """Its end is told by the channel's end; where it was busy only this event says so."""
        leg_id, said = shapes.text(event, "peer", "id", required=True), shapes.text(event, "dialstatus")
        if said == "BUSY":
            return _over(event, legs, leg_id, EndReason.BUSY)
        if said in {"", "PROGRESS", "PROCEEDING"} and leg_id not in legs:
            return _stands(event, legs, leg_id, LegState.DIALLING, "")
        return []

    def _entered(self, event: Event, legs: Legs) -> list[Record]:
        conference_id, held = mapping.conference(shapes.text(event, "bridge", "id", required=True))
        return _stands(event, legs, channel_id(event), LegState.HELD if held else LegState.UP, conference_id)

    def _left(self, event: Event, legs: Legs) -> list[Record]:
        return _stands(event, legs, channel_id(event), LegState.UP, "")

    def _ended(self, event: Event, legs: Legs) -> list[Record]:
        """Out of the application is out of the hub's hands, wherever the dialplan leads it then."""
        cause = event.get("cause")
        was_up = shapes.text(event, "channel", "state") == "Up"
        known = cause if isinstance(cause, int) else 16
        return _over(event, legs, channel_id(event), mapping.end_reason(known, was_up))

    def _pressed(self, event: Event, legs: Legs) -> list[Record]:
        """Asterisk also tells A to D, which no telephone has."""
        leg_id, key = shapes.text(event, "channel", "id", required=True), shapes.text(event, "digit")
        return [KeyPress(leg_id, key, moment(shapes.text(event, "timestamp")))] if key in KEYS else []

    def _played(self, event: Event, legs: Legs) -> list[Record]:
        playback = shapes.text(event, "playback", "id")
        if not playback.startswith(SAID):
            return []
        failed = shapes.text(event, "playback", "state") == "failed"
        reason = "the exchange could not play it: check announcement_media" if failed else ""
        state = Delivery.FAILED if failed else Delivery.DELIVERED
        return [Receipt(state, playback, playback.removeprefix(SAID), reason)]


def channel_id(event: Event) -> str:
    """The channel that an event is about; empty if it is about none. Raises ``Unreadable``."""
    return shapes.text(event, "channel", "id")


def moment(written: str) -> datetime:
    """A time of Asterisk, ``2026-11-22T08:40:28.888+0000``. Raises ``Unreadable``."""
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise Unreadable("an event has no time") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def arguments(channel: Event, app: str) -> list[str] | None:
    """What Stasis was entered with, as the channel itself tells; None if it is not in the application."""
    name, _, told = shapes.text(channel, "dialplan", "app_data").partition(",")
    if shapes.text(channel, "dialplan", "app_name") != "Stasis" or name != app:
        return None
    return told.split(",") if told else []


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a leg was dialled for."""

    conference_id: str
    first: str
    """What it hears first; like the conference as it was passed."""
    muted: bool


def wanted(told: list[str]) -> Wanted | None:
    """What a leg was dialled for; None for legs that the hub did not dial."""
    if len(told) != 4 or told[0] != DIALLED:
        return None
    _, conference_id, first, heard = told
    return Wanted(conference_id, first, heard == MUTED)


def _stands(event: Event, legs: Legs, leg_id: str, state: LegState, conference_id: str) -> list[Record]:
    if not leg_id:
        raise Unreadable("an event names no channel")
    was, is_new = legs.get(leg_id), leg_id not in legs
    happened = was.next_moment(moment(shapes.text(event, "timestamp")))
    if not is_new and (was.state, was.conference_id) == (state, conference_id):
        return []
    legs.put(leg_id, Known(state, conference_id, conference_id or was.joined, happened))
    return [CallEvent(leg_id, state, happened, conference_id)]


def _over(event: Event, legs: Legs, leg_id: str, reason: EndReason) -> list[Record]:
    if not leg_id:
        raise Unreadable("an event names no channel")
    was = legs.get(leg_id)
    happened = was.next_moment(moment(shapes.text(event, "timestamp")))
    legs.drop(leg_id)
    return [CallEvent(leg_id, LegState.ENDED, happened, was.conference_id, reason=reason)]
