"""Call sheets: questions with typed answers, in versions that never change, and what an answer must look like."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

LONGEST_TEXT: Final = 2_000
_CODE = re.compile(r"[a-z0-9_-]{1,32}")
_MOST_QUESTIONS, _LONGEST_WORDS = 50, 300
_FEWEST_CHOICES, _MOST_CHOICES = 2, 20


class AnswerType(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    SCALE = "scale"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``words`` and those of ``choices`` are by language, ``ko`` and ``en``."""

    id: str
    words: Mapping[str, str]
    type: AnswerType
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lowest: float = 0.0
    highest: float = 0.0
    required: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A call sheet; ``version`` 0 where it has none yet."""

    id: str
    name: Mapping[str, str]
    questions: Sequence[Question]
    version: int = 0


def document(sheet: Sheet) -> dict[str, Any]:
    """As it is kept, without id and version."""
    return {"name": dict(sheet.name), "questions": [_kept(one) for one in sheet.questions]}


def _kept(one: Question) -> dict[str, Any]:
    return {
        "id": one.id,
        "words": dict(one.words),
        "type": one.type.value,
        "choices": {code: dict(words) for code, words in one.choices.items()},
        "lowest": one.lowest,
        "highest": one.highest,
        "required": one.required,
    }


def read(sheet_id: str, version: int, kept: Mapping[str, Any]) -> Sheet:
    """As it was kept."""
    questions = [
        Question(
            one["id"],
            one["words"],
            AnswerType(one["type"]),
            one.get("choices", {}),
            one.get("lowest", 0.0),
            one.get("highest", 0.0),
            one.get("required", False),
        )
        for one in kept["questions"]
    ]
    return Sheet(sheet_id, kept["name"], questions, version)


def faults(sheet: Sheet) -> list[str]:
    """What is wrong with a sheet."""
    found = [] if _said(sheet.name) else ["its name is in ko and en"]
    if not 1 <= len(sheet.questions) <= _MOST_QUESTIONS:
        found.append(f"it has 1 to {_MOST_QUESTIONS} questions")
    ids = [one.id for one in sheet.questions]
    if len(set(ids)) != len(ids):
        found.append("each question has an id of its own")
    return found + [fault for one in sheet.questions for fault in _faults(one)]


def _said(words: Mapping[str, str]) -> bool:
    return all(1 <= len(words.get(language, "")) <= _LONGEST_WORDS for language in ("ko", "en"))


def _faults(one: Question) -> list[str]:
    if not _CODE.fullmatch(one.id) or not _said(one.words):
        return ["a question has an id of a-z, 0-9, _ and -, and words in ko and en"]
    if one.type is AnswerType.CHOICE:
        good = _FEWEST_CHOICES <= len(one.choices) <= _MOST_CHOICES
        if not good or not all(_CODE.fullmatch(code) and _said(words) for code, words in one.choices.items()):
            return [f"question {one.id} has 2 to 20 choices, each with a code and words in ko and en"]
    counted = one.type in {AnswerType.NUMBER, AnswerType.SCALE}
    bounded = math.isfinite(one.lowest) and math.isfinite(one.highest) and one.lowest < one.highest
    return [f"question {one.id} has a lowest and a highest answer"] if counted and not bounded else []


def wrong_answers(sheet: Sheet, answers: Mapping[str, str]) -> list[str]:
    """Which answers do not fit the sheet; they are not repeated."""
    known = {one.id: one for one in sheet.questions}
    found = ["names a question that is not in this version" for question_id in answers if question_id not in known][:1]
    for one in sheet.questions:
        if one.id not in answers:
            if one.required:
                found.append(f"leaves out {one.id}")
        elif not _fits(one, answers[one.id]):
            found.append(f"answers {one.id} as its type does not allow")
    return found


def _fits(one: Question, value: str) -> bool:
    match one.type:
        case AnswerType.YES_NO:
            return value in {"yes", "no"}
        case AnswerType.CHOICE:
            return value in one.choices
        case AnswerType.TEXT:
            return 1 <= len(value) <= LONGEST_TEXT and "\x00" not in value
        case AnswerType.SCALE:
            return re.fullmatch(r"-?\d{1,9}", value, re.ASCII) is not None and one.lowest <= int(value) <= one.highest
        case AnswerType.NUMBER:
            shaped = re.fullmatch(r"-?\d{1,9}(\.\d{1,4})?", value, re.ASCII)
            return shaped is not None and one.lowest <= float(value) <= one.highest


def texts(sheet: Sheet, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers in somebody's own words, by question."""
    free = {one.id for one in sheet.questions if one.type is AnswerType.TEXT}
    return {question_id: value for question_id, value in answers.items() if question_id in free}
