"""Translation's work behind the doors: partners are asked, what is due is done, sessions end with their case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from google.protobuf.message import Message
from hub120.intake.v1 import case_pb2
from hub120.intake.v1 import events_pb2 as intake
from hub120.routing.v1 import events_pb2 as routing
from hub120.translation.v1 import events_pb2

from chassis import inbox
from chassis.connectors.queues import queues_of
from chassis.database import Tx
from chassis.process import Process
from chassis.worker import TaskQueue, Work, every, on_event, on_task
from services.translation import SERVICE, heeding, partners, protos, translating
from services.translation.abilities import AbilitiesNow
from services.translation.domain.sessions import Line
from services.translation.store import attempts
from services.translation.use_cases import hearing, relaying_case, relaying_interpreter, sessions
from services.translation.use_cases.sessions import NewSession, Terms

_REPORTS_KEPT = timedelta(days=90)
_LINES = {
    case_pb2.CALL_STATE_UP: Line.UP,
    case_pb2.CALL_STATE_HELD: Line.UP,
    case_pb2.CALL_STATE_ENDED: Line.ENDED,
}


class Worker:
    """The nameko service."""

    name = "translation"
    batch = 50
    """Events in one transaction: their sessions' rows are held until its end."""

    def __init__(self, process: Process) -> None:
        self._centre = process.settings.centre_name
        self._terms = Terms(process.settings.extra_language, self._centre)
        self._abilities = AbilitiesNow(process.connectors, process.clock)

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """Two queues for each running connector that interprets: who is asked for never waits behind words."""
        return [
            TaskQueue(name, running.manifest.limits.parallel_sends)
            for running in process.connectors.ready()
            for name in queues_of(running.manifest, SERVICE.tasks)
        ]

    def heeds(self, tx: Tx, events: Sequence[Message]) -> list[bool]:
        """Most cases have no interpreter: what happens in them need not be gone through one by one."""
        return heeding.heeded(tx, events)

    @on_event(intake.CaseClosed)
    def case_closed(self, tx: Tx, event: intake.CaseClosed) -> None:
        """Nobody need interpret any more. Told twice, the session is over already."""
        sessions.end_with_case(tx, event.case_id)

    @on_event(intake.ContactReceived)
    def contact_received(self, tx: Tx, event: intake.ContactReceived) -> None:
        """A citizen wrote: where the case is interpreted in writing, their words are fetched. An entry that is known
        changes nothing."""
        relaying_case.told_of(tx, event.case_id, event.sequence, event.topic)

    @on_event(intake.CaseCorrected)
    def case_corrected(self, tx: Tx, event: intake.CaseCorrected) -> None:
        """An agent said what a case is about; told twice, it is still that."""
        relaying_case.corrected(tx, event.case_id, event.topic)

    @on_event(routing.WorkDone)
    def work_done(self, tx: Tx, event: routing.WorkDone) -> None:
        """The agent has finished, and with them whoever interpreted. Told twice, the session is over already."""
        sessions.end_with_work(tx, event.case_id, event.work_item_id)

    @on_event(routing.WorkAssigned)
    def work_assigned(self, tx: Tx, event: routing.WorkAssigned) -> None:
        """Work was transferred: whoever has it now has its interpreter too. One who need not speak the citizen's
        language gets an interpreter at once; the work item tells a second delivery that they did."""
        sessions.take_over(tx, event.case_id, event.work_item_id, event.agent_id)
        if event.interpreted_language:
            new = NewSession(
                case_id=event.case_id,
                language=event.interpreted_language.partition("-")[0].lower(),
                medium=protos.MEDIUM_OF[event.medium],
                request_id=event.work_item_id,
                work_item_id=event.work_item_id,
            )
            sessions.begin_with_work(tx, new, event.agent_id, self._terms, self._abilities.read())

    @on_event(routing.InterpreterLegChanged)
    def leg_changed(self, tx: Tx, event: routing.InterpreterLegChanged) -> None:
        """The telephone of an interpreter moved. News of an attempt that is over change nothing."""
        line = _LINES.get(event.state)
        hearing.hear_line(tx, event.session_id, event.attempt_number, line, event.reason.lower(), self._centre)

    @on_task(events_pb2.RequestInterpreter)
    def request_interpreter(self, work: Work, task: events_pb2.RequestInterpreter) -> None:
        """Ask a partner for somebody. The attempt tells a second delivery that it was asked, or is over."""
        partners.request(work, task, self._centre)

    @on_task(events_pb2.ReleaseInterpreter)
    def release_interpreter(self, work: Work, task: events_pb2.ReleaseInterpreter) -> None:
        """Let a partner's interpreter go. One who is gone stays so."""
        partners.release(work, task)

    @on_task(events_pb2.TranslateMessage)
    def translate_message(self, work: Work, task: events_pb2.TranslateMessage) -> None:
        """Have words translated. A second delivery finds them translated, or asks once more, which the connector knows
        by the message's id."""
        connectors = work.process.connectors
        translating.translate(work.database, connectors, task.session_id, task.message_id, task.connector)

    @every(seconds=0.5)
    def relay(self, work: Work) -> None:
        """Send again what got no translation, and give up what never will. What is done is not due again."""
        while work.database.run(relaying_interpreter.send_again):
            pass
        while work.database.run(relaying_interpreter.give_up):
            pass

    @every(seconds=0.5)
    def tend(self, work: Work) -> None:
        """Give up what took too long, and let those go who are not needed. What is done is not due again."""
        while work.database.run(hearing.tend, self._centre):
            pass
        while work.database.run(hearing.let_go):
            pass

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery can refer to any more."""
        now = work.process.clock()
        work.database.run(inbox.forget, now)
        work.database.run(attempts.forget_reports, (now - _REPORTS_KEPT).timestamp())
