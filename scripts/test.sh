#!/usr/bin/env bash
# Every test, on two processes, each file on one of them, so that its servers and suites start once; in their order, so
# that the many short files come last and neither process waits long for the other. Packages that are missing are
# installed first, so that the wait is seen and explained. A test that takes its process down would be begun again with the
# next one for ever: after two the run ends.
set -euo pipefail
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # tests that are compiled once need not be by the next process, or the next run
.venv/bin/python -m tests.servers
.venv/bin/python -m tests.servers browser || [ -z "${CI:-}" ] # without one its tests are skipped, with their reason
.venv/bin/python -m tests.node
exec .venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 2 "$@"
