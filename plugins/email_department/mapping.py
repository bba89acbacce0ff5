"""Their words and ours: the buttons of the page, and what it says in Korean and English."""

from __future__ import annotations

from hub120_sdk import TicketState

BUTTONS = {
    TicketState.ACKNOWLEDGED: ("접수", "Received"),
    TicketState.IN_PROGRESS: ("처리중", "In progress"),
    TicketState.DONE: ("완료", "Done"),
    TicketState.REFUSED: ("우리 업무 아님", "Not our task"),
}
"""What a department may report, in the order it usually happens."""

NOTE_CHARACTERS = 2_000

TITLE = ("120 이관 처리 상황", "120 hand-over status")
NUMBER = ("접수번호", "Case number")
ASK = ("처리 상황을 알려 주십시오.", "Please tell us how far you are.")
NOTE = ("메모 (시민에게 전달될 수 있습니다)", "Note (the citizen may read it)")
RECORDED = ("기록했습니다. 감사합니다.", "Recorded. Thank you.")
DUPLICATE = (
    "이 링크로는 이미 기록했습니다. 달라진 것이 없습니다.",
    "A report was already made with this link. Nothing was changed.",
)
NOT_ALLOWED = (
    "지금 상태에서는 그렇게 바꿀 수 없습니다. 달라진 것이 없습니다.",
    "From where it stands it cannot move there. Nothing was changed.",
)
NEXT = ("다음에 알리실 때", "For your next report")
KEEP = (
    "다음 변경은 아래 링크로 알려 주십시오. 이 쪽을 닫으셔도 메일의 링크에서 다시 찾으실 수 있습니다.",
    "Report the next change by the link below. If you close this page, the link in the mail leads here again.",
)
UNKNOWN = ("그런 이관 건이 없습니다.", "There is no such hand-over.")
NO_LINK = (
    "링크가 올바르지 않습니다. 메일의 링크가 끊기지 않았는지 확인해 주십시오.",
    "The link is not right. Please check that it is complete, as in the mail.",
)
EXPIRED = ("링크의 기한이 지났습니다. 120으로 연락해 주십시오.", "The link has expired. Please call 120.")
NO_STATE = ("상태를 하나 골라 주십시오.", "Please choose one of the states.")
LONG_NOTE = (f"메모는 {NOTE_CHARACTERS}자까지 쓸 수 있습니다.", f"A note holds {NOTE_CHARACTERS} characters.")
