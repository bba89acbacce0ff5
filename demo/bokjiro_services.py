"""The services of the simulated 복지로: made of a seed and a number, in our own words, in 복지로's fields."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape

_WHO = {
    "독거 어르신": ("노년", "저소득"), "청년": ("청년", ""), "한부모 가정": ("아동", "한부모·조손"),
    "장애인": ("중장년", "장애인"),
    "임신부": ("임신 · 출산", ""), "다자녀 가정": ("영유아", "다자녀"), "이주민": ("중장년", "다문화·탈북민"),
    "국가유공자": ("노년", "보훈대상자"), "위기 청소년": ("청소년", "저소득"), "노숙인": ("중장년", "저소득"),
}  # fmt: skip
_WHAT = {
    "생계비": "생활지원", "임시 주거": "주거", "월세": "주거", "의료비": "신체건강", "심리상담": "정신건강",
    "일자리": "일자리",
    "문화 이용권": "문화▪여가", "긴급 돌봄": "보호▪돌봄", "법률상담": "법률", "소액 대출": "서민금융",
    "난방비": "에너지", "학비": "교육",
}  # fmt: skip
_HOW = ("지원", "지원사업", "바우처", "서비스", "연계")
_MINISTRIES = ("보건복지부", "고용노동부", "국토교통부", "여성가족부", "법무부")
_PLACES = (
    ("서울특별시", "종로구"), ("서울특별시", "관악구"), ("서울특별시", "은평구"), ("서울특별시", ""),
    ("경기도", "수원시"), ("경기도", "성남시"),
    ("경기도", "안산시"), ("경기도", ""), ("부산광역시", "해운대구"), ("대구광역시", "군위군"),
    ("인천광역시", "미추홀구"), ("광주광역시", "북구"),
    ("대전광역시", "유성구"), ("울산광역시", "울주군"), ("세종특별자치시", ""), ("강원특별자치도", "고성군"),
    ("충청북도", "청주시"),
    ("충청남도", "천안시"), ("전북특별자치도", "전주시"), ("전라남도", "목포시"), ("경상북도", "포항시"),
    ("경상남도", "고성군"),
    ("제주특별자치도", "서귀포시"),
)  # fmt: skip
_FIRST = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Service:
    """One service, and what both APIs write of it."""

    number: int
    name: str
    summary: str
    life: str
    target: str
    theme: str
    ministry: str
    province: str
    district: str
    changed: date

    @property
    def id(self) -> str:
        """``servId``."""
        return f"WLF{self.number:08}"

    def row(self, *, local: bool) -> str:
        """Its fields in a list."""
        link = f"https://www.bokjiro.go.kr/ssis-tbu/twataa/wlfareInfo/moveTWAT52011M.do?wlfareInfoId={self.id}"
        both = {"servId": self.id, "servNm": self.name, "servDgst": self.summary, "servDtlLink": link}
        return _fields(both | {"inqNum": str(self.number % 997), "srvPvsnNm": "현금지급"} | self._own(local, ","))

    def _own(self, local: bool, comma: str) -> dict[str, str]:
        """What each API calls otherwise; the local one writes blanks behind commas everywhere."""
        if not local:
            return {
                "jurMnofNm": self.ministry,
                "jurOrgNm": "복지정책과",
                "lifeArray": self.life,
                "trgterIndvdlArray": self.target,
                "intrsThemaArray": f"{self.theme}{comma}생활지원",
                "onapPsbltYn": "NY"[self.number % 2],
                "svcfrstRegTs": "20220122",
            }
        return {
            "bizChrDeptNm": f"{self.province} {self.district} 복지정책과".replace("  ", " "),
            "ctpvNm": self.province,
            "sggNm": self.district,
            "lifeNmArray": self.life.replace(" ", ""),
            "trgterIndvdlNmArray": self.target,
            "intrsThemaNmArray": f"{self.theme.replace('▪', '·')}, 생활지원",
            "aplyMtdNm": "방문",
            "lastModYmd": f"{self.changed:%Y%m%d}",
        }

    def details(self, *, local: bool) -> str:
        """Its fields in the answer about it alone."""
        said = {
            "servId": self.id,
            "servNm": self.name,
            "tgtrDtlCn" if not local else "sprtTrgtCn": f"{self.summary} 주민등록이 되어 있는 분이 신청할 수 있습니다.",
            "slctCritCn": f"기준 중위소득 {60 + self.number % 9 * 5}% 이하, 재산 기준을 함께 봅니다.",
            "alwServCn": f"월 {10 + self.number % 40}만 원을 최대 {1 + self.number % 12}개월 드립니다.",
        }
        more = {"aplyMtdCn": "읍·면·동 주민센터에 신청합니다."} if local else {"crtrYr": "2026"}
        names = ("wlfareInfoDtlCd", "wlfareInfoReldCn", "wlfareInfoReldNm")
        names = names if local else ("servSeCode", "servSeDetailLink", "servSeDetailNm")
        ask = _fields(dict(zip(names, ("010", f"02-555-{self.number % 10_000:04}", "담당 부서"), strict=True)))
        law = _fields(dict(zip(names, ("030", "", "사회보장기본법"), strict=True)))
        lists = f"<inqplCtadrList>{ask}</inqplCtadrList><baslawList>{law}</baslawList>"
        return _fields(said | more | self._own(local, ", ")) + lists


def _fields(values: dict[str, str]) -> str:
    """A value that is missing is a missing element."""
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in values.items() if value)


def service(seed: int, number: int) -> Service:
    """The same for the same seed and number."""
    luck = random.Random(f"service {seed} {number}")
    who, what = luck.choice([*_WHO]), luck.choice([*_WHAT])
    province, district = luck.choice(_PLACES)
    return Service(
        number=number,
        name=f"{who} {what} {luck.choice(_HOW)} {number}",
        summary=f"{who}에게 {what}을(를) 드립니다.",
        life=_WHO[who][0],
        target=_WHO[who][1],
        theme=_WHAT[what],
        ministry=luck.choice(_MINISTRIES),
        province=province,
        district=district,
        changed=_FIRST + timedelta(days=luck.randrange(120)),
    )
