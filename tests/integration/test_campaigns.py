"""Lists come in from files with what is wrong named by row and column, and campaigns reach those who are meant."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import grpc
import openpyxl  # type: ignore[import-untyped] # has no hints
import pytest
from click.testing import CliRunner
from hub120.outreach.v1 import campaign_service_pb2 as pb
from hub120.outreach.v1 import (
    campaign_service_pb2_grpc,
    contact_rule_service_pb2,
    contact_rule_service_pb2_grpc,
    mailing_pb2,
    mailing_service_pb2,
    mailing_service_pb2_grpc,
)

from chassis import event_loop
from chassis.cli import main
from chassis.database import Database
from chassis.errors import InvalidArgument
from chassis.grpc_host import implemented
from services.outreach.domain.lists import Segment
from services.outreach.domain.mailings import Kind, NewMailing, Step, Text, Urgency
from services.outreach.grpc_api.campaigns import CampaignApi
from services.outreach.grpc_api.contact_rules import ContactRuleApi
from services.outreach.grpc_api.mailings import MailingApi
from services.outreach.store import lists as store
from services.outreach.store import recipients
from services.outreach.tables import metadata
from services.outreach.use_cases import lists, mailing, rehearsing
from services.outreach.use_cases.lists import NewList
from tests.integration.check_in_desk import CENTRE
from tests.integration.databases import shared
from tests.integration.grpc_calls import answering, refused

both, clock, database = shared("outreach", metadata)

CSV = """명단 2026,,,,,
이름,휴대폰,언어,지역,생년월일,태그
김하나,010-1111-0001,한국어,41110,1950-03-01,독거;만성
이둘,+82 10 1111 0002,vi,41110,1990,
박셋,전화 없음,ko,41110,1950,
최넷,010 1111 0001,ko,41110,1950,
정다섯,,ko,41110,1950,
강여섯,010-1111-0006,ko,11110,쉰살,
,,,,,
조일곱,010-1111-0007,ko,11110,1948,독거
"""


def new_list(name: str = "people.csv", **mapping: str) -> NewList:
    return NewList(str(uuid4()), "어르신", name, "kim", mapping)


def brought(database: Database, content: bytes, name: str = "people.csv", **mapping: str) -> Any:
    return database.run(lists.of, lists.bring_in(database, io.BytesIO(content), new_list(name, **mapping))[0].id)


def faults(database: Database, list_id: str) -> list[tuple[int, str, str]]:
    return [(one.number, one.heading, one.code) for one in database.run(store.faults, list_id, (0, ""), 100)]


def workbook() -> bytes:
    """As people make them: numbers for telephone numbers, and dates for days."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in (["성명", "전화번호", "출생연도"], ["김하나", 1011110001, date(1950, 3, 1)], ["이둘", "x", 1990]):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_what_is_wrong_is_named_by_row_and_column_and_the_rest_goes_on(database: Database, encoding: str) -> None:
    row = brought(database, CSV.encode(encoding))
    assert (row.members, row.refused, row.duplicates, row.variables) == (3, 3, 1, '["name"]')
    assert faults(database, row.id) == [
        (5, "휴대폰", "bad_phone"),
        (6, "", "duplicate"),
        (7, "", "no_address"),
        (8, "생년월일", "bad_birth_year"),
    ]
    members = database.run(store.members, row.id, 0, 10)
    assert [(one.number, one.language, one.district, one.birth_year, one.tags) for one in members] == [
        (3, "ko", "41110", 1950, "독거 만성"),
        (4, "vi", "41110", 1990, ""),
        (10, "ko", "11110", 1948, "독거"),
    ]
    assert database.run(store.opened, members[1]) == ({"phone": "+821011110002"}, {"name": "이둘"})


def test_a_workbook_that_took_numbers_for_quantities_is_read(database: Database) -> None:
    row = brought(database, workbook(), "people.xlsx")
    (member,) = database.run(store.members, row.id, 0, 10)
    assert database.run(store.opened, member) == ({"phone": "+821011110001"}, {"name": "김하나"})
    assert member.birth_year == 1950
    assert faults(database, row.id) == [(3, "전화번호", "bad_phone")]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("people.csv", b"a,b\n1,2\n", "none of the first"),
        ("people.csv", b"\xff\xfe\x00\x81", "neither UTF-8 nor CP949"),
        ("people.xlsx", b"not a workbook", "no workbook"),
        ("people.pdf", b"%PDF", "neither .csv nor a workbook"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(database: Database, name: str, content: bytes, why: str) -> None:
    for look in (lambda: brought(database, content, name), lambda: lists.preview(io.BytesIO(content), new_list(name))):
        with pytest.raises(InvalidArgument, match=why):
            look()


def test_a_workbook_that_would_fill_the_memory_is_not_opened(database: Database) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as sheet:
        for _ in range(520):
            sheet.write(bytes(1 << 20))
    assert len(content.getvalue()) < 1 << 20
    with pytest.raises(InvalidArgument, match="would unpack to 520 MiB"):
        lists.preview(content, new_list("people.xlsx"))


def test_a_preview_proposes_columns_and_stores_nothing(database: Database) -> None:
    content = "성함,번호,Visit_Day\n김하나,010-1111-0001,월\n"
    seen = lists.preview(io.BytesIO(content.encode()), new_list(번호="phone"))
    assert [(one.heading, one.field) for one in seen.columns] == [
        ("성함", "name"), ("번호", "phone"), ("Visit_Day", "visit_day"),
    ]  # fmt: skip
    assert (seen.members, seen.rows) == (1, [(2, ["김하나", "010-1111-0001", "월"])])
    assert database.run(store.all_of_them) == []


def campaign(**changed: Any) -> NewMailing:
    told: dict[str, Any] = {
        "id": str(uuid4()), "kind": Kind.CAMPAIGN, "urgency": Urgency.BULK, "title": "검진",
        "steps": (Step("sms", "phone"),), "texts": (Text("", "ko", "{name}님, 검진 받으세요"),),
        "created_by": "kim", "needs_approval_above": 1,
    }  # fmt: skip
    return NewMailing(**(told | changed))


def filled(database: Database) -> None:
    while database.run(lists.fill):
        pass


@pytest.mark.parametrize(
    ("segment", "who"),
    [
        (Segment(), ["김하나", "이둘", "조일곱"]),
        (Segment(languages=("ko",)), ["김하나", "조일곱"]),
        (Segment(districts=("41",)), ["김하나", "이둘"]),
        (Segment(minimum_age=65, tags=("독거",)), ["김하나", "조일곱"]),
        (Segment(maximum_age=40), ["이둘"]),
        (Segment(minimum_age=77), ["조일곱"]),
    ],
)
def test_those_of_a_list_who_are_meant_are_put_on_the_mailings_list(
    database: Database, segment: Segment, who: list[str]
) -> None:
    row, new = brought(database, CSV.encode()), campaign()
    database.run(lists.create_campaign, new, row.id, segment)
    database.run(lists.create_campaign, new, row.id, segment)
    filled(database)
    found = [database.run(recipients.opened, one)[1]["name"] for one in database.run(recipients.page, new.id, 0, 10)]
    assert found == who
    assert database.run(mailing.of, new.id).state == "ready"


@pytest.mark.parametrize("text", ["{naam}님", "{name님", "{이름}님"])
def test_a_text_with_a_variable_that_the_list_does_not_have_is_refused(database: Database, text: str) -> None:
    row = brought(database, CSV.encode())
    with pytest.raises(InvalidArgument, match="texts"):
        database.run(lists.create_campaign, campaign(texts=(Text("", "ko", text),)), row.id, Segment())


def test_a_dry_run_counts_by_channel_and_language_and_reckons_the_cost(database: Database) -> None:
    row = brought(database, CSV.encode())
    texts = (Text("", "ko", "검진 받으세요"), Text("sms", "vi", "Hãy đi khám"))
    new = campaign(texts=texts, steps=(Step("app", "account"), Step("sms", "phone")))
    database.run(lists.create_campaign, new, row.id, Segment())
    filled(database)
    found = rehearsing.dry_run(database, new.id, {"sms": 20.0})
    assert [(one.channel, one.language, one.recipients, one.total_won) for one in found.costs] == [
        ("sms", "ko", 2, 40.0), ("sms", "vi", 1, 20.0),
    ]  # fmt: skip
    assert (found.total_won, found.unreachable, found.needs_approval) == (60.0, 0, True)


def pieces(content: bytes, **header: Any) -> Iterator[pb.UploadListRequest]:
    told = {"list_id": str(uuid4()), "name": "어르신", "filename": "people.csv"} | header
    yield pb.UploadListRequest(header=pb.ListHeader(**told))
    for start in range(0, len(content), 100):
        yield pb.UploadListRequest(chunk=content[start : start + 100])


@asynccontextmanager
async def served(database: Database, folder: Path) -> AsyncIterator[tuple[grpc.aio.Channel, Any, Any]]:
    """Outreach's doors, and two supervisors who knock."""
    services = (
        implemented(pb, campaign_service_pb2_grpc, CampaignApi(database, {"sms"}, approve_above=2)),
        implemented(mailing_service_pb2, mailing_service_pb2_grpc, MailingApi(database, {"sms": 20.0}, CENTRE)),
        implemented(contact_rule_service_pb2, contact_rule_service_pb2_grpc, ContactRuleApi(database)),
    )
    async with answering(folder, *services) as (channel, issuer):
        kim, lee = ((("authorization", f"Bearer {issuer.issue(name, ['supervisor'])}"),) for name in ("kim", "lee"))
        yield channel, kim, lee


def test_a_campaign_over_grpc_from_the_file_to_the_start(database: Database, tmp_path: Path) -> None:
    async def test() -> None:
        async with served(database, tmp_path) as (channel, kim, lee):
            campaigns = campaign_service_pb2_grpc.CampaignServiceStub(channel)  # type: ignore[no-untyped-call]
            mailings = mailing_service_pb2_grpc.MailingServiceStub(channel)  # type: ignore[no-untyped-call]
            seen = await campaigns.UploadList(pieces(CSV.encode(), preview=True), metadata=kim)
            assert (seen.list.members, len(seen.rows), seen.faults[0].code) == (3, 7, "bad_phone")
            told = await campaigns.UploadList(pieces(CSV.encode()), metadata=kim)
            assert [one.row for one in told.faults] == [5, 6, 7, 8]
            asked = pb.CreateCampaignRequest(
                mailing_id=str(uuid4()), title="검진", list_id=told.list.id,
                steps=[pb.CampaignStep(channel="sms", address_kind="phone")],
                texts=[pb.CampaignText(language="ko", text="{name}님")],
            )  # fmt: skip
            made = (await campaigns.CreateCampaign(asked, metadata=kim)).mailing
            assert made.state == mailing_pb2.MAILING_STATE_DRAFT
            await asyncio.to_thread(filled, database)
            which = {"mailing_id": made.id}
            dry = (
                await mailings.DryRunMailing(mailing_service_pb2.DryRunMailingRequest(**which), metadata=kim)
            ).dry_run
            assert (dry.total_won, dry.needs_approval) == (60.0, True)
            start = mailing_service_pb2.StartMailingRequest(**which)
            assert "nobody has approved it" in str(
                (await refused(mailings.StartMailing(start, metadata=kim))).details()
            )
            await mailings.ApproveMailing(mailing_service_pb2.ApproveMailingRequest(**which), metadata=lee)
            await mailings.StartMailing(start, metadata=kim)
            watched = mailings.WatchMailing(mailing_service_pb2.WatchMailingRequest(**which), metadata=kim)
            first = await watched.read()
            assert (first.mailing.state, first.counts.queued) == (mailing_pb2.MAILING_STATE_RUNNING, 3)
            await mailings.StopMailing(mailing_service_pb2.StopMailingRequest(**which), metadata=kim)
            (listed,) = (await mailings.ListMailings(mailing_service_pb2.ListMailingsRequest(), metadata=kim)).mailings
            assert listed.state == mailing_pb2.MAILING_STATE_STOPPED

    event_loop.run(test())


def test_rules_about_an_address_are_written_shown_and_taken_back(database: Database, tmp_path: Path) -> None:
    async def test() -> None:
        async with served(database, tmp_path) as (channel, kim, _):
            rules = contact_rule_service_pb2_grpc.ContactRuleServiceStub(channel)  # type: ignore[no-untyped-call]
            asked = contact_rule_service_pb2
            add = asked.AddContactRuleRequest(
                address="010-1111-0001", kind=asked.CONTACT_RULE_KIND_OPTED_OUT, channel="sms"
            )
            await rules.AddContactRule(add, metadata=kim)
            look = asked.ListContactRulesRequest(address="+82 10 1111 0001")
            (found,) = (await rules.ListContactRules(look, metadata=kim)).rules
            assert (found.channel, found.source) == ("sms", "kim")
            remove = asked.RemoveContactRuleRequest(address="01011110001", channel="sms")
            await rules.RemoveContactRule(remove, metadata=kim)
            assert not (await rules.ListContactRules(look, metadata=kim)).rules
            wrong = asked.AddContactRuleRequest(address="+999 12", kind=asked.CONTACT_RULE_KIND_OPTED_OUT)
            assert (await refused(rules.AddContactRule(wrong, metadata=kim))).code() is grpc.StatusCode.INVALID_ARGUMENT

    event_loop.run(test())


def test_quiet_hours_of_a_district_are_said_and_shown(database: Database, tmp_path: Path) -> None:
    async def test() -> None:
        async with served(database, tmp_path) as (channel, kim, _):
            rules = contact_rule_service_pb2_grpc.ContactRuleServiceStub(channel)  # type: ignore[no-untyped-call]
            asked = contact_rule_service_pb2
            hours = {"district": "99", "time_zone": "Europe/Berlin", "begin_time": "22:00", "end_time": "07:30"}
            put = asked.PutQuietHoursRequest(quiet_hours=asked.QuietHours(**hours))
            for _ in range(2):
                await rules.PutQuietHours(put, metadata=kim)
            (found,) = (await rules.ListQuietHours(asked.ListQuietHoursRequest(), metadata=kim)).quiet_hours
            assert found == put.quiet_hours
            for wrong in ({"time_zone": "Berlin"}, {"begin_time": "24:00"}, {"end_time": "8"}, {"district": "9" * 41}):
                put = asked.PutQuietHoursRequest(quiet_hours=asked.QuietHours(**(hours | wrong)))
                error = await refused(rules.PutQuietHours(put, metadata=kim))
                assert error.code() is grpc.StatusCode.INVALID_ARGUMENT, wrong

    event_loop.run(test())


def test_a_list_is_brought_in_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB120_DATA_DIR", str(tmp_path / "var"))
    file = tmp_path / "people.csv"
    file.write_bytes(CSV.encode("cp949"))
    seen = CliRunner().invoke(main, ["outreach", "import", str(file), "--check"])
    assert seen.exit_code == 1
    assert "휴대폰: phone" in seen.output
    brought_in = CliRunner().invoke(
        main, ["outreach", "import", str(file), "--name", "어르신", "--column", "지역=tags"]
    )
    assert brought_in.exit_code == 1
    assert "row 5, 휴대폰: bad_phone" in brought_in.output
    assert "3 people, 3 refused, 1 twice" in brought_in.output
    assert "어르신: 3 people" in CliRunner().invoke(main, ["outreach", "lists"]).output
    wrong = CliRunner().invoke(main, ["outreach", "import", str(tmp_path / "people.csv"), "--column", "phone"])
    assert "HEADING=FIELD" in wrong.output
