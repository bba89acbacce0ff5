"""What a stream reads of a case, and the audit rows that it leaves."""

from __future__ import annotations

from datetime import datetime, timedelta

from chassis.database import Database
from services.intake.use_cases import casework
from services.intake.use_cases.casework import Reader, Told

AUDIT_HOLDS = timedelta(minutes=10)


class Watch:
    """What one stream reads of a case. The audit row it leaves when it begins stands for what it reads in the next ten
    minutes, too; then it leaves another."""

    def __init__(self, database: Database, case_id: str, reader: Reader) -> None:
        self._database, self._case_id, self._reader = database, case_id, reader
        self._audited: datetime | None = None

    def read(self, after: int) -> list[tuple[int, Told]]:
        """The entries after a sequence, each with its own."""
        now = self._database.clock()
        if self._audited is not None and now - self._audited < AUDIT_HOLDS:
            found = self._database.read(casework.read_entries, self._case_id, after, None)
        else:
            found = self._database.run(casework.read_entries, self._case_id, after, self._reader)
            self._audited = now if found else None
        return [(told.entry.sequence, told) for told in found]
