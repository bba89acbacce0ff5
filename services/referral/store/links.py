"""Links to agencies: found by what their holder shows, of which only keyed hashes are kept."""

from __future__ import annotations

from chassis.database import Tx
from chassis.statements import Row, Sql
from services.referral.domain.links import LinkState

_ADD = Sql("""
INSERT INTO agency_link (id, referral_id, token_hash, made_at, expires_at, killed)
VALUES (:id, :referral_id, :token_hash, :now, :expires_at, '') ON CONFLICT DO NOTHING
""")
_LINK = Sql("SELECT * FROM agency_link WHERE id = :id")
_BY_TOKEN = Sql("SELECT * FROM agency_link WHERE token_hash = :token_hash")
_OPEN = Sql("""
UPDATE agency_link SET opened_at = :now, session_hash = :session_hash, session_until = :until
WHERE id = :id AND opened_at IS NULL AND killed = '' AND expires_at > :now
""")
_KILL = Sql("UPDATE agency_link SET killed = :why WHERE referral_id = :referral_id AND killed = ''")
_REPLACE_UNOPENED = Sql("""
UPDATE agency_link SET killed = :why WHERE referral_id = :referral_id AND killed = '' AND id < :id AND opened_at IS NULL
""")
_REPLACE = Sql("""
UPDATE agency_link SET killed = :why WHERE referral_id = :referral_id AND killed = '' AND id <> :id
""")
_FORGET = Sql(
    "DELETE FROM agency_link WHERE expires_at < :before AND (session_until IS NULL OR session_until < :before)"
)


def add(tx: Tx, link_id: str, referral_id: str, token: str, expires_at: float) -> None:
    """A link that may be opened; one that is there stays as it is."""
    values = {
        "id": link_id,
        "referral_id": referral_id,
        "token_hash": _hash(tx, "agency_token", token),
        "expires_at": expires_at,
        "now": tx.now.timestamp(),
    }
    tx.execute(_ADD, values)


def link(tx: Tx, link_id: str) -> Row | None:
    """A link by the id of its dispatch."""
    return tx.execute(_LINK, {"id": link_id}).one_or_none()


def by_token(tx: Tx, token: str) -> Row | None:
    """The link that a token opens, or opened."""
    return tx.execute(_BY_TOKEN, {"token_hash": _hash(tx, "agency_token", token)}).one_or_none()


def open_with(tx: Tx, link_id: str, secret: str, until: float) -> bool:
    """It belongs to the browser that holds the secret; False if it was opened before, or opens no more."""
    values = {
        "id": link_id,
        "session_hash": _hash(tx, "agency_session", secret),
        "until": until,
        "now": tx.now.timestamp(),
    }
    return tx.execute(_OPEN, values).rowcount == 1


def holds(tx: Tx, row: Row, secret: str) -> bool:
    """Whether a browser's secret is the one with which a link was opened, and still counts."""
    if not secret or row.session_hash is None or row.killed:
        return False
    same: bool = bytes(row.session_hash) == _hash(tx, "agency_session", secret)
    return same and tx.now.timestamp() < row.session_until


def kill(tx: Tx, referral_id: str) -> None:
    """No link of a referral opens, and no page of it stays open."""
    tx.execute(_KILL, {"referral_id": referral_id, "why": LinkState.ENDED.value})


def replace_unopened(tx: Tx, referral_id: str, link_id: str) -> None:
    """A newer link has left: older ones that nobody opened open no more."""
    tx.execute(_REPLACE_UNOPENED, {"referral_id": referral_id, "id": link_id, "why": LinkState.REPLACED.value})


def replace(tx: Tx, referral_id: str, link_id: str) -> None:
    """A link was opened: all others of its referral end, with the pages that they opened."""
    tx.execute(_REPLACE, {"referral_id": referral_id, "id": link_id, "why": LinkState.REPLACED.value})


def forget(tx: Tx, before: float) -> int:
    """Drop links that were over by then; returns how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount


def _hash(tx: Tx, purpose: str, secret: str) -> bytes:
    return tx.keys.keyed_hash(purpose, secret)
