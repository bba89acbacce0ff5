"""Mailings through a real worker of outreach, with a broker and providers: killed in the middle, held, refused."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import parse_qs
from uuid import uuid4

import httpx
import pytest

from chassis.bus import connect
from chassis.crypto import Keyring
from chassis.database import Database
from chassis.migrate import migrate
from chassis.process import topology
from chassis.service import installed
from services.outreach import SERVICE
from services.outreach.domain.mailings import Kind, NewMailing, Recipient, RecipientState, Step, Text, Urgency
from services.outreach.use_cases import mailing, receipts
from tests.outside import TWILIO_ACCOUNT, TWILIO_TOKEN, WEB_SECRET, Answer, Asked, Provider
from tests.servers.machine import free_port
from tests.waiting import eventually

MANY = 2_000


class Site(Provider):
    """Knows a repeat by ``webhook-id``, as the web contract says. Every ``stumbles``-th message is kept and answered
    with 500."""

    def __init__(self, stumbles: int = 0) -> None:
        self.kept: Counter[str] = Counter()
        self.calls = 0
        self._stumbles = stumbles
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        self.calls += 1
        self.kept[asked.headers["webhook-id"]] = 1
        stumbles = self._stumbles and self.calls % self._stumbles == 0
        return Answer(500) if stumbles else Answer.json({"id": uuid4().hex})


class Texting(Provider):
    """Knows no repeats: each call is a text message. Every ``stumbles``-th is kept and answered with 500."""

    def __init__(self, stumbles: int = 0) -> None:
        self.kept: Counter[str] = Counter()
        self._stumbles = stumbles
        super().__init__()

    def usual_answer(self, asked: Asked) -> Answer:
        self.kept[parse_qs(asked.body.decode())["To"][0]] += 1
        stumbles = self._stumbles and sum(self.kept.values()) % self._stumbles == 0
        return Answer(500) if stumbles else Answer.json({"sid": f"SM{uuid4().hex}"}, 201)


class Outreach:
    """A worker of outreach, its database, and what it is set to."""

    def __init__(self, folder: Path, database: str, bus: str, settings: Mapping[str, str]) -> None:
        Keyring.create(folder / "keyring.json")
        self.port, self._log = free_port(), folder / "worker.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("HUB120_")},
            "HUB120_DATA_DIR": str(folder),
            "HUB120_DATABASE": database,
            "HUB120_BUS": bus,
            "HUB120_KEYS_FILE": str(folder / "keyring.json"),
            "HUB120_WORKER_ADDRESS": f"127.0.0.1:{self.port}",
            "HUB120_RETRY_SECONDS": "[0.2, 0.4, 0.8]",
            **settings,
        }
        migrate(SERVICE, database)
        with closing(connect(bus)) as queues:
            queues.declare(topology(installed()))  # a relay waits for those of the others
        self.database = Database(database, "outreach", Keyring.load(folder / "keyring.json"), pool_size=4)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the worker and wait until it is ready."""
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "chassis.cli", "serve", "outreach", "worker"]
            self._process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
        eventually(self._ready, 60, "the worker being ready")

    def _ready(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self._log.read_text()[-4000:]
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End all of it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=60)
        self.database.close()

    def mailing(self, many: int, *steps: Step) -> str:
        """A running mailing."""
        mailing_id = str(uuid4())
        new = NewMailing(
            id=mailing_id, kind=Kind.NOTICE, urgency=Urgency.LIFE_SAFETY, title="Earthquake", steps=steps,
            texts=(Text("", "ko", "지진입니다. 넓은 곳으로 가세요."),), created_by="kim", needs_approval_above=many,
        )  # fmt: skip
        self.database.run(mailing.open_mailing, new)
        people = (Recipient({"phone": f"+8210{number:08}", "account": f"account-{number}"}) for number in range(many))
        mailing.expand(self.database, mailing_id, people)
        self.database.run(mailing.start, mailing_id, "lee")
        return mailing_id

    def counts(self, mailing_id: str) -> Counter[str]:
        """How many stand where."""
        found: Counter[str] = Counter()
        for one in self.database.run(mailing.counts, mailing_id)[1].values():
            found.update(one)
        return found

    def over(self, mailing_id: str) -> Counter[str]:
        """Wait until nothing is left to be sent."""
        eventually(lambda: self.database.run(mailing.of, mailing_id).state == "done", 90, "the mailing being done")
        return self.counts(mailing_id)


@contextmanager
def outreach(tmp_path: Path, database: str, bus: str, **settings: str) -> Iterator[Outreach]:
    found = Outreach(tmp_path, database, bus, settings)
    try:
        yield found
    finally:
        found.close()


def web(site: Provider) -> dict[str, str]:
    return {
        "HUB120_CONNECTOR_WEB_REPLY_URL": f"{site.address}/replies",
        "HUB120_CONNECTOR_WEB_SIGNING_SECRET": WEB_SECRET,
    }


def texting(provider: Provider) -> dict[str, str]:
    return {
        "HUB120_CONNECTOR_SMS_TWILIO_ACCOUNT_SID": TWILIO_ACCOUNT,
        "HUB120_CONNECTOR_SMS_TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
        "HUB120_CONNECTOR_SMS_TWILIO_FROM_NUMBER": "+827000000000",
        "HUB120_CONNECTOR_SMS_TWILIO_BASE_URL": provider.address,
        "HUB120_CONNECTOR_SMS_TWILIO_LIMIT_SENDS_PER_SECOND": "1000",
        "HUB120_CONNECTOR_SMS_TWILIO_LIMIT_PARALLEL_SENDS": "16",
    }


WEB, SMS = Step("web", "account"), Step("sms_twilio", "phone")


def test_killed_in_the_middle_everybody_gets_it_once_where_the_provider_knows_a_repeat(
    tmp_path: Path, postgres_address: str, amqp_address: str
) -> None:
    site = Site(stumbles=50)
    with outreach(tmp_path, postgres_address, amqp_address, **web(site)) as hub:
        hub.start()
        mailing_id = hub.mailing(MANY, WEB)
        for killed_at in (300, 1200):
            eventually(lambda at=killed_at: len(site.kept) >= at, 60, f"{killed_at} at the site")  # type: ignore[misc]
            hub.kill()
            hub.start()
        assert hub.over(mailing_id) == {"sent": MANY}
    assert len(site.kept) == MANY
    assert site.calls > MANY, "nothing was asked twice: nobody was killed in the middle"
    site.close()


def test_killed_in_the_middle_nobody_gets_it_twice_where_the_provider_knows_no_repeat(
    tmp_path: Path, postgres_address: str, amqp_address: str
) -> None:
    provider = Texting(stumbles=100)
    with outreach(tmp_path, postgres_address, amqp_address, **texting(provider)) as hub:
        hub.start()
        mailing_id = hub.mailing(MANY, SMS)
        for killed_at in (300, 1200):
            eventually(lambda at=killed_at: len(provider.kept) >= at, 60, f"{killed_at} sent")  # type: ignore[misc]
            hub.kill()
            hub.start()
        counts = hub.over(mailing_id)
        assert counts["sent"] + counts["unsure"] == MANY
        assert set(provider.kept.values()) == {1}, "somebody got it twice"
        assert len(provider.kept) <= MANY
        assert counts["sent"] <= len(provider.kept)
        assert counts["unsure"] >= MANY // 100, "a provider that answers 500 may have sent it"
        reported = httpx_receipts(hub, mailing_id)
        assert hub.counts(mailing_id)["delivered"] == reported
    provider.close()


def httpx_receipts(hub: Outreach, mailing_id: str) -> int:
    """Receipts say that those of whom nobody knew got it; how many they are."""
    unsure = [
        row.row.id
        for row in mailing.everybody_unreached(hub.database, mailing_id, mailing.Reader("park", "ListUnreached"))
    ]
    for recipient_id in unsure:
        hub.database.run(receipts.take_report, "sms_twilio", recipient_id, b"", RecipientState.DELIVERED)
    return len(unsure)


@pytest.mark.parametrize("end", [mailing.pause, mailing.stop])
def test_held_or_stopped_nothing_more_leaves_than_what_was_under_way(
    tmp_path: Path, postgres_address: str, amqp_address: str, end: object
) -> None:
    provider = Texting()
    settings = texting(provider) | {"HUB120_CONNECTOR_SMS_TWILIO_LIMIT_SENDS_PER_SECOND": "100"}
    with outreach(tmp_path, postgres_address, amqp_address, **settings) as hub:
        hub.start()
        mailing_id = hub.mailing(MANY, SMS)
        eventually(lambda: len(provider.kept) >= 50, 60, "some sent")
        hub.database.run(end, mailing_id, "lee")  # type: ignore[arg-type]
        at_end = len(provider.kept)
        eventually(lambda: not hub.counts(mailing_id)["sending"], 20, "nothing being sent")
        left = hub.counts(mailing_id)
        assert len(provider.kept) - at_end <= 100, "more left than in a second of the provider's rate"
        assert left["sent"] == len(provider.kept)
        if end is mailing.pause:
            hub.database.run(mailing.start, mailing_id, "lee")
            eventually(lambda: len(provider.kept) > left["sent"] + 50, 20, "it going on")
        else:
            eventually(lambda: hub.counts(mailing_id)["skipped"] == MANY - left["sent"], 20, "the rest crossed out")
    provider.close()


def test_what_the_first_channel_refuses_goes_by_the_next(
    tmp_path: Path, postgres_address: str, amqp_address: str
) -> None:
    class Refusing(Site):
        def usual_answer(self, asked: Asked) -> Answer:
            super().usual_answer(asked)
            return Answer(400)

    site, provider = Refusing(), Texting()
    with outreach(tmp_path, postgres_address, amqp_address, **web(site), **texting(provider)) as hub:
        hub.start()
        mailing_id = hub.mailing(100, WEB, SMS)
        assert hub.over(mailing_id) == {"sent": 100}
    assert len(provider.kept) == 100
    for one in (site, provider):
        one.close()
