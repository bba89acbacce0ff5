"""Check-in calls as tests lead them: use cases on a real database, an intake and a routing that answer, and a clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from hub120.outreach.v1 import events_pb2

from chassis.database import Database
from chassis.statements import Row
from services.outreach.check_in_sheet import SAMPLE_ID
from services.outreach.domain import calling_times
from services.outreach.domain.calling_times import ZONE, Window
from services.outreach.domain.check_ins import CallResult, CheckInState, Outcome
from services.outreach.domain.errands import Loaded, ToOffice
from services.outreach.store import check_ins, errands, rounds, trail
from services.outreach.store.people import Details, NewPerson
from services.outreach.store.rounds import Figures, NewProgramme
from services.outreach.use_cases import (
    calling_people,
    people,
    planning,
    reading,
    seeking,
    sending,
    sheet_answers,
)
from services.outreach.use_cases.calling_people import Ended
from services.outreach.use_cases.seeking import Said
from services.outreach.use_cases.sheet_answers import Submitted
from tests.integration.databases import Clock, Told

S = CheckInState
ANSWERED, NO_ANSWER = CallResult.ANSWERED, CallResult.NO_ANSWER
UNKNOWN, NOT_TAKEN = CallResult.UNKNOWN, CallResult.NOT_TAKEN
CENTRE = calling_times.hours("08:00-21:00")
DAUGHTER, OFFICE, NUMBER = "+821011112222", "+82312281234", "+821033334444"
DETAILS = Details(
    address="수원시 팔달구 1",
    birth_year=1941,
    notes="귀가 어두우심",
    second_name="김딸",
    second_relation="딸",
    second_telephone=DAUGHTER,
    office_name="행궁동",
    office_telephone=OFFICE,
)
ANSWERS = {"meals": "all", "medicine": "taken", "warmth": "yes", "mood": "3"}
MONDAY = datetime(2026, 9, 14, 8, 30, tzinfo=ZONE)
"""Half past eight in the morning; a week without holidays."""


class Desk(Told):
    """Agents and supervisors; ``told`` is every event that left, oldest first. It opens with one person, agreed and in
    a programme that calls on Mondays."""

    def __init__(self, database: Database, clock: Clock, **programme: Any) -> None:
        super().__init__(database, clock, events_pb2)
        self.clock.now = MONDAY
        self.programme_id, self.person_id, self.check_in_id = str(uuid4()), str(uuid4()), ""
        self._cases: dict[str, str] = {}
        self.programme(**programme)

    def programme(self, **more: Any) -> Row:
        """Write the programme."""
        values = {
            "name": "월요 안부",
            "weekdays": (1,),
            "holidays": "skip",
            "calls_per_hour": 20,
            "sheet_id": SAMPLE_ID,
            "tries": 2,
            **more,
        }
        row: Row = self.run(planning.put_programme, NewProgramme(self.programme_id, **values), CENTRE)
        return row

    def person(self, person_id: str = "", telephone: str = NUMBER, **more: Any) -> Row:
        """Write somebody, usually with a daughter and an office."""
        values = {"second_agreed": True, "bonds": ("kim", "lee"), "details": DETAILS, **more}
        new = NewPerson(person_id or self.person_id, "박영자", telephone, **values)
        row: Row = self.run(people.put_person, new, "kim", CENTRE)
        return row

    def agrees(self, person_id: str = "", request_id: str = "r-1") -> None:
        """They agree to be called."""
        arguments = (person_id or self.person_id, "spoken", "2026-05", "kim", request_id)
        self.run(people.record_consent, *arguments)

    def enrol(self, person_id: str = "") -> None:
        """They are called from now on."""
        self.run(planning.enrol, self.programme_id, person_id or self.person_id, CENTRE)

    def opens(self, **person: Any) -> Desk:
        """Somebody who is in the programme, with the check-in of today."""
        self.person(**person)
        self.agrees()
        self.enrol()
        (self.check_in_id,) = [row.id for row in self.check_ins() if row.person_id == self.person_id]
        return self

    def look(self) -> None:
        """The clock looks."""
        while self.run(calling_people.tend, CENTRE):
            pass

    def pass_by(self, hours: float) -> None:
        """Time passes, and the clock looks."""
        self.clock.pass_by(hours * 3600)
        self.look()

    def until(self, hour: int, minute: int = 0, day: int | None = None) -> None:
        """Until a time in Korea, the next day if it is over."""
        now = self.clock.now.astimezone(ZONE)
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0, day=day or now.day)
        assert then >= now
        self.clock.now = then
        self.look()

    def loaded(self) -> list[Loaded]:
        """What the courier takes."""
        due = self.run(sending.take_due, 100, [])
        return [one for one in (self.run(sending.load, errand_id, CENTRE) for errand_id in due) if one is not None]

    def carry(self) -> list[Loaded]:
        """What is due is brought to intake, which has it then."""
        found = self.loaded()
        for one in found:
            if isinstance(one.load, ToOffice):
                self.run(sending.handed_over, one.errand_id)
            else:
                case_id = self._cases.setdefault(one.load.telephone, str(uuid4()))
                self.run(sending.given, one.errand_id, case_id, str(uuid4()))
        return found

    def ends(self, result: CallResult, *, errand_id: str = "", talk_s: int = 0, work_s: int = 0) -> None:
        """Routing tells how the call ended that is wanted now."""
        ended = Ended(result, "" if result is CallResult.NOT_TAKEN else "kim", talk_s, work_s)
        self.run(calling_people.call_ended, errand_id or self.row.errand_id, ended, CENTRE)

    def call(self, result: CallResult, **more: Any) -> None:
        """What is due is called, and ends so."""
        self.look()
        self.carry()
        self.ends(result, **more)

    def submits(self, answers: dict[str, str] | None = None, needs: Iterable[str] = (), request_id: str = "s-1") -> Row:
        """The call sheet is there."""
        submitted = Submitted(1, ANSWERS | (answers or {}), tuple(needs), request_id, "kim")
        row: Row = self.run(sheet_answers.submit, self.check_in_id, submitted)
        return row

    def says(self, outcome: Outcome, **more: Any) -> Row:
        """Others say how they are."""
        row: Row = self.run(seeking.report_outcome, self.check_in_id, Said(outcome, **more), "kim", CENTRE)
        return row

    def orders_visit(self, visitor: str = "visitor-7", hours: float = 20) -> Row:
        """Somebody shall go there."""
        by = self.clock.now.timestamp() + hours * 3600
        row: Row = self.run(seeking.order_visit, self.check_in_id, visitor, by, "kim")
        return row

    def withdraws(self) -> int:
        """They do not want to be called any more."""
        found: int = self.run(people.withdraw_consent, self.person_id, "kim")
        return found

    @property
    def row(self) -> Row:
        """The check-in."""
        return self.database.read(check_ins.check_in, self.check_in_id)

    def stands(self) -> CheckInState:
        """Where it stands."""
        return CheckInState(self.row.state)

    def check_ins(self, day: date | None = None) -> list[Row]:
        """Every check-in of a day's round, today's if none is named."""
        wanted = (day or calling_times.day_of(self.clock.now.timestamp())).isoformat()
        found = self.database.read(rounds.listed, self.programme_id, None, 100)
        ids = [row.id for row in found if row.day == wanted]
        return [row for one in ids for row in self.database.read(check_ins.listed, one, None, 1000, escalated=False)]

    def days(self) -> list[str]:
        """The days that have a round."""
        return sorted(row.day for row in self.database.read(rounds.listed, self.programme_id, None, 100))

    def errands(self) -> list[Row]:
        """Who was asked."""
        return list(self.database.read(errands.of_check_in, self.check_in_id))

    def figures(self) -> Figures:
        """What became of the round."""
        figures: Figures = self.database.read(reading.call_round, self.row.round_id)[1]
        return figures

    def entries(self) -> list[Row]:
        """What happened in the round."""
        return [row for _, row in self.database.read(reading.entries, self.row.round_id, 0)]

    def trail(self) -> list[tuple[str, str]]:
        """Who read of the person, by which call."""
        return [(one.actor, one.action) for one in self.database.read(trail.trail, self.person_id)]

    def windows(self, start: int, end: int) -> list[Window]:
        """The same window on every day."""
        return [Window(day, start, end) for day in range(1, 8)]
