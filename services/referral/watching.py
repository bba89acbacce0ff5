"""What a stream reads of a referral, and the audit rows that it leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from chassis.database import Database
from chassis.statements import Row
from services.referral.use_cases import proposing
from services.referral.use_cases.reading import Reader

AUDIT_HOLDS = timedelta(minutes=10)


class Watch:
    """What one stream reads of a referral. The audit row it leaves when it begins stands for what it reads in the next
    ten minutes, too; then it leaves another."""

    def __init__(self, database: Database, referral_id: str, reader: Reader) -> None:
        self._database, self._referral_id, self._reader = database, referral_id, reader
        self._audited: datetime | None = None

    def read(self, after: int) -> list[tuple[int, tuple[Row, str]]]:
        """The entries after a number, each with its own and with the words in it."""
        now = self._database.clock()
        if self._audited is not None and now - self._audited < AUDIT_HOLDS:
            found = self._database.read(proposing.entries, self._referral_id, after, None)
        else:
            found = self._database.run(proposing.entries, self._referral_id, after, self._reader)
            self._audited = now if any(words for _, words in found) else None
        return [(row.sequence, (row, words)) for row, words in found]
