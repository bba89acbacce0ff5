"""The services a city offers: the operator's own list, or a small sample in Korean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub120_sdk import Misconfigured

TYPES = frozenset({"realtime", "batch", "blackbox"})
DATATYPES = frozenset({"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"})


@dataclass(frozen=True, slots=True)
class Question:
    """An attribute of a service: what the app asks the citizen besides (GeoReport v2, GET service definition)."""

    code: str
    description: str
    datatype: str = "string"
    required: bool = False
    values: Mapping[str, str] | None = None
    """For lists: what may be chosen, each with its name."""


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of report (GeoReport v2, GET service list)."""

    code: str
    name: str
    description: str = ""
    keywords: str = ""
    group: str = ""
    type: str = "realtime"
    questions: tuple[Question, ...] = ()


_SAMPLE = (
    Service("pothole", "도로 파손", "포트홀, 갈라진 보도", "도로,포트홀,보도", "도로"),
    Service("streetlight", "가로등 고장", "꺼졌거나 깜박이는 가로등", "가로등,보안등", "도로"),
    Service("litter", "쓰레기 무단투기", "버려진 쓰레기", "쓰레기,투기", "청소"),
    Service(
        "parking",
        "불법 주정차",
        "소방시설, 횡단보도, 인도 위의 차",
        "주차,주정차",
        "교통",
        questions=(Question("plate", "차량 번호", required=True),),
    ),
    Service(
        "noise",
        "소음",
        "공사장과 사업장의 소음",
        "소음,공사",
        "환경",
        questions=(
            Question(
                "source", "무엇에서 나는 소리인가요", "singlevaluelist", values={"site": "공사장", "shop": "사업장"}
            ),
        ),
    ),
    Service("park", "공원 시설", "부서진 놀이기구와 의자", "공원,놀이터", "공원"),
    Service("flood", "침수와 배수", "막힌 빗물받이, 물이 찬 길", "침수,하수구", "안전"),
    Service("other", "그 밖의 민원", "무엇이든", "", "기타"),
)


def read(text: str) -> dict[str, Service]:
    """The operator's list by code, or the sample. Raises ``Misconfigured``, saying what is wrong with it."""
    if not text.strip():
        return {service.code: service for service in _SAMPLE}
    try:
        services = [_service(one) for one in json.loads(text)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Misconfigured(f"HUB120_CONNECTOR_OPEN311_SERVICES is no list of services: {error}") from error
    return {service.code: service for service in services}


def _service(raw: Mapping[str, Any]) -> Service:
    kind = raw.get("type", "realtime")
    if kind not in TYPES:
        raise ValueError(f"type {kind!r} is none of {', '.join(sorted(TYPES))}")
    return Service(
        code=str(raw["service_code"]),
        name=str(raw["service_name"]),
        description=str(raw.get("description", "")),
        keywords=str(raw.get("keywords", "")),
        group=str(raw.get("group", "")),
        type=kind,
        questions=tuple(_question(one) for one in raw.get("attributes", ())),
    )


def _question(raw: Mapping[str, Any]) -> Question:
    datatype = raw.get("datatype", "string")
    if datatype not in DATATYPES:
        raise ValueError(f"datatype {datatype!r} is none of {', '.join(sorted(DATATYPES))}")
    values = raw.get("values")
    named = {str(one["key"]): str(one["name"]) for one in values} if values else None
    return Question(str(raw["code"]), str(raw.get("description", "")), datatype, bool(raw.get("required")), named)


def listed(services: Sequence[Service]) -> list[dict[str, object]]:
    """GET services."""
    return [
        {
            "service_code": service.code,
            "service_name": service.name,
            "description": service.description,
            "metadata": bool(service.questions),
            "type": service.type,
            "keywords": service.keywords,
            "group": service.group,
        }
        for service in services
    ]


def defined(service: Service) -> dict[str, object]:
    """GET services/{code}."""
    return {
        "service_code": service.code,
        "attributes": [
            {
                "variable": True,
                "code": question.code,
                "datatype": question.datatype,
                "required": question.required,
                "datatype_description": None,
                "order": order,
                "description": question.description,
                "values": [{"key": key, "name": name} for key, name in (question.values or {}).items()],
            }
            for order, question in enumerate(service.questions, start=1)
        ],
    }
