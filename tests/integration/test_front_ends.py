"""The program in docs/front-ends.md is run as it stands, and its tables are held against the code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hub120.intake.v1 import intake_service_pb2 as intake
from hub120.routing.v1 import work_pb2

from tests.documents import ROOT, blocks, table
from tests.hub import RunningHub, running_hub
from tests.waiting import eventually

PROGRAM = "\n".join(blocks("docs/front-ends.md", "python"))
ANSWER = "곧 확인하겠습니다."


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with running_hub(tmp_path) as found:
        yield found


@pytest.mark.slow
def test_the_program_of_the_guide_answers_goes_on_after_a_kill_and_says_why_it_reads(
    hub: RunningHub, tmp_path: Path
) -> None:
    desk = hub.agent("lee", capacity=2)
    desk.presence(work_pb2.PRESENCE_OFFLINE)
    token = desk.metadata[0][1].removeprefix("Bearer ")
    environment = hub.environment | {"HUB120_TOKEN": token, "PYTHONPATH": "protos/gen"}
    environment["HUB120_GRPC_ADDRESS"] = f"127.0.0.1:{hub.grpc_port}"
    shown = tmp_path / "program.txt"
    with shown.open("w") as output:
        program = subprocess.Popen(
            [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        hub.say("쓰레기를 언제 버리나요?")
        eventually(lambda: len(hub.site.texts()) == 1, 40, "the first answer")
        hub.kill("api")
        hub.start("api")
        hub.say("가로등이 꺼졌어요")
        eventually(lambda: len(hub.site.texts()) == 2, 60, "the answer after the api was killed")
        assert set(hub.site.texts()) == {ANSWER}
        eventually(lambda: shown.read_text().count("reply: REPLY_STATE_SENT") == 2, 20, "both replies being sent")
    finally:
        program.kill()
        program.wait()
    said = blocks("docs/front-ends.md", "text")[0]
    assert shown.read_text().startswith(said)
    assert "citizen: 쓰레기를 언제 버리나요?" in shown.read_text()
    assert purposes(hub) == {"상담 답변", "case work"}


def purposes(hub: RunningHub) -> set[str]:
    """Why the agent read, as the audit trail has it."""
    auditor = hub.metadata("auditor", "auditor")
    asked = intake.ListAuditRecordsRequest(actor="lee")
    stub = hub.agent("other").intake
    return {record.purpose for record in stub.ListAuditRecords(asked, metadata=auditor, timeout=10).records}


def test_every_reason_for_a_refusal_is_explained() -> None:
    explained = set(re.findall(r"`([A-Z_]+)`", " ".join(table("docs/front-ends.md", "reason"))))
    code = "\n".join(path.read_text() for folder in ("chassis", "services") for path in (ROOT / folder).rglob("*.py"))
    given = set(re.findall(r'(?:PreconditionFailed|InvalidToken|reason)\([^()]*?"([A-Z]+_[A-Z_]+)"', code))
    given |= set(re.findall(r' = "(CODE_[A-Z_]+)"', code)) | set(
        re.findall(r'^    reason = "([A-Z_]+)"', code, re.MULTILINE)
    )
    assert given - explained == set()
