"""Notices with people to tell, as tests lead them: lists that are marked, the worker's turn, and what leaves then."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import uuid4

from chassis.database import Database
from chassis.statements import Row
from services.outreach.domain.alerts import AlertKind
from services.outreach.domain.mailings import RecipientState
from services.outreach.domain.notices import Counts, NoticeState
from services.outreach.store import people
from services.outreach.store.people import NewPerson
from services.outreach.use_cases import (
    lists,
    mailing,
    reading_notices,
    sending_notices,
)
from services.outreach.use_cases import people as keeping
from services.outreach.use_cases.audience import Audience
from services.outreach.use_cases.lists import NewList
from tests.integration.databases import Clock
from tests.integration.notice_desk import NoticeDesk
from tests.integration.test_mailings import send_all

ROADS = {"app": "app", "sms": "sms", "voice": "exchange"}
UPDATED, CANCELS = {"kind": AlertKind.UPDATE}, {"kind": AlertKind.CANCEL}
VILLAGE = """phone,account,language,district
010-1111-0001,,ko,41111
010-1111-0002,a2,vi,4111012345
,a3,en,41110
010-1111-0004,,ko,11110
010-1111-0005,,ko,41
010-1111-0006,,ko,수원시
"""
"""Three in 수원 (one in a 구 of it), one in Seoul, and two of whom nobody can say."""
ONE, TWO, THREE = "+821011110001", "a2", "a3"
AFTERNOON = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
"""14 o'clock in Seoul."""
GRANDMOTHER = "+821099990001"


class Office(NoticeDesk):
    """Notices with people to tell: what left is in ``sent``, as address and text."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self.audience = Audience(ROADS)

    def list(self, content: str = VILLAGE, *, marked: bool = True) -> str:
        """A list comes in, and a supervisor marks it."""
        new = NewList(str(uuid4()), "주민", "people.csv", "kim")
        lists.bring_in(self.database, io.BytesIO(content.encode()), new)
        self.database.run(lists.mark, new.id, "kim", gets_notices=marked)
        return new.id

    def grandmother(self, telephone: str = GRANDMOTHER, district: str = "41110", *, agreed: bool = True) -> str:
        """Somebody who is called regularly, if she agreed."""
        new = NewPerson(str(uuid4()), "김", telephone, "ko", district)
        self.database.run(people.put, new)
        if agreed:
            self.database.run(keeping.record_consent, new.id, "spoken", "2026-05", "kim", "r")
        return new.id

    def dry_run(self, notice_id: str) -> Counts | None:
        return self.count(notice_id, self.audience)

    def let_go(self, row: Row) -> Row:
        """Counted, and approved by as many as it takes."""
        self.dry_run(row.id)
        for by in ("lee", "park"):
            if self.notice(row.id).state == NoticeState.PROPOSED:
                self.approve(row.id, by, self.notice(row.id).version)
        return self.notice(row.id)

    def work(self, one_may_send_to: int = 1_000) -> None:
        """The worker's turn."""
        while self.run(sending_notices.take, ROADS, one_may_send_to):
            pass
        while self.run(sending_notices.fill):
            pass
        while self.run(sending_notices.stop_past_end):
            pass

    def send(self, state: RecipientState = RecipientState.SENT) -> dict[str, str]:
        """The worker's turn, and what leaves then."""
        self.work()
        left = [one for _ in ROADS for one in send_all(self.database, state)]
        assert len({one.address for one in left}) == len(left), "somebody got it twice"
        return {one.address: one.text for one in left}

    def mailing(self, row: Row) -> Row:
        return self.database.run(mailing.of, self.released(row.id).id)

    def standing(self, row: Row) -> dict[str, int]:
        sending = self.database.read(reading_notices.sending, row.id)
        assert sending is not None
        found: dict[str, int] = {}
        for rows in sending.by_channel.values():
            for one in rows:
                found[one.state] = found.get(one.state, 0) + one.recipients
        return found

    def quake(self) -> Row:
        """An earthquake, told to those in 수원."""
        self.rule()
        return self.quake_of("1")

    def quake_of(self, identifier: str) -> Row:
        """Another, told."""
        self.take(identifier)
        return self.let_go(self.notices(NoticeState.PROPOSED)[-1])
