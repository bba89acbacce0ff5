"""Released notices on both databases: who gets them, in which words, once; what an update, a cancellation and an end
change; what no exercise ever comes to."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hub120.intake.v1 import case_pb2
from hub120.outreach.v1 import events_pb2

from chassis.database import Database, Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row, Sql
from services.outreach.domain import calling_times
from services.outreach.domain.check_ins import CallResult
from services.outreach.domain.mailings import RecipientState
from services.outreach.domain.notices import Counts, NoticeClass, NoticeState
from services.outreach.store import errands, mailings, notices, recipients, trail
from services.outreach.tables import metadata
from services.outreach.use_cases import (
    approving,
    audience,
    calling_recipients,
    mailing,
    reading_notices,
    receipts,
    sending_notices,
    sending_parts,
)
from services.outreach.use_cases import people as keeping
from services.outreach.use_cases.sending_parts import Turn
from tests.integration.databases import Clock, shared
from tests.integration.notice_office import AFTERNOON, CANCELS, GRANDMOTHER, ONE, ROADS, THREE, TWO, UPDATED, Office
from tests.integration.test_mailings import parts_out

both, clock, database = shared("outreach", metadata)

SPAN = calling_times.hours("08:00-21:00")


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    clock.now = AFTERNOON
    return Office(database, clock)


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


def test_nobody_is_written_to_who_has_not_agreed_or_agrees_no_more_or_is_on_no_list_for_notices(office: Office) -> None:
    office.list(marked=False)
    office.grandmother(agreed=False)
    person_id = office.grandmother("+821099990002")
    office.run(keeping.withdraw_consent, person_id, "kim")
    row = office.propose()
    assert office.dry_run(row.id) == Counts(0, {}, {})
    assert office.let_go(row).state == "released"
    assert office.send() == {}


def test_the_end_of_what_nobody_got_is_told_to_nobody(office: Office) -> None:
    office.list()
    office.quake()
    office.take("2", "1", **CANCELS)
    [over] = office.notices(NoticeState.PROPOSED)
    assert office.dry_run(over.id) == Counts(0)
    office.let_go(over)
    assert office.send() == {}


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


def test_several_workers_take_a_release_once_and_fill_its_list_once(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audience, "CHUNK", 7)
    office.list("phone,district\n" + "".join(f"010-5555-{number:04},41110\n" for number in range(40)))
    row = office.let_go(office.propose())

    def worker(_: int) -> bool:
        taken = office.database.run(sending_notices.take, ROADS, 1_000)
        while office.database.run(sending_notices.fill):
            pass
        return taken

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(worker, range(4))) == 1
    assert len(office.send()) == office.mailing(row).total == 40
    assert office.entries(row.id).count("sending") == 1


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
    assert (counts.recipients, counts.by_channel) == (1, {"app": 1}), "who got both is told once"
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


def test_nothing_leaves_of_what_was_called_off_though_it_had_all_left_and_did_not_arrive(office: Office) -> None:
    office.list()
    row = office.let_go(office.propose(notice_class=NoticeClass.INFORMATION))
    assert TWO in office.send()
    assert office.mailing(row).state == "done"
    office.cancel(row.id)
    by_app = next(one for one in _recipients(office, row) if one.step == 0)
    office.run(receipts.take_report, "app", by_app.id, b"", RecipientState.FAILED)
    assert (office.send(), office.mailing(row).state) == ({}, "done")


def test_a_list_that_is_not_full_when_its_notice_is_over_never_starts(office: Office, clock: Clock) -> None:
    office.list()
    row = office.let_go(office.propose())
    assert office.run(sending_notices.take, ROADS, 1_000)
    clock.pass_by(3600)
    assert office.send() == {}
    assert (office.mailing(row).state, "sending" in office.entries(row.id)) == ("stopped", False)


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
    row = office.let_go(office.propose(notice_class=NoticeClass.LIFE_SAFETY, channels=("app", "sms")))
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


def test_whom_nothing_reached_is_called_at_any_hour_and_reached_when_they_answer(office: Office, clock: Clock) -> None:
    office.list()
    clock.pass_by(9 * 3600)
    row = office.quake()
    office.send()
    one, _, _ = _recipients(office, row)
    office.run(receipts.take_report, "sms", one.id, b"", RecipientState.FAILED)
    assert office.run(calling_recipients.place)
    (errand_id,) = office.database.read(errands.open_calls, office.released(row.id).id)
    found = office.run(calling_recipients.load, errand_id)
    assert (found.load.telephone, found.load.language) == (ONE, "ko")
    office.run(calling_recipients.given, errand_id, "case-1", "citizen-1")
    (wanted,) = office.events(events_pb2.CallWanted)
    assert (wanted.purpose, wanted.priority_class) == ("notice", case_pb2.PRIORITY_CLASS_SAFETY)
    assert office.run(calling_recipients.told, "case-1", "kim", "").text.startswith("[지진]")
    office.run(calling_recipients.call_ended, errand_id, CallResult.ANSWERED, SPAN)
    assert office.standing(row) == {"delivered": 1, "sent": 2}
    office.cancel(row.id)
    assert not office.run(calling_recipients.place)


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
    row = office.propose(channels=("sms",))
    office.dry_run(row.id)
    with pytest.raises(PreconditionFailed) as refused:
        office.run(approving.approve, row.id, 1, "lee", 1_000, {"app", "voice"})
    assert refused.value.reason == "NO_CHANNEL"
    waits = office.let_go(office.propose(request_id="r-2", channels=("sms",)))
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
