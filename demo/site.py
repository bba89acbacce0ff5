"""A municipality's web site, which signs what it sends and checks what it gets, by Standard Webhooks in both
directions.

Bad manners: some messages are delivered twice, some replies are answered with 500 after the site kept them. A delivery
that fails is repeated after 1, 2 and 4 seconds.
"""

from __future__ import annotations

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from demo import citizens, provider
from demo.citizens import Message
from demo.photos import photo
from demo.program import Program
from demo.provider import Answer, Asked

WEBHOOK_S = 10.0
PAUSES_S = (1.0, 2.0, 4.0)
READ_EVERY = 4
"""One reply in so many is reported as read."""
_NAMES = ("김민수", "이서연", "박지훈", "최수아", "Nguyễn Lan", "Wang Fang", "Somchai", "J. Miller")


class Site:
    """The site and the citizens who write on it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._webhook = f"{program.order.webhooks}/channels/web"
        self._signing = Webhook(program.order.secrets["web"])
        self._kept: set[str] = set()
        self._lock = threading.Lock()
        self._reporting = ThreadPoolExecutor(2, "reports")
        self.address = provider.serve(self.answer)

    def say(self, message: Message) -> None:
        """A citizen presses the button; the site delivers, patiently."""
        name = f"msg_{message.luck().getrandbits(128):032x}"
        body = json.dumps(self._body(name, message), ensure_ascii=False)
        self._program.report("sent", message.marker)
        for pause_s in (*PAUSES_S, None):
            answer = self._deliver(name, body)
            if answer.good or pause_s is None:
                break
            time.sleep(pause_s)
        if not answer.good:
            self._program.report("refused", message.marker, str(answer.status))
            return
        self._program.report("accepted", message.marker)
        self._read_waiting(answer.read())
        if message.bad_manners:
            self._program.report("manners", words="messages delivered twice")
            self._deliver(name, body)

    def _body(self, name: str, message: Message) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": name,
            "from": {"id": message.citizen[:16], "name": message.luck().choice(_NAMES)},
            "text": message.text,
            "language": message.language,
            "occurred_at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        if message.photo:
            self._program.report("photo", message.marker)
            url = f"{self.address}/photos/{message.marker[1:]}.jpg"
            found["attachments"] = [{"url": url, "media_type": "image/jpeg", "filename": "photo.jpg"}]
        return found

    def _deliver(self, name: str, body: str) -> Answer:
        """Once; the name stays the same over every attempt, the time does not."""
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._signing.sign(name, now, body),
        }
        return provider.post(self._webhook, body.encode(), headers, WEBHOOK_S)

    def _read_waiting(self, said: Any) -> None:
        """Replies that waited come with the answer to the citizen's next message."""
        for reply in said.get("replies", []):
            self._keep(reply)

    def answer(self, asked: Asked) -> Answer:
        """What the site answers: its own pictures to the hub alone, and replies."""
        try:
            self._signing.verify(asked.body, dict(asked.headers), json_parse=False)
        except WebhookVerificationError:
            return Answer(401)
        if asked.method == "GET" and asked.path.startswith("/photos/"):
            return Answer(200, photo(asked.path), {"content-type": "image/jpeg"})
        if asked.method == "POST" and asked.path == "/replies":
            return self._take(Answer(0, asked.body).read())
        return Answer(404)

    def _take(self, reply: Any) -> Answer:
        """Show a reply to the citizen; one that is known by its id is not shown again."""
        new = self._keep(reply)
        if new and random.Random(reply["text"]).randrange(citizens.BAD_MANNERS_EVERY) == 0:
            self._program.report("manners", words="replies kept and answered 500")
            return Answer(500)
        if new and random.Random(reply["id"]).randrange(READ_EVERY) == 0:
            self._reporting.submit(self._tell_read, reply["id"])
        return Answer.json(200, {"id": f"site-{reply['id']}"})

    def _keep(self, reply: Any) -> bool:
        with self._lock:
            if reply["id"] in self._kept:
                return False
            self._kept.add(reply["id"])
        for marker in citizens.markers(reply["text"]):
            self._program.report("reply", marker)
        return True

    def _tell_read(self, reply_id: str) -> None:
        body = json.dumps({"receipt": {"reply_id": reply_id, "state": "read"}})
        self._deliver(f"receipt_{reply_id}", body)


def main() -> None:
    """Run until the demonstration ends."""
    program = Program()
    order = program.order
    site = Site(program)
    program.report("ready", words=site.address)
    planned = citizens.plan(order.run, order.seed, order.contacts, order.rate)
    program.write((message for message in planned if message.channel == "web"), site.say)
    program.stay()


if __name__ == "__main__":
    main()
