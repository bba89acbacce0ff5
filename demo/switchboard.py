"""An exchange with telephones: what the hub dials rings, is answered, is busy or says nothing, as it is told; bridges
hold who was put into them, and everything is told on the event stream."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from hub120_sdk.testing import Answer, Seen

from plugins.phone_asterisk.tests.exchange import Exchange, parameters

_NO_CONTENT = Answer(204, b"")


class Switchboard(Exchange):
    """Use as a context manager. Telephones are named as they are dialled: ``PJSIP/031220@trunk``."""

    def __init__(self) -> None:
        super().__init__()
        self.dialled: list[tuple[str, str]] = []
        """Telephone and leg, in the order in which they were dialled."""
        self.answering: set[str] = set()
        """Telephones that are answered at once; the others ring."""
        self.busy: set[str] = set()
        self.broken: set[str] = set()
        """Telephones that make the exchange fail."""
        self.said: list[tuple[str, str]] = []
        """Leg and words of what was played, each heard to its end at once."""
        self._args: dict[str, str] = {}

    def forget(self) -> None:
        """As it was at first: another hub has come."""
        with self._lock:
            for kept in (self.dialled, self.answering, self.busy, self.broken, self.said, self.channels, self.bridges):
                kept.clear()
            self.muted.clear()
            self._waiting.clear()

    def call_in(self, number: str) -> str:
        """A citizen calls; the id of their channel."""
        leg_id = f"{uuid4().int % 10**10}.{uuid4().int % 1000}"
        with self._lock:
            self.channels[leg_id] = _channel(leg_id, "Up", number, "hub120,citizen")
            self._tell("StasisStart", leg_id, args=["citizen"])
        return leg_id

    def pick_up(self, leg_id: str) -> None:
        """Somebody answers."""
        with self._lock:
            arguments = self._args[leg_id]
            self.channels[leg_id] = _channel(leg_id, "Up", "", f"hub120,{arguments}")
            self._tell("StasisStart", leg_id, args=arguments.split(","))

    def press(self, leg_id: str, key: str) -> None:
        """Somebody presses a key of their telephone."""
        with self._lock:
            self._tell("ChannelDtmfReceived", leg_id, digit=key, duration_ms=120)

    def hang_up(self, leg_id: str, cause: int = 16) -> None:
        """A telephone is put down, or its line drops."""
        with self._lock:
            if leg_id in self.channels:
                self._end(leg_id, cause)

    def legs(self, telephone: str) -> list[str]:
        """Every leg with which a telephone was dialled."""
        with self._lock:
            return [leg_id for dialled, leg_id in self.dialled if dialled == telephone]

    def together(self, bridge_id: str) -> set[str]:
        """Who hears whom."""
        with self._lock:
            return set(self.bridges.get(bridge_id, {}).get("channels", ()))

    def heard_with(self, leg_id: str) -> set[str]:
        """Who is on one bridge with a leg, and that leg; nobody if it is on none."""
        with self._lock:
            found = (set(bridge["channels"]) for bridge in self.bridges.values() if leg_id in bridge["channels"])
            return next(found, set())

    def _shown(self, seen: Seen) -> Answer:
        if seen.method == "GET":
            return super()._shown(seen)
        where = urlsplit(seen.path)
        kind, *path = [unquote(part) for part in where.path.removeprefix("/ari/").split("/")]
        query = parameters(seen)
        if kind == "channels" and path[1:] == ["mute"]:
            return super()._shown(seen)
        if kind == "channels" and path[1:] == ["play"]:
            return self._play(path[0], query["playbackId"], seen.body.decode())
        if kind == "channels" and seen.method == "DELETE":
            self.hang_up(path[0])
        elif kind == "channels" and not path:
            return self._dial(query)
        elif kind == "bridges":
            return self._bridge(seen.method, path, query)
        return _NO_CONTENT

    def _dial(self, query: Mapping[str, str]) -> Answer:
        telephone, leg_id = query["endpoint"], query["channelId"]
        if leg_id in self.channels:
            return Answer.json({"message": "Channel with given unique ID already exists"}, 409)
        self.dialled.append((telephone, leg_id))
        if telephone in self.broken:
            return Answer.json({"error": "Allocation failed"}, 500)
        self._args[leg_id] = query["appArgs"]
        self.channels[leg_id] = _channel(leg_id, "Ringing", "", "")
        self._tell("ChannelStateChange", leg_id)
        if telephone in self.busy:
            self._end(leg_id, 17)
        elif telephone in self.answering:
            self.pick_up(leg_id)
        return Answer.json({"id": leg_id, "state": "Down"})

    def _play(self, leg_id: str, playback_id: str, words: str) -> Answer:
        if leg_id not in self.channels:
            return Answer.json({"message": "Channel not found"}, 404)
        self.said.append((leg_id, words))
        playback = {"id": playback_id, "target_uri": f"channel:{leg_id}", "state": "done"}
        told = {"type": "PlaybackFinished", "timestamp": _now(), "playback": playback}
        self.deliver(json.dumps(told).encode())
        return Answer.json({**playback, "state": "queued"}, 201)

    def _bridge(self, method: str, path: list[str], query: Mapping[str, str]) -> Answer:
        bridge_id, what = path[0], path[1] if len(path) > 1 else ""
        if method == "DELETE":
            self.bridges.pop(bridge_id, None)
        elif not what:
            if bridge_id in self.bridges:
                return Answer.json({"message": "exists"}, 409)
            named = {"id": bridge_id, "name": query["name"], "bridge_type": query["type"], "channels": []}
            self.bridges[bridge_id] = named
            return Answer.json(named)
        elif what == "addChannel":
            self._put(bridge_id, query["channel"])
        elif what == "removeChannel":
            self._take_out(query["channel"])
        return _NO_CONTENT

    def _put(self, bridge_id: str, leg_id: str) -> None:
        self._take_out(leg_id)
        self.bridges[bridge_id] = {
            **self.bridges[bridge_id], "channels": [*self.bridges[bridge_id]["channels"], leg_id],
        }  # fmt: skip
        self._tell("ChannelEnteredBridge", leg_id, bridge=self.bridges[bridge_id])

    def _take_out(self, leg_id: str) -> None:
        for bridge_id, bridge in list(self.bridges.items()):
            if leg_id in bridge["channels"]:
                left = [one for one in bridge["channels"] if one != leg_id]
                self.bridges[bridge_id] = {**bridge, "channels": left}
                self._tell("ChannelLeftBridge", leg_id, bridge=self.bridges[bridge_id])

    def _end(self, leg_id: str, cause: int) -> None:
        self._take_out(leg_id)
        gone = self.channels.pop(leg_id)
        self.deliver(_event("ChannelDestroyed", gone, cause=cause))

    def _tell(self, kind: str, leg_id: str, **more: Any) -> None:
        self.deliver(_event(kind, self.channels[leg_id], **more))

    def _show(self, delivery: bytes) -> None:
        """What is there is known here already."""


def _event(kind: str, channel: Mapping[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": kind, "timestamp": _now(), "channel": channel, **more}).encode()


def _channel(leg_id: str, state: str, number: str, app_data: str) -> dict[str, Any]:
    return {
        "id": leg_id,
        "state": state,
        "caller": {"name": "", "number": number},
        "dialplan": {"app_name": "Stasis" if app_data else "", "app_data": app_data},
        "creationtime": _now(),
    }


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "+0000"
