"""Written conversations as tests of use cases have them: a session that moves as it is told to, words in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from hub120.translation.v1 import events_pb2

from chassis.database import Database
from chassis.ids import new_id
from services.translation.domain.relaying import Refusal, Saying
from services.translation.use_cases import bringing, relaying, relaying_case, relaying_interpreter
from services.translation.use_cases.relaying import Speaker, Stored
from services.translation.use_cases.relaying_case import Load, Written
from services.translation.use_cases.relaying_interpreter import Asked, Brought, Noted
from tests.integration.databases import Clock
from tests.integration.routing_floor import rows

PARTNER, OTHER, MACHINE = "interpreter_http", "interpreter_other", "translator_papago"
KIM = Speaker("kim", supervisor=False)


@dataclass
class Talk:
    """One conversation of the agent Kim, in Arabic."""

    database: Database
    clock: Clock
    id: str = ""
    case_id: str = ""
    attempt: int = 0
    entry: int = field(default=0)
    """The last entry of the case."""

    def __post_init__(self) -> None:
        self.id, self.case_id = new_id(self.clock()), new_id(self.clock())
        self._execute(
            "INSERT INTO session (id, case_id, work_item_id, agent_id, language, medium, residence_status, state,"
            " providers, position, attempts, sequence, request_id, traceparent, requested_at) VALUES (:id, :case_id, '',"
            " 'kim', 'ar', 'text', '', 'requested', '[]', 0, 0, 0, :request_id, '', 0)",
            id=self.id, case_id=self.case_id, request_id=self.id.encode(),
        )  # fmt: skip
        self.database.run(relaying.follow, self.id)

    def _execute(self, statement: str, **values: Any) -> None:
        self.database.run(lambda tx: tx.execute(sa.text(statement), values))

    def connects(self, connector: str = PARTNER) -> None:
        """An interpreter is there, or a machine."""
        self.attempt += 1
        kind = "machine" if connector == MACHINE else "partner"
        self._execute(
            "INSERT INTO attempt (session_id, number, kind, connector, answer_s, interpreter, outcome, reason, chosen_at)"
            " VALUES (:id, :number, :kind, :connector, 30, '', 'accepted', '', 0)",
            id=self.id, number=self.attempt, kind=kind, connector=connector,
        )  # fmt: skip
        self._moves("connected")

    def leaves(self) -> None:
        """The interpreter goes, although the conversation goes on."""
        self._moves("offered")

    def ends(self) -> None:
        """The session is over."""
        self._execute("UPDATE session SET ended_at = :now WHERE id = :id", id=self.id, now=self.clock().timestamp())
        self._moves("ended")

    def _moves(self, state: str) -> None:
        self._execute(
            "UPDATE session SET state = :state, attempts = :attempt WHERE id = :id",
            id=self.id, state=state, attempt=self.attempt,
        )  # fmt: skip
        self.database.run(relaying.follow, self.id)

    def loads(self) -> list[Load]:
        """What an api takes to be carried."""
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
            self.database.run(relaying_case.rest, load, again=False)

    def says(self, text: str, request_id: str = "", *, confirmed: bool = False) -> Stored | Refusal:
        """The agent says something."""
        saying = Saying(request_id or new_id(self.clock()), text, confirmed)
        return self.database.run(relaying.say, self.id, KIM, saying)

    def tasks(self) -> list[events_pb2.TranslateMessage]:
        """What connectors are asked to translate, as it left."""
        found = rows(self.database, "SELECT body FROM outbox WHERE kind = 'task' ORDER BY seq")
        return [events_pb2.TranslateMessage.FromString(row["body"]) for row in found]

    def asked_of(self, connector: str = PARTNER) -> list[str]:
        """The messages that a connector is asked for, each as often as it is."""
        return [task.message_id for task in self.tasks() if task.connector == connector]

    def begin(self, message_id: str, connector: str = PARTNER) -> Asked | None:
        """A worker takes a message to a connector."""
        return self.database.run(relaying_interpreter.begin, message_id, connector)

    def bring(self, message_id: str, text: str, connector: str = PARTNER) -> Noted:
        """A translation comes."""
        brought = Brought(connector, self.id, message_id, text, "interpreter 7")
        return self.database.run(bringing.take_translation, brought)

    def translate(self, message_id: str, text: str, connector: str = PARTNER) -> None:
        """A worker takes a message to a connector, which translates it."""
        assert self.begin(message_id, connector) is not None
        assert self.bring(message_id, text, connector) == Noted(known=True)

    def deliver(self) -> list[str]:
        """An api carries what is due back to the case; what the citizen is sent."""
        sent = []
        while (found := self.database.run(relaying_case.next_delivery, self.id)) is not None:
            sent.append(found.text)
            self.database.run(relaying_case.delivered, self.id, found.message_id, f"reply-{len(sent)}")
        return sent

    def ids(self) -> list[str]:
        """The messages in their order."""
        query = f"SELECT id FROM relay_message WHERE session_id = '{self.id}' ORDER BY number"
        return [row["id"] for row in rows(self.database, query)]

    def told(self, after: int = 0) -> list[tuple[str, ...]]:
        """What a stream tells after a number: a session's state, or a message's number, state and words."""
        found = self.database.run(relaying.changes, self.id, after)
        assert [change.sequence for change in found] == list(range(after + 1, after + 1 + len(found)))
        return [
            (change.state,)
            if change.message is None
            else (str(change.message.row.number), change.state, change.message.original, change.message.row.reason)
            for change in found
        ]

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
