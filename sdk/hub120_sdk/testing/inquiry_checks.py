"""Inquiries: whoever asks over a channel how cases stand is told what was found, and nothing that was not."""

from __future__ import annotations

from datetime import timedelta

from hub120_sdk.records import CaseStatus, Inquiry, Progress
from hub120_sdk.requests import Response
from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.grading import Grade, check, expect, must, said

_MANY = 1_000
_ANSWER_BYTES = 1_048_576


@check(Grade.BRONZE, capability="inquiries")
def tells_as_the_table_says(bench: Bench) -> None:
    """Every inquiry of the table is read as one, and answered with what was found; a second time the same."""
    must(bench.suite.tells, "the table has no inquiry")
    for row in bench.suite.tells:
        request = bench.signed(row.request)
        outcome = bench.parse(request)
        inquiry = [type(one) for one in outcome] if isinstance(outcome, list) else []
        must(inquiry == [Inquiry], f"{row.name}: expected one Inquiry, got {said(outcome)}")
        answer = expect(bench.inquiries.tell(request, row.found), Response, row.name)
        row.check(answer)
        must(bench.inquiries.tell(request, row.found) == answer, f"{row.name}: the second answer is another")


@check(Grade.BRONZE, capability="inquiries")
def tells_whatever_is_found(bench: Bench) -> None:
    """Nothing found is an answer, and so are a thousand cases with no more than they must have."""
    cases = [_case(bench, number) for number in range(_MANY)]
    for row in bench.suite.tells:
        for found in ([], cases[:1], cases):
            answer = expect(bench.inquiries.tell(bench.signed(row.request), found), Response, row.name)
            fits = 200 <= answer.status < 500 and len(answer.body) <= _ANSWER_BYTES
            must(fits, f"{row.name}, {len(found)} cases: {answer.status}, {len(answer.body)} bytes")


def _case(bench: Bench, number: int) -> CaseStatus:
    opened_at = bench.now - timedelta(minutes=number)
    progress = list(Progress)[number % len(Progress)]
    return CaseStatus(f"26-0KX3M-{number:05d}", progress, opened_at, opened_at, topic="길<&>\"'", place=None)


CHECKS = (
    tells_as_the_table_says,
    tells_whatever_is_found,
)
