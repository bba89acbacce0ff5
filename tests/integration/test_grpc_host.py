"""The gRPC host with a real client on a real socket: who is let in, and what they hear when it goes wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from hub120.intake.v1 import intake_service_pb2 as pb
from hub120.routing.v1 import routing_service_pb2, routing_service_pb2_grpc

from chassis import auth, event_loop, grpc_host
from tests.integration.grpc_calls import code_of, details, on, refused
from tests.integration.grpc_service import DESCRIPTOR, SECRET, Intake, Served


class TestWhoIsLetIn:
    def test_an_agent_reads_a_case_and_the_use_case_knows_who_and_why(self, tmp_path: Path) -> None:
        intake = Intake()

        async def test(host: Served) -> None:
            await host.get("nothing", metadata=[("hub120-purpose", "welfare check")])
            await host.get("nothing", metadata=[("hub120-purpose-bin", "복지 상담".encode())])
            assert intake.callers == ["agent-7", "agent-7"]
            assert intake.purposes == ["welfare check", "복지 상담"]
            assert intake.remaining_s is not None
            assert 9 < intake.remaining_s < 11

        on(tmp_path, test, intake)

    @pytest.mark.parametrize(
        ("header", "reason"),
        [
            (None, "TOKEN_MISSING"),
            ("", "TOKEN_MISSING"),
            ("Basic YTpi", "TOKEN_MISSING"),
            ("Bearer", "TOKEN_MISSING"),
            ("Bearer x.y.z", "TOKEN_INVALID"),
        ],
    )
    def test_without_a_usable_token_nobody_is_let_in(self, tmp_path: Path, header: str | None, reason: str) -> None:
        async def test(host: Served) -> None:
            metadata = [] if header is None else [("authorization", header)]
            told = await details(host.stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=metadata))
            assert told["code"] is grpc.StatusCode.UNAUTHENTICATED
            assert told["ErrorInfo"].reason == reason

        on(tmp_path, test)

    def test_an_expired_token_is_told_apart(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            metadata = [host.bearer(lifetime_s=-60)]
            told = await details(host.stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=metadata))
            assert (told["code"], told["ErrorInfo"].reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_EXPIRED")

        on(tmp_path, test)

    def test_a_token_is_not_believed_beyond_its_end_though_it_was_checked_before(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            lifetime_s = 1.0 - auth.LEEWAY_S  # the leeway is forgiven when it is checked, not while it is remembered
            metadata = [host.bearer(lifetime_s=lifetime_s)]
            await host.stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=metadata)
            code = grpc.StatusCode.OK
            async with asyncio.timeout(10):
                while code is grpc.StatusCode.OK:
                    code = await code_of(host.stub.GetCase(pb.GetCaseRequest(case_id="nothing"), metadata=metadata))
            assert code is grpc.StatusCode.UNAUTHENTICATED

        on(tmp_path, test)

    def test_every_method_refuses_callers_without_a_token_and_callers_without_a_role(self, tmp_path: Path) -> None:
        services: list[grpc_host.Service] = [
            (
                routing_service_pb2_grpc.add_RoutingServiceServicer_to_server,
                routing_service_pb2_grpc.RoutingServiceServicer(),
                routing_service_pb2.DESCRIPTOR.services_by_name["RoutingService"],
            )
        ]

        async def test(host: Served) -> None:
            server = await grpc_host.serve(services, "127.0.0.1:0", auth.LocalVerifier(tmp_path / "token.key"))
            async with grpc.aio.insecure_channel(f"127.0.0.1:{server.port}") as other:
                channels: list[tuple[Any, Any]] = [(host.channel, DESCRIPTOR), (other, services[0][2])]
                for channel, descriptor in channels:
                    for path, roles in auth.rules([descriptor]).items():
                        call = channel.stream_stream(path)
                        assert (await refused(call(timeout=10).read())).code() is grpc.StatusCode.UNAUTHENTICATED
                        wrong = sorted(set(auth.ROLES.values()) - roles)
                        error = await refused(call(metadata=[host.bearer(*wrong)], timeout=10).read())
                        assert error.code() is grpc.StatusCode.PERMISSION_DENIED, path
            await server.stop()

        on(tmp_path, test)

    def test_a_method_that_is_not_in_the_contract_is_not_served(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            call = host.channel.unary_unary("/hub120.intake.v1.IntakeService/DropEverything")
            assert (await refused(call(b""))).code() is grpc.StatusCode.UNIMPLEMENTED

        on(tmp_path, test)

    def test_a_request_that_is_refused_is_not_even_read(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            call = host.channel.unary_unary("/hub120.intake.v1.IntakeService/GetCase")
            assert (await refused(call(b"\xff" * 1000))).code() is grpc.StatusCode.UNAUTHENTICATED

        on(tmp_path, test)

    def test_a_service_without_rules_does_not_start(self, tmp_path: Path) -> None:
        descriptor = health_pb2.DESCRIPTOR.services_by_name["Health"]
        service: grpc_host.Service = (
            health_pb2_grpc.add_HealthServicer_to_server,
            health_pb2_grpc.HealthServicer(),
            descriptor,
        )
        with pytest.raises(auth.MissingRule, match=r"grpc\.health\.v1\.Health\.Check"):
            event_loop.run(grpc_host.serve([service], "127.0.0.1:0", auth.LocalVerifier(tmp_path / "token.key")))


class TestWhatTheyHear:
    @pytest.mark.parametrize(
        ("doing", "code", "reason"),
        [
            ("not found", grpc.StatusCode.NOT_FOUND, "NOT_FOUND"),
            ("closed", grpc.StatusCode.FAILED_PRECONDITION, "CASE_CLOSED"),
            ("conflict", grpc.StatusCode.ABORTED, "CONFLICT"),
            ("not yours", grpc.StatusCode.PERMISSION_DENIED, "PERMISSION_DENIED"),
            ("too many", grpc.StatusCode.RESOURCE_EXHAUSTED, "RESOURCE_EXHAUSTED"),
            ("away", grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE"),
            ("bus away", grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE"),
            ("database away", grpc.StatusCode.UNAVAILABLE, "UNAVAILABLE"),
            ("broken", grpc.StatusCode.INTERNAL, "INTERNAL"),
            ("exit", grpc.StatusCode.INTERNAL, "INTERNAL"),
        ],
    )
    def test_each_error_has_its_code_and_reason(
        self, tmp_path: Path, doing: str, code: grpc.StatusCode, reason: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        async def test(host: Served) -> None:
            told = await details(host.get(doing))
            assert (told["code"], told["ErrorInfo"].reason, told["ErrorInfo"].domain) == (code, reason, "hub120")
            assert len(told["RequestInfo"].request_id) == 32
            assert SECRET not in str(told)
            await host.get("nothing")

        on(tmp_path, test)
        assert SECRET not in capsys.readouterr().err

    def test_wrong_fields_are_named(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            told = await details(host.get("x" * 300))
            assert told["code"] is grpc.StatusCode.INVALID_ARGUMENT
            violation = told["BadRequest"].field_violations[0]
            assert (violation.field, violation.description) == ("case_id", "has 1 to 200 characters")

        on(tmp_path, test)

    def test_details_say_when_to_come_again_and_what_is_in_the_way(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            assert (await details(host.get("too many")))["RetryInfo"].retry_delay.seconds == 90
            assert (await details(host.get("database away")))["RetryInfo"].retry_delay.seconds == 1
            violation = (await details(host.get("closed")))["PreconditionFailure"].violations[0]
            assert (violation.type, violation.description) == ("CASE_CLOSED", "the case is closed")

        on(tmp_path, test)

    def test_what_may_be_a_number_of_somebody_is_not_repeated(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            assert (await details(host.get("not found")))["message"] == "there is no case with id 26-0KX3M-7QHMZ"
            assert (await details(host.get("not found by number")))["message"] == "there is no case with that id"

        on(tmp_path, test)

    def test_a_method_nobody_wrote_yet_says_so(self, tmp_path: Path) -> None:
        async def test(host: Served) -> None:
            call = host.stub.GetCitizen(pb.GetCitizenRequest(), metadata=[host.bearer()])
            assert (await refused(call)).code() is grpc.StatusCode.UNIMPLEMENTED

        on(tmp_path, test)

    @pytest.mark.parametrize("purpose", ["x" * 201, "a\tb"])
    def test_a_purpose_is_one_short_line(self, tmp_path: Path, purpose: str) -> None:
        async def test(host: Served) -> None:
            told = await details(host.get("nothing", metadata=[("hub120-purpose-bin", purpose.encode())]))
            assert told["BadRequest"].field_violations[0].field == "hub120-purpose"

        on(tmp_path, test)
