"""Contact rules: who does not want to be called or written to is written down, and asked before anything leaves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from chassis.database import Tx
from chassis.errors import InvalidArgument, PreconditionFailed
from chassis.phones import e164
from chassis.statements import Row
from services.outreach.domain.contact_rules import RuleKind, stops
from services.outreach.domain.mailings import Reason, Urgency
from services.outreach.domain.quiet_hours import Place
from services.outreach.store import contact_rules as store
from services.outreach.store import mailings

MOST_PLACES = 200
"""Districts with quiet hours of their own."""
_PLAIN = re.compile(r"\+8210\d{8}")
"""The form nearly all numbers come in; the library need not be asked about it."""
_NUMBER = re.compile(r"\+?[\d\s().-]{3,}")


def address_hash(tx: Tx, kind: str, address: str) -> bytes:
    """What an address is looked up by; a telephone number in E.164."""
    return tx.keys.keyed_hash("outreach_address", f"{kind}:{address}")


def same_form(addresses: Mapping[str, str]) -> dict[str, str]:
    """Addresses in the form in which they are compared: telephone numbers in E.164, mail addresses in lower case; one
    that cannot be used is left out."""
    found = {}
    for kind, address in addresses.items():
        plain = phone(address) if kind == "phone" else address.strip()
        if kind == "email":
            plain = plain.lower() if "@" in plain else ""
        if plain:
            found[kind] = plain
    return found


def phone(address: str) -> str:
    """A telephone number in E.164; empty if it is none."""
    return address if _PLAIN.fullmatch(address) else e164(address) or ""


def add_rule(tx: Tx, address: str, kind: RuleKind, channel: str, source: str) -> Row:
    """Write a rule down; one that is there stays. The row is the rule that counts. Raises ``InvalidArgument``."""
    found = _hash(tx, address)
    store.add(tx, found, channel, kind.value, source)
    mailings.audit(tx, source, "AddContactRule", "")
    return next(row for row in store.of(tx, found) if row.channel == channel)


def opted_out(tx: Tx, person_hash: bytes, channel: str) -> None:
    """A provider says that somebody wants nothing more over its channel."""
    store.add(tx, person_hash, channel, RuleKind.OPTED_OUT.value, channel)


def remove_rule(tx: Tx, address: str, channel: str, who: str) -> None:
    """Take a rule back. Raises ``InvalidArgument``."""
    store.remove(tx, _hash(tx, address), channel)
    mailings.audit(tx, who, "RemoveContactRule", "")


def put_quiet_hours(tx: Tx, place: Place, who: str) -> Place:
    """Say when it is quiet in a district. Raises ``PreconditionFailed`` with TOO_MANY_PLACES."""
    known = mailings.places(tx)
    if len(known) >= MOST_PLACES and all(one.district != place.district for one in known):
        raise PreconditionFailed("TOO_MANY_PLACES", f"there are quiet hours for {MOST_PLACES} districts: change one")
    mailings.put_place(tx, place)
    mailings.audit(tx, who, "PutQuietHours", "")
    return place


def rules_of(tx: Tx, address: str) -> Sequence[Row]:
    """What is known of an address. Raises ``InvalidArgument``."""
    return store.of(tx, _hash(tx, address))


def refusal(rows: Iterable[Row], channel: str, urgency: Urgency) -> Reason | None:
    """Why somebody with these rules gets nothing over a channel (empty: over any of them); None if they do."""
    for row in rows:
        reason = stops(row.kind, urgency) if row.channel in {"", channel} else None
        if reason is not None:
            return reason
    return None


def _hash(tx: Tx, address: str) -> bytes:
    """A telephone number however it was written, a mail address, or an account."""
    if _NUMBER.fullmatch(address.strip()):
        number = phone(address)
        if not number:
            raise InvalidArgument([("address", "is no telephone number")])
        return address_hash(tx, "phone", number)
    kind = "email" if "@" in address else "account"
    return address_hash(tx, kind, same_form({kind: address}).get(kind, ""))
