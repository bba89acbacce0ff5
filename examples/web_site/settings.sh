# Sourced: lets the hub's web connector and examples/web_site/ask.py know each other. For trying out on one machine;
# a real secret is made with: echo "whsec_$(head -c 24 /dev/urandom | base64)"
export HUB120_CONNECTOR_WEB_REPLY_URL=${HUB120_CONNECTOR_WEB_REPLY_URL:-http://127.0.0.1:8130/replies}
export HUB120_CONNECTOR_WEB_SIGNING_SECRET=${HUB120_CONNECTOR_WEB_SIGNING_SECRET:-whsec_YSBzZWNyZXQgb2YgdHdlbnR5LWZvdXIgYnl0ZXM=}
