"""An interpreter partner with a system of its own, over the open interpreter protocol.

Bad manners: its volunteers answer late or not at all, decline, leave in the middle, are closed at night and down for a
while; its callbacks come twice and out of order.

As a program it is one of those that ``python -m demo`` starts: open at every hour, and its manners follow from the
seed. Tests hold it in
their own process, script the manners of the next sessions, and look at what it was asked. Another program tells it its
mood by ``POST /mood``.
"""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from demo import provider
from demo.callbacks import Callback, Callbacks
from demo.phrases import translated
from demo.program import Program
from demo.provider import Answer, Asked
from demo.volunteers import Desk, Manners, Volunteer, by_seed

OPEN_FROM, OPEN_UNTIL = 7, 23
"""Hours of the day in Korea; at night nobody is there."""
_KOREA = timezone(timedelta(hours=9))
DOWN_EVERY, DOWN_FOR = 40, 12
"""In the demonstration one session in so many is the last before so many requests find the partner down."""


@dataclass(frozen=True, slots=True)
class Mood:
    """How the partner is, until it is told another one."""

    down: bool = False
    """Everything is answered 503."""
    open: bool | None = None
    """None: by the clock of Korea."""


_OVER = frozenset({"declined", "left", "ended"})


@dataclass(slots=True)
class Session:
    """A session, as the partner knows it."""

    id: str
    attempt: int
    language: str
    medium: str
    manners: Manners
    callbacks: Mapping[str, str]
    volunteer: Volunteer | None = None
    state: str = "asked"
    reason: str = ""
    words: dict[str, str] = field(default_factory=dict)
    """Translations by their messages."""
    told: int = 0
    """How many callbacks went out."""
    updates: int = 0


def nobody(_: str) -> None:
    """Nobody is told."""


class Partner:
    """The partner's system. ``seed`` None: good manners, unless they are scripted."""

    def __init__(
        self,
        secret: str,
        seed: int | None = None,
        misbehaves: Callable[[str], None] = nobody,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._signing = Webhook(secret)
        self._seed, self._misbehaves, self._now = seed, misbehaves, now
        self._lock = threading.RLock()
        self._desk = Desk()
        self._numbers = itertools.count(1)
        self._scripted: deque[Manners] = deque()
        self._down_for = 0
        self._mood = Mood()
        self._due: list[tuple[float, Callback]] = []
        self.sessions: dict[tuple[str, int], Session] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        """What the hub said, by path, also what came twice."""
        self.answered: list[tuple[Callback, int]] = []
        """Every callback that went out, and the status it was answered."""
        self._callbacks = Callbacks(secret, lambda callback, status: self.answered.append((callback, status)))
        self.address = provider.serve(self.answer)

    def be(self, mood: Mood) -> None:
        """Be in that mood from now on."""
        with self._lock:
            self._mood = mood

    def script(self, *manners: Manners) -> None:
        """So go the next sessions, one after another; later ones as before."""
        with self._lock:
            self._scripted.extend(manners)

    def leave(self, session_id: str, attempt: int = 1, reason: str = "line_lost") -> None:
        """The interpreter of a session goes, although it is not over."""
        with self._working():
            self._report(self.sessions[session_id, attempt], "left", reason=reason)

    def close(self) -> None:
        """Call nobody any more."""
        self._callbacks.close()

    def answer(self, asked: Asked) -> Answer:
        """What the partner's system answers to the hub."""
        if asked.path == "/mood" and asked.method == "POST":
            return self._be_told(Answer(0, asked.body).read())
        if self._is_down():
            return Answer.json(503, {}, retry_after="1")
        try:
            self._signing.verify(asked.body, dict(asked.headers), json_parse=False)
        except WebhookVerificationError:
            return Answer.json(401, {})
        said = Answer(0, asked.body).read()
        act = {"/sessions": self._find, "/words": self._translate, "/releases": self._release}.get(asked.path)
        if act is None:
            return Answer.json(404, {})
        with self._working():
            self.asked.append((asked.path, said))
            return act(said)

    @contextmanager
    def _working(self) -> Iterator[None]:
        """One thing at a time; what is to be called back because of it goes out together."""
        with self._lock:
            yield
            self._callbacks.tell(self._due)
            self._due = []

    def _be_told(self, said: Any) -> Answer:
        """``{"down": true, "open": false, "next": [{"says_no": true}]}``, every part optional."""
        try:
            self.script(*(Manners(**one) for one in said.pop("next", [])))
            self.be(Mood(**{**asdict(self._mood), **said}))
        except TypeError as error:
            return Answer.json(400, {"message": str(error)})
        return Answer.json(200, {})

    def _is_down(self) -> bool:
        with self._lock:
            if self._down_for:
                self._down_for -= 1
                return True
            return self._mood.down

    def _find(self, said: Any) -> Answer:
        """Look for a volunteer; for a session that is known, say how far that is."""
        known = self.sessions.get((said["session_id"], said["attempt"]))
        if known is not None:
            return self._first_word(known)
        session = Session(
            said["session_id"], said["attempt"], said["language"], said["medium"], self._manners(),
            {name: said.get(f"{name}_callback", "") for name in ("report", "translation")},
        )  # fmt: skip
        self.sessions[session.id, session.attempt] = session
        self._look(session)
        return self._first_word(session)

    def _manners(self) -> Manners:
        number = next(self._numbers)
        if self._scripted or self._seed is None:
            return self._scripted.popleft() if self._scripted else Manners()
        if number % DOWN_EVERY == 0:
            self._down_for = DOWN_FOR
            self._misbehaves("outages of the interpreters")
        manners = by_seed(self._seed, number)
        for one in manners.bad:
            self._misbehaves(one)
        return manners

    def _look(self, session: Session) -> None:
        """Somebody takes it, or nobody does."""
        manners = session.manners
        if manners.is_silent:
            return
        if not self._is_open():
            self._report(session, "declined", reason="closed")
            return
        session.volunteer = None if manners.says_no else self._desk.find(session.language)
        if session.volunteer is None:
            self._report(session, "declined", reason="busy" if self._desk.speaks(session.language) else "language")
            return
        self._report(session, "accepted")
        if session.medium == "text":
            self._report(session, "joined")

    def _is_open(self) -> bool:
        by_clock = OPEN_FROM <= self._now().astimezone(_KOREA).hour < OPEN_UNTIL
        return by_clock if self._mood.open is None else self._mood.open

    def _first_word(self, session: Session) -> Answer:
        """The answer to a request: what the partner knows, where it says so at once."""
        return Answer.json(200, self._state(session) if session.manners.at_once else {})

    def _state(self, session: Session) -> dict[str, object]:
        told: dict[str, object] = {"state": session.state}
        if session.reason:
            told["reason"] = session.reason
        if session.volunteer is not None:
            told["interpreter"] = session.volunteer.name
            if session.medium == "voice":
                told["call"] = {"telephone": session.volunteer.telephone}
        return told

    def _translate(self, said: Any) -> Answer:
        """Translate words; those that were translated are told again, once more the same."""
        session = self.sessions.get((said["session_id"], said["attempt"]))
        if session is None:
            return Answer.json(404, {})
        message = said["message_id"]
        if session.state not in {"accepted", "joined", "ended"}:
            return Answer.json(410, {})
        if message not in session.words:
            limit = session.manners.drops_after
            if limit and len(session.words) >= limit:
                self._report(session, "left", reason="line_lost")
                return Answer.json(200, {})
            text = translated(said["text"], said["source"], said["target"], said.get("terms"))
            session.words[message] = text
        told = {"text": session.words[message]}
        if session.volunteer is not None:
            told["interpreter"] = session.volunteer.name
        if session.manners.at_once:
            return Answer.json(200, told)
        body = {"session_id": session.id, "message_id": message, **told}
        self._call_back(session, session.callbacks["translation"], f"{session.id}/{message}", body)
        return Answer.json(202, {})

    def _release(self, said: Any) -> Answer:
        session = self.sessions.get((said["session_id"], said["attempt"]))
        if session is None:
            return Answer.json(404, {})
        if session.state not in _OVER:
            self._report(session, "ended")
        return Answer.json(200, {})

    def _report(self, session: Session, state: str, reason: str = "") -> None:
        """The session moved; the hub hears of it."""
        if state in _OVER and session.state not in _OVER and session.volunteer is not None:
            self._desk.free(session.volunteer)
        session.state, session.reason = state, reason
        session.updates += 1
        body = {
            **self._state(session),
            "update_id": f"{session.id}/{session.attempt}/{session.updates}",
            "session_id": session.id,
            "attempt": session.attempt,
            "occurred_at": self._now().isoformat(),
        }
        self._call_back(session, session.callbacks["report"], str(body["update_id"]), body)

    def _call_back(self, session: Session, url: str, name: str, body: Mapping[str, object]) -> None:
        """Once or twice, at its time or after the next one."""
        manners = session.manners
        if not url:
            return
        session.told += 1
        late_s = manners.late_s + (0.25 if manners.out_of_order and session.told % 2 else 0.0)
        callback = Callback(url, session.id, name, body)
        self._due.append((late_s, callback))
        if manners.tells_twice:
            self._due.append((late_s + 0.1, callback))


def main() -> None:
    """Run until the demonstration ends."""
    program = Program()
    secret = program.order.secrets["interpreter_http"]
    partner = Partner(secret, program.order.seed, lambda words: program.report("manners", words=words))
    partner.be(Mood(open=True))
    program.report("ready", words=partner.address)
    program.stay()


if __name__ == "__main__":
    main()
