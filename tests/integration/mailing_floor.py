"""Intake and routing as calls to recipients of mailings see them: carried, wanted, taken back, ended."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from hub120.outreach.v1 import events_pb2

from chassis.database import Database
from services.outreach.domain.calling_times import ZONE
from services.outreach.domain.check_ins import CallResult
from services.outreach.domain.errands import Loaded
from services.outreach.domain.mailings import VOICE, Step
from services.outreach.use_cases import calling_recipients, mailing, sending
from tests.integration.check_in_desk import CENTRE
from tests.integration.databases import Clock, Told
from tests.integration.routing_floor import rows

CALLS = Step(VOICE, "phone")
MORNING = datetime(2026, 5, 4, 9, 0, tzinfo=ZONE)


class Floor(Told):
    """Intake and routing as a mailing's calls see them; ``told`` is what left, oldest first."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock, events_pb2)
        self.clock.now = MORNING

    def look(self) -> None:
        """The worker looks."""
        while self.run(calling_recipients.take_back_unfit):
            pass
        while self.run(calling_recipients.place):
            pass

    def carry(self) -> list[Loaded]:
        """The courier brings what is due to intake, which has a case for each."""
        due = self.run(sending.take_due, 100, [])
        found = [one for one in (self.run(sending.load, errand_id, CENTRE) for errand_id in due) if one is not None]
        for one in found:
            self.run(sending.given, one.errand_id, str(uuid4()), str(uuid4()))
        return found

    def calls(self) -> list[str]:
        """Everything that may be wanted now is; the ids of the calls."""
        self.look()
        return [one.errand_id for one in self.carry()]

    def ends(self, errand_id: str, result: CallResult) -> None:
        """Routing tells."""
        self.run(calling_recipients.call_ended, errand_id, result, CENTRE)

    def whom(self, errand_id: str) -> str:
        """The recipient to whom a call is."""
        (row,) = rows(self.database, f"SELECT recipient_id FROM errand WHERE id = '{errand_id}'")
        return str(row["recipient_id"])

    def wanted(self) -> list[events_pb2.CallWanted]:
        """Calls of which routing was told."""
        return [one for one in self.told if isinstance(one, events_pb2.CallWanted)]

    def unwanted(self) -> list[str]:
        """Calls that were taken back."""
        return [one.request_id for one in self.told if isinstance(one, events_pb2.CallUnwanted)]


def reason_of(floor: Floor, mailing_id: str) -> dict[str, int]:
    """Why some did not get a mailing."""
    return dict(floor.database.run(mailing.counts, mailing_id)[2])
