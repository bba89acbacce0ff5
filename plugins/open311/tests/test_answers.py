"""What the specification asks of an endpoint beside reports: its resources, its errors, and both forms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hub120_sdk import Delivery, Misconfigured, Outbound, Received, Response, Unauthorised, Unreadable
from hub120_sdk.testing import Bench

from plugins.open311 import catalogue
from plugins.open311.channel import Open311
from plugins.open311.tests.conformance import CASE, KEY, REPLY, get, report


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.open311") as bench:
        yield bench


def asked(bench: Bench, path: str) -> Response:
    assert bench.parse(get(path)) == []
    return bench.channel.answer(get(path), [])


def test_discovery_names_this_very_endpoint(bench: Bench) -> None:
    [endpoint] = json.loads(asked(bench, "discovery.json").body)["endpoints"]
    assert endpoint["url"] == "https://hub.example/channels/open311"
    root = ElementTree.fromstring(asked(bench, "discovery.xml").body)
    assert root.findtext("endpoints/endpoint/url") == endpoint["url"]
    assert [one.text for one in root.iter("format")] == ["text/xml", "application/json"]


def test_both_forms_list_the_same_services(bench: Bench) -> None:
    told = json.loads(asked(bench, "services.json").body)
    root = ElementTree.fromstring(asked(bench, "services.xml").body)
    assert [one.findtext("service_code") for one in root.iter("service")] == [one["service_code"] for one in told]
    assert {one["type"] for one in told} <= catalogue.TYPES
    assert [one.findtext("metadata") for one in root.iter("service")].count("true") == 2


def test_a_definition_tells_the_questions_of_a_service(bench: Bench) -> None:
    [question] = json.loads(asked(bench, "services/noise.json").body)["attributes"]
    assert (question["datatype"], [one["key"] for one in question["values"]]) == ("singlevaluelist", ["site", "shop"])
    root = ElementTree.fromstring(asked(bench, "services/parking.xml").body)
    assert root.findtext("attributes/attribute/required") == "true"


def test_a_report_is_answered_with_its_number(bench: Bench) -> None:
    for form in ("json", "xml"):
        request = bench.signed(report("report.form", form))
        [inbound] = bench.parse(request)  # type: ignore[misc] # one report
        answer = bench.channel.answer(request, [Received(inbound, "contact", CASE.case_number)])  # type: ignore[arg-type] # as above
        assert answer.status == 201
        assert CASE.case_number in answer.body.decode()


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_refusal_looks_as_the_specification_says(bench: Bench, form: str) -> None:
    unsigned = bench.parse(report("report.form", form))
    assert isinstance(unsigned, Unauthorised)
    assert unsigned.response is not None
    assert unsigned.response.status == 403
    assert "api_key" in unsigned.response.body.decode()
    body = report("report.form", form).body.replace(b"pothole", b"volcano")
    unknown = bench.parse(bench.signed(replace(report("report.form", form), body=body)))
    assert isinstance(unknown, Unreadable)
    assert unknown.response is not None
    assert unknown.response.status == 404


def test_the_key_may_stand_in_the_address(bench: Bench) -> None:
    request = report("report.form")
    outcome = bench.parse(replace(request, url=f"{request.url}?api_key={KEY}"))
    assert isinstance(outcome, list)


def test_a_sent_again_report_is_one_within_the_hour_and_another_later(bench: Bench) -> None:
    request, before = bench.signed(report("report.form")), bench.now
    first = bench.parse(request)
    bench.now = before.replace(hour=(before.hour + 2) % 24)
    later = bench.parse(request)
    bench.now = before
    assert isinstance(first, list)
    assert isinstance(later, list)
    assert first[0].provider_id != later[0].provider_id


def test_replies_are_published_only_where_the_operator_says_so(bench: Bench) -> None:
    settings = {**bench.settings, "publish_replies": "yes"}
    made = Open311(replace(context_of(bench), settings=settings))
    assert made.send(REPLY).state is Delivery.SENT
    [told] = json.loads(made.tell(get(f"requests/{CASE.case_number}.json"), [CASE]).body)
    assert told["status_notes"] == CASE.note
    assert isinstance(REPLY, Outbound)


def context_of(bench: Bench):  # type: ignore[no-untyped-def] # the context a connector was made with
    return bench.connector._context  # type: ignore[union-attr] # our own


def test_the_operators_own_services_replace_the_sample_and_mistakes_are_named() -> None:
    mine = catalogue.read('[{"service_code": 7, "service_name": "눈 치우기", "attributes": [{"code": "depth"}]}]')
    assert list(mine) == ["7"]
    for wrong in ("{", "[{}]", '[{"service_code": "x", "service_name": "y", "type": "never"}]'):
        with pytest.raises(Misconfigured, match="SERVICES"):
            catalogue.read(wrong)
