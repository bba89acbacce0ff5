"""Alerts and notices as tests lead them: use cases on a real database, two supervisors, and a clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hub120.outreach.v1 import events_pb2

from chassis.database import Database, Tx
from chassis.statements import Row
from services.outreach.domain.alerts import AlertKind, NewAlert, Reference
from services.outreach.domain.areas import Area, Place
from services.outreach.domain.hazards import Hazard
from services.outreach.domain.notices import Counts, NoticeClass, NoticeState, Rule
from services.outreach.store import alerts, notices
from services.outreach.store.notices import NewNotice
from services.outreach.use_cases import alerting, approving, looking_for, proposing, ruling, withdrawing
from services.outreach.use_cases.approving import Approved
from tests.integration.databases import Clock, Told

ONE_MAY = 1_000
SUWON = Area(("41110",), names=("경기도 수원시",))
QUAKES = Rule("quakes", "41", "earthquake", "", "Severe", "Expected", "Likely", NoticeClass.LIFE_SAFETY)
CHANNELS = ("app", "kakaotalk", "sms", "voice")


@dataclass(frozen=True)
class Crowd:
    """People with their places, languages and first channels: a list of recipients as a service may have one."""

    people: Sequence[tuple[Place, str, str]] = ()
    readers: int = 0
    """How many got a release, whichever."""
    asked: list[str] = field(default_factory=list)

    def counts(self, tx: Tx, row: Row, readers_of: str) -> Counts | None:
        self.asked.append(readers_of)
        area, channels = Area.read(row.area), row.channels.split()
        if readers_of:
            return Counts(self.readers, {"sms": self.readers}, {"ko": self.readers})
        inside = [(language, channel) for place, language, channel in self.people if area.holds(place)]
        by_channel = Counter(channel if channel in channels else "none" for _, channel in inside)
        return Counts(len(inside), dict(by_channel), dict(Counter(language for language, _ in inside)))


class NobodyKnows:
    """Nobody can say how many would get a notice."""

    def counts(self, tx: Tx, row: Row, readers_of: str) -> Counts | None:
        return None


class NoticeDesk(Told):
    """Authorities who warn, and people who approve; ``told`` is every event that left, oldest first."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock, events_pb2)

    def alert(self, identifier: str = "1", *about: str, **more: Any) -> NewAlert:
        """An earthquake in 수원, about earlier ones of the same sender."""
        now = self.clock.now.timestamp()
        quake = NewAlert(
            "kma", identifier, now, "Actual", AlertKind.ALERT, "Public", event="지진", hazard=Hazard.EARTHQUAKE,
            category="Geo", severity="Extreme", urgency="Immediate", certainty="Observed", expires=now + 6 * 3600,
            area=SUWON, references=tuple(Reference("kma", one) for one in about), content="{}",
        )  # fmt: skip
        return replace(quake, **more)

    def take(self, identifier: str = "1", *about: str, **more: Any) -> str:
        """It comes in."""
        return str(self.run(alerting.take, "cap", self.alert(identifier, *about, **more)).alert_id)

    def row(self, alert_id: str) -> Row:
        """An alert as it stands."""
        row = self.database.read(alerts.alert, alert_id)
        assert row is not None
        return row

    def state(self, alert_id: str) -> str:
        """Where an alert stands."""
        return str(self.row(alert_id).state)

    def rule(self, rule: Rule = QUAKES) -> None:
        """A rule stands."""
        self.database.run(ruling.put_rule, rule, "admin")

    def notices(self, *states: NoticeState) -> list[Row]:
        """Notices, oldest first."""
        found = self.database.read(notices.listed, [one.value for one in states], "", "", 100)
        return list(reversed(found))

    def notice(self, notice_id: str) -> Row:
        """A notice as it stands."""
        row = self.database.read(notices.notice, notice_id)
        assert row is not None
        return row

    def released(self, notice_id: str) -> Row:
        """What is to be sent of a notice."""
        row = self.database.read(notices.release_of, notice_id)
        assert row is not None
        return row

    def propose(self, by: str = "kim", **more: Any) -> Row:
        """A supervisor proposes."""
        values = {
            "notice_class": NoticeClass.URGENT, "hazard": "flood", "area": SUWON, "channels": CHANNELS, "texts": {},
            "created_by": by, "ends_at": self.clock.now.timestamp() + 3600, "request_id": "r-1", **more,
        }  # fmt: skip
        row: Row = self.run(proposing.propose, NewNotice(**values))
        return row

    def count(self, notice_id: str, recipients: Any) -> Counts | None:
        """A dry run."""
        counts: Counts | None = self.run(proposing.dry_run, notice_id, "kim", recipients)[1]
        return counts

    def approve(self, notice_id: str, by: str, version: int = 1) -> Approved:
        """Somebody approves."""
        found: Approved = self.run(approving.approve, notice_id, version, by, ONE_MAY)
        return found

    def release(self, notice_id: str) -> Row:
        """Counted, and approved by two."""
        version = self.notice(notice_id).version
        self.count(notice_id, Crowd(readers=5000))
        self.count(notice_id, NobodyKnows())
        self.approve(notice_id, "lee", version)
        return self.approve(notice_id, "park", version).row

    def cancel(self, notice_id: str) -> Row:
        """A person calls it off."""
        row: Row = self.run(withdrawing.cancel, notice_id, "lee", "")
        return row

    def pass_by(self, seconds: float) -> None:
        """Time passes, and the clock looks."""
        self.clock.pass_by(seconds)
        for use_case in (alerting.tend, approving.tend, looking_for.ended):
            while self.run(use_case):
                pass

    def entries(self, notice_id: str) -> list[str]:
        """What happened to a notice."""
        return [row.kind for row in self.database.read(notices.entries, notice_id, 0, 100)]
