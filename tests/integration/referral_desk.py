"""Referrals as tests lead them: use cases on a real database, an intake that is asked over gRPC, and a clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from hub120.referral.v1 import events_pb2

from chassis.database import Database, Tx
from chassis.statements import Row, Sql
from services.referral.domain.capacity import Question
from services.referral.domain.consents import Given, How, Item, Purpose
from services.referral.domain.dispatches import Errand
from services.referral.domain.referrals import AgencyReport, DeclineReason, Outcome, Reason, ReferralState
from services.referral.store import consents, dispatches, referrals, trail
from services.referral.store.referrals import NewReferral
from services.referral.use_cases import (
    asking,
    capacity,
    consenting,
    departing,
    dispatching,
    ending,
    guarding,
    loading,
    proposing,
    reporting,
    tending,
)
from services.referral.use_cases.loading import House, Journey
from services.referral.use_cases.reporting import Taken
from tests.integration.databases import Clock, Told

CASE = "0199e0f2-7c00-7abc-8def-00000000000c"
HOUSE = House("120 경기도 콜센터", "https://hub.example")
SUMMARY = "거처 없이 지낸 지 두 달, 무한돌봄 신청을 돕고 싶습니다."
ADDRESS = "desk@agency.example"
SECOND = "chief@agency.example"
DETAILS: Mapping[str, str] = {"name": "김영희", "telephone": "+821012345678", "health": "당뇨"}
S = ReferralState

_ADD_ORGANIZATION = Sql("""
INSERT INTO organization (id, source, source_key, name, document, digest, modified_at)
VALUES (:id, 'test', :id, '수원시 복지정책과', '{}', :digest, 0)
""")
_ADD_SERVICE = Sql("""
INSERT INTO service (id, organization_id, source, source_key, name, status, kind, document, digest, likeness, behind,
    generation, assured_by, modified_at)
VALUES (:id, :organization_id, 'test', :id, '무한돌봄', 'active', 'welfare', '{}', :digest, '', '', 0, '', 0)
""")
_ADD_AGENCY = Sql("""
INSERT INTO agency (id, road, connector, address, second_road, second_address, language, timers)
VALUES (:id, :road, :connector, :address, :second_road, :second_address, 'ko', :timers)
""")


class Desk(Told):
    """An agent who refers people; ``told`` is every event that left, oldest first."""

    def __init__(self, database: Database, clock: Clock, road: str = "email", **agency: Any) -> None:
        super().__init__(database, clock, events_pb2)
        self.organization_id, self.service_id = str(uuid4()), str(uuid4())
        self.referral_id = ""
        database.run(_directory, self.organization_id, self.service_id)
        self.other = self.agency(road, **agency)

    def asks_room(self, question: Question, days: int = 7) -> tuple[bool, str]:
        """The agency is asked whether it has room."""
        found: tuple[bool, str] = self.run(capacity.ask, self.referral_id, question, "kim", days)
        return found

    def agency(self, road: str, **more: Any) -> str:
        """Say how the agency is reached."""
        self.database.run(_agency, self.organization_id, road, **more)
        return self.organization_id

    def propose(self, request_id: str = "r-1", **more: Any) -> Row:
        """Propose help."""
        values = {
            "case_id": CASE,
            "service_id": self.service_id,
            "organization_id": "",
            "kind": "welfare",
            "need": "housing",
            "agent_id": "kim",
            "summary": SUMMARY,
            "details": DETAILS,
            **more,
        }
        row = self.run(proposing.propose, NewReferral(request_id=request_id, **values))
        self.referral_id = row.id
        return row

    def consent(self, *items: Item, days: float = 90, request_id: str = "", **more: Any) -> Row:
        """The citizen agrees."""
        wanted = frozenset(items or (Item.NAME, Item.TELEPHONE, Item.CASE_SUMMARY))
        until = self.clock.now.timestamp() + days * 86_400
        values = {"purpose": Purpose.APPLICATION, "how": How.SPOKEN, "refusal_told": True, **more}
        given = Given(items=wanted, until=until, **values)
        consent, _ = self.run(consenting.record, self.referral_id, given, "kim", request_id or uuid4().hex)
        return consent

    def ready(self, *items: Item, days: float = 90) -> Row:
        """Proposed, agreed to and queued."""
        self.propose()
        consent = self.consent(*items, days=days)
        self.send()
        return consent

    def send(self) -> tuple[Row, bool]:
        """Have it sent."""
        row, calls, _ = self.run(dispatching.send, self.referral_id, "kim")
        return row, calls

    def sent(self, *items: Item, days: float = 90) -> Row:
        """With the agency."""
        consent = self.ready(*items, days=days)
        (journey,) = self.carry()
        self.arrives(journey.dispatch_id)
        return consent

    def begin(self) -> list[Journey]:
        """An api takes what is due and begins it."""
        due = self.database.run(departing.take_due, 100, [])
        found = [self.run(loading.begin, one, HOUSE) for one in due]
        return [one for one in found if one is not None]

    def carry(self) -> list[Journey]:
        """What is due is brought to intake: what left."""
        left = [one for one in self.begin() if self.run(departing.depart, one.dispatch_id)]
        for one in left:
            self.run(departing.given, one.dispatch_id)
        return left

    def arrives(self, dispatch_id: str, state: str = "sent") -> None:
        """Intake tells what became of a message to the agency."""
        self.run(reporting.message_moved, dispatch_id, state)

    def reports(
        self, state: ReferralState, reason: DeclineReason = DeclineReason.NONE, *, by: str = "agency", **more: Any
    ) -> Taken:
        """The agency says how far it is."""
        report = AgencyReport(state, reason, **{"report_id": uuid4().hex, **more})
        taken: Taken = self.run(reporting.take_report, self.referral_id, report, by)
        return taken

    def answers(self, choice: str) -> None:
        """The citizen answers the question that was asked last."""
        (*_, question) = self.dispatches(Errand.QUESTION)
        self.run(asking.answer, question.id, choice)

    def confirm(self, outcome: Outcome, words: str = "") -> Row:
        """An agent called the citizen."""
        return self.run(asking.confirm, self.referral_id, outcome, words, "kim")

    def revoke(self, consent: Row) -> Row:
        """The citizen takes it back."""
        return self.run(ending.revoke, consent.id, "", "kim")[1]

    def withdraw(self, reason: Reason = Reason.BY_AGENT, **more: Any) -> Row:
        """It is called off."""
        return self.run(ending.withdraw, self.referral_id, reason, "", "kim", **more)

    def pass_by(self, hours: float) -> None:
        """Time passes, an hour at a time, and the clock looks."""
        self.clock.pass_by(hours * 3600)
        self.look()

    def look(self) -> None:
        """The clock looks."""
        while self.run(guarding.guard, (7, 3, 1)):
            pass
        while self.run(tending.tend):
            pass
        while self.run(ending.expire):
            pass

    @property
    def row(self) -> Row:
        """The referral."""
        return self.database.read(referrals.referral, self.referral_id)

    def stands(self) -> ReferralState:
        """Where it stands."""
        return ReferralState(self.row.state)

    def dispatches(self, errand: Errand | None = None) -> list[Row]:
        """What left, or was to leave."""
        found = self.database.read(dispatches.of_referral, self.referral_id)
        return [one for one in found if errand is None or one.errand == errand]

    def consents(self) -> list[Row]:
        """Every consent of it."""
        return list(self.database.read(consents.of_referral, self.referral_id))

    def entries(self) -> list[Row]:
        """What happened."""
        return list(self.database.read(referrals.entries, self.referral_id, 0, 1000))

    def kinds(self) -> list[str]:
        """What happened, in codes."""
        return [one.kind for one in self.entries()]

    def calls(self) -> list[str]:
        """For what agents were to call the citizen."""
        return [one.purpose for one in self.told if isinstance(one, events_pb2.CitizenCallWanted)]

    def trail(self) -> list[tuple[str, str]]:
        """Who read it, by which call."""
        return [(one.actor, one.action) for one in self.database.read(trail.trail, self.referral_id)]


def _directory(tx: Tx, organization_id: str, service_id: str) -> None:
    tx.execute(_ADD_ORGANIZATION, {"id": organization_id, "digest": b""})
    tx.execute(_ADD_SERVICE, {"id": service_id, "organization_id": organization_id, "digest": b""})


def _agency(
    tx: Tx, organization_id: str, road: str, *, connector: str = "", second: str = "none", timers: str = "{}"
) -> None:
    tx.execute(Sql("DELETE FROM agency WHERE id = :id"), {"id": organization_id})
    values = {
        "id": organization_id,
        "road": road,
        "connector": connector,
        "address": tx.keys.seal(ADDRESS, table="agency", column="address", row=organization_id),
        "second_road": second,
        "second_address": tx.keys.seal(SECOND, table="agency", column="second_address", row=organization_id),
        "timers": timers,
    }
    tx.execute(_ADD_AGENCY, values)
