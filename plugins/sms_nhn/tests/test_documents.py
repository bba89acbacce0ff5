"""NHN Cloud's own examples of webhooks and its table of codes, where they are at hand; pictures as cameras make."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hub120_sdk import ConnectorError, Delivery, Misconfigured, Receipt, Request
from hub120_sdk.testing import Bench
from PIL import Image

from plugins.sms_nhn import inbound, mapping
from plugins.sms_nhn.pictures import dimensions
from plugins.sms_nhn.tests.conformance import URL, sign

FORMATS = Path(__file__).parents[4] / "shared" / "formats" / "sms"
WEBHOOKS, CODES = FORMATS / "nhn_sms_webhooks.json", FORMATS / "nhn_sms_result_codes.md"


def read(path: Path) -> list[str]:
    return [path.read_text(encoding="utf-8")] if path.exists() else []


@pytest.mark.parametrize("document", read(WEBHOOKS))
def test_the_examples_of_webhooks_are_read(document: str) -> None:
    examples = {name: value for name, value in json.loads(document).items() if not name.startswith("_")}
    found = {name: parsed(json.dumps(value).encode()) for name, value in examples.items()}
    assert found["UNSUBSCRIBE"] == []
    assert found["MESSAGE_RESULT_UPDATE"] == [
        Receipt(Delivery.DELIVERED, "20240429205802y0Tl7Gbz0e0", "RecipientGroupingKey")
    ]
    assert [one.state for one in found["INTERNATIONAL_DELIVERY_RECEIPT"]] == [Delivery.SENT]


def parsed(body: bytes) -> list[Receipt]:
    request = sign(Request("POST", URL, {}, body), datetime(2026, 11, 22, tzinfo=UTC))
    return [one for one in inbound.read(request) if isinstance(one, Receipt)]


@pytest.mark.parametrize("document", read(CODES))
def test_every_documented_code_has_a_meaning(document: str) -> None:
    refused = [int(code) for code in re.findall(r"\| false \| (-\d+)", document)]
    assert len(refused) > 80
    assert all(isinstance(mapping.error(code), ConnectorError) for code in refused)
    states = re.findall(r"^\| ([A-Z]+) \|", document, re.MULTILINE)
    assert set(mapping.DLR_STATES) <= set(states)
    failed = re.findall(r"\| (\d{4}|E\d{3}) +\| 실패", document)
    assert len(failed) > 40
    assert all(f"({code})" in mapping.not_delivered(code, "COMPLETED") for code in failed)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("size", [(1, 1), (1000, 640), (640, 1000), (4000, 3000)])
def test_a_picture_is_as_large_as_it_was_made(size: tuple[int, int], progressive: bool) -> None:
    made = BytesIO()
    Image.new("RGB", size, "orange").save(
        made, "JPEG", progressive=progressive, exif=b"Exif\x00\x00" + b"\x00" * 20_000
    )
    assert dimensions(made.getvalue()) == size


@pytest.mark.parametrize("title", ["", "가" * 21, "답변 🙂"])
def test_a_title_that_cannot_be_sent_is_refused_at_the_start(title: str) -> None:
    with Bench("plugins.sms_nhn") as bench:
        bench.settings["title"] = title
        with pytest.raises(Misconfigured):
            bench.make(bench.suite.secrets)
