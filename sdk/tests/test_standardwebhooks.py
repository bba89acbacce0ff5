"""Our signatures against the standard's own library."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hub120_sdk import Misconfigured, Unauthorised
from hub120_sdk.standardwebhooks import TOLERANCE, sign, verify
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

SECRET = "whsec_" + base64.b64encode(b"twenty-four bytes of key").decode()
OLD = "whsec_" + base64.b64encode(b"the key of the last year").decode()
NOW = datetime.now(UTC)
PRINTABLE = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@given(PRINTABLE, st.text(st.characters(codec="utf-8")))
def test_the_library_verifies_what_we_sign(message_id: str, text: str) -> None:
    body = json.dumps({"text": text}).encode()
    assert Webhook(SECRET).verify(body, sign(SECRET, message_id, datetime.now(UTC), body)) == {"text": text}


@given(PRINTABLE, st.text(st.characters(codec="utf-8")))
def test_we_verify_what_the_library_signs(message_id: str, body: str) -> None:
    signature = Webhook(SECRET).sign(message_id, NOW, body)
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(NOW.timestamp())),
        "webhook-signature": signature,
    }
    assert verify(SECRET, headers, body.encode(), NOW) == message_id


def test_any_of_several_secrets_verifies_and_the_first_signs() -> None:
    assert verify(f"{SECRET} {OLD}", sign(OLD, "1", NOW, b"x"), b"x", NOW) == "1"
    with pytest.raises(Unauthorised):
        verify(SECRET, sign(f"{OLD} {SECRET}", "1", NOW, b"x"), b"x", NOW)


def test_any_of_several_signatures_counts() -> None:
    headers = sign(SECRET, "1", NOW, b"x")
    headers["webhook-signature"] = f"v1a,AAAA v1,AAAA {headers['webhook-signature']}"
    assert verify(SECRET, headers, b"x", NOW) == "1"


@pytest.mark.parametrize("ago", [TOLERANCE + timedelta(seconds=1), -TOLERANCE - timedelta(seconds=1)])
def test_an_old_or_future_signature_is_refused(ago: timedelta) -> None:
    with pytest.raises(Unauthorised, match="clock"):
        verify(SECRET, sign(SECRET, "1", NOW - ago, b"x"), b"x", NOW)


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "2"},
        {"webhook-id": ""},
        {"webhook-timestamp": "0"},
        {"webhook-timestamp": "٣"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-timestamp": "-1"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v2,AAAA"},
        {"webhook-signature": "v1,\ud800"},
    ],
)
def test_any_change_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Unauthorised):
        verify(SECRET, sign(SECRET, "1", NOW, b"x") | change, b"x", NOW)


@pytest.mark.parametrize("secret", ["", " ", "whsec_", "whsec_not base64!"])
def test_a_secret_that_is_none_is_told_to_the_operator(secret: str) -> None:
    with pytest.raises(Misconfigured):
        sign(secret, "1", NOW, b"x")
