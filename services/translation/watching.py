"""What a stream reads of a written conversation, and the audit rows that it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from chassis.database import Database, Tx
from services.translation.use_cases import relaying
from services.translation.use_cases.relaying import Change

AUDIT_HOLDS = timedelta(minutes=10)


class Watch:
    """What one stream reads of a conversation. The audit row it leaves when it begins stands for what it reads in the
    next ten minutes, too; then it leaves another."""

    def __init__(self, database: Database, session_id: str, subject: str) -> None:
        self._database, self._session_id, self._subject = database, session_id, subject
        self._audited: datetime | None = None

    def read(self, after: int) -> Sequence[Change]:
        """What is told after a number."""
        now = self._database.clock()
        if self._audited is not None and now - self._audited < AUDIT_HOLDS:
            return self._database.read(relaying.changes, self._session_id, after)
        found = self._database.run(self._audited_changes, after)
        self._audited = now if any(change.message for change in found) else None
        return found

    def _audited_changes(self, tx: Tx, after: int) -> Sequence[Change]:
        return relaying.read_changes(tx, self._session_id, after, self._subject)
