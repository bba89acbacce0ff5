"""Personal data planted in every field of every input is found nowhere in plain, and every read of it is on record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hub120.intake.v1 import intake_service_pb2 as intake

from chassis.crypto import sealed_columns
from chassis.service import installed, keeping
from tests import servers
from tests.hub import RunningHub, running_hub
from tests.ledger import Ledger
from tests.otlp import OtlpReceiver
from tests.planted import NAME, NUMBER, PURPOSE, VALUES, Leak, files, leaked_code, leaks
from tests.story import Story
from tests.tap import Tap


@dataclass
class Evidence:
    """What a hub left behind after everything was said to it."""

    folder: Path
    spans_and_metrics: list[bytes]
    exported: set[str]
    messages: list[bytes]
    rows: list[tuple[str, bytes]]
    opened: list[tuple[str, str]]
    code: str
    told: list[str]
    """Errors as callers were told them."""
    answers: Mapping[tuple[str, str], str]
    """What each role was answered by each method."""
    audit: list[intake.AuditRecord]
    citizen_id: str

    def everywhere(self) -> Iterator[tuple[str, bytes]]:
        """Every place with what stands there."""
        yield from (("spans and metrics", body) for body in self.spans_and_metrics)
        yield from (("messages", body) for body in self.messages)
        yield from self.rows
        yield from files(self.folder)
        yield from (("errors", said.encode()) for said in self.told)


@pytest.fixture(scope="module", params=["embedded", pytest.param("distributed", marks=pytest.mark.servers)])
def evidence(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    """One hub to which all of it is said, then stopped."""
    folder: Path = tmp_path_factory.mktemp("private")
    with OtlpReceiver() as receiver:
        environment = {
            "HUB120_OTLP_ENDPOINT": receiver.endpoint,
            "HUB120_RETRY_SECONDS": "[0.1, 0.1, 0.1]",
            "HUB120_LOG_LEVEL": "debug",
        }
        if request.param == "embedded":
            with running_hub(folder, environment) as hub:
                yield from _gather(hub, receiver)
            return
        prefix, tables = request.getfixturevalue("namespace_prefix"), request.getfixturevalue("migrated_postgres")
        with (
            servers.own_bus(request.getfixturevalue("amqp_server"), prefix) as amqp,
            servers.own_database(request.getfixturevalue("postgres_server"), like=tables) as database,
            running_hub(folder, {"HUB120_DATABASE": database, "HUB120_BUS": amqp, **environment}, migrated=True) as hub,
        ):
            yield from _gather(hub, receiver)


def _gather(hub: RunningHub, receiver: OtlpReceiver) -> Iterator[Evidence]:
    with closing(Ledger(hub)) as ledger, closing(Tap(hub)) as tap:
        story = Story(hub)
        story.tell()
        ledger.wait_until_drained()
        audit = story.audit()
        hub.stop()
        yield Evidence(
            folder=hub.folder,
            spans_and_metrics=list(receiver.raw),
            exported={span.name for span in receiver.spans()} | set(receiver.metrics()),
            messages=tap.taken(),
            rows=list(_rows(ledger)),
            opened=list(_opened(ledger)),
            code=story.code,
            told=story.told,
            answers=story.answers,
            audit=audit,
            citizen_id=story.citizen_id,
        )


def _rows(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    for service in keeping(installed()):
        for table in service.metadata.sorted_tables:
            for row in ledger.rows(service.name, f"SELECT * FROM {table.name}"):
                for column, value in row.items():
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    yield f"{service.name}.{table.name}.{column}", raw


def _opened(ledger: Ledger) -> Iterator[tuple[str, str]]:
    """Every sealed value, opened."""
    for service in keeping(installed()):
        for column in sealed_columns(service.metadata):
            key = [one.name for one in column.table.primary_key]
            for row in ledger.rows(service.name, f"SELECT * FROM {column.table.name}"):
                if row[column.name] is not None:
                    place = {"table": column.table.name, "column": column.name}
                    place["row"] = ":".join(str(row[name]) for name in key)
                    yield f"{service.name}.{column}", ledger.keys.open_text(bytes(row[column.name]), **place)


def shown(found: list[Leak]) -> str:
    return "\n".join(f"{leak.place}: {leak.what} in …{leak.around}…" for leak in found[:20])


def test_nothing_personal_is_found_anywhere(evidence: Evidence) -> None:
    found = [leak for place, content in evidence.everywhere() for leak in leaks(place, content)]
    found += [leak for place, content in evidence.everywhere() for leak in leaked_code(place, content, evidence.code)]
    assert not found, shown(found)


def test_resident_numbers_are_not_even_there_when_everything_is_opened(evidence: Evidence) -> None:
    values = {"resident number": VALUES["resident number"]}
    free_text = [(place, text) for place, text in evidence.opened if place not in {
        "intake.identity.address", "intake.attachment.reference", "intake.contact.reply_context",
    }]  # fmt: skip
    found = [leak for place, text in free_text for leak in leaks(place, text.encode(), values)]
    assert not found, shown(found)


def test_what_was_said_is_there_when_it_is_opened(evidence: Evidence) -> None:
    """Else the search would prove nothing."""
    opened: dict[str, str] = {}
    for place, text in evidence.opened:
        opened.setdefault(place, "")
        opened[place] += text
    for place, text in {
        "intake.contact.text": "아무도 모르는 사연",
        "intake.reply.text": "시민만 받는 답",
        "intake.reply.failure": "아무도 모르는 사연",
        "intake.note.text": "동료만 아는 메모",
        "intake.identity.address": NUMBER,
        "intake.identity.display_name": NAME,
        "intake.attachment.filename": "신분증앞면.jpg",
        "intake.audit.purpose": PURPOSE,
        "intake.person_link.unlink_reason": "거절하는 속내",
        "intake.verification.number": NUMBER,
        "intake.reply_file.filename": "처분통지.jpg",
        "intake.handover.told": "부서만 아는 사정",
        "intake.handover.note": "댁 방문",
        "intake.handover.ticket_id": NUMBER,
        "intake.packet.told": "합류자만 아는 사정",
        "routing.offer.reason": "거절하는 속내",
        "routing.transfer.note": "거절하는 속내",
        "routing.abuse_report.note": "거절하는 속내",
        "routing.conduct_record.reason": "거절하는 속내",
        "routing.rota_override.reason": "거절하는 속내",
        "routing.rota_swap.reason": "거절하는 속내",
        "routing.conference_entry.told": "오인 신고",
        "translation.volunteer.telephone": NUMBER,
        "translation.audit.reason": "거절하는 속내",
    }.items():
        assert text in opened[place], place
    assert evidence.exported > {"hub120.contacts.received", "process ContactReceived", "reply to citizen"}
    assert len(evidence.messages) > 10


def test_every_read_of_personal_data_is_on_record_with_who_what_whose_and_why(evidence: Evidence) -> None:
    actions = {record.action for record in evidence.audit}
    assert actions >= {
        "GetCase", "ListCases", "WatchCase", "GetAttachment", "ResolveReply",
        "GetCitizen", "StartVerification", "ConfirmVerification", "UnlinkCitizen", "HandOverCase",
        "PutPacket", "GetPacket",
    }  # fmt: skip
    assert all(record.actor == "kim" and record.purpose.startswith(PURPOSE) for record in evidence.audit)
    about = {(record.action, record.citizen_id) for record in evidence.audit}
    assert ("GetCase", evidence.citizen_id) in about
    assert ("GetCitizen", evidence.citizen_id) in about


@pytest.mark.parametrize(
    ("role", "method", "allowed"),
    [
        ("agent", "GetCase", True),
        ("supervisor", "GetCase", True),
        ("auditor", "GetCase", False),
        ("admin", "GetCase", False),
        ("service", "GetCase", False),
        ("legal", "GetCase", False),
        ("display", "GetCase", False),
        ("display", "ListAuditRecords", False),
        ("agent", "ListAuditRecords", False),
        ("supervisor", "ListAuditRecords", False),
        ("auditor", "ListAuditRecords", True),
    ],
)
def test_who_may_read_what(evidence: Evidence, role: str, method: str, allowed: bool) -> None:
    assert evidence.answers[role, method] == ("OK" if allowed else "PERMISSION_DENIED")
