"""NHN Cloud's webhooks: results of messages that were sent, and what is no concern of a single reply.

Their documents write ``recipientGroupingKey`` and send ``recipientGropuingKey``; both are read. The links to the API
(``_link`` or ``_links``) are not followed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hub120_sdk import Delivery, Inbound, Receipt, Request, Unreadable, shapes

from plugins.sms_nhn import mapping

_MOST_HOOKS = 1_000


def read(request: Request) -> list[Inbound | Receipt]:
    """The results in the request; nothing for events that tell of no message. Raises ``Unreadable``."""
    body = shapes.mapping(request.json(), required=True)
    hooks = shapes.items(body, "hooks", limit=_MOST_HOOKS)
    reader = _READERS.get(shapes.text(body, "event", required=True))
    return [reader(shapes.mapping(hook, required=True)) for hook in hooks] if reader else []


def _result(hook: Mapping[str, object]) -> Receipt:
    """``resultCode`` is the carrier's word, ``messageStatus`` NHN Cloud's."""
    code, status = shapes.text(hook, "resultCode"), shapes.text(hook, "messageStatus")
    if not code and not status:
        raise Unreadable("a hook has neither resultCode nor messageStatus")
    delivered = code == mapping.DELIVERED and status in {"", "COMPLETED"}
    return Receipt(
        Delivery.DELIVERED if delivered else Delivery.FAILED,
        provider_id=shapes.text(hook, "requestId", required=True),
        reply_id=shapes.text(hook, "recipientGroupingKey") or shapes.text(hook, "recipientGropuingKey"),
        reason="" if delivered else mapping.not_delivered(code, status),
    )


def _receipt_from_abroad(hook: Mapping[str, object]) -> Receipt:
    status = shapes.text(hook, "dlrStatus", required=True)
    state = mapping.DLR_STATES.get(status)
    if state is None:
        raise Unreadable("dlrStatus is none that is known")
    reason = mapping.not_delivered_abroad(shapes.text(hook, "errorCode")) if state is Delivery.FAILED else ""
    return Receipt(state, provider_id=shapes.text(hook, "requestId", required=True), reason=reason)


_READERS: dict[str, Callable[[Mapping[str, object]], Receipt]] = {
    "MESSAGE_RESULT_UPDATE": _result,
    "INTERNATIONAL_DELIVERY_RECEIPT": _receipt_from_abroad,
}
