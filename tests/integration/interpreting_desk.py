"""Sessions with interpreters as tests lead them: use cases on a real database, and what they asked of partners and
exchanges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from hub120.translation.v1 import events_pb2
from hub120.translation.v1 import interpreting_pb2 as pb
from hub120_sdk import Address, AddressKind, SessionNoted

from chassis.connectors.queues import interpreter_queue
from chassis.database import Database
from services.translation.domain.coverage import Abilities, Hours, Provider, ProviderKind, Rule
from services.translation.domain.sessions import Line, Said, SessionState
from services.translation.domain.volunteers import Volunteer
from services.translation.store import audit, coverage
from services.translation.use_cases import hearing, helping, sessions
from services.translation.use_cases.hearing import Report
from services.translation.use_cases.sessions import Actor, Found, NewSession, Terms
from tests.integration.databases import Clock, sent_by

CASE = "0199e0f2-7c00-7abc-8def-00000000000c"
AGENT, CHIEF, OTHER = Actor("kim"), Actor("chief", leads=True, reads=True), Actor("lee")
TERMS = Terms("hi", "120 경기도 콜센터")
A, B = Provider(ProviderKind.PARTNER, "a"), Provider(ProviderKind.PARTNER, "b", 20)
MACHINE, VOLUNTEERS = Provider(ProviderKind.MACHINE, "m"), Provider(ProviderKind.VOLUNTEERS, "", 15)
ALWAYS = (Hours(),)
TELEPHONE = "+82312200120"


class Knows:
    """A connector of which nothing is asked but what it knows."""

    def __init__(self, *languages: str) -> None:
        self._languages = languages

    def languages(self) -> tuple[str, ...]:
        return self._languages

    def __getattr__(self, name: str) -> Any:
        def never(*_: Any) -> None:
            raise AssertionError(f"nobody asks {name}")

        return never


class Desk:
    """An agent who needs interpreters; ``told`` is everything that left, oldest first."""

    def __init__(self, database: Database, clock: Clock, *providers: Provider) -> None:
        self.database, self.clock = database, clock
        self.told: list[Any] = []
        self.session_id = ""
        self.abilities: Abilities = {"a": (), "b": (), "m": ()}
        self.database.run(coverage.put_rule, Rule("all", 1, providers or (A, B)))

    def run(self, use_case: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Run a use case and keep what it sent."""
        found, sent = sent_by(self.database, use_case, *arguments, **more)
        for message in sent:
            kind = getattr(events_pb2, message.headers["cloudEvents_type"].rpartition(".")[2])
            body = kind.FromString(message.body)
            if message.kind.value == "task":
                assert message.key == interpreter_queue(body.connector)
            self.told.append(body)
        return found

    def start(self, medium: str = "text", actor: Actor = AGENT, **more: Any) -> Found:
        """Bring an interpreter in."""
        new = NewSession(**{"case_id": CASE, "language": "mn", "medium": medium, "request_id": "r-1", **more})
        found: Found = self.run(sessions.start, new, actor, TERMS, self.abilities)
        self.session_id = found.row.id
        return found

    def says(self, said: Said, connector: str = "a", number: int = 0, **more: Any) -> SessionNoted:
        """A partner calls back."""
        report = Report(more.pop("session_id", self.session_id), number or self.found.row.attempts, said, **more)
        noted: SessionNoted = self.run(hearing.take_report, connector, report, TERMS.centre)
        return noted

    def reached(self, said: Said = Said.ASKED, number: int = 0, **more: Any) -> None:
        """A partner has the request, and says this at once."""
        report = Report(self.session_id, number or self.found.row.attempts, said, **more)
        self.run(hearing.reached, report, TERMS.centre)

    def not_reached(self, number: int = 0) -> None:
        """A partner could not be asked."""
        number = number or self.found.row.attempts
        self.run(hearing.not_reached, self.session_id, number, "unreachable", TERMS.centre)

    def line(self, line: Line, reason: str = "", number: int = 0) -> None:
        """The telephone of the interpreter moves."""
        number = number or self.found.row.attempts
        self.run(hearing.hear_line, self.session_id, number, line, reason, TERMS.centre)

    def words(self) -> None:
        """The first words were translated."""
        self.run(hearing.words_came, self.session_id)

    def replace(self, number: int, actor: Actor = AGENT, reason: str = "") -> Found:
        """The agent lets the interpreter go."""
        found: Found = self.run(sessions.replace, self.session_id, number, reason, actor, TERMS)
        return found

    def end(self, actor: Actor = AGENT) -> Found:
        """The agent has finished."""
        found: Found = self.run(sessions.end, self.session_id, actor)
        return found

    def look(self) -> None:
        """The clock looks."""
        while self.run(hearing.tend, TERMS.centre):
            pass
        while self.run(hearing.let_go):
            pass

    def pass_by(self, seconds: float) -> None:
        """Time passes, and the clock looks."""
        self.clock.pass_by(seconds)
        self.look()

    def volunteer(
        self, name: str, *, hours: tuple[Hours, ...] = ALWAYS, telephone: str = TELEPHONE, **more: Any
    ) -> None:
        """Somebody who interprets without pay."""
        self.database.run(helping.put_volunteer, Volunteer(name, hours, **more), ["mn"], telephone)

    @property
    def found(self) -> Found:
        """The session."""
        found: Found = self.database.read(sessions.read, self.session_id, CHIEF)
        return found

    def stands(self) -> SessionState:
        """Where it stands."""
        return SessionState(self.found.row.state)

    def outcomes(self) -> list[str]:
        """How its attempts went."""
        return [one.outcome for one in self.found.attempts]

    def asked(self) -> list[str]:
        """The partners that were to be asked, in order."""
        return [one.connector for one in self.told if isinstance(one, events_pb2.RequestInterpreter)]

    def released(self) -> list[tuple[str, int]]:
        """The partners that were to be told that nobody is needed, each with its attempt."""
        gone = [one for one in self.told if isinstance(one, events_pb2.ReleaseInterpreter)]
        return [(one.connector, one.attempt_number) for one in gone]

    def lines(self) -> list[events_pb2.InterpreterLegWanted]:
        """The telephones that were to be put on the line."""
        return [one for one in self.told if isinstance(one, events_pb2.InterpreterLegWanted)]

    def hung_up(self) -> list[int]:
        """The attempts whose telephone was to be hung up."""
        return [one.attempt_number for one in self.told if isinstance(one, events_pb2.InterpreterLegUnwanted)]

    def moves(self) -> list[str]:
        """Where other services were told that it stands."""
        told = [one.state for one in self.told if isinstance(one, events_pb2.SessionMoved)]
        return [pb.SessionState.Name(state).removeprefix("SESSION_STATE_").lower() for state in told]

    def trail(self, session_id: str | None = None) -> list[tuple[str, str, int]]:
        """What is on the audit trail: by whom, what, how often."""
        session_id = self.session_id if session_id is None else session_id
        return [(row.actor, row.action, row.times) for row in self.database.read(audit.trail, session_id)]


def number(of: str = TELEPHONE) -> Address:
    """A telephone as a partner names it."""
    return Address(AddressKind.PHONE, of)


def update() -> str:
    """An id of a report of its own."""
    return uuid4().hex
