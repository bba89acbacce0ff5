"""What each figure is called, and what it says, in Korean and English: for consoles, and for the command line."""

from __future__ import annotations

from typing import Final, NamedTuple


class Label(NamedTuple):
    """A figure by its code."""

    code: str
    name_ko: str
    name_en: str
    meaning_ko: str
    meaning_en: str


LABELS: Final = (
    Label("proposed", "제안", "Proposed", "기간 중에 제안된 연계", "Referrals proposed in the period"),
    Label("consented", "동의", "Consented", "시민이 동의한 연계", "The citizen agreed"),
    Label("sent", "전달", "Sent", "기관에 전달된 연계", "The agency got it"),
    Label("acknowledged", "확인", "Acknowledged", "기관이 응답한 연계", "The agency said anything"),
    Label("accepted", "수락", "Accepted", "기관이 맡기로 한 연계", "The agency took it"),
    Label("completed", "완료", "Completed", "기관이 처리를 마친 연계", "The agency did it"),
    Label("declined", "거절", "Declined", "기관이 맡지 않은 연계, 사유별", "The agency did not take it, by its reason"),
    Label("full", "정원 초과", "Full", "자리가 없음", "No place is free"),
    Label(
        "not_eligible", "자격 미달", "Not eligible", "지원 요건에 맞지 않음", "The citizen does not meet the conditions"
    ),
    Label("wrong_agency", "소관 아님", "Wrong agency", "다른 기관의 업무임", "Another agency does this"),
    Label("other", "기타", "Other", "그 밖의 사유", "Something else"),
    Label("withdrawn", "철회", "Withdrawn", "취소되거나 동의가 끝난 연계", "Called off, or the consent ended"),
    Label("escalated", "관리자 이관", "Escalated", "한 번이라도 관리자를 부른 연계", "A supervisor was ever wanted"),
    Label("rerouted", "재연계", "Rerouted", "다른 기관으로 다시 연계됨", "Another agency was asked in its place"),
    Label(
        "acknowledge",
        "확인까지",
        "Until acknowledged",
        "전달에서 기관의 첫 응답까지",
        "From sent to the agency's first word",
    ),
    Label("accept", "수락까지", "Until accepted", "전달에서 수락까지", "From sent to accepted"),
    Label("complete", "완료까지", "Until completed", "전달에서 처리 완료까지", "From sent to completed"),
    Label(
        "working",
        "근무 시간",
        "Working hours",
        "주말과 공휴일을 뺀 시간 (하루 24시간)",
        "Without weekends and public holidays, days of 24 hours",
    ),
    Label("clock", "경과 시간", "Clock hours", "주말과 공휴일을 포함한 시간", "With weekends and public holidays"),
    Label("p50", "중앙값", "Median", "절반이 이 시간 안에 끝남", "Half took at most so long"),
    Label("p90", "90 백분위", "90th percentile", "열에 아홉이 이 시간 안에 끝남", "Nine of ten took at most so long"),
    Label("mean", "평균", "Mean", "평균 시간", "On average"),
    Label(
        "silence",
        "무응답률",
        "Silence rate",
        "전달된 연계 중 기관이 기한 안에 말이 없어 독촉이나 이관이 있었던 비율",
        "Of those sent: the agency let its time pass without a word, so that a reminder or an escalation came",
    ),
    Label(
        "helped",
        "도움 됨",
        "Helped",
        "시민이 도움이 되었다고 답함; 비율에는 일부 도움도 포함",
        "The citizen says that it helped; the share counts help in part, too",
    ),
    Label("partly", "일부 도움", "Partly", "일부만 도움이 되었다고 답함", "It helped in part"),
    Label("not_helped", "도움 안 됨", "Not helped", "도움이 되지 않았다고 답함", "It did not help"),
    Label("nobody_came", "연락 없음", "Nobody came", "기관의 연락이 없었다고 답함", "Nobody got in touch with them"),
    Label("unreachable", "연락 불가", "Unreachable", "시민에게 묻지 못함", "The citizen could not be asked in time"),
    Label("unanswered", "답변 대기", "Unanswered", "물었으나 아직 답이 없음", "Asked, and no answer yet"),
    Label("not_yet_asked", "질문 전", "Not yet asked", "기관이 아직 처리 중임", "The agency is not done yet"),
    Label(
        "low",
        "신뢰 구간 하한",
        "From",
        "95 % 신뢰 구간(윌슨)의 하한",
        "Where the share lies with 95 % confidence: from",
    ),
    Label(
        "high", "신뢰 구간 상한", "To", "95 % 신뢰 구간(윌슨)의 상한", "Where the share lies with 95 % confidence: to"
    ),
    Label("too_few", "표본 부족", "Too few", "비율을 말하기에는 건수가 적음", "Too few to say a rate"),
)
"""In the order in which they are shown."""

BY_CODE: Final = {label.code: label for label in LABELS}


def name(code: str, language: str) -> str:
    """What a figure is called, in Korean (``ko``) or English."""
    label = BY_CODE[code]
    return label.name_ko if language == "ko" else label.name_en
