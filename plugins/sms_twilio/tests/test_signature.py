"""Signatures and forms against Twilio's own library, both ways."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hub120_sdk import Request, Unauthorised
from hub120_sdk.twiliosignature import compute, spellings, verify
from hypothesis import given
from hypothesis import strategies as st

from plugins.sms_twilio.tests.conformance import TOKEN

RequestValidator = import_module("twilio.request_validator").RequestValidator
VECTORS = Path(__file__).parents[4] / "shared" / "formats" / "twilio" / "signature_vectors.json"
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
NAMES = st.text(st.characters(min_codepoint=65, max_codepoint=122), min_size=1, max_size=8)
FORMS = st.lists(st.tuples(NAMES, WORDS), max_size=8)
URLS = st.sampled_from(
    [
        "https://hub.example/channels/sms_twilio",
        "https://hub.example:443/channels/sms_twilio",
        "https://hub.example:8443/channels/sms_twilio/receipts?reply=r-1",
        "http://hub.example/channels/sms_twilio?a=b&c=%EA%B0%80",
        "http://hub.example:80/x",
        "https://[2001:db8::1]/x",
    ]
)


def form(url: str, fields: Sequence[tuple[str, str]], signature: str) -> Request:
    return Request("POST", url, {"x-twilio-signature": signature}, urlencode(fields).encode())


class Several(dict[str, str]):
    """The fields as Twilio's library takes them from web frameworks: a name may have several values."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__(fields)
        self._fields = fields

    def getlist(self, name: str) -> list[str]:
        return [value for one, value in self._fields if one == name]


@given(URLS, FORMS)
def test_we_verify_what_twilio_signs(url: str, fields: list[tuple[str, str]]) -> None:
    signature = RequestValidator(TOKEN).compute_signature(url, Several(fields))
    verify(TOKEN, "", form(url, fields, signature))


@given(URLS.filter(lambda url: "[" not in url), FORMS)
def test_twilio_verifies_what_we_sign(url: str, fields: list[tuple[str, str]]) -> None:
    assert RequestValidator(TOKEN).validate(url, Several(fields), compute(TOKEN, url, fields))


@given(FORMS.filter(bool))
def test_a_changed_field_is_refused(fields: list[tuple[str, str]]) -> None:
    url = "https://hub.example/channels/sms_twilio"
    signature = RequestValidator(TOKEN).compute_signature(url, Several(fields))
    changed = [*fields[:-1], (fields[-1][0], fields[-1][1] + "x")]
    with pytest.raises(Unauthorised):
        verify(TOKEN, "", form(url, changed, signature))


def test_the_default_port_may_be_signed_or_not() -> None:
    fields = [("Body", "안녕")]
    with_port = "https://hub.example:443/channels/sms_twilio"
    without = "https://hub.example/channels/sms_twilio"
    for signed, called in ((with_port, without), (without, with_port)):
        verify(TOKEN, "", form(called, fields, compute(TOKEN, signed, fields)))
    assert spellings("https://hub.example:8443/") == ["https://hub.example/", "https://hub.example:8443/"]
    assert spellings("https://[2001:db8::1]/")[1] == "https://[2001:db8::1]:443/"


def test_the_old_token_is_good_while_it_is_being_changed() -> None:
    url, fields = "https://hub.example/x", [("Body", "안녕")]
    verify(f"new-token {TOKEN}", "", form(url, fields, compute(TOKEN, url, fields)))
    with pytest.raises(Unauthorised):
        verify("new-token", "", form(url, fields, compute(TOKEN, url, fields)))


def test_a_shared_key_signs_with_the_algorithm_it_names() -> None:
    url, fields = "https://hub.example/x", [("Body", "안녕")]
    signature = RequestValidator("shared-key").compute_signature(url, Several(fields), "HMAC_SHA256")
    settings = {"x-twilio-webhooks-signature-settings": "key=webhooks_1,algorithm=HMAC_SHA256"}
    request = form(url, fields, signature)
    signed = replace(request, headers={**request.headers, **settings})
    verify(TOKEN, "old-key shared-key", signed)
    unknown = {**signed.headers, "x-twilio-webhooks-signature-settings": "algorithm=HMAC_MD5"}
    refused = [
        ("shared-key", "", signed),
        (TOKEN, "shared-key", request),
        (TOKEN, "shared-key", replace(signed, headers=unknown)),
    ]
    for token, key, one in refused:
        with pytest.raises(Unauthorised):
            verify(token, key, one)


def test_a_json_body_is_covered_by_its_hash_in_the_url() -> None:
    body = json.dumps({"MessageSid": "SM1"})
    bare = "https://hub.example/channels/sms_twilio"
    url = f"{bare}?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    signature = RequestValidator(TOKEN).compute_signature(url, {})
    assert RequestValidator(TOKEN).validate(url, body, signature)
    verify(TOKEN, "", Request("POST", url, {"x-twilio-signature": signature}, body.encode()))
    with pytest.raises(Unauthorised):
        verify(TOKEN, "", Request("POST", url, {"x-twilio-signature": signature}, body.encode() + b" "))


@pytest.mark.skipif(not VECTORS.exists(), reason="the published vectors are not beside this repository")
def test_the_published_vectors() -> None:
    published = json.loads(VECTORS.read_text())
    for vector in published["vectors"]:
        fields = list(vector["params"].items())
        assert compute(published["auth_token"], vector["uri"], fields) == vector["signature"]
        verify(published["auth_token"], "", form(vector["uri"], fields, vector["signature"]))


def test_the_vector_of_twilios_documentation() -> None:
    """As printed in Twilio's page on webhook security."""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert compute("12345", url, list(fields.items())) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
