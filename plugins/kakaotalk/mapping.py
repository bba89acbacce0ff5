"""Their words and ours: languages, what citizens are told, and the shape of a skill's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub120_sdk.text import split

TEXT_CHARACTERS = 1_000
BUBBLES = 3
"""A skill's answer has at most three outputs."""

LANGUAGES = {"kr": "ko"}
"""Korean comes as ``ko`` or ``kr``."""

CHECK = {"ko": "답변 확인", "en": "Check answer"}
"""What a citizen taps to see replies that wait; a tap says these words."""
END = {"ko": "상담 종료", "en": "End chat"}
"""What a citizen taps who needs nothing more."""

_RECEIVED = {
    "ko": "문의가 접수되었습니다. 접수번호: {number}\n"
    "상담사가 확인한 뒤 이 대화방에서 답변드리겠습니다. "
    "답변이 늦어지면 ‘답변 확인’을 누르거나 아무 말이나 보내 주세요. 도착한 답변을 바로 보여 드립니다.",
    "en": "We have received your message. Your case number is {number}.\n"
    "An officer will answer you here. If the answer takes longer, tap ‘Check answer’ or send any word to see "
    "whether it has arrived.",
}
_NOTHING_YET = {
    "ko": "아직 도착한 답변이 없습니다. 접수번호: {number}\n잠시 후 ‘답변 확인’을 다시 눌러 주세요.",
    "en": "There is no answer yet. Your case number is {number}.\nPlease tap ‘Check answer’ again in a while.",
}
_ENDING = {
    "ko": "상담을 마치신다고 상담사에게 전했습니다. 접수번호: {number}\n더 궁금한 점이 있으면 언제든 글을 남겨 주세요.",
    "en": "We have told the officer that you need nothing more. Your case number is {number}.\n"
    "Write here whenever you have another question.",
}
_CASE = {"ko": "접수번호: {number}", "en": "Your case number is {number}."}
_EMPTY = {
    "ko": "무엇을 도와드릴까요? 문의하실 내용을 적어 주세요.",
    "en": "How can we help? Please write your question.",
}


def told(language: str, number: str, said: str, *, with_replies: bool) -> str:
    """What a citizen is told when the message is stored: a tap is answered by what it asked for."""
    if said in CHECK.values():
        wording = _CASE if with_replies else _NOTHING_YET
    else:
        wording = _ENDING if is_end(said) else _RECEIVED
    return _worded(wording, language).format(number=number)


def is_end(said: str) -> bool:
    """Whether the citizen tapped that nothing more is needed."""
    return said in END.values()


def empty(language: str) -> str:
    """What a citizen is told who sent nothing."""
    return _worded(_EMPTY, language)


def _worded(wording: Mapping[str, str], language: str) -> str:
    """Korean for Korean and for a channel that did not say; English for every other language."""
    return wording["ko" if not language or language.startswith("ko") else "en"]


def bubbles(text: str) -> list[dict[str, object]]:
    """A text as ``simpleText`` outputs, as many as it takes."""
    return [{"simpleText": {"text": piece}} for piece in split(text, TEXT_CHARACTERS)]


def taps(language: str) -> list[dict[str, str]]:
    """The ``quickReplies`` under an answer: one tap brings what waits, another ends."""
    labels = (_worded(CHECK, language), _worded(END, language))
    return [{"label": label, "action": "message", "messageText": label} for label in labels]


def skill_response(outputs: Sequence[dict[str, object]], taps: Sequence[dict[str, str]] = ()) -> dict[str, object]:
    """A SkillResponse; without ``version`` it would be read as the old format."""
    offered = {"quickReplies": list(taps)} if taps else {}
    return {"version": "2.0", "template": {"outputs": list(outputs), **offered}}
