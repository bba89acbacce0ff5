"""Calls from service to service over real connections: who calls and why, what comes of a service that is down or says
no, tokens and certificates that change meanwhile."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hub120.intake.v1 import words_service_pb2 as pb
from hub120.intake.v1 import words_service_pb2_grpc
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from chassis import auth, errors, event_loop, grpc_host, logs, process, telemetry
from chassis.auth import FileTokens, LocalIssuer, LocalTokens
from chassis.grpc_client import ClientTls, Line, Peer, Refused, peer
from chassis.service import Service
from chassis.settings import Settings, SettingsError
from chassis.telemetry import attributes as known
from chassis.telemetry import spans
from tests.certificates import self_signed
from tests.integration.grpc_calls import until
from tests.servers.machine import free_port


class Words(words_service_pb2_grpc.WordsServiceServicer):
    """Does what ``case_id`` says, and knows who asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.traces: list[str] = []
        self.held = asyncio.Event()

    async def ReadWords(self, request: pb.ReadWordsRequest, context: Any) -> pb.ReadWordsResponse:
        """Answer, wait for ever, or say no."""
        self.asked.append((grpc_host.caller().subject, grpc_host.purpose()))
        self.traces.append(telemetry.trace_id())
        if request.case_id == "closed":
            raise errors.PreconditionFailed("CASE_CLOSED", "the case is closed")
        if request.case_id == "away" and len(self.asked) < 2:
            raise errors.Unavailable("the database is away")
        if request.case_id == "held":
            await self.held.wait()
        return pb.ReadWordsResponse(sequence=7)


@asynccontextmanager
async def served(folder: Path, words: Words, port: int = 0, **options: Any) -> AsyncIterator[int]:
    logs.configure("info", "test")
    server = await grpc_host.serve(
        [grpc_host.implemented(pb, words_service_pb2_grpc, words)],
        f"127.0.0.1:{port}",
        auth.LocalVerifier(folder / "token.key"),
        drain_s=0.0,
        **options,
    )
    try:
        yield server.port
    finally:
        await server.stop()


def caller(folder: Path, port: int, tls: ClientTls | None = None) -> Peer:
    line = Line(f"127.0.0.1:{port}", tls)
    return Peer("intake", line, pb, LocalTokens(LocalIssuer(folder / "token.key"), "talks"))


async def read(other: Peer, case_id: str = "case", *, deadline_s: float = 10.0, repeatable: bool = True) -> Any:
    request = pb.ReadWordsRequest(case_id=case_id)
    return await other.call("ReadWords", request, deadline_s=deadline_s, repeatable=repeatable, purpose="to translate")


def test_the_other_knows_who_calls_why_and_in_which_trace(tmp_path: Path) -> None:
    async def main() -> None:
        words = Words()
        async with served(tmp_path, words) as port:
            other = caller(tmp_path, port)
            with telemetry.span("here"):
                assert (await read(other)).sequence == 7
                assert words.traces == [telemetry.trace_id()]
            assert words.asked == [("talks", "to translate")]
            await other.close()

    event_loop.run(main())


@pytest.fixture
def recorded() -> Iterator[InMemorySpanExporter]:
    """Every span of this process."""
    memory, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(memory))
    spans.record_with(provider.get_tracer("test"))
    yield memory
    spans.record_with(None)


def test_the_call_names_its_case_at_both_ends(tmp_path: Path, recorded: InMemorySpanExporter) -> None:
    case_id = "0199e0f2-7c00-7abc-8def-00000000000c"

    async def main() -> None:
        async with served(tmp_path, Words()) as port:
            other = caller(tmp_path, port)
            await read(other, case_id)
            await other.close()

    event_loop.run(main())
    calls = [span for span in recorded.get_finished_spans() if span.name.endswith("/ReadWords")]
    assert {(span.kind, (span.attributes or {}).get(known.CASE_ID)) for span in calls} == {
        (SpanKind.CLIENT, case_id),
        (SpanKind.SERVER, case_id),
    }


def test_a_refusal_says_the_others_reason_and_is_not_repeated(tmp_path: Path) -> None:
    async def main() -> None:
        words = Words()
        async with served(tmp_path, words) as port:
            other = caller(tmp_path, port)
            with pytest.raises(Refused) as refused:
                await read(other, "closed")
            assert (refused.value.reason, len(words.asked)) == ("CASE_CLOSED", 1)
            await other.close()

    event_loop.run(main())


@pytest.mark.parametrize("repeatable", [True, False])
def test_only_what_may_be_repeated_is_tried_again(tmp_path: Path, repeatable: bool) -> None:
    async def main() -> None:
        words = Words()
        async with served(tmp_path, words) as port:
            other = caller(tmp_path, port)
            if repeatable:
                assert (await read(other, "away")).sequence == 7
            else:
                with pytest.raises(errors.Unavailable):
                    await read(other, "away", repeatable=False)
            assert len(words.asked) == (2 if repeatable else 1)
            await other.close()

    event_loop.run(main())


def test_one_that_does_not_answer_in_time_is_said_to_be_away(tmp_path: Path) -> None:
    async def main() -> None:
        words = Words()
        async with served(tmp_path, words) as port:
            other = caller(tmp_path, port)
            with pytest.raises(errors.Unavailable, match="intake does not answer"):
                await read(other, "held", deadline_s=0.3)
            words.held.set()
            await other.close()

    event_loop.run(main())


def test_one_that_is_down_is_said_to_be_away_and_is_found_again_when_it_is_back(tmp_path: Path) -> None:
    async def main() -> None:
        port = free_port()
        other = caller(tmp_path, port)
        with pytest.raises(errors.Unavailable):
            await read(other, deadline_s=1.0)
        async with served(tmp_path, Words(), port):
            answers: list[Any] = []

            async def ask() -> None:
                while not answers:
                    try:
                        answers.append(await read(other))
                    except errors.Unavailable:
                        await asyncio.sleep(0.05)

            asking = asyncio.ensure_future(ask())
            await until(lambda: answers, 20)
            await asking
        await other.close()

    event_loop.run(main())


def test_a_token_in_a_file_is_read_again_when_it_changes(tmp_path: Path) -> None:
    async def main() -> None:
        issuer, file, words = LocalIssuer(tmp_path / "token.key"), tmp_path / "token", Words()
        file.write_text(issuer.issue("first", ["service"]) + "\n")
        async with served(tmp_path, words) as port:
            other = Peer("intake", Line(f"127.0.0.1:{port}"), pb, FileTokens(file))
            await read(other)
            beside = tmp_path / "token.new"
            beside.write_text(issuer.issue("second", ["service"]))
            os.replace(beside, file)
            await read(other)
            assert [subject for subject, _ in words.asked] == ["first", "second"]
            file.unlink()
            with pytest.raises(errors.Unavailable, match="HUB120_SERVICE_TOKEN_FILE"):
                await read(other)
            await other.close()

    event_loop.run(main())


def test_a_token_that_is_not_a_services_is_refused_and_told_as_away(tmp_path: Path) -> None:
    async def main() -> None:
        file = tmp_path / "token"
        file.write_text(LocalIssuer(tmp_path / "token.key").issue("kim", ["agent"]))
        async with served(tmp_path, Words()) as port:
            other = Peer("intake", Line(f"127.0.0.1:{port}"), pb, FileTokens(file))
            with pytest.raises(errors.Unavailable, match="PERMISSION_DENIED"):
                await read(other)
            await other.close()

    event_loop.run(main())


def test_over_tls_both_sides_show_certificates(tmp_path: Path) -> None:
    async def main() -> None:
        certificate, key = self_signed(tmp_path)
        tls = grpc_host.Tls(certificate, key, certificate)
        async with served(tmp_path, Words(), tls=tls) as port:
            other = caller(tmp_path, port, tls=ClientTls(certificate, certificate, key))
            assert (await read(other)).sequence == 7
            nobody = caller(tmp_path, port, tls=ClientTls(certificate))
            with pytest.raises(errors.Unavailable):
                await read(nobody, deadline_s=2.0)
            await other.close()
            await nobody.close()

    event_loop.run(main())


def reached(folder: Path, services: tuple[str, ...] = ("intake",), **given: Any) -> None:
    """Intake as translation reaches it in a process with these services and settings."""
    settings = Settings(data_dir=folder, **given)
    process.prepare(settings)
    opened = process.open_process(settings, [Service(name, f"services.{name}") for name in services])
    try:
        peer(opened, "translation", "intake", "HUB120_INTAKE_ADDRESS", pb)
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ({"intake_address": "intake:8121"}, "HUB120_INTAKE_ADDRESS"),
        ({"intake_address": "nowhere"}, "HUB120_INTAKE_ADDRESS"),
        ({"oidc_issuer": "https://id.example.org"}, "HUB120_SERVICE_TOKEN_FILE"),
        ({"service_token_file": "/nowhere/token"}, "HUB120_SERVICE_TOKEN_FILE"),
    ],
)
def test_what_cannot_be_called_is_refused_by_the_variables_name(
    tmp_path: Path, given: dict[str, Any], variable: str
) -> None:
    with pytest.raises(SettingsError, match=variable):
        reached(tmp_path, **given)


def test_where_a_mesh_encrypts_others_are_called_by_name(tmp_path: Path) -> None:
    reached(tmp_path, intake_address="dns:///intake:8121", insecure=True)


def test_a_service_in_another_process_needs_an_address(tmp_path: Path) -> None:
    reached(tmp_path, services=("intake", "translation"))
    with pytest.raises(SettingsError, match="HUB120_INTAKE_ADDRESS: set it"):
        reached(tmp_path, services=("translation",))
