#!/usr/bin/env bash
# Every measurement, or those named. Servers are found, started or installed first, so that a wait is seen and explained.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=.:sdk:protos/gen
.venv/bin/python -m tests.servers
exec .venv/bin/python -m bench "$@"
