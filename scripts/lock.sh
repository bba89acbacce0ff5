#!/usr/bin/env bash
# Pins every third-party package with its hashes, for each Python and system the project runs on; no index is named.
# scripts/lock.sh --upgrade takes newer versions; without it, what is pinned stays.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/index.sh

compile() {
    local output=$1; shift
    .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-package hub120-sdk --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" --extra build "$@" --output-file "$output"
}

compile requirements.txt "$@"
compile requirements-dev.txt --extra dev --constraint requirements.txt "$@"
