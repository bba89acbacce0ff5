"""The citizen is asked: the words to read out in both languages, what they agreed to, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.referral.v1 import referral_pb2 as pb
from hub120.referral.v1 import referral_service_pb2 as referrals
from starlette.responses import Response

from services.console.desk.referring.cards import now
from services.console.drawing import choices
from services.console.forms import Form
from services.console.visits import Visit

_LONGEST_DAYS: Final = 365
_FIRST_WORDS: Final = 40
_MOST_EVIDENCE: Final = 20


async def prepare(visit: Visit) -> Response:
    """What is to be read out, and the form in which the answer is recorded."""
    form = await visit.form()
    case_id, referral_id = visit.path["case_id"], visit.path["referral_id"]
    found = await visit.ask(intake.GetCaseRequest(case_id=case_id))
    spoken = any(entry.HasField("call") for entry in found.entries)
    until = Timestamp()
    until.FromDatetime(datetime.now(UTC) + timedelta(days=max(1, min(form.number("days"), _LONGEST_DAYS))))
    language = form["language"] or found.case.language
    asked = {**_asked(form, referral_id), "expire_time": until, "language": language}
    words = await visit.ask(referrals.PrepareConsentRequest(**asked))  # type: ignore[arg-type] # as the contract has them
    return visit.done(
        visit.part(
            f"consent-{referral_id}", "desk/referring_consent.html", wordings=words.wordings,
            asked=asked, until=until.ToJsonString(), evidence=_evidence(found.entries), spoken=spoken,
            ways=choices(pb.ConsentHow, visit.language), case_id=case_id,
        )
    )  # fmt: skip


async def agree(visit: Visit) -> Response:
    """What they agreed to is recorded."""
    form = await visit.form()
    given = referrals.RecordConsentRequest(
        **_asked(form, visit.path["referral_id"]),  # type: ignore[arg-type] # as the contract has them
        expire_time=_moment(form["until"]),
        how=form.number("how"),  # type: ignore[arg-type] # an enum's number
        evidence_id=form["evidence"] if form.number("how") != pb.CONSENT_HOW_SPOKEN else "",
        refusal_told=form.ticked("refusal_told"),
        sensitive_agreed=form.ticked("sensitive_agreed"),
        language=form["language"],
        request_id=form["request_id"],
    )
    recorded = await visit.ask(given)
    return visit.done(*now(visit, recorded.referral), said=visit.t("referring.agreed"))


async def revoke(visit: Visit) -> Response:
    """The citizen takes it back."""
    form = await visit.form()
    ended = await visit.ask(referrals.RevokeConsentRequest(consent_id=form["consent_id"], note=form["note"]))
    return visit.done(*now(visit, ended.referral))


def _evidence(entries: Sequence[case_pb2.Entry]) -> list[tuple[str, Timestamp, str]]:
    """What may hold their words, the newest first: what they wrote or sent."""
    wrote = [(one.contact.id, one.time, one.contact.text[:_FIRST_WORDS]) for one in entries if one.HasField("contact")]
    sent = [(one.attachment.id, one.time, one.attachment.filename) for one in entries if one.HasField("attachment")]
    return sorted(wrote + sent, key=lambda one: one[1].ToNanoseconds(), reverse=True)[:_MOST_EVIDENCE]


def _asked(form: Form, referral_id: str) -> dict[str, object]:
    """What both the question and the answer name."""
    return {"referral_id": referral_id, "purpose": form.number("purpose"), "items": form.numbers("item")}


def _moment(text: str) -> Timestamp | None:
    """When the consent ends, as the form was told; None if it is no time."""
    found = Timestamp()
    try:
        found.FromJsonString(text)
    except ValueError:
        return None
    return found
