"""Links with which agencies report that have no system of their own: issued, replaced, ended.

What happens behind them is in ``visiting``.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Final

from chassis.database import Tx
from services.referral.store import links

PATH: Final = "/agency"


def issue(tx: Tx, referral_id: str, dispatch_id: str, days: int) -> str:
    """The link of a dispatch: the path of its URL. A dispatch that is begun again brings the same one, since its token
    is computed from the dispatch's id with the installation's key (128 bits); the database keeps a keyed hash of it,
    which opens nothing."""
    token = urlsafe_b64encode(tx.keys.keyed_hash("agency_link", dispatch_id)).rstrip(b"=").decode()
    links.add(tx, dispatch_id, referral_id, token, tx.now.timestamp() + days * 86_400)
    return f"{PATH}/{token}"


def replace_older(tx: Tx, referral_id: str, dispatch_id: str) -> None:
    """A message has left: if it brought a link, older ones that nobody opened open no more."""
    if links.link(tx, dispatch_id) is not None:
        links.replace_unopened(tx, referral_id, dispatch_id)


def kill(tx: Tx, referral_id: str) -> None:
    """No link of a referral opens any more, and no page of it stays open."""
    links.kill(tx, referral_id)
