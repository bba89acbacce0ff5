#!/usr/bin/env bash
# The inner loop: units, rules, contracts on the embedded drivers, connectors. No server, no suite of processes.
# Four at once also on two cores: half of the time they wait for deadlines and for the disk.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # tests that are compiled once need not be by the next process, or the next run
# Left to the whole suite: what waits for providers that say nothing, what is tried with any body, and vendors' libraries and
# what generates requests, which take longer to load than all tests of their connector to run.
exec .venv/bin/python -m pytest -n 4 --dist loadfile -m "not servers and not slow" \
    -k "not works_in_a_crowd and not retries_when_the_provider_is_silent" \
    --ignore=tests/integration --ignore=tests/journeys --ignore=tests/browser \
    --ignore-glob='*library.py' --ignore-glob='*test_openapi.py' --ignore-glob='*test_any_body.py' \
    -p no:schemathesis "$@"
