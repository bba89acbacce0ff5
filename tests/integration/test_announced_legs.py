"""A telephone that the hub calls, from the command to the key that somebody presses there: intake, the connector for
Asterisk and an exchange with telephones, in one process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hub120.intake.v1 import legs_pb2
from hub120_sdk import Listener, Received, Record
from hub120_sdk.testing.ear import Ear, KitLine

from chassis.clock import system_clock
from chassis.process import Process, migrate_services, open_process, prepare
from chassis.settings import Settings
from demo.switchboard import Switchboard
from services.intake import SERVICE
from services.intake.arrivals import Arrivals
from services.intake.telephones import Hands, carry_out
from tests.integration.routing_floor import rows

EXCHANGE, TELEPHONE = "phone_asterisk", "PJSIP/031220@trunk"
LEG, CONFERENCE = "0199e0f2-7c00-7abc-8def-000000000001", "0199e0f2-7c00-7abc-8def-000000000002"
ON_THE_WAY = 30.0
"""Seconds: what must happen at all, on a machine with much to do."""
WORDS = "120입니다. 인수하시려면 1번을 누르세요."


@pytest.fixture
def exchange() -> Iterator[Switchboard]:
    with Switchboard() as found:
        yield found


@pytest.fixture
def process(exchange: Switchboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Process]:
    settings = {
        "BASE_URL": exchange.url,
        "USERNAME": "hub",
        "PASSWORD": "secret",
        "ANNOUNCEMENT_MEDIA": "sound:https://speech.example/say.wav?lang={language}&text={text}",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"HUB120_CONNECTOR_PHONE_ASTERISK_{name}", value)
    found = Settings(data_dir=tmp_path, connectors=EXCHANGE)
    prepare(found)
    migrate_services(found, [SERVICE])
    opened = open_process(found, [SERVICE])
    yield opened
    opened.close()


class IntakeLine(KitLine):
    """What the listener keeps is stored as a worker stores it."""

    def __init__(self, process: Process) -> None:
        super().__init__()
        self._arrivals, self._database = Arrivals(process), process.database("intake")

    def keep(self, records: Sequence[Record], cursor: str | None = None) -> Sequence[Received]:
        self._database.run(self._arrivals.storing(self._database, EXCHANGE, records))
        return super().keep(records, cursor)


def command(process: Process, what: legs_pb2.LegCommand, number: int, text: str = "") -> None:
    """A command comes for the leg."""
    task = legs_pb2.CommandLeg(
        command_id=f"0199e0f2-7c00-7abc-8def-{number:012}",
        channel=EXCHANGE,
        conference_id=CONFERENCE,
        leg_id=LEG,
        command=what,
        dial_to=legs_pb2.DialTo(service_number="+8231220"),
        ring_seconds=20,
        expire_time=system_clock() + timedelta(minutes=5),
        announcement=legs_pb2.Announcement(text=text, language="ko"),
        muted=True,
    )
    carry_out(Hands(process.database("intake"), process.connectors, (), lambda error: error), task)


def outcomes(process: Process) -> list[legs_pb2.LegOutcome]:
    bodies = rows(process.database("intake"), "SELECT headers, body FROM outbox ORDER BY seq")
    told = [legs_pb2.LegCommanded.FromString(one["body"]) for one in bodies if "LegCommanded" in one["headers"]]
    return [one.outcome for one in told]


def keys(process: Process) -> list[tuple[str, str]]:
    bodies = rows(process.database("intake"), "SELECT headers, body FROM outbox ORDER BY seq")
    told = [legs_pb2.LegKeyPressed.FromString(one["body"]) for one in bodies if "LegKeyPressed" in one["headers"]]
    assert all(one.leg_id == LEG for one in told)
    return [(one.key, one.conference_id) for one in told]


def listener(process: Process) -> Listener:
    running = process.connectors.get(EXCHANGE)
    assert running is not None
    found = running.connector
    assert isinstance(found, Listener)
    return found


def test_whoever_is_called_hears_the_words_presses_a_key_and_only_hears_the_others_until_they_may_speak(
    process: Process, exchange: Switchboard
) -> None:
    caller = exchange.call_in("+821055501234")
    with Ear(listener(process), IntakeLine(process)) as ear:
        command(process, legs_pb2.LEG_COMMAND_DIAL, 1, WORDS)
        assert exchange.dialled == [(TELEPHONE, LEG)]
        exchange.pick_up(LEG)
        ear.until(lambda: exchange.together(CONFERENCE) == {LEG}, "it is in its conference", ON_THE_WAY)
        assert (exchange.said, exchange.muted) == ([(LEG, WORDS)], {LEG})
        for leg_id, key in ((caller, "9"), (LEG, "1")):
            exchange.press(leg_id, key)
        ear.until(lambda: keys(process) == [("1", CONFERENCE)], "its key is told, and no other", ON_THE_WAY)
        command(process, legs_pb2.LEG_COMMAND_UNMUTE, 2)
        assert exchange.muted == set()
        command(process, legs_pb2.LEG_COMMAND_MUTE, 3)
        assert exchange.muted == {LEG}
        ear.until(lambda: not exchange.unacknowledged(), "all was heard", ON_THE_WAY)
    assert outcomes(process) == [legs_pb2.LEG_OUTCOME_DONE] * 3
    assert keys(process) == [("1", CONFERENCE)]
