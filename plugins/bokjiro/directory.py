"""The connector itself: both lists page by page, with the details of each service on them.

The cursor says which list, which page, how many services the list had on its first page, and whether any list moved
while it was read. Nothing else is remembered.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlencode

from hub120_sdk import Context, HttpAnswer, Listed, ListedPage, Misconfigured, Rejected

from plugins.bokjiro import documents, reading
from plugins.bokjiro.reading import Details, Page, Row

ROWS = 50
"""Services on a page: as many details are asked for in one call of the hub's."""
_PATIENCE_S = 10.0
_MOST_PAGES = 1_000
_MOST_AT_ONCE = 8
_SURELY = timedelta(days=1)
"""A change shows one day late at most: lists are brought up to date once a day."""
_CENTRAL = "/B554287/NationalWelfareInformationsV001/NationalWelfare"
_LOCAL = "/B554287/LocalGovernmentWelfareInformations/LcgvWelfare"
_PATHS = {
    "central": (f"{_CENTRAL}listV001", f"{_CENTRAL}detailedV001"),
    "local": (f"{_LOCAL}list", f"{_LOCAL}detailed"),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a listing is."""

    part: str
    page: int = 1
    total: int = -1
    """Services of this list when its first page was read."""
    moved: bool = False
    """A list was not the same all the time: services may have been missed."""

    def __str__(self) -> str:
        return f"{self.part} {self.page} {self.total} {int(self.moved)}"

    @classmethod
    def read(cls, written: str, first: str) -> Cursor:
        """As it was written; the beginning for an empty one. Raises ``Rejected`` for what is none."""
        if not written:
            return cls(first)
        part, *numbers = written.split(" ")
        if part not in _PATHS or len(numbers) != 3 or not all(one.lstrip("-").isdecimal() for one in numbers):
            raise Rejected("the cursor is none of this connector's")
        page, total, moved = map(int, numbers)
        return cls(part, page, total, bool(moved))


class Bokjiro:
    """The Directory."""

    def __init__(self, context: Context) -> None:
        self._context = context
        settings = context.settings
        self._parts = tuple(dict.fromkeys(settings["lists"].split()))
        if not self._parts or not set(self._parts) <= _PATHS.keys():
            raise Misconfigured(f"lists must name {' or '.join(_PATHS)}, or both")
        self._at_once = int(_number("parallel_requests", settings["parallel_requests"], _MOST_AT_ONCE))
        self._pace = _Pace(_number("requests_per_second", settings["requests_per_second"], 10_000))
        key = context.secrets["service_key"].strip()
        self._key = key if "%" in key else quote(key, safe="")

    def services(self, modified_after: datetime | None, cursor: str) -> ListedPage:
        """One page of a list, and the details of what is on it and has changed."""
        at = Cursor.read(cursor, self._parts[0])
        page = self._page(at)
        at = _noted(at, page)
        same = {row["servId"] for row in page.rows if _unchanged(row, modified_after)}
        listed = self._listed(at.part, [row for row in page.rows if row["servId"] not in same])
        following = self._following(at, page)
        return ListedPage(
            services=listed,
            cursor=str(following) if following else "",
            total=page.total if len(self._parts) == 1 else None,
            complete=following is None and not at.moved,
            unchanged=tuple(f"{at.part}/{one}" for one in sorted(same)),
        )

    def _following(self, at: Cursor, page: Page) -> Cursor | None:
        """The next page, of this list or the next one; None after the last."""
        if page.rows and at.page * ROWS < page.total and at.page < _MOST_PAGES:
            return replace(at, page=at.page + 1)
        later = self._parts[self._parts.index(at.part) + 1 :] if at.part in self._parts else ()
        return Cursor(later[0], moved=at.moved) if later else None

    def _page(self, at: Cursor) -> Page:
        asked: dict[str, object] = {"pageNo": at.page, "numOfRows": ROWS, "srchKeyCode": "003"}
        if at.part == "central":
            asked = {"callTp": "L", **asked, "orderBy": "date"}
        else:
            province = self._context.settings["province"]
            asked = {**asked, "arrgOrd": "001", **({"ctpvNm": province} if province else {})}
        return reading.page(self._get(_PATHS[at.part][0], asked), self._context.now())

    def _listed(self, part: str, rows: Sequence[Row]) -> tuple[Listed, ...]:
        """The services of these rows, their details asked for side by side. The first error ends it."""
        if self._at_once == 1 or len(rows) < 2:
            return tuple(self._one(part, row) for row in rows)
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="bokjiro") as pool:
            return tuple(pool.map(lambda row: self._one(part, row), rows))

    def _one(self, part: str, row: Row) -> Listed:
        key = f"{part}/{row['servId']}"
        details = self._details(part, row["servId"])
        if part == "central":
            return Listed(key, documents.central(key, row, details))
        return Listed(key, documents.local(key, row, details, self._today()))

    def _details(self, part: str, service_id: str) -> Details:
        """A service that 복지로 lists and then does not know stands in the directory as the list has it."""
        asked = {"callTp": "D", "servId": service_id} if part == "central" else {"servId": service_id}
        answer = self._get(_PATHS[part][1], asked)
        try:
            return reading.details(answer, self._context.now())
        except Rejected:
            if answer.status != 200:
                raise
            return Details()

    def _today(self) -> date:
        return self._context.now().astimezone(reading.KOREA).date()

    def _get(self, path: str, asked: dict[str, object] | dict[str, str]) -> HttpAnswer:
        """Ask, no faster than allowed. 복지로 takes its key in the address alone."""
        self._pace.wait()
        query = f"serviceKey={self._key}&{urlencode(asked)}"
        url = f"{self._context.settings['base_url'].rstrip('/')}{path}?{query}"
        return self._context.http.request("GET", url, timeout_s=_PATIENCE_S)


def _noted(at: Cursor, page: Page) -> Cursor:
    """The cursor with what this page says of the list: it moved if it has another length, or the page has."""
    total = page.total if at.total < 0 else at.total
    expected = max(0, min(ROWS, total - (at.page - 1) * ROWS))
    moved = at.moved or page.total != total or len(page.rows) != expected
    return replace(at, total=total, moved=moved)


def _unchanged(row: Row, modified_after: datetime | None) -> bool:
    changed = documents.day(row.get("lastModYmd", ""))
    if modified_after is None or changed is None:
        return False
    return changed < (modified_after.astimezone(reading.KOREA) - _SURELY).date()


def _number(name: str, written: str, most: int) -> float:
    try:
        number = float(written)
    except ValueError:
        number = 0.0
    if not 1 <= number <= most:
        raise Misconfigured(f"{name} must be a number from 1 to {most}")
    return number


class _Pace:
    """Requests at even distances, over all threads."""

    def __init__(self, per_second: float) -> None:
        self._interval_s = 1 / per_second
        self._lock = threading.Lock()
        self._free_at = 0.0

    def wait(self) -> None:
        """Until the next request may go."""
        with self._lock:
            now = time.monotonic()
            due = max(self._free_at, now)
            self._free_at = due + self._interval_s
        if due > now:
            time.sleep(due - now)
