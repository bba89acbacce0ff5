"""What callers ask of notices, checked field by field and brought into our values."""

from __future__ import annotations

import re
from typing import Any

from google.protobuf.message import Message
from hub120.outreach.v1 import alert_pb2, notice_pb2
from hub120.outreach.v1 import missing_person_service_pb2 as missing_pb
from hub120.outreach.v1 import notice_service_pb2 as pb

from chassis.grpc_host import Check
from services.outreach import notice_protos as protos
from services.outreach import wording
from services.outreach.domain.alerts import CERTAINTIES, SEVERITIES, URGENCIES
from services.outreach.domain.areas import is_code
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.missing import MissingKind
from services.outreach.domain.notices import CHANNELS, LONGEST_S, NoticeClass, Rule
from services.outreach.store.missing import Wanted
from services.outreach.store.notices import NewNotice
from services.outreach.use_cases.looking_for import Search

MOST_PHOTO_BYTES = 3_000_000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_ADDRESS = re.compile(r"https://[^\s<>\"]{1,490}")
_RULE_ID = re.compile(r"[a-z0-9-]{1,64}")
_CATEGORIES = {
    *("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"),
}
_MOST_CODES, _MOST_SHAPES, _MOST_POINTS, _MOST_TEXTS = 300, 20, 1_000, 30
_KINDS = {getattr(missing_pb, f"MISSING_KIND_{kind.name}"): kind for kind in MissingKind}


def which(request: Any) -> Check:
    """A request that names a notice."""
    return Check(request).required("notice_id").uuid("notice_id")


def new_notice(request: pb.ProposeNoticeRequest, by: str, now: float) -> NewNotice:
    """A notice that somebody proposes. Raises ``InvalidArgument``."""
    check = Check(request).required("request_id").length("request_id", 1, 64).uuid("alert_id").enum("notice_class")
    hazards = {one.value for one in Hazard} - {Hazard.MISSING.value}
    check.that(request.hazard in hazards, "hazard", f"is one of {', '.join(sorted(hazards))}")
    wordless = request.hazard == Hazard.OTHER and not request.texts
    check.that(not wordless, "texts", "are written by hand for the hazard other")
    _texts(check, request.texts)
    video = request.sign_video_url
    check.that(not video or bool(_ADDRESS.fullmatch(video)), "sign_video_url", "is an https address")
    _common(check, request, now)
    check.raise_if_any()
    return NewNotice(
        protos.CLASS_OF[request.notice_class], request.hazard, protos.area_of(request.area),
        tuple(request.channels) or CHANNELS, dict(request.texts), by, protos.seconds(request.end_time),
        alert_id=request.alert_id, sign_video_url=video, request_id=request.request_id,
    )  # fmt: skip


def search(request: missing_pb.ReportMissingRequest, by: str, now: float) -> Search:
    """Somebody who is looked for, without the photo. Raises ``InvalidArgument``."""
    check = Check(request).required("request_id").length("request_id", 1, 64).enum("kind")
    check.length("name", 1, 100).length("police_reference", 1, 100)
    check.that(len(request.photo) <= MOST_PHOTO_BYTES, "photo", f"has at most {MOST_PHOTO_BYTES} bytes")
    told = request.descriptions
    check.that(bool(told.get(wording.KOREAN)), "descriptions", "are in Korean (ko) at least")
    known = set(wording.languages())
    fits = all(language in known and 1 <= len(text) <= 300 for language, text in told.items())
    check.that(fits, "descriptions", "have 1 to 300 characters each, in languages that the centre has words in")
    _common(check, request, now)
    check.raise_if_any()
    seen = protos.seconds(request.seen_time) if request.HasField("seen_time") else None
    wanted = Wanted(_KINDS[request.kind], request.name, told[wording.KOREAN], request.police_reference, seen, by)
    return Search(
        wanted, protos.area_of(request.area), tuple(request.channels) or CHANNELS,
        {language: f"{request.name}, {text}" for language, text in told.items()},
        protos.seconds(request.end_time), request.request_id,
    )  # fmt: skip


def _common(check: Check, request: Any, now: float) -> None:
    """What every notice has: an area, channels, an end."""
    _area(check, request.area)
    given = list(request.channels)
    fits = len(given) == len(set(given)) and set(given) <= set(CHANNELS)
    check.that(fits, "channels", f"are {', '.join(CHANNELS)}, each once")
    ahead = protos.seconds(request.end_time) - now if request.HasField("end_time") else 0.0
    check.that(0 < ahead <= LONGEST_S, "end_time", "lies in the next seven days")


def _area(check: Check, area: alert_pb2.Area) -> None:
    few = max(len(area.codes), len(area.names)) <= _MOST_CODES
    check.that(few, "area", f"has at most {_MOST_CODES} codes and names")
    check.that(all(1 <= len(name) <= 200 for name in area.names), "area.names", "have 1 to 200 characters")
    check.that(all(map(is_code, area.codes)), "area.codes", "are 2, 5 or 10 digits, or KR")
    shapes = len(area.polygons) <= _MOST_SHAPES and len(area.circles) <= _MOST_SHAPES
    check.that(shapes, "area", f"has at most {_MOST_SHAPES} polygons and circles")
    rings = [[(one.latitude, one.longitude) for one in ring.points] for ring in area.polygons]
    closed = all(4 <= len(ring) <= _MOST_POINTS and ring[0] == ring[-1] for ring in rings)
    check.that(closed, "area.polygons", f"have 4 to {_MOST_POINTS} points, the last as the first")
    centres = [(one.centre.latitude, one.centre.longitude) for one in area.circles]
    spots = [*centres, *(spot for ring in rings for spot in ring)]
    on_earth = all(-90 <= north <= 90 and -180 <= east <= 180 for north, east in spots)
    check.that(on_earth, "area", "has points that are nowhere on Earth")
    check.that(all(0 < one.radius_km <= 500 for one in area.circles), "area.circles", "have a radius up to 500 km")
    check.that(not protos.area_of(area).empty, "area", "names no place that is known: give codes, polygons or circles")


def texts(request: pb.EditNoticeRequest) -> dict[str, str]:
    """Texts that are written anew. Raises ``InvalidArgument``."""
    check = which(request).range("version", 1, 2**31 - 1)
    _texts(check, {language: text or "-" for language, text in request.texts.items()})
    video = request.sign_video_url
    check.that(not video or bool(_ADDRESS.fullmatch(video)), "sign_video_url", "is an https address")
    check.that(bool(request.texts or video), "texts", "or sign_video_url: something is written anew").raise_if_any()
    return dict(request.texts)


def _texts(check: Check, given: Any) -> None:
    check.that(len(given) <= _MOST_TEXTS, "texts", f"are {_MOST_TEXTS} at most")
    named = all(_LANGUAGE.fullmatch(language) for language in given)
    check.that(named, "texts", "stand by their language, BCP 47")
    fits = all(1 <= len(text) <= 2_000 and "\x00" not in text for text in given.values())
    check.that(fits, "texts", "have 1 to 2,000 characters each")


def rule(request: Message, told: notice_pb2.NoticeRule) -> Rule:
    """A rule as somebody writes it. Raises ``InvalidArgument``."""
    check = Check(request).enum("rule.notice_class")
    check.that(bool(_RULE_ID.fullmatch(told.id)), "rule.id", "has 1 to 64 small letters, digits and hyphens")
    check.that(is_code(told.area_code), "rule.area_code", "is 2, 5 or 10 digits, or KR")
    check.that(told.hazard in {"", *Hazard}, "rule.hazard", "is none of the kinds of disaster")
    check.that(told.category in {"", *_CATEGORIES}, "rule.category", "is none of CAP's categories")
    for field, scale in (
        ("least_severity", SEVERITIES),
        ("least_urgency", URGENCIES),
        ("least_certainty", CERTAINTIES),
    ):
        check.that(getattr(told, field) in scale, f"rule.{field}", f"is one of {', '.join(scale)}")
    given = list(told.channels)
    fits = len(given) == len(set(given)) and set(given) <= set(CHANNELS)
    check.that(fits, "rule.channels", f"are {', '.join(CHANNELS)}, each once").raise_if_any()
    return Rule(
        told.id, told.area_code, told.hazard, told.category, told.least_severity, told.least_urgency,
        told.least_certainty, protos.CLASS_OF.get(told.notice_class, NoticeClass.INFORMATION), tuple(given) or CHANNELS,
    )  # fmt: skip
