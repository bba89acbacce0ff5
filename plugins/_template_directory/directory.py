"""The connector: a JSON list of services, page by page. Change what differs at your source, then run the kit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hub120_sdk import Context, Listed, ListedPage, Misconfigured, Unreadable
from hub120_sdk.answers import good, json_body

_ROWS = 100


class YourConnector:
    """The Directory."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def services(self, modified_after: datetime | None, cursor: str) -> ListedPage:
        """One request a page; the cursor is the page's number."""
        number = int(cursor) if cursor.isdigit() else 1
        rows, total = self._page(number)
        listed = tuple(_listed(row) for row in rows)
        if number * _ROWS < total:
            return ListedPage(listed, str(number + 1), total)
        return ListedPage(listed, "", total, complete=True)

    def _page(self, number: int) -> tuple[list[Mapping[str, object]], int]:
        """The rows of a page and how many there are in all. Raises ``Unreadable``."""
        context = self._context
        url = f"{context.settings['api_url'].rstrip('/')}/services?page={number}&rows={_ROWS}"
        headers = {"authorization": f"Bearer {context.secrets['token']}"}
        answer = context.http.request("GET", url, headers=headers)
        if answer.status in {401, 403}:
            raise Misconfigured(f"the source refused the token ({answer.status})")
        said = json_body(good(answer))
        rows, total = (said.get("services"), said.get("total")) if isinstance(said, Mapping) else (None, None)
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows) or type(total) is not int:
            raise Unreadable("the source's answer is no page of services")
        return rows, total


def _listed(row: Mapping[str, object]) -> Listed:
    """A row in HSDS. Raises ``Unreadable`` for one without a number, a name or an office."""
    number, name, office = (row.get(field) for field in ("number", "name", "office"))
    if not (isinstance(number, int) and isinstance(name, str) and name and isinstance(office, str) and office):
        raise Unreadable("a service has no number, name or office")
    document: dict[str, object] = {
        "name": name,
        "status": "active",
        "organization": {"name": office, "description": office},
    }
    if isinstance(row.get("telephone"), str):
        document["phones"] = [{"number": row["telephone"]}]
    return Listed(str(number), document)
