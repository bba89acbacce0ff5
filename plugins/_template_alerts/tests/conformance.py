"""The table: warnings as the authority answers them. Add a row for each answer you know of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hub120_sdk import (
    Alert,
    AlertArea,
    AlertCategory,
    AlertCertainty,
    AlertInfo,
    AlertKind,
    AlertPage,
    AlertScope,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    Misconfigured,
    Named,
    Throttled,
    Unreadable,
)
from hub120_sdk.testing import Answer, Polls, Seen, Suite, fixture

RAIN = Alert(
    "41",
    "warnings.example.org",
    datetime.fromisoformat("2026-11-28T09:00:00+09:00"),
    AlertStatus.ACTUAL,
    AlertKind.ALERT,
    AlertScope.PUBLIC,
    infos=(
        AlertInfo(
            "호우",
            (AlertCategory.MET,),
            AlertUrgency.EXPECTED,
            AlertSeverity.SEVERE,
            AlertCertainty.LIKELY,
            language="ko",
            expires=datetime.fromisoformat("2026-11-28T18:00:00+09:00"),
            description="호우경보. 하천에 가지 마세요.",
            areas=(AlertArea("경기도 수원시", geocodes=(Named("KR.BJD", "41110"),)),),
        ),
    ),
)


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the kit's fake authority, ``now`` the time of the kit's clock."""
    one = Answer(200, fixture("plugins._template_alerts", "warnings.json"), {"content-type": "application/json"})
    timeless = Answer.json({"warnings": [{"number": 1, "what": "호우", "place": "수원", "district": "41110"}]})
    return Suite(
        settings={"api_url": provider},
        secrets={"token": "the-right-token"},
        wrong_secrets={"token": "another-token"},
        polls=[
            Polls("a warning", "", [one], AlertPage((RAIN,), "41"), _asked),
            Polls("nothing new", "41", [one], AlertPage((), "41")),
            Polls("a warning without a time", "", [timeless], Unreadable),
            Polls("a wrong token", "", [Answer(401)], Misconfigured),
            Polls("too often", "", [Answer.json({}, 429)], Throttled),
        ],
    )


def _asked(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("GET", "/warnings?after=0")
    assert one.headers["authorization"] == "Bearer the-right-token"
