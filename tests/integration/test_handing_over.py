"""What becomes of a case in the hands of a department, use case by use case, on real SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from services.intake.domain.cases import CaseState
from services.intake.domain.contacts import AttachmentState, Details, Kept, NewAttachment, NewContact, Sender, Settled
from services.intake.domain.handovers import HANDOVER_MOVES, HandoverState, NewHandover
from services.intake.store import contacts, handovers
from services.intake.tables import metadata
from services.intake.use_cases import casework, handing_over, receiving
from services.intake.use_cases.casework import Reader
from services.intake.use_cases.handing_over import Opened, Report, Taken
from tests.integration.databases import Clock, opened
from tests.integration.routing_floor import rows

DEPARTMENT = "roads"
READER = Reader("kim", "HandOverCase", "case work")
CITIZEN = Sender("phone", "+821055501234", "김누리", verified=True)
PLACE = Details(topic="pothole", address="수원시 팔달구 효원로 1", latitude=37.263, longitude=127.028)
PHOTO = NewAttachment("https://pictures.example/1.jpg", "image/jpeg", "구멍.jpg")


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "intake", metadata, clock) as found:
        yield found


@pytest.fixture
def case(database: Database) -> Kept:
    """A citizen has told of a hole in the road, with a photo."""
    new = NewContact("app", "text", "m-1", CITIZEN, "길에 구멍이 있어요", attachments=(PHOTO,), details=PLACE)
    return database.run(receiving.receive_contact, new, lambda waiting: waiting)


def asked(case: Kept, **more: object) -> NewHandover:
    new = NewHandover(case.case_id, DEPARTMENT, "kim", "r-1", "포트홀", "팔달구청 앞 포트홀입니다. 900101-1234567")
    return replace(new, **more)  # type: ignore[arg-type] # its own fields


def hand_over(database: Database, new: NewHandover) -> Opened:
    return database.run(handing_over.hand_over, new, READER)


def submit(database: Database, handover_id: str, *, ticket_id: str = "R-77") -> None:
    assert database.run(handing_over.begin_submitting, handover_id, repeatable=False) is not None
    say(database, HandoverState.SUBMITTED, handover_id=handover_id, ticket_id=ticket_id)


def say(database: Database, state: HandoverState, **more: object) -> Taken:
    return database.run(handing_over.take_report, DEPARTMENT, Report(state, **more))  # type: ignore[arg-type] # its own


def told(database: Database, handover_id: str) -> Opened:
    return database.run(lambda tx: handing_over.opened(tx, handovers.handover(tx, handover_id)))


def states(database: Database) -> list[str]:
    query = "SELECT becomes FROM entry WHERE kind = 'handover' ORDER BY sequence"
    return [row["becomes"] for row in rows(database, query)]


def test_a_handover_takes_the_place_along_and_no_resident_number(database: Database, case: Kept) -> None:
    found = hand_over(database, asked(case))
    leaving = database.run(handing_over.begin_submitting, found.row.id, repeatable=False)
    assert leaving is not None
    assert leaving.case_number == case.case_number
    assert leaving.told["place"] == {"address": PLACE.address, "latitude": 37.263, "longitude": 127.028}
    assert "1234567" not in leaving.told["text"]


def test_the_citizen_is_named_only_if_they_agreed_and_the_trail_says_so(database: Database, case: Kept) -> None:
    silent, named = (
        hand_over(database, asked(case)),
        hand_over(database, asked(case, request_id="r-2", citizen_agreed=True)),
    )
    unnamed = database.run(handing_over.begin_submitting, silent.row.id, repeatable=False)
    known = database.run(handing_over.begin_submitting, named.row.id, repeatable=False)
    assert unnamed is not None
    assert unnamed.citizen is None
    assert known is not None
    assert known.citizen == ("phone", "+821055501234", "김누리")
    assert [row["action"] for row in rows(database, "SELECT action FROM audit")] == ["HandOverCase"]


def test_a_repeated_request_hands_over_once(database: Database, case: Kept) -> None:
    first, second = hand_over(database, asked(case)), hand_over(database, asked(case, title="another"))
    assert (first.row.id, first.told) == (second.row.id, second.told)
    assert len(rows(database, "SELECT id FROM outbox WHERE kind = 'task' AND key = 'connector.roads.reply'")) == 1


def test_attachments_that_are_stored_go_along_and_others_are_refused(database: Database, case: Kept) -> None:
    [photo] = [row["id"] for row in rows(database, "SELECT id FROM attachment")]
    with pytest.raises(InvalidArgument):
        hand_over(database, asked(case, attachment_ids=(photo,)))
    database.run(receiving.settle_attachment, photo, Settled(AttachmentState.STORED, "image/jpeg", 3, "aa/photo"))
    found = hand_over(database, asked(case, attachment_ids=(photo,)))
    leaving = database.run(handing_over.begin_submitting, found.row.id, repeatable=False)
    assert leaving is not None
    assert leaving.files == [("aa/photo", "image/jpeg", "구멍.jpg")]


def test_a_closed_case_and_one_that_is_not_there_are_not_handed_over(database: Database, case: Kept) -> None:
    with pytest.raises(NotFound):
        hand_over(database, asked(case, case_id="0199e0f2-7c00-7abc-8def-000000000001"))
    database.run(casework.set_case_state, case.case_id, CaseState.CLOSED, "kim")
    with pytest.raises(PreconditionFailed):
        hand_over(database, asked(case))


def test_what_the_department_says_becomes_entries_in_its_order(database: Database, case: Kept) -> None:
    found = hand_over(database, asked(case))
    submit(database, found.row.id)
    assert say(database, HandoverState.IN_PROGRESS, ticket_id="R-77", update_id="u-2", note="내일 고칩니다") == Taken(
        True
    )
    late = say(database, HandoverState.ACKNOWLEDGED, ticket_id="R-77", update_id="u-1")
    assert late == Taken(known=True, allowed=False)
    assert say(database, HandoverState.DONE, ticket_id="R-77", update_id="u-3") == Taken(known=True)
    assert states(database) == ["queued", "submitted", "in_progress", "done"]
    assert (told(database, found.row.id).ticket_id, told(database, found.row.id).note) == ("R-77", "내일 고칩니다")


def test_a_report_that_came_before_changes_nothing(database: Database, case: Kept) -> None:
    found = hand_over(database, asked(case))
    submit(database, found.row.id)
    for _ in range(2):
        again = say(database, HandoverState.ACKNOWLEDGED, handover_id=found.row.id, update_id="u-1")
    assert again == Taken(known=True, duplicate=True)
    assert states(database) == ["queued", "submitted", "acknowledged"]


def test_a_look_that_finds_nothing_new_leaves_no_entry(database: Database, case: Kept, clock: Clock) -> None:
    found = hand_over(database, asked(case))
    submit(database, found.row.id)
    clock.pass_by(3_700)
    [(handover_id, ticket_id)] = database.run(handovers.due, DEPARTMENT, clock().timestamp() - 3_600, 10)
    assert (handover_id, ticket_id) == (found.row.id, "R-77")
    say(database, HandoverState.SUBMITTED, ticket_id="R-77")
    assert database.run(handovers.due, DEPARTMENT, clock().timestamp() - 3_600, 10) == []
    assert states(database) == ["queued", "submitted"]


def test_a_department_knows_only_its_own_handovers(database: Database, case: Kept) -> None:
    found = hand_over(database, asked(case))
    submit(database, found.row.id)
    report = Report(HandoverState.DONE, handover_id=found.row.id, ticket_id="R-77")
    assert database.run(handing_over.take_report, "parks", report) == Taken(known=False)
    assert states(database) == ["queued", "submitted"]


def test_one_that_was_being_handed_over_when_the_hub_died_needs_a_person(database: Database, case: Kept) -> None:
    found = hand_over(database, asked(case))
    database.run(handing_over.begin_submitting, found.row.id, repeatable=False)
    assert database.run(handing_over.begin_submitting, found.row.id, repeatable=False) is None
    assert told(database, found.row.id).row.state == HandoverState.UNKNOWN
    database.run(handing_over.resolve, found.row.id, READER, send_again=True)
    assert database.run(handing_over.begin_submitting, found.row.id, repeatable=False) is not None
    with pytest.raises(PreconditionFailed):
        database.run(handing_over.resolve, found.row.id, READER, send_again=False)


def test_a_department_that_knows_a_repeat_is_asked_again(database: Database, case: Kept) -> None:
    found = hand_over(database, asked(case))
    for _ in range(2):
        assert database.run(handing_over.begin_submitting, found.row.id, repeatable=True) is not None


def test_no_state_is_left_without_a_way_on_but_the_refused_ones() -> None:
    assert all(HANDOVER_MOVES[state] for state in HandoverState)
    assert set(HANDOVER_MOVES) == set(HandoverState)


def test_details_are_kept_with_the_contact(database: Database, case: Kept) -> None:
    [kept] = database.run(handovers.newest_details, case.case_id)
    assert contacts.details(kept) == PLACE
