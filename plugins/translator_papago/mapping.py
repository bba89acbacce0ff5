"""Papago's words and ours: languages, error codes, and how much it translates at once."""

from __future__ import annotations

from hub120_sdk import ConnectorError, Misconfigured, Rejected, Retry

KOREAN = "ko"
CODES = {
    "ko": "ko", "en": "en", "ja": "ja", "zh": "zh-CN", "vi": "vi", "th": "th", "id": "id", "fr": "fr", "es": "es",
    "ru": "ru", "de": "de", "it": "it",
}  # fmt: skip
"""ISO 639 to Papago's codes: what it translates from and into Korean."""

HONORIFIC = frozenset({("en", "ko"), ("ja", "ko"), ("zh", "ko"), ("ko", "ja")})
"""From and into what it can be polite."""
GLOSSARY = frozenset({"en", "ja", "zh", "fr"})
"""Beside Korean, the languages in which it keeps to a glossary."""

CHARACTERS = 5_000
"""What one call translates, blanks included."""
CALLS = 5
"""What is longer than so many calls is refused."""

QUOTA_EXCEEDED = "400"
"""The day's quota is used up: an hour's pause, not a second's."""

ERRORS: dict[str, tuple[type[ConnectorError], str]] = {
    "N2MT01": (Rejected, "Papago was told no source"),
    "N2MT02": (Rejected, "Papago does not know the source language"),
    "N2MT03": (Rejected, "Papago was told no target"),
    "N2MT04": (Rejected, "Papago does not know the target language"),
    "N2MT05": (Rejected, "source and target are the same language"),
    "N2MT06": (Rejected, "Papago does not translate from that language into this one"),
    "N2MT07": (Rejected, "Papago was told no text"),
    "N2MT08": (Rejected, "the text is too long for Papago"),
    "N2MT99": (Retry, "Papago has a trouble of its own"),
    "100": (Rejected, "Papago cannot read the request"),
    "200": (Misconfigured, "client_id or client_secret is wrong"),
    "210": (Misconfigured, "the application may not use Papago: select Text Translation in the console"),
    "300": (Misconfigured, "base_url leads nowhere at NAVER Cloud"),
    "430": (Rejected, "the request is too large for NAVER Cloud"),
    "500": (Retry, "NAVER Cloud does not reach Papago"),
    "510": (Retry, "Papago did not answer NAVER Cloud in time"),
    "900": (Retry, "NAVER Cloud has a trouble of its own"),
}
"""Papago's codes (N2MT…) and those of the gateway before it, except for 429."""
