"""Alerts as connectors bring them, in our values: districts by their codes, the gravest words of all languages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from hub120_sdk import Alert, AlertArea, AlertInfo, AlertNoted, districts

from chassis.database import Tx
from services.outreach.district_outlines import codes_of
from services.outreach.domain import alerts
from services.outreach.domain.alerts import AlertKind, NewAlert, Reference
from services.outreach.domain.areas import Area, is_code, merged
from services.outreach.domain.hazards import hazard
from services.outreach.use_cases import alerting
from services.outreach.use_cases.alerting import Taken

CODES = "KR.BJD"
"""The name of a geocode that is a 법정동코드."""


def keep(tx: Tx, source: str, found: Sequence[Alert]) -> list[AlertNoted]:
    """Store alerts in their order; what became of each."""
    return [AlertNoted(one, take(tx, source, one).duplicate) for one in found]


def take(tx: Tx, source: str, found: Alert) -> Taken:
    """Store one alert."""
    return alerting.take(tx, source, read(found))


def read(found: Alert) -> NewAlert:
    """An alert as we keep it."""
    main = _main(found.infos)
    return NewAlert(
        sender=found.sender,
        identifier=found.identifier,
        sent=found.sent.timestamp(),
        status=found.status.value,
        kind=AlertKind(found.kind.value),
        scope=found.scope.value,
        event=main.event if main else "",
        hazard=hazard(*_said(found.infos)),
        category=main.categories[0].value if main and main.categories else "",
        severity=alerts.worst([one.severity.value for one in found.infos], alerts.SEVERITIES),
        urgency=alerts.worst([one.urgency.value for one in found.infos], alerts.URGENCIES),
        certainty=alerts.worst([one.certainty.value for one in found.infos], alerts.CERTAINTIES),
        effective=_earliest([one.effective for one in found.infos]),
        expires=_latest([one.expires for one in found.infos]),
        area=merged(_area(one) for info in found.infos for one in info.areas),
        references=tuple(Reference(one.sender, one.identifier) for one in found.references),
        content=json.dumps(asdict(found), ensure_ascii=False, default=datetime.isoformat),
    )


def _main(infos: Sequence[AlertInfo]) -> AlertInfo | None:
    """What is said in Korean, or first."""
    return next((one for one in infos if one.language.lower().startswith("ko")), infos[0] if infos else None)


def _said(infos: Sequence[AlertInfo]) -> Iterator[str]:
    for one in infos:
        yield one.event
        yield from (code.content for code in one.event_codes)


def _earliest(moments: Sequence[datetime | None]) -> float | None:
    """None where one of them counts from when it was sent."""
    known = [one.timestamp() for one in moments if one is not None]
    return min(known) if known and len(known) == len(moments) else None


def _latest(moments: Sequence[datetime | None]) -> float | None:
    known = [one.timestamp() for one in moments if one is not None]
    return max(known) if known else None


def _area(found: AlertArea) -> Area:
    """By its codes; where it has none by the districts that its figures touch, or by its name, if that is one's."""
    codes = [one.content.strip() for one in found.geocodes if one.name.upper() == CODES]
    known = tuple(_cut(one) for one in codes if is_code(_cut(one)))
    if not (known or found.polygons or found.circles):
        named = districts.named(found.description)
        known = (named,) if named else ()
    polygons = tuple(tuple((spot.latitude, spot.longitude) for spot in one.points) for one in found.polygons)
    circles = tuple((one.centre.latitude, one.centre.longitude, one.radius_km) for one in found.circles)
    return Area(known or codes_of(polygons, circles), polygons, circles, (found.description,))


def _cut(code: str) -> str:
    """A code without the zeros that only fill it up."""
    if len(code) == 10 and code.endswith("00000"):
        code = code[:5]
    return code[:2] if len(code) == 5 and code.endswith("000") else code
