"""Conduct: which abuse there is, what the centre does about it, and how its agents rest afterwards.

The policy is data, every change of it a version; what stands here is the one that ships with the hub.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class ConductStep(StrEnum):
    """What is done about abuse. Each includes what those before it allow."""

    WARNING = "warning"
    END = "end"
    DEDICATED_TEAM = "dedicated_team"
    EVIDENCE = "evidence"

    @property
    def ends(self) -> bool:
        """Whether the conversation ends with it."""
        return self is not ConductStep.WARNING

    @property
    def flags(self) -> bool:
        """Whether the citizen is answered by the dedicated team from then on."""
        return self in {ConductStep.DEDICATED_TEAM, ConductStep.EVIDENCE}


_ORDER = tuple(ConductStep)


@dataclass(frozen=True, slots=True)
class Said:
    """A text in the two languages that every agent can read out."""

    korean: str
    english: str


@dataclass(frozen=True, slots=True)
class AbuseClass:
    """One class of abuse."""

    steps: tuple[ConductStep, ...]
    """What the nth report against a citizen leads to; the last one counts for all that follow."""
    situations: Mapping[str, Said] = field(default_factory=dict)
    flag_days: int = 90
    recovery_minutes: int = 10

    def step(self, before: int) -> ConductStep:
        """What is prescribed after so many reports that count."""
        return self.steps[min(before, len(self.steps) - 1)]


@dataclass(frozen=True, slots=True)
class Policy:
    """What the centre does about which abuse."""

    version: int
    classes: Mapping[str, AbuseClass]
    warning: Said
    farewell: Said
    team_skill: str = "dedicated-team"
    team_wait_s: int = 0
    """How long a flagged citizen waits for the team before anybody may answer; 0: only the team does."""
    counted_days: int = 365

    def text(self, step: ConductStep) -> Said:
        """What is read out or sent with a step."""
        return self.farewell if step.ends else self.warning


def is_allowed(step: ConductStep, prescribed: ConductStep) -> bool:
    """An agent may do what is prescribed, or less."""
    return _ORDER.index(step) <= _ORDER.index(prescribed)


def stored(policy: Policy) -> str:
    """A policy as its row keeps it."""
    return json.dumps({**asdict(policy), "version": 0}, ensure_ascii=False)


def loaded(version: int, kept: str) -> Policy:
    """What ``stored`` stored."""
    told = json.loads(kept)
    classes = {
        name: AbuseClass(
            tuple(ConductStep(step) for step in one["steps"]),
            {situation: Said(**said) for situation, said in one["situations"].items()},
            one["flag_days"],
            one["recovery_minutes"],
        )
        for name, one in told["classes"].items()
    }
    rest = {name: told[name] for name in ("team_skill", "team_wait_s", "counted_days")}
    return Policy(version, classes, Said(**told["warning"]), Said(**told["farewell"]), **rest)


_WARN, _END, _TEAM, _EVIDENCE = ConductStep
BUILT_IN = Policy(
    version=0,
    classes={
        "profanity": AbuseClass(
            (_WARN, _WARN, _END, _TEAM, _EVIDENCE),
            {
                "swearing": Said("욕설", "Swearing"),
                "insults": Said("인격 모독, 비하", "Insults, contempt"),
                "insults-family": Said("상담사 가족에 대한 모욕", "Insults of the agent's family"),
                "shouting": Said("고성, 폭언", "Shouting"),
                "discrimination": Said("차별, 혐오 발언", "Discrimination, hate"),
            },
            recovery_minutes=10,
        ),
        "sexual": AbuseClass(
            (_WARN, _TEAM, _EVIDENCE),
            {
                "remarks": Said("성적 발언, 농담", "Sexual remarks or jokes"),
                "demands": Said("성적 요구", "Sexual demands"),
                "sounds-pictures": Said("음란한 소리, 사진, 영상", "Obscene sounds, pictures or videos"),
                "personal-contact": Said("사적 만남, 연락처 요구", "Demands to meet or for private contact"),
            },
            flag_days=180,
            recovery_minutes=20,
        ),
        "threat": AbuseClass(
            (_END, _TEAM, _EVIDENCE),
            {
                "agent": Said("상담사에 대한 위협, 협박", "Threats against the agent"),
                "visit": Said("방문, 보복 위협", "Threats to come or to take revenge"),
                "public": Said("공공기관, 시설에 대한 위협", "Threats against public places"),
                "exposure": Said("신상 공개, 민원 제기 협박", "Threats to expose or to ruin the agent"),
            },
            flag_days=365,
            recovery_minutes=20,
        ),
        "obstructive": AbuseClass(
            (_WARN, _WARN, _END, _END, _TEAM, _EVIDENCE),
            {
                "repeated": Said("같은 내용의 반복 민원", "The same request over and over"),
                "long": Said("장시간 통화 강요", "Conversations forced to go on"),
                "prank": Said("장난 전화, 허위 신고", "Prank calls, false reports"),
                "unreasonable": Said("억지, 부당한 요구", "Unreasonable demands"),
            },
            recovery_minutes=5,
        ),
    },
    warning=Said(
        "폭언이나 성희롱 등이 계속되면 상담을 종료하며, 관련 법에 따라 조치될 수 있습니다. 정중한 대화를 부탁드립니다.",
        "If this continues I will end the conversation, and the law may be applied. Please speak respectfully.",
    ),
    farewell=Said(
        "상담을 계속하기 어려워 종료합니다. 이 상담의 내용은 기록되었습니다.",
        "I cannot continue and end this conversation. It has been recorded.",
    ),
)
"""Four classes with seventeen situations, as Seoul's manual counts them; their words and the steps are ours."""
