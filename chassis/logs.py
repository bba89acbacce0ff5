"""Logs: one JSON object a line on stderr, with the trace it belongs to and nothing about a person.

What may be said is decided by key and by kind of value, not by looking for what seems personal: numbers, ids and
codes pass, any other text only under a key listed here. Exceptions are told by type and place; their messages only
where the class is our own, because a driver's or a partner's message repeats what it was given. Other libraries' lines
keep their wording and lose what was filled into it. Line breaks cannot get in: JSON escapes them.
"""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import traceback
import uuid
from collections.abc import Mapping, MutableMapping
from datetime import datetime
from enum import Enum
from types import FrameType
from typing import Any, cast

import structlog
from structlog.typing import FilteringBoundLogger

from chassis import telemetry
from chassis.errors import HubError

WORDS = frozenset(
    {
        *("event", "source", "kind"),
        *("method", "route", "status", "code", "reason", "outcome", "state", "violations"),
        *("queue", "key", "type", "service", "connector", "channel", "capability", "language", "name", "room"),
        *("address", "file", "version", "setting", "signal", "thread", "role", "roles"),
    }
)
"""Keys whose value may be any short text. ``address`` is one we listen on or connect to, without credentials."""

_SHAPE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_.:/-]{0,127}")
"""What an id or a code looks like: it has a letter, no space and no ``@``."""
_NUMBERS = re.compile(r"\+?\d[\d -]{6,}\d")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")
_LONGEST = 300
_FRAMES = 12

_Event = MutableMapping[str, Any]
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}


def get_logger(name: str) -> FilteringBoundLogger:
    """A logger that says who speaks: ``log.info("batch published", count=12)``."""
    return cast(FilteringBoundLogger, structlog.get_logger(source=name))


def configure(level: str, service: str) -> None:
    """Log from ``level`` on to stderr as ``service``, other libraries' lines included.

    On a terminal lines are laid out for people instead. Raises ``ValueError`` for a level there is none of.
    """
    lowest = _LEVELS.get(level.lower())
    if lowest is None:
        raise ValueError(f"log level {level!r} is none of {', '.join(_LEVELS)}")
    structlog.configure(
        processors=[_redacted, _with_exception, _with_trace, _stamp(service), _renderer()],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=lambda *_: _Stderr(),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(lowest, logging.WARNING), handlers=[_Forward()], force=True)


class _Stderr:
    """Writes whole lines to what stderr is at that moment. That nobody reads them is no reason to fail."""

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = msg


def _renderer() -> Any:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer(timestamp_key="time")
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _stamp(service: str) -> Any:
    def stamp(_: Any, method: str, event: _Event) -> _Event:
        now = datetime.now().astimezone()
        return {"time": now.isoformat(timespec="milliseconds"), "level": method, "service": service, **event}

    return stamp


def _with_trace(_: Any, __: str, event: _Event) -> _Event:
    here = telemetry.current()
    if here.is_valid:
        event["trace_id"] = f"{here.trace_id:032x}"
        event["span_id"] = f"{here.span_id:016x}"
    return event


def _with_exception(_: Any, __: str, event: _Event) -> _Event:
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = describe(error)
    return event


def describe(error: BaseException) -> dict[str, Any]:
    """An exception as a log may show it: type, where, what led to it, and its message if the class is ours."""
    told: dict[str, Any] = {"type": f"{type(error).__module__}.{type(error).__qualname__}", "frames": _frames(error)}
    if isinstance(error, HubError):
        told["reason"] = error.reason
        told["message"] = str(error)[:_LONGEST]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        told["cause"] = describe(cause)
    return told


def _frames(error: BaseException) -> list[str]:
    steps = [*traceback.walk_tb(error.__traceback__)]
    own = [step for step in steps[:-1] if "site-packages" not in step[0].f_code.co_filename]
    return [_place(*step) for step in [*own[1 - _FRAMES :], *steps[-1:]]]


def _place(frame: FrameType, line: int) -> str:
    file = "/".join(frame.f_code.co_filename.split("/")[-3:])
    return f"{file}:{line} {frame.f_code.co_name}"


def _redacted(_: Any, __: str, event: _Event) -> _Event:
    return {key: value if key == "exc_info" else _allowed(key, value) for key, value in event.items()}


def _allowed(key: str, value: Any) -> Any:
    match value:
        case Mapping():
            return {str(name): _allowed(str(name), inner) for name, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_allowed(key, inner) for inner in value]
    return _plain(key, value)


def _plain(key: str, value: Any) -> Any:
    match value:
        case Enum():
            return value.name
        case None | bool() | int() | float():
            return value
        case uuid.UUID() | datetime():
            return str(value)
        case str():
            return _text(key, value)
    return f"<{type(value).__name__}>"


def _text(key: str, value: str) -> str:
    if key in WORDS:
        return scrubbed(value)
    return value if _SHAPE.fullmatch(value) else f"<text of {len(value)}>"


def scrubbed(text: str) -> str:
    """A short text without credentials, e-mail addresses and long numbers: the last net, not the first."""
    without = _MAIL.sub("<mail>", _CREDENTIALS.sub("", text[:_LONGEST]))
    return _NUMBERS.sub("<number>", without)


class _Forward(logging.Handler):
    """Takes other libraries' lines: their wording, not what was filled into it."""

    def emit(self, record: logging.LogRecord) -> None:
        log = get_logger(record.name)
        level = _LEVELS.get(record.levelname.lower(), logging.WARNING)
        log.log(level, str(record.msg).split("\n", 1)[0], exc_info=record.exc_info)
