"""Known weaknesses of the packages that are pinned: ``python scripts/audit.py`` asks an advisory service, by pip-audit.

It fails where a weakness is known. Where the service cannot be reached, or does not know a package, it says so and does
not fail: a check that needs the network is no reason not to work without one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
PATIENCE_S: Final = 120


def main() -> int:
    """Ask, tell, and give the exit code."""
    command = ["--requirement", "requirements.txt", "--disable-pip", "--require-hashes", "--format", "json"]
    program = Path(sys.executable).parent / "pip-audit"
    try:
        done = subprocess.run(  # noqa: S603 - our own tool, with arguments that stand above
            [program, *command, "--progress-spinner", "off"],
            cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False,
        )  # fmt: skip
        found, said = judged(done.stdout)
    except subprocess.TimeoutExpired:
        found, said = judged("")
    print("\n".join(f"audit: {line}" for line in said))
    return 1 if found else 0


def judged(report: str) -> tuple[bool, Sequence[str]]:
    """Whether a report of pip-audit names a weakness, and what to tell about it."""
    try:
        packages: Sequence[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return False, ["NOT DONE: the advisory service could not be reached; run it again where there is a network"]
    weak = [_weakness(one, known) for one in packages for known in one.get("vulns", ())]
    unknown = sum("skip_reason" in one for one in packages)
    told = [f"{len(packages) - unknown} of {len(packages)} packages were looked up, {len(weak)} weaknesses are known"]
    if unknown:
        told.append(f"NOT DONE for {unknown}: the advisory service does not answer for them")
    return bool(weak), [*weak, *told]


def _weakness(package: dict[str, Any], known: dict[str, Any]) -> str:
    mended = ", ".join(known["fix_versions"]) or "no version yet"
    return f"{package['name']} {package['version']}: {known['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
