"""The order of things: the providers start, then the hub, then the agents; the sample runs and is counted; everything
stays up for whoever wants to try more, and leaves together."""

from __future__ import annotations

import json
import os
import secrets
import signal
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

from chassis.auth import LocalIssuer
from demo import citizens, folder
from demo.cases import Kept, Reader
from demo.earthquake import Earthquake
from demo.hub import Hub, Secrets, addresses
from demo.old_woman import Round
from demo.outside import AGENTS, PROVIDERS, Outside
from demo.program import Order, Report
from demo.screen import Screen
from demo.staff import CHIEF, DEPUTY, STAFF, YOU
from demo.tally import Tally
from demo.trouble import near

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SAMPLE = Path(__file__).parent.parent / "services" / "referral" / "sample"
"""A directory of services, into which the old woman is led, and articles for agents."""
STILL_S = 75.0
"""The sample ends when nothing has moved for so long, whatever is missing. It is longer than a citizen on KakaoTalk
waits before they write again."""
TOKEN_S = 30 * 24 * 3600.0


class Demonstration:
    """One run."""

    def __init__(self, screen: Screen, ends: ExitStack, contacts: int, rate: float, seed: int) -> None:
        """What must be ended is given to ``ends``."""
        self._screen, self._ends = screen, ends
        self._run = "".join(secrets.choice(LETTERS) for _ in range(3))
        self._contacts, self._rate, self._seed = contacts, rate, seed
        self._folder = folder.chosen()
        self._at = addresses(os.environ)
        self._shared = Secrets()
        self._tally = Tally([citizens.call(self._run), *citizens.plan(self._run, seed, contacts, rate)])

    def start(self, *, keep: bool) -> None:
        """Start everything, and wait until it is ready. Raises ``Trouble``."""
        self._ends.enter_context(folder.prepare(self._folder, keep=keep))
        for port, address in self._at.moved.items():
            self._screen.say(f"포트 {port} 사용 중 → {address} · port {port} is taken, using {address}")
        with self._screen.busy("모의 외부 세계와 hub120을 시작합니다 · starting the outside world and hub120 …"):
            self._outside = Outside(self._folder)
            self._ends.callback(self._outside.stop)
            providers = self._start_providers()
            self._hub = Hub(self._folder, self._at, self._shared, providers)
            self._ends.callback(self._hub.stop)
            self._ends.callback(self._leave)
            self._start_agents()
            took_s = self._hub.wait_ready()
            self._wait_for_agents()
        self._screen.say(f"hub120 준비 완료 · ready in {took_s:.1f} s")

    def _leave(self) -> None:
        """From here on a second Ctrl-C changes nothing: all of this is over within seconds."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self._screen.say("모두 끝내는 중입니다 · ending everything …")

    def _start_providers(self) -> dict[str, str]:
        shared = self._shared
        given = {
            "kakaotalk": shared.kakaotalk,
            "web": shared.web,
            "sms_sid": shared.sms_sid,
            "sms_token": shared.sms_token,
            "interpreter_http": shared.interpreters,
            "translator_papago": shared.papago,
        }
        for name in PROVIDERS:
            self._outside.start(name, self._order(given))
        return self._outside.wait_ready(*PROVIDERS)

    def _start_agents(self) -> None:
        issuer = LocalIssuer(self._folder / "token.key")
        self._chief_token, self._deputy_token = (issuer.issue(who, ("supervisor",), TOKEN_S) for who in (CHIEF, DEPUTY))
        tokens = {person.id: issuer.issue(person.id, ("agent",), TOKEN_S) for person in STAFF}
        self._outside.start(AGENTS, self._order({CHIEF: self._chief_token, **tokens}))

    def _wait_for_agents(self) -> None:
        self._outside.wait_ready(AGENTS)

    def _order(self, given: dict[str, str]) -> Order:
        return Order(self._at.webhooks, self._at.grpc, self._run, self._seed, self._contacts, self._rate, given)

    def sample(self) -> int:
        """Let the citizens write, wait for their answers and count; 1 if anything was lost or came twice."""
        self._screen.say(
            f"시민 {self._contacts}건과 전화 1건 · {self._contacts} contacts at {self._rate:g}/s, and a call"
        )
        began_at = time.time()
        self._outside.go()
        with self._screen.sampling(self._tally.planned):
            self._follow()
            kept = self._read_cases(began_at)
        lines = self._tally.lines(kept.places)
        self._screen.table(lines)
        faults = self._tally.faults(kept.places)
        self._screen.faults(faults)
        self._tell_around(kept)
        self._call_old_woman()
        self._warn_of_earthquake()
        accepted = self._tally.progress()[1]
        if faults or not accepted:
            self._screen.say(f"[red]문제가 있습니다 · not all is well.[/red] Look into {near(self._folder)}/logs/")
        return 1 if faults or not accepted else 0

    def _follow(self) -> None:
        """Count what is reported until there is nothing more to wait for, or nothing has moved for long."""
        moved_at = time.monotonic()
        while not self._tally.settled() and time.monotonic() - moved_at < STILL_S:
            if self._take_reports():
                moved_at = time.monotonic()
            self._screen.show(self._tally.progress(), self._tally.planned)
        self._screen.show(self._tally.progress(), self._tally.planned, now=True)

    def _take_reports(self) -> int:
        self._hub.check()
        taken = 0
        for _, report in self._outside.reports(0.1):
            self._take(report)
            taken += 1
        return taken

    def _take(self, report: Report) -> None:
        if report.kind == "told":
            self._screen.plain(report.words)
        self._tally.take(report)

    def _read_cases(self, began_at: float) -> Kept:
        """Read what the hub holds, then once more what was reported: whatever came twice late is counted too."""
        reader = Reader(self._at.grpc, self._chief_token, self._run, began_at)
        try:
            return reader.read(self._tally.photos, self._take_reports)
        finally:
            reader.close()
            self._take_reports()

    def _tell_around(self, kept: Kept) -> None:
        """What stands beside the table."""
        tally = self._tally
        self._screen.say(
            f"사진 Photos: {tally.photos} sent, {kept.photos} stored, without the place and camera they came with"
        )
        met = " · ".join(f"{what} {count}" for what, count in sorted(tally.manners.items()))
        self._screen.say(f"무례 Bad manners met: {met or 'none'}")
        if tally.refused:
            told = ", ".join(f"{status} × {count}" for status, count in sorted(tally.refused.items()))
            self._screen.say(f"거절 Refused by the hub (0 = no answer in time): {told}")

    def _call_old_woman(self) -> None:
        """A round of check-in calls, after the sample: the exchange has told of a call by then, so it can call."""
        self._hub.command("directory", "import", str(SAMPLE / "services.json"), "--source", "sample", "--name", "표본")
        self._hub.command("knowledge", "import", str(SAMPLE / "articles.csv"), "--source", "sample", "--name", "표본")
        with self._screen.busy("혼자 사는 어르신께 안부 전화를 겁니다 · an old woman who lives alone is called …"):
            found = Round(self._at.grpc, self._at.webhooks, self._chief_token).run()
        self._screen.say(
            f"안부 전화 Check-in: {found.attempts} calls in vain or to her daughter, {found.visits} visit, "
            f"{found.needs} need, {found.referred} referred, {found.helped} helped"
        )

    def _warn_of_earthquake(self) -> None:
        """An earthquake is told to those near it, told anew, and called off."""
        tokens = (self._chief_token, self._deputy_token)
        with self._screen.busy("지진 경보를 안내합니다 · an earthquake is told to those near it …"):
            found = Earthquake(self._at.grpc, self._at.webhooks, self._shared.alerts, tokens).run()
        self._screen.say(
            f"지진 안내 Earthquake: {found.notices} notices, {found.messages} messages and {found.calls} calls to "
            f"{found.people} people in {found.languages} languages"
        )

    def stay(self) -> None:
        """Tell where everything is, and keep it running until Ctrl-C."""
        self._screen.addresses(self._places())
        with suppress(KeyboardInterrupt):
            while True:
                self._take_reports()

    def _link(self, page: str, who: str, *roles: str) -> str:
        """A page that signs them in."""
        token = LocalIssuer(self._folder / "token.key").issue(who, roles, TOKEN_S)
        return f"{self._at.webhooks}{page}#token={token}"

    def _desk(self) -> str:
        return self._link("/desk", YOU.id, "agent")

    def _places(self) -> list[tuple[str, str]]:
        hub120 = near(Path(sys.executable).with_name("hub120"))
        token = f"HUB120_DATA_DIR={near(self._folder)} {hub120} token --subject me --role supervisor"
        call = {"bot": {"id": "try"}, "userRequest": {"utterance": "가로등이 꺼졌어요", "user": {"id": "me"}}}
        curl = (
            f"curl -s {self._at.webhooks}/channels/kakaotalk -H 'X-Hub120-Secret: {self._shared.kakaotalk}' "
            f"-d '{json.dumps(call, ensure_ascii=False)}'"
        )
        return [
            ("전광판 Wall", self._link("/wall", "wall", "display")),
            (
                "상담 화면 Desk (대기를 누르고 시민으로 말해 보세요 · press Ready, then speak as a citizen)",
                self._link("/desk", YOU.id, "agent"),
            ),
            ("운영 화면 Floor", self._link("/floor", CHIEF, "supervisor", "admin")),
            ("웹훅 Webhooks", f"{self._at.webhooks}/channels/{{kakaotalk,sms_twilio,web}}"),
            ("gRPC", self._at.grpc),
            ("토큰 A token for gRPC", token),
            ("시민으로 말하기 Speak as a citizen (다른 말로 한 번 더: 답변 · again in other words: the answer)", curl),
            ("기록 Logs", f"{near(self._folder)}/logs/"),
            ("끝내기 Stop", "Ctrl-C"),
        ]
