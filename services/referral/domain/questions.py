"""What the citizen is asked in the end, in their language: whether it helped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.referral.domain.referrals import Outcome

OPEN_HOURS: Final = 14 * 24
"""How long an answer is waited for."""

TEXTS: Final[Mapping[str, str]] = {
    "ko": "얼마 전 {centre}에서 {agency}에 연계해 드렸습니다. 도움이 되셨나요?",
    "en": "Some time ago {centre} referred you to {agency}. Did it help?",
    "zh": "不久前，{centre}把您转介给了{agency}。对您有帮助吗？",
    "ja": "先日、{centre}から{agency}におつなぎしました。お役に立ちましたか。",
    "vi": "Gần đây {centre} đã giới thiệu bạn đến {agency}. Việc này có giúp ích cho bạn không?",
    "mn": "Саяхан {centre} таныг {agency}-д холбосон. Танд тус болсон уу?",
}

CHOICES: Final[Mapping[Outcome, Mapping[str, str]]] = {
    Outcome.HELPED: {
        "ko": "네, 도움이 됐어요",
        "en": "Yes, it helped",
        "zh": "有帮助",
        "ja": "はい、役に立ちました",
        "vi": "Có, đã giúp ích",
        "mn": "Тийм, тус болсон",
    },
    Outcome.PARTLY: {
        "ko": "일부만 도움이 됐어요",
        "en": "In part",
        "zh": "有一部分帮助",
        "ja": "一部だけ",
        "vi": "Chỉ một phần",
        "mn": "Зарим талаараа",
    },
    Outcome.NOT_HELPED: {
        "ko": "아니요",
        "en": "No",
        "zh": "没有",
        "ja": "いいえ",
        "vi": "Không",
        "mn": "Үгүй",
    },
    Outcome.NOBODY_CAME: {
        "ko": "연락이 없었어요",
        "en": "Nobody contacted me",
        "zh": "没有人联系我",
        "ja": "連絡がありませんでした",
        "vi": "Không ai liên hệ với tôi",
        "mn": "Хэн ч холбогдоогүй",
    },
}
"""What may be answered, in the order in which it is offered."""


def question(centre: str, agency: str) -> Mapping[str, str]:
    """The question by language."""
    return {language: text.format(centre=centre, agency=agency) for language, text in TEXTS.items()}


def outcome(choice: str) -> Outcome | None:
    """What a choice says; None for words of the citizen's own."""
    return Outcome(choice) if choice in set(CHOICES) else None
