#!/usr/bin/env bash
# Generates protos/gen from protos/hub120: messages, stubs and type hints. The result is committed and never edited.
# scripts/protos.sh --check generates aside and fails when protos/gen differs.
set -euo pipefail
cd "$(dirname "$0")/.."

generate() {
    rm -rf "$1" && mkdir -p "$1"
    .venv/bin/python -m grpc_tools.protoc --proto_path=protos \
        --python_out="$1" --pyi_out="$1" --grpc_python_out="$1" \
        $(find protos/hub120 -name '*.proto' | sort)
    find "$1/hub120" -type d -exec touch {}/__init__.py \;
}

if [ "${1:-}" != "--check" ]; then generate protos/gen; exit; fi
aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
generate "$aside/gen"
diff --recursive --exclude=__pycache__ "$aside/gen" protos/gen || { echo "protos/gen is not up to date: make protos" >&2; exit 1; }
