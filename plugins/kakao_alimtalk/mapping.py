"""Solapi's status codes and error words, and ours (its documents, «메시지 상태 코드»)."""

from __future__ import annotations

from collections.abc import Mapping

from hub120_sdk import ConnectorError, Delivery, Misconfigured, NotOnChannel, OptedOut, Rejected, Retry, Throttled

NO_KAKAOTALK = frozenset({"3102", "3104", "3107"})
"""The citizen has no KakaoTalk, was not in it for three days, or blocked notices: another channel may reach them."""
_UNREACHABLE = frozenset({"3010", "3032", "3050", "3051"}) | NO_KAKAOTALK
_OPTED_OUT = frozenset({"1060", "1061", "2060", "2061", "3047"})
_OPERATOR = frozenset(
    {
        *("1020", "1030", "1041", "1042", "1058", "1062", "1064", "2062", "2063", "2064", "2230"),
        *("3013", "3058", "3059", "3101", "3105", "3106"),
    }
)
_PASSING = frozenset(
    {
        *("1024", "2024", "3012", "3014", "3024", "3040", "3041", "3042", "3043", "3044", "3045", "3046", "3048"),
        *("3053", "3056", "3057", "3108"),
    }
)
REASONS: Mapping[str, str] = {
    **dict.fromkeys(("1060", "2060"), "the number is blocked (차단된 수신번호)"),
    **dict.fromkeys(("1061", "2061"), "the citizen opted out of messages (080 수신거부)"),
    **dict.fromkeys(("1064", "2064"), "the account is blocked after reports of spam (KISA)"),
    **dict.fromkeys(("2254", "3054", "3055"), "it was taken for spam"),
    **dict.fromkeys(("3040", "3041", "3042", "3043"), "the phone could not be reached (off, busy, out of range)"),
    "1030": "the account has no money left (잔액 부족)",
    "1031": "the text is too long",
    "1042": "the template is not known (템플릿 아이디)",
    "1043": "the text is not that of the template (템플릿 불일치)",
    "1062": "the sending number is not registered (발신번호 미등록)",
    "1058": "there is no route to the number (전송경로 없음)",
    "2062": "the sending number is not registered (발신번호 미등록)",
    "2230": "the account has no money left (잔액 부족)",
    "3010": "the number is no telephone number",
    "3032": "nobody has this number",
    "3044": "the phone's store of messages is full",
    "3045": "the phone's service is suspended",
    "3047": "the phone refuses messages (착신거절)",
    "3050": "the phone cannot receive text messages",
    "3059": "the sending number was forged (변작)",
    "3102": "the citizen is no friend of the channel",
    "3103": "the text is not that of the template (템플릿 불일치)",
    "3104": "the citizen does not use KakaoTalk",
    "3105": "the template is not registered",
    "3107": "the citizen was not in KakaoTalk for three days, or blocked notices",
    "3108": "KakaoTalk takes such messages from 8 to 20 o'clock alone",
}
"""In words an agent can pass on; any other code is told as it is."""

_CODE_CHARACTERS = 8

_ERRORS: Mapping[str, type[ConnectorError]] = {
    **dict.fromkeys(("InvalidAPIKey", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "Unauthorized"), Misconfigured),
    **dict.fromkeys(("Forbidden", "NotEnoughBalance", "InvalidPfId", "PfIdNotFound"), Misconfigured),
    "DuplicatedSignature": Retry,
    "TooManyRequests": Throttled,
    "InternalError": Retry,
}


def told(code: str) -> str:
    """A status code in words."""
    shown = code if code.isascii() and code.isalnum() and len(code) <= _CODE_CHARACTERS else "unknown"
    return f"{code} {REASONS[code]}" if code in REASONS else f"Solapi's status {shown}"


def error(code: str) -> ConnectorError:
    """What a status code of a message that was not taken means."""
    if code in _OPTED_OUT:
        return OptedOut(told(code))
    if code in _UNREACHABLE:
        return NotOnChannel(told(code))
    if code in _OPERATOR:
        return Misconfigured(told(code))
    return Retry(told(code), 60.0) if code in _PASSING else Rejected(told(code))


def refusal(word: str) -> ConnectorError | None:
    """What an ``errorCode`` means; None for one that says nothing special."""
    kind = _ERRORS.get(word)
    return kind(f"Solapi answered {word}") if kind else None


def delivery(code: str) -> Delivery:
    """How far a message came: 2000 taken, 3000 at the carrier, 4000 delivered, anything else failed."""
    if code == "4000":
        return Delivery.DELIVERED
    return Delivery.SENT if code in {"2000", "3000"} else Delivery.FAILED
