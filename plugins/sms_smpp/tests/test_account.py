"""Settings are refused at the start, each by the name of its variable; ids of receipts are found however written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hub120_sdk import Delivery, Misconfigured, Receipt
from hub120_sdk.testing import Bench

from plugins.sms_smpp import pdus, receipts
from plugins.sms_smpp.tests.conformance import frames

WRONG = {
    "url": ["http://smsc.example", "smpp://", "smpp://name:pw@smsc.example", "smpp://smsc.example:port", "smsc"],
    "system_id": ["sixteen-letters-", "이름"],
    "bind": ["transmitter"],
    "source_ton": ["7", "-1", "x", ""],
    "default_letters": ["utf-8"],
    "long_messages": ["cut"],
    "receipt_ids": ["octal"],
    "timeout_s": ["0", "soon", "nan"],
    "parts_wait_minutes": ["-5"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_refused_by_name(name: str, value: str) -> None:
    with Bench("plugins.sms_smpp") as bench:
        bench.settings[name] = value
        with pytest.raises(Misconfigured, match=f"HUB120_CONNECTOR_SMS_SMPP_{name.upper()}"):
            bench.make(bench.suite.secrets)


@pytest.mark.parametrize("password", ["nine-char", "비밀"])
def test_a_password_that_smpp_has_no_room_for_is_refused_and_not_told(password: str) -> None:
    with Bench("plugins.sms_smpp") as bench, pytest.raises(Misconfigured) as refused:
        bench.make({"password": password})
    assert password not in str(refused.value)


def test_a_file_of_authorities_that_is_not_there_is_told() -> None:
    with Bench("plugins.sms_smpp") as bench:
        bench.settings |= {"tls_ca_file": "/nowhere/ca.pem", "url": bench.settings["url"].replace("smpp:", "smpps:")}
        connector = bench.make(bench.suite.secrets)
        with pytest.raises(Misconfigured, match="TLS_CA_FILE"):
            connector.send(bench.suite.sends[0].message)  # type: ignore[union-attr] # it is a channel


@pytest.mark.parametrize(
    ("ids", "submitted", "in_words"),
    [
        ("same", "0A1b", "0A1b"),
        ("decimal", "1a2b", "6699"),
        ("decimal", "00001A2B", "0000006699"),
        ("hexadecimal", "6699", "1A2B"),
        ("decimal", "a-uuid", "a-uuid"),
    ],
)
def test_a_receipt_is_that_of_the_message_however_its_id_is_written(ids: str, submitted: str, in_words: str) -> None:
    in_parameters = pdus.delivered(frames("receipt_in_parameters")[0])
    words = f"id:{in_words} sub:001 dlvrd:001 stat:DELIVRD err:000 text:id:x stat:EXPIRED".encode()
    told = replace(in_parameters, message=words, receipted_id="", state_number=0)
    wanted = Receipt(Delivery.DELIVERED, receipts.sent_id(submitted, ids))
    assert receipts.read(told, ids) == wanted
    assert receipts.read(replace(told, message=b"", receipted_id=submitted, state_number=2), ids) == wanted


def test_a_receipt_that_does_not_say_of_what_is_none() -> None:
    told = pdus.delivered(frames("receipt_in_parameters")[0])
    for message in (b"", b"stat:DELIVRD", b"id:1 stat:LOST"):
        assert receipts.read(replace(told, message=message, receipted_id="", state_number=0), "same") is None
