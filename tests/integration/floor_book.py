"""What happened on a floor, written straight into routing's tables, for tests that count it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chassis.database import Database
from services.routing import tables
from services.routing.store.floor import note_closed

SEOUL = ZoneInfo("Asia/Seoul")


def at(hour: int, minute: int = 0, second: float = 0, *, day: int = 3) -> float:
    """A moment of May 2026 in Seoul; the third is the day counted by hand."""
    return (datetime(2026, 5, day, hour, minute, tzinfo=SEOUL) + timedelta(seconds=second)).timestamp()


class Book:
    """Writes down what happened, as routing's tables keep it, and reads what became of it."""

    def __init__(self, database: Database) -> None:
        self._database, self._number = database, 0
        self._noted: dict[tuple[str, ...], list[dict[str, Any]]] = {}

    def put(self, table: str, **values: Any) -> None:
        self._noted.setdefault((table, *sorted(values)), []).append(values)

    def _write(self) -> None:
        noted, self._noted = self._noted, {}
        with self._database.engine.begin() as connection:
            for (name, *_), rows in noted.items():
                connection.execute(tables.metadata.tables[name].insert(), rows)

    def read(self, use_case: Any, *arguments: Any) -> Any:
        self._write()
        return self._database.read(use_case, *arguments)

    def run(self, use_case: Any, *arguments: Any, **named: Any) -> Any:
        self._write()
        return self._database.run(use_case, *arguments, **named)

    def work(
        self, queued_at: float, *, wait: float | None = None, talk: float | None = None, wrap_up: float | None = None,
        gone: float | None = None, **more: Any,
    ) -> str:  # fmt: skip
        """A work item: taken after ``wait``, the talk over after ``talk``, done after ``wrap_up``; or gone."""
        self._number += 1
        taken = None if wait is None else queued_at + wait
        wrapped = None if taken is None or talk is None else taken + talk
        done = None if wrapped is None or wrap_up is None else wrapped + wrap_up
        ended = queued_at + gone if gone is not None else done
        state = (
            "abandoned" if gone else "done" if done else "wrapping" if wrapped else "assigned" if taken else "queued"
        )
        values = {
            **{"id": f"w{self._number:04}", "case_id": f"c{self._number}", "state": state, "medium": "voice"},
            **{"language": "ko", "skills": "", "channel": "phone", "cost": 100},
            **{"traceparent": "", "queued_at": queued_at, "changed_at": queued_at, "topic": "waste"},
            **{"assigned_at": taken, "wrapped_at": wrapped, "ended_at": ended, "citizen_id": f"p{self._number}"},
            "agent_id": "kim" if taken else None,
        } | more
        self.put("work_item", **values)
        return str(values["case_id"])

    def agent(self, name: str, *presences: tuple[float, str], language: str = "ko", **more: Any) -> None:
        """An agent and how their presence changed; the last is as it is now."""
        values = {"capacity": 100, "load": 0, "missed": 0, "sequence": 0, "idle_since": 0.0, "skills": ""}
        last = presences[-1][1] if presences else "offline"
        self.put("agent", **values | {"id": name, "languages": language, "presence": last} | more)
        self.put("ability", agent_id=name, name=f"language:{language}")
        for changed_at, presence in presences:
            self.put("presence_change", agent_id=name, changed_at=changed_at, presence=presence, reason="")

    def close(self, case_id: str, closed_at: float) -> None:
        self.run(note_closed, case_id, closed_at)
