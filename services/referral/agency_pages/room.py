"""The page on which an agency says whether it has room. Nothing of a person is on it."""

from __future__ import annotations

from html import escape as _e

from hub120_sdk import districts

from services.referral.agency_pages.drawing import Notice, form, notice_of, sheet, told
from services.referral.agency_pages.words import words
from services.referral.domain.capacity import LONGEST_WEEKS, Room, described
from services.referral.use_cases.capacity import PATH, Asked


def room_asked(asked: Asked, token: str, language: str, centre: str, *, missing: bool = False, weeks: str = "") -> str:
    """The question, or what became of it."""
    here = f"{PATH}/{token}"
    if not asked.open:
        return told(language, "room_answered" if asked.answered else "room_late", centre=centre, here=here)
    hidden = {"key": asked.form_key, "lang": language}
    inside = _choices(language, missing=missing) + _weeks(language, weeks)
    body = (
        (notice_of(Notice("unsent", bad=True), language) if missing else "")
        + f'<section class="card"><h1>{words(language, "room_asked")}</h1>'
        f'<p class="said">{_e(described(asked.question, language, districts.name(asked.question.area)))}</p>'
        f'<p class="quiet">{words(language, "room_more")}</p></section>'
        f'<section class="card">{form(here, hidden, words(language, "send"), inside)}</section>'
    )
    return sheet(language, words(language, "room_asked"), body, centre=centre, here=here)


def _choices(language: str, *, missing: bool) -> str:
    said = f'<p class="wrong" id="room-wrong">{words(language, "room_required")}</p>' if missing else ""
    more = ' aria-invalid="true" aria-describedby="room-wrong"' if missing else ""
    choices = "".join(
        f'<label class="choice"><input type="radio" name="room" value="{one}" required{more}'
        f"{' autofocus' if missing and one is Room.ROOM else ''}> {words(language, f'room_{one}')}</label>"
        for one in Room
    )
    return f"<fieldset><legend>{words(language, 'room_which')}</legend>{said}{choices}</fieldset>"


def _weeks(language: str, typed: str) -> str:
    return (
        f'<label for="weeks">{words(language, "room_weeks")}</label><input type="text" inputmode="numeric" id="weeks" '
        f'name="weeks" maxlength="3" pattern="[0-9]*" title="0-{LONGEST_WEEKS}" value="{_e(typed)}">'
    )
