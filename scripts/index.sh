# Sourced. uv reads none of pip's settings: where pip is told of a mirror or a certificate, uv is told the same.
pip_setting() { .venv/bin/python -m pip config get "global.$1" 2>/dev/null || true; }

mirror=${PIP_INDEX_URL:-$(pip_setting index-url)}
certificate=${PIP_CERT:-$(pip_setting cert)}
if [ -n "$mirror" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$mirror}"; fi
if [ -n "$certificate" ]; then export SSL_CERT_FILE="${SSL_CERT_FILE:-$certificate}"; fi
