"""The conformance kit on this connector, in the form of each dealer."""

from collections.abc import Iterator

import pytest
from hub120_sdk.testing import CHECKS, Bench, Check, Outcome, run_one


@pytest.fixture(scope="module", params=["conformance", "conformance_happytalk"])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with Bench("plugins.kakao_consult", table=request.param) as bench:
        yield bench


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_kakao_consult(bench: Bench, check: Check) -> None:
    if check.concerns(bench):
        result = run_one(bench, check)
        assert result.outcome is not Outcome.FAILED, result.detail
