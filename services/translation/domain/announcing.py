"""What an interpreter hears before the citizen: who calls, and which language is wanted. It names nobody."""

from __future__ import annotations

from services.translation.domain.languages import KOREAN, names

LANGUAGE = KOREAN
"""Interpreters understand Korean, whatever else they speak."""


def announcement(centre: str, language: str) -> str:
    """As it is spoken."""
    return f"{centre}, {names(language).ko} 통역 요청입니다."
