"""Open311 both ways on a running hub: an independent client reports to it, and it hands over to an endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest
from georeport import GeoReport
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2

from tests.hub import AgentDesk, RunningHub
from tests.servers.machine import free_port
from tests.waiting import eventually

KEY = "an-apps-key"
PORT = free_port()
"""Where the hub listens: its department is its own Open311 endpoint."""
REPORT = {
    "api_key": KEY,
    "service_code": "pothole",
    "lat": "37.2636",
    "long": "127.0286",
    "address_string": "수원시 팔달구 효원로 1",
    "description": "길에 구멍이 있어요",
    "email": "nuri@example.com",
}


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return {
        "HUB120_HTTP_ADDRESS": f"127.0.0.1:{PORT}",
        "HUB120_PUBLIC_URL": f"http://127.0.0.1:{PORT}",
        "HUB120_POLL_SECONDS": "1",
        "HUB120_CONNECTOR_OPEN311_API_KEYS": KEY,
        "HUB120_CONNECTOR_OPEN311_PUBLISH_REPLIES": "yes",
        "HUB120_CONNECTOR_OPEN311_DEPARTMENT_ENDPOINT": f"http://127.0.0.1:{PORT}/channels/open311",
        "HUB120_CONNECTOR_OPEN311_DEPARTMENT_API_KEY": KEY,
        "HUB120_CONNECTOR_OPEN311_DEPARTMENT_FEED": "updated_after",
    }


@pytest.fixture(scope="module")
def agent(hub: RunningHub) -> Iterator[AgentDesk]:
    desk = hub.agent("kang", capacity=20)
    yield desk
    desk.presence(work_pb2.PRESENCE_OFFLINE)


@pytest.fixture(params=["json", "xml"])
def client(hub: RunningHub, request: pytest.FixtureRequest) -> GeoReport:
    return GeoReport(f"http://127.0.0.1:{PORT}/channels/open311", output_format=request.param)


def send_report(form: str, **more: str) -> httpx.Response:
    return httpx.post(
        f"http://127.0.0.1:{PORT}/channels/open311/requests.{form}",
        content=urlencode({**REPORT, **more}),
        headers={"content-type": "application/x-www-form-urlencoded"},
        timeout=30,
    )


def test_an_independent_client_finds_the_services(client: GeoReport, agent: AgentDesk) -> None:
    services = {one["service_code"]: one for one in client.get_service_list()}
    assert services["pothole"]["service_name"] == "도로 파손"
    definition = client.get_service_definition("parking")
    assert definition["service_code"] == "parking"


def test_a_report_becomes_a_case_whose_progress_the_client_sees(client: GeoReport, agent: AgentDesk) -> None:
    form = client.output_format
    made = send_report(form, description=f"구멍 하나 {form}")
    assert made.status_code == 201
    listed = client.get_service_requests(service_code="pothole", status="open")
    [number] = [one["service_request_id"] for one in _rows(listed) if one["service_request_id"] in made.text]
    case = agent.case(number)
    contact = case.entries[0].contact
    assert (contact.topic, contact.place.address) == ("pothole", REPORT["address_string"])
    assert contact.place.latitude == pytest.approx(37.2636)
    agent.reply(case.case.id, "내일 고칩니다.")
    told = eventually(lambda: client.get_service_request(number)["status_notes"], what="the reply being published")
    assert told == "내일 고칩니다."
    close = intake.SetCaseStateRequest(case_id=case.case.id, state=case_pb2.CASE_STATE_CLOSED)
    agent.intake.SetCaseState(close, metadata=agent.metadata, timeout=30)
    assert client.get_service_request(number)["status"] == "closed"


def _rows(found: object) -> list[dict[str, str]]:
    """One row comes as an object where XML is read without its schema."""
    return found if isinstance(found, list) else [found]  # type: ignore[list-item] # rows


def test_a_report_sent_again_is_the_same_request(agent: AgentDesk) -> None:
    first, second = (send_report("json", description="두 번 보냅니다").json() for _ in range(2))
    assert first == second


def test_errors_look_as_the_specification_says(agent: AgentDesk) -> None:
    unknown = send_report("json", api_key="nobody")
    assert (unknown.status_code, unknown.json()[0]["code"]) == (403, 403)
    missing = httpx.get(f"http://127.0.0.1:{PORT}/channels/open311/requests/26-00000-00000.xml", timeout=30)
    assert missing.status_code == 404
    assert "<code>404</code>" in missing.text


def test_a_case_is_handed_to_a_department_and_its_progress_comes_back(hub: RunningHub, agent: AgentDesk) -> None:
    departments = agent.intake.ListDepartments(intake.ListDepartmentsRequest(), metadata=agent.metadata, timeout=30)
    assert "open311_department" in [one.id for one in departments.departments]
    said = hub.say("팔달구청 앞 가로등이 꺼졌어요", sender={"phone": "+821055501234", "name": "김누리"})
    case = agent.case(said.json()["case_number"]).case
    place = case_pb2.Place(address="수원시 팔달구 효원로 1", latitude=37.26, longitude=127.02)
    handover = agent.intake.HandOverCase(
        intake.HandOverCaseRequest(
            case_id=case.id, department="open311_department", title="가로등 고장", text="밤에 어둡습니다.",
            topic="streetlight", place=place, citizen_agreed=True, request_id="h-1",
        ),
        metadata=agent.metadata,
        timeout=30,
    ).handover  # fmt: skip

    def state(wanted: int) -> case_pb2.Handover | None:
        last = [entry.handover for entry in agent.case(case.id).entries if entry.handover.id == handover.id][-1]
        return last if last.state == wanted else None

    taken = eventually(lambda: state(case_pb2.HANDOVER_STATE_SUBMITTED), what="the department having it")
    assert taken is not None
    theirs = agent.case(taken.ticket_id)
    assert theirs.entries[0].contact.topic == "streetlight"
    assert "밤에 어둡습니다." in theirs.entries[0].contact.text
    agent.reply(theirs.case.id, "전구를 갈았습니다.")
    eventually(lambda: "전구" in _status_notes(taken.ticket_id), what="the reply being published")
    close = intake.SetCaseStateRequest(case_id=theirs.case.id, state=case_pb2.CASE_STATE_CLOSED)
    agent.intake.SetCaseState(close, metadata=agent.metadata, timeout=30)
    done = eventually(lambda: state(case_pb2.HANDOVER_STATE_DONE), what="the department having done it")
    assert done is not None
    assert done.note == "전구를 갈았습니다."


def _status_notes(number: str) -> str:
    found = httpx.get(f"http://127.0.0.1:{PORT}/channels/open311/requests/{number}.json", timeout=30).json()
    return found[0]["status_notes"] or ""
