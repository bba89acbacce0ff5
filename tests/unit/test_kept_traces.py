"""Spans in a file: what is kept, how it is found again, what goes first, and that none of it is in anybody's way."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.operations.v1 import trace_service_pb2 as pb
from opentelemetry.trace import SpanKind

from chassis import telemetry
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.operations.traces import TracesApi
from chassis.settings import Settings
from chassis.telemetry import attributes as known
from chassis.telemetry import keeping
from chassis.telemetry.kept import KeptTraces, Wanted
from chassis.telemetry.naming import named_in

CASE, OTHER, REPLY = (f"0192f7a0-0000-7000-8000-00000000000{number}" for number in range(3))


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    found = tmp_path / "new folder" / "traces.db"
    telemetry.configure("hub120", "api", None, keep=telemetry.Keep(found, 10_000))
    yield found
    telemetry.shutdown()


@pytest.fixture
def kept(file: Path) -> KeptTraces:
    return KeptTraces(file)


def failing() -> None:
    with pytest.raises(ValueError, match="number"), telemetry.span("broken", attributes={known.CASE_ID: OTHER}):
        raise ValueError("number 010-1234-5678")


class TestWhatIsKept:
    def test_a_trace_is_a_tree_in_which_each_step_stands_behind_what_led_to_it(self, kept: KeptTraces) -> None:
        with telemetry.span("webhook", SpanKind.SERVER, {known.SERVICE: "intake"}):
            trace_id, stored = telemetry.trace_id(), telemetry.traceparent()
            with telemetry.span("first"), telemetry.span("inside"):
                pass
            with telemetry.span("second"):
                pass
        with telemetry.span("process", SpanKind.CONSUMER, {known.SERVICE: "routing"}, parent=stored):
            pass
        telemetry.flush()
        found = kept.trace(trace_id)
        assert found is not None
        summary, spans = found
        told = [(span.depth, span.name, span.service, span.kind) for span in spans]
        assert told == [
            (0, "webhook", "intake", "SERVER"),
            (1, "first", "intake", "INTERNAL"),
            (2, "inside", "intake", "INTERNAL"),
            (1, "second", "intake", "INTERNAL"),
            (1, "process", "routing", "CONSUMER"),
        ]
        assert (summary.name, summary.spans, summary.failed) == ("webhook", 5, 0)

    def test_what_is_done_below_a_step_that_names_its_case_names_it_too(self, kept: KeptTraces) -> None:
        with telemetry.span("webhook"):
            with telemetry.span("before"):
                pass
            telemetry.concerns({known.CASE_ID: CASE})
            with telemetry.span("after"), telemetry.span("inside"):
                trace_id = telemetry.trace_id()
        telemetry.flush()
        found = kept.trace(trace_id)
        assert found is not None
        named = {span.name for span in found[1] if span.attributes.get(known.CASE_ID) == CASE}
        assert named == {"webhook", "after", "inside"}

    def test_what_is_not_declared_is_not_kept(self, file: Path) -> None:
        failing()
        with telemetry.span("work", attributes={"user.name": "홍길동"}):
            pass
        telemetry.shutdown()
        said = b"".join(path.read_bytes() for path in file.parent.iterdir())
        assert b"broken" in said
        assert not [word for word in ("홍길동", "user.name", "010-1234-5678") if word.encode() in said]

    def test_a_message_names_ids_of_ours_and_nothing_that_a_caller_made_up(self, file: Path) -> None:
        request = intake.ReplyToCaseRequest(case_id=CASE, text="안녕하세요")
        assert named_in(request) == {known.CASE_ID: CASE}
        assert named_in(intake.ReplyToCaseRequest(case_id="홍길동 010-1234-5678")) == {}
        assert named_in(iter([request])) == {}

    def test_who_looks_at_the_traces_of_a_case_is_none_of_them(self, file: Path) -> None:
        assert named_in(pb.ListTracesRequest(case_id=CASE)) == {}

    def test_of_what_is_done_unrecorded_nothing_is_kept_here_or_elsewhere(self, kept: KeptTraces) -> None:
        with telemetry.span("page"):
            with telemetry.unrecorded(), telemetry.span("look"):
                sent = telemetry.traceparent()
            with telemetry.span("elsewhere", parent=sent):
                pass
        telemetry.flush()
        (page,) = kept.find(Wanted(), 10)
        assert (page.name, page.spans, sent[-2:]) == ("page", 1, "00")

    def test_what_was_done_for_a_stored_trace_is_recorded_afterwards(self, kept: KeptTraces) -> None:
        now = datetime.now(UTC)
        with telemetry.span("work"):
            trace_id, stored = telemetry.trace_id(), telemetry.traceparent()
        telemetry.recorded("send", SpanKind.PRODUCER, {}, stored, now - timedelta(seconds=2), now)
        telemetry.recorded("nowhere", SpanKind.PRODUCER, {}, "", now, now)
        telemetry.flush()
        found = kept.trace(trace_id)
        assert found is not None
        (sent,) = [span for span in found[1] if span.name == "send"]
        assert (sent.depth, sent.ended_ns - sent.started_ns) == (1, 2_000_000_000)
        assert [one.name for one in kept.find(Wanted(), 10)] == ["work"]

    def test_a_trace_that_is_not_sampled_is_not_kept(self, kept: KeptTraces) -> None:
        with telemetry.span("work", parent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"):
            pass
        telemetry.flush()
        assert kept.trace("0af7651916cd43dd8448eb211c80319c") is None


class TestFindingThem:
    def test_by_what_they_name_by_failure_and_by_how_long_a_step_took(self, kept: KeptTraces) -> None:
        now = datetime.now(UTC)
        with telemetry.span("reply", attributes={known.CASE_ID: CASE, known.REPLY_ID: REPLY}):
            stored = telemetry.traceparent()
        failing()
        with telemetry.span("desk", attributes={known.STREAM: True}):
            desk = telemetry.traceparent()
        telemetry.recorded("slow", SpanKind.CLIENT, {}, stored, now - timedelta(seconds=3), now)
        telemetry.recorded("open", SpanKind.SERVER, {known.STREAM: True}, desk, now - timedelta(hours=3), now)
        telemetry.flush()

        def names(wanted: Wanted) -> list[str]:
            return [one.name for one in kept.find(wanted, 10)]

        assert names(Wanted((known.CASE_ID, CASE))) == names(Wanted((known.REPLY_ID, REPLY))) == ["reply"]
        assert names(Wanted((known.CASE_ID, REPLY))) == []
        assert names(Wanted(failed=True)) == ["broken"]
        assert names(Wanted(with_case=True)) == ["broken", "reply"]
        assert names(Wanted(longest_ns=2_000_000_000)) == ["reply"], "a stream stays open: that is not slow"
        assert kept.find(Wanted((known.CASE_ID, CASE)), 10)[0].case_ids == [CASE]

    def test_before_anything_was_kept_there_is_nothing(self, tmp_path: Path) -> None:
        none = KeptTraces(tmp_path / "none.db")
        assert (none.find(Wanted(), 10), none.trace("0" * 32)) == ([], None)


class TestTheFile:
    def test_traces_in_which_nothing_happened_for_longest_go_first_and_nothing_of_them_stays(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "traces.db"
        monkeypatch.setattr(keeping, "_LOOK_EVERY", 10)
        telemetry.configure("hub120", "api", None, keep=telemetry.Keep(file, 50))
        for number in range(300):
            with telemetry.span(f"number {number}", attributes={known.CASE_ID: CASE}):
                pass
            if number % 10 == 9:
                telemetry.flush()
        telemetry.shutdown()
        with closing(sqlite3.connect(file)) as db:
            (kept,) = db.execute("SELECT count(*) FROM span").fetchone()
            assert 40 <= kept <= 60
            for table in ("trace", "mention"):
                assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (kept,)
        assert KeptTraces(file).find(Wanted(), 1)[0].name == "number 299"

    def test_two_processes_write_to_one_file(self, file: Path) -> None:
        with closing(keeping.opened(file)) as other:
            with telemetry.span("work"):
                pass
            telemetry.flush()
            assert other.execute("SELECT name FROM span").fetchall() == [("work",)]

    @pytest.mark.parametrize("content", [b"this is no database, whoever wrote it" * 100, None])
    def test_a_file_that_cannot_be_used_costs_spans_and_nothing_else(
        self, tmp_path: Path, content: bytes | None
    ) -> None:
        file = tmp_path / "traces.db"
        file.mkdir() if content is None else file.write_bytes(content)
        telemetry.configure("hub120", "api", None, keep=telemetry.Keep(file, 100))
        for _ in range(3):
            with telemetry.span("work"):
                assert telemetry.trace_id()
            telemetry.flush()
        telemetry.shutdown()


class TestAsking:
    def test_where_nothing_is_kept_that_is_said(self) -> None:
        api = TracesApi(None)
        for call in (
            api.ListTraces(pb.ListTracesRequest(), None),
            api.GetTrace(pb.GetTraceRequest(trace_id="0" * 32), None),
        ):
            with pytest.raises(PreconditionFailed, match="HUB120_TRACES_FILE") as caught:
                asyncio.run(call)
            assert caught.value.reason == "TRACES_NOT_KEPT"

    def test_pages_follow_each_other(self, file: Path) -> None:
        for number in range(5):
            with telemetry.span(f"number {number}"):
                pass
        telemetry.flush()
        api, request, seen = TracesApi(file), pb.ListTracesRequest(page_size=2), []
        while True:
            page = asyncio.run(api.ListTraces(request, None))
            seen += [trace.name for trace in page.traces]
            if not page.next_page_token:
                break
            request.page_token = page.next_page_token
        assert seen == [f"number {number}" for number in (4, 3, 2, 1, 0)]

    def test_a_span_is_told_with_what_is_known_of_it(self, file: Path) -> None:
        with telemetry.span("outer"):
            link = telemetry.traceparent()
        with telemetry.span(
            "work", SpanKind.CLIENT, {known.CASE_ID: CASE, known.DRILL: True, known.COUNT: 3}, links=[link]
        ):
            trace_id = telemetry.trace_id()
        telemetry.flush()
        (span,) = asyncio.run(TracesApi(file).GetTrace(pb.GetTraceRequest(trace_id=trace_id), None)).spans
        assert dict(span.attributes) == {known.CASE_ID: CASE, known.DRILL: "true", known.COUNT: "3"}
        assert (span.kind, span.process_kind, span.service) == (pb.SPAN_KIND_CLIENT, "api", "hub120")
        assert [(one.trace_id, one.span_id) for one in span.links] == [(link[3:35], link[36:52])]

    def test_what_cannot_be_asked_is_refused(self, file: Path) -> None:
        api = TracesApi(file)
        for wrong in (
            pb.ListTracesRequest(case_id="kim"),
            pb.ListTracesRequest(case_id=CASE, reply_id=REPLY),
            pb.ListTracesRequest(page_size=101),
            pb.ListTracesRequest(page_token="x"),
        ):
            with pytest.raises(InvalidArgument):
                asyncio.run(api.ListTraces(wrong, None))
        with pytest.raises(InvalidArgument):
            asyncio.run(api.GetTrace(pb.GetTraceRequest(trace_id="7"), None))
        with pytest.raises(NotFound):
            asyncio.run(api.GetTrace(pb.GetTraceRequest(trace_id="0" * 32), None))


def test_the_embedded_mode_keeps_traces_by_itself_and_others_where_they_are_told_to(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).traces_path == tmp_path / "traces.db"
    assert Settings(data_dir=tmp_path, traces_kept=0).traces_path is None
    apart = Settings(database="postgresql+psycopg://", bus="amqp://")
    assert apart.traces_path is None
    assert apart.model_copy(update={"traces_file": tmp_path / "x.db"}).traces_path == tmp_path / "x.db"
