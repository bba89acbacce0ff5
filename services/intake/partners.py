"""Partners: messages of other services go to agencies by the installation's mail or SMS connector.

The connector's call lies between two transactions: one says that it begins, one stores what came of it.
"""

from __future__ import annotations

from hub120_sdk import Address, AddressKind, ConnectorError, Outbound

from chassis.worker import Work
from services.intake import attempts
from services.intake.arrivals import DELIVERY_STATES
from services.intake.attempts import Fate
from services.intake.domain.partner_messages import PartnerMessage
from services.intake.domain.replies import ReplyState
from services.intake.use_cases import writing_to_partners


def send(work: Work, message_id: str, channel: str) -> None:
    """Send a message, and store what came of it."""
    running = work.process.connectors.get(channel)
    repeatable = running is not None and running.manifest.idempotent_send
    message = work.database.run(writing_to_partners.begin_sending, message_id, repeatable=repeatable)
    if message is None:
        return
    to = Address(AddressKind(message.kind), message.address)
    try:
        receipt = work.process.connectors.send(channel, Outbound(message.id, to, message.text, subject=message.subject))
    except ConnectorError as error:
        _failed(work, message, error, repeatable=repeatable)
        return
    state = DELIVERY_STATES[receipt.state]
    if state is ReplyState.PARKED:  # nobody will write first, so it never leaves
        work.database.run(writing_to_partners.record, message.id, ReplyState.FAILED, failure="the channel parked it")
        return
    record = writing_to_partners.record
    work.database.run(record, message.id, state, failure=receipt.reason, provider_id=receipt.provider_id)


def _failed(work: Work, message: PartnerMessage, error: ConnectorError, *, repeatable: bool) -> None:
    record = writing_to_partners.record
    match attempts.fate(work, error, repeatable=repeatable):
        case Fate.AGAIN:
            work.database.run(writing_to_partners.postpone, message.id)
            raise attempts.again(error) from error
        case Fate.UNKNOWN:
            work.database.run(record, message.id, ReplyState.UNKNOWN, failure=error.reason)
        case Fate.FAILED:
            work.database.run(record, message.id, ReplyState.FAILED, failure=attempts.failure(error))
