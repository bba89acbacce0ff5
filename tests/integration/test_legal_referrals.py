"""Legal referrals on both databases: deadlines that are guarded, conflicts of interest, notes of the legal desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from chassis.errors import NotFound, PreconditionFailed
from services.referral.domain.consents import Item
from services.referral.domain.deadlines import DeadlineKind, DeadlineState, Warned
from services.referral.domain.referrals import AgencyReport, Reason, ReferralState
from services.referral.store.legal import NewDeadline
from services.referral.store.referrals import NewReferral, Order
from services.referral.tables import metadata
from services.referral.use_cases import (
    counselling,
    dispatching,
    ending,
    guarding,
    packets,
    proposing,
    reporting,
    tending,
)
from services.referral.use_cases.reading import Reader
from tests.integration.databases import shared
from tests.integration.legal_desk import (
    CHEAT,
    DUE,
    LAWYER,
    OTHER_CASE,
    deadline,
    opponent,
    propose,
    proposed,
    send,
)
from tests.integration.referral_desk import Desk

both, clock, database = shared("referral", metadata)
desk = proposed
S = ReferralState
DAYS = (7, 3, 1)


def guard(desk: Desk) -> None:
    """The clock looks at deadlines, and at silence."""
    while desk.run(guarding.guard, DAYS):
        pass
    desk.look()


def test_a_deadline_that_nobody_has_in_hand_reaches_a_supervisor_on_each_of_its_days(desk: Desk) -> None:
    row = desk.run(counselling.add_deadline, desk.referral_id, NewDeadline(
        DeadlineKind.APPEAL, DUE, "판결문 송달 2026-11-02", "", "d-1"), "kim")[1]  # fmt: skip
    guard(desk)
    assert (desk.row.escalation, desk.row.deadline_day) == ("", "2026-11-16")
    assert desk.row.deadline_at == row.deadline_at == datetime(2026, 11, 16, 15, tzinfo=UTC).timestamp()
    desk.clock.pass_by(7 * 86_400)
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR
    (listed,) = desk.database.read(proposing.listed, {}, None, 10, order=Order.ESCALATED)
    assert (listed.id, listed.deadline_day) == (desk.referral_id, "2026-11-16")
    guard(desk)
    assert desk.kinds().count("deadline_near") == 1, "it is said once"
    desk.run(tending.take_escalation, desk.referral_id, "전화함", "chief", settled=True)
    desk.clock.pass_by(4 * 86_400)
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR, "three days before it is said again"
    desk.clock.pass_by(5 * 86_400)
    guard(desk)
    assert desk.kinds()[-1] == "deadline_passed"
    assert (desk.row.deadline_id, desk.row.deadline_due_at) == ("", None)
    assert desk.database.read(guarding.warned, desk.row) == [Warned.DEADLINE_PASSED]
    desk.consent()
    assert desk.run(dispatching.send, desk.referral_id, "kim")[2] == [Warned.DEADLINE_PASSED]


def test_an_agency_that_takes_it_ends_the_haste(desk: Desk) -> None:
    deadline(desk, date(2026, 11, 5))
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR
    send(desk)
    desk.reports(S.ACCEPTED)
    assert desk.row.escalation == ""
    desk.clock.pass_by(2 * 86_400)
    guard(desk)
    assert desk.kinds().count("deadline_near") == 2
    assert desk.row.escalation == "", "an agency has it in hand"


@pytest.mark.parametrize("entered", ["before", "after"])
def test_silence_is_escalated_before_the_deadline_whatever_times_an_agency_has(desk: Desk, entered: str) -> None:
    desk.agency("email", second="sms", timers='{"acknowledge": 400, "rung": 400}')
    if entered == "before":
        deadline(desk)
    send(desk)
    if entered == "after":
        deadline(desk)
    last = desk.row.due_at
    while desk.row.state == S.SENT:
        desk.clock.now = datetime.fromtimestamp(desk.row.due_at, UTC)
        last = desk.row.due_at
        desk.look()
    assert desk.row.escalation == Reason.SILENT
    assert last < datetime(2026, 11, 16, 15, tzinfo=UTC).timestamp()
    assert [one.reason for one in desk.entries() if one.kind == "rung"] == ["reminder", "second_contact"]


def test_who_ends_a_referral_before_its_deadline_says_that_they_know(desk: Desk) -> None:
    found = deadline(desk)
    send(desk)
    done = AgencyReport(S.COMPLETED, report_id="done")
    with pytest.raises(PreconditionFailed, match="2026-11-16") as refused:
        desk.run(reporting.report_by_agent, desk.referral_id, done, "kim")
    assert refused.value.reason == "DEADLINE_OPEN"
    with pytest.raises(PreconditionFailed, match="deadline"):
        desk.withdraw()
    withdrawn = desk.run(
        ending.withdraw, desk.referral_id, Reason.BY_AGENT, "", "kim", deadline_acknowledged=True
    )  # fmt: skip
    assert withdrawn.state == S.WITHDRAWN
    propose(desk, "r-2")
    other = deadline(desk)
    send(desk)
    _, row = desk.run(counselling.close_deadline, other.id, DeadlineState.KEPT, "kim")
    assert row.deadline_id == ""
    assert desk.run(reporting.report_by_agent, desk.referral_id, done, "kim")[0].state == S.COMPLETED
    again, _ = desk.run(counselling.close_deadline, other.id, DeadlineState.DROPPED, "lee")
    assert (again.state, again.closed_by) == ("kept", "kim"), "what is closed stays as it is"
    assert found.state == "open"


def test_a_deadline_that_was_kept_ends_the_haste(desk: Desk) -> None:
    near, later = deadline(desk, date(2026, 11, 5)), deadline(desk)
    guard(desk)
    assert desk.row.escalation == Reason.DEADLINE_NEAR
    desk.run(counselling.close_deadline, later.id, DeadlineState.DROPPED, "kim")
    assert desk.row.escalation == Reason.DEADLINE_NEAR, "that was another"
    desk.run(counselling.close_deadline, near.id, DeadlineState.KEPT, "kim")
    assert (desk.row.escalation, desk.row.escalated_at) == ("", None)
    desk.withdraw()
    with pytest.raises(PreconditionFailed, match="withdrawn"):
        deadline(desk)


@pytest.mark.parametrize("days", [(6, 6, 6), (18,)])
def test_of_a_referral_that_was_called_off_nobody_is_told_that_its_deadline_comes_near_or_is_over(
    desk: Desk, days: Sequence[int]
) -> None:
    deadline(desk)
    desk.withdraw(deadline_acknowledged=True)
    for some in days:
        desk.clock.pass_by(some * 86_400)
        guard(desk)
    assert not {"deadline_near", "deadline_passed"} & set(desk.kinds())
    assert (desk.row.escalation, desk.row.deadline_due_at) == ("", None)


def test_an_agency_that_is_done_before_the_deadline_is_believed_and_looked_at(desk: Desk) -> None:
    deadline(desk)
    send(desk)
    assert desk.reports(S.COMPLETED).allowed
    assert (desk.row.state, desk.row.escalation) == (S.COMPLETED, Reason.DEADLINE_OPEN)


def test_deadlines_are_in_the_packet_with_the_summary_alone(desk: Desk) -> None:
    deadline(desk)
    desk.consent(Item.NAME)
    bare = desk.database.read(packets.packet, desk.referral_id)
    assert not {"deadlines", "law_field"} & set(bare.fields)
    desk.consent(Item.NAME, Item.CASE_SUMMARY)
    full = desk.database.read(packets.packet, desk.referral_id)
    assert full.fields["deadlines"] == "항소·상고·항고 2026-11-16"
    assert "법 분야: 소비자·금융사기" in full.text
    assert "송달" not in full.text, "where the date is from stays here"


def test_deadlines_and_the_other_side_go_along_to_another_agency(desk: Desk) -> None:
    deadline(desk)
    opponent(desk, CHEAT)
    send(desk)
    desk.reports(S.DECLINED)
    desk.clock.pass_by(7 * 86_400)
    guard(desk)
    first = desk.row
    assert (first.state, first.escalation) == (S.DECLINED, Reason.DEADLINE_NEAR)
    new = NewReferral(
        case_id="", service_id=desk.service_id, organization_id="", kind="", need="", agent_id="kim",
        request_id="r-2", summary="", details={},
    )  # fmt: skip
    other = desk.run(proposing.reroute, first.id, new)
    assert (other.law_field, other.deadline_day) == ("consumer_fraud", "2026-11-16")
    assert (desk.row.deadline_id, desk.row.escalation) == ("", "")
    file = desk.run(counselling.opened, other.id, LAWYER)
    assert [(one.kind, source) for one, source in file.deadlines] == [("appeal", "판결문 송달 2026-11-02")]
    assert [name for _, name, _ in file.parties] == [CHEAT["name"]]
    again, warned = desk.run(proposing.lead_elsewhere, first.id, new)
    assert (again.id, warned) == (other.id, [Warned.DEADLINE_NEAR])


def test_referrals_are_listed_by_their_deadlines(desk: Desk) -> None:
    deadline(desk, date(2026, 12, 1))
    first = desk.referral_id
    propose(desk, "r-2")
    propose(desk, "r-3")
    deadline(desk, date(2026, 11, 10))
    rows = desk.database.read(proposing.listed, {}, None, 10, order=Order.DEADLINE)
    assert [one.id for one in rows] == [desk.referral_id, first]
    (after,) = desk.database.read(proposing.listed, {}, (rows[0].deadline_at, rows[0].id), 1, order=Order.DEADLINE)
    assert after.id == first
    (near,) = desk.database.read(proposing.listed, {}, None, 10, deadline_before=rows[0].deadline_at)
    assert near.id == desk.referral_id


def test_only_legal_referrals_have_deadlines_and_not_without_end(desk: Desk) -> None:
    for _ in range(20):
        deadline(desk)
    with pytest.raises(PreconditionFailed, match="20 deadlines"):
        deadline(desk)
    desk.propose("r-2")
    with pytest.raises(PreconditionFailed, match="no legal one"):
        deadline(desk)
    with pytest.raises(NotFound):
        desk.run(counselling.close_deadline, OTHER_CASE, DeadlineState.KEPT, "kim")


def test_what_is_confidential_is_nowhere_in_plain(desk: Desk) -> None:
    secret = "의뢰인은 화해할 뜻이 있음"
    deadline(desk)
    opponent(desk, CHEAT)
    before = desk.row.sequence
    note, _ = desk.run(counselling.add_note, desk.referral_id, secret, "n-1", "seo")
    again, text = desk.run(counselling.add_note, desk.referral_id, secret, "n-1", "seo")
    assert (again.id, text, desk.row.sequence) == (note.id, secret, before)
    read = desk.run(counselling.notes, desk.referral_id, "", 10, Reader("seo", "ListLegalNotes", "상담"))
    assert [(row.author, text) for row, text in read] == [("seo", secret)]
    assert desk.trail() == [("seo", "ListLegalNotes")]
    desk.consent()
    assert secret not in str(desk.database.read(packets.packet, desk.referral_id))
    with desk.database.engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(sa.select(table))]
    stored = b"\n".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                        for row in rows for value in row)  # fmt: skip
    for plain in (secret, CHEAT["name"], "한빛투자", CHEAT["telephone"], "송달", "김영희"):
        assert plain.encode() not in stored
    assert all(secret not in str(one) and "한빛" not in str(one) for one in desk.told)
