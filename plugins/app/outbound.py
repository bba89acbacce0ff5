"""Answers to the app's server and photos from it. Without a server of its own the app fetches its answers."""

from __future__ import annotations

from hub120_sdk import Attachment, Content, Context, Delivery, Outbound, Receipt, Rejected
from hub120_sdk.sites import Site

from plugins.app import mapping
from plugins.app.inbound import ANSWERS, REPORT_ID


def send(context: Context, message: Outbound) -> Receipt:
    """Push the reply, or park it for the app to fetch."""
    if not context.settings["push_url"] or message.reply_context.get(ANSWERS) == mapping.FETCH:
        if message.attachments:
            raise Rejected("the app fetches its answers, and these carry no files")
        return Receipt(Delivery.PARKED, reply_id=message.reply_id, reason="the app fetches it")
    return _app(context).push(message, report_id=message.reply_context.get(REPORT_ID, ""))


def fetch(context: Context, attachment: Attachment) -> Content:
    """Get a photo."""
    return _app(context).fetch(attachment)


def _app(context: Context) -> Site:
    return Site(context, "the app", "push_url")
