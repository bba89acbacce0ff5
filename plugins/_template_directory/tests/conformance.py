"""The table: pages as the source answers them. Add a row for each answer you know of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hub120_sdk import Listed, ListedPage, Misconfigured, Throttled, Unreadable
from hub120_sdk.testing import Answer, Lists, Seen, Suite, fixture

_OFFICE = {"name": "강변구청 복지과", "description": "강변구청 복지과"}
SHELTER = Listed(
    "1",
    {"name": "긴급 쉼터", "status": "active", "organization": _OFFICE, "phones": [{"number": "02-555-0101"}]},
)
MEALS = Listed("2", {"name": "무료 급식", "status": "active", "organization": _OFFICE})


def suite(provider: str, now: datetime) -> Suite:
    """The table. ``provider`` is the address of the kit's fake source, ``now`` the time of the kit's clock."""
    both = Answer(200, fixture("plugins._template_directory", "page.json"), {"content-type": "application/json"})
    many = Answer.json({"total": 101, "services": [{"number": 1, "name": "긴급 쉼터", "office": "강변구청 복지과"}]})
    nameless = Answer.json({"total": 1, "services": [{"number": 1}]})
    first = ListedPage(
        (Listed("1", {key: SHELTER.document[key] for key in ("name", "status", "organization")}),), "2", 101
    )
    return Suite(
        settings={"api_url": provider},
        secrets={"token": "the-right-token"},
        wrong_secrets={"token": "another-token"},
        lists=[
            Lists("all on one page", [both], ListedPage((SHELTER, MEALS), "", 2, complete=True), check=_asked),
            Lists("more to come", [many], first, "1"),
            Lists("a service without a name", [nameless], Unreadable),
            Lists("a wrong token", [Answer(401)], Misconfigured),
            Lists("too often", [Answer.json({}, 429)], Throttled),
        ],
    )


def _asked(seen: Sequence[Seen]) -> None:
    [one] = seen
    assert (one.method, one.path) == ("GET", "/services?page=1&rows=100")
    assert one.headers["authorization"] == "Bearer the-right-token"
