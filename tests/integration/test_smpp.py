"""The ``sms_smpp`` connector against a message centre by the npm package ``smpp``, both ways and through failures."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hub120_sdk import (
    Address,
    AddressKind,
    Context,
    Delivery,
    HttpAnswer,
    Inbound,
    Manifest,
    Misconfigured,
    Outbound,
    Receipt,
    Retry,
    Throttled,
    Unsure,
)
from hub120_sdk.testing.ear import Ear, KitLine

from plugins.sms_smpp.channel import SmppSms
from tests.certificates import self_signed
from tests.documents import ROOT
from tests.peers import smpp
from tests.waiting import eventually

CITIZEN = Address(AddressKind.PHONE, "+821055501234", verified=True)
PHONE, OURS = "821055501234", "0315550120"
REPLY = Outbound("0199e0f2-7c00-7abc-8def-00000000000a", CITIZEN, "담당 부서에 전달했습니다. 🙂", conversation=OURS)
LONG = "놀이터 미끄럼틀이 부서져서 아이들이 다칠까 걱정됩니다 🛝. 나사가 빠져 있고 판이 흔들립니다. " * 4
_GREENLETS = "HUB120_TEST_RUNNER"


class NoHttp:
    def request(self, *_: object, **__: object) -> HttpAnswer:
        raise AssertionError("SMPP is no HTTP")


def connector(port: int, password: str = "pw-8c2f4", **settings: str) -> SmppSms:
    manifest = Manifest.load("plugins.sms_smpp")
    given = {name: one.default for name, one in manifest.settings.items()}
    given |= {"url": f"smpp://127.0.0.1:{port}", "system_id": "nuri120", "from_number": "0315550121"}
    given |= {"timeout_s": "2", "enquire_link_s": "0.5", "receipt_ids": "decimal", **settings}
    return SmppSms(Context(given, {"password": password}, NoHttp(), lambda: datetime.now(UTC)))


@pytest.fixture
def smsc() -> Iterator[smpp.Smsc]:
    with smpp.running() as found:
        yield found


@contextmanager
def listening(own: SmppSms, line: KitLine | None = None) -> Iterator[Ear]:
    with Ear(own, line or KitLine()) as ear:
        yield ear


@contextmanager
def sending(own: SmppSms) -> Iterator[SmppSms]:
    try:
        yield own
    finally:
        own.close()


def texts(ear: Ear) -> list[str]:
    return [one.text for one in ear.line.kept if isinstance(one, Inbound)]


def test_a_message_and_its_answer_and_the_receipt(smsc: smpp.Smsc) -> None:
    with listening(connector(smsc.port)) as ear, sending(connector(smsc.port)) as own:
        smsc.tell("deliver", tag="m", **{"from": PHONE}, to=OURS, text="가로등이 꺼졌어요 💡")
        ear.until(lambda: texts(ear) == ["가로등이 꺼졌어요 💡"], "the message was kept")
        [message] = ear.line.kept
        assert isinstance(message, Inbound)
        assert (message.sender, message.conversation) == (CITIZEN, OURS)
        sent = own.send(REPLY)
        ear.until(lambda: len(ear.line.kept) == 2, "the receipt was kept")
        assert ear.line.kept[1] == Receipt(Delivery.DELIVERED, provider_id=sent.provider_id)
        [submitted] = smsc.events("submitted")
        assert submitted["submitted"] == REPLY.text
        assert (submitted["from"], submitted["to"]) == ([0, 1, OURS], [1, 1, PHONE])
    eventually(lambda: len(smsc.events("unbound")) == 2, what="both sessions were ended")


@pytest.mark.parametrize("way", ["udh", "udh16", "sar"])
def test_a_long_message_is_joined_before_it_is_kept_and_every_part_acknowledged(smsc: smpp.Smsc, way: str) -> None:
    with listening(connector(smsc.port)) as ear:
        order = [3, 0, 0, 2, 1, 3]
        smsc.tell("deliver", tag=way, **{"from": PHONE}, to=OURS, text=LONG, way=way, reference=0x1234, order=order)
        ear.until(lambda: len(smsc.events("acknowledged")) == len(order), "every part was acknowledged")
        assert texts(ear) == [LONG]
        assert {one["status"] for one in smsc.events("acknowledged")} == {0}


@pytest.mark.parametrize("way", ["udh", "udh16", "sar", "payload"])
def test_a_long_answer_arrives_in_parts_that_make_the_text(smsc: smpp.Smsc, way: str) -> None:
    with sending(connector(smsc.port, long_messages=way)) as own:
        own.send(replace(REPLY, text=LONG))
    parts = smsc.events("submitted")
    assert "".join(one["submitted"] for one in parts) == LONG
    assert len(parts) == (1 if way == "payload" else 4)
    if way == "sar":
        assert [one["segment"][1:] for one in parts] == [[number, 4] for number in range(1, 5)]
    elif way != "payload":
        assert [one["udh"][0][-2:] for one in parts] == [[4, number] for number in range(1, 5)]
        assert len({tuple(one["udh"][0][:-1]) for one in parts}) == 1


def test_parts_outlive_the_listener_and_the_message_centre(smsc: smpp.Smsc) -> None:
    line = KitLine()
    own = connector(smsc.port)
    deliver = {"tag": "p", "from": PHONE, "to": OURS, "text": LONG, "way": "udh", "reference": 7}
    with listening(own, line) as ear:
        smsc.tell("deliver", **deliver, order=[1, 3])
        ear.until(lambda: len(smsc.events("acknowledged")) == 2, "two parts were acknowledged")
        assert not line.kept
    smsc.kill()
    with smpp.running(smsc.port) as again, listening(own, KitLine(line.cursor)) as ear:
        again.tell("deliver", **deliver, order=[0, 2])
        ear.until(lambda: texts(ear) == [LONG], "the other parts completed the message")


def test_nothing_is_acknowledged_while_the_hub_cannot_store(smsc: smpp.Smsc) -> None:
    with listening(connector(smsc.port)) as ear:
        ear.line.hub_is_away = True
        smsc.tell("deliver", tag="m", **{"from": PHONE}, to=OURS, text="가로등")
        ear.until(lambda: len(smsc.events("acknowledged")) >= 2, "it was delivered again and again")
        assert {one["status"] for one in smsc.events("acknowledged")} == {0x64}
        ear.line.hub_is_away = False
        ear.until(lambda: smsc.events("acknowledged")[-1]["status"] == 0, "it was acknowledged")
        assert texts(ear) == ["가로등"]


def test_the_same_words_later_are_a_new_message(smsc: smpp.Smsc) -> None:
    def say(count: int) -> None:
        smsc.tell("deliver", tag="yes", **{"from": PHONE}, to=OURS, text="네")
        ear.until(lambda: len(smsc.events("acknowledged")) == count, "it was acknowledged")

    smsc.mute(True)
    with listening(connector(smsc.port, enquire_link_s="1")) as ear:
        say(1)
        say(2)
        assert texts(ear) == ["네"]  # nothing proves that the acknowledgement arrived
        smsc.mute(False)
        ear.until(lambda: '"repeats": {}' in ear.line.cursor, "what was acknowledged is forgotten")
        say(3)
        assert texts(ear) == ["네", "네"]
        assert len(ear.line.messages) == 2


def test_a_listener_binds_again_after_a_cut_and_after_a_restart(smsc: smpp.Smsc) -> None:
    with listening(connector(smsc.port, bind="transceiver")) as ear:
        eventually(lambda: smsc.events("bound"), what="the first bind")
        smsc.tell("drop")
        eventually(lambda: len(smsc.events("bound")) == 2, what="the second bind")
        smsc.kill()
        with smpp.running(smsc.port) as again:
            again.tell("deliver", tag="m", **{"from": PHONE}, to=OURS, text="다시 연결되었나요")
            ear.until(lambda: texts(ear) == ["다시 연결되었나요"], "the message was kept")
            assert [one["bound"] for one in again.events("bound")] == ["bind_transceiver"]
    assert {type(error).__name__ for error in ear.errors} == {"Lost"}


def test_the_session_that_sends_is_shared_and_bound_again_after_a_restart(smsc: smpp.Smsc) -> None:
    with sending(connector(smsc.port)) as own:
        replies = [replace(REPLY, reply_id=str(number), text=f"답변 {number}") for number in range(40)]
        with ThreadPoolExecutor(8) as pool:
            receipts = list(pool.map(own.send, replies))
        assert [one.reply_id for one in receipts] == [one.reply_id for one in replies]
        assert len({one.provider_id for one in receipts}) == 40
        assert len(smsc.events("bound")) == 1
        smsc.kill()
        with pytest.raises(Retry):
            own.send(REPLY)
        with smpp.running(smsc.port) as again:
            assert own.send(REPLY).state is Delivery.SENT
            assert len(again.events("bound")) == 1


def test_a_session_with_nothing_to_send_stays_alive(smsc: smpp.Smsc) -> None:
    with sending(connector(smsc.port)) as own:
        own.send(REPLY)
        eventually(lambda: len(smsc.events("enquired")) >= 3, what="three signs of life")
        own.send(REPLY)
        assert len(smsc.events("bound")) == 1


def test_statuses_of_the_message_centre_are_told(smsc: smpp.Smsc) -> None:
    with sending(connector(smsc.port)) as own:
        smsc.answer(0x58)
        with pytest.raises(Throttled):
            own.send(REPLY)
        smsc.answer(0x0A)
        with pytest.raises(Misconfigured, match="from_number"):
            own.send(REPLY)
        smsc.answer(0, 0x58, 0)
        assert own.send(replace(REPLY, text="가" * 100)).state is Delivery.SENT
    with pytest.raises(Misconfigured, match="password"):
        connector(smsc.port, password="wrong").send(REPLY)


def test_a_message_whose_answer_is_lost_is_not_said_to_be_unsent(smsc: smpp.Smsc) -> None:
    with sending(connector(smsc.port)) as own, ThreadPoolExecutor(1) as pool:
        own.send(REPLY)
        os.kill(smsc.pid, signal.SIGSTOP)  # the connection stays, nobody answers
        waits = pool.submit(own.send, REPLY)
        with pytest.raises(Unsure):
            waits.result()
        os.kill(smsc.pid, signal.SIGCONT)


_PATCHED = """
import sys
import eventlet
eventlet.monkey_patch()
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""
_OPTIONS = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::DeprecationWarning", "--timeout=0"]
_SUITES = ["tests/integration/test_smpp.py", "plugins/sms_smpp/tests/test_conformance.py"]


def test_tls_is_spoken_with_whoever_the_named_authority_vouches_for(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    with smpp.running(0, certificate, key) as smsc:
        url = f"smpps://127.0.0.1:{smsc.port}"
        own = connector(smsc.port, url=url, tls_ca_file=str(certificate))
        with listening(own) as ear, sending(own):
            smsc.tell("deliver", tag="m", **{"from": PHONE}, to=OURS, text=LONG, way="udh16", reference=9)
            ear.until(lambda: texts(ear) == [LONG], "the message was kept")
            ear.until(lambda: len(smsc.events("enquired")) >= 2, "the connection stays")
            assert own.send(replace(REPLY, text=LONG)).state is Delivery.SENT
        with pytest.raises(Misconfigured, match="not trusted"):
            connector(smsc.port, url=url).send(REPLY)


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get(_GREENLETS) == "greenlets", reason="it is the one that runs the others")
def test_all_of_it_holds_in_greenlets_too() -> None:
    command = [sys.executable, "-c", _PATCHED, *_OPTIONS, *_SUITES]
    environ = {**os.environ, _GREENLETS: "greenlets"}
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
