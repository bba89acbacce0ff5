"""Referral's numbers: counted by the database as somebody who reads every entry would count them. Both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from math import ceil
from pathlib import Path
from random import Random
from typing import Any

import hypothesis.strategies as st
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings

from chassis import calendars
from chassis.cli import main
from chassis.database import Database, Tx
from chassis.errors import HubError
from chassis.statements import Row, Sql
from services.referral.domain.figures import Counts, Figures, Hours, Slice, Step
from services.referral.domain.ladders import ZONE, working
from services.referral.domain.referrals import AT_AGENCY, REPORTABLE, DeclineReason, Outcome
from services.referral.store.figures import Wanted
from services.referral.store.referrals import NewReferral
from services.referral.tables import metadata
from services.referral.use_cases import figures, proposing
from tests.integration.databases import Clock, emptied, shared
from tests.integration.referral_desk import Desk, S

both, clock, database = shared("referral", metadata)

DAY_S = 86_400.0
_EVERY = Sql("SELECT * FROM referral ORDER BY id")
_ENTRIES = Sql("SELECT * FROM referral_entry WHERE referral_id = :id ORDER BY sequence")
_GOT_IT = AT_AGENCY | {S.COMPLETED}
_TAKEN = frozenset({S.ACCEPTED, S.IN_PROGRESS, S.COMPLETED})


class Days:
    """Agents, citizens and agencies who do what they like for some weeks."""

    def __init__(self, database: Database, clock: Clock, luck: Random) -> None:
        emptied(database, metadata)
        self._luck, self._clock, self.database = luck, clock, database
        self.began = clock.now.timestamp()
        self.desks = [
            Desk(database, clock, "email", second="sms"),
            Desk(database, clock, "telephone"),
            Desk(database, clock, "connector", connector="works"),
        ]
        for number in range(24):
            self._refer(luck.choice(self.desks), number)
            clock.pass_by(luck.choice([0.5, 3, 9, 26]) * 3600)
        for _ in range(6):
            clock.pass_by(luck.choice([5, 50]) * 3600)
            self.desks[0].look()

    def _refer(self, desk: Desk, number: int) -> None:
        more = {"agent_id": self._luck.choice(["kim", "lee"]), "kind": self._luck.choice(["welfare", "legal"])}
        desk.propose(f"r-{number}", **more)
        steps: list[Callable[[], Any]] = [
            desk.consent, desk.send, lambda: self._arrives(desk), lambda: self._reports(desk),
            lambda: self._reports(desk), lambda: desk.confirm(self._luck.choice(list(Outcome))),
            lambda: self._leaves_it(desk, number),
        ]  # fmt: skip
        for step in steps[: self._luck.randint(1, len(steps))]:
            try:
                step()
            except HubError:
                continue
            desk.pass_by(self._luck.choice([0, 0.2, 7, 30, 100]))

    def _leaves_it(self, desk: Desk, number: int) -> None:
        match self._luck.choice(["withdraw", "reroute", "wait"]):
            case "withdraw":
                desk.withdraw()
            case "reroute":
                self._reroute(desk, number)

    def _arrives(self, desk: Desk) -> None:
        for journey in desk.carry():
            desk.arrives(journey.dispatch_id)

    def _reports(self, desk: Desk) -> None:
        state = self._luck.choice(sorted(REPORTABLE))
        reason = self._luck.choice([DeclineReason.FULL, DeclineReason.OTHER]) if state is S.DECLINED else ""
        desk.reports(state, DeclineReason(reason), by="kim")

    def _reroute(self, desk: Desk, number: int) -> None:
        other = self._luck.choice(self.desks)
        new = NewReferral("", other.service_id, "", "", "", "lee", f"again-{number}", "", {})
        desk.run(proposing.reroute, desk.referral_id, new)

    def every(self, wanted: Wanted) -> list[tuple[Row, list[Row]]]:
        """Referrals that are wanted, each with its entries."""
        return [
            (row, self.database.read(_entries, row.id))
            for row in self.database.read(_referrals)
            if wanted.since <= row.proposed_at < wanted.until
            and all(not want or want == is_ for want, is_ in (
                (wanted.agency, row.organization_id), (wanted.kind, row.kind), (wanted.agent, row.agent_id)))
        ]  # fmt: skip


def _referrals(tx: Tx) -> list[Row]:
    return list(tx.execute(_EVERY, {}))


def _entries(tx: Tx, referral_id: str) -> list[Row]:
    return list(tx.execute(_ENTRIES, {"id": referral_id}))


def _carried_out(tx: Tx, statement: Sql) -> None:
    tx.execute(statement, {})


def recounted(found: Iterable[tuple[Row, Sequence[Row]]]) -> Figures:
    """What somebody counts who reads every entry."""
    counts: dict[str, int] = dict.fromkeys(asdict(Counts()), 0)
    declined = {reason: 0 for reason in DeclineReason if reason}
    took: dict[Step, list[tuple[float, float]]] = {step: [] for step in Step}
    for _, entries in found:
        first = {
            "consented": _first(entries, {S.CONSENTED}), "sent": _first(entries, _GOT_IT),
            "acknowledged": _first(entries, (_GOT_IT - {S.SENT}) | {S.DECLINED}),
            "accepted": _first(entries, _TAKEN), "completed": _first(entries, {S.COMPLETED}),
        }  # fmt: skip
        counts["proposed"] += 1
        for name, at in first.items():
            counts[name] += at is not None
        for step, name in ((Step.ACKNOWLEDGE, "acknowledged"), (Step.ACCEPT, "accepted"), (Step.COMPLETE, "completed")):
            if first["sent"] is not None and first[name] is not None:
                took[step].append((first["sent"], first[name]))
        _ends(entries, counts, declined, sent=first["sent"] is not None)
    spans = {step: _span(pairs) for step, pairs in took.items() if pairs}
    return Figures(Counts(**counts), declined, spans)


def _first(entries: Sequence[Row], states: Iterable[S]) -> Any:
    return next((one.happened_at for one in entries if one.state in set(states)), None)


def _ends(entries: Sequence[Row], counts: dict[str, int], declined: dict[DeclineReason, int], *, sent: bool) -> None:
    last = entries[-1].state
    counts["withdrawn"] += last == S.WITHDRAWN
    counts["rerouted"] += last == S.REROUTED
    counts["escalated"] += any(one.kind == "escalated" for one in entries)
    rung = any(one.kind == "rung" and one.state in AT_AGENCY for one in entries)
    counts["silent"] += rung or any(one.state == S.EXPIRED for one in entries)
    said = [one.reason for one in entries if one.kind == "answered" and one.reason in set(Outcome)]
    if said:
        counts[said[-1]] += 1
    elif last == S.UNREACHABLE:
        counts["unreachable"] += 1
    elif last == S.COMPLETED:
        counts["unanswered"] += 1
    elif sent and last in AT_AGENCY | {S.ESCALATED, S.CONSENTED}:
        counts["not_yet_asked"] += 1
    for one in entries:
        if one.kind == "reported" and one.state == S.DECLINED:
            declined[DeclineReason(one.reason)] += 1


def _span(pairs: Sequence[tuple[float, float]]) -> Any:
    return (len(pairs), _hours([_worked(*pair) for pair in pairs]), _hours([end - start for start, end in pairs]))


def _hours(seconds: Sequence[float]) -> Hours:
    ranked = sorted(one / 3600 for one in seconds)
    p50, p90 = (ranked[ceil(share * len(ranked)) - 1] for share in (0.5, 0.9))
    return Hours(p50, p90, sum(ranked) / len(ranked))


def _worked(start: float, end: float) -> float:
    """Working seconds, day by day."""
    found, at = 0.0, start
    while at < end:
        day = datetime.fromtimestamp(at, UTC).astimezone(ZONE).date()
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp() + DAY_S
        if day.weekday() < 5 and day not in calendars.of_year(day.year):
            found += min(midnight, end) - at
        at = midnight
    return found


def told(found: Figures) -> Any:
    """Figures so that they compare."""
    spans = {
        step: (span if isinstance(span, tuple) else (span.count, span.working, span.clock))
        for step, span in found.spans.items()
    }
    numbers = {
        (step, name, of): pytest.approx(getattr(hours, of), abs=1e-6)
        for step, (_, *both) in spans.items()
        for name, hours in zip(("working", "clock"), both, strict=True)
        for of in ("p50", "p90", "mean")
    }
    counts = {step: count for step, (count, *_) in spans.items()}
    return found.counts, {reason: n for reason, n in found.declined.items() if n}, counts, numbers


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6))
def test_figures_are_what_somebody_counts_who_reads_every_entry(database: Database, clock: Clock, seed: int) -> None:
    luck = Random(seed)
    days = Days(database, clock, luck)
    now = clock.now.timestamp()
    middle = days.began + (now - days.began) * luck.random()
    for wanted in (
        Wanted(days.began, now + 1),
        Wanted(days.began, middle, agent="lee"),
        Wanted(middle, now + 1, kind="legal", agency=days.desks[0].organization_id),
    ):
        every = days.every(wanted)
        for length in Slice:
            total, series = database.read(figures.read, wanted, length)
            assert told(total) == told(recounted(every))
            ends = [one.begins_at for one in series[1:]] + [wanted.until]
            for one, end in zip(series, ends, strict=True):
                part = [found for found in every if one.begins_at <= found[0].proposed_at < end]
                assert told(one.figures) == told(recounted(part))
        agencies = database.read(figures.by_agency, wanted, "", 10)
        assert [one.organization_id for one in agencies] == sorted({row.organization_id for row, _ in every})
        for agency in agencies:
            mine = [found for found in every if found[0].organization_id == agency.organization_id]
            assert told(agency.figures) == told(recounted(mine))


def test_what_older_referrals_are_counted_by_is_found_in_their_entries(database: Database, clock: Clock) -> None:
    days = Days(database, clock, Random(1))
    wanted = Wanted(days.began, clock.now.timestamp() + 1)
    known = database.read(figures.read, wanted, None)
    assert min(known[0].counts.silent, known[0].counts.escalated, sum(known[0].declined.values())) > 0
    older = "UPDATE referral SET silent_at = NULL, first_escalated_at = NULL, declined_for = ''"
    migration = import_module("services.referral.migrations.versions.0009_warm")
    for statement in (older, *migration.FROM_ENTRIES):
        database.run(_carried_out, Sql(statement))
    assert database.read(figures.read, wanted, None) == known


def test_working_hours_are_those_by_which_agencies_times_run(database: Database, clock: Clock) -> None:
    clock.now = datetime(2026, 5, 4, 9, tzinfo=UTC)
    desk = Desk(database, clock, "email")
    began = clock.now.timestamp()
    desk.sent()
    due = working(began, 30.0, calendars.of_year(2026))
    clock.pass_by(due - began)
    desk.reports(S.ACCEPTED)
    found, _ = database.read(figures.read, Wanted(began, due), None)
    span = found.spans[Step.ACCEPT]
    assert span.working.p50 == pytest.approx(30.0)
    assert span.clock.p90 == pytest.approx((due - began) / 3600)
    assert span.clock.p50 > 50, "Children's Day lies between"


def test_agencies_come_page_by_page_and_slices_begin_on_mondays_and_firsts(database: Database, clock: Clock) -> None:
    clock.now = datetime(2026, 5, 28, 3, tzinfo=UTC)  # a Thursday
    since = clock.now.timestamp()
    desks = [Desk(database, clock, "email") for _ in range(3)]
    for number, desk in enumerate(desks):
        desk.propose(f"r-{number}")
    wanted = Wanted(since, since + 8 * DAY_S)
    first = database.read(figures.by_agency, wanted, "", 2)
    rest = database.read(figures.by_agency, wanted, first[-1].organization_id, 2)
    assert [one.organization_id for one in (*first, *rest)] == sorted(one.organization_id for one in desks)
    assert {one.name for one in first} == {"수원시 복지정책과"}
    for length, firsts in ((Slice.WEEK, [28, 1]), (Slice.MONTH, [28, 1]), (Slice.DAY, [28, 29, 30, 31, 1, 2, 3, 4, 5])):
        _, series = database.read(figures.read, wanted, length)
        assert [datetime.fromtimestamp(one.begins_at, ZONE).day for one in series] == firsts
        assert sum(one.figures.counts.proposed for one in series) == 3


def test_the_command_shows_a_month_in_the_consoles_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB120_DATA_DIR", str(tmp_path))
    shown = CliRunner().invoke(main, ["referral", "figures", "--month", "2026-11"])
    assert shown.exit_code == 0, shown.output
    assert "무응답률" in shown.output
    english = CliRunner().invoke(main, ["referral", "figures", "--month", "2026-11", "--language", "en"])
    assert "Silence rate" in english.output
    printed = CliRunner().invoke(main, ["referral", "figures", "--month", "2026-11", "--json"])
    found = json.loads(printed.stdout)
    assert (len(found["series"]), found.get("agencies", [])) == (30, [])
    assert CliRunner().invoke(main, ["referral", "figures", "--month", "November"]).exit_code == 2


def test_a_period_begins_with_its_first_moment_and_ends_before_its_last(database: Database, clock: Clock) -> None:
    Desk(database, clock).propose()
    at = clock.now.timestamp()
    counted = [
        database.read(figures.read, Wanted(since, until), None)[0].counts.proposed
        for since, until in ((at, at + 1), (at - 1, at))
    ]
    assert counted == [1, 0]
