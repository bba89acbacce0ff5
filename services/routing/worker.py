"""Routing's work behind the door: contacts become work, offers time out, what waits is matched, conferences go on."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from hub120.intake.v1 import case_pb2, events_pb2, legs_pb2
from hub120.outreach.v1 import events_pb2 as outreach
from hub120.referral.v1 import events_pb2 as referral
from hub120.translation.v1 import events_pb2 as translation
from hub120_sdk import districts

from chassis import inbox, telemetry
from chassis.database import Database, Tx
from chassis.process import Process
from chassis.worker import TaskQueue, Work, every, on_event
from services.routing import protos
from services.routing.domain.conference import LegState
from services.routing.domain.work import DEFAULT_LANGUAGE, NewWork, PriorityClass
from services.routing.gauges import Gauges
from services.routing.lines import asks_translation, lines_of
from services.routing.store import calls, desks, surges
from services.routing.store import merging as merges
from services.routing.terms import TermsNow
from services.routing.use_cases import (
    callbacks,
    calling_agencies,
    calling_interpreters,
    calling_out,
    departments,
    desk,
    floor,
    hearing,
    interpreting,
    matching,
    merging,
    returning,
    rota,
    surging,
    swaps,
    transferring,
    waiting,
)
from services.routing.use_cases.calling_out import Wanted
from services.routing.use_cases.conducting import WantedAgency, WantedInterpreter
from services.routing.use_cases.hearing import CallNews
from services.routing.use_cases.matching import Enqueued

_CHANGES_KEPT = timedelta(days=2)
_CALLS_KEPT = timedelta(days=1)
_BANNERS_KEPT = timedelta(days=60)
_LEG_STATES = {
    getattr(case_pb2, f"CALL_STATE_{state.name}"): state for state in LegState if state is not LegState.ORDERED
}
_CALLING = frozenset({legs_pb2.LEG_COMMAND_DIAL, legs_pb2.LEG_COMMAND_JOIN})
_MEDIA = {case_pb2.MEDIUM_TEXT: "text", case_pb2.MEDIUM_VOICE: "voice", case_pb2.MEDIUM_VIDEO: "video"}


class Worker:
    """The nameko service."""

    name = "routing"
    batch = 16
    """Events in one transaction: the rows of the agents who are asked are held until its end, and those agents'
    answers wait for them."""

    def __init__(self, process: Process) -> None:
        self._offer_s = float(process.settings.offer_seconds)
        self._wrap_up_s = float(process.settings.wrap_up_seconds)
        self._notice_s = float(process.settings.notice_seconds)
        self._surge_wait_s = float(process.settings.surge_wait_seconds)
        self._surge_hold_s = float(process.settings.surge_hold_seconds)
        self._interpret_after_s = float(process.settings.interpret_after_seconds)
        self._merge_s = float(process.settings.surge_merge_seconds)
        self._terms = TermsNow(process.settings)
        self._database: Database = process.database(self.name)
        self._gauges = Gauges(process.settings.goal_service_level)
        self._lines = lines_of(process.settings)

    @staticmethod
    def task_queues(process: Process) -> list[TaskQueue]:
        """None: routing asks nobody outside."""
        return []

    @on_event(events_pb2.ContactReceived)
    def contact_received(self, tx: Tx, event: events_pb2.ContactReceived) -> None:
        """A case needs a person. If it has open work, or is merged, the contact is counted there. A second delivery is
        not let through by the inbox."""
        work = NewWork(
            case_id=event.case_id,
            medium=_MEDIA.get(event.medium, "text"),
            language=event.language or DEFAULT_LANGUAGE,
            skills=(),
            channel=event.channel,
            queued_at=event.receive_time.ToMicroseconds() / 1e6,
            priority_class=protos.priority_class(event.priority_class),
            topic=event.topic,
            citizen_id=event.citizen_id,
            traceparent=telemetry.traceparent(),
            contact_sequence=event.sequence,
            opens_case=event.opens_case,
        )
        if event.opens_case:
            floor.note_return(tx, event.citizen_id, work.queued_at)
        terms = self._terms.read(tx)
        if not merging.take_in(tx, work, event.place_key.encode(), self._merge_s, terms):
            matching.enqueue(tx, work, terms, partial(self._enqueued, tx))

    @on_event(referral.CitizenCallWanted)
    def citizen_call_wanted(self, tx: Tx, event: referral.CitizenCallWanted) -> None:
        """A citizen is to be called. Told twice, the case has open work, or the inbox knows the event."""
        calling_out.call_citizen(tx, event.case_id, event.purpose, self._terms.read(tx), partial(self._enqueued, tx))

    @on_event(outreach.CallWanted)
    def call_wanted(self, tx: Tx, event: outreach.CallWanted) -> None:
        """Outreach wants somebody called. Told twice, the call has its work."""
        wanted = Wanted(
            request_id=event.request_id,
            case_id=event.case_id,
            citizen_id=event.citizen_id,
            purpose=event.purpose,
            language=event.language,
            preferred=tuple(event.preferred_agent_ids),
            priority_class=protos.priority_class(event.priority_class, PriorityClass.BULK),
        )
        calling_out.call_out(tx, wanted, self._terms.read(tx), partial(self._enqueued, tx))

    @on_event(outreach.CallUnwanted)
    def call_unwanted(self, tx: Tx, event: outreach.CallUnwanted) -> None:
        """Outreach wants a call no more. Told twice, nothing waits."""
        calling_out.call_unwanted(tx, event.request_id, event.case_id)
        tx.once_committed("look again", self._look_again)

    def _enqueued(self, tx: Tx, became: Enqueued) -> None:
        """After the commit: look for an agent once more, or show the agent who has the work that there is news."""
        if became.waits:
            tx.once_committed("look again", self._look_again)
        if became.news:
            news = partial(self._show_news, became.work_item_id)
            tx.once_committed(f"news in {became.work_item_id}", news)

    def _look_again(self) -> None:
        """An agent may have come free in a transaction that could not see this work yet."""
        self._database.run(matching.match_waiting, self._offer_s)

    def _show_news(self, work_item_id: str) -> None:
        """Only now: whoever changes a desk takes the agent first, and the batch has taken the work."""
        self._database.run(desk.show_news, work_item_id)

    @on_event(events_pb2.CaseClosed)
    def case_closed(self, tx: Tx, event: events_pb2.CaseClosed) -> None:
        """Nobody need take the case any more, what it led is settled, and its outcome counts. Who was asked is free."""
        matching.cancel_work(tx, event.case_id)
        tx.once_committed("look again", self._look_again)
        merging.case_closed(tx, event.case_id)
        floor.note_closed(tx, event.case_id)

    @on_event(outreach.SatisfactionGiven)
    def satisfaction_given(self, tx: Tx, event: outreach.SatisfactionGiven) -> None:
        """How satisfied a citizen is. Told twice it takes its own place."""
        floor.note_satisfaction(tx, event.case_id, event.score, event.give_time.ToMicroseconds() / 1e6)

    @on_event(referral.AnswerMarked)
    def answer_marked(self, tx: Tx, event: referral.AnswerMarked) -> None:
        """Whether an article was the answer in a case. Told twice, or an earlier one later, the last word stands."""
        marked_at = event.mark_time.ToMicroseconds() / 1e6
        floor.note_answered(tx, event.case_id, marked_at, answered=event.answered)

    @on_event(outreach.SurgeDeclared)
    def surge_declared(self, tx: Tx, event: outreach.SurgeDeclared) -> None:
        """The public was told something after which many call. Told twice, the surge goes on until the same time."""
        places = [districts.name(code) for code in event.area_codes if code != "KR"]
        surging.declare_for_notice(tx, event.notice_id, places, event.until_time.ToMicroseconds() / 1e6)

    @on_event(outreach.SurgeEnded)
    def surge_ended(self, tx: Tx, event: outreach.SurgeEnded) -> None:
        """That is over. Told twice, or after another began, it ends nothing."""
        surging.end_for_notice(tx, event.notice_id)

    @on_event(events_pb2.CaseCorrected)
    def case_corrected(self, tx: Tx, event: events_pb2.CaseCorrected) -> None:
        """An agent has set right what the case is about, or how much haste there is."""
        terms, priority_class = self._terms.read(tx), protos.priority_class(event.priority_class)
        merging.correct(tx, event.case_id, event.topic, priority_class, terms)
        matching.correct(tx, event.case_id, event.topic, priority_class, terms)

    @on_event(events_pb2.CallChanged)
    def call_changed(self, tx: Tx, event: events_pb2.CallChanged) -> None:
        """A leg moved. Only an allowed move changes anything. Where the citizen hung up, work ends or is wrapped up."""
        reason = case_pb2.CallEndReason.Name(event.end_reason).removeprefix("CALL_END_REASON_").lower()
        news = CallNews(
            call_id=event.call_id,
            leg_id=event.leg_id,
            case_id=event.case_id,
            channel=event.channel,
            state=_LEG_STATES[event.state],
            reason=reason if event.end_reason else "",
            occurred_at=event.occur_time.ToMicroseconds() / 1e6,
        )
        hung_up = news.state is LegState.ENDED and event.contact_id
        if hung_up and desk.call_ended(tx, event.case_id, self._offer_s):
            tx.once_committed("look again", self._look_again)
        hearing.hear_call(tx, news, self._lines)
        if news.case_id and news.state is not LegState.ENDED:
            tx.once_committed(f"call of {news.case_id}", partial(self._find_call, news.case_id))

    def _find_call(self, case_id: str) -> None:
        """A conference may have begun, or an agent taken the work, in a transaction that could not see the call yet."""
        self._database.run(hearing.find_call, case_id, self._lines)

    @on_event(legs_pb2.LegCommanded)
    def leg_commanded(self, tx: Tx, event: legs_pb2.LegCommanded) -> None:
        """What became of a command. A leg that has moved on since is left alone."""
        outcome = legs_pb2.LegOutcome.Name(event.outcome).removeprefix("LEG_OUTCOME_").lower()
        hearing.hear_command(tx, event.leg_id, outcome, self._lines, calls=event.command in _CALLING)

    @on_event(legs_pb2.LegKeyPressed)
    def leg_key_pressed(self, tx: Tx, event: legs_pb2.LegKeyPressed) -> None:
        """Whoever was called takes over by a key. Pressed again, or told twice, the first counts."""
        pressed_at = event.press_time.ToMicroseconds() / 1e6
        hearing.hear_key(tx, event.leg_id, event.key, pressed_at, self._lines)

    @on_event(translation.InterpreterLegWanted)
    def interpreter_wanted(self, tx: Tx, event: translation.InterpreterLegWanted) -> None:
        """Translation wants an interpreter in a call. An attempt is called once."""
        wanted = WantedInterpreter(
            session_id=event.session_id,
            attempt_number=event.attempt_number,
            case_id=event.case_id,
            dial_to=event.dial_to,
            ring_s=event.ring_seconds,
            expires_at=event.expire_time.ToMicroseconds() / 1e6,
            announcement=event.announcement,
        )
        calling_interpreters.want(tx, wanted, self._lines)

    @on_event(translation.InterpreterLegUnwanted)
    def interpreter_unwanted(self, tx: Tx, event: translation.InterpreterLegUnwanted) -> None:
        """Translation needs an interpreter no more. Told twice, their telephone has ended already."""
        calling_interpreters.unwant(tx, event.session_id, event.attempt_number, self._lines)

    @on_event(referral.AgencyLegWanted)
    def agency_wanted(self, tx: Tx, event: referral.AgencyLegWanted) -> None:
        """Referral wants an agency in an agent's talk. A call is made once."""
        wanted = WantedAgency(
            call_id=event.call_id,
            case_id=event.case_id,
            agent_id=event.agent_id,
            dial_to=event.dial_to,
            ring_s=event.ring_seconds,
            expires_at=event.expire_time.ToMicroseconds() / 1e6,
            announcement=event.announcement,
        )
        calling_agencies.want(tx, wanted, self._lines)

    @on_event(referral.AgencyLegUnwanted)
    def agency_unwanted(self, tx: Tx, event: referral.AgencyLegUnwanted) -> None:
        """Referral wants an agency in a call no more. Told twice, their telephone has ended already."""
        calling_agencies.unwant(tx, event.call_id, self._lines)

    @on_event(referral.AgencyTakesOver)
    def agency_takes_over(self, tx: Tx, event: referral.AgencyTakesOver) -> None:
        """An agency takes over. Told twice, the first counts."""
        calling_agencies.takes_over(tx, event.call_id, event.agent_id, self._lines)

    @on_event(events_pb2.HandoverChanged)
    def handover_changed(self, tx: Tx, event: events_pb2.HandoverChanged) -> None:
        """A department moved on with a packet, or has got a transferred case, or not. The inbox lets no second delivery
        through."""
        state = case_pb2.HandoverState.Name(event.state).removeprefix("HANDOVER_STATE_").lower()
        departments.handover_changed(tx, event.handover_id, state, self._terms.read(tx))
        if event.conference_id:
            hearing.hear_department(tx, event.conference_id, event.department, state, self._lines)

    @every(seconds=0.5)
    def conduct(self, work: Work) -> None:
        """Do what is due in conferences: who did not answer, whom to call next. What is done moves its time on."""
        while work.database.run(hearing.tend, self._lines):
            pass

    @every(seconds=0.5)
    def return_unreached(self, work: Work) -> None:
        """Give work back whose agent did not answer their telephone."""
        while work.database.run(returning.return_unreached, self._offer_s):
            pass

    @every(seconds=0.5)
    def time_out(self, work: Work) -> None:
        """End offers nobody answered."""
        while work.database.run(matching.time_out_offers, self._offer_s):
            pass

    @every(seconds=1)
    def ask_receivers(self, work: Work) -> None:
        """Ask agents about transfers that wait for them, or give those up."""
        while work.database.run(transferring.ask_waiting, self._offer_s):
            pass

    @every(seconds=0.5)
    def relax(self, work: Work) -> None:
        """Go on to the next step of work that has waited for its time."""
        while work.database.run(matching.relax_waiting, self._offer_s):
            pass

    @every(seconds=1)
    def find_uncovered(self, work: Work) -> None:
        """Have translation asked about work whose language nobody at work speaks."""
        if asks_translation(work.process):
            work.database.run(interpreting.find_uncovered, self._interpret_after_s)

    @every(seconds=1)
    def return_from_pauses(self, work: Work) -> None:
        """Agents whose pause is over take work again."""
        work.database.run(matching.return_from_pauses, self._offer_s)

    @every(seconds=1)
    def end_wrap_ups(self, work: Work) -> None:
        """Finish what was written up for longer than the centre allows."""
        if self._wrap_up_s:
            work.database.run(self._end_wrap_ups)

    def _end_wrap_ups(self, tx: Tx) -> None:
        desk.end_wrap_ups(tx, self._wrap_up_s, self._terms.read(tx))

    @every(seconds=1)
    def match(self, work: Work) -> None:
        """Match what waits: the sweep behind the matching in each transaction."""
        work.database.run(matching.match_waiting, self._offer_s)

    @every(seconds=5)
    def close_desks(self, work: Work) -> None:
        """Open and close what the rota keeps hours for; what waited for a desk is matched when it opens."""
        if work.database.run(rota.close_desks):
            work.database.run(matching.match_waiting, self._offer_s)

    @every(seconds=60)
    def expire_swaps(self, work: Work) -> None:
        """End swaps that nobody approved before a duty of theirs began."""
        work.database.run(swaps.expire_swaps)

    @every(seconds=15)
    def measure(self, work: Work) -> None:
        """Tell the metrics how the floor stands."""
        self._gauges.show(work.database.read(floor.read_floor, floor.clock_of(work.process.settings)))

    @on_event(events_pb2.CallbackAsked)
    def callback_asked(self, tx: Tx, event: events_pb2.CallbackAsked) -> None:
        """The citizen answered a notice by asking for a callback. A second delivery is not let through by the inbox."""
        callbacks.callback_asked(tx, event.work_item_id, event.channel, self._terms.read(tx).costs)

    @every(seconds=1)
    def release_held(self, work: Work) -> None:
        """Callbacks whose time has come look for an agent."""
        while work.database.run(callbacks.release_held, self._offer_s):
            pass

    @every(seconds=2)
    def tell_waiting(self, work: Work) -> None:
        """Tell citizens who wait where they stand. Whoever was looked at is not looked at again at once."""
        while self._notice_s and work.database.run(waiting.tell_waiting, self._notice_s) == waiting.AT_ONCE:
            pass

    @every(seconds=10)
    def watch_surge(self, work: Work) -> None:
        """Look whether the wait begins or ends a surge."""
        work.database.run(surging.watch, self._surge_wait_s, self._surge_hold_s)

    @every(seconds=3600)
    def forget(self, work: Work) -> None:
        """Drop what no delivery and no stream can refer to any more."""
        now = work.process.clock()
        work.database.run(inbox.forget, now)
        work.database.run(desks.forget_changes, (now - _CHANGES_KEPT).timestamp())
        work.database.run(calls.forget_calls, (now - _CALLS_KEPT).timestamp())
        work.database.run(merges.forget, (now - _CHANGES_KEPT).timestamp())
        work.database.run(surges.forget, (now - _BANNERS_KEPT).timestamp())
