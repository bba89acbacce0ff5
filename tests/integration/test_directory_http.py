"""The directory as everybody reads it over HTTP: every answer holds to the schemas of HSDS 3.0, whatever is in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from chassis import event_loop, http_host, logs
from chassis.database import Database
from services.referral.directory_http import WAITING, DirectoryHttp
from services.referral.domain.directory import Decision, Record, SourceKind, own_id
from services.referral.domain.taxonomies import TAXONOMIES, term
from services.referral.hsds import schemas
from services.referral.tables import metadata
from services.referral.use_cases import comparing, importing
from tests.integration.databases import Clock, emptied, shared
from tests.integration.directories import document, imported, records
from tests.integration.http_client import Answer, request

both, clock, database = shared("referral", metadata)

LISTS = {
    name: jsonschema_rs.Draft202012Validator(
        json.loads((Path(__file__).parents[1] / "fixtures" / "hsds" / f"{name}.json").read_text()),
        validate_formats=True,
    )
    for name in ("service_list", "organization_list", "service_at_location_list")
}
Get = Callable[..., Awaitable[Any]]


def on(database: Database, test: Callable[[Get, int], Awaitable[None]]) -> None:
    """Run a test against the routes on a real server."""
    logs.configure("info", "test")

    async def main() -> None:
        app = Starlette(routes=DirectoryHttp(database, "https://hub.example", "120 콜센터").routes())
        server = await http_host.serve(app, "127.0.0.1:0", drain_s=0.0)

        async def get(path: str, **parameters: object) -> Any:
            asked = "&".join(f"{name}={quote(str(value))}" for name, value in parameters.items())
            answer = await request(server.port, "GET", f"/directory{path}?{asked}")
            assert answer.status == 200, answer.body
            return json.loads(answer.body)

        try:
            await test(get, server.port)
        finally:
            await server.stop()

    event_loop.run(main())


async def asked(port: int, path: str, **headers: str) -> Answer:
    return await request(port, "GET", f"/directory{path}", headers=headers)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(["무한돌봄", "100%", "a_b"])
NAMES = WORDS.filter(lambda text: bool(text.replace("\x00", "").strip()))
PHONES = st.lists(st.fixed_dictionaries({"number": NAMES}, optional={"extension": st.integers(0, 999)}), max_size=2)
SCHEDULES = st.lists(
    st.fixed_dictionaries({"freq": st.sampled_from(["WEEKLY", "MONTHLY"]), "byday": st.just("MO,TU")}), max_size=2
)
TERMS = st.lists(
    st.sampled_from([one for taxonomy in TAXONOMIES.values() for one in taxonomy.terms]).map(
        lambda one: {"taxonomy_term": {"taxonomy": one.taxonomy, "code": one.code}}
    )
    | NAMES.map(lambda name: {"taxonomy_term": {"name": name, "taxonomy": "another"}}),
    max_size=3,
)
LOCATIONS = st.fixed_dictionaries(
    {"location_type": st.sampled_from(["physical", "virtual"])},
    optional={"name": WORDS, "latitude": st.floats(-90, 90), "phones": PHONES, "attributes": TERMS},
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "name": NAMES,
        "status": st.sampled_from(["active", "inactive", "defunct", "temporarily closed"]),
        "organization": st.fixed_dictionaries(
            {"name": NAMES, "description": NAMES}, optional={"phones": PHONES, "locations": st.lists(LOCATIONS)}
        ),
    },
    optional={
        "description": WORDS,
        "phones": PHONES,
        "schedules": SCHEDULES,
        "attributes": TERMS,
        "service_areas": st.just([{"name": "경기도"}]),
        "service_at_locations": st.lists(st.fixed_dictionaries({"location": LOCATIONS}), max_size=2),
        "languages": st.just([{"name": "Tiếng Việt", "code": "vi"}]),
        "required_documents": st.just([{"document": "신분증"}]),
        "program": st.none() | st.fixed_dictionaries({"name": NAMES, "description": NAMES}),
        "minimum_age": st.integers(0, 150) | st.floats(0, 150),
        "assured_date": st.dates().map(str),
        "kind": st.sampled_from(["welfare", "legal"]),
    },
)


def right(kind: str, found: Any) -> None:
    if kind in LISTS:
        LISTS[kind].validate(found)
    else:
        assert schemas.faults(kind, found) == ()


async def walk(get: Get, path: str, listed: str, whole: str) -> list[Any]:
    """Every page of a list, short and whole, and every object by itself."""
    found: list[Any] = []
    for parameters, kind in (({}, listed), ({"full": "true"}, whole)):
        number, last = 1, False
        while not last:
            page = await get(path, page=number, per_page=2, **parameters)
            assert (page["page_number"], page["size"]) == (number, len(page["contents"]))
            assert (page["first_page"], page["empty"]) == (number == 1, not page["contents"])
            for one in page["contents"]:
                right(kind, one)
                if parameters:
                    found.append(one)
            number, last = number + 1, page["last_page"]
        assert page["total_items"] == len(found) or not found
        assert page["total_pages"] == number - 1
    for one in found:
        assert await get(f"{path}/{one['id']}") == one
    return found


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents=st.lists(DOCUMENTS, min_size=1, max_size=4))
def test_every_answer_holds_to_the_schemas(database: Database, documents: list[Any]) -> None:
    emptied(database, metadata)
    counts = imported(database, "any", [Record(f"k{number}", one) for number, one in enumerate(documents)])
    assert counts.refused == 0

    async def test(get: Get, port: int) -> None:
        services = await walk(get, "/services", "service_list", "service")
        assert len(services) == len(documents)
        assert await walk(get, "/organizations", "organization_list", "organization")
        places = await walk(get, "/service_at_locations", "service_at_location_list", "service_at_location")
        assert len(places) == sum(len(one.get("service_at_locations", ())) for one in documents)
        for one in (await get("/services", minimal="true"))["contents"]:
            assert sorted(one) == ["id", "modified_date"]

    on(database, test)


def test_taxonomies_and_the_root_are_served(database: Database) -> None:
    async def test(get: Get, port: int) -> None:
        taxonomies = await walk(get, "/taxonomies", "taxonomy", "taxonomy")
        assert [one["name"] for one in taxonomies] == ["life_stage", "target", "interest", "need", "topic"]
        terms = await get("/taxonomy_terms", per_page=500)
        for one in terms["contents"]:
            right("taxonomy_term", one)
            assert await get(f"/taxonomy_terms/{one['id']}") == one
        stages = await get("/taxonomy_terms", taxonomy_id=taxonomies[0]["id"], search="노년")
        assert [one["code"] for one in stages["contents"]] == ["006"]
        root = await get("")
        assert root == await get("/")
        assert (root["version"], root["profile"]) == ("3.0", "https://hub.example/directory/profile")
        described = await get("/openapi.json")
        assert described["servers"] == [{"url": "https://hub.example/directory"}]
        assert {"/services", "/organizations", "/service_at_locations", "/taxonomies"} <= set(described["paths"])
        assert b"kr-120" in (await asked(port, "/profile")).body

    on(database, test)


def test_lists_hold_what_was_asked_for(database: Database, clock: Clock) -> None:
    old = [{"taxonomy_term": {"taxonomy": "life_stage", "code": "노년"}}]
    imported(database, "one", records("기초연금", attributes=old, description='매월 100% 지급, "연금"'))
    clock.pass_by(3600)
    after = clock.now.isoformat()
    law = {"name": "대한법률구조공단", "description": "법률구조"}
    imported(database, "two", [Record("l", document("무료 법률상담", organization=law, kind="legal"))])

    async def test(get: Get, port: int) -> None:
        async def names(path: str = "/services", **parameters: object) -> list[str]:
            return [one["name"] for one in (await get(path, **parameters))["contents"]]

        stage = term("life_stage", "006")
        assert stage is not None
        assert await names(taxonomy_term_id=stage.id) == ["기초연금"]
        assert await names(taxonomy_id=TAXONOMIES["life_stage"].id) == ["기초연금"]
        assert await names(taxonomy_id=TAXONOMIES["need"].id) == []
        assert await names(taxonomy_id=TAXONOMIES["need"].id, taxonomy_term_id=stage.id) == []
        assert await names(taxonomy_term_id=own_id("x", "y", "z")) == []
        assert await names(search="연금") == ["기초연금"]
        assert await names(search="100%") == ["기초연금"]
        assert await names(search="1%지") == [], "a sign of LIKE is a letter like any other"
        assert await names(search='"연금') == ["기초연금"], "what JSON escapes is found too"
        assert await names(search="status") == [], "the words of HSDS are not those of a service"
        assert await names(search="구조공단") == ["무료 법률상담"], "by its organization"
        assert await names(modified_after=after) == ["무료 법률상담"]
        assert await names(modified_after=after, search="연금") == []
        (organization,) = (await get("/organizations", search="법률구조"))["contents"]
        assert await names(organization_id=organization["id"]) == ["무료 법률상담"]
        whole = await get(f"/organizations/{organization['id'].upper()}")
        assert [one["name"] for one in whole["services"]] == ["무료 법률상담"]
        beyond = await get("/services", page=99)
        assert (beyond["empty"], beyond["total_items"], beyond["last_page"]) == (True, 2, True)

    on(database, test)


def test_what_was_removed_is_gone_and_what_stands_behind_another_is_not_listed(database: Database) -> None:
    place = [{"location": {"location_type": "virtual"}}]
    imported(database, "one", records("무한돌봄", "기초연금", service_at_locations=place), rank=1)
    imported(database, "two", records("무한돌봄", service_at_locations=place), rank=2)
    for _ in range(2):
        database.run(comparing.compare)
    pair = own_id("one", "service", "무한돌봄"), own_id("two", "service", "무한돌봄")
    database.run(comparing.decide, *pair, Decision.SAME, "chief")
    imported(database, "one", records("무한돌봄", service_at_locations=place))

    async def test(get: Get, port: int) -> None:
        assert [one["id"] for one in (await get("/services"))["contents"]] == [pair[0]]
        assert (await get("/service_at_locations"))["total_items"] == 1
        assert (await get("/organizations"))["total_items"] == 2
        assert (await get(f"/services/{pair[1]}"))["name"] == "무한돌봄"
        gone = own_id("one", "service", "기초연금")
        for path in (f"/services/{gone}", "/services/x", f"/organizations/{gone}", f"/taxonomies/{gone}"):
            assert (await asked(port, path)).status == 404

    on(database, test)


WRONG = [
    "page=0", "page=x", "per_page=501", "page=１", "format=ndjson", "full=maybe", "modified_after=yesterday",
    "organization_id=1", "taxonomy_term_id=%00", "search=" + "a" * 201,
]  # fmt: skip


def test_what_cannot_be_right_is_refused(database: Database) -> None:
    async def test(get: Get, port: int) -> None:
        for parameters in WRONG:
            answer = await asked(port, f"/services?{quote(parameters, safe='=%')}")
            assert answer.status == 400
            (wrong,) = json.loads(answer.body)["violations"]
            assert wrong["field"] == parameters.split("=")[0]

    on(database, test)


def test_whoever_has_an_answer_already_is_told_so(database: Database, clock: Clock) -> None:
    imported(database, "one", records("무한돌봄"))

    async def test(get: Get, port: int) -> None:
        first = await asked(port, "/services")
        again = await asked(port, "/services", **{"if-none-match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
        clock.pass_by(5)
        database.run(importing.begin, "one", "one", SourceKind.HSDS_JSON, 1)
        database.run(importing.take, "one", records("무한돌봄", description="바뀜"))
        assert (await asked(port, "/services", **{"if-none-match": first.headers["etag"]})).status == 200
        assert (await request(port, "POST", "/directory/services")).status == 405

    on(database, test)


def test_more_than_can_wait_are_asked_to_come_again(database: Database) -> None:
    async def test(get: Get, port: int) -> None:
        answers = await asyncio.gather(*(asked(port, "/services") for _ in range(WAITING + 36)))
        busy = [answer for answer in answers if answer.status == 429]
        assert {answer.status for answer in answers} <= {200, 429}
        assert all(answer.headers["retry-after"] == "1" for answer in busy)
        assert len(answers) - len(busy) >= WAITING

    on(database, test)
