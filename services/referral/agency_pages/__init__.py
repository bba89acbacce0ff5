"""The pages behind links to agencies: their words in Korean and English, their HTML, their style. No script."""

from services.referral.agency_pages.drawing import Filled, Notice, ended, landing, note, opened, strange, told
from services.referral.agency_pages.room import room_asked
from services.referral.agency_pages.words import LANGUAGES, STYLE

__all__ = [
    "LANGUAGES",
    "STYLE",
    "Filled",
    "Notice",
    "ended",
    "landing",
    "note",
    "opened",
    "room_asked",
    "strange",
    "told",
]
