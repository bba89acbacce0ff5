"""The portal's words and CAP's: how urgent a message is, what kind of disaster, and what its result codes mean."""

from __future__ import annotations

import re

from hub120_sdk import (
    AlertCategory,
    AlertCertainty,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    ConnectorError,
    Misconfigured,
    Rejected,
    Retry,
    Throttled,
)

Level = tuple[AlertUrgency, AlertSeverity, AlertCertainty]
STEPS: dict[str, Level] = {
    "위급재난": (AlertUrgency.IMMEDIATE, AlertSeverity.EXTREME, AlertCertainty.OBSERVED),
    "긴급재난": (AlertUrgency.IMMEDIATE, AlertSeverity.SEVERE, AlertCertainty.LIKELY),
    "안전안내": (AlertUrgency.EXPECTED, AlertSeverity.MODERATE, AlertCertainty.POSSIBLE),
}
"""EMRG_STEP_NM: the three classes of the message service. CAP has no such classes; this is our reading of them."""
UNKNOWN_STEP: Level = (AlertUrgency.UNKNOWN, AlertSeverity.UNKNOWN, AlertCertainty.UNKNOWN)

_CATEGORIES = (
    (AlertCategory.GEO, ("지진", "해일", "산사태", "화산", "붕괴")),
    (AlertCategory.FIRE, ("화재", "산불", "폭발")),
    (AlertCategory.CBRNE, ("화학", "방사", "원자력", "가스")),
    (
        AlertCategory.MET,
        ("호우", "홍수", "대설", "태풍", "폭염", "한파", "강풍", "풍랑", "건조", "안개", "황사", "낙뢰"),
    ),
    (AlertCategory.ENV, ("미세먼지", "오염")),
    (AlertCategory.HEALTH, ("감염", "전염", "AI", "가축", "의료")),
    (AlertCategory.RESCUE, ("실종",)),
    (AlertCategory.TRANSPORT, ("교통", "철도", "항공", "선박")),
    (AlertCategory.INFRA, ("수도", "정전", "전기", "통신", "금융", "에너지")),
    (AlertCategory.SECURITY, ("민방공", "테러", "공습", "비상")),
)
_EXERCISE = re.compile(r"훈련\s*(?:\]|상황|메시지|문자|입니다|중)|\[\s*훈련|실제\s*상황이?\s*아(?:님|닙)")
_TEST = re.compile(r"시험\s*(?:발송|송출|메시지|문자)|테스트\s*(?:발송|메시지|문자)|\[\s*(?:시험|테스트)\s*\]")

NO_DATA, QUOTA = "03", "22"
ERRORS: dict[str, tuple[type[ConnectorError], str]] = {
    "01": (Retry, "the portal has a trouble of its own"),
    "02": (Retry, "the portal's database has a trouble"),
    "04": (Retry, "the portal's gateway has a trouble"),
    "05": (Retry, "the portal did not answer its gateway in time"),
    "10": (Rejected, "the portal does not know a parameter of the request"),
    "11": (Rejected, "the portal misses a parameter of the request"),
    "12": (Misconfigured, "there is no such API any more: check base_url"),
    "20": (Misconfigured, "the key may not use DSSP-IF-00247: apply for it at the portal"),
    QUOTA: (Throttled, "the day's calls to the portal are used up"),
    "30": (Misconfigured, "service_key is not registered"),
    "31": (Misconfigured, "the key's term is over: extend it at the portal"),
    "32": (Misconfigured, "the key may not be used from this address"),
}
"""resultCode, which comes with HTTP 200; two digits. 00 is success."""


def category(kind: str) -> AlertCategory:
    """What a kind of disaster (DST_SE_NM) is in CAP."""
    return next((one for one, words in _CATEGORIES if any(word in kind for word in words)), AlertCategory.OTHER)


def status(text: str) -> AlertStatus:
    """An exercise or a test says so in its words alone; whatever may be one counts as one: nobody is alarmed by it."""
    if _EXERCISE.search(text):
        return AlertStatus.EXERCISE
    return AlertStatus.TEST if _TEST.search(text) else AlertStatus.ACTUAL
