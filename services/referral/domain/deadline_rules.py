"""The rules of law by which deadlines are proposed, each with its article. Whoever changes one names the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.referral.domain.deadlines import DeadlineKind

_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """A period: so many days, or months by the calendar, from an event on. Words are Korean, then English."""

    kind: DeadlineKind
    law: tuple[str, str]
    period: tuple[str, str]
    days: int = 0
    months: int = 0


_K = DeadlineKind
RULES: Final[Mapping[str, Rule]] = {
    "civil_appeal": Rule(
        _K.APPEAL, ("민사소송법 제396조", "Civil Procedure Act, article 396"),
        ("판결문 송달일부터 2주 (항소)", "2 weeks from service of the judgment (appeal)"), days=14,
    ),
    "civil_final_appeal": Rule(
        _K.APPEAL, ("민사소송법 제425조, 제396조", "Civil Procedure Act, articles 425 and 396"),
        ("판결문 송달일부터 2주 (상고)", "2 weeks from service of the judgment (appeal to the Supreme Court)"), days=14,
    ),
    "civil_immediate_appeal": Rule(
        _K.APPEAL, ("민사소송법 제444조", "Civil Procedure Act, article 444"),
        ("재판 고지일부터 1주 (즉시항고)", "1 week from notice of the ruling (immediate appeal)"), days=7,
    ),
    "criminal_appeal": Rule(
        _K.APPEAL, ("형사소송법 제358조, 제343조", "Criminal Procedure Act, articles 358 and 343"),
        ("판결 선고일부터 7일 (항소)", "7 days from pronouncement of the judgment (appeal)"), days=7,
    ),
    "summary_order_trial": Rule(
        _K.OBJECTION, ("형사소송법 제453조", "Criminal Procedure Act, article 453"),
        ("약식명령 고지일부터 7일 (정식재판 청구)", "7 days from notice of a summary order (formal trial)"), days=7,
    ),
    "payment_order_objection": Rule(
        _K.PAYMENT_ORDER_OBJECTION, ("민사소송법 제470조", "Civil Procedure Act, article 470"),
        ("지급명령 송달일부터 2주 (이의신청)", "2 weeks from service of the payment order (objection)"), days=14,
    ),
    "performance_recommendation": Rule(
        _K.OBJECTION, ("소액사건심판법 제5조의4", "Trial of Small Claims Act, article 5-4"),
        ("이행권고결정 송달일부터 2주 (이의신청)", "2 weeks from service of the recommendation (objection)"), days=14,
    ),
    "administrative_appeal": Rule(
        _K.ADMINISTRATIVE_APPEAL, ("행정심판법 제27조", "Administrative Appeals Act, article 27"),
        ("처분을 안 날부터 90일 (행정심판)", "90 days from knowing of the decision (administrative appeal)"), days=90,
    ),
    "administrative_appeal_latest": Rule(
        _K.ADMINISTRATIVE_APPEAL, ("행정심판법 제27조", "Administrative Appeals Act, article 27"),
        ("처분이 있은 날부터 180일 (행정심판)", "180 days from the decision (administrative appeal)"), days=180,
    ),
    "administrative_suit": Rule(
        _K.ADMINISTRATIVE_APPEAL, ("행정소송법 제20조", "Administrative Litigation Act, article 20"),
        ("처분을 안 날부터 90일 (취소소송)", "90 days from knowing of the decision (suit)"), days=90,
    ),
    "administrative_suit_latest": Rule(
        _K.ADMINISTRATIVE_APPEAL, ("행정소송법 제20조", "Administrative Litigation Act, article 20"),
        ("처분이 있은 날부터 1년 (취소소송)", "1 year from the decision (suit)"), months=_YEAR,
    ),
    "deportation_objection": Rule(
        _K.OBJECTION, ("출입국관리법 제60조", "Immigration Act, article 60"),
        ("강제퇴거명령서를 받은 날부터 7일 (이의신청)", "7 days from receipt of a deportation order (objection)"),
        days=7,
    ),
    "refugee_objection": Rule(
        _K.OBJECTION, ("난민법 제21조", "Refugee Act, article 21"),
        ("통지를 받은 날부터 30일 (이의신청)", "30 days from the notice (objection)"), days=30,
    ),
    "unfair_dismissal": Rule(
        _K.OTHER, ("근로기준법 제28조", "Labour Standards Act, article 28"),
        ("해고일부터 3개월 (노동위원회 구제신청)", "3 months from dismissal (labour relations commission)"), months=3,
    ),
    "wages": Rule(
        _K.LIMITATION, ("근로기준법 제49조", "Labour Standards Act, article 49"),
        ("임금 지급일부터 3년 (임금채권)", "3 years from the day on which wages were due"), months=3 * _YEAR,
    ),
    "tort_known": Rule(
        _K.LIMITATION, ("민법 제766조 제1항", "Civil Act, article 766 (1)"),
        ("손해와 가해자를 안 날부터 3년 (불법행위)", "3 years from knowing of damage and wrongdoer (tort)"),
        months=3 * _YEAR,
    ),
    "tort_latest": Rule(
        _K.LIMITATION, ("민법 제766조 제2항", "Civil Act, article 766 (2)"),
        ("불법행위를 한 날부터 10년", "10 years from the act (tort)"), months=10 * _YEAR,
    ),
    "claim": Rule(
        _K.LIMITATION, ("민법 제162조 제1항", "Civil Act, article 162 (1)"),
        ("권리를 행사할 수 있는 때부터 10년 (일반 채권)", "10 years from when it can be claimed (claims in general)"),
        months=10 * _YEAR,
    ),
    "inheritance_renunciation": Rule(
        _K.OTHER, ("민법 제1019조", "Civil Act, article 1019"),
        ("상속개시 있음을 안 날부터 3개월 (한정승인·포기)", "3 months from knowing of the succession (renunciation)"),
        months=3,
    ),
    "distance_sale_withdrawal": Rule(
        _K.OTHER, ("전자상거래법 제17조", "Act on Consumer Protection in Electronic Commerce, article 17"),
        ("계약서면·재화를 받은 날부터 7일 (청약철회)", "7 days from receipt (withdrawal)"), days=7,
    ),
    "door_sale_withdrawal": Rule(
        _K.OTHER, ("방문판매법 제8조", "Act on Door-to-Door Sales, article 8"),
        ("계약서면·재화를 받은 날부터 14일 (청약철회)", "14 days from receipt (withdrawal)"), days=14,
    ),
}  # fmt: skip
"""By code, in the order in which they are shown."""
