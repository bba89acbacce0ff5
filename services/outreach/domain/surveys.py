"""The question after a case: how satisfied citizens are, from 1 to 5, in the languages that the centre writes."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Final

OPEN_HOURS: Final = 72
"""How long an answer is waited for."""
QUESTION: Final[Mapping[str, str]] = {
    "ko": "상담에 얼마나 만족하셨습니까?",
    "en": "How satisfied are you with how we helped you?",
    "zh": "您对我们的服务满意吗？",
    "ja": "ご相談の対応にどの程度ご満足いただけましたか。",
    "vi": "Quý vị hài lòng với sự hỗ trợ của chúng tôi đến mức nào?",
    "mn": "Та манай үйлчилгээнд хэр сэтгэл хангалуун байна вэ?",
}
ANSWERS: Final[tuple[Mapping[str, str], ...]] = (
    {"ko": "매우 불만족", "en": "Very dissatisfied", "zh": "非常不满意", "ja": "とても不満", "vi": "Rất không hài lòng",
     "mn": "Маш сэтгэл ханамжгүй"},
    {"ko": "불만족", "en": "Dissatisfied", "zh": "不满意", "ja": "不満", "vi": "Không hài lòng",
     "mn": "Сэтгэл ханамжгүй"},
    {"ko": "보통", "en": "Neither", "zh": "一般", "ja": "どちらでもない", "vi": "Bình thường", "mn": "Дунд зэрэг"},
    {"ko": "만족", "en": "Satisfied", "zh": "满意", "ja": "満足", "vi": "Hài lòng", "mn": "Сэтгэл хангалуун"},
    {"ko": "매우 만족", "en": "Very satisfied", "zh": "非常满意", "ja": "とても満足", "vi": "Rất hài lòng",
     "mn": "Маш сэтгэл хангалуун"},
)  # fmt: skip
"""By score, from 1: citizens answer with the number."""


def picked(case_id: str, percent: int) -> bool:
    """Whether a case is asked about: always the same for one case."""
    return zlib.crc32(case_id.encode()) % 100 < percent


def score(choice: str) -> int | None:
    """What an answer's code says; None for words of their own."""
    return int(choice) if choice in {"1", "2", "3", "4", "5"} else None
