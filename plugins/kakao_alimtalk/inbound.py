"""Solapi's reports: a JSON array of messages (single reports) or of groups, which tell of no single message.

Each stands by itself, as the documents show it, or in an envelope with ``eventDataId`` and ``retryCount``, as Solapi's
library reads it. They are not signed: the operator's secret stands at the end of the address. Solapi delivers five
times in all, and a report that comes again changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from hub120_sdk import Context, Delivery, Receipt, Request, Unauthorised, Unreadable, shapes
from hub120_sdk.credentials import same_as_any

from plugins.kakao_alimtalk import mapping
from plugins.kakao_alimtalk.outbound import REPLY_ID

_MOST_REPORTS = 1_000


def authorise(context: Context, request: Request) -> None:
    """Look for the secret in the path. Raises ``Unauthorised``."""
    parts = urlsplit(request.url).path.split("/")
    if not any(same_as_any(part, context.secrets["report_secret"]) for part in parts):
        raise Unauthorised("the address does not end with the report secret")


def read(request: Request) -> list[Receipt]:
    """The reports in the request. Raises ``Unreadable``."""
    reports = shapes.items(request.json(), limit=_MOST_REPORTS)
    found = [_receipt(_unwrapped(shapes.mapping(report, required=True))) for report in reports]
    return [receipt for receipt in found if receipt is not None]


def _unwrapped(report: Mapping[str, object]) -> Mapping[str, object]:
    return shapes.mapping(report, "data", required=True) if "eventDataId" in report else report


def _receipt(report: Mapping[str, object]) -> Receipt | None:
    message_id, code = shapes.text(report, "messageId"), shapes.text(report, "statusCode")
    if not message_id and shapes.text(report, "groupId"):
        return None
    if not message_id or not code:
        raise Unreadable("a report has no messageId or no statusCode")
    state = mapping.delivery(code)
    return Receipt(
        state,
        provider_id=message_id,
        reply_id=shapes.text(report, "customFields", REPLY_ID),
        reason=mapping.told(code) if state is Delivery.FAILED else "",
    )
