"""What the exchange is asked to do when something happened there: who calls is answered and hears music, who was called
and answered hears what was to be said first and is put into their conference, an empty conference is cleared away."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import unquote

from hub120_sdk import Context, Rejected, shapes

from plugins.phone_asterisk import mapping
from plugins.phone_asterisk.ari import Ari, names, text
from plugins.phone_asterisk.calls import NOTHING, Calls
from plugins.phone_asterisk.inbound import Reader, Wanted, arguments, channel_id, wanted
from plugins.phone_asterisk.speech import FIRST

Channel = Mapping[str, object]


class Reactions:
    """Each may be done twice, and a call that is gone meanwhile is nobody's trouble."""

    def __init__(self, context: Context, ari: Ari, calls: Calls, reader: Reader) -> None:
        self._app = context.settings["app"]
        self._music = context.settings["waiting_music"] != "no"
        self._ari = ari
        self._calls = calls
        self._reader = reader
        self._announced: set[str] = set()
        """Legs that hear, or heard, what was to be said first: nobody hears it twice who was found by looking and is
        told of then."""

    def react(self, event: Mapping[str, object], joined: str) -> None:
        """Do what an event asks for; ``joined`` is the conference its leg was in last.

        Raises ``Retry`` and its kinds, ``Misconfigured``, ``Unreadable``.
        """
        kind = shapes.text(event, "type")
        with suppress(Rejected):
            if kind == "StasisStart":
                self.started(shapes.mapping(event, "channel"))
            elif kind == "PlaybackFinished":
                self._said(shapes.text(event, "playback", "id"))
            elif kind in {"StasisEnd", "ChannelDestroyed"}:
                self._announced.discard(channel_id(event))
                self.clear(joined)

    def started(self, channel: Channel) -> None:
        """A channel is in the application. Raises ``Rejected`` where it is gone."""
        leg_id, told = text(channel, "id"), arguments(channel, self._app)
        if told is None or not leg_id:
            return
        if self._reader.is_caller(told) and self._music:
            self._calls.make(mapping.WAITING, "holding")
            self._calls.add(mapping.WAITING, leg_id)
        dialled = wanted(told)
        if dialled is None:
            return
        if dialled.first == NOTHING:
            self._join(dialled, leg_id)
        elif leg_id not in self._announced:
            media = {"media": unquote(dialled.first)}
            self._ari.ask("POST", "channels", leg_id, "play", told=media, playbackId=FIRST + leg_id)
            self._announced.add(leg_id)

    def join(self, channel: Channel) -> None:
        """Put an answered leg into the conference it was dialled for, if there is one."""
        dialled = wanted(arguments(channel, self._app) or [])
        if dialled is not None:
            self._join(dialled, text(channel, "id"))

    def _join(self, dialled: Wanted, leg_id: str) -> None:
        """Muted first: nobody shall be heard for a moment who was to hear only."""
        if dialled.muted:
            self._calls.silence(leg_id, True)
        if dialled.conference_id != NOTHING:
            self._calls.make(dialled.conference_id)
            self._calls.add(dialled.conference_id, leg_id)

    def _said(self, playback: str) -> None:
        """A leg has heard what was to be said first, or it could not be played."""
        if playback.startswith(FIRST):
            self.join(self._ari.one("channels", playback.removeprefix(FIRST)) or {})

    def clear(self, conference_id: str) -> None:
        """Clear away a conference of the hub's whose last leg has ended. Not sooner: while a leg goes from one of its
        bridges to the other, one is empty."""
        if not conference_id:
            return
        bridges = {one: self._ari.one("bridges", one) for one in (conference_id, conference_id + mapping.HOLD)}
        if any(names(one, "channels") for one in bridges.values()):
            return
        for bridge_id, bridge in bridges.items():
            if bridge is not None and text(bridge, "name") == mapping.NAME:
                self._ari.ask("DELETE", "bridges", bridge_id, fine=(404,))
