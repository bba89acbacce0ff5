"""KakaoTalk with an Open Builder bot: skill calls to the hub with the operator's secret, callbacks that are good once
and for a minute.

Bad manners: some callbacks are dead before the answer comes; the citizen then writes again and finds the answer in what
the bot says to that. So does whoever has read nothing when the callback's time is over. A skill call that fails is
never repeated, as KakaoTalk repeats none.
"""

from __future__ import annotations

import json
import queue
import re
import threading
import time
from dataclasses import dataclass, replace
from typing import Any

from demo import citizens, provider
from demo.citizens import Message
from demo.photos import photo
from demo.program import Program
from demo.provider import Answer, Asked

SKILL_S = 5.0
CALLBACK_S = 60.0
ASK_AGAIN_S = 1.5
ASK_AGAIN_TIMES = 8
_AGAIN = {"ar": "هل وصل الرد؟", "ru": "Ответ уже пришёл?"}
"""What citizens say who write again; all others say it in Korean."""
HANGUL = re.compile(r"[가-힣]")
_BOT = {"id": "64f0demo120bot", "name": "경기도 120"}
_CALLBACKS = f"/v1/bots/{_BOT['id']}!/callback/"
_INVALID = "Invalid callback token. It was used before, or its time is over."


@dataclass
class Callback:
    """One promise to take one answer."""

    message: Message
    good_until: float
    spent: bool = False
    """It was used, or the skill answered without ``useCallback``."""


class KakaoTalk:
    """The platform and the citizens on it."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._webhook = f"{program.order.webhooks}/channels/kakaotalk"
        self._secret = program.order.secrets["kakaotalk"]
        self._callbacks: dict[str, Callback] = {}
        self._languages: dict[str, str] = {}
        self._read: set[str] = set()
        self._asking: set[str] = set()
        """Messages whose citizens have begun to write again."""
        self._waiting: queue.SimpleQueue[tuple[float, Message]] = queue.SimpleQueue()
        self._lock = threading.Lock()
        threading.Thread(target=self._lose_patience, name="patience", daemon=True).start()
        self.address = provider.serve(self.answer)

    def say(self, message: Message) -> None:
        """A citizen writes: one skill call, and what the bot answers at once."""
        token = f"{message.luck().getrandbits(160):040x}"
        life_s = 0.0 if message.bad_manners else CALLBACK_S
        self._callbacks[token] = Callback(message, time.monotonic() + life_s)
        body = json.dumps(self._skill_call(message, token), ensure_ascii=False).encode()
        headers = {
            "content-type": "application/json; charset=utf-8",
            "x-request-id": token[:32],
            "x-hub120-secret": self._secret,
        }
        self._languages[message.marker] = message.language
        self._program.report("sent", message.marker)
        answer = provider.post(self._webhook, body, headers, SKILL_S)
        if not answer.good:
            self._program.report("refused", message.marker, str(answer.status))
            return
        self._program.report("accepted", message.marker)
        self._show(answer.read(), self._callbacks[token])
        if not citizens.asks_again(message.marker):
            self._waiting.put((time.monotonic() + CALLBACK_S, message))

    def _lose_patience(self) -> None:
        """Have those write again who have read nothing in the time in which a callback can bring it."""
        while True:
            until, message = self._waiting.get()
            time.sleep(max(0.0, until - time.monotonic()))
            if message.marker not in self._read:
                self._ask_again(message)

    def _show(self, said: Any, callback: Callback) -> None:
        """Show the citizen what the skill answered, if KakaoTalk would."""
        if said.get("version") != "2.0":
            self._program.report("told", words="a skill answer without version 2.0")
        elif not said.get("useCallback"):
            callback.spent = True
            self._read_all(said)

    def _skill_call(self, message: Message, token: str) -> dict[str, Any]:
        key = message.citizen
        return {
            "intent": {
                "id": "64f0demofallback",
                "name": "폴백 블록",
                "extra": {"reason": {"code": 1, "message": "OK"}},
            },
            "userRequest": {
                "timezone": "Asia/Seoul",
                "params": {"surface": "Kakaotalk.plusfriend"},
                "block": {"id": "64f0demofallback", "name": "폴백 블록"},
                "utterance": message.text,
                "lang": message.language,
                "user": {"id": key, "type": "botUserKey", "properties": {"botUserKey": key, "isFriend": True}},
                "callbackUrl": f"{self.address}{_CALLBACKS}{token}",
            },
            "bot": _BOT,
            "action": {
                "id": "64f0demoskill",
                "name": "120 상담",
                "params": self._pictures(message),
                "detailParams": {},
                "clientExtra": None,
            },
            "contexts": [],
        }

    def _pictures(self, message: Message) -> dict[str, str]:
        """The secure image plugin's parameter: JSON in a string, with a list that is none."""
        if not message.photo:
            return {}
        url = f"{self.address}/photos/{message.marker[1:]}.jpg"
        self._program.report("photo", message.marker)
        given = {"secureUrls": f"List({url})", "privacyAgreement": "Y", "imageQuantity": "1", "expire": "600"}
        return {"secureimage": json.dumps(given)}

    def answer(self, asked: Asked) -> Answer:
        """What KakaoTalk's servers answer: pictures, and callbacks."""
        if asked.method == "GET" and asked.path.startswith("/photos/"):
            return Answer(200, photo(asked.path), {"content-type": "image/jpeg"})
        if asked.method != "POST" or not asked.path.startswith(_CALLBACKS):
            return Answer(404)
        callback = self._callbacks.get(asked.path.removeprefix(_CALLBACKS))
        said = Answer(0, asked.body).read()
        with self._lock:
            why = trouble(callback, said, time.monotonic())
            if callback and not why:
                callback.spent = True
        if callback is None or why:
            self._refused(callback)
            return self._told("FAIL", why)
        self._read_all(said)
        return self._told("SUCCESS", "")

    def _told(self, status: str, message: str) -> Answer:
        timestamp = int(time.time() * 1000)
        return Answer.json(
            200, {"taskId": f"task-{timestamp}", "status": status, "message": message, "timestamp": timestamp}
        )

    def _refused(self, callback: Callback | None) -> None:
        """The citizen saw nothing and will ask again."""
        self._program.report("manners", words="dead callbacks")
        if callback is not None:
            self._ask_again(callback.message)

    def _ask_again(self, message: Message) -> None:
        """From now on the citizen writes again, and again, until the answer is there."""
        with self._lock:
            is_new = message.marker not in self._asking
            self._asking.add(message.marker)
        if is_new and not citizens.asks_again(message.marker):
            self._ask_later(message, 1)

    def _ask_later(self, message: Message, times: int) -> None:
        timer = threading.Timer(ASK_AGAIN_S, self._asked_again, (message, times))
        timer.daemon = True
        timer.start()

    def _asked_again(self, message: Message, times: int) -> None:
        if message.marker in self._read or times > ASK_AGAIN_TIMES:
            return
        marker = f"{message.marker}.{times}"
        words = _AGAIN.get(message.language, "답변 왔나요?")
        self.say(replace(message, marker=marker, text=f"{words} ({marker})", photo=False, bad_manners=False))
        self._ask_later(message, times + 1)

    def _read_all(self, said: Any) -> None:
        """The citizen reads every bubble."""
        for output in said.get("template", {}).get("outputs", []):
            text = output.get("simpleText", {}).get("text", "")
            for marker in citizens.markers(text):
                self._read_one(marker, text)

    def _read_one(self, marker: str, text: str) -> None:
        """An answer to one message; one in Korean is none for those who know no Korean."""
        if self._languages.get(marker) in citizens.FOREIGN and HANGUL.search(text):
            self._program.report("told", words=f"the answer to {marker} came in Korean")
            return
        self._read.add(marker)
        self._program.report("reply", marker)


def trouble(callback: Callback | None, said: Any, now: float) -> str:
    """Why a callback is not taken; empty if it is."""
    if callback is None or callback.spent or now > callback.good_until:
        return _INVALID
    outputs = said.get("template", {}).get("outputs", [])
    texts = [output.get("simpleText", {}).get("text", "") for output in outputs]
    fits = said.get("version") == "2.0" and 1 <= len(texts) <= 3 and all(0 < len(text) <= 1000 for text in texts)
    return "" if fits else "Invalid json response from bot-skill."


def main() -> None:
    """Run until the demonstration ends."""
    program = Program()
    order = program.order
    kakaotalk = KakaoTalk(program)
    program.report("ready", words=kakaotalk.address)
    planned = citizens.plan(order.run, order.seed, order.contacts, order.rate)
    program.write((message for message in planned if message.channel == "kakaotalk"), kakaotalk.say)
    program.stay()


if __name__ == "__main__":
    main()
