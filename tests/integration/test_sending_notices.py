"""Released notices on both databases: who gets them, in which words, once; what an update, a cancellation and an end
change; what no exercise ever comes to."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from chassis.database import Database, Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row, Sql
from services.outreach.domain.alerts import AlertKind
from services.outreach.domain.areas import Area
from services.outreach.domain.mailings import RecipientState
from services.outreach.domain.notices import Counts, NoticeClass, NoticeState
from services.outreach.store import mailings, notices, people, recipients, trail
from services.outreach.store.people import NewPerson
from services.outreach.tables import metadata
from services.outreach.use_cases import (
    audience,
    lists,
    mailing,
    reading_notices,
    receipts,
    sending_notices,
    sending_parts,
)
from services.outreach.use_cases import people as keeping
from services.outreach.use_cases.audience import Audience
from services.outreach.use_cases.lists import NewList
from services.outreach.use_cases.sending_parts import Turn
from tests.integration.databases import Clock, shared
from tests.integration.notice_desk import NoticeDesk
from tests.integration.test_mailings import parts_out, send_all

both, clock, database = shared("outreach", metadata)

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


def test_of_a_circle_nobody_can_say_who_is_in_it(office: Office) -> None:
    office.list()
    row = office.propose(area=Area(("41110",), circles=((37.2, 127.0, 5.0),), names=("수원",)))
    counts = office.dry_run(row.id)
    assert counts is not None
    assert (counts.recipients, counts.unplaced) == (3, 3)


def test_a_released_notice_leaves_once_to_those_in_the_area_in_their_words(office: Office, clock: Clock) -> None:
    office.list()
    person_id = office.grandmother()
    row = office.let_go(office.propose(sign_video_url="https://v.example/1"))
    sent = office.send()
    assert set(sent) == {ONE, TWO, THREE, GRANDMOTHER}
    assert sent[ONE].endswith("문의 120\n수어: https://v.example/1")
    assert "Flood" in sent[THREE] or "flood" in sent[THREE]
    assert sent[TWO] != sent[THREE]
    assert office.send() == {}
    assert office.standing(row) == {"sent": 4}
    assert (office.mailing(row).approved_by, office.mailing(row).urgency) == ("lee", "bulk")
    assert office.entries(row.id)[-2:] == ["released", "sending"]
    read = office.database.read(trail.trail, person_id)
    assert [one.action for one in read][-1] == "SendNotice"


def test_a_language_that_no_carrier_takes_goes_by_sms_in_korean(office: Office) -> None:
    office.list("phone,language,district\n010-1111-0002,vi,41110\n")
    office.let_go(office.propose())
    assert "문의 120" in office.send()["+821011110002"]


def test_life_safety_leaves_at_night_and_nothing_else_does(office: Office, clock: Clock) -> None:
    office.list()
    clock.pass_by(9 * 3600)
    waits = office.let_go(office.propose(ends_at=clock.now.timestamp() + 80_000))
    assert office.send() == {}
    office.quake()
    assert set(office.send()) == {ONE, TWO, THREE}
    clock.pass_by(10 * 3600)
    assert set(office.send()) == {ONE, TWO, THREE}
    assert office.standing(waits)["sent"] == 3


def test_a_death_while_the_list_is_filled_loses_nobody_and_doubles_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audience, "CHUNK", 7)
    many = "".join(f"010-5555-{number:04},41110\n" for number in range(40))
    office.list(f"phone,district\n{many}")
    office.grandmother()
    row = office.let_go(office.propose())
    assert office.run(sending_notices.take, ROADS, 1_000)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            office.run(_dies_after_filling)
        assert office.run(sending_notices.fill)
    office.work()
    assert office.mailing(row).total == 41
    assert len(office.send()) == 41
    assert not office.run(sending_notices.take, ROADS, 1_000)


def _dies_after_filling(tx: object) -> None:
    sending_notices.fill(tx)  # type: ignore[arg-type]
    raise RuntimeError("killed")


def send_one(office: Office) -> str:
    """One message of what is due leaves, and no more; to whom."""
    office.work()
    for task in parts_out(office.database):
        job = office.database.run(sending_parts.begin, task.part_id, repeatable=True)
        assert job is not None
        (message,) = office.database.run(sending_parts.take_turn, job, Turn(), 1, repeatable=True)
        sent = Turn([job.settled(message.id, RecipientState.SENT)])
        office.database.run(sending_parts.record, job, sent)
        office.database.run(sending_parts.finish, job, 0.0)
        return message.address
    raise AssertionError("nothing is due")


def test_an_update_takes_the_place_of_the_first_when_it_starts(office: Office) -> None:
    office.list()
    first = office.quake()
    assert send_one(office) == TWO
    office.take("2", "1", **UPDATED)
    [update] = office.notices(NoticeState.PROPOSED)
    counts = office.dry_run(update.id)
    assert counts == Counts(3, {"app": 2, "sms": 1}, {"ko": 1, "vi": 1, "en": 1}), "those who were to get the first"
    office.let_go(update)
    assert office.mailing(first).state == "running", "nobody is left without any until the update starts"
    assert set(office.send()) == {ONE, TWO, THREE}
    assert office.mailing(first).state == "stopped"
    while office.run(sending_parts.cross_out):
        pass
    assert office.standing(first) == {"sent": 1, "skipped": 2}
    assert office.standing(update) == {"sent": 3}


def test_an_update_of_what_has_not_left_goes_to_whoever_is_in_the_area(office: Office) -> None:
    office.list()
    first = office.quake()
    assert office.run(sending_notices.take, ROADS, 1_000)
    office.take("2", "1", **UPDATED)
    [update] = office.notices(NoticeState.PROPOSED)
    assert office.dry_run(update.id) is None, "while a list is filled nobody can say who is on it"
    office.let_go(update)
    assert set(office.send()) == {ONE, TWO, THREE}
    assert (office.mailing(first).state, office.mailing(first).total) == ("stopped", 0)


def test_a_cancellation_stops_what_is_left_and_is_told_to_those_who_got_any(office: Office) -> None:
    office.list()
    first = office.quake()
    assert send_one(office) == TWO
    office.take("2", "1", **UPDATED)
    office.let_go(office.notices(NoticeState.PROPOSED)[0])
    [*_, update] = office.notices(NoticeState.RELEASED)
    assert send_one(office) == TWO
    office.take("3", "2", **CANCELS)
    assert office.mailing(update).state == "stopped"
    assert office.send() == {}
    [over] = office.notices(NoticeState.PROPOSED)
    counts = office.dry_run(over.id)
    assert counts is not None
    assert counts.recipients == 1
    office.let_go(over)
    assert set(office.send()) == {TWO}
    assert office.mailing(first).state == office.mailing(update).state == "stopped"


def test_nothing_leaves_after_a_notice_is_over_whatever_a_provider_reports(office: Office, clock: Clock) -> None:
    office.list()
    row = office.let_go(office.propose())
    assert send_one(office) == TWO
    sent = next(one for one in _recipients(office, row) if one.state == "sent")
    clock.pass_by(3600)
    for task in parts_out(office.database):
        assert office.run(sending_parts.begin, task.part_id, repeatable=True) is None, "before anybody has noticed"
    office.pass_by(0)
    office.work()
    assert (office.notice(row.id).state, office.mailing(row).state) == ("over", "stopped")
    office.run(receipts.take_report, "app", sent.id, b"", RecipientState.FAILED)
    assert office.send() == {}
    assert office.mailing(row).state == "stopped"


def _recipients(office: Office, row: Row) -> Sequence[Row]:
    return office.database.read(recipients.page, office.released(row.id).id, 0, 100)


def test_called_off_while_its_list_is_filled_nothing_of_it_leaves(office: Office) -> None:
    office.list()
    row = office.let_go(office.propose())
    assert office.run(sending_notices.take, ROADS, 1_000)
    office.cancel(row.id)
    assert office.send() == {}
    assert office.mailing(row).state == "stopped"
    other = office.let_go(office.propose(request_id="r-2"))
    office.cancel(other.id)
    assert office.send() == {}
    assert office.database.read(reading_notices.sending, other.id) is None


def test_a_list_that_has_grown_since_it_was_counted_waits_for_another_person(office: Office) -> None:
    row = office.propose()
    office.dry_run(row.id)
    office.approve(row.id, "lee")
    office.list()
    office.work(one_may_send_to=2)
    assert office.entries(row.id)[-1] == "held"
    mailing_id = office.released(row.id).id
    with pytest.raises(PreconditionFailed):
        office.run(mailing.approve, mailing_id, "lee")
    office.run(mailing.approve, mailing_id, "park")
    office.run(mailing.start, mailing_id, "park")
    assert set(office.send()) == {ONE, TWO, THREE}


def test_whom_nothing_reached_is_listed_and_delivered_and_read_are_counted(office: Office, clock: Clock) -> None:
    office.list()
    row = office.quake()
    office.send()
    one, two, three = _recipients(office, row)
    office.run(receipts.take_report, "sms", one.id, b"", RecipientState.FAILED)
    office.run(receipts.take_report, "app", two.id, b"", RecipientState.DELIVERED)
    office.run(receipts.take_report, "app", two.id, b"", RecipientState.READ)
    sending = office.database.read(reading_notices.sending, row.id)
    assert sending is not None
    assert (office.standing(row), sending.unreached) == ({"failed": 1, "read": 1, "sent": 1}, 1)
    clock.pass_by(181)
    office.run(sending_parts.look_after)
    assert office.send() == {}, "who has no other address is not sent it twice"
    reader = mailing.Reader("park", "ListUnreached", "to call them")
    called = office.run(mailing.unreached, office.released(row.id).id, 0, 10, reader)
    assert [(found.row.id, found.phone) for found in called] == [(one.id, ONE), (three.id, "")]


@pytest.mark.parametrize("status", ["Exercise", "Test"])
def test_no_exercise_or_test_leads_to_anything_by_any_way(office: Office, status: str) -> None:
    office.list()
    office.rule()
    alert = office.take("1", status=status)
    assert office.notices() == []
    with pytest.raises(PreconditionFailed, match="not_for_the_public"):
        office.propose(alert_id=alert)
    row = office.quake_of("2")
    office.database.run(_as_if_it_were, row.alert_id, status)
    assert office.send() == {}
    assert office.database.read(reading_notices.sending, row.id) is None
    assert office.released(row.id).stopped_at is not None


def _as_if_it_were(tx: Tx, alert_id: str, status: str) -> None:
    tx.execute(Sql("UPDATE alert SET status = :status WHERE id = :id"), {"id": alert_id, "status": status})


def test_a_notice_that_no_connector_carries_is_not_approved_and_waits_for_one(office: Office) -> None:
    office.list()
    row = office.propose(channels=("voice",))
    office.dry_run(row.id)
    with pytest.raises(PreconditionFailed) as refused:
        office.approve(row.id, "lee")
    assert refused.value.reason == "NO_CHANNEL"
    waits = office.let_go(office.propose(request_id="r-2", channels=("sms", "voice")))
    assert not office.run(sending_notices.take, {"app": "app", "voice": "exchange"}, 1_000)
    assert set(office.send()) == {ONE, "+821011110002"}
    assert office.standing(waits) == {"sent": 2, "skipped": 1}


def test_when_a_search_is_over_the_words_that_were_sent_go_too(office: Office) -> None:
    office.list()
    row = office.let_go(office.propose())
    office.send()
    assert office.database.read(mailings.texts, office.released(row.id).id).of("app", "ko") is not None
    office.database.run(notices.erase, row.id)
    assert office.database.read(mailings.texts, office.released(row.id).id).of("app", "ko") is None
