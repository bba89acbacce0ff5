"""The table of the ``open311`` connector."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from hub120_sdk import (
    Address,
    AddressKind,
    Attachment,
    CaseStatus,
    Content,
    Inbound,
    Outbound,
    Place,
    Progress,
    Rejected,
    Request,
    Response,
    Unauthorised,
    Unreadable,
)
from hub120_sdk.testing import Answer, Fetches, Parses, Refuses, Sends, Suite, Tells, fixture

KEY = "conformance-app-key"
URL = "https://hub.example/channels/open311"
NURI = Address(AddressKind.EMAIL, "nuri@example.com", "김 누리")
REPLY = Outbound("0199e0f2-7c00-7abc-8def-000000000001", NURI, "내일 고칩니다.")
CASE = CaseStatus(
    "26-0KX3M-7QHMZ",
    Progress.IN_PROGRESS,
    datetime(2026, 11, 22, 8, 20, tzinfo=UTC),
    datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
    topic="pothole",
    place=Place("수원시 팔달구 효원로 1", 37.2636, 127.0286),
    note="내일 고칩니다.",
)


def get(path: str) -> Request:
    """Something that anybody may ask for."""
    return Request("GET", f"{URL}/{path}", {})


def report(name: str, form: str = "json") -> Request:
    """A report from an app, without its key."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Request("POST", f"{URL}/requests.{form}", headers, fixture("plugins.open311", name))


def sign(request: Request, at: datetime) -> Request:
    """An app puts its key into the form; there is no signature in GeoReport v2."""
    if request.method == "GET":
        return request
    return replace(request, body=b"api_key=" + KEY.encode() + b"&" + request.body)


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"agency": "수원시 120", "media_url": provider},
        secrets={"api_keys": f"another-app-key {KEY}"},
        wrong_secrets={"api_keys": "a-third-app-key"},
        sign=sign,
        parses=_parses(now),
        refuses=_refuses(),
        sends=[Sends("nobody is written to", REPLY, [], Rejected)],
        fetches=[
            Fetches(
                "a picture",
                Attachment(f"{provider}/hole.jpg", "image/*"),
                [Answer(200, b"\xff\xd8picture", {"content-type": "image/jpeg"})],
                Content(b"\xff\xd8picture", "image/jpeg"),
            )
        ],
        tells=_tells(),
        waived={
            "refuses_a_changed_body": "GeoReport v2 signs nothing: the api_key says which app it is",
            "refuses_a_replay": "as above; the same report within the hour is recognised",
            "reaches_citizens": "Open311 has no way back: replies are published where the operator wants it",
            "knows_an_opt_out": "nobody is written to",
        },
    )


def _provider_id(request: Request, now: datetime) -> str:
    parts = [str(int(now.timestamp()) // 3600).encode(), KEY.encode(), sign(request, now).body]
    return hashlib.sha256(b"\x00".join(parts)).hexdigest()[:40]


def _said(provider_id: str, sender: Address, text: str, topic: str, place: Place, *photos: str) -> Inbound:
    attachments = tuple(Attachment(one, "image/*") for one in photos)
    return Inbound(provider_id, sender, text, attachments, conversation=provider_id, topic=topic, place=place)


def _parses(now: datetime) -> list[Parses]:
    whole, asked = report("report.form"), report("report_with_attribute.form", "xml")
    silent = report("report_anonymous.form")
    first, second, third = (_provider_id(one, now) for one in (whole, asked, silent))
    device, nobody = (Address(AddressKind.ACCOUNT, value) for value in ("device_id:ab12", f"anonymous:{third}"))
    hole, street = "[도로 파손]\n길에 구멍이 있어요", Place("수원시 팔달구 효원로 1", 37.2636, 127.0286)
    noise = "[소음]\n새벽부터 시끄럽습니다\n무엇에서 나는 소리인가요: 공사장"
    photo = "https://media.example/hole.jpg"
    parked, block = "[불법 주정차]\n차량 번호: 12가3456", Place("4113510300")
    return [
        Parses("a report with everything", whole, [_said(first, NURI, hole, "pothole", street, photo)]),
        Parses("an answer to the service's question", asked, [_said(second, device, parked, "parking", block)]),
        Parses("a report of nobody", silent, [_said(third, nobody, noise, "noise", Place("", 37.26, 127.02))]),
    ]


def _refuses() -> list[Refuses]:
    whole = report("report.form")
    body = whole.body
    changed = {
        "no service": body.replace(b"service_code=pothole&", b""),
        "an unknown service": body.replace(b"pothole", b"volcano"),
        "no place": b"service_code=pothole&description=x",
        "a place off the earth": body.replace(b"lat=37.2636", b"lat=97.2636"),
        "half a point": b"service_code=pothole&lat=37",
        "too long": b"service_code=pothole&address_string=x&description=" + b"x" * 4_001,
        "a question not answered": b"service_code=parking&address_string=x",
        "an answer that cannot be chosen": b"service_code=noise&address_string=x&attribute%5Bsource%5D=moon",
    }
    return [
        *(Refuses(name, replace(whole, body=one), Unreadable) for name, one in changed.items()),
        Refuses("no key", whole, Unauthorised, signed=False),
        Refuses("no such resource", get("weather.json"), Unreadable),
        Refuses("no format", get("services"), Unreadable),
        Refuses("no such service", get("services/volcano.json"), Unreadable),
        Refuses("a report to another resource", replace(whole, url=f"{URL}/services.json"), Unreadable),
        Refuses("no date", get("requests.json?start_date=yesterday"), Unreadable),
        Refuses("more than 90 days", get("requests.xml?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z"),
                Unreadable),
        Refuses("no status", get("requests.json?status=lost"), Unreadable),
        Refuses("no page", get("requests.json?page=0"), Unreadable),
    ]  # fmt: skip


def _tells() -> list[Tells]:
    number = CASE.case_number
    return [
        Tells("one request", get(f"requests/{number}.json"), [CASE], _is_the_case),
        Tells("one request in XML", get(f"requests/{number}.xml"), [CASE], _is_the_case_in_xml),
        Tells("one that is not there", get("requests/26-00000-00000.json"), [], _is_not_found),
        Tells("one that is not there, in XML", get("requests/26-00000-00000.xml"), [], _is_not_found_in_xml),
        Tells("several by number", get(f"requests.json?service_request_id={number},x"), [CASE], _is_the_case),
        Tells("open ones", get("requests.json?status=open&page_size=10&page=2"), [CASE], _is_the_case),
        Tells("of another service", get("requests.json?service_code=litter,noise"), [CASE], _is_empty),
        Tells("since a day", get("requests.json?start_date=2026-11-20T00:00:00%2B09:00"), [CASE], _is_the_case),
        Tells("changed since", get("requests.json?updated_after=2026-11-20T00:00:00Z"), [CASE], _is_the_case),
        Tells("a token", get(f"tokens/{number}.json"), [CASE], _is_the_number),
    ]


def _is_the_case(answer: Response) -> None:
    [told] = json.loads(answer.body)
    assert answer.status == 200
    assert (told["service_request_id"], told["status"], told["service_code"]) == (CASE.case_number, "open", "pothole")
    assert (told["lat"], told["long"], told["agency_responsible"]) == (37.2636, 127.0286, "수원시 120")
    assert told["requested_datetime"] == "2026-11-22T08:20:00+00:00"
    assert (told["status_notes"], told["description"]) == (None, None)


def _is_the_case_in_xml(answer: Response) -> None:
    assert answer.content_type == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.body)
    assert root.tag == "service_requests"
    assert root.findtext("request/service_request_id") == CASE.case_number
    assert root.findtext("request/address") == "수원시 팔달구 효원로 1"


def _is_not_found(answer: Response) -> None:
    assert answer.status == 404
    assert json.loads(answer.body)[0]["code"] == 404


def _is_not_found_in_xml(answer: Response) -> None:
    assert answer.status == 404
    assert ElementTree.fromstring(answer.body).findtext("error/code") == "404"


def _is_empty(answer: Response) -> None:
    assert (answer.status, json.loads(answer.body)) == (200, [])


def _is_the_number(answer: Response) -> None:
    assert json.loads(answer.body) == [{"service_request_id": CASE.case_number, "token": CASE.case_number}]
