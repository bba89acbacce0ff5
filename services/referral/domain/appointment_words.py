"""What is said of an appointment: to the citizen in their language, to the agency in Korean or English.

To agencies goes the number of the referral, never a word about the citizen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from services.referral.domain.appointments import Medium
from services.referral.domain.ladders import ZONE

LONGEST_PLACE: Final = 200


class News(StrEnum):
    """What happened to an appointment."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"


_CITIZEN: Final[Mapping[News, Mapping[str, str]]] = {
    News.BOOKED: {
        "ko": "{agency} 상담이 {when}에 예약되었습니다. {how}",
        "en": "Your appointment with {agency} is on {when}. {how}",
        "zh": "您与{agency}的预约时间为{when}。{how}",
        "ja": "{agency}のご予約は{when}です。{how}",
        "vi": "Lịch hẹn của bạn với {agency} là {when}. {how}",
        "mn": "{agency}-тай уулзах цаг {when}. {how}",
    },
    News.MOVED: {
        "ko": "{agency} 상담 예약이 {when}(으)로 바뀌었습니다. {how}",
        "en": "Your appointment with {agency} was moved to {when}. {how}",
        "zh": "您与{agency}的预约已改为{when}。{how}",
        "ja": "{agency}のご予約は{when}に変わりました。{how}",
        "vi": "Lịch hẹn của bạn với {agency} được đổi sang {when}. {how}",
        "mn": "{agency}-тай уулзах цаг {when} болж өөрчлөгдлөө. {how}",
    },
    News.CANCELLED: {
        "ko": "{when} {agency} 상담 예약이 취소되었습니다.",
        "en": "Your appointment with {agency} on {when} was cancelled.",
        "zh": "您与{agency}在{when}的预约已取消。",
        "ja": "{when}の{agency}のご予約は取り消されました。",
        "vi": "Lịch hẹn của bạn với {agency} vào {when} đã bị hủy.",
        "mn": "{agency}-тай {when} уулзах цаг цуцлагдлаа.",
    },
    News.REMINDER: {
        "ko": "예약 알림: {when} {agency} 상담이 있습니다. {how} 오시기 어려우면 120으로 알려 주세요.",
        "en": "Reminder: your appointment with {agency} is on {when}. {how} Call 120 if you cannot come.",
        "zh": "提醒：您与{agency}的预约时间为{when}。{how} 如不能前来，请拨打120告知。",
        "ja": "お知らせ：{agency}のご予約は{when}です。{how} ご都合が悪い場合は120にご連絡ください。",
        "vi": "Nhắc hẹn: lịch hẹn của bạn với {agency} là {when}. {how} Nếu không đến được, hãy gọi 120.",
        "mn": "Сануулга: {agency}-тай уулзах цаг {when}. {how} Ирж чадахгүй бол 120 руу залгана уу.",
    },
}
_HOW: Final[Mapping[Medium, Mapping[str, str]]] = {
    Medium.VISIT: {
        "ko": "장소: {place}", "en": "Place: {place}", "zh": "地点：{place}",
        "ja": "場所：{place}", "vi": "Địa điểm: {place}", "mn": "Газар: {place}",
    },
    Medium.TELEPHONE: {
        "ko": "전화로 연락드립니다.", "en": "They will call you.", "zh": "届时会给您打电话。",
        "ja": "お電話いたします。", "vi": "Họ sẽ gọi điện cho bạn.", "mn": "Тан руу утсаар залгана.",
    },
    Medium.VIDEO: {
        "ko": "영상으로 진행됩니다.", "en": "It is by video.", "zh": "以视频方式进行。",
        "ja": "ビデオで行います。", "vi": "Cuộc hẹn qua video.", "mn": "Видео дуудлагаар болно.",
    },
}  # fmt: skip
_AGENCY: Final[Mapping[News, Mapping[str, tuple[str, str]]]] = {
    News.BOOKED: {
        "ko": ("[{centre}] 예약: 연계 요청 {number}", "연계 요청({number})의 상담이 {when}에 예약되었습니다."),
        "en": ("[{centre}] Appointment: referral {number}", "Referral {number} is booked for {when}."),
    },
    News.MOVED: {
        "ko": ("[{centre}] 예약 변경: 연계 요청 {number}",
               "연계 요청({number})의 상담 예약이 {when}(으)로 바뀌었습니다."),
        "en": ("[{centre}] Appointment moved: referral {number}",
               "The appointment of referral {number} is now {when}."),
    },
    News.CANCELLED: {
        "ko": ("[{centre}] 예약 취소: 연계 요청 {number}", "연계 요청({number})의 {when} 상담 예약이 취소되었습니다."),
        "en": ("[{centre}] Appointment cancelled: referral {number}",
               "The appointment of referral {number} on {when} is cancelled."),
    },
}  # fmt: skip


def when(at: float, language: str = "ko") -> str:
    """A moment as it is told, by the clock of Korea: 2026-11-16 14:00."""
    here = datetime.fromtimestamp(at, UTC).astimezone(ZONE)
    return f"{here:%Y-%m-%d %H:%M}" + ("" if language == "ko" else " (Korea)")


def to_citizen(news: News, agency: str, at: float, medium: Medium, place: str) -> dict[str, str]:
    """What the citizen is told, by language."""
    return {
        language: text.format(
            agency=agency, when=when(at, language), how=_HOW[medium][language].format(place=place)
        ).strip()
        for language, text in _CITIZEN[news].items()
    }  # fmt: skip


def to_agency(news: News, language: str, *, centre: str, number: str, at: float) -> tuple[str, str]:
    """Subject and text of what the agency is written, in Korean unless it wants English."""
    language = "en" if language == "en" else "ko"
    subject, text = _AGENCY[news][language]
    values = {"centre": centre, "number": number, "when": when(at, language)}
    return subject.format(**values)[:100], text.format(**values)
