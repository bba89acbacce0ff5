"""The event stream of Asterisk: a websocket on which events come in their order, and no word of what was missed.

So at each beginning the exchange is asked who is there, and what is known of it from the last time (the line's cursor)
says what went unheard: callers that nobody noticed, legs that are gone, conferences entered and left.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import websocket
from hub120_sdk import CallEvent, Context, LegState, Line, Misconfigured, Record, Rejected, Retry, Unreadable

from plugins.phone_asterisk import mapping
from plugins.phone_asterisk.ari import Ari, names, text
from plugins.phone_asterisk.calls import Calls
from plugins.phone_asterisk.inbound import Reader, arguments, channel_id, moment
from plugins.phone_asterisk.legs import Known, Legs
from plugins.phone_asterisk.reactions import Channel, Reactions

_LOOK_S = 0.5
_PING_S = 10.0
_LOST_S = 30.0
_REPLACED = "ApplicationReplaced"
_CLOSED = (websocket.ABNF.OPCODE_CLOSE, None)


class Listening:
    """Listens for one application."""

    def __init__(self, context: Context, ari: Ari, calls: Calls) -> None:
        self._app = context.settings["app"]
        self._now = context.now
        self._ari = ari
        self._reader = Reader(context)
        self._reactions = Reactions(context, ari, calls, self._reader)

    def listen(self, line: Line) -> None:
        """Until the line or the connection ends; see the SDK's ``Listener``."""
        stream = _Stream(self._ari)
        try:
            legs = Legs(line.cursor)
            self._catch_up(line, legs)
            for told in stream.texts(line):
                self._take(line, legs, told)
        finally:
            stream.close()

    def _take(self, line: Line, legs: Legs, told: bytes) -> None:
        """One event. What is none is stepped over: Asterisk would not send it better a second time."""
        with suppress(Unreadable):
            event = _event(told)
            if event.get("type") == _REPLACED:
                raise Retry("another listener has taken the application")
            before, joined = legs.cursor, legs.get(channel_id(event)).joined
            records = self._reader.read(event, legs)
            self._reactions.react(event, joined)
            if records:
                line.keep(records, legs.cursor if legs.cursor != before else None)

    def _catch_up(self, line: Line, legs: Legs) -> None:
        """Tell what happened while nobody listened."""
        there = {text(one, "id"): one for one in self._ours(legs)}
        places = self._places()
        records = [record for one in there.values() for record in self._found(one, legs, places)]
        for leg_id in legs:
            if leg_id not in there:
                known = legs.get(leg_id)
                records.append(CallEvent(leg_id, LegState.ENDED, self._now(), known.conference_id))
                legs.drop(leg_id)
                self._reactions.clear(known.joined)
        if records:
            _keep(line, records, legs.cursor)

    def _ours(self, legs: Legs) -> Iterator[Channel]:
        """The exchange's channels that are the hub's business."""
        subscribed = names(self._ari.one("applications", self._app), "channel_ids")
        for channel in self._ari.all("channels"):
            leg_id = text(channel, "id")
            ours = leg_id in legs or leg_id in subscribed or arguments(channel, self._app) is not None
            if ours and leg_id and not leg_id.endswith(";2"):
                yield channel

    def _places(self) -> dict[str, tuple[str, bool]]:
        """The conference of each leg, and whether it is held there."""
        return {
            leg_id: mapping.conference(text(bridge, "id"))
            for bridge in self._ari.all("bridges")
            for leg_id in names(bridge, "channels")
        }

    def _found(self, channel: Channel, legs: Legs, places: Mapping[str, tuple[str, bool]]) -> list[Record]:
        """What is new of a leg that is there."""
        leg_id, told = text(channel, "id"), arguments(channel, self._app)
        is_new, was = leg_id not in legs, legs.get(leg_id)
        conference_id, held = places.get(leg_id, ("", False))
        state = LegState.HELD if held else mapping.state(text(channel, "state"))
        if state is LegState.UP and was.state is LegState.HELD and was.conference_id == conference_id:
            state = LegState.HELD  # by the telephone itself, which Asterisk does not show
        with suppress(Rejected):
            if is_new and leg_id not in places:
                self._reactions.started(channel)
            elif state is LegState.UP and not (was.joined or conference_id):
                self._reactions.join(channel)
        if not is_new and (state, conference_id) == (was.state, was.conference_id):
            return []
        happened = moment(text(channel, "creationtime")) if is_new else self._now()
        legs.put(leg_id, Known(state, conference_id, conference_id or was.joined))
        calls = is_new and told is not None and self._reader.is_caller(told)
        contact = [self._reader.call(channel)] if calls else []
        return [*contact, CallEvent(leg_id, state, happened, conference_id)]


def _keep(line: Line, records: Sequence[Record], cursor: str) -> None:
    """All together; where the hub refuses that, all but what it refuses."""
    try:
        line.keep(records, cursor)
    except Unreadable:
        for record in records:
            with suppress(Unreadable):
                line.keep([record])
        line.keep([], cursor)


class _Stream:
    """The websocket."""

    def __init__(self, ari: Ari) -> None:
        headers = [f"Authorization: {ari.authorisation}"]
        try:
            self._socket = websocket.create_connection(
                ari.events_url, timeout=ari.timeout_s, header=headers, skip_utf8_validation=True
            )
        except websocket.WebSocketBadStatusException as error:
            raise _refused(error.status_code) from None
        except (websocket.WebSocketException, OSError) as error:
            raise Retry(f"Asterisk cannot be reached ({type(error).__name__})") from None

    def texts(self, line: Line) -> Iterator[bytes]:
        """What comes, until the line ends or the connection is lost."""
        self._socket.settimeout(_LOOK_S)
        heard = pinged = time.monotonic()
        while not line.ended():
            told = self._next()
            now = time.monotonic()
            if told is not None:
                heard = now
                if told:
                    yield told
            elif now - heard > _LOST_S:
                raise Retry("Asterisk is silent")
            elif now - max(heard, pinged) > _PING_S:
                pinged = now
                self._ping()

    def _next(self) -> bytes | None:
        """The next text; empty for a sign of life, None if nothing came in a while."""
        try:
            kind, data = self._socket.recv_data(control_frame=True)
        except websocket.WebSocketTimeoutException:
            return None
        except (websocket.WebSocketException, OSError) as error:
            raise Retry(f"the connection to Asterisk is lost ({type(error).__name__})") from None
        if kind in _CLOSED:
            raise Retry("Asterisk has closed the connection")
        return bytes(data) if kind == websocket.ABNF.OPCODE_TEXT else b""

    def _ping(self) -> None:
        try:
            self._socket.ping()
        except (websocket.WebSocketException, OSError) as error:
            raise Retry(f"the connection to Asterisk is lost ({type(error).__name__})") from None

    def close(self) -> None:
        """Hang up without ado."""
        with suppress(websocket.WebSocketException, OSError):
            self._socket.close(timeout=0)


def _refused(status: int) -> Retry | Misconfigured:
    if status in {401, 403}:
        return Misconfigured(f"Asterisk refuses the login ({status}): check username, password and ari.conf")
    if status in {400, 404}:
        return Misconfigured(f"Asterisk has no event stream there ({status}): check base_url, app, and that ARI is on")
    return Retry(f"Asterisk refuses the connection ({status})")


def _event(told: bytes) -> Mapping[str, object]:
    try:
        event = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise Unreadable("an event is not JSON") from error
    if not isinstance(event, dict):
        raise Unreadable("an event is no object")
    return event
