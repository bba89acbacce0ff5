"""Legal referrals as tests lead them: proposed, with a deadline, with somebody on the other side."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from chassis.database import Database
from chassis.statements import Row
from services.referral.domain.deadlines import DeadlineKind
from services.referral.store.legal import NewDeadline
from services.referral.use_cases import counselling
from services.referral.use_cases.reading import Reader
from tests.integration.databases import Clock
from tests.integration.referral_desk import Desk

MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""Ten in the morning in Seoul; no holiday is near."""
DUE = date(2026, 11, 16)
LAWYER = Reader("seo", "ListConflictsOfInterest", "법률 상담")
OTHER_CASE = "0199e0f2-7c00-7abc-8def-0000000000ff"
WOMAN = {"name": "김영희", "telephone": "010-1234-5678"}
CHEAT = {"name": "(주) 한빛투자", "telephone": "+821077770000"}


@pytest.fixture
def proposed(database: Database, clock: Clock) -> Desk:
    """A referral for legal help, on a Monday."""
    clock.now = MONDAY
    desk = Desk(database, clock, second="sms")
    propose(desk)
    return desk


def propose(desk: Desk, request_id: str = "r-1", details: Any = WOMAN, **more: Any) -> Row:
    """Propose legal help."""
    values = {"kind": "legal", "law_field": "consumer_fraud", "details": details, **more}
    return desk.propose(request_id, **values)


def deadline(desk: Desk, day: date = DUE, kind: DeadlineKind = DeadlineKind.APPEAL) -> Row:
    """Enter a deadline."""
    new = NewDeadline(kind, day, "판결문 송달 2026-11-02", "civil_appeal", uuid4().hex)
    return desk.run(counselling.add_deadline, desk.referral_id, new, "kim")[0]


def opponent(desk: Desk, person: Any, referral_id: str = "") -> Row:
    """Say who is on the other side; the referral as it is then."""
    named = (person["name"], person.get("telephone", ""))
    return desk.run(counselling.add_party, referral_id or desk.referral_id, *named, uuid4().hex, "kim")[1]


def send(desk: Desk) -> None:
    """With the agency."""
    desk.consent()
    desk.send()
    (journey,) = (one for one in desk.carry() if one.referral_id == desk.referral_id)
    desk.arrives(journey.dispatch_id)
