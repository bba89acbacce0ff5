"""The agencies' pages as HTML. Whatever comes from outside is escaped here, in ``_e``, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape as _e

from services.referral.agency_pages.words import has, words
from services.referral.domain.consents import Item
from services.referral.domain.ladders import ZONE
from services.referral.domain.links import FURTHEST, LONGEST_NOTE, LONGEST_PLACE, LinkState, Said
from services.referral.domain.referrals import DeclineReason, ReferralState
from services.referral.domain.wording import item_name
from services.referral.use_cases.linking import PATH
from services.referral.use_cases.visiting import Door, Landing, Page

_S = ReferralState


@dataclass(frozen=True, slots=True)
class Notice:
    """What has just happened, as a code of the words; ``bad`` if nothing was sent."""

    code: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into a form that could not be taken, and what is wrong with it, by field."""

    said: Said = field(default=Said(""), repr=False)
    wrong: Mapping[str, str] = field(default_factory=dict)


def sheet(language: str, title: str, body: str, *, centre: str, here: str) -> str:
    """A whole page; ``here`` is where it is found again in the other language."""
    other = "en" if language == "ko" else "ko"
    switch = ""
    if here:
        switch = f'<a href="{_e(here)}?lang={other}" lang="{other}">{words(language, "other_language")}</a>'
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        f"<title>{_e(title)} - {_e(centre)}</title>\n"
        f'<link rel="stylesheet" href="{PATH}/style.css">\n</head>\n<body>\n'
        f"<header><p>{_e(centre)}</p>{switch}</header>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def told(
    language: str, code: str, *, centre: str, here: str = "", more: str = "", said: Said | None = None
) -> str:  # fmt: skip
    """A page that says one thing; ``more`` are forms on it, ``said`` is what could not be sent."""
    title = words(language, code)
    explained = words(language, f"{code}_more") if has(f"{code}_more") else ""
    body = f'<section class="card"><h1>{_e(title)}</h1><p>{_e(explained)}</p>{more}</section>'
    if said is not None and (said.note or said.place):
        kept = "\n".join(part for part in (said.place, said.note) if part)
        body += (
            f'<section class="card"><label for="kept">{words(language, "your_words")}</label>'
            f'<textarea id="kept" readonly>\n{_e(kept)}</textarea></section>'
        )
    return sheet(language, title, body, centre=centre, here=here)


def form(
    action: str, hidden: Mapping[str, str], button: str, inside: str = "", *, second: bool = False
) -> str:  # fmt: skip
    """A form with one button, which sends ``hidden`` along."""
    kept = "".join(f'<input type="hidden" name="{name}" value="{_e(value)}">' for name, value in hidden.items())
    look = ' class="second"' if second else ""
    return f'<form method="post" action="{_e(action)}">{kept}{inside}<button{look}>{_e(button)}</button></form>'


def landing(link: Landing, token: str, language: str, centre: str) -> str:
    """What a link shows before it is opened, or when it opens no more."""
    here = f"{PATH}/{token}"
    hidden = {"key": link.form_key, "lang": language}
    new = f'<p class="quiet">{words(language, "new_more")}</p>' + form(
        f"{here}/new", hidden, words(language, "send_new"), second=True
    )
    go = form(here, hidden, words(language, "go_on"))
    if link.state is LinkState.NEW:
        return _arrived(link, here, hidden, language, centre)
    more = {LinkState.USED: go + new, LinkState.EXPIRED: new, LinkState.REPLACED: new}.get(link.state, "")
    return told(language, link.state.value, centre=centre, here=here, more=more)


def _arrived(link: Landing, here: str, hidden: Mapping[str, str], language: str, centre: str) -> str:
    title = words(language, "arrived")
    facts = _facts(
        [(words(language, "number"), link.number), (words(language, "centre"), centre)],
    )
    body = (
        f'<section class="card"><h1>{_e(title)}</h1>{facts}</section>'
        f'<section class="card"><p>{words(language, "before_opening")}</p>'
        f"{form(here, hidden, words(language, 'open'))}</section>"
    )
    return sheet(language, title, body, centre=centre, here=here)


def _facts(pairs: Sequence[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{_e(name)}</dt><dd>{_e(value)}</dd>" for name, value in pairs) + "</dl>"


def strange(page: Page, language: str, centre: str, said: Said | None = None) -> str:
    """A page that another browser opened, or this one too long ago."""
    here = _path(page)
    new = form(f"{here}/new", {"key": page.form_key, "lang": language}, words(language, "send_new"), second=True)
    more = f'<p class="quiet">{words(language, "new_more")}</p>{new}'
    return told(language, "strange", centre=centre, here=here, more=more, said=said)


def ended(page: Page, language: str, centre: str, said: Said | None = None, notice: Notice | None = None) -> str:
    """A page that shows nothing any more."""
    code = page.door.value
    if page.door is Door.OVER and page.state is _S.DECLINED:
        code = "over_declined"
    shown = words(language, "over_more") if code == "over_declined" else ""
    more = (notice_of(notice, language) if notice else "") + (f"<p>{shown}</p>" if shown else "")
    return told(language, code, centre=centre, here=_path(page), more=more, said=said)


def _path(page: Page) -> str:
    return f"{PATH}/referral/{page.link_id}"


def notice_of(notice: Notice, language: str) -> str:
    """What has just happened, said aloud too."""
    look, role = ("notice bad", "alert") if notice.bad else ("notice", "status")
    return f'<p class="{look}" role="{role}">{_e(words(language, notice.code))}</p>'


def opened(
    page: Page, language: str, centre: str, *, report_id: str, now: float, notice: Notice | None = None,
    filled: Filled | None = None,
) -> str:  # fmt: skip
    """The referral, and what the agency may say to it. Each form carries ``report_id``, so that it counts once."""
    title = f"{words(language, 'request')} {page.number}"
    body = (
        (notice_of(notice, language) if notice else "")
        + _asked(page, language)
        + _items(page, language)
        + _answers(page, language, report_id, now, filled or Filled())
    )
    return sheet(language, title, body, centre=centre, here=_path(page))


def _asked(page: Page, language: str) -> str:
    packet = page.packet
    state = _S.SENT if page.state is _S.CONSENTED else page.state
    kind = f"{page.service} ({words(language, page.kind)})" if page.service else words(language, page.kind)
    haste = f'<p class="urgent">{words(language, "urgent")}</p>' if page.urgent else ""
    added = packet.added if packet is not None else {}
    facts = _facts(
        [
            (words(language, "service"), kind),
            *((words(language, code), said[language == "en"]) for code, said in added.items()),
            (words(language, "stands"), words(language, f"at_{state}")),
        ]
    )
    said = ""
    if packet is not None and packet.summary:
        said = (
            f'<section class="card"><h2>{words(language, "summary")}</h2>'
            f'<p class="said">{_e(packet.summary)}</p></section>'
        )
    return (
        f'<section class="card">{haste}<h1>{words(language, "request")}<br>{_e(page.number)}</h1>{facts}</section>'
        f"{said}"
    )


def _items(page: Page, language: str) -> str:
    fields = page.packet.fields if page.packet is not None else {}
    found = [(item_name(item, language), fields[item.value]) for item in Item if item.value in fields]
    until = f"{datetime.fromtimestamp(page.until, UTC).astimezone(ZONE):%Y-%m-%d}"
    return (
        f'<section class="card"><h2>{words(language, "items")}</h2>'
        f"{_facts([*found, (words(language, 'keep_until'), until)])}"
        f'<p class="quiet">{words(language, "keep_more")}</p></section>'
    )


def _answers(page: Page, language: str, report_id: str, now: float, filled: Filled) -> str:
    if not page.offered:
        return ""
    forms = "".join(_answer(page, state, language, report_id, now, filled) for state in page.offered)
    return f'<section class="card"><h2>{words(language, "answer")}</h2>{forms}</section>'


def _answer(page: Page, state: ReferralState, language: str, report_id: str, now: float, filled: Filled) -> str:
    hidden = {"key": page.form_key, "lang": language, "report_id": report_id, "state": state.value}
    name = words(language, state.value)
    if state is _S.ACKNOWLEDGED:
        return form(_path(page), hidden, name)
    mine = filled if filled.said.state == state else Filled()
    draw = _Fields(state.value, language, mine)
    match state:
        case _S.ACCEPTED:
            inside = draw.day(now) + draw.text("note")
        case _S.IN_PROGRESS:
            inside = draw.text("note") + draw.day(now)
        case _S.COMPLETED:
            inside = draw.text("note", "outcome_note")
        case _:
            inside = draw.reasons() + draw.line("place") + draw.text("note")
    drawn = form(_path(page), hidden, words(language, "send"), inside)
    return f"<details{' open' if mine.wrong else ''}><summary>{name}</summary>{drawn}</details>"


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of one form, each with its label, what was typed before, and what is wrong with it beside it."""

    form: str
    language: str
    filled: Filled

    def _wrong(self, name: str) -> tuple[str, str]:
        code = self.filled.wrong.get(name)
        if code is None:
            return "", ""
        at = f"{self.form}-{name}-wrong"
        first = " autofocus" if next(iter(self.filled.wrong)) == name else ""
        said = f'<p class="wrong" id="{at}">{words(self.language, code)}</p>'
        return said, f' aria-invalid="true" aria-describedby="{at}"{first}'

    def text(self, name: str, label: str = "") -> str:
        """Several lines."""
        said, more = self._wrong(name)
        at, typed = f"{self.form}-{name}", _e(self.filled.said.note)
        return (
            f'<label for="{at}">{words(self.language, label or name)}</label>{said}'
            f'<textarea id="{at}" name="{name}" maxlength="{LONGEST_NOTE}"{more}>\n{typed}</textarea>'
        )

    def line(self, name: str) -> str:
        """One line."""
        said, more = self._wrong(name)
        at = f"{self.form}-{name}"
        return (
            f'<label for="{at}">{words(self.language, name)}</label>{said}<input type="text" id="{at}" name="{name}" '
            f'maxlength="{LONGEST_PLACE}" value="{_e(self.filled.said.place)}"{more}>'
        )

    def day(self, now: float) -> str:
        """A day, from today on."""
        said, more = self._wrong("expected")
        at = f"{self.form}-expected"
        today = datetime.fromtimestamp(now, UTC).astimezone(ZONE).date()
        return (
            f'<label for="{at}">{words(self.language, "expected")}</label>{said}'
            f'<input type="date" id="{at}" name="expected" min="{today}" max="{today + FURTHEST - timedelta(days=1)}" '
            f'value="{_e(self.filled.said.expected)}"{more}>'
        )

    def reasons(self) -> str:
        """Why it is declined."""
        said, more = self._wrong("reason")
        choices = []
        for one in [reason for reason in DeclineReason if reason]:
            marked = " checked" if self.filled.said.reason == one else ""
            choices.append(
                f'<label class="choice"><input type="radio" name="reason" value="{one}" required{marked}{more}> '
                f"{words(self.language, one.value)}</label>"
            )
            more = more.replace(" autofocus", "")
        return f"<fieldset><legend>{words(self.language, 'why')}</legend>{said}{''.join(choices)}</fieldset>"


def note(said: Said, language: str) -> str:
    """What an agency wrote, in one piece."""
    place = f"{words(language, 'place_is')}: {said.place}" if said.place and said.state == _S.DECLINED else ""
    return "\n".join(part for part in (place, said.note) if part)
