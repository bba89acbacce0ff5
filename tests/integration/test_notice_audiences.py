"""Who gets a notice, counted before anything leaves, on both databases: each once, and nobody by guesswork."""

from __future__ import annotations

import pytest

from chassis.database import Database
from services.outreach.domain.areas import Area, Place
from services.outreach.domain.audience import Within
from services.outreach.domain.notices import Counts, NoticeClass
from services.outreach.store import audience as stored
from services.outreach.tables import metadata
from tests.integration.databases import Clock, shared
from tests.integration.notice_office import AFTERNOON, ONE, Office

both, clock, database = shared("outreach", metadata)


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    clock.now = AFTERNOON
    return Office(database, clock)


def test_a_dry_run_counts_whoever_is_in_the_area_once_and_says_of_whom_nobody_knows(office: Office) -> None:
    office.list()
    office.list("전화,지역\n+82 10 1111 0001,41110\n010-2222-0001,41130\n")
    office.list("phone,district\n010-3333-0001,41110\n", marked=False)
    office.grandmother()
    office.grandmother(ONE)
    office.grandmother("+821099990002", agreed=False)
    row = office.propose(channels=("app", "sms"))
    assert office.dry_run(row.id) == Counts(4, {"app": 2, "sms": 2}, {"ko": 2, "vi": 1, "en": 1}, 2)
    plain = office.propose(channels=("app", "sms"), notice_class=NoticeClass.INFORMATION, request_id="r-2")
    counts = office.dry_run(plain.id)
    assert counts is not None
    assert counts.recipients == 3, "who agreed to be asked how they are gets warnings alone"
    spoken = office.propose(channels=("app", "voice"), request_id="r-3")
    assert office.dry_run(spoken.id) == Counts(4, {"app": 2, "voice": 2}, {"ko": 2, "vi": 1, "en": 1}, 2)
    everywhere = office.propose(area=Area(("KR",)), request_id="r-4")
    counts = office.dry_run(everywhere.id)
    assert counts is not None
    assert (counts.recipients, counts.unplaced) == (8, 0)


AREAS = [("KR",), ("41",), ("41110",), ("41111",), ("4111110300",), ("41110", "11"), ("26",)]
DISTRICTS = ["41", "41110", "41111", "4111110300", "4111110400", "41130", "11", "11110", "26110", ""]


@pytest.mark.parametrize("codes", AREAS)
def test_the_database_finds_whoever_lies_in_an_area_by_the_rule_of_areas(
    office: Office, codes: tuple[str, ...]
) -> None:
    office.list("phone,district\n" + "".join(f"010-2222-000{n},{code}\n" for n, code in enumerate(DISTRICTS)))
    area = Area(codes)
    found = office.database.read(stored.members, Within.of(area), ("", 0), 100)
    everywhere = "KR" in codes
    assert [row.district for row in found] == [one for one in DISTRICTS if everywhere or area.holds(Place(one))]


def test_a_circle_means_the_districts_that_it_touches(office: Office) -> None:
    office.list("phone,district\n" + "".join(f"010-2222-000{n},{code}\n" for n, code in enumerate(DISTRICTS)))
    row = office.propose(area=Area(circles=((37.30, 127.01, 1.0),), names=("장안구",)))
    counts = office.dry_run(row.id)
    assert counts is not None
    assert counts.recipients == 3, "41111 and two places in it"


def test_of_whom_the_city_alone_is_known_nobody_can_say_whether_its_gu_is_theirs(office: Office) -> None:
    office.list("phone,district\n" + "".join(f"010-2222-000{n},{code}\n" for n, code in enumerate(DISTRICTS)))
    row = office.propose(area=Area(("41111",), names=("장안구",)))
    counts = office.dry_run(row.id)
    assert counts is not None
    assert (counts.recipients, counts.unplaced) == (3, 3), "41 and 41110 may be there, and who has no code"
