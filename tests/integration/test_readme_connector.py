"""The connector that README.md shows on one screen, taken in by the connector host as a partner's would be."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub120_sdk import Address, AddressKind, Delivery, Inbound, Outbound, Received, Request, Unauthorised, Unreadable
from hub120_sdk.testing import Provider

from chassis.clock import system_clock
from chassis.connectors.host import Host
from chassis.connectors.registry import discover
from tests.documents import blocks

URL = "http://hub.example.org/channels/noticeboard"


@pytest.fixture
def village() -> Iterator[Provider]:
    with Provider() as provider:
        yield provider


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, village: Provider) -> Host:
    folder = tmp_path / "noticeboard"
    folder.mkdir()
    (folder / "manifest.toml").write_text(blocks("README.md", "toml")[0])
    (folder / "__init__.py").write_text(blocks("README.md", "python")[1])
    monkeypatch.syspath_prepend(tmp_path)
    environment = {
        "HUB120_CONNECTOR_NOTICEBOARD_REPLY_URL": f"{village.url}/answers",
        "HUB120_CONNECTOR_NOTICEBOARD_PASSWORD": "open sesame",
    }
    return Host(discover([importlib.import_module("noticeboard")]), environment, system_clock)


def note(content: object, password: str = "open sesame") -> Request:
    return Request("POST", URL, {"x-password": password}, json.dumps(content).encode())


def test_the_connector_of_the_readme_reads_a_note_answers_and_replies(host: Host, village: Provider) -> None:
    asked = note({"id": "1", "writer": "kim", "text": "쓰레기를 언제 버리나요?"})
    (inbound,) = host.parse("noticeboard", asked)
    assert isinstance(inbound, Inbound)
    assert (inbound.sender.value, inbound.text) == ("kim", "쓰레기를 언제 버리나요?")
    answered = host.answer("noticeboard", asked, [Received(inbound, "contact", "26-0KX3M-7QHMZ", False)])
    assert json.loads(answered.body) == {"case": "26-0KX3M-7QHMZ"}
    receipt = host.send("noticeboard", Outbound("reply", Address(AddressKind.ACCOUNT, "kim"), "화요일입니다."))
    assert receipt.state is Delivery.SENT
    assert json.loads(village.seen[0].body) == {"to": "kim", "text": "화요일입니다."}


@pytest.mark.parametrize(
    ("request_", "refusal"),
    [(note({}, password="wrong"), Unauthorised), (note({"id": "1"}), Unreadable), (note([]), Unreadable)],
    ids=["wrong password", "no writer", "no object"],
)
def test_the_connector_of_the_readme_refuses_what_is_wrong(
    host: Host, request_: Request, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        host.parse("noticeboard", request_)
