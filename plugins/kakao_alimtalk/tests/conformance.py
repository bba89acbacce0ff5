"""The table of the ``kakao_alimtalk`` connector."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from hub120_sdk import (
    Address,
    AddressKind,
    Content,
    Delivery,
    Misconfigured,
    NotOnChannel,
    OptedOut,
    Outbound,
    Receipt,
    Rejected,
    Request,
    Retry,
    Throttled,
    Unauthorised,
    Unreadable,
    Unsure,
)
from hub120_sdk.testing import Answer, Parses, Refuses, Seen, Sends, Suite, fixture

KEY, SECRET, REPORTS = "NCSAYU7YDBXYORXC", "solapi-secret-8c2f4e6a", "report-5f1e0d7c"
URL = "https://hub.example/channels/kakao_alimtalk"
SENDER = "0315550120"
CITIZEN = Address(AddressKind.PHONE, "+821055501234", verified=True)
SENT = "M4V20261122140944VNOQH1HURYHEWL8"
NOTICE = Outbound(
    "0199e0f2-7c00-7abc-8def-00000000000a",
    CITIZEN,
    "김누리님, 접수번호 26-0KX3M-7QHMZ 민원이 처리되었습니다.",
    template="KA01TP221027002252645FPwAcO9SguY",
    variables={"이름": "김누리", "접수번호": "26-0KX3M-7QHMZ"},
)
PLAIN = replace(NOTICE, template="", variables={})
_SIGNS_NOTHING = "Solapi signs no report: the secret stands in the address"


def event(name: str) -> Request:
    """A fixture as a request to the bare address."""
    return Request("POST", URL, {"content-type": "application/json"}, fixture("plugins.kakao_alimtalk", name))


def sign(request: Request, at: datetime) -> Request:
    """The address as the operator entered it."""
    return replace(request, url=f"{request.url}/{REPORTS}")


def accepted() -> Answer:
    """Solapi took it."""
    return Answer(200, fixture("plugins.kakao_alimtalk", "accepted.json"))


def coded(code: str) -> Answer:
    """Solapi's answer with another status."""
    said = json.loads(fixture("plugins.kakao_alimtalk", "accepted.json"))
    return Answer.json({**said, "statusCode": code})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    return Suite(
        settings={"pf_id": "KA01PF200323182344986oTFz9CIabcx", "sender_number": SENDER, "base_url": provider},
        secrets={"api_key": KEY, "api_secret": SECRET, "report_secret": f"the-new-one-1a2b {REPORTS}"},
        wrong_secrets={"api_key": KEY, "api_secret": SECRET, "report_secret": "another-secret"},
        sign=sign,
        parses=_parses(),
        refuses=_refuses(),
        sends=_sends(),
        letters="euc-kr",
        waived={
            "refuses_a_changed_body": _SIGNS_NOTHING,
            "refuses_a_replay": _SIGNS_NOTHING,
            "hears_citizens": "notices go out; citizens answer on other channels",
            "fetches_attachments": "nothing comes in",
        },
    )


def _parses() -> list[Parses]:
    delivered = Receipt(Delivery.DELIVERED, SENT, NOTICE.reply_id)
    reason = "3104 the citizen does not use KakaoTalk"
    failed = Receipt(Delivery.FAILED, "M4V20261122140944AAAAAAAAAAAAAAA", reason=reason)
    return [
        Parses("two reports", event("reports.json"), [delivered, failed]),
        Parses("two reports in envelopes", event("reports_in_envelopes.json"), [delivered, failed]),
        Parses("a report of a group", event("group_report.json"), []),
        Parses("a report of a group in an envelope", event("group_report_in_envelope.json"), []),
    ]


def _refuses() -> list[Refuses]:
    report = event("reports.json")
    return [
        Refuses("no array", replace(report, body=b'{"messageId": "M", "statusCode": "4000"}'), Unreadable),
        Refuses("no status", replace(report, body=b'[{"messageId": "M"}]'), Unreadable),
        Refuses("an empty envelope", replace(report, body=b'[{"eventDataId": "E"}]'), Unreadable),
        Refuses("nothing of anything", replace(report, body=b"[{}]"), Unreadable),
        Refuses("half a secret", replace(report, url=f"{URL}/report-5f1e"), Unauthorised, signed=False),
        Refuses("the secret as a query", replace(report, url=f"{URL}?{REPORTS}"), Unauthorised, signed=False),
    ]


def _sends() -> list[Sends]:
    taken = Receipt(Delivery.SENT, SENT, NOTICE.reply_id)
    abroad = replace(NOTICE, to=Address(AddressKind.PHONE, "+14155550100"))
    return [
        Sends("a text where there is no template", PLAIN, [accepted()], taken, _is_a_text),
        Sends("a notice by its template", NOTICE, [accepted()], taken, _is_a_notice),
        Sends("a long text", replace(PLAIN, text="가" * 600), [accepted()], taken, _is_long),
        Sends("no KakaoTalk", NOTICE, [coded("3104")], NotOnChannel),
        Sends("blocked, or long away", NOTICE, [coded("3107")], NotOnChannel),
        Sends("opted out", NOTICE, [coded("1061")], OptedOut),
        Sends("no money", NOTICE, [coded("1030")], Misconfigured),
        Sends("another text than the template's", NOTICE, [coded("1043")], Rejected),
        Sends("at night", NOTICE, [coded("3108")], Retry),
        Sends("a code nobody knows", NOTICE, [coded("9999")], Rejected),
        Sends("a wrong key", NOTICE, [Answer.json({"errorCode": "InvalidAPIKey"}, 403)], Misconfigured),
        Sends("a wrong clock", NOTICE, [Answer.json({"errorCode": "RequestTimeTooSkewed"}, 403)], Misconfigured),
        Sends("a salt used twice", NOTICE, [Answer.json({"errorCode": "DuplicatedSignature"}, 403)], Retry),
        Sends("slow down", NOTICE, [Answer.json({}, 429, retry_after="3")], Throttled),
        Sends("nobody knows", NOTICE, [Answer.json({"groupId": "G"})], Unsure),
        Sends("abroad", abroad, [], NotOnChannel),
        Sends("by a user key", replace(NOTICE, to=Address(AddressKind.ACCOUNT, "u")), [], NotOnChannel),
        Sends("a file", replace(NOTICE, attachments=(Content(b"x"),)), [], Rejected),
        Sends("a text with letters that carriers do not have", replace(PLAIN, text="고마워요 🙂"), [], Rejected),
    ]


def _message(seen: Sequence[Seen]) -> dict[str, object]:
    [one] = seen
    assert (one.method, one.path) == ("POST", "/messages/v4/send")
    assert re.fullmatch(
        rf"HMAC-SHA256 apiKey={KEY}, date=\S+, salt=[0-9a-f]{{32}}, signature=[0-9a-f]{{64}}",
        one.headers["authorization"],
    )
    message: dict[str, object] = json.loads(one.body)["message"]
    assert message["customFields"] == {"replyId": NOTICE.reply_id}
    assert (message["to"], message["from"]) == ("01055501234", SENDER)
    return message


def _is_a_notice(seen: Sequence[Seen]) -> None:
    message = _message(seen)
    assert message["kakaoOptions"] == {
        "pfId": "KA01PF200323182344986oTFz9CIabcx",
        "templateId": NOTICE.template,
        "variables": {"#{이름}": "김누리", "#{접수번호}": "26-0KX3M-7QHMZ"},
        "disableSms": False,
    }
    assert message["text"] == NOTICE.text


def _is_a_text(seen: Sequence[Seen]) -> None:
    message = _message(seen)
    assert (message["type"], message["text"]) == ("SMS", PLAIN.text)
    assert "kakaoOptions" not in message


def _is_long(seen: Sequence[Seen]) -> None:
    assert _message(seen)["type"] == "LMS"
