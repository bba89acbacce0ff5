"""An SMS and MMS provider in Twilio's format: signed webhooks, the REST API, media behind Basic authentication, status
callbacks.

Bad manners: now and then a message is first refused with 429 and ``Retry-After``, and status callbacks come twice or in
the wrong order. A webhook that fails is tried once more, as at Twilio's fallback URL.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from demo import citizens, provider
from demo.citizens import Message
from demo.photos import photo
from demo.program import Program
from demo.provider import Answer, Asked

OUR_NUMBER = "+8231120120"
MOBILE = "+8210"
"""How numbers begin that take text messages."""
WEBHOOK_S = 15.0
REPORT_S = 0.1
_UNKNOWN = {"code": 20404, "message": "The requested resource was not found", "status": 404}
_WHO = {"code": 20003, "message": "Authenticate", "status": 401}
_NO_MOBILE = {"code": 21614, "message": "'To' number is not a valid mobile number", "status": 400}
_SLOWER = {"code": 20429, "message": "Too Many Requests", "status": 429}


class SmsProvider:
    """The provider, and the citizens' telephones."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._webhook = f"{program.order.webhooks}/channels/sms_twilio"
        self._account, self._token = program.order.secrets["sms_sid"], program.order.secrets["sms_token"]
        self._api = f"/2010-04-01/Accounts/{self._account}/Messages"
        self._planned: dict[str, Message] = {}
        self._throttled: set[str] = set()
        self._lock = threading.Lock()
        self._reporting = ThreadPoolExecutor(4, "status")
        self.address = provider.serve(self.answer)

    def say(self, message: Message) -> None:
        """A citizen sends a text message: one signed webhook, and another one should it fail."""
        self._planned[message.marker] = message
        self._program.report("sent", message.marker)
        answer = Answer(0)
        for _ in range(2):
            answer = self._call(self._webhook, self._fields(message))
            if answer.good:
                self._program.report("accepted", message.marker)
                return
        self._program.report("refused", message.marker, str(answer.status))

    def _fields(self, message: Message) -> dict[str, str]:
        sid = f"{'MM' if message.photo else 'SM'}{message.luck().getrandbits(128):032x}"
        fields = {
            "ToCountry": "KR",
            "FromCountry": "KR",
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "SmsStatus": "received",
            "AccountSid": self._account,
            "From": _number(message),
            "To": OUR_NUMBER,
            "Body": message.text,
            "NumSegments": "1",
            "NumMedia": "0",
            "ApiVersion": "2010-04-01",
        }
        if message.photo:
            self._program.report("photo", message.marker)
            media = f"{self.address}{self._api}/{sid}/Media/ME{message.luck().getrandbits(128):032x}"
            fields |= {"NumMedia": "1", "MediaUrl0": media, "MediaContentType0": "image/jpeg"}
        return fields

    def _call(self, url: str, fields: Mapping[str, str]) -> Answer:
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "x-twilio-signature": signature(self._token, url, fields),
            "user-agent": "TwilioProxy/1.1",
        }
        return provider.post(url, urlencode(fields).encode(), headers, WEBHOOK_S)

    def answer(self, asked: Asked) -> Answer:
        """The REST API."""
        if not hmac.compare_digest(asked.headers.get("authorization", ""), basic(self._account, self._token)):
            return Answer.json(401, _WHO)
        if asked.method == "GET" and asked.path.startswith(f"{self._api}/"):
            return Answer(200, photo(asked.path), {"content-type": "image/jpeg"})
        if asked.method == "POST" and asked.path == f"{self._api}.json":
            return self._create(asked.form())
        return Answer.json(404, _UNKNOWN)

    def _create(self, fields: Mapping[str, str]) -> Answer:
        """Take a message for a mobile telephone; it arrives at once, its statuses follow."""
        if not fields["To"].startswith(MOBILE):
            return Answer.json(400, _NO_MOBILE)
        found = citizens.markers(fields["Body"])
        if any(self._too_fast(marker) for marker in found):
            self._program.report("manners", words="refused with 429")
            return Answer.json(429, _SLOWER, Retry_After="1")
        for marker in found:
            self._program.report("reply", marker)
        sid = f"SM{random.Random(fields['Body']).getrandbits(128):032x}"
        if "StatusCallback" in fields:
            self._reporting.submit(self._tell_statuses, sid, fields)
        told = {"sid": sid, "status": "queued", "from": fields.get("From"), "to": fields["To"], "error_code": None}
        return Answer.json(
            201, {**told, "account_sid": self._account, "direction": "outbound-api", "body": fields["Body"]}
        )

    def _too_fast(self, marker: str) -> bool:
        """True once for a message whose answer meets bad manners."""
        with self._lock:
            planned = self._planned.get(marker)
            if planned is None or not planned.bad_manners or marker in self._throttled:
                return False
            self._throttled.add(marker)
            return True

    def _tell_statuses(self, sid: str, created: Mapping[str, str]) -> None:
        statuses = ["sent", "delivered"]
        manners = random.Random(sid).randrange(10)
        if manners == 0:
            statuses.reverse()
            self._program.report("manners", words="status reports out of order")
        elif manners == 1:
            statuses += ["delivered"]
            self._program.report("manners", words="status reports told twice")
        for status in statuses:
            time.sleep(REPORT_S)
            fields = {
                "AccountSid": self._account,
                "ApiVersion": "2010-04-01",
                "From": created.get("From", OUR_NUMBER),
                "To": created["To"],
                "MessageSid": sid,
                "MessageStatus": status,
                "SmsSid": sid,
                "SmsStatus": status,
            }
            self._call(created["StatusCallback"], fields)


def signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    """``X-Twilio-Signature``: HMAC-SHA1 over the URL and every field, sorted by name."""
    signed = url + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def basic(user: str, password: str) -> str:
    """The header of Basic authentication."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _number(message: Message) -> str:
    """A mobile number that is nobody's: 010-0… is not given out."""
    return f"+82100{int(message.citizen, 16) % 10_000_000:07d}"


def main() -> None:
    """Run until the demonstration ends."""
    program = Program()
    order = program.order
    sms = SmsProvider(program)
    program.report("ready", words=sms.address)
    planned = citizens.plan(order.run, order.seed, order.contacts, order.rate)
    program.write((message for message in planned if message.channel == "sms_twilio"), sms.say)
    program.stay()


if __name__ == "__main__":
    main()
