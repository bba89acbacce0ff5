"""Written conversations as tests of use cases have them: a session that moves as it is told to, words in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hub120.translation.v1 import events_pb2
from hub120_sdk import SessionNoted

from chassis.database import Database, Tx
from chassis.ids import new_id
from services.translation.domain.coverage import Provider, ProviderKind
from services.translation.domain.relaying import Refusal, Saying
from services.translation.domain.sessions import Said
from services.translation.store import sessions
from services.translation.use_cases import bringing, hearing, moving, relaying, relaying_case, relaying_interpreter
from services.translation.use_cases import sessions as ending
from services.translation.use_cases.hearing import Report
from services.translation.use_cases.relaying import Speaker, Stored
from services.translation.use_cases.relaying_case import Delivery, Load, Written
from services.translation.use_cases.relaying_interpreter import Asked, Brought
from services.translation.use_cases.sessions import Actor
from tests.integration.databases import Clock
from tests.integration.routing_floor import rows

PARTNER, OTHER, MACHINE = "interpreter_http", "interpreter_other", "translator_papago"
CENTRE = "120"
KIM = Speaker("kim", supervisor=False)


_ORDER = {
    name: Provider(ProviderKind.MACHINE if name == MACHINE else ProviderKind.PARTNER, name)
    for name in (PARTNER, OTHER, MACHINE)
}


@dataclass
class Talk:
    """One conversation of the agent Kim, in Arabic, with who is asked in it one after another."""

    database: Database
    clock: Callable[[], datetime]
    order: tuple[str, ...] = (PARTNER, OTHER)
    case_id: str = ""
    entry: int = 0
    """The last entry of the case."""

    def __post_init__(self) -> None:
        self.id, self.case_id = new_id(self.clock()), self.case_id or new_id(self.clock())
        self.database.run(self._begin)

    def _begin(self, tx: Tx) -> None:
        row = sessions.add(
            tx, self.id, [_ORDER[name] for name in self.order], case_id=self.case_id, work_item_id="", agent_id="kim",
            language="ar", medium="text", residence_status="", request_id=self.id, traceparent="",
        )  # fmt: skip
        moving.keep(tx, moving.turn(tx, row, CENTRE))

    def connects(self) -> None:
        """Whoever is asked comes. A machine is there at once."""
        self._reports(Said.JOINED)

    def leaves(self) -> None:
        """The interpreter goes, although the conversation goes on: the next one is asked."""
        self._reports(Said.LEFT)

    def _reports(self, said: Said) -> None:
        row = self.database.read(sessions.session, self.id)
        assert row is not None
        connector = self.order[row.attempts - 1]
        report = Report(self.id, row.attempts, said, update_id=f"{self.id} {row.attempts} {said}")
        assert self.database.run(hearing.take_report, connector, report, CENTRE).known

    def state(self) -> str:
        """Where the session stands."""
        row = self.database.read(sessions.session, self.id)
        assert row is not None
        return str(row.state)

    def transferred(self, agent_id: str) -> None:
        """The work is another agent's now."""
        self.database.run(ending.take_over, self.case_id, "work-1", agent_id)

    def ends(self) -> None:
        """The session is over."""
        self.database.run(ending.end, self.id, Actor("kim"))

    def loads(self) -> list[Load]:
        """What an api takes to be carried."""
        return [load for load, _ in self._due()]

    def _due(self) -> list[tuple[Load, Delivery | None]]:
        return self.database.run(relaying_case.take_due, 10, [])

    def writes(self, *texts: str, topic: str = "") -> None:
        """The citizen writes, and an api carries it here."""
        words = []
        for text in texts:
            self.entry += 1
            now = self.clock().timestamp()
            words.append(Written(f"contact-{self.entry}", self.entry, text, now, ""))
            self.database.run(relaying_case.told_of, self.case_id, self.entry, topic)
        for load in self.loads():
            self.database.run(relaying_case.take_in, self.id, words, self.entry, topic)
            self.database.run(relaying_case.next_delivery, load)

    def says(self, text: str, request_id: str = "", *, confirmed: bool = False) -> Stored | Refusal:
        """The agent says something."""
        saying = Saying(request_id or new_id(self.clock()), text, confirmed)
        return self.database.run(relaying.say, self.id, KIM, saying)

    def tasks(self) -> list[events_pb2.TranslateMessage]:
        """What connectors are asked to translate, as it left."""
        query = "SELECT body FROM outbox WHERE kind = 'task' AND key LIKE 'connector.%.words' ORDER BY seq"
        found = rows(self.database, query)
        return [events_pb2.TranslateMessage.FromString(row["body"]) for row in found]

    def asked_of(self, connector: str = PARTNER) -> list[str]:
        """The messages that a connector is asked for, each as often as it is."""
        return [task.message_id for task in self.tasks() if task.connector == connector]

    def begin(self, message_id: str, connector: str = PARTNER) -> Asked | None:
        """A worker takes a message to a connector."""
        return self.database.run(relaying_interpreter.begin, self.id, message_id, connector)

    def bring(self, message_id: str, text: str, connector: str = PARTNER) -> SessionNoted:
        """A translation comes."""
        brought = Brought(connector, self.id, message_id, text, "interpreter 7")
        return self.database.run(bringing.take_translation, brought)

    def translate(self, message_id: str, text: str, connector: str = PARTNER) -> None:
        """A worker takes a message to a connector, which translates it."""
        assert self.begin(message_id, connector) is not None
        assert self.bring(message_id, text, connector) == SessionNoted(known=True)

    def deliver(self) -> list[str]:
        """An api carries what is due back to the case; what the citizen is sent."""
        sent: list[str] = []
        for load, first in self._due():
            found = self.database.run(relaying_case.next_delivery, load) if load.reads else first
            while found is not None:
                sent.append(found.text)
                found = self.database.run(relaying_case.delivered, load, found.message_id, f"reply-{len(sent)}")
        return sent

    def ids(self) -> list[str]:
        """The messages in their order."""
        query = f"SELECT id FROM relay_message WHERE session_id = '{self.id}' ORDER BY number"
        return [row["id"] for row in rows(self.database, query)]

    def told(self) -> list[tuple[int, str, str, str]]:
        """What streams tell of messages: number, state, words, and why one failed."""
        found = self.database.run(relaying.changes, self.id, 0, KIM)
        assert [change.sequence for change in found] == list(range(1, 1 + len(found)))
        return [
            (one.row.number, change.state, one.original, one.row.reason if change.state == "failed" else "")
            for change in found
            if (one := change.message) is not None
        ]

    def states(self) -> list[str]:
        """What streams tell of the session."""
        found = self.database.run(relaying.changes, self.id, 0, KIM)
        return [change.state for change in found if change.message is None]

    def due(self, name: str) -> list[Any]:
        """A column of its messages, in their order."""
        query = f"SELECT {name} AS found FROM relay_message WHERE session_id = '{self.id}' ORDER BY number"
        return [row["found"] for row in rows(self.database, query)]


def time_passes(database: Database, clock: Clock, seconds: float) -> None:
    """Time passes, and the worker's timer looks."""
    clock.pass_by(seconds)
    for look in (relaying_interpreter.send_again, relaying_interpreter.give_up):
        while database.run(look):
            pass
