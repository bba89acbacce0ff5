"""What a request must look like, said field by field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import routing_service_pb2 as routing

from chassis.errors import InvalidArgument
from chassis.grpc_host import Check

Rule = Callable[[Check], Check]
ID = "0192c5f0-7c4e-7000-8000-000000000001"


def faults(check: Check) -> list[tuple[str, str]]:
    """What a check found."""
    try:
        check.raise_if_any()
    except InvalidArgument as error:
        return list(error.violations)
    return []


@pytest.mark.parametrize(
    ("request_", "rule"),
    [
        (intake.GetCaseRequest(case_id="x"), lambda check: check.required("case_id")),
        (intake.ReplyToCaseRequest(text="x" * 10), lambda check: check.length("text", 1, 10)),
        (intake.ReplyToCaseRequest(text="가" * 10), lambda check: check.length("text", 1, 10)),
        (intake.ListCasesRequest(states=["CASE_STATE_OPEN"] * 2), lambda check: check.length("states", 0, 2)),
        (intake.ListCasesRequest(page_size=200), lambda check: check.range("page_size", 0, 200)),
        (intake.GetCaseRequest(case_id=ID), lambda check: check.uuid("case_id")),
        (intake.GetCaseRequest(), lambda check: check.uuid("case_id")),
        (intake.SetCaseStateRequest(state="CASE_STATE_OPEN"), lambda check: check.enum("state")),
        (routing.PutAgentRequest(agent={"id": "a"}), lambda check: check.required("agent", "agent.id")),
        (intake.GetCaseRequest(), lambda check: check.that(True, "case_id", "is wrong")),
    ],
)
def test_what_is_right_passes(request_: object, rule: Rule) -> None:
    assert faults(rule(Check(request_))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("request_", "rule", "fault"),
    [
        (intake.GetCaseRequest(), lambda check: check.required("case_id"), ("case_id", "is required")),
        (
            intake.ReplyToCaseRequest(text="x" * 11),
            lambda check: check.length("text", 1, 10),
            ("text", "has 1 to 10 characters"),
        ),
        (
            intake.ReplyToCaseRequest(text="a\x00b"),
            lambda check: check.length("text", 1, 10),
            ("text", "holds a NUL character"),
        ),
        (
            intake.ListCasesRequest(states=["CASE_STATE_OPEN"] * 3),
            lambda check: check.length("states", 0, 2),
            ("states", "has 0 to 2 items"),
        ),
        (
            intake.ListCasesRequest(page_size=-1),
            lambda check: check.range("page_size", 0, 200),
            ("page_size", "is between 0 and 200"),
        ),
        (intake.GetCaseRequest(case_id="../etc"), lambda check: check.uuid("case_id"), ("case_id", "is not an id")),
        (
            intake.GetCaseRequest(case_id=ID.replace("-", "")),
            lambda check: check.uuid("case_id"),
            ("case_id", "is not an id"),
        ),
        (
            intake.SetCaseStateRequest(),
            lambda check: check.enum("state"),
            ("state", "is none of the values there are"),
        ),
        (
            intake.SetCaseStateRequest(state=99),  # type: ignore[arg-type]
            lambda check: check.enum("state"),
            ("state", "is none of the values there are"),
        ),
        (routing.PutAgentRequest(), lambda check: check.required("agent"), ("agent", "is required")),
        (routing.PutAgentRequest(agent={}), lambda check: check.required("agent.id"), ("agent.id", "is required")),
        (intake.GetCaseRequest(), lambda check: check.that(False, "case_id", "is wrong"), ("case_id", "is wrong")),
    ],
)
def test_what_is_wrong_is_named(request_: object, rule: Rule, fault: tuple[str, str]) -> None:
    assert faults(rule(Check(request_))) == [fault]  # type: ignore[arg-type]


def test_everything_wrong_is_told_at_once_and_each_field_once() -> None:
    check = Check(intake.ReplyToCaseRequest())
    found = faults(check.required("case_id", "text").length("text", 1, 10).uuid("case_id"))
    assert found == [("case_id", "is required"), ("text", "is required")]


def test_what_was_sent_is_not_repeated() -> None:
    check = Check(intake.GetCaseRequest(case_id="010-1234-5678")).uuid("case_id").length("case_id", 1, 3)
    with pytest.raises(InvalidArgument) as raised:
        check.raise_if_any()
    assert "1234" not in str(raised.value)
