"""Traces without an exporter, the W3C header, and what may not be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hub120.intake.v1 import events_pb2
from hub120.intake.v1 import intake_service_pb2 as intake
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.trace import StatusCode

from chassis import messages, telemetry
from chassis.bus.ports import Delivery
from chassis.handled import Ended, Handling
from chassis.telemetry import attributes, sending, spans
from chassis.telemetry.recording import Declared
from tests.measuring import measuring

NOW = datetime(2026, 5, 4, tzinfo=UTC)
CASE = "0199e0f2-7c00-7abc-8def-00000000000c"
STORED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Kept(SpanProcessor):
    """Keeps what would be exported."""

    def __init__(self) -> None:
        self.spans: list[ReadableSpan] = []

    def on_end(self, span: ReadableSpan) -> None:
        self.spans.append(span)

    def named(self, name: str) -> ReadableSpan:
        return next(span for span in self.spans if span.name == name)


def recording(*, strict: bool) -> Kept:
    kept = Kept()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(Declared(kept, strict=strict))
    spans.record_with(provider.get_tracer("test"))
    return kept


def handling(trace: str) -> Handling:
    """Routing handles that a case was closed."""
    body = events_pb2.CaseClosed(case_id=CASE)
    sent = messages.event(body, source="intake", subject=CASE, now=NOW, traceparent=trace)
    return Handling(Delivery(sent, 1, 1), body, "routing", "rabbitmq")


@pytest.fixture
def kept() -> Iterator[Kept]:
    yield recording(strict=False)
    spans.record_with(None)


class TestWithoutAnExporter:
    def test_outside_of_any_span_there_is_nothing_to_hand_on(self) -> None:
        assert (telemetry.traceparent(), telemetry.trace_id()) == ("", "")

    def test_ids_are_made_and_handed_on(self) -> None:
        with telemetry.span("outer"):
            outer = telemetry.traceparent()
            with telemetry.span("inner"):
                inner = telemetry.traceparent()
        assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", outer)
        assert outer[:36] == inner[:36]
        assert outer != inner
        assert telemetry.traceparent() == ""

    def test_a_stored_trace_goes_on(self) -> None:
        with telemetry.span("process", parent=STORED):
            assert telemetry.trace_id() == "0af7651916cd43dd8448eb211c80319c"
            assert telemetry.traceparent() != STORED

    def test_two_traces_have_nothing_in_common(self) -> None:
        found = set()
        for _ in range(1000):
            with telemetry.span("one"):
                found.add(telemetry.trace_id())
        assert len(found) == 1000


@pytest.mark.parametrize(
    "header",
    [
        "",
        "nonsense",
        STORED.upper(),
        STORED + " ",
        STORED[:-1],
        STORED.replace("00-", "ff-", 1),
        "00-" + "0" * 32 + "-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-" + "0" * 16 + "-01",
    ],
)
def test_what_is_no_traceparent_begins_a_trace_of_its_own(header: str) -> None:
    assert telemetry.parse(header) is None
    with telemetry.span("process", parent=header):
        assert telemetry.trace_id() not in {"", "0af7651916cd43dd8448eb211c80319c"}


class TestSpans:
    def test_an_error_marks_the_span_with_its_type_and_not_its_message(self, kept: Kept) -> None:
        with pytest.raises(ValueError, match="홍길동"), telemetry.span("work"):
            raise ValueError("홍길동 010-1234-5678")
        span = kept.named("work")
        assert span.status.status_code is StatusCode.ERROR
        assert dict(span.attributes or {}) == {"error.type": "builtins.ValueError"}
        assert "홍길동" not in span.to_json()
        assert not span.events

    def test_a_reply_goes_on_in_the_citizens_trace_and_either_leads_to_the_other(self, kept: Kept) -> None:
        with telemetry.span("reply call"):
            here = telemetry.traceparent()
            with telemetry.continue_from(STORED):
                assert telemetry.traceparent() == STORED
                with telemetry.span("store"), telemetry.span("inside"):
                    pass
                with telemetry.span("store again"):
                    pass
            assert telemetry.traceparent() == here
        call, store = kept.named("reply call"), kept.named("store")
        assert store.parent is not None
        assert f"{store.parent.trace_id:032x}-{store.parent.span_id:016x}" == STORED[3:-3]
        assert [link.context for link in store.links] == [call.get_span_context()]
        assert [link.context for link in kept.named("store again").links] == [call.get_span_context()]
        assert [f"{link.context.trace_id:032x}" for link in call.links] == [STORED[3:35]]
        assert not kept.named("inside").links

    def test_with_no_stored_trace_it_changes_nothing(self, kept: Kept) -> None:
        with telemetry.span("reply call"), telemetry.continue_from(""), telemetry.span("store"):
            pass
        assert kept.named("store").parent == kept.named("reply call").get_span_context()

    def test_links_lead_to_stored_traces(self, kept: Kept) -> None:
        with telemetry.span("batch", links=[STORED, "", "nonsense"]):
            pass
        assert [f"{link.context.trace_id:032x}" for link in kept.named("batch").links] == [STORED[3:35]]

    def test_what_a_span_is_about_it_names(self, kept: Kept) -> None:
        with telemetry.span("call", about=intake.GetCaseRequest(case_id=CASE)):
            pass
        assert dict(kept.named("call").attributes or {}) == {attributes.CASE_ID: CASE}

    def test_handling_a_message_names_what_the_message_does(self, kept: Kept) -> None:
        with handling(STORED):
            pass
        told = kept.named("process CaseClosed").attributes or {}
        assert (told[attributes.CASE_ID], told[attributes.SERVICE]) == (CASE, "routing")

    def test_a_trace_the_sender_does_not_sample_is_not_recorded_either(self) -> None:
        with telemetry.span("process", parent=STORED[:-1] + "0"):
            assert telemetry.traceparent().endswith("-00")


class TestWhatMayBeSaid:
    def test_undeclared_attributes_are_dropped(self, kept: Kept) -> None:
        said = {"user.name": "홍길동", attributes.CASE_ID: "26-0KX3M-7QHMZ"}
        with telemetry.span("work", attributes=said) as span:
            span.set_attribute("hub120.phone", "010-1234-5678")
        assert dict(kept.named("work").attributes or {}) == {attributes.CASE_ID: "26-0KX3M-7QHMZ"}

    def test_events_and_descriptions_are_dropped(self, kept: Kept) -> None:
        with telemetry.span("work") as span:
            span.record_exception(ValueError("홍길동"))
            span.set_status(StatusCode.ERROR, "홍길동")
        told = kept.named("work")
        assert (told.status.status_code, told.status.description) == (StatusCode.ERROR, None)
        assert "홍길동" not in told.to_json()

    def test_in_tests_they_may_raise(self) -> None:
        recording(strict=True)
        try:
            with (
                pytest.raises(telemetry.UndeclaredAttribute, match=r"'work' carries hub120\.phone"),
                telemetry.span("work", attributes={"hub120.phone": "010-1234-5678"}),
            ):
                pass
        finally:
            spans.record_with(None)

    def test_everything_of_our_own_is_explained(self) -> None:
        assert all(name.startswith("hub120.") and meaning.endswith(".") for name, meaning in attributes.OWN.items())
        assert not attributes.CONVENTIONS & attributes.OWN.keys()

    def test_no_metric_has_a_series_for_each_thing(self) -> None:
        assert not {name for name in attributes.COUNTABLE if name.endswith(".id")}


class TestExamples:
    """A measurement leads to the trace that it was taken for, and to no other."""

    @pytest.fixture(autouse=True)
    def _measured(self) -> Iterator[None]:
        with measuring():
            yield

    @pytest.mark.parametrize(
        ("trace", "leads_to"),
        [(STORED[:-2] + flags, [STORED[3:35]] if flags in {"01", "03"} else []) for flags in ("00", "01", "02", "03")],
    )
    def test_a_messages_trace_is_the_example_if_it_is_recorded(
        self, kept: Kept, trace: str, leads_to: list[str]
    ) -> None:
        with handling(trace) as handled:
            pass
        with telemetry.span("another"):
            handled.ended(Ended.DONE, NOW)
        assert examples() == {"messaging.process.duration": leads_to, "hub120.message.age": leads_to}


def examples() -> dict[str, list[str]]:
    """The traces that each metric leads to."""
    return {
        metric.name: [f"{one.trace_id:032x}" for point in metric.data.data_points for one in point.exemplars or ()]
        for metric in sending.summed()
    }
