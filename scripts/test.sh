#!/usr/bin/env bash
# Every test, on three processes also on two cores, for they wait a third of the time. Each file is on one of them, so that
# its servers and suites start once; in their order, so that the many short files come last and none waits long for
# another. Packages that are missing are installed first, so that the wait is seen and explained. A test that takes its
# process down would be begun again with the next one for ever: after two the run ends.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # tests that are compiled once need not be by the next process, or the next run
.venv/bin/python -m tests.servers
.venv/bin/python -m tests.servers browser || [ -z "${CI:-}" ] # without one its tests are skipped, with their reason
.venv/bin/python -m tests.servers prometheus || [ -z "${CI:-}" ] # likewise
.venv/bin/python -m tests.node
exec .venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart 2 "$@"
