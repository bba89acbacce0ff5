"""What is done with a referral once the citizen has agreed, up to their word whether it helped."""

from __future__ import annotations

from hub120.referral.v1 import legal_pb2
from hub120.referral.v1 import referral_service_pb2 as referrals
from starlette.responses import Response

from services.console import wording
from services.console.desk.referring.cards import now
from services.console.visits import Visit


async def read(visit: Visit) -> Response:
    """What was said in it. Reading it is on record."""
    wanted = referrals.GetReferralRequest(referral_id=visit.path["referral_id"])
    opened = (await visit.ask(wanted)).opened
    return visit.done(
        visit.part(f"referral-{visit.path['referral_id']}-opened", "desk/referring_opened.html", opened=opened)
    )


async def send(visit: Visit) -> Response:
    """It leaves, or the agent is to call."""
    sent = await visit.ask(referrals.SendReferralRequest(referral_id=visit.path["referral_id"]))
    said = visit.t("referring.to_call" if sent.call_agency else "referring.leaves")
    warned = [wording.state(visit.language, legal_pb2.LegalWarning.Name(one)) for one in sent.warnings]
    return visit.done(*now(visit, sent.referral), said=" ".join([said, *warned]))


async def call(visit: Visit) -> Response:
    """The agency is called into the talk."""
    form = await visit.form()
    called = await visit.ask(
        referrals.CallAgencyRequest(referral_id=visit.path["referral_id"], request_id=form["request_id"])
    )
    return visit.done(*now(visit, called.referral), said=visit.t("referring.calling"))


async def hang_up(visit: Visit) -> Response:
    """The agency leaves the talk."""
    left = await visit.ask(referrals.HangUpAgencyRequest(referral_id=visit.path["referral_id"]))
    return visit.done(*now(visit, left.referral))


async def report(visit: Visit) -> Response:
    """What the agency said, in the call that goes on or otherwise."""
    form = await visit.form()
    said = {
        "referral_id": visit.path["referral_id"],
        "state": form.number("state"),
        "reason": form.number("reason"),
        "note": form["note"],
        "request_id": form["request_id"],
    }
    if form["do"] == "call":
        told = await visit.ask(referrals.ReportAgencyCallRequest(**said))  # type: ignore[arg-type] # as the contract has them
    else:
        acknowledged = form.ticked("deadline_acknowledged")
        told = await visit.ask(referrals.ReportForAgencyRequest(**said, deadline_acknowledged=acknowledged))  # type: ignore[arg-type] # as the contract has them
    return visit.done(*now(visit, told.referral), said="" if told.allowed else visit.t("referring.no_change"))


async def withdraw(visit: Visit) -> Response:
    """It is called off."""
    form = await visit.form()
    ended = await visit.ask(
        referrals.WithdrawReferralRequest(
            referral_id=visit.path["referral_id"], by_citizen=form.ticked("by_citizen"), note=form["note"],
            deadline_acknowledged=form.ticked("deadline_acknowledged"),
        )
    )  # fmt: skip
    return visit.done(*now(visit, ended.referral))


async def confirm(visit: Visit) -> Response:
    """Whether it helped, as the citizen says."""
    form = await visit.form()
    outcome = form.number("outcome")
    said = await visit.ask(
        referrals.ConfirmOutcomeRequest(referral_id=visit.path["referral_id"], outcome=outcome, note=form["note"])  # type: ignore[arg-type] # an enum's number
    )
    told = "referring.recorded" if outcome else "referring.ask_later"
    return visit.done(*now(visit, said.referral), said=visit.t(told))
