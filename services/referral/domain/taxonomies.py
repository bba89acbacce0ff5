"""The taxonomies of the Korean profile (kr-120): by which services are sorted, with 복지로's codes where it has some.

``life_stage``, ``target`` and ``interest`` are the code tables of the ministry's API of local welfare services
(지자체복지서비스, 1.0); ``need`` is ours, in the words of callers; ``topic`` are the hub's topics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.referral.domain.directory import named_id


@dataclass(frozen=True, slots=True)
class Term:
    """One term; its code never changes."""

    taxonomy: str
    code: str
    ko: str
    en: str

    id: str
    """Its UUID in HSDS."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One way of sorting, with its terms in their order."""

    name: str
    ko: str
    en: str
    terms: tuple[Term, ...]

    id: str
    """Its UUID in HSDS."""


_LIFE_STAGES = (
    ("001", "영유아", "Infants"),
    ("002", "아동", "Children"),
    ("003", "청소년", "Youth"),
    ("004", "청년", "Young adults"),
    ("005", "중장년", "Middle age"),
    ("006", "노년", "Old age"),
    ("007", "임신·출산", "Pregnancy and birth"),
)
_TARGETS = (
    ("010", "다문화·탈북민", "Multicultural families and North Korean defectors"),
    ("020", "다자녀", "Families with many children"),
    ("030", "보훈대상자", "Veterans and their families"),
    ("040", "장애인", "People with disabilities"),
    ("050", "저소득", "Low income"),
    ("060", "한부모·조손", "Single parents, grandparents with grandchildren"),
)
_INTERESTS = (
    ("010", "신체건강", "Physical health"),
    ("020", "정신건강", "Mental health"),
    ("030", "생활지원", "Living costs"),
    ("040", "주거", "Housing"),
    ("050", "일자리", "Work"),
    ("060", "문화·여가", "Culture and leisure"),
    ("070", "안전·위기", "Safety and crisis"),
    ("080", "임신·출산", "Pregnancy and birth"),
    ("090", "보육", "Child care"),
    ("100", "교육", "Education"),
    ("110", "입양·위탁", "Adoption and foster care"),
    ("120", "보호·돌봄", "Protection and care"),
    ("130", "서민금융", "Finance for low incomes"),
    ("140", "법률", "Law"),
)
_NEEDS = (
    ("shelter", "잘 곳", "A place to sleep"),
    ("rent", "월세·보증금", "Rent and deposit"),
    ("food", "먹을 것", "Food"),
    ("money", "당장의 생활비", "Money to live on now"),
    ("utilities", "전기·가스·난방", "Power, gas, heating"),
    ("medical", "병원비·치료", "Treatment and its cost"),
    ("mental", "마음의 어려움", "Distress"),
    ("addiction", "중독", "Addiction"),
    ("care", "돌봄·간병", "Care"),
    ("child", "아이 돌봄", "Child care"),
    ("disability", "장애 지원", "Help with a disability"),
    ("work", "일자리·실직", "Work, unemployment"),
    ("wages", "임금체불", "Wages not paid"),
    ("debt", "빚", "Debt"),
    ("fraud", "사기 피해", "Fraud"),
    ("violence", "폭력 피해", "Violence"),
    ("family", "가족 문제", "Family matters"),
    ("legal", "법률 문제", "Legal matters"),
    ("immigration", "체류 문제", "Residence status"),
    ("education", "학비·교육", "Education and its cost"),
    ("disaster", "재난 피해", "Disaster"),
    ("funeral", "장례", "Funeral"),
)
_TOPICS = (
    ("administration", "행정", "Administration and civil documents"),
    ("economy", "경제", "Economy, business and construction permits"),
    ("welfare", "복지", "Welfare and care"),
    ("culture_tourism", "문화관광", "Culture, sports and tourism"),
    ("environment", "환경", "Environment, waste and water"),
    ("safety", "안전", "Safety and disasters"),
    ("transport", "교통", "Transport and parking"),
    ("health", "건강", "Health and hygiene"),
    ("family", "여성가족", "Women, family and children"),
    ("housing", "주택도시계획", "Housing and city planning"),
)


def _taxonomy(name: str, ko: str, en: str, terms: tuple[tuple[str, str, str], ...]) -> Taxonomy:
    named = tuple(Term(name, *term, named_id(f"term\n{name}\n{term[0]}")) for term in terms)
    return Taxonomy(name, ko, en, named, named_id(f"taxonomy\n{name}"))


TAXONOMIES: Mapping[str, Taxonomy] = {
    one.name: one
    for one in (
        _taxonomy("life_stage", "생애주기", "Stage of life (복지로 lifeArray)", _LIFE_STAGES),
        _taxonomy("target", "가구상황", "Household (복지로 trgterIndvdlArray)", _TARGETS),
        _taxonomy("interest", "관심주제", "Subject (복지로 intrsThemaArray)", _INTERESTS),
        _taxonomy("need", "필요", "What the caller needs", _NEEDS),
        _taxonomy("topic", "민원 분류", "The hub's topics", _TOPICS),
    )
}
LEGAL = "140"
"""The interest that makes a service a legal one."""
TERMS: Mapping[str, Term] = {term.id: term for taxonomy in TAXONOMIES.values() for term in taxonomy.terms}
"""Every term by its id."""


def term(taxonomy: str, written: str) -> Term | None:
    """The term of a taxonomy that a code or its Korean or English name means."""
    return _WRITTEN.get((taxonomy, _plain(written)))


def _plain(written: str) -> str:
    return "".join(written.split()).replace("・", "·").replace("ㆍ", "·").casefold()


_WRITTEN = {(one.taxonomy, _plain(name)): one for one in TERMS.values() for name in (one.code, one.ko, one.en)}
