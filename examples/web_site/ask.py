"""A municipality's web site in small: puts a citizen's question to the hub and waits for the answer.

``python ask.py "쓰레기를 언제 버리나요?"`` signs the message as the card of the ``web`` connector says, sends it, and
listens at ``HUB120_CONNECTOR_WEB_REPLY_URL`` for the reply.
"""

import json
import os
import sys
import urllib.request
import uuid
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

from hub120_sdk import standardwebhooks

SECRET = os.environ["HUB120_CONNECTOR_WEB_SIGNING_SECRET"]
HUB = f"http://{os.environ.get('HUB120_HTTP_ADDRESS', '127.0.0.1:8120')}/channels/web"
WAIT_S = 60


class Site(BaseHTTPRequestHandler):
    """Where the hub posts replies."""

    def do_POST(self) -> None:
        """Check the signature, show the words, say 200: the hub will not send this reply again."""
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        standardwebhooks.verify(SECRET, headers, body, datetime.now(UTC))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()
        print("answer:", json.loads(body)["text"])

    def log_message(self, *_: object) -> None:
        """Quiet."""


def ask(question: str) -> str:
    """Send a citizen's message; returns the number of the case it is kept in."""
    message_id = uuid.uuid4().hex
    body = json.dumps({"id": message_id, "from": {"id": uuid.uuid4().hex}, "text": question}).encode()
    headers = {"content-type": "application/json"} | standardwebhooks.sign(SECRET, message_id, datetime.now(UTC), body)
    with urllib.request.urlopen(urllib.request.Request(HUB, body, headers), timeout=10) as answer:
        number: str = json.load(answer)["case_number"]
    return number


address = urlsplit(os.environ["HUB120_CONNECTOR_WEB_REPLY_URL"])
site = HTTPServer((address.hostname or "127.0.0.1", address.port or 80), Site)
site.timeout = WAIT_S
print("case:", ask(sys.argv[1]), flush=True)
site.handle_request()
