"""The world outside a hub, for journeys: a web site, an SMS provider in Twilio's format, KakaoTalk.

Each keeps what it was asked and answers as told; signatures are made and checked by the providers' own libraries.
"""

from __future__ import annotations

import base64
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from standardwebhooks.webhooks import Webhook
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped] # has no hints

from demo.interpreters import Mood, Partner

WEB_SECRET = "whsec_" + base64.b64encode(b"a secret of twenty-four bytes").decode()
TWILIO_ACCOUNT, TWILIO_TOKEN = "AC" + "5f" * 16, "0123456789abcdef0123456789abcdef"
OUR_NUMBER = "+827047001200"
KAKAO_SECRET = "a-secret-in-a-header"


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What a provider answers: status 0 is none at all; ``held`` is waited for first, so that a test decides when."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    held: threading.Event | None = None

    @classmethod
    def json(cls, value: object, status: int = 200) -> Answer:
        """JSON."""
        return cls(status, json.dumps(value).encode())


class Provider:
    """An HTTP server on a port of its own. ``next_answers`` are given before the usual one, by method; ``files`` are
    there to be fetched, by path."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.files: dict[str, Answer] = {}
        self.next_answers: dict[str, deque[Answer]] = defaultdict(deque)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def take(self, asked: Asked) -> Answer:
        """Keep a request and answer it."""
        usual = self.files.get(asked.path, Answer(404)) if asked.method == "GET" else self.usual_answer(asked)
        self.asked.append(asked)
        planned = self.next_answers[asked.method]
        return planned.popleft() if planned else usual

    def usual_answer(self, asked: Asked) -> Answer:
        """What a provider in order answers to a POST. What it keeps is kept whatever it answers."""
        raise NotImplementedError

    def close(self) -> None:
        """Leave."""
        self._server.shutdown()
        self._server.server_close()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # the body would wait for the client to acknowledge the head

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = provider.take(Asked(self.command, self.path, headers, body))
            if answer.held is not None:
                answer.held.wait(60)
            if not answer.status:
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("content-type", answer.content_type)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST

        def handle(self) -> None:
            """A hub that was killed hangs up in the middle of an answer."""
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler


class Site(Provider):
    """The web site of a municipality: it shows every reply it is given, each id once."""

    def __init__(self) -> None:
        self.replies: list[dict[str, Any]] = []
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        """Check the signature and keep the reply."""
        Webhook(WEB_SECRET).verify(asked.body, dict(asked.headers))
        self.replies.append(json.loads(asked.body) | {"traceparent": asked.headers.get("traceparent", "")})
        return Answer.json({"id": f"site-{len(self.replies)}"})

    def texts(self) -> list[str]:
        """What citizens read, each reply once."""
        return list({reply["id"]: reply["text"] for reply in self.replies}.values())


@dataclass(frozen=True)
class TextMessage:
    """A text message on its way to a telephone."""

    sid: str
    to: str
    text: str
    callback: str
    sender: str


class SmsProvider(Provider):
    """The REST API that takes text messages for telephones."""

    def __init__(self) -> None:
        self.messages: list[TextMessage] = []
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        """Check the credentials and keep the message."""
        credentials = base64.b64encode(f"{TWILIO_ACCOUNT}:{TWILIO_TOKEN}".encode()).decode()
        assert asked.headers["authorization"] == f"Basic {credentials}"
        fields = dict(parse_qsl(asked.body.decode()))
        sid = f"SM{len(self.messages):032x}"
        self.messages.append(
            TextMessage(sid, fields["To"], fields["Body"], fields.get("StatusCallback", ""), fields["From"])
        )
        return Answer.json({"sid": sid, "status": "queued"}, 201)

    def to(self, number: str) -> list[str]:
        """The texts that reached a telephone."""
        return [message.text for message in self.messages if message.to == number]


class Kakao(Provider):
    """KakaoTalk's servers: callbacks, each good once."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        """Show the answer in the chat."""
        outputs = json.loads(asked.body)["template"]["outputs"]
        self.shown += [output["simpleText"]["text"] for output in outputs]
        return Answer.json({"status": "SUCCESS", "taskId": f"task-{len(self.shown)}"})


class Works(Provider):
    """The system of a department: it takes each handover once, by its id, and says how far it is when asked to."""

    def __init__(self) -> None:
        self.handovers: dict[str, dict[str, Any]] = {}
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        """Check the signature and keep the handover."""
        Webhook(WEB_SECRET).verify(asked.body, dict(asked.headers))
        handover = json.loads(asked.body)
        self.handovers.setdefault(handover["handover_id"], handover)
        ticket = f"R-{list(self.handovers).index(handover['handover_id']) + 1}"
        return Answer.json({"ticket_id": ticket, "state": "submitted"}, 201)


@dataclass
class Outside:
    """All of them."""

    site: Site = field(default_factory=Site)
    sms: SmsProvider = field(default_factory=SmsProvider)
    kakao: Kakao = field(default_factory=Kakao)
    works: Works = field(default_factory=Works)

    def environment(self) -> dict[str, str]:
        """How the hub's connectors reach them."""
        return {
            "HUB120_CONNECTOR_WEB_REPLY_URL": f"{self.site.address}/replies",
            "HUB120_CONNECTOR_WEB_SIGNING_SECRET": WEB_SECRET,
            "HUB120_CONNECTOR_SMS_TWILIO_ACCOUNT_SID": TWILIO_ACCOUNT,
            "HUB120_CONNECTOR_SMS_TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
            "HUB120_CONNECTOR_SMS_TWILIO_FROM_NUMBER": OUR_NUMBER,
            "HUB120_CONNECTOR_SMS_TWILIO_BASE_URL": self.sms.address,
            "HUB120_CONNECTOR_KAKAOTALK_SKILL_SECRET": KAKAO_SECRET,
            "HUB120_CONNECTOR_KAKAOTALK_PROVIDER_URL": self.kakao.address,
            "HUB120_CONNECTOR_WEBHOOK_DEPARTMENT_HANDOVER_URL": f"{self.works.address}/handovers",
            "HUB120_CONNECTOR_WEBHOOK_DEPARTMENT_SIGNING_SECRET": WEB_SECRET,
        }

    def close(self) -> None:
        """All leave."""
        for provider in (self.site, self.sms, self.kakao, self.works):
            provider.close()


def signed(message_id: str, body: str) -> dict[str, str]:
    """The headers of Standard Webhooks, by the standard's own library."""
    now = datetime.now(UTC)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(WEB_SECRET).sign(message_id, now, body),
    }


def twilio_signed(url: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The header of Twilio, by Twilio's own library."""
    sign: Callable[[str, Mapping[str, str]], str] = RequestValidator(TWILIO_TOKEN).compute_signature
    return {"x-twilio-signature": sign(url, fields)}


def web_message(text: str, *, citizen: str, message_id: str, **more: Any) -> str:
    """A message as the web site writes it."""
    sender = {"id": citizen, **more.pop("sender", {})}
    return json.dumps({"id": message_id, "from": sender, "text": text, **more}, ensure_ascii=False)


def skill_call(text: str, *, user: str, callback: str = "") -> dict[str, Any]:
    """A call of KakaoTalk's Open Builder."""
    asked: dict[str, Any] = {
        "timezone": "Asia/Seoul",
        "utterance": text,
        "lang": "ko",
        "user": {"id": user, "type": "botUserKey", "properties": {"botUserKey": user}},
        "block": {"id": "b1", "name": "폴백 블록"},
    }
    if callback:
        asked["callbackUrl"] = callback
    return {"userRequest": asked, "bot": {"id": "bot-1", "name": "누리시 120"}, "action": {"params": {}}}


def asterisk(url: str, **more: str) -> dict[str, str]:
    """Settings of a hub whose exchange is there; agents' telephones are known to it by their names."""
    usual = {"base_url": url, "username": "hub", "password": "secret", "waiting_music": "no"}
    settings = {**usual, "account_endpoint": "PJSIP/{account}", **more}
    return {f"HUB120_CONNECTOR_PHONE_ASTERISK_{name.upper()}": value for name, value in settings.items()}


@contextmanager
def interpreters() -> Iterator[Partner]:
    """A partner who interprets at every hour."""
    with closing(Partner(WEB_SECRET)) as found:
        found.be(Mood(open=True))
        yield found
