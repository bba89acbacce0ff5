"""A directory as large as the country's, made of parts by a seed, to measure how fast services are found.

The words are those of 복지로 (``searched/*.csv``); provinces have their codes, the numbers of districts in them are
made up. One service in twelve is there for the whole country, one in six for a province, the rest for a district.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.database import Database
from services.referral.tables import directory

PARTS = Path(__file__).with_name("searched")
NATIONAL = (
    "보건복지부", "고용노동부", "여성가족부", "국토교통부", "교육부", "법무부", "국가보훈부", "대한법률구조공단",
    "신용회복위원회", "서민금융진흥원", "근로복지공단", "한국토지주택공사", "국민연금공단", "국민건강보험공단",
)  # fmt: skip
OFFICES = (
    "복지정책과", "사회보장과", "노인복지과", "여성가족과", "주거복지과", "장애인복지과", "청년정책과", "보건소",
    "행정복지센터", "희망복지지원단",
)  # fmt: skip
WAYS = ("지원", "지원사업", "서비스", "바우처", "특별지원", "추가 지원", "급여", "무료 제공", "통합지원", "맞춤형 지원")
SAYS = (
    "{target}에게 {what}을(를) 지원하여 생활의 안정을 돕습니다.",
    "{place}에 사는 {target} 가운데 도움이 필요한 분께 {what}을(를) 제공합니다.",
    "경제적 어려움으로 {name}이(가) 필요한 {target}의 부담을 덜어 드립니다.",
    "{office}에서 상담을 거쳐 {what}을(를) 최대 {months}개월 동안 지원합니다.",
    "월 {amount}만원 범위에서 {name} 비용을 현금 또는 바우처로 지급합니다.",
)
MORE = (
    "읍면동 행정복지센터를 방문하거나 복지로에서 온라인으로 신청합니다.",
    "신청 후 소득과 재산 조사를 거쳐 14일 안에 결과를 알려 드립니다.",
    "예산 소진 시 조기 마감될 수 있습니다.",
    "다른 사업에서 같은 지원을 받고 있으면 중복해서 받을 수 없습니다.",
    "필요한 서류는 신분증, 통장 사본, 소득 확인 서류입니다.",
    "사례관리사가 가정을 방문하여 필요한 다른 서비스도 연결합니다.",
)
ELIGIBLE = (
    "{place}에 주민등록을 둔 {target}으로 기준 중위소득 {percent}% 이하인 가구",
    "신청일 현재 {place}에 6개월 이상 거주한 {target}",
    "소득인정액이 기준 중위소득 {percent}% 이하인 {target}, 재산 {amount}00만원 이하",
    "{target}(소득 기준 없음)",
)
_AT_ONCE = 2_000
COUNTRY = "KR"
NOW = 1_777_000_000.0


def parts(name: str) -> list[dict[str, str]]:
    """A table of parts."""
    with (PARTS / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


class Maker:
    """Makes services, the same ones from the same seed."""

    def __init__(self, seed: int) -> None:
        self._luck = random.Random(seed)
        self._places = list(_districts())
        self._targets, self._needs = parts("targets"), parts("needs")

    def rows(self, number: int) -> list[Mapping[str, Any]]:
        """Of one service: its organization, itself, its area, its terms."""
        luck = self._luck
        target, need = luck.choice(self._targets), luck.choice(self._needs)
        area, place, provider = self._where()
        named = {
            "target": target["target"], "what": need["what"], "name": need["name"], "place": place,
            "office": provider, "months": luck.choice((3, 6, 12, 24)), "amount": luck.randint(2, 60),
            "percent": luck.choice((50, 60, 75, 85, 100, 120, 150)),
        }  # fmt: skip
        service_id = str(UUID(int=luck.getrandbits(128), version=4))
        name = self._name(target["target"], need["name"], place)
        document = {
            "description": " ".join(
                [one.format(**named) for one in luck.sample(SAYS, 2)] + luck.sample(MORE, luck.randint(1, 3))
            ),
            "eligibility_description": luck.choice(ELIGIBLE).format(**named),
        }
        service = {
            "id": service_id, "organization_id": provider, "source": "bench", "source_key": str(number), "name": name,
            "status": "active", "kind": "legal" if need["need"] == "law" else "welfare",
            "minimum_age": _age(target["minimum_age"]), "maximum_age": _age(target["maximum_age"]),
            "document": json.dumps(document, ensure_ascii=False), "digest": b"", "assured_at": self._assured(),
            "modified_at": NOW - 1_000_000 + number, "likeness": "", "behind": "", "generation": 0, "assured_by": "",
        }  # fmt: skip
        terms = [("need", need["need"]), ("life_stage", target["life_stage"]), ("target", target["household"])]
        return [
            {"id": provider, "source": "bench", "source_key": provider, "name": provider, "document": "{}",
             "digest": b"", "modified_at": 0.0},
            service,
            {"service_id": service_id, "area": area},
            *({"service_id": service_id, "taxonomy": taxonomy, "term": term} for taxonomy, term in terms if term),
        ]  # fmt: skip

    def _where(self) -> tuple[str, str, str]:
        """An area's code, its name, and who provides there."""
        luck, chance = self._luck, self._luck.random()
        if chance < 1 / 12:
            return COUNTRY, "전국", luck.choice(NATIONAL)
        code, province, district = luck.choice(self._places)
        if chance < 1 / 4:
            return code[:2], province, f"{province} {luck.choice(OFFICES)}"
        return code, district, f"{district} {luck.choice(OFFICES)}"

    def _name(self, target: str, need: str, place: str) -> str:
        luck = self._luck
        where = "" if place == "전국" or luck.random() < 0.4 else f"{place} "
        return f"{where}{target}{luck.choice((' ', '', ' '))}{need} {luck.choice(WAYS)}"

    def _assured(self) -> float | None:
        return None if self._luck.random() < 0.1 else NOW - self._luck.random() * 500 * 86_400


def _districts() -> Iterator[tuple[str, str, str]]:
    for place in parts("places"):
        for number, district in enumerate(place["districts"].split() or [place["province"]]):
            yield f"{place['code']}{110 + 10 * number}", place["province"], district


def _age(text: str) -> int | None:
    return int(text) if text else None


def fill(database: Database, count: int, seed: int = 120) -> None:
    """Put so many services into the directory."""
    maker, organizations = Maker(seed), set[str]()
    for begin in range(0, count, _AT_ONCE):
        made = [maker.rows(number) for number in range(begin, min(begin + _AT_ONCE, count))]
        new = {rows[0]["id"]: rows[0] for rows in made if rows[0]["id"] not in organizations}
        organizations.update(new)
        with database.engine.begin() as connection:
            if new:
                connection.execute(sa.insert(directory.organization), [*new.values()])
            connection.execute(sa.insert(directory.service), [rows[1] for rows in made])
            connection.execute(sa.insert(directory.service_area), [rows[2] for rows in made])
            connection.execute(sa.insert(directory.service_term), [row for rows in made for row in rows[3:]])
