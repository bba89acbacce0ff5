"""One hub for all who try what the console's buttons do: with an exchange that has telephones, a partner who
interprets, a department, a directory, and nothing sent to anybody on one person's word."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from hub120.routing.v1 import conference_service_pb2 as conferences
from hub120.routing.v1 import routing_service_pb2 as routing

from demo.interpreters import Partner
from demo.switchboard import Switchboard
from tests.browser.asking import asks
from tests.hub import RunningHub, running_hub
from tests.integration.console.calling import ONE_CALL
from tests.outside import WEB_SECRET, asterisk, interpreters
from tests.referring import SAMPLE
from tests.seat import Seat
from tests.waiting import eventually

DRILL_LINE = "+8231000"


@pytest.fixture(scope="session")
def exchange() -> Iterator[Switchboard]:
    """An exchange with telephones."""
    with Switchboard() as found:
        yield found


@pytest.fixture(scope="session")
def partner() -> Iterator[Partner]:
    """A partner who interprets at every hour."""
    with interpreters() as found:
        yield found


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory, exchange: Switchboard, partner: Partner) -> Iterator[RunningHub]:
    """The hub."""
    with running_hub(tmp_path_factory.mktemp("hub"), environment(exchange, partner)) as found:
        prepare(found, exchange)
        yield found


def prepare(hub: RunningHub, exchange: Switchboard) -> None:
    """A directory, and an exchange of which the hub has heard: only such a one calls out."""
    hub.command("directory", "import", str(SAMPLE), "--source", "sample", "--name", "표본")
    citizen = exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
    called = routing.ListWorkItemsRequest(page_size=1)
    chief = asks(hub, "chief", "supervisor")
    eventually(lambda: chief(called).work_items, 20, "a citizen who calls being known")
    exchange.hang_up(citizen)
    eventually(lambda: not chief(called).work_items, 20, "their having hung up being known")


def environment(exchange: Switchboard, partner: Partner) -> dict[str, str]:
    """Its settings."""
    return {
        **asterisk(exchange.url),
        "HUB120_CONNECTOR_WEBHOOK_DEPARTMENT_TELEPHONE": "+8231220",
        "HUB120_CONNECTOR_INTERPRETER_HTTP_PARTNER_URL": partner.address,
        "HUB120_CONNECTOR_INTERPRETER_HTTP_SIGNING_SECRET": WEB_SECRET,
        "HUB120_EMERGENCY_LINES": json.dumps({"112": "+82990112", "119": "+82990119"}),
        "HUB120_DRILL_LINE": DRILL_LINE,
        "HUB120_CHECK_IN_HOURS": "00:00-24:00",
        "HUB120_APPROVE_ABOVE": "0",
        "HUB120_NOTICE_ROADS": '{"app": "web", "sms": "sms_twilio"}',
    }


@pytest.fixture
def seat(hub: RunningHub) -> Iterator[Callable[..., Seat]]:
    """Sits somebody down before the console, under a name of their own; after the test they leave and take no work."""
    sitting: list[Seat] = []

    def sit(name: str, *roles: str, language: str = "ko") -> Seat:
        sitting.append(Seat(hub, f"{name}-{uuid4().hex[:6]}", *roles, language=language))
        return sitting[-1]

    yield sit
    for one in sitting:
        one.close()


@pytest.fixture
def chief(seat: Callable[..., Seat]) -> Seat:
    """A supervisor."""
    return seat("chief", "supervisor")


@pytest.fixture
def kim(hub: RunningHub, exchange: Switchboard, seat: Callable[..., Seat], chief: Seat) -> Iterator[Seat]:
    """An agent who talks with a citizen."""
    found = seat("kim").open("/desk")
    exchange.answering |= {f"PJSIP/{one.subject}" for one in (found, chief)}
    hub.agent(found.subject, capacity=ONE_CALL)
    citizen = exchange.call_in(f"+8210{uuid4().int % 10**8:08}")
    found.done("/accept")
    found.shows("bridge-state", "통화 중")
    yield found
    exchange.hang_up(citizen)
    eventually(lambda: not exchange.channels, 20, "everybody hanging up")
    eventually(
        lambda: not chief.ask(conferences.ListConferencesRequest(active=True)).conferences, 20, "the call ending"
    )
