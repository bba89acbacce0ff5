"""Imports into the directory, on real SQLite and PostgreSQL: taken, refused, repeated, stopped, ended."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chassis.database import Database, Tx
from chassis.errors import HubError
from services.referral.domain.directory import Counts, Decision, Record, SourceKind, own_id
from services.referral.store import directory, directory_duplicates
from services.referral.tables import metadata
from services.referral.use_cases import comparing, importing
from services.referral.use_cases import directory as use_cases
from tests.integration.databases import Clock, shared
from tests.integration.directories import document, imported, kept, records

both, clock, database = shared("referral", metadata)

JSON = SourceKind.HSDS_JSON


def refused(code: str) -> pytest.RaisesExc[HubError]:
    return pytest.raises(HubError, check=lambda error: error.reason == code)


def service(database: Database, source: str, key: str) -> Any:
    return kept(database, directory.service, own_id(source, "service", key))


def errors(database: Database, source: str) -> list[tuple[str, str, str, str]]:
    rows = kept(database, directory.errors, source, ("", 0), 100)
    return [(row.source_key, row.place, row.path, row.message) for row in rows]


def test_a_service_is_taken_apart_and_a_second_import_of_the_same_changes_nothing(
    database: Database, clock: Clock
) -> None:
    place = {"location": {"location_type": "physical", "name": "수원시청", "latitude": 37.26, "longitude": 127.03}}
    given = Record(
        "w-1",
        document(
            service_at_locations=[place],
            service_areas=[{"name": "경기도"}, {"extent_type": "kr-district", "extent": "4111100000"}],
            attributes=[{"taxonomy_term": {"taxonomy": "interest", "code": "140"}}],
            minimum_age=18,
            assured_date="2026-04-01",
            contacts=[{"name": "김담당", "email": "kim@example.kr", "department": "복지정책과"}],
            url=None,
        ),
    )
    assert imported(database, "ours", [given]) == Counts(new=1)
    row = service(database, "ours", "w-1")
    assert (row.name, row.kind, row.minimum_age, row.maximum_age) == ("긴급복지지원", "legal", 18, None)
    assert "김담당" not in row.document
    assert "kim@" not in row.document
    assert json.loads(row.document)["contacts"][0]["department"] == "복지정책과"
    assert kept(database, directory.areas, [row.id]) == {row.id: ["41", "41111"]}
    assert kept(database, directory.terms, [row.id]) == {row.id: [("interest", "140")]}
    (found,) = kept(database, directory.places, [row.id])[row.id]
    assert json.loads(found.location_document)["name"] == "수원시청"
    assert kept(database, directory.organization, row.organization_id).name == "보건복지부"
    clock.pass_by(60)
    assert imported(database, "ours", [given]) == Counts(unchanged=1)
    assert service(database, "ours", "w-1").modified_at == row.modified_at


def test_what_is_wrong_is_named_and_the_rest_taken_until_it_is_mended(database: Database) -> None:
    broken = [
        Record("a", document(status="open"), "services.json 1"),
        Record("b", document(phones=[{"number": "129"}, {"description": "?"}]), "services.json 2"),
        Record("c", {"name": "다", "status": "active"}),
        Record("d", document(minimum_age=float("nan"))),
        Record("e", document(service_areas=[{"extent_type": "kr-district", "extent": "99"}])),
        Record("f", document(maximum_age=1e300)),
        Record("g", document(name="\ud800")),
        Record("g2", document(name=" \x00")),
        Record("h", document(assured_date="어제", kind="other", service_at_locations=[{}])),
    ]
    counts = imported(database, "ours", [*broken, *records("z", "z")])
    assert counts == Counts(new=1, refused=10)
    assert errors(database, "ours") == [
        ("a", "services.json 1", "/status", 'the value is not one of "active", "inactive" or 2 other candidates'),
        ("b", "services.json 2", "/phones/1", '"number" is a required property'),
        ("c", "", "/organization", "is required"),
        ("d", "", "", "holds what is no JSON"),
        ("e", "", "/service_areas/0/extent", "is no district code of 2, 5 or 10 digits, and not KR"),
        ("f", "", "/maximum_age", "is between 0 and 150"),
        ("g", "", "", "holds what is no JSON"),
        ("g2", "", "", '"name" is a required property'),
        ("h", "", "/assured_date", "is no date"),
        ("h", "", "/kind", "is none of welfare, legal"),
        ("h", "", "/service_at_locations/0/location", "is required"),
        ("z", "", "", "has the key of another record"),
    ]
    assert imported(database, "ours", records("a", "b", "z")) == Counts(new=2, unchanged=1)
    assert errors(database, "ours") == []


def test_an_import_that_stopped_goes_on_and_only_its_end_says_what_is_gone(database: Database, clock: Clock) -> None:
    imported(database, "ours", records("a", "b", "c"))
    clock.pass_by(3600)
    begin = ("ours", "ours", JSON, 1)
    assert database.run(importing.begin, *begin) == ""
    database.run(importing.take, "ours", records("a"))
    database.run(importing.keep_cursor, "ours", "page 2")
    clock.pass_by(3600)
    assert database.run(importing.begin, *begin) == "page 2"
    assert service(database, "ours", "c").removed_at is None
    database.run(importing.take, "ours", records("b"))
    assert database.run(importing.finish, "ours") == 1
    gone = service(database, "ours", "c")
    assert gone.removed_at == gone.modified_at == clock.now.timestamp()
    assert imported(database, "ours", records("a", "b", "c")) == Counts(changed=1, unchanged=2)
    assert service(database, "ours", "c").removed_at is None


def test_imports_that_do_not_fit_are_refused(database: Database, clock: Clock) -> None:
    with refused("NOT_FOUND"):
        database.run(importing.take, "ours", [])
    imported(database, "ours", records("a"))
    for late in (importing.finish, lambda tx, source: importing.take(tx, source, [])):
        with refused("NO_IMPORT"):
            database.run(late, "ours")
    database.run(importing.begin, "ours", "ours", JSON, 1)
    with refused("INVALID_ARGUMENT"):
        database.run(importing.take, "ours", records("a") * 501)
    with refused("IMPORT_UNDER_WAY"):
        database.run(lambda tx: importing.begin(tx, "ours", "ours", JSON, 1, afresh=True))
    with refused("IMPORT_EMPTY"):
        database.run(importing.finish, "ours")
    database.run(importing.keep_cursor, "ours", "17")
    clock.pass_by(importing.GIVEN_UP_S)
    assert database.run(importing.begin, "ours", "ours", JSON, 1) == ""


def test_a_refused_record_keeps_what_was_known_of_it(database: Database) -> None:
    imported(database, "ours", records("a"))
    assert imported(database, "ours", [Record("a", document(status="?"))]) == Counts(refused=1)
    row = service(database, "ours", "a")
    assert (row.removed_at, row.status) == (None, "active")


def test_an_id_that_another_source_has_is_not_taken_away(database: Database) -> None:
    ids = {"id": "AC148810-D857-441C-9679-408F346DE14B"}
    organization = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "하나", "description": "하나"}
    location = {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "virtual"}
    places = [{"id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": location}]
    given = Record("k", document(**ids, organization=organization, service_at_locations=places))
    for source in ("one", "two", "one", "two"):
        imported(database, source, [given])
    first = kept(database, directory.service, ids["id"].lower())
    second = service(database, "two", "k")
    assert (first.source, first.organization_id) == ("one", organization["id"])
    assert (second.source, second.organization_id != first.organization_id) == ("two", True)
    places_of = kept(database, directory.places, [first.id, second.id])
    assert places_of[first.id][0].id != places_of[second.id][0].id
    assert places_of[first.id][0].location_id == location["id"]


def test_a_change_of_an_organization_or_place_moves_every_service_that_shows_it(
    database: Database, clock: Clock
) -> None:
    location = {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical"}
    imported(database, "ours", records("a", "b", service_at_locations=[{"location": location}]))
    clock.pass_by(5)

    def take(*given: Record) -> None:
        database.run(importing.begin, "ours", "ours", JSON, 1)
        database.run(importing.take, "ours", given)

    take(*records("b", service_at_locations=[{"location": location | {"name": "새 청사"}}]))
    assert service(database, "ours", "a").modified_at == clock.now.timestamp()
    clock.pass_by(5)
    take(*records("b", organization={"name": "보건복지부", "description": "새 설명"}))
    assert service(database, "ours", "a").modified_at == clock.now.timestamp()


def test_whoever_assured_a_service_later_than_its_source_is_believed(database: Database, clock: Clock) -> None:
    imported(database, "ours", records("a", assured_date="2026-01-01"))
    row = database.run(use_cases.assure, service(database, "ours", "a").id, "kim").row
    assert (row.assured_at, row.assured_by) == (clock.now.timestamp(), "kim")
    imported(database, "ours", records("a", assured_date="2026-02-01"))
    assert service(database, "ours", "a").assured_by == "kim"
    imported(database, "ours", records("a", assured_date="2026-08-01"))
    row = service(database, "ours", "a")
    assert (row.assured_by, row.assured_at > clock.now.timestamp()) == ("", True)
    imported(database, "ours", records("b"))
    with refused("NOT_FOUND"):
        database.run(use_cases.assure, row.id, "kim")


def found_pairs(database: Database, *decisions: str) -> list[Any]:
    return list(kept(database, directory_duplicates.listed, decisions or [""], ("", ""), 10))


def test_what_is_the_same_in_two_sources_is_found_decided_and_the_worse_one_hidden(database: Database) -> None:
    seoul, gyeonggi = [{"name": "서울"}], [{"name": "경기"}]
    imported(database, "city", records("긴급 복지지원(생계)", service_areas=seoul), rank=1)
    imported(database, "state", [*records("긴급복지지원", service_areas=seoul), *records("무한돌봄")], rank=5)
    imported(database, "other", records("긴급복지지원", service_areas=gyeonggi), rank=9)
    found = [database.run(comparing.compare) for _ in range(4)]
    assert sorted(found) == [0, 0, 0, 1], "in another area, or of another name, it is another service"
    (pair,) = found_pairs(database)
    better, worse = service(database, "city", "긴급 복지지원(생계)"), service(database, "state", "긴급복지지원")
    assert {pair.first, pair.second} == {better.id, worse.id}
    with refused("NOT_FOUND"):
        database.run(comparing.decide, better.id, better.id, Decision.SAME, "chief")
    decided = database.run(comparing.decide, worse.id, better.id, Decision.SAME, "chief")
    assert (decided.decision, decided.decided_by) == ("same", "chief")
    assert service(database, "state", "긴급복지지원").behind == better.id
    ((conflict,), last) = kept(database, comparing.conflicts, ("", ""), 10)
    assert (conflict.believed, last) == (better.id, None)
    assert [one.field for one in conflict.differences] == ["name"]
    database.run(use_cases.put_source, "city", "시", 7)
    assert service(database, "city", "긴급 복지지원(생계)").behind == worse.id
    imported(database, "state", records("무한돌봄"), rank=5)
    assert service(database, "city", "긴급 복지지원(생계)").behind == "", "who stood before it is gone"
    imported(database, "state", records("긴급복지지원", service_areas=seoul), rank=5)
    assert service(database, "city", "긴급 복지지원(생계)").behind == worse.id
    database.run(comparing.decide, worse.id, better.id, Decision.DIFFERENT, "chief")
    assert service(database, "city", "긴급 복지지원(생계)").behind == ""
    assert not found_pairs(database)


def test_a_pair_is_found_once_however_often_it_is_looked_for(database: Database) -> None:
    imported(database, "one", records("무한돌봄"))
    imported(database, "two", records("무한돌봄"))

    def often(tx: Tx) -> list[int]:
        return [comparing.compare(tx) for _ in range(3)]

    assert sum(database.run(often)) == 1
    imported(database, "one", records("무한돌봄", description="바뀜"))
    assert database.run(comparing.compare) == 0
