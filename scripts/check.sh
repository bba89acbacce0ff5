#!/usr/bin/env bash
# What a machine can say about the code without running it. Every part runs, then the first failure decides.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
part() { echo "check: $1"; shift; "$@" || failed+=("$*"); }

part "style" .venv/bin/ruff check .
part "format" .venv/bin/ruff format --check .
part "types" .venv/bin/mypy
part "who may import whom" env PYTHONPATH=.:sdk:protos/gen .venv/bin/lint-imports --no-logo
part "weak code" .venv/bin/bandit --quiet --recursive --configfile pyproject.toml chassis services plugins sdk/hub120_sdk deploy docs scripts
part "known weaknesses of packages" .venv/bin/python scripts/audit.py
part "generated code is that of the protos" scripts/protos.sh --check

if [ ${#failed[@]} -gt 0 ]; then printf 'check: failed: %s\n' "${failed[@]}" >&2; exit 1; fi
echo "check: all good"
