"""The conformance kit on this connector."""

from collections.abc import Iterator

import pytest
from hub120_sdk.testing import CHECKS, Bench, Check, Outcome, run_one


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with Bench("plugins.zendesk") as bench:
        yield bench


@pytest.mark.parametrize("check", CHECKS, ids=str)
def test_zendesk(bench: Bench, check: Check) -> None:
    result = run_one(bench, check)
    assert result.outcome is not Outcome.FAILED, result.detail
