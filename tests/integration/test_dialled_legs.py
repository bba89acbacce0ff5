"""What exchanges tell of telephones that the hub dialled: keys that are pressed there, and who answers although they
were hung up before; on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hub120.intake.v1 import legs_pb2

from chassis.database import Database
from services.intake.domain.calls import CallNews, CallState, PressedKey
from services.intake.tables import metadata
from services.intake.use_cases import calling
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows
from tests.integration.test_commanding import CONFERENCE, LEG, Office, a_caller

RINGS, UP, HELD, ENDED = CallState.RINGING, CallState.UP, CallState.HELD, CallState.ENDED


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


def keys_told(database: Database) -> list[legs_pb2.LegKeyPressed]:
    """Every key that other services were told of."""
    found = rows(database, "SELECT headers, body FROM outbox ORDER BY seq")
    return [legs_pb2.LegKeyPressed.FromString(one["body"]) for one in found if "LegKeyPressed" in one["headers"]]


def press(database: Database, leg_id: str, key: str = "1", exchange: str = "odd") -> None:
    """An exchange tells of a key."""
    database.run(calling.tell_key, exchange, PressedKey(leg_id, key, 12.5))


def test_a_key_of_whom_the_hub_dialled_is_told_in_its_trace_before_and_in_the_conference(
    database: Database, clock: Clock
) -> None:
    Office(database, clock).dial()
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE commanded_leg SET traceparent = '{trace}'")
    press(database, LEG)
    database.run(calling.record_call, "odd", CallNews(LEG, CallState.UP, 13.0, CONFERENCE))
    press(database, LEG, "*")
    told = keys_told(database)
    assert [(one.leg_id, one.conference_id, one.key) for one in told] == [(LEG, "", "1"), (LEG, CONFERENCE, "*")]
    assert told[0].press_time.ToMicroseconds() == 12_500_000
    headers = [one["headers"] for one in rows(database, "SELECT headers FROM outbox")]
    assert all(trace in one for one in headers if "LegKeyPressed" in one)


def test_what_citizens_press_in_calls_of_their_own_is_nobodys_business(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    leg_id, _ = a_caller(database)
    (call,) = rows(database, "SELECT id FROM call_leg")
    office.command(legs_pb2.LEG_COMMAND_JOIN, leg_id=call["id"])
    before = rows(database, "SELECT * FROM call_leg")
    for pressed in (leg_id, call["id"], "unheard of"):
        press(database, pressed)
    assert keys_told(database) == []
    assert rows(database, "SELECT * FROM call_leg") == before


def test_another_exchange_presses_no_keys_of_this_one(database: Database, clock: Clock) -> None:
    Office(database, clock).dial()
    press(database, LEG, exchange="another")
    assert keys_told(database) == []


def tell(database: Database, *told: CallNews) -> None:
    """An exchange tells how a leg moves."""
    for one in told:
        database.run(calling.record_call, "odd", one)


def hang_ups(database: Database) -> list[legs_pb2.CommandLeg]:
    """Every leg that is to be hung up once more."""
    found = rows(database, "SELECT headers, body FROM outbox ORDER BY seq")
    return [legs_pb2.CommandLeg.FromString(one["body"]) for one in found if "CommandLeg" in one["headers"]]


def test_who_answers_although_they_were_hung_up_is_hung_up_again(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.dial()
    tell(database, CallNews(LEG, RINGS, 10.0))
    office.command(legs_pb2.LEG_COMMAND_HANG_UP)
    tell(database, CallNews(LEG, UP, 11.0), CallNews(LEG, UP, 12.0, CONFERENCE), CallNews(LEG, UP, 12.0, CONFERENCE))
    again = hang_ups(database)
    assert {(one.channel, one.leg_id, one.command) for one in again} == {("odd", LEG, legs_pb2.LEG_COMMAND_HANG_UP)}
    assert [one.conference_id for one in again] == ["", CONFERENCE], "when it was answered, and when it came in"
    assert len({one.command_id for one in again}) == 2


def test_who_is_heard_of_for_the_first_time_when_they_answer_is_hung_up_again_too(
    database: Database, clock: Clock
) -> None:
    office = Office(database, clock)
    office.command(legs_pb2.LEG_COMMAND_HANG_UP)
    tell(database, CallNews(LEG, UP, 11.0))
    assert len(hang_ups(database)) == 1


def test_who_is_hung_up_and_goes_is_hung_up_once(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.dial()
    tell(database, CallNews(LEG, UP, 10.0), CallNews(LEG, UP, 11.0, CONFERENCE))
    office.command(legs_pb2.LEG_COMMAND_HANG_UP)
    tell(database, CallNews(LEG, UP, 12.0), CallNews(LEG, ENDED, 13.0))
    assert hang_ups(database) == []


def test_who_was_never_hung_up_is_left_alone(database: Database, clock: Clock) -> None:
    Office(database, clock).dial()
    a_caller(database)
    tell(database, CallNews(LEG, UP, 11.0), CallNews(LEG, HELD, 12.0, CONFERENCE))
    assert hang_ups(database) == []
