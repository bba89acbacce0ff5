"""The connector: warnings as a JSON list, asked for by number. Change what differs at your source, then run the kit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub120_sdk import (
    Alert,
    AlertArea,
    AlertCategory,
    AlertCertainty,
    AlertInfo,
    AlertKind,
    AlertNoted,
    AlertPage,
    AlertScope,
    AlertSeverity,
    AlertStatus,
    AlertUrgency,
    Context,
    Misconfigured,
    Named,
    Request,
    Response,
    Unauthorised,
    Unreadable,
    shapes,
)
from hub120_sdk.answers import good, json_body

_SENDER = "warnings.example.org"


class YourConnector:
    """The source of alerts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def poll(self, cursor: str) -> AlertPage:
        """What has a higher number than the cursor."""
        context = self._context
        last = int(cursor) if cursor.isdigit() else 0
        url = f"{context.settings['api_url'].rstrip('/')}/warnings?after={last}"
        answer = context.http.request("GET", url, headers={"authorization": f"Bearer {context.secrets['token']}"})
        if answer.status in {401, 403}:
            raise Misconfigured(f"the authority refused the token ({answer.status})")
        said = json_body(good(answer))
        if not isinstance(said, Mapping) or not isinstance(said.get("warnings"), list):
            raise Unreadable("the authority's answer is no list of warnings")
        found = sorted((_number(one), one) for one in shapes.items(said, "warnings"))
        new = [(number, one) for number, one in found if number > last]
        return AlertPage(tuple(_alert(number, one) for number, one in new), str(new[-1][0]) if new else cursor)

    def parse(self, request: Request) -> Sequence[Alert]:
        """Nobody pushes here."""
        raise Unauthorised("the authority pushes nothing: it is polled")

    def acknowledge(self, request: Request, noted: Sequence[AlertNoted]) -> Response:
        """Never asked: nothing is pushed."""
        return Response(200)


def _number(one: object) -> int:
    number = one.get("number") if isinstance(one, Mapping) else None
    if type(number) is not int:
        raise Unreadable("a warning has no number")
    return number


def _alert(number: int, one: object) -> Alert:
    """A warning in CAP's words. Raises ``Unreadable`` for one without a time or an event."""
    sent = shapes.moment(one, "at")
    if sent is None:
        raise Unreadable("a warning has no time")
    place = shapes.text(one, "place", required=True)
    area = AlertArea(place, geocodes=(Named("KR.BJD", shapes.text(one, "district", required=True)),))
    info = AlertInfo(
        shapes.text(one, "what", required=True),
        (AlertCategory.MET,),
        AlertUrgency.EXPECTED,
        AlertSeverity.SEVERE,
        AlertCertainty.LIKELY,
        language="ko",
        expires=shapes.moment(one, "until"),
        description=shapes.text(one, "text"),
        areas=(area,),
    )
    return Alert(str(number), _SENDER, sent, AlertStatus.ACTUAL, AlertKind.ALERT, AlertScope.PUBLIC, infos=(info,))
