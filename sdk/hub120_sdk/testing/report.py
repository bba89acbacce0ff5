"""Running the checks and saying what came of it: a line a check, and the grade that was earned, not claimed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hub120_sdk.testing.bench import Bench, Make, make_here
from hub120_sdk.testing.catalogue import CHECKS
from hub120_sdk.testing.grading import Check, Grade, NotClaimed


class Outcome(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    WAIVED = "waived"
    """The suite says with a reason why it cannot apply."""
    FAILED = "failed"
    ABSENT = "absent"
    """It is about something that this connector is not, or that its provider does not do; it does not count."""


@dataclass(frozen=True, slots=True)
class Result:
    """One check's end; ``detail`` says why it failed or was waived."""

    check: Check
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The end of every check that concerns the connector."""

    connector: str
    results: Sequence[Result]

    @property
    def grade(self) -> Grade:
        """The highest grade of which, and below which, nothing failed."""
        failed = [result.check.grade for result in self.results if result.outcome is Outcome.FAILED]
        tried = [result.check.grade for result in self.results]
        if not tried:
            return Grade.NONE
        return Grade(min(failed) - 1) if failed else max(tried)

    def table(self) -> str:
        """For people."""
        lines = [_line(result) for result in self.results]
        return "\n".join([*lines, f"{self.connector}: {self.grade.name.lower()}"])


def _nobody(done: int, of: int) -> None:
    """Nobody is told."""


def run(
    package: str,
    make: Make = make_here,
    checks: Sequence[Check] = CHECKS,
    told: Callable[[int, int], None] = _nobody,
) -> Report:
    """Run every check that concerns the connector of a package; ``told`` hears how many of how many are done."""
    with Bench(package, make) as bench:
        concerned = [one for one in checks if one.concerns(bench)]
        results: list[Result] = []
        for one in concerned:
            told(len(results), len(concerned))
            results.append(run_one(bench, one))
        told(len(results), len(concerned))
        return Report(bench.manifest.id, results)


def run_one(bench: Bench, check: Check) -> Result:
    """Run one check; whatever it raises is its failure."""
    if not check.concerns(bench):
        return Result(check, Outcome.ABSENT)
    reason = bench.suite.waived.get(check.name)
    if reason and check.waivable:
        return Result(check, Outcome.WAIVED, reason)
    try:
        check.run(bench)
    except NotClaimed as claim:
        return Result(check, Outcome.PASSED, str(claim))
    except AssertionError as failure:
        return Result(check, Outcome.FAILED, str(failure))
    except Exception as error:  # noqa: BLE001 (whatever a connector raises is a finding)
        return Result(check, Outcome.FAILED, f"raised {type(error).__name__}: {error}")
    return Result(check, Outcome.PASSED)


def _line(result: Result) -> str:
    marks = {Outcome.PASSED: "ok", Outcome.WAIVED: "--", Outcome.FAILED: "XX", Outcome.ABSENT: "  "}
    said = f"{marks[result.outcome]}  {result.check.grade.name.lower():8} {result.check.name.replace('_', ' ')}"
    return f"{said}\n              {result.detail}" if result.detail else said
