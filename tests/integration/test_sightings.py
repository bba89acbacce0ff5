"""Sightings on both databases: a contact that quotes the code of somebody who is looked for goes before others."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hub120.intake.v1 import case_pb2, events_pb2

from chassis.database import Database
from services.intake.domain.contacts import Kept, NewContact, Sender
from services.intake.domain.priorities import Judged, PriorityClass
from services.intake.tables import metadata
from services.intake.use_cases import receiving, sighting
from tests.integration.databases import Clock, sent_by, shared

both, clock, database = shared("intake", metadata)

NOTICE = "0199e0f2-7c00-7abc-8def-0000000000aa"


def write(
    database: Database, text: str, priority: PriorityClass = PriorityClass.NORMAL
) -> tuple[int, list[events_pb2.SightingReceived], Kept]:
    new = NewContact(
        "web", "text", uuid4().hex, Sender("account", uuid4().hex), text=text, judged=Judged(priority=priority)
    )
    kept, sent = sent_by(database, receiving.receive_contact, new, lambda waiting: waiting)
    received = [one.body for one in sent if one.key.endswith("ContactReceived")]
    sightings = [one.body for one in sent if one.key.endswith("SightingReceived")]
    told = events_pb2.ContactReceived.FromString(received[0])
    return told.priority_class, list(map(events_pb2.SightingReceived.FromString, sightings)), kept


@pytest.mark.parametrize("text", ["번호 42341 할머니를 봤어요", "42341", "I saw her. Code 42341!", "목격42341번"])
def test_a_contact_with_the_code_is_a_sighting_and_urgent(database: Database, clock: Clock, text: str) -> None:
    until = clock.now.timestamp() + 3600
    for _ in range(2):
        database.run(sighting.watch_for, NOTICE, "42341", until)
    priority, [seen], kept = write(database, text)
    assert priority == case_pb2.PRIORITY_CLASS_SAFETY
    assert (seen.notice_id, seen.case_id, seen.contact_id) == (NOTICE, kept.case_id, kept.contact_id)
    priority, [_], _ = write(database, text, PriorityClass.LIFE_SAFETY)
    assert priority == case_pb2.PRIORITY_CLASS_LIFE_SAFETY


@pytest.mark.parametrize("text", ["142341", "4234 1", "010-4234-1423", "할머니를 봤어요", "12345"])
def test_other_numbers_are_none(database: Database, clock: Clock, text: str) -> None:
    database.run(sighting.watch_for, NOTICE, "42341", clock.now.timestamp() + 3600)
    assert write(database, text)[:2] == (case_pb2.PRIORITY_CLASS_NORMAL, [])


def test_a_code_counts_until_its_time_and_until_they_are_found(database: Database, clock: Clock) -> None:
    database.run(sighting.watch_for, NOTICE, "42341", clock.now.timestamp() + 60)
    clock.pass_by(61)
    assert write(database, "42341")[1] == []
    database.run(sighting.watch_for, NOTICE, "42341", clock.now.timestamp() + 60)
    assert len(write(database, "42341")[1]) == 1
    for _ in range(2):
        database.run(sighting.forget_notice, NOTICE)
    assert write(database, "42341")[1] == []
