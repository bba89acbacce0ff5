"""What is about law: a machine does not translate it unless the agent answers for it."""

from __future__ import annotations

LEGAL_TOPIC = "legal"
"""Topics that begin so."""
LEGAL_WORDS = (
    *("법률", "소송", "고소", "고발", "재판", "판결", "변호사", "합의금", "손해배상", "가압류", "압류", "강제집행"),
    *("이혼", "양육권", "친권", "상속", "파산", "개인회생", "체포", "구속", "벌금", "과태료", "강제퇴거", "추방"),
    *("난민 신청", "체류자격 취소", "출국명령", "공소시효", "진술거부권", "법적 책임", "계약 해지", "위약금"),
)
"""Words that are a legal matter whatever the case is about. The list errs on the side of asking."""


def is_legal(topic: str, text: str) -> bool:
    """Whether what an agent says, or the case it is about, is a legal matter."""
    return topic.startswith(LEGAL_TOPIC) or any(word in text for word in LEGAL_WORDS)
