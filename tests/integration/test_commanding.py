"""What other services ask of exchanges is done once, and told; on real SQLite and PostgreSQL with an exchange that does
as the test says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hub120.intake.v1 import events_pb2, legs_pb2
from hub120_sdk import Dial, Leg, LegState, Rejected, Retry

from chassis.connectors.registry import Found
from chassis.database import Database, Tx
from chassis.settings import EMERGENCY_NUMBERS
from services.intake.domain.calls import CallNews, CallState
from services.intake.domain.contacts import Details, NewContact, Sender
from services.intake.store import commands
from services.intake.tables import metadata
from services.intake.telephones import Hands, carry_out
from services.intake.use_cases import calling, packing, receiving
from services.intake.use_cases.casework import Reader
from tests.integration.databases import Clock, shared
from tests.integration.routing_floor import rows
from tests.odd_connectors import hang, host
from tests.unit.test_connector_telephony import EXCHANGE, OddExchange

LEG, CONFERENCE = "0199e0f2-7c00-7abc-8def-000000000001", "0199e0f2-7c00-7abc-8def-000000000002"
READER = Reader("kim", "GetPacket", "case work")
OTHER_LEG = "0199e0f2-7c00-7abc-8def-000000000003"
NUMBER = "+8231220"


both, clock, database = shared("intake", metadata)


class Office:
    """Intake's hands at an exchange; ``did`` is what it was asked."""

    def __init__(self, database: Database, clock: Clock, **does: Any) -> None:
        self.database, self.clock = database, clock
        self.did: list[tuple[str, str]] = []
        self.exchange = _Exchange(self.did, **does)
        connectors = host(Found(EXCHANGE, "tests.odd", lambda context: self.exchange))
        self.again: Exception | None = None
        never = {*EMERGENCY_NUMBERS, "+8200119"}
        self.hands = Hands(database, connectors, never, lambda error: self.again)
        self.count = 0

    def command(self, what: legs_pb2.LegCommand, command_id: str = "", **more: Any) -> str:
        """A command comes; its id."""
        self.count += 1
        fields: dict[str, Any] = {"leg_id": LEG, "ring_seconds": 20, "expire_time": self.in_s(25), **more}
        task = legs_pb2.CommandLeg(
            command_id=command_id or f"0199e0f2-7c00-7abc-8def-{self.count:012}",
            channel="odd", conference_id=CONFERENCE, command=what, **fields,
        )  # fmt: skip
        carry_out(self.hands, task)
        found: str = task.command_id
        return found

    def dial(self, command_id: str = "", **more: Any) -> str:
        """A telephone is to be called."""
        to = more.pop("dial_to", legs_pb2.DialTo(service_number=NUMBER))
        return self.command(legs_pb2.LEG_COMMAND_DIAL, command_id, dial_to=to, **more)

    def in_s(self, seconds: float) -> datetime:
        """So many seconds from now."""
        return datetime.fromtimestamp(self.clock().timestamp() + seconds, UTC)

    def told(self) -> list[str]:
        """What became of every command that was told."""
        bodies = rows(self.database, "SELECT headers, body FROM outbox ORDER BY seq")
        events = [legs_pb2.LegCommanded.FromString(one["body"]) for one in bodies if "LegCommanded" in one["headers"]]
        return [legs_pb2.LegOutcome.Name(one.outcome).removeprefix("LEG_OUTCOME_").lower() for one in events]


class _Again(Exception):
    """The task shall come again."""


class _Exchange(OddExchange):
    """Remembers what it was asked."""

    def __init__(self, did: list[tuple[str, str]], **does: Any) -> None:
        super().__init__(**does)
        self.did = did
        self.dialled: list[Dial] = []

    def dial(self, dial: Dial) -> Leg:
        self.did.append(("dial", dial.to.value))
        self.dialled.append(dial)
        return super().dial(dial)

    def bridge(self, conference_id: str, leg_ids: Any) -> Any:
        self.did.append(("bridge", *leg_ids))
        return super().bridge(conference_id, leg_ids)

    def hold(self, conference_id: str, leg_id: str, held: bool) -> None:
        self.did.append(("hold" if held else "resume", leg_id))
        super().hold(conference_id, leg_id, held)

    def mute(self, conference_id: str, leg_id: str, muted: bool) -> None:
        self.did.append(("mute" if muted else "unmute", leg_id))
        super().mute(conference_id, leg_id, muted)

    def hang_up(self, leg_id: str) -> None:
        self.did.append(("hang_up", leg_id))
        super().hang_up(leg_id)


def test_a_second_delivery_of_a_command_does_nothing_and_tells_nothing(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    first = office.dial()
    office.dial(first)
    assert (office.did, office.told()) == ([("dial", NUMBER)], ["done"])


def test_a_worker_that_died_after_dialling_does_not_dial_what_the_exchange_has_told_of(
    database: Database, clock: Clock
) -> None:
    office = Office(database, clock)
    first = office.dial()
    with database.engine.begin() as connection:  # as if it had died before it could tell
        connection.exec_driver_sql("UPDATE commanded_leg SET settled_id = ''")
    office.dial(first)
    assert office.did == [("dial", NUMBER)] * 2, "the exchange knows the leg by its id"
    database.run(calling.record_call, "odd", CallNews(LEG, CallState.RINGING, 10.0))
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE commanded_leg SET settled_id = ''")
    office.dial(first)
    assert len(office.did) == 2
    assert office.told() == ["done", "done", "done"]


def test_what_was_hung_up_first_is_never_dialled(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.command(legs_pb2.LEG_COMMAND_HANG_UP)
    office.dial()
    assert (office.did, office.told()) == ([("hang_up", LEG)], ["done", "withdrawn"])


def test_what_is_hung_up_while_it_is_dialled_is_hung_up_again(database: Database, clock: Clock) -> None:
    office = Office(database, clock)

    def meanwhile() -> Leg:
        office.command(legs_pb2.LEG_COMMAND_HANG_UP)
        return Leg(LEG, LegState.DIALLING)

    office.exchange._does["dial"] = meanwhile
    office.dial()
    assert [what for what, _ in office.did] == ["dial", "hang_up", "hang_up"]


@pytest.mark.parametrize(
    ("does", "outcome", "hangs_up"),
    [
        (Rejected("no way to this number"), "refused", False),
        (Retry("busy"), "failed", True),
        (hang(), "failed", True),
        (ValueError(), "failed", True),
        (Leg(LEG, LegState.ENDED), "refused", False),
    ],
    ids=["rejects", "is busy", "hangs", "breaks", "knows it as ended"],
)
def test_an_exchange_that_does_not_dial_is_told_at_once_and_nothing_keeps_ringing(
    database: Database, clock: Clock, does: Any, outcome: str, hangs_up: bool
) -> None:
    office = Office(database, clock, dial=does)
    office.dial()
    assert (office.told(), ("hang_up", LEG) in office.did) == ([outcome], hangs_up)


def test_whom_nobody_can_call_has_no_line(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.dial(dial_to=legs_pb2.DialTo(department="unknown"))
    office.dial(dial_to=legs_pb2.DialTo(case_id=CONFERENCE), leg_id=CONFERENCE)
    assert (office.did, office.told()) == ([], ["no_line", "no_line"])


@pytest.mark.parametrize("number", [*EMERGENCY_NUMBERS, "+8200119"])
def test_a_drill_never_reaches_an_emergency_number_whoever_asked(database: Database, clock: Clock, number: str) -> None:
    office = Office(database, clock)
    office.dial(dial_to=legs_pb2.DialTo(service_number=number), drill=True)
    assert (office.did, office.told()) == ([], ["forbidden"])


def test_a_number_that_may_be_somebodys_own_comes_sealed_and_is_opened_when_it_is_dialled(
    database: Database, clock: Clock
) -> None:
    office = Office(database, clock)
    sealed = database.keys.seal(NUMBER, table="dial_to", column="sealed_number", row="")
    office.dial(dial_to=legs_pb2.DialTo(sealed_number=sealed))
    emergency = database.keys.seal("112", table="dial_to", column="sealed_number", row="")
    office.dial(dial_to=legs_pb2.DialTo(sealed_number=emergency), leg_id=OTHER_LEG, drill=True)
    office.dial(dial_to=legs_pb2.DialTo(sealed_number=b"of another installation"), leg_id=CONFERENCE)
    assert office.did == [("dial", NUMBER)]
    assert office.told() == ["done", "forbidden", "no_line"]


def test_a_command_that_comes_too_late_is_not_carried_out(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.dial(expire_time=office.in_s(-1))
    older = f"0199e0f2-7c00-7abc-8def-{0:012}"
    office.command(legs_pb2.LEG_COMMAND_HOLD)
    office.command(legs_pb2.LEG_COMMAND_RESUME, older)
    assert (office.did, office.told()) == ([("hold", LEG)], ["expired", "done", "expired"])


def test_legs_that_are_long_over_are_forgotten(database: Database, clock: Clock) -> None:
    Office(database, clock).dial()
    assert database.run(commands.forget, clock().timestamp() + 1) == 1


def test_holding_comes_again_where_dialling_does_not(database: Database, clock: Clock) -> None:
    office = Office(database, clock, hold=Retry("busy"), dial=Retry("busy"))
    office.again = _Again()
    with pytest.raises(_Again):
        office.command(legs_pb2.LEG_COMMAND_HOLD)
    assert office.told() == []
    office.again = None
    office.command(legs_pb2.LEG_COMMAND_HOLD)
    assert office.told() == ["failed"]


def test_who_is_dialled_hears_the_announcement_and_is_muted_if_they_are_to_hear_only(
    database: Database, clock: Clock
) -> None:
    office = Office(database, clock)
    said = legs_pb2.Announcement(text="120입니다. 인수하시려면 1번을 누르세요.", language="ko")
    office.dial(announcement=said, muted=True)
    [dialled] = office.exchange.dialled
    told = (dialled.announcement, dialled.language, dialled.muted, dialled.conference_id)
    assert told == (said.text, "ko", True, CONFERENCE)


def test_an_exchange_without_a_voice_calls_without_a_word(database: Database, clock: Clock) -> None:
    office = Office(database, clock)

    def dial() -> Leg:
        if office.exchange.dialled[-1].announcement:
            raise Rejected("the exchange has nothing to speak with")
        return Leg(LEG, LegState.DIALLING)

    office.exchange._does["dial"] = dial
    office.dial(announcement=legs_pb2.Announcement(text="120입니다.", language="ko"), muted=True)
    assert office.told() == ["done"]
    assert [(one.announcement, one.muted) for one in office.exchange.dialled] == [("120입니다.", True), ("", True)]


def test_who_cannot_be_called_is_not_called_for_the_announcements_sake(database: Database, clock: Clock) -> None:
    office = Office(database, clock, dial=Rejected("no way to this number"))
    office.dial(announcement=legs_pb2.Announcement(text="120입니다."))
    office.dial(announcement=legs_pb2.Announcement(text="가" * 501), leg_id=CONFERENCE)
    assert (office.told(), len(office.exchange.dialled)) == (["refused", "refused"], 2)


def test_a_leg_is_muted_and_heard_again_and_a_refusal_is_told(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.command(legs_pb2.LEG_COMMAND_MUTE)
    office.command(legs_pb2.LEG_COMMAND_UNMUTE)
    office.exchange._does["mute"] = Rejected("this exchange mutes nobody")
    office.command(legs_pb2.LEG_COMMAND_MUTE)
    assert office.did == [("mute", LEG), ("unmute", LEG), ("mute", LEG)]
    assert office.told() == ["done", "done", "refused"]


def test_muting_comes_again_and_a_second_delivery_changes_nothing(database: Database, clock: Clock) -> None:
    office = Office(database, clock, mute=Retry("busy"))
    office.again, command = _Again(), f"0199e0f2-7c00-7abc-8def-{7:012}"
    with pytest.raises(_Again):
        office.command(legs_pb2.LEG_COMMAND_UNMUTE, command)
    office.exchange._does.clear()
    for _ in range(2):
        office.command(legs_pb2.LEG_COMMAND_UNMUTE, command)
    office.command(legs_pb2.LEG_COMMAND_MUTE, f"0199e0f2-7c00-7abc-8def-{6:012}")
    assert (office.did, office.told()) == ([("unmute", LEG)] * 2, ["done", "expired"])


def a_caller(database: Database, number: str = "+821055501234") -> tuple[str, str]:
    """A citizen who called: the exchange's id of the leg, and the case."""
    citizen = Sender("phone", number, verified=True)
    new = NewContact("odd", "voice", "1795336828.0", citizen, text="가스 냄새가 나요")
    case = database.run(receiving.receive_contact, new, lambda waiting: waiting)
    database.run(calling.record_call, "odd", CallNews("1795336828.0", CallState.UP, 10.0))
    return "1795336828.0", case.case_id


def test_a_citizen_who_called_is_joined_by_the_exchanges_own_id_and_called_back_by_the_case(
    database: Database, clock: Clock
) -> None:
    office = Office(database, clock)
    leg_id, case_id = a_caller(database)
    (call,) = rows(database, "SELECT id FROM call_leg")
    office.command(legs_pb2.LEG_COMMAND_JOIN, leg_id=call["id"])
    office.dial(dial_to=legs_pb2.DialTo(case_id=case_id))
    assert office.did == [("bridge", leg_id), ("dial", "+821055501234")]
    (read,) = rows(database, "SELECT action FROM audit")
    assert read["action"] == "CommandLeg"


def test_nobody_is_called_back_at_an_emergency_number(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    _, case_id = a_caller(database, "112")
    office.dial(dial_to=legs_pb2.DialTo(case_id=case_id))
    assert (office.did, office.told()) == ([], ["no_line"])


def test_what_is_dialled_stays_in_the_trace_of_who_asked(database: Database, clock: Clock) -> None:
    office = Office(database, clock)
    office.dial()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE commanded_leg SET traceparent = '00-1-2-01'")
    database.run(calling.record_call, "odd", CallNews(LEG, CallState.RINGING, 10.0))
    (leg,) = rows(database, "SELECT traceparent FROM call_leg")
    assert leg["traceparent"] == "00-1-2-01"


def test_a_department_gets_the_packet_once_and_its_news_name_the_conference(database: Database, clock: Clock) -> None:
    _, case_id = a_caller(database)
    place = Details(address="누리구 가온로 1", topic="gas")
    database.run(packing.put_packet, case_id, "가스 누출", "복도에서 냄새, 주민번호 900101-1234567", place, READER)

    def hand_over(tx: Tx) -> list[events_pb2.HandoverChanged]:
        packing.hand_over_packet(tx, CONFERENCE, case_id, "works", "kim")
        found = [one for one in tx.outgoing if one.key.endswith("HandoverChanged")]
        return [events_pb2.HandoverChanged.FromString(one.body) for one in found]

    (event,) = database.run(hand_over)
    assert database.run(hand_over) == []
    assert (event.conference_id, event.department) == (CONFERENCE, "works")
    (kept,) = rows(database, "SELECT told FROM packet")
    assert "가스".encode() not in bytes(kept["told"])


def test_a_packet_without_an_agents_words_holds_what_the_citizen_said(database: Database) -> None:
    _, case_id = a_caller(database)
    found = database.run(packing.read_packet, case_id, READER)
    assert ([said.text for said in found.said], found.summary, found.agent_id) == (["가스 냄새가 나요"], "", "")
    database.run(packing.put_packet, case_id, "가스", "주민번호 900101-1234567", Details(), READER)
    assert "1234567" not in database.run(packing.read_packet, case_id, READER).summary
