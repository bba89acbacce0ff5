"""Log lines as they reach stderr: one JSON object each, tied to its trace, with nothing about a person."""

from __future__ import annotations

import enum
import io
import json
import logging
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from chassis import errors, logs, telemetry

PERSONAL = ["홍길동", "010-1234-5678", "900101-1234567", "hong@example.kr", "서울시 종로구 세종대로 1"]


class State(enum.Enum):
    OPEN = 1


@pytest.fixture(autouse=True)
def configured(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    before = logging.root.handlers[:], logging.root.level
    logs.configure("info", "intake")
    yield
    structlog.reset_defaults()
    logging.root.handlers[:], logging.root.level = before


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_says_when_who_and_in_which_trace(capsys: pytest.CaptureFixture[str]) -> None:
    with telemetry.span("work"):
        logs.get_logger("relay").info("batch published", count=3)
        trace_id = telemetry.trace_id()
    (line,) = lines(capsys)
    assert (line["service"], line["source"], line["level"], line["event"]) == (
        "intake",
        "relay",
        "info",
        "batch published",
    )
    assert (line["trace_id"], line["count"], len(line["span_id"])) == (trace_id, 3, 16)
    assert line["time"].startswith("20")


def test_levels_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    logs.get_logger("relay").debug("not now")
    assert lines(capsys) == []
    with pytest.raises(ValueError, match="log level 'loud' is none of"):
        logs.configure("loud", "intake")


def test_numbers_ids_and_codes_pass(capsys: pytest.CaptureFixture[str]) -> None:
    ident = uuid.UUID("0192c5f0-7c4e-7000-8000-000000000001")
    logs.get_logger("x").info(
        "e", case_id="26-0KX3M-7QHMZ", id=ident, state=State.OPEN, ok=True, seconds=0.5, none=None, reason="no route"
    )
    (line,) = lines(capsys)
    assert (line["case_id"], line["id"], line["state"]) == ("26-0KX3M-7QHMZ", str(ident), "OPEN")
    assert (line["ok"], line["seconds"], line["none"], line["reason"]) == (True, 0.5, None, "no route")


@pytest.mark.parametrize("personal", PERSONAL)
def test_texts_under_keys_nobody_declared_do_not_pass(capsys: pytest.CaptureFixture[str], personal: str) -> None:
    class Opaque:
        def __str__(self) -> str:
            return personal

    logs.get_logger("x").info(
        "e", text=personal, nested={"name_of": personal, "list": [personal]}, opaque=Opaque(), raw=personal.encode()
    )
    err = capsys.readouterr().err
    assert personal not in err
    assert personal not in json.dumps(json.loads(err), ensure_ascii=False)


@pytest.mark.parametrize("personal", PERSONAL[1:4])
def test_even_declared_texts_lose_numbers_and_mail(capsys: pytest.CaptureFixture[str], personal: str) -> None:
    logs.get_logger("x").info(f"called {personal}", reason=f"no answer from {personal} today", address="amqp://u:p@h/v")
    (line,) = lines(capsys)
    assert personal not in json.dumps(line, ensure_ascii=False)
    assert line["address"] == "amqp://h/v"


def test_an_exception_is_told_by_type_and_place_and_so_is_its_cause(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        try:
            raise KeyError(PERSONAL[0])
        except KeyError as error:
            raise ValueError(PERSONAL[1]) from error
    except ValueError:
        logs.get_logger("x").exception("failed")
    err = capsys.readouterr().err
    told = json.loads(err)["error"]
    assert (told["type"], told["cause"]["type"]) == ("builtins.ValueError", "builtins.KeyError")
    assert told["frames"][-1].startswith("tests/unit/test_logs.py:")
    assert PERSONAL[0] not in err
    assert PERSONAL[1] not in err


def test_our_own_errors_keep_their_message(capsys: pytest.CaptureFixture[str]) -> None:
    logs.get_logger("x").warning("failed", exc_info=errors.NotFound("case", "26-0KX3M-7QHMZ"))
    (line,) = lines(capsys)
    assert line["error"]["message"] == "there is no case with id 26-0KX3M-7QHMZ"


def test_an_error_told_by_hand_gets_no_privilege(capsys: pytest.CaptureFixture[str]) -> None:
    logs.get_logger("x").info("e", error={"message": PERSONAL[4]})
    assert PERSONAL[4] not in json.dumps(lines(capsys), ensure_ascii=False)


def test_a_line_cannot_be_forged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.get_logger("x").info("e", reason='x"}\n{"event":"forged"}\r\n\x1b[2J')
    (line,) = lines(capsys)
    assert line["event"] == "e"


def test_other_libraries_keep_their_wording_and_lose_what_was_filled_in(capsys: pytest.CaptureFixture[str]) -> None:
    library = logging.getLogger("some.library")
    library.warning("cannot deliver to %s", PERSONAL[0])
    library.info("too quiet for us")
    try:
        raise RuntimeError(PERSONAL[0])
    except RuntimeError:
        library.exception("gave up on %(who)s", {"who": PERSONAL[0]})
    first, second = lines(capsys)
    assert (first["source"], first["event"], first["level"]) == ("some.library", "cannot deliver to %s", "warning")
    assert second["error"]["type"] == "builtins.RuntimeError"
    assert PERSONAL[0] not in json.dumps([first, second], ensure_ascii=False)


def test_on_a_terminal_lines_are_laid_out_for_people(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    logs.configure("info", "intake")
    try:
        raise ValueError(PERSONAL[0])
    except ValueError:
        logs.get_logger("relay").exception("failed", count=3)
    err = capsys.readouterr().err
    assert not err.startswith("{")
    assert "failed" in err
    assert PERSONAL[0] not in err


def test_that_nobody_reads_the_log_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    logs.get_logger("x").info("e")
