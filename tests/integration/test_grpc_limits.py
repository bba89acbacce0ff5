"""The gRPC host with a real client on a real socket: how much, how long, how it leaves, and where it listens."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from hub120.intake.v1 import intake_service_pb2 as pb

from chassis import auth, event_loop, grpc_host
from tests.integration.grpc_calls import code_of, details, on, refused, until
from tests.integration.grpc_service import DESCRIPTOR, SECRET, Intake, Served

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


class TestLimits:
    def test_a_caller_who_calls_too_often_is_held_back_and_told_for_how_long(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            for _ in range(2):
                await host.get("nothing")
            told = await details(host.get("nothing"))
            assert told["code"] is grpc.StatusCode.RESOURCE_EXHAUSTED
            assert 0 < told["RetryInfo"].retry_delay.ToTimedelta().total_seconds() <= 5
            other = [host.bearer(subject="agent-8")]
            await host.stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=other)

        on(tmp_path, test, limits=grpc_host.Limits(caller_per_second=0.2))

    def test_a_call_without_a_deadline_gets_the_servers(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            call = host.stub.AddNote(pb.AddNoteRequest(), metadata=[host.bearer()])
            assert (await refused(call)).code() is grpc.StatusCode.DEADLINE_EXCEEDED
            await host.get("nothing")

        on(tmp_path, test, limits=grpc_host.Limits(deadline_s=0.2))

    def test_a_call_with_a_deadline_keeps_its_own(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            call = host.stub.AddNote(pb.AddNoteRequest(), metadata=[host.bearer()], timeout=20)
            later = host.stub.AddNote(pb.AddNoteRequest(), metadata=[host.bearer()])
            assert await code_of(later) is grpc.StatusCode.DEADLINE_EXCEEDED
            assert not call.done()
            intake.held.set()
            await call

        on(tmp_path, test, intake, limits=grpc_host.Limits(deadline_s=0.1))

    def test_beyond_the_limit_calls_are_told_to_come_again_and_health_still_answers(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            waiting = [host.stub.AddNote(pb.AddNoteRequest(), metadata=[host.bearer()], timeout=20) for _ in range(5)]
            await until(lambda: intake.entered == 5)
            told = await details(host.get("nothing"))
            assert told["code"] is grpc.StatusCode.RESOURCE_EXHAUSTED
            assert told["RetryInfo"].retry_delay.seconds == 1
            health = health_pb2_grpc.HealthStub(host.channel)
            assert (await health.Check(health_pb2.HealthCheckRequest(service="liveness"))).status == SERVING
            intake.held.set()
            await asyncio.gather(*waiting)
            await host.get("nothing")

        on(tmp_path, test, intake, limits=grpc_host.Limits(calls=5))

    def test_calls_given_up_make_room_again(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            waiting = [host.stub.AddNote(pb.AddNoteRequest(), metadata=[host.bearer()], timeout=20) for _ in range(2)]
            await until(lambda: intake.entered == 2)
            for call in waiting:
                call.cancel()
            code = grpc.StatusCode.RESOURCE_EXHAUSTED
            async with asyncio.timeout(10):
                while code is grpc.StatusCode.RESOURCE_EXHAUSTED:
                    code = await code_of(host.get("nothing"))
            assert code is grpc.StatusCode.OK

        on(tmp_path, test, intake, limits=grpc_host.Limits(calls=2))

    def test_a_message_beyond_four_megabytes_is_refused(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            error = await refused(host.get("x" * 5_000_000))
            assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED

        on(tmp_path, test)


class TestStreams:
    def test_a_stream_ends_when_its_token_does(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            metadata = [host.bearer(lifetime_s=1.5)]
            stream = host.stub.WatchCase(pb.WatchCaseRequest(case_id="a"), metadata=metadata)
            await stream.read()
            started = time.monotonic()
            assert (await refused(stream.read())).code() is grpc.StatusCode.UNAUTHENTICATED
            assert time.monotonic() - started < 5
            assert intake.ended == ["a"]

        on(tmp_path, test, intake)

    def test_a_stream_the_client_leaves_is_cleaned_up(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            stream = host.stub.WatchCase(pb.WatchCaseRequest(case_id="a"), metadata=[host.bearer()])
            await stream.read()
            stream.cancel()
            await until(lambda: intake.ended == ["a"])

        on(tmp_path, test, intake)

    def test_open_streams_hear_that_the_server_leaves(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            requests = [pb.WatchCaseRequest(case_id=str(number)) for number in range(20)]
            streams = [host.stub.WatchCase(request, metadata=[host.bearer()]) for request in requests]
            await asyncio.gather(*(stream.read() for stream in streams))
            started = time.monotonic()
            await host.server.stop()
            assert time.monotonic() - started < 5
            for stream in streams:
                error = await refused(stream.read())
                assert (error.code(), error.details()) == (
                    grpc.StatusCode.UNAVAILABLE,
                    "this server is leaving: go on at another",
                )
            assert len(intake.ended) == 20

        on(tmp_path, test, intake, grace_s=30.0)

    def test_beyond_the_limit_streams_are_refused(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            streams = [
                host.stub.WatchCase(pb.WatchCaseRequest(case_id=str(number)), metadata=[host.bearer()])
                for number in range(4)
            ]
            outcomes = await asyncio.gather(*(stream.read() for stream in streams), return_exceptions=True)
            refusals = [outcome for outcome in outcomes if isinstance(outcome, grpc.aio.AioRpcError)]
            assert [refusal.code() for refusal in refusals] == [grpc.StatusCode.RESOURCE_EXHAUSTED]

        on(tmp_path, test, limits=grpc_host.Limits(streams=3))


class TestHealth:
    def test_readiness_follows_what_is_needed_and_liveness_does_not(self, tmp_path: Path) -> None:
        needed = {"there": True}

        async def ready() -> bool:
            return needed["there"]

        async def test(host: Served) -> None:
            health = health_pb2_grpc.HealthStub(host.channel)

            async def status(name: str) -> int:
                return int((await health.Check(health_pb2.HealthCheckRequest(service=name))).status)

            names = ("", "readiness", DESCRIPTOR.full_name)
            assert [await status(name) for name in names] == [SERVING] * 3
            needed["there"] = False
            watch = health.Watch(health_pb2.HealthCheckRequest(service="readiness"))
            assert (await watch.read()).status == SERVING
            assert (await watch.read()).status == NOT_SERVING
            assert [await status(name) for name in names] == [NOT_SERVING] * 3
            assert await status("liveness") == SERVING
            needed["there"] = True
            assert (await watch.read()).status == SERVING
            assert (await refused(status("nothing of ours"))).code() is grpc.StatusCode.NOT_FOUND
            watch.cancel()

        on(tmp_path, test, ready=ready)

    def test_a_readiness_check_that_fails_means_not_ready(self, tmp_path: Path) -> None:
        async def ready() -> bool:
            raise OSError(SECRET)

        async def test(host: Served) -> None:
            health = health_pb2_grpc.HealthStub(host.channel)
            assert (await health.Check(health_pb2.HealthCheckRequest())).status == NOT_SERVING
            assert (await health.Check(health_pb2.HealthCheckRequest(service="liveness"))).status == SERVING

        on(tmp_path, test, ready=ready)

    def test_a_leaving_server_says_so_first_and_serves_on_for_a_while(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            watch = health_pb2_grpc.HealthStub(host.channel).Watch(health_pb2.HealthCheckRequest())
            assert (await watch.read()).status == SERVING
            leaving = asyncio.create_task(host.server.stop())
            assert (await watch.read()).status == NOT_SERVING
            await host.get("nothing")
            await leaving
            assert (await refused(host.get("nothing"))).code() is grpc.StatusCode.UNAVAILABLE

        on(tmp_path, test, drain_s=0.5)


class TestReflection:
    async def _services(self, host: Served, *metadata: tuple[str, str]) -> list[str]:
        stub = reflection_pb2_grpc.ServerReflectionStub(host.channel)
        call = stub.ServerReflectionInfo(metadata=metadata)
        await call.write(reflection_pb2.ServerReflectionRequest(list_services=""))
        answer = await call.read()
        await call.done_writing()
        return sorted(service.name for service in answer.list_services_response.service)

    def test_it_is_off_unless_asked_for(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            error = await refused(self._services(host, host.bearer("admin")))
            assert error.code() is grpc.StatusCode.UNIMPLEMENTED

        on(tmp_path, test)

    def test_it_is_for_administrators(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            assert "hub120.intake.v1.IntakeService" in await self._services(host, host.bearer("admin"))
            error = await refused(self._services(host, host.bearer("agent")))
            assert error.code() is grpc.StatusCode.PERMISSION_DENIED

        on(tmp_path, test, reflection=True)

    def test_it_can_be_open_to_everybody(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            assert "hub120.intake.v1.IntakeService" in await self._services(host)

        on(tmp_path, test, reflection_public=True)


class TestAddresses:
    @pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0", "10.1.2.3:0", "hub.example.kr:0"])
    def test_an_address_others_can_reach_needs_tls_or_a_word(self, tmp_path: Path, address: str) -> None:
        with pytest.raises(grpc_host.UnsafeAddress):
            event_loop.run(grpc_host.serve([], address, auth.LocalVerifier(tmp_path / "token.key")))

    def test_where_a_mesh_encrypts_it_may_be_said(self, tmp_path: Path) -> None:
        async def main() -> None:
            verifier = auth.LocalVerifier(tmp_path / "token.key")
            server = await grpc_host.serve([], "0.0.0.0:0", verifier, insecure=True, drain_s=0)
            await server.stop()

        event_loop.run(main())

    def test_an_address_that_is_taken_is_named(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            address = f"127.0.0.1:{host.server.port}"
            with pytest.raises(grpc_host.AddressInUse, match=address):
                await grpc_host.serve([], address, auth.LocalVerifier(tmp_path / "token.key"))

        on(tmp_path, test)
