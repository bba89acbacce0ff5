"""복지로's words and ours: the terms of its code tables, and what its error codes mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hub120_sdk import ConnectorError, Misconfigured, Rejected, Retry, Throttled

TERMS: dict[str, dict[str, str]] = {
    "life_stage": {
        "001": "영유아", "002": "아동", "003": "청소년", "004": "청년", "005": "중장년", "006": "노년",
        "007": "임신·출산",
    },
    "target": {
        "010": "다문화·탈북민", "020": "다자녀", "030": "보훈대상자", "040": "장애인", "050": "저소득",
        "060": "한부모·조손",
    },
    "interest": {
        "010": "신체건강", "020": "정신건강", "030": "생활지원", "040": "주거", "050": "일자리", "060": "문화·여가",
        "070": "안전·위기", "080": "임신·출산", "090": "보육", "100": "교육", "110": "입양·위탁", "120": "보호·돌봄",
        "130": "서민금융", "140": "법률", "150": "관계개선", "160": "에너지",
    },
}  # fmt: skip
"""By taxonomy: code and name. 150 and 160 are of the central list alone."""

QUOTA = "22"
"""The day's calls are used up."""

ERRORS: dict[str, tuple[type[ConnectorError], str]] = {
    "01": (Retry, "복지로 has a trouble of its own"),
    "02": (Retry, "복지로's database has a trouble"),
    "04": (Retry, "복지로 could not be reached by the gateway"),
    "05": (Retry, "복지로 did not answer the gateway in time"),
    "10": (Rejected, "복지로 does not know a parameter of the request"),
    "11": (Rejected, "복지로 misses a parameter of the request"),
    "12": (Misconfigured, "there is no such API any more: check base_url"),
    "20": (Misconfigured, "the key may not use this API: apply for it at data.go.kr"),
    "21": (Misconfigured, "the key is suspended"),
    QUOTA: (Throttled, "the day's calls to 복지로 are used up"),
    "30": (Misconfigured, "service_key is not registered"),
    "31": (Misconfigured, "the key's term is over: extend it at data.go.kr"),
    "32": (Misconfigured, "the key may not be used from this address"),
    "33": (Misconfigured, "the request was not signed as the gateway wants"),
    "99": (Retry, "복지로 has an unknown trouble"),
}
"""resultCode of the API and returnReasonCode of the gateway before it; two digits. 0 is success."""

_DOTS = re.compile(r"[\s·・ㆍ‧∙•▪]")


def _plain(name: str) -> str:
    return _DOTS.sub("", name)


_CODES = {taxonomy: {_plain(name): code for code, name in terms.items()} for taxonomy, terms in TERMS.items()}


def terms(taxonomy: str, names: str) -> Iterator[tuple[str, str]]:
    """Code and name of each of the names, which stand with commas between them; names of no term are left out."""
    seen = set()
    for name in names.split(","):
        code = _CODES[taxonomy].get(_plain(name))
        if code is not None and code not in seen:
            seen.add(code)
            yield code, TERMS[taxonomy][code]
