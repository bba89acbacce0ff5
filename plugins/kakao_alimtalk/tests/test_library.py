"""Header, reports and messages beside the provider's own library, and every code of the documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hub120_sdk import ConnectorError, Outbound, Receipt, Rejected
from hub120_sdk.testing import Bench, fixture
from solapi.lib.authenticator import Authenticator
from solapi.model.request.message import Message
from solapi.model.webhook.group_report import GroupReportPayload
from solapi.model.webhook.single_report import SingleReportPayload

from plugins.kakao_alimtalk import mapping
from plugins.kakao_alimtalk.outbound import REPLY_ID, send
from plugins.kakao_alimtalk.signature import authorization
from plugins.kakao_alimtalk.tests.conformance import KEY, NOTICE, PLAIN, SECRET, accepted, event

CODES = Path(__file__).parents[4] / "shared" / "formats" / "solapi" / "message-status-codes.md"
SALT = "jqsba2jxjnrjor3k"


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.kakao_alimtalk") as bench:
        yield bench


def test_our_signature_is_the_librarys() -> None:
    at = datetime(2026, 11, 22, 5, 9, 44, tzinfo=UTC)
    wanted = Authenticator.get_signature(SECRET, f"2026-11-22T05:09:44+00:00{SALT}")
    assert authorization(KEY, SECRET, at, SALT) == (
        f"HMAC-SHA256 apiKey={KEY}, date=2026-11-22T05:09:44+00:00, salt={SALT}, signature={wanted}"
    )


def test_no_salt_is_used_twice(bench: Bench) -> None:
    salts = set()
    for _ in range(5):
        bench.send(NOTICE, [accepted()])
        found = re.search(r"salt=(\w{12,64}),", bench.provider.seen[0].headers["authorization"])
        assert found is not None
        salts.add(found[1])
    assert len(salts) == 5


@pytest.mark.parametrize("code", ["9" * 9, "<b>", "가", " "])
def test_what_is_no_code_is_not_repeated(code: str) -> None:
    assert mapping.told(code) == "Solapi's status unknown"


def test_the_library_reads_the_reports_as_we_do(bench: Bench) -> None:
    body = fixture("plugins.kakao_alimtalk", "reports_in_envelopes.json")
    theirs = [one.data for one in SingleReportPayload.model_validate_json(body).root]
    ours = bench.parse(bench.signed(event("reports_in_envelopes.json")))
    assert isinstance(ours, list)
    assert [(one.provider_id, one.reply_id) for one in ours if isinstance(one, Receipt)] == [
        (one.message_id, (one.custom_fields or {}).get(REPLY_ID, "")) for one in theirs
    ]
    [group] = GroupReportPayload.model_validate_json(
        fixture("plugins.kakao_alimtalk", "group_report_in_envelope.json")
    ).root
    assert group.data is not None


@pytest.mark.parametrize("message", [NOTICE, PLAIN, replace(PLAIN, text="가" * 600)], ids=["notice", "SMS", "LMS"])
def test_the_library_would_send_what_we_send(bench: Bench, message: Outbound) -> None:
    bench.send(message, [accepted()])
    sent = json.loads(bench.provider.seen[0].body)["message"]
    written = Message.model_validate(sent).model_dump(mode="json", by_alias=True, exclude_none=True)
    assert sent.items() <= written.items()


def test_without_a_sending_number_nothing_goes_by_sms(bench: Bench) -> None:
    context = replace(bench.connector._context, settings={**bench.settings, "sender_number": ""})  # type: ignore[union-attr] # our own
    bench.provider.script([accepted()])
    send(context, NOTICE)
    assert '"disableSms": true' in bench.provider.seen[0].words
    with pytest.raises(Rejected, match="SENDER_NUMBER"):
        send(context, PLAIN)


@pytest.mark.parametrize("code", re.findall(r"^\| (\d{4}) ", CODES.read_text(), re.MULTILINE) if CODES.exists() else [])
def test_every_code_of_the_documents_has_a_meaning(code: str) -> None:
    assert isinstance(mapping.error(code), ConnectorError)
    assert code in mapping.told(code)
