"""Opting out: a citizen who answers what went to many with a word for it is written down by outreach, and told so."""

from __future__ import annotations

from hub120.intake.v1 import events_pb2

from chassis.database import Tx
from services.intake.domain import opting_out
from services.intake.domain.contacts import Kept, NewContact
from services.intake.domain.notices import AUTOMATIC
from services.intake.store import replies
from services.intake.store.contacts import Placed
from services.intake.use_cases import replying
from services.intake.use_cases.replying import Cut

REQUEST = "opted-out"
"""The request of the automatic reply: a case has it once."""


def look(tx: Tx, new: NewContact, placed: Placed) -> bool:
    """Whether a message opts out; outreach is told, by the keyed hash of the address alone. A word to an agent who
    wrote in the case is an answer to them: they read it."""
    if new.medium != "text" or new.attachments or not opting_out.opts_out(new.text):
        return False
    if replies.written_by_a_person(tx, placed.case_id):
        return False
    address = new.sender.address.lower() if new.sender.kind == "email" else new.sender.address
    asked = events_pb2.OptOutAsked(
        contact_id=placed.contact_id,
        case_id=placed.case_id,
        channel=new.channel,
        address_key=tx.keys.keyed_hash("outreach_address", f"{new.sender.kind}:{address}").hex(),
    )
    tx.emit(asked, subject=placed.case_id)
    return True


def tell(tx: Tx, new: NewContact, kept: Kept, cut: Cut) -> None:
    """Tell whoever opted out that it is done. Told twice in a case, the second time finds the reply."""
    if new.reply_until is not None and new.reply_until <= tx.now.timestamp():
        return
    replying.reply_to_case(tx, kept.case_id, AUTOMATIC, REQUEST, opting_out.answer(kept.language), cut)
