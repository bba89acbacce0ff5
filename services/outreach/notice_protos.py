"""Alerts and notices as the contract writes them; what callers wrote as an area, in our values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from hub120.outreach.v1 import alert_pb2, notice_pb2
from hub120_sdk import districts

from chassis.statements import Row
from services.outreach import wording
from services.outreach.domain.alerts import AlertState, may_be_told
from services.outreach.domain.areas import Area
from services.outreach.domain.notices import Counts, Form, NoticeAct, NoticeClass, NoticeState, Rule, form

ALERT_STATES = {state: getattr(alert_pb2, f"ALERT_STATE_{state.name}") for state in AlertState}
STATES = {state: getattr(notice_pb2, f"NOTICE_STATE_{state.name}") for state in NoticeState}
STATE_OF = {number: state for state, number in STATES.items()}
CLASSES = {one: getattr(notice_pb2, f"NOTICE_CLASS_{one.name}") for one in NoticeClass}
CLASS_OF = {number: one for one, number in CLASSES.items()}
_ACTS = {act: getattr(notice_pb2, f"NOTICE_ACT_{act.name}") for act in NoticeAct}
_FORMS = {one: getattr(notice_pb2, f"TEXT_FORM_{one.name}") for one in Form}


def moment(at: float | None) -> Timestamp | None:
    """A time of ours; None stays None."""
    if at is None:
        return None
    told = Timestamp()
    told.FromDatetime(datetime.fromtimestamp(at, UTC))
    return told


def seconds(told: Timestamp) -> float:
    """A time of theirs."""
    return told.ToMicroseconds() / 1e6


def area(found: Area) -> alert_pb2.Area:
    """Where."""
    point = alert_pb2.GeoPoint
    return alert_pb2.Area(
        codes=found.codes,
        polygons=[
            alert_pb2.GeoPolygon(points=[point(latitude=north, longitude=east) for north, east in ring])
            for ring in found.polygons
        ],
        circles=[
            alert_pb2.GeoCircle(centre=point(latitude=north, longitude=east), radius_km=radius)
            for north, east, radius in found.circles
        ],
        names=found.names,
    )


def area_of(told: alert_pb2.Area) -> Area:
    """Where, as a caller wrote it; where there are names alone, those of districts are read as their codes."""
    polygons = tuple(tuple((one.latitude, one.longitude) for one in ring.points) for ring in told.polygons)
    circles = tuple((one.centre.latitude, one.centre.longitude, one.radius_km) for one in told.circles)
    codes = tuple(dict.fromkeys(told.codes))
    if not (codes or polygons or circles):
        codes = tuple(dict.fromkeys(code for name in told.names if (code := districts.named(name))))
    return Area(codes, polygons, circles, tuple(told.names))


def alert(row: Row) -> alert_pb2.Alert:
    """An alert without its words."""
    return alert_pb2.Alert(
        id=row.id,
        source=row.source,
        sender=row.sender,
        identifier=row.identifier,
        status=row.status,
        kind=row.kind,
        scope=row.scope,
        state=ALERT_STATES[AlertState(row.state)],
        event=row.event,
        hazard=row.hazard,
        category=row.category,
        severity=row.severity,
        urgency=row.urgency,
        certainty=row.certainty,
        area=area(Area.read(row.area)),
        replaced_by=row.replaced_by,
        for_the_public=may_be_told(row.status, row.scope, row.kind),
        sent_time=moment(row.sent_at),
        begin_time=moment(row.begins_at),
        end_time=moment(row.ends_at),
        receive_time=moment(row.received_at),
    )


def notice(row: Row, approved_by: Sequence[str]) -> notice_pb2.Notice:
    """A notice without its words."""
    counted = row.counted_version == row.version
    return notice_pb2.Notice(
        id=row.id,
        state=STATES[NoticeState(row.state)],
        act=_ACTS[NoticeAct(row.act)],
        notice_class=CLASSES[NoticeClass(row.notice_class)],
        hazard=row.hazard,
        alert_id=row.alert_id,
        follows=row.follows,
        area=area(Area.read(row.area)),
        channels=row.channels.split(),
        sign_video_url=row.sign_video_url,
        created_by=row.created_by,
        author=row.author,
        version=row.version,
        approved_by=approved_by,
        recipients=row.recipients if counted else None,
        counted=counted,
        reason=row.reason,
        propose_time=moment(row.proposed_at),
        wait_time=moment(row.waits_since),
        release_time=moment(row.released_at),
        end_time=moment(row.ends_at),
        sequence=row.sequence,
    )


def texts(found: Mapping[str, str]) -> list[notice_pb2.NoticeText]:
    """The words, Korean first."""
    order = sorted(found, key=lambda language: (language != wording.KOREAN, language))
    return [
        notice_pb2.NoticeText(
            language=language, text=found[language], form=_FORMS[form(found[language])],
            reviewed=wording.reviewed(language),
        )
        for language in order
    ]  # fmt: skip


def counts(found: Counts | None, cost_won: Mapping[str, int], needed: int) -> notice_pb2.NoticeCounts:
    """What a dry run found."""
    told = notice_pb2.NoticeCounts(approvals_needed=needed)
    if found is not None:
        told.recipients = found.recipients
        told.by_channel.update(found.by_channel)
        told.by_language.update(found.by_language)
        told.cost_won.update(cost_won)
        told.unplaced = found.unplaced
    return told


def entry(row: Row, note: str) -> notice_pb2.NoticeEntry:
    """Something that happened to a notice."""
    return notice_pb2.NoticeEntry(
        sequence=row.sequence,
        kind=row.kind,
        state=STATES[NoticeState(row.state)],
        reason=row.reason,
        actor=row.actor,
        case_id=row.reference,
        version=row.version,
        note=note,
        happen_time=moment(row.happened_at),
    )


def rule(found: Rule) -> notice_pb2.NoticeRule:
    """A rule."""
    return notice_pb2.NoticeRule(
        id=found.id,
        area_code=found.area_code,
        hazard=found.hazard,
        category=found.category,
        least_severity=found.severity,
        least_urgency=found.urgency,
        least_certainty=found.certainty,
        notice_class=CLASSES[found.notice_class],
        channels=found.channels,
    )


def content(written: str) -> str:
    """All that an alert says, without what it does not say."""
    return json.dumps(_filled(json.loads(written)), ensure_ascii=False) if written else ""


def _filled(value: object) -> object:
    if isinstance(value, dict):
        return {name: _filled(one) for name, one in value.items() if one not in (None, "", [], {})}
    return [_filled(one) for one in value] if isinstance(value, list) else value
