#!/usr/bin/env bash
# Makes .venv what the lock files say, and does nothing when it already is.
# scripts/setup.sh run: what `hub120` needs. scripts/setup.sh dev: that, and what tests and checks need.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-dev}
case $kind in
    run) locks="requirements.txt" ;;
    dev) locks="requirements-dev.txt" ;;
    *) echo "setup: say 'run' or 'dev', not '$kind'" >&2; exit 2 ;;
esac

wanted=$(cat requirements.txt requirements-dev.txt pyproject.toml sdk/pyproject.toml | cksum)
installed() { [ -f ".venv/.set-up-$1" ] && [ "$(cat ".venv/.set-up-$1")" = "$wanted" ]; }
if installed dev || installed "$kind"; then exit 0; fi

python_in_range() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && python_in_range "$candidate"; then echo "$candidate"; return; fi
    done
    echo "setup: Python 3.11, 3.12 or 3.13 is needed; name one with PYTHON=/path/to/python3" >&2
    return 1
}

make_venv() {
    local python; python=$(find_python)
    echo "setup: making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv && .venv/bin/python -m pip --version >/dev/null && return
    rm -rf .venv
    echo "setup: $python has no venv module with pip (on Debian and Ubuntu: apt-get install python3-venv)" >&2
    return 1
}

# The pinned uv and its hashes are the lines of requirements-dev.txt from "uv==" to the first without a backslash.
get_uv() {
    [ -x .venv/bin/uv ] && return
    echo "setup: installing uv"
    local pinned=.venv/uv.txt
    awk '/^uv==/ {on = 1} on {print} on && !/\\$/ {exit}' requirements-dev.txt > "$pinned"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$pinned"
}

install() {
    if [ -x .venv/bin/uv ]; then
        .venv/bin/uv pip install --compile-bytecode --python .venv/bin/python "$@"
    else
        .venv/bin/python -m pip install --disable-pip-version-check "$@"
    fi
}

if ! python_in_range .venv/bin/python; then make_venv; fi
. scripts/index.sh
get_uv || echo "setup: uv could not be installed; going on with pip, which is slower" >&2
echo "setup: installing $locks"
install --require-hashes -r "$locks"
echo "setup: installing hub120 and hub120-sdk from this folder"
install --no-deps --no-build-isolation -e sdk -e .
echo "$wanted" > ".venv/.set-up-$kind"
