"""``python -m hub120_sdk.testing PACKAGE``: run the conformance kit on an installed connector and print its grade."""

from __future__ import annotations

import sys

from hub120_sdk.testing.grading import Grade
from hub120_sdk.testing.report import run


def main(arguments: list[str]) -> int:
    """0 if at least bronze was earned, 1 if not, 2 for a wrong call."""
    if len(arguments) != 1:
        print("usage: python -m hub120_sdk.testing PACKAGE", file=sys.stderr)
        return 2
    report = run(arguments[0])
    print(report.table())
    return 0 if report.grade >= Grade.BRONZE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
