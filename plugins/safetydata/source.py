"""The connector itself: a day's messages page by page, those that are new by their number.

The cursor says which day and page, how many messages the day had when its reading began, and the highest
number known. A day is read again only when it has more than before, and left ten minutes after it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlencode

from hub120_sdk import Alert, AlertNoted, AlertPage, Context, HttpAnswer, Rejected, Request, Response, Unauthorised

from plugins.safetydata import reading

PATH = "/V2/api/DSSP-IF-00247"
ROWS = 100
_PATIENCE_S = 10.0
_OLDEST = timedelta(days=2)
"""What lies farther back nobody need be told any more."""
_LATE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the reading is."""

    day: date
    page: int = 1
    total: int = -1
    """Messages of the day when its first page was last read; -1: it never was."""
    known: int = 0
    """The highest number brought in readings that came to their end."""
    highest: int = 0
    """The highest number met in the one that is under way."""

    def __str__(self) -> str:
        return f"{self.day:%Y%m%d} {self.page} {self.total} {self.known} {self.highest}"

    @classmethod
    def read(cls, written: str, today: date) -> Cursor:
        """As it was written; the beginning of today for an empty one. Raises ``Rejected`` for what is none."""
        if not written:
            return cls(today)
        try:
            day, *numbers = written.split(" ")
            page, total, known, highest = map(int, numbers)
            at = cls(datetime.strptime(day, "%Y%m%d").date(), page, total, known, highest)
        except ValueError:
            raise Rejected("the cursor is none of this connector's") from None
        return at if at.day >= today - _OLDEST else cls(today - _OLDEST, known=max(known, highest))


class Safetydata:
    """The source of alerts."""

    def __init__(self, context: Context) -> None:
        self._context = context
        key = context.secrets["service_key"].strip()
        self._key = key if "%" in key else quote(key, safe="")

    def parse(self, request: Request) -> Sequence[Alert]:
        """Nobody pushes here."""
        raise Unauthorised("the portal pushes nothing: it is polled")

    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Response:
        """Never asked: nothing is pushed."""
        return Response(200)

    def poll(self, cursor: str) -> AlertPage:
        """One page of a day. Messages with a number that is known are left out, pages that come twice bring nothing."""
        now = self._context.now().astimezone(reading.KOREA)
        at = Cursor.read(cursor, now.date())
        found = reading.page(self._get(at), now)
        if at.page == 1 and found.total == at.total:
            return AlertPage((), *_left(at, now))
        region = self._context.settings["region"].strip()
        new = {one.number: one.alert for one in found.rows if one.number > at.known and _is_for(region, one.regions)}
        total = found.total if at.page == 1 else at.total  # what comes in meanwhile may be on a page that was read
        at = replace(at, total=total, highest=max([at.highest, *(one.number for one in found.rows)]))
        alerts = tuple(new[number] for number in sorted(new))
        if found.count and at.page * ROWS < found.total:
            return AlertPage(alerts, str(replace(at, page=at.page + 1)), more=True, refused=found.refused)
        done = replace(at, page=1, known=max(at.known, at.highest), highest=0)
        return AlertPage(alerts, *_left(done, now), found.refused)

    def _get(self, at: Cursor) -> HttpAnswer:
        """Ask. The portal takes its key in the address alone."""
        asked = {"returnType": "json", "numOfRows": ROWS, "pageNo": at.page, "crtDt": f"{at.day:%Y%m%d}"}
        region = self._context.settings["region"].strip()
        more = {"rgnNm": region} if region else {}
        query = f"serviceKey={self._key}&{urlencode({**asked, **more})}"
        url = f"{self._context.settings['base_url'].rstrip('/')}{PATH}?{query}"
        return self._context.http.request("GET", url, timeout_s=_PATIENCE_S)


def _left(at: Cursor, now: datetime) -> tuple[str, bool]:
    """The cursor after a day was read to its end, and whether the next day can be read now."""
    over = datetime.combine(at.day + timedelta(days=1), datetime.min.time(), reading.KOREA) + _LATE
    if now < over:
        return str(at), False
    return str(Cursor(at.day + timedelta(days=1), known=at.known)), True


def _is_for(region: str, regions: Sequence[str]) -> bool:
    return not region or not regions or any(one.startswith(region) for one in regions)
