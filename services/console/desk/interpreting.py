"""Interpreters at the desk: who is there now, bringing one in, and saying things through them.

What the agent says opens a short stream of its own, so that it is answered or refused before the draft is let go; said
again with the same id it is said once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.translation.v1 import coverage_service_pb2 as coverage
from hub120.translation.v1 import interpreter_service_pb2 as pb
from starlette.responses import Response
from starlette.routing import Route

from services.console.desk.desk_now import DeskNow
from services.console.desk.interpreter_news import InterpreterNews, drawn
from services.console.desk.tools import work_of
from services.console.hub import DEADLINE_S, Refusal
from services.console.live import News, Part
from services.console.visits import House, Visit

MEDIA: Final = {"voice": case_pb2.MEDIUM_VOICE, "text": case_pb2.MEDIUM_TEXT, "video": case_pb2.MEDIUM_VIDEO}
_LAST: Final = 2**53
"""Behind every sequence: a stream from here on tells nothing of what was said before."""


class Interpreting:
    """The tool that brings interpreters in."""

    name = "interpreting"
    key = "I"

    def routes(self, house: House) -> Sequence[Route]:
        """Its actions."""
        path = "/desk/cases/{case_id}/interpreting"
        return [
            house.action(path, self._ask),
            house.action(f"{path}/{{session_id}}/say", self._say),
            house.action(f"{path}/{{session_id}}/replace", self._replace),
            house.action(f"{path}/{{session_id}}/end", self._end),
        ]

    async def values(self, visit: Visit, case: intake.GetCaseResponse) -> Mapping[str, Any]:
        """The languages to choose from, that of the case first. Where translation does not answer there are none."""
        try:
            languages = (await visit.ask(coverage.ListLanguagesRequest())).languages
        except Refusal:
            languages = []
        media = [entry.contact.medium for entry in case.entries if entry.HasField("contact")]
        calls = any(entry.HasField("call") for entry in case.entries)
        newest = media[-1] if media and not calls else case_pb2.MEDIUM_VOICE
        return {"languages": languages, "media": MEDIA, "medium": newest, "case": case.case}

    def events(self, visit: Visit, case_id: str, desk: DeskNow) -> Sequence[AsyncIterator[News]]:
        """The newest session of the case, and the words in it."""
        return (InterpreterNews(visit, case_id).told(),)

    async def _ask(self, visit: Visit) -> Response:
        """Who is there for a language, or one of them is brought in."""
        form = await visit.form()
        case_id = visit.path["case_id"]
        medium = MEDIA.get(form["medium"], case_pb2.MEDIUM_VOICE)
        if form["do"] != "start":
            wanted = coverage.ListCoverageRequest(
                languages=[form["language"]], medium=medium, residence_status=form["residence_status"]
            )
            found = (await visit.ask(wanted)).coverage
            return visit.done(visit.part("interpreting-coverage", "desk/interpreting_coverage.html", coverage=found))
        item = await work_of(visit, case_id)
        started = await visit.ask(
            pb.StartSessionRequest(
                case_id=case_id, work_item_id=item.id if item else "", language=form["language"], medium=medium,
                residence_status=form["residence_status"], request_id=form["request_id"],
            )
        )  # fmt: skip
        return visit.done(*drawn(visit, started.session))

    async def _say(self, visit: Visit) -> Response:
        """Words for the citizen. Where a machine would translate what is about law the agent is asked first."""
        form = await visit.form()
        session_id = visit.path["session_id"]
        confirmed = form.ticked("confirm")
        request_id = f"again-{form['again']}" if form["again"] else form["request_id"]
        say = pb.Say(request_id=request_id, text=form["text"], confirm_machine=confirmed)
        told = await _told(visit, session_id, say)
        ask = Part("interpreting-confirm", "")
        if told.HasField("said"):
            return visit.done(ask)
        reason = told.refused.reason
        if reason == "MACHINE_NEEDS_CONFIRMATION":
            ask = visit.part("interpreting-confirm", "desk/interpreting_confirm.html")
        return visit.refuse(visit.t(f"reasons.{reason}"), None, 409, ask)

    async def _replace(self, visit: Visit) -> Response:
        form = await visit.form()
        request = pb.ReplaceInterpreterRequest(
            session_id=visit.path["session_id"], attempt_number=form.number("attempt"),
            reason=form["reason"],
        )  # fmt: skip
        return visit.done(*drawn(visit, (await visit.ask(request)).session))

    async def _end(self, visit: Visit) -> Response:
        request = pb.EndSessionRequest(session_id=visit.path["session_id"])
        return visit.done(*drawn(visit, (await visit.ask(request)).session))


async def _told(visit: Visit, session_id: str, say: pb.Say) -> pb.RelayResponse:
    """What became of words that were said. Raises ``Refusal``, also where nobody says so."""

    async def saying() -> AsyncIterator[pb.RelayRequest]:
        yield pb.RelayRequest(say=say)

    opened = pb.RelayRequest(open=pb.OpenRelay(session_id=session_id, after_sequence=_LAST))
    told: pb.RelayResponse
    async for told in visit.me.talk(saying(), opened, deadline_s=DEADLINE_S):
        if told.WhichOneof("what") in {"said", "refused"}:
            return told
    raise Refusal.silent()
