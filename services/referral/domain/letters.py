"""What agencies are written: a link or a request and the referral's number, never a word about the citizen.

What a department's system gets is the packet itself, beside these words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.referral.domain.dispatches import Errand

NEEDS_LINK = frozenset({Errand.REFERRAL, Errand.LINK, Errand.REMINDER, Errand.SECOND_CONTACT})


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to an agency."""

    subject: str
    text: str


_KO: Mapping[Errand, tuple[str, str]] = {
    Errand.REFERRAL: (
        "[{centre}] 연계 요청 {number}",
        "{centre}에서 연계 요청({number})을 보냅니다. 아래 주소에서 내용을 확인하고 접수 여부를 알려 주세요. "
        "주소는 한 번만 열 수 있습니다.\n{url}",
    ),
    Errand.LINK: (
        "[{centre}] 연계 요청 {number} 새 주소",
        "연계 요청({number})의 새 주소입니다. 한 번만 열 수 있습니다.\n{url}",
    ),
    Errand.REMINDER: (
        "[{centre}] 답변 대기 중: 연계 요청 {number}",
        "연계 요청({number})의 답변을 기다리고 있습니다. 아래 주소에서 진행 상황을 알려 주세요.\n{url}",
    ),
    Errand.SECOND_CONTACT: (
        "[{centre}] 답변이 없는 연계 요청 {number}",
        "귀 기관에 보낸 연계 요청({number})에 아직 답변이 없습니다. 아래 주소에서 확인해 주세요.\n{url}",
    ),
    Errand.DELETION: (
        "[{centre}] 개인정보 파기 요청 {number}",
        "연계 요청({number})의 개인정보 제공 동의가 끝났습니다. 제공받은 개인정보를 지체 없이 파기해 주세요"
        "(개인정보 보호법 제21조).",
    ),
}
_EN: Mapping[Errand, tuple[str, str]] = {
    Errand.REFERRAL: (
        "[{centre}] Referral {number}",
        "{centre} refers somebody to you ({number}). Please open this address and say whether you take it. "
        "It opens once.\n{url}",
    ),
    Errand.LINK: (
        "[{centre}] New link for referral {number}",
        "This is a new address for referral {number}. It opens once.\n{url}",
    ),
    Errand.REMINDER: (
        "[{centre}] Waiting for you: referral {number}",
        "We wait for your answer to referral {number}. Please say at this address how far it is.\n{url}",
    ),
    Errand.SECOND_CONTACT: (
        "[{centre}] No answer to referral {number}",
        "Nobody at your agency has answered referral {number} yet. Please look at this address.\n{url}",
    ),
    Errand.DELETION: (
        "[{centre}] Please delete: referral {number}",
        "The consent for referral {number} has ended. Please delete the personal data that you got, without delay "
        "(Personal Information Protection Act, article 21).",
    ),
}


def letter(errand: Errand, language: str, *, centre: str, number: str, url: str = "") -> Letter:
    """What an agency is written, in Korean unless it wants English."""
    subject, text = (_EN if language == "en" else _KO)[errand]
    return Letter(
        subject.format(centre=centre, number=number)[:100], text.format(centre=centre, number=number, url=url)
    )
