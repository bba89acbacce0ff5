"""What a stream reads of a written conversation, and the audit rows that it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from chassis.database import Database
from services.translation.use_cases import relaying
from services.translation.use_cases.relaying import Change, Speaker

AUDIT_HOLDS = timedelta(minutes=10)


class Watch:
    """What one stream reads of a conversation. The audit row it leaves when it begins stands for what it reads in the
    next ten minutes, too; then it leaves another."""

    def __init__(self, database: Database, session_id: str, speaker: Speaker) -> None:
        self._database, self._session_id, self._speaker = database, session_id, speaker
        self._audited: datetime | None = None

    def read(self, after: int) -> Sequence[Change]:
        """What is told after a number. Raises ``PermissionDenied`` once the session is another's."""
        now = self._database.clock()
        if self._audited is not None and now - self._audited < AUDIT_HOLDS:
            return self._database.read(relaying.changes, self._session_id, after, self._speaker)
        found = self._database.run(relaying.read_changes, self._session_id, after, self._speaker)
        self._audited = now if any(change.message for change in found) else None
        return found
