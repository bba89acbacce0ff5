"""The words of the agencies' pages, Korean and English, and the style they are shown in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("ko", "en")
STYLE: Final = (Path(__file__).parent / "style.css").read_text()

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "other_language": ("English", "한국어"),
    "request": ("연계 요청", "Referral"),
    "number": ("연계 번호", "Referral number"),
    "centre": ("보낸 곳", "From"),
    "arrived": ("연계 요청이 도착했습니다", "A referral has arrived"),
    "before_opening": (
        "개인정보가 들어 있어 한 번만 열 수 있습니다. 연 뒤에는 이 기기에서만 계속 볼 수 있습니다.",
        "It holds personal data and opens once. Afterwards it stays open on this device alone.",
    ),
    "open": ("내용 보기", "Open it"),
    "used": ("이미 사용된 주소입니다", "This link has been used"),
    "used_more": (
        "이 주소는 한 번만 열 수 있습니다. 이 기기에서 연 것이라면 이어서 볼 수 있습니다. 아니라면 새 주소를 받으세요.",
        "It opens once. If it was opened on this device, go on here. Otherwise have a new link sent.",
    ),
    "go_on": ("이어서 보기", "Go on"),
    "expired": ("기간이 지난 주소입니다", "This link has run out"),
    "replaced": ("새 주소로 바뀌었습니다", "A newer link was sent"),
    "new_more": (
        "새 주소는 등록된 귀 기관의 연락처로만 보냅니다.",
        "A new link goes to your agency's registered address and nowhere else.",
    ),
    "strange": ("이 기기에서는 볼 수 없습니다", "Not open on this device"),
    "strange_more": (
        "다른 기기에서 열었거나, 연 지 오래되었거나, 그 뒤에 새 주소를 열었습니다.",
        "It was opened on another device or too long ago, or a newer link was opened since.",
    ),
    "send_new": ("새 주소 받기", "Send me a new link"),
    "new_sent": ("새 주소를 보냈습니다", "A new link is on its way"),
    "new_sent_more": (
        "등록된 귀 기관의 연락처를 확인해 주세요.",
        "Please look at your agency's registered address.",
    ),
    "new_refused": ("지금은 새 주소를 보낼 수 없습니다", "No new link can be sent now"),
    "new_refused_more": (
        "조금 전에 보냈다면 도착할 때까지 기다려 주세요. 10분 뒤에 다시 요청할 수 있고, 하루에 다섯 번까지 보냅니다. "
        "급하면 보낸 곳에 전화해 주세요.",
        "If one was sent a moment ago, please wait for it. You may ask again after ten minutes, five times a day. "
        "If it is urgent, please call the centre.",
    ),
    "ended": ("더 이상 볼 수 없습니다", "This can no longer be read"),
    "ended_more": (
        "개인정보 제공 동의가 끝났거나 연계가 취소되었습니다. 이미 받은 개인정보는 지체 없이 파기해 주세요"
        "(개인정보 보호법 제21조).",
        "The consent has ended or the referral was called off. Please delete the personal data that you got, without "
        "delay (Personal Information Protection Act, article 21).",
    ),
    "over": ("끝난 연계입니다", "This referral is over"),
    "over_declined": ("거절하신 연계입니다", "You declined this referral"),
    "over_more": (
        "더 하실 일이 없습니다. 이미 받은 개인정보는 필요 없게 되면 파기해 주세요.",
        "There is nothing left to do. Please delete personal data that you no longer need.",
    ),
    "unknown": ("없는 주소입니다", "There is no such link"),
    "unknown_more": ("메시지의 주소를 다시 확인해 주세요.", "Please look at the address in the message again."),
    "not_read": ("보내지 못했습니다", "It could not be sent"),
    "not_read_more": (
        "화면을 새로 고친 뒤 다시 시도해 주세요.",
        "Please reload the page and try again.",
    ),
    "away": ("잠시 후 다시 시도해 주세요", "Please try again soon"),
    "away_more": ("지금은 저장할 수 없습니다. 보내지 않았습니다.", "Nothing can be stored now. Nothing was sent."),
    "your_words": ("작성하신 내용 (보내지지 않음)", "What you wrote (not sent)"),
    "urgent": ("긴급", "Urgent"),
    "service": ("요청 내용", "What is asked"),
    "law_field": ("법 분야", "Field of law"),
    "deadlines": ("기한", "Deadlines"),
    "appointment": ("상담 예약", "Appointment"),
    "welfare": ("복지", "welfare"),
    "legal": ("법률", "legal"),
    "summary": ("상담 내용", "What it is about"),
    "items": ("동의받은 정보", "Data the citizen agreed to"),
    "keep_until": ("보관 기한", "May be kept until"),
    "keep_more": (
        "본인이 동의한 항목만 보입니다. 기한이 지나면 파기해 주세요.",
        "Only what the citizen agreed to is shown. Please delete it after that day.",
    ),
    "stands": ("진행 상태", "Status"),
    "answer": ("답변하기", "Your answer"),
    "acknowledged": ("접수 확인", "We have received it"),
    "accepted": ("수락", "We take it"),
    "in_progress": ("진행 상황 알리기", "Report progress"),
    "completed": ("완료 알리기", "It is done"),
    "declined": ("거절", "We decline"),
    "expected": ("예상 완료일 (선택)", "Expected to be done on (optional)"),
    "note": ("메모 (선택)", "Note (optional)"),
    "outcome_note": ("결과 (선택)", "What came of it (optional)"),
    "why": ("거절 사유", "Reason"),
    "full": ("자리가 없음", "We are full"),
    "not_eligible": ("대상이 아님", "Not eligible with us"),
    "wrong_agency": ("담당 기관이 아님", "Not our task"),
    "other": ("그 밖의 사유", "Another reason"),
    "place": ("담당 기관이 아니라면, 어디가 맞나요? (선택)", "If not yours: whose task is it? (optional)"),
    "place_is": ("맞는 기관", "Right agency"),
    "send": ("보내기", "Send"),
    "at_sent": ("접수 확인을 기다립니다", "Waiting for you to receive it"),
    "at_acknowledged": ("접수 확인됨, 수락 여부를 기다립니다", "Received, waiting for your decision"),
    "at_accepted": ("수락됨", "Accepted"),
    "at_in_progress": ("진행 중", "In progress"),
    "at_completed": ("완료됨", "Done"),
    "at_escalated": ("답변을 기다립니다", "Waiting for your answer"),
    "done_acknowledged": ("접수를 확인했습니다.", "Thank you: received."),
    "done_accepted": ("수락을 알렸습니다.", "Thank you: accepted."),
    "done_in_progress": ("진행 상황을 알렸습니다.", "Thank you: noted."),
    "done_completed": ("완료를 알렸습니다. 고맙습니다.", "Thank you: done."),
    "done_declined": ("거절을 알렸습니다.", "Noted: declined."),
    "done_nothing": (
        "바뀐 것이 없습니다. 이미 알렸거나 지금은 바꿀 수 없습니다.",
        "Nothing changed: it was said before, or cannot be said now.",
    ),
    "room_asked": ("자리가 있습니까?", "Have you room?"),
    "room_more": (
        "연계를 보내기 전에 여쭙니다. 개인정보는 들어 있지 않습니다.",
        "We ask before we refer somebody. No personal data is in this question.",
    ),
    "room_which": ("답변", "Your answer"),
    "room_room": ("자리가 있습니다", "We have room"),
    "room_no_room": ("자리가 없습니다", "We have none"),
    "room_waiting_list": ("대기해야 합니다", "There is a waiting list"),
    "room_assessment": ("상담해 봐야 압니다", "We must talk to them first"),
    "room_weeks": ("대기라면, 약 몇 주인가요? (선택)", "If they must wait: about how many weeks? (optional)"),
    "room_required": ("답변을 골라 주세요.", "Please choose an answer."),
    "room_answered": ("답변을 받았습니다", "Your answer is here"),
    "room_answered_more": ("고맙습니다. 더 하실 일이 없습니다.", "Thank you. There is nothing left to do."),
    "room_late": ("답변 기간이 지났습니다", "It is too late to answer"),
    "room_late_more": ("이 질문에는 더 답하지 않으셔도 됩니다.", "This question needs no answer any more."),
    "unsent": ("보내지지 않았습니다.", "It was not sent."),
    "required": ("사유를 골라 주세요.", "Please choose a reason."),
    "too_long": ("너무 깁니다.", "This is too long."),
    "no_day": ("오늘부터 1년 안의 날짜를 골라 주세요.", "Please choose a day from today on, at most a year ahead."),
}


def words(language: str, code: str) -> str:
    """What a code is called, in Korean unless English is wanted."""
    return _WORDS[code][LANGUAGES.index(language)]


def has(code: str) -> bool:
    """Whether there are words for a code."""
    return code in _WORDS
