"""A service of 복지로 as an HSDS 3.0 document with the Korean profile's areas and terms.

What HSDS has no field for (what is given, how often, by which law) stands in the description. A contact that is no
telephone number (some are encrypted) is left out.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from functools import cache
from urllib.parse import quote

from hub120_sdk import districts

from plugins.bokjiro import mapping
from plugins.bokjiro.reading import KOREA, Details, Row

Document = dict[str, object]

_IDS = uuid.UUID("b0c71a0e-5d0f-5c7e-9a51-6a1f0d120120")
"""The namespace of ids that 복지로 does not give."""
_ALL = "대한민국"
_OPEN_END = "99991231"
_URL = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d{1,5})?([/?#][!-~]*)?")
_TELEPHONE = re.compile(r"\d[\d\s()~/,.-]{1,38}\d")
_TERMS = {
    "life_stage": ("lifeArray", "lifeNmArray"),
    "target": ("trgterIndvdlArray", "trgterIndvdlNmArray"),
    "interest": ("intrsThemaArray", "intrsThemaNmArray"),
}


def own_id(*words: str) -> str:
    """The id of something, always the same."""
    return str(uuid.uuid5(_IDS, "\n".join(words)))


@cache
def _shared_id(*words: str) -> str:
    """The id of what many services have in common."""
    return own_id(*words)


def central(key: str, row: Row, details: Details) -> Document:
    """A service of a ministry, for the whole country."""
    values = {**details.values, **row}
    ministry = values.get("jurMnofNm", "중앙부처")
    given = {**_service(key, values, details, ministry), "service_areas": [_area(key, _ALL, "KR")]}
    department = values.get("jurOrgNm")
    return given | ({"contacts": [_department(key, department)]} if department else {})


def local(key: str, row: Row, details: Details, today: date) -> Document:
    """A service of a province, city or district, for those who live there."""
    values = {**details.values, **row}
    province, district = values.get("ctpvNm", ""), values.get("sggNm", "")
    office = f"{province} {district}".strip() or "지방자치단체"
    given = _service(key, values, details, office)
    given |= {"service_areas": [_area(key, office, districts.code(province, district))]}
    if "bizChrDeptNm" in values:
        given |= {"contacts": [_department(key, values["bizChrDeptNm"])]}
    changed = _day(values.get("lastModYmd", ""))
    if changed is not None:
        moment = datetime.combine(changed, time(), KOREA).isoformat()
        given |= {"assured_date": changed.isoformat(), "last_modified": moment}
    return given | _period(key, values, today)


def _service(key: str, values: Row, details: Details, office: str) -> Document:
    """What both lists have in common."""
    organization = {"id": _shared_id("organization", office), "name": office, "description": office}
    document: Document = {
        "id": own_id("service", key),
        "name": values["servNm"],
        "status": "active",
        "organization": organization,
        "description": _description(values, details),
        "eligibility_description": _paragraphs(_one(values, "tgtrDtlCn", "sprtTrgtCn"), values.get("slctCritCn")),
        "application_process": _application(values, details),
        "url": _url(values.get("servDtlLink", "")),
        "phones": list(_phones(key, values, details.lists.get("inqplCtadrList", ()))),
        "required_documents": list(_forms(key, details.lists.get("basfrmList", ()))),
        "attributes": list(_attributes(key, values)),
    }
    return {name: value for name, value in document.items() if value}


def _one(values: Row, *names: str) -> str:
    return next((values[name] for name in names if name in values), "")


def _paragraphs(*texts: str | None) -> str:
    return "\n\n".join(text for text in texts if text)


def _description(values: Row, details: Details) -> str:
    laws = ", ".join(name for name, _ in _related(details.lists.get("baslawList", ())) if name)
    how = " · ".join(values[name] for name in ("srvPvsnNm", "sprtCycNm") if name in values)
    said = {
        "지원 내용": values.get("alwServCn"),
        "지원 방법": how,
        "근거 법령": laws,
        "기준 연도": values.get("crtrYr"),
    }
    lines = "\n".join(f"{name}: {text}" for name, text in said.items() if text)
    return _paragraphs(_one(values, "servDgst", "wlfareInfoOutlCn"), lines)


def _application(values: Row, details: Details) -> str:
    steps = [f"{name}: {text}" for name, text in _related(details.lists.get("applmetList", ())) if text]
    online = "온라인 신청 가능 (복지로)" if values.get("onapPsbltYn") == "Y" else ""
    return _paragraphs(_one(values, "aplyMtdCn", "aplyMtdNm"), "\n".join(steps), online)


def _related(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Name and content of what a list relates, by either API's names."""
    for row in rows:
        yield _one(row, "servSeDetailNm", "wlfareInfoReldNm"), _one(row, "servSeDetailLink", "wlfareInfoReldCn")


def _phones(key: str, values: Row, rows: Sequence[Row]) -> Iterator[Document]:
    known = set()
    for name, number in (*_related(rows), ("", values.get("rprsCtadr", ""))):
        if _TELEPHONE.fullmatch(number) and number not in known:
            known.add(number)
            phone: Document = {"id": own_id("phone", key, number), "number": number, "type": "voice"}
            yield phone | ({"description": name} if name else {})


def _forms(key: str, rows: Sequence[Row]) -> Iterator[Document]:
    for number, (name, link) in enumerate(_related(rows)):
        if name:
            url = _url(link)
            form: Document = {"id": own_id("required_document", key, str(number)), "document": name}
            yield form | ({"uri": url} if url else {})


def _url(link: str) -> str:
    """The link as a URI; empty for what is none."""
    found = quote(link.strip(), safe="%/:=&?~#+!$,;'@()*[]-._")
    return found if _URL.fullmatch(found) else ""


def _attributes(key: str, values: Row) -> Iterator[Document]:
    for taxonomy, fields in _TERMS.items():
        for code, name in mapping.terms(taxonomy, _one(values, *fields)):
            term = {"code": code, "name": name, "description": name, "taxonomy": taxonomy, "language": "ko"}
            yield {
                "id": own_id("attribute", key, taxonomy, code),
                "link_entity": "service",
                "taxonomy_term": {"id": _shared_id("term", taxonomy, code), **term},
            }


def _area(key: str, name: str, code: str | None) -> Document:
    area: Document = {"id": own_id("area", key), "name": name}
    return area | ({"extent": code, "extent_type": "kr-district"} if code else {})


def _department(key: str, name: str) -> Document:
    return {"id": own_id("contact", key), "department": name}


def _period(key: str, values: Row, today: date) -> Document:
    """From when to when it is given: outside of that it is inactive."""
    first, last = _day(values.get("enfcBgngYmd", "")), _day(values.get("enfcEndYmd", ""))
    period = {"valid_from": first, "valid_to": last}
    schedule = {name: day.isoformat() for name, day in period.items() if day is not None}
    given: Document = {"schedules": [{"id": own_id("schedule", key), **schedule}]} if schedule else {}
    over = (last is not None and last < today) or (first is not None and first > today)
    return given | ({"status": "inactive"} if over else {})


def _day(written: str) -> date | None:
    """A day as 복지로 writes it, 20260504; None for none, or the end that means open."""
    if written == _OPEN_END:
        return None
    try:
        return datetime.strptime(written, "%Y%m%d").replace(tzinfo=KOREA).date()
    except ValueError:
        return None


def day(written: str) -> date | None:
    """The day on which a service changed; None where 복지로 does not say."""
    return _day(written)
