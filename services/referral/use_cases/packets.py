"""The packet: what an agency gets of a referral. Nothing is in it but what the citizen agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chassis.database import Tx
from chassis.errors import PreconditionFailed
from chassis.statements import Row
from services.referral.domain.appointment_words import when
from services.referral.domain.consents import Item, counts, names_citizen
from services.referral.domain.deadlines import FIELD_WORDS, KIND_WORDS, DeadlineKind, LawField
from services.referral.domain.wording import item_name
from services.referral.store import appointments, consents, named, referrals
from services.referral.use_cases import guarding
from services.referral.use_cases.moving import found

_WORDS: Final = {"law_field": "법 분야", "deadlines": "기한", "appointment": "상담 예약"}
_Said = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Packet:
    """One line, the whole text, and the items by their codes, beside ``reference``, ``need`` and ``kind``."""

    title: str
    text: str = field(repr=False)
    fields: Mapping[str, str] = field(repr=False)
    names_citizen: bool
    """They agreed that the agency knows who it is and how to reach them."""
    summary: str = field(default="", repr=False)
    """The agent's words, which are the beginning of ``text``."""
    added: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    """What the hub says itself, by its code in ``fields``, which have the Korean alone: Korean, then English."""


def packet(tx: Tx, referral_id: str) -> Packet:
    """What the agency of a referral may read now. Raises ``NotFound``, and ``PreconditionFailed`` with NO_CONSENT if
    nobody agreed, or not any more."""
    row = found(tx, referral_id)
    consent = consents.consent(tx, row.consent_id) if row.consent_id else None
    if consent is None or not counts(consent.ended, consent.until, tx.now.timestamp()):
        raise PreconditionFailed("NO_CONSENT", f"nobody agreed, or not any more, to what referral {row.id} gives")
    return _packet(tx, row, consents.items(consent))


def _packet(tx: Tx, row: Row, items: frozenset[Item]) -> Packet:
    known = referrals.details(tx, row)
    values = {item: known[item] for item in Item if item in items and item in known}
    service = named.name(tx, "service", row.service_id)
    haste = "[긴급] " if row.urgent else ""
    summary = referrals.summary(tx, row) if Item.CASE_SUMMARY in items else ""
    added = (_law(tx, row) if Item.CASE_SUMMARY in items else {}) | _booked(tx, row)
    lines = [f"{item_name(item, 'ko')}: {value}" for item, value in values.items()]
    lines += [f"{_WORDS[code]}: {korean}" for code, (korean, _) in added.items()]
    text = "\n\n".join(part for part in (summary, "\n".join(lines)) if part)
    return Packet(
        title=f"{haste}{service} 연계 {row.number}"[:200],
        text=text or f"{service} 연계 {row.number}",
        fields={"reference": row.number, "kind": row.kind, "need": row.need}
        | {item.value: value for item, value in values.items()}
        | {code: korean for code, (korean, _) in added.items()},
        names_citizen=names_citizen(items),
        summary=summary,
        added=added,
    )


def _law(tx: Tx, row: Row) -> _Said:
    """Field of law, and open deadlines by kind and date alone; part of the summary of the case."""
    if not row.law_field:
        return {}
    said: _Said = {"law_field": FIELD_WORDS[LawField(row.law_field)]}
    found = [(KIND_WORDS[DeadlineKind(one.kind)], one.day) for one in guarding.open_deadlines(tx, row)]
    if found:
        korean, english = (", ".join(f"{words[at]} {day}" for words, day in found) for at in (0, 1))
        said["deadlines"] = korean, english
    return said


def _booked(tx: Tx, row: Row) -> _Said:
    """When the citizen comes: an hour that the agency offers."""
    appointment = appointments.open_one(tx, row.id)
    slot = appointments.slot(tx, appointment.slot_id) if appointment is not None else None
    return {"appointment": (when(slot.starts_at), when(slot.starts_at, "en"))} if slot is not None else {}
