"""No secret of the settings is in what a hub writes, not even where things go wrong at the lowest level of the log."""

from __future__ import annotations

import base64
import json
import re
import secrets
from pathlib import Path
from uuid import uuid4

import grpc
import httpx
import pytest
from hub120.intake.v1 import intake_service_pb2 as intake

from chassis.settings import Settings
from tests.hub import RunningHub, running_hub
from tests.otlp import OtlpReceiver
from tests.outside import KAKAO_SECRET, TWILIO_TOKEN, WEB_SECRET, Answer
from tests.waiting import eventually

PASSWORD = f"pw{secrets.token_hex(12)}"
BROKEN_TOKEN = f"eyJhbGciOiJIUzI1NiJ9.{secrets.token_hex(24)}.{secrets.token_hex(12)}"
SECRET_FILES = {"keys_file", "token_key_file", "console_client_secret_file", "service_token_file", "tls_key"}
"""Settings that name a file with a secret in it; ``database``, ``bus`` and ``blobs`` are addresses with a password."""


def test_every_setting_that_may_hold_a_secret_is_known_here() -> None:
    held = {name for name in Settings.model_fields if re.search(r"secret|password|token|key|credential", name)}
    assert held - {"acknowledge_key"} == SECRET_FILES


def test_no_secret_is_written_anywhere_whatever_goes_wrong(tmp_path: Path) -> None:
    service_token = f"{secrets.token_hex(20)}"
    (tmp_path / "service.token").write_text(service_token)
    with OtlpReceiver() as receiver:
        environment = {
            "HUB120_LOG_LEVEL": "debug",
            "HUB120_OTLP_ENDPOINT": receiver.endpoint,
            "HUB120_SERVICE_TOKEN_FILE": str(tmp_path / "service.token"),
            "HUB120_CONNECTOR_EMAIL_PASSWORD": PASSWORD,
            "HUB120_RETRY_SECONDS": "[0.1, 0.1, 0.1]",
        }
        with running_hub(tmp_path, environment) as hub:
            let_things_go_wrong(hub)
        planted = [PASSWORD, BROKEN_TOKEN, service_token, WEB_SECRET, KAKAO_SECRET, TWILIO_TOKEN, *keys_of(tmp_path)]
        written = [hub.log("api"), hub.log("worker"), *(body.decode(errors="replace") for body in receiver.raw)]
    assert [place for place, text in enumerate(written) for secret in planted if secret in text] == []


def test_an_address_with_a_password_that_leads_nowhere_is_told_without_it(tmp_path: Path) -> None:
    with running_hub(tmp_path, {"HUB120_LOG_LEVEL": "debug"}, start=False) as hub:
        hub.environment["HUB120_BUS"] = f"amqp://hub:{PASSWORD}@127.0.0.1:1/"
        hub.environment["HUB120_DATABASE"] = f"postgresql+psycopg://hub:{PASSWORD}@127.0.0.1:1/hub120"
        with pytest.raises(AssertionError) as told:
            hub.command("migrate")
    assert "127.0.0.1" in str(told.value)
    assert PASSWORD not in str(told.value)


def let_things_go_wrong(hub: RunningHub) -> None:
    """Signatures, tokens and providers that fail."""
    agent = hub.agent("kim")
    hub.say("가로등이 꺼졌어요")
    item = agent.accept(next(agent.offers()))
    hub.site.next_answers["POST"].extend([Answer(500), Answer(401)])
    agent.reply(item.case_id, "접수했습니다")
    forged = {"webhook-id": uuid4().hex, "webhook-timestamp": "1", "webhook-signature": f"v1,{PASSWORD}"}
    assert httpx.post(hub.webhook("web"), content=b"{}", headers=forged, timeout=30).status_code in {400, 401, 403}
    kakao = {"x-hub120-secret": PASSWORD}
    assert httpx.post(hub.webhook("kakaotalk"), json={}, headers=kakao, timeout=30).status_code in {400, 401, 403}
    with pytest.raises(grpc.RpcError):
        agent.intake.GetCase(
            intake.GetCaseRequest(case_id=item.case_id),
            metadata=[("authorization", f"Bearer {BROKEN_TOKEN}")],
            timeout=30,
        )
    eventually(lambda: "call refused" in hub.log("api"), 20, "the refusal being logged")


def keys_of(folder: Path) -> list[str]:
    """Every key of the keyring as it stands in its file and as bytes look in a log, and the key of tokens."""
    ring = json.loads((folder / "keyring.json").read_text())
    written = [*ring["data"].values(), ring["index"]]
    token_key = (folder / "token.key").read_bytes()
    return [*written, *(repr(base64.b64decode(one))[2:-1] for one in written), repr(token_key.strip())[2:-1]]
