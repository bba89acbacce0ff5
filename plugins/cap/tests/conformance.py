"""The table of the ``cap`` connector: pushes in both versions, and a feed with a good and a bad alert in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hub120_sdk import (
    Alert,
    AlertArea,
    AlertCategory,
    AlertCertainty,
    AlertInfo,
    AlertKind,
    AlertPage,
    AlertReference,
    AlertResource,
    AlertResponse,
    AlertScope,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    Circle,
    Misconfigured,
    Named,
    Point,
    Polygon,
    Request,
    Throttled,
    Unauthorised,
    Unreadable,
    standardwebhooks,
)
from hub120_sdk.testing import Answer, Parses, Polls, Refuses, Suite, fixture

PACKAGE = "plugins.cap"
SECRET = "whsec_aHViMTIwLWNhcC1jb25mb3JtYW5jZS1rZXktMQ=="
WRONG = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWtleQ=="
URL = "https://hub.example/alerts/cap/kma"
KMA = "kma@korea.example"


def at(written: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(written)


QUAKE = Alert(
    "KMA-EQ-20261128-0001",
    KMA,
    at("2026-11-28T09:00:00+09:00"),
    AlertStatus.ACTUAL,
    AlertKind.ALERT,
    AlertScope.PUBLIC,
    infos=(
        AlertInfo(
            "지진",
            (AlertCategory.GEO,),
            AlertUrgency.IMMEDIATE,
            AlertSeverity.EXTREME,
            AlertCertainty.OBSERVED,
            language="ko-KR",
            responses=(AlertResponse.SHELTER,),
            event_codes=(Named("DST_SE_NM", "지진"),),
            effective=at("2026-11-28T09:00:00+09:00"),
            expires=at("2026-11-28T15:00:00+09:00"),
            sender_name="기상청",
            headline="경기 수원 북쪽 3km 지역 규모 5.4 지진",
            description="09시 00분 경기 수원시에서 규모 5.4 지진이 발생했습니다.",
            instruction="책상 아래로 들어가 머리를 보호하세요.",
            parameters=(Named("Magnitude", "5.4"),),
            resources=(AlertResource("진도 지도", "image/png", "https://kma.example/eq/0001.png", 20480),),
            areas=(
                AlertArea(
                    "경기도 수원시",
                    (
                        Polygon(
                            (
                                Point(37.2, 126.95),
                                Point(37.2, 127.1),
                                Point(37.35, 127.1),
                                Point(37.35, 126.95),
                                Point(37.2, 126.95),
                            )
                        ),
                    ),
                    geocodes=(Named("KR.BJD", "41110"),),
                ),
            ),
        ),
        AlertInfo(
            "Earthquake",
            (AlertCategory.GEO,),
            AlertUrgency.IMMEDIATE,
            AlertSeverity.EXTREME,
            AlertCertainty.OBSERVED,
            expires=at("2026-11-28T15:00:00+09:00"),
            areas=(AlertArea("Suwon, Gyeonggi", circles=(Circle(Point(37.28, 127.01), 12.5),)),),
        ),
    ),
)
UPDATE = Alert(
    "KMA-EQ-20261128-0002",
    KMA,
    at("2026-11-28T09:20:00+09:00"),
    AlertStatus.ACTUAL,
    AlertKind.UPDATE,
    AlertScope.PUBLIC,
    references=(AlertReference(KMA, "KMA-EQ-20261128-0001", at("2026-11-28T09:00:00+09:00")),),
    infos=(
        AlertInfo(
            "Earthquake",
            (AlertCategory.GEO,),
            AlertUrgency.PAST,
            AlertSeverity.SEVERE,
            AlertCertainty.OBSERVED,
        ),
    ),
)
STORM = Alert(
    "NWS-7",
    "w-nws.webmaster@weather.example",
    at("2026-11-27T18:00:00-05:00"),
    AlertStatus.EXERCISE,
    AlertKind.ALERT,
    AlertScope.PRIVATE,
    addresses=("first desk", "second"),
    infos=(
        AlertInfo("Storm", (AlertCategory.MET,), AlertUrgency.FUTURE, AlertSeverity.MINOR, AlertCertainty.POSSIBLE),
    ),
)
FED = Alert(
    "FEED-1",
    "nfa@korea.example",
    at("2026-11-28T09:20:00+09:00"),
    AlertStatus.TEST,
    AlertKind.ALERT,
    AlertScope.PUBLIC,
)
NO_OFFSET = (
    "feed/entry[2]/content/alert/sent, line 25: '2026-11-28T09:21:00' is no time with its offset, like "
    "2026-11-28T09:00:00+09:00 (Z is none)"
)
FEED_CURSOR = "3a1d25ff9ced367a a7f514dc66fc9835"
ALONE = "99d9431d0a713c3c"


def event(name: str) -> Request:
    """A fixture as an unsigned push."""
    return Request("POST", URL, {"content-type": "application/cap+xml"}, fixture(PACKAGE, name))


def sign(request: Request, when: datetime) -> Request:
    """Sign as the authority does."""
    signed = standardwebhooks.sign(SECRET, "msg_1", when, request.body)
    return replace(request, headers={**request.headers, **signed})


def suite(provider: str, now: datetime) -> Suite:
    """The table."""
    feed = Answer(200, fixture(PACKAGE, "feed.xml"), {"content-type": "application/atom+xml"})
    alone = Answer(200, fixture(PACKAGE, "update.xml"), {"content-type": "application/cap+xml"})
    return Suite(
        settings={"feed_url": f"{provider}/feed"},
        secrets={"signing_secrets": f"kma={SECRET}"},
        wrong_secrets={"signing_secrets": f"kma={WRONG}"},
        sign=sign,
        parses=[
            Parses("an earthquake in two languages", event("earthquake.xml"), [QUAKE]),
            Parses("its update", event("update.xml"), [UPDATE]),
            Parses("an exercise in CAP 1.1", event("storm_1_1.xml"), [STORM]),
        ],
        refuses=[
            Refuses("no XML", replace(event("update.xml"), body=b"{}"), Unreadable),
            Refuses("another's address", replace(event("update.xml"), url=f"{URL}x"), Unauthorised),
        ],
        polls=[
            Polls("a feed", "", [feed], AlertPage((FED,), FEED_CURSOR, refused=(NO_OFFSET,))),
            Polls("nothing new", FEED_CURSOR, [feed], AlertPage((), FEED_CURSOR)),
            Polls("an alert by itself", "", [alone], AlertPage((UPDATE,), ALONE)),
            Polls("a wrong address", "", [Answer(404)], Misconfigured),
            Polls("too often", "", [Answer(429)], Throttled),
            Polls("another document", "", [Answer(200, b"<rss/>", {})], Unreadable),
        ],
    )
