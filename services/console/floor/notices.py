"""Notices to the public: what authorities warn of, what is proposed, one notice from its words to its last reader."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hub120.outreach.v1 import alert_pb2 as alert
from hub120.outreach.v1 import alert_service_pb2 as alerts
from hub120.outreach.v1 import notice_pb2 as notice
from hub120.outreach.v1 import notice_service_pb2 as notices
from starlette.responses import Response
from starlette.routing import Route

from services.console.drawing import choices
from services.console.forms import Form
from services.console.live import News, Part
from services.console.looking import looked_at
from services.console.visits import House, Visit

LOOK_S: Final = 3.0
CHANNELS: Final = ("app", "kakaotalk", "sms", "voice")


class Notices:
    """Notices, and what leads to them."""

    def __init__(self, house: House) -> None:
        self._house = house

    def routes(self) -> list[Route]:
        """What is served."""
        house, one = self._house, "/floor/notices/{notice_id}"
        return [
            house.page("/floor/notices", self._list),
            house.stream("/floor/notices/live", self._follow_all),
            house.action("/floor/notices", self._propose),
            house.page(one, self._show),
            house.stream(f"{one}/live", self._follow),
            house.action(f"{one}/edit", self._edit),
            house.action(f"{one}/count", self._count),
            house.action(f"{one}/approve", self._approve),
            house.action(f"{one}/reject", self._reject),
            house.action(f"{one}/cancel", self._cancel),
        ]

    async def _list(self, visit: Visit) -> Response:
        values = await self._listed(visit)
        return visit.page(
            "floor/notices.html", live="/floor/notices/live", channels=CHANNELS,
            classes=choices(notice.NoticeClass, visit.language), **values,
        )  # fmt: skip

    async def _listed(self, visit: Visit) -> Mapping[str, Any]:
        warned, found = await asyncio.gather(
            visit.ask(alerts.ListAlertsRequest(active=True)), visit.ask(notices.ListNoticesRequest())
        )
        return {"alerts": warned.alerts, "notices": found.notices}

    async def _follow_all(self, visit: Visit) -> Response:
        async def look() -> Sequence[Part]:
            values = await self._listed(visit)
            return [
                visit.part("alerts", "floor/alerts.html", **values),
                visit.part("notices", "floor/notice_list.html", **values),
            ]

        return visit.stream(looked_at(visit, "notices", LOOK_S, look))

    async def _propose(self, visit: Visit) -> Response:
        form = await visit.form()
        request = notices.ProposeNoticeRequest(
            request_id=form["request_id"],
            notice_class=form.number("notice_class"),  # type: ignore[arg-type] # an enum's number
            hazard=form["hazard"], alert_id=form["alert_id"], area=area_of(form), channels=form.all("channels"),
            texts=texts_of(form), end_time=datetime.now(UTC) + timedelta(hours=max(1, form.number("hours"))),
        )  # fmt: skip
        found = await visit.ask(request)
        return visit.done(go=f"/floor/notices/{found.notice.id}")

    async def _show(self, visit: Visit) -> Response:
        found = await self._read(visit)
        return visit.page("floor/notice.html", live=f"/floor/notices/{found.notice.id}/live", found=found)

    async def _read(self, visit: Visit) -> notices.GetNoticeResponse:
        found: notices.GetNoticeResponse = await visit.ask(notices.GetNoticeRequest(notice_id=visit.path["notice_id"]))
        return found

    async def _follow(self, visit: Visit) -> Response:
        return visit.stream(self._entries(visit))

    async def _entries(self, visit: Visit) -> AsyncIterator[News]:
        """What happens to it, and how it stands after each thing that is new; the words of it are read no oftener."""
        notice_id = visit.path["notice_id"]
        found = await self._read(visit)
        for part in self._drawn(visit, found):
            yield part

        def ask(last: notices.WatchNoticeResponse | None) -> notices.WatchNoticeRequest:
            return notices.WatchNoticeRequest(notice_id=notice_id, after_sequence=last.entry.sequence if last else 0)

        async for told in visit.follow("notice", ask):
            yield visit.part("entries", "floor/notice_entry.html", put=True, entry=told.entry)
            if told.entry.sequence > found.notice.sequence:
                found = await self._read(visit)
                for part in self._drawn(visit, found):
                    yield part

    def _drawn(self, visit: Visit, found: notices.GetNoticeResponse) -> Sequence[Part]:
        """The words before the button that approves them: nobody approves what they have not seen."""
        drawn = {"texts": "floor/notice_texts.html", "stands": "floor/notice_stands.html"}
        return [visit.part(id, template, found=found) for id, template in drawn.items()]

    async def _edit(self, visit: Visit) -> Response:
        form = await visit.form()
        notice_id = visit.path["notice_id"]
        await visit.ask(
            notices.EditNoticeRequest(notice_id=notice_id, version=form.number("version"), texts=texts_of(form))
        )
        return visit.done(go=f"/floor/notices/{notice_id}")

    async def _count(self, visit: Visit) -> Response:
        notice_id = visit.path["notice_id"]
        counted = await visit.ask(notices.DryRunNoticeRequest(notice_id=notice_id))
        found = await self._read(visit)
        return visit.done(
            *self._drawn(visit, found),
            visit.part("counts", "floor/notice_counts.html", counts=counted.counts),
        )

    async def _approve(self, visit: Visit) -> Response:
        form = await visit.form()
        notice_id = visit.path["notice_id"]
        done = await visit.ask(notices.ApproveNoticeRequest(notice_id=notice_id, version=form.number("version")))
        said = visit.t("notices.approved", approvals=done.approvals, needed=done.approvals_needed)
        return visit.done(*self._drawn(visit, await self._read(visit)), said=said)

    async def _reject(self, visit: Visit) -> Response:
        form = await visit.form()
        notice_id = visit.path["notice_id"]
        await visit.ask(
            notices.RejectNoticeRequest(notice_id=notice_id, version=form.number("version"), note=form["note"])
        )
        return visit.done(*self._drawn(visit, await self._read(visit)))

    async def _cancel(self, visit: Visit) -> Response:
        form = await visit.form()
        notice_id = visit.path["notice_id"]
        await visit.ask(notices.CancelNoticeRequest(notice_id=notice_id, note=form["note"]))
        return visit.done(*self._drawn(visit, await self._read(visit)))


def area_of(form: Form) -> alert.Area:
    """Where a notice is for: districts by code or by name, as they were written one after another."""
    written = [one.strip() for one in form["area"].replace("\n", ",").split(",") if one.strip()]
    codes = [one for one in written if one == "KR" or one.isdecimal()]
    return alert.Area(codes=codes, names=[one for one in written if one not in codes])


def texts_of(form: Form) -> Mapping[str, str]:
    """The words by language, of those fields that were sent with any."""
    languages = form.all("languages") or ("ko", "en")
    return {language: form[f"text_{language}"] for language in languages if form[f"text_{language}"]}
