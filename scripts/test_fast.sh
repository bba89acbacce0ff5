#!/usr/bin/env bash
# The inner loop: units, rules, contracts on the embedded drivers, connectors. No server, no suite of processes.
# Four at once also on two cores: half of the time they wait for deadlines and for the disk.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # tests that are compiled once need not be by the next process, or the next run
# Vendors' libraries and what generates requests take longer to load than all tests of their connector to run.
exec .venv/bin/python -m pytest -n 4 --dist loadfile -m "not servers and not slow" \
    --ignore=tests/integration --ignore=tests/journeys --ignore=tests/browser \
    --ignore-glob='*library.py' --ignore-glob='*test_openapi.py' -p no:schemathesis "$@"
