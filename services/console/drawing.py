"""Pages and parts of pages as HTML, from the templates. Whatever is put into one is escaped: no text of a person is
ever taken for HTML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from markupsafe import Markup, escape

from services.console import wording
from services.console.tones import TONES

if TYPE_CHECKING:
    from jinja2 import Environment

SEOUL: Final = ZoneInfo("Asia/Seoul")
_PLAIN: Final = Markup("")
_SINCE: Final = Markup(" data-since")
_UNTIL: Final = Markup(" data-until")
STATIC: Final = Path(__file__).parent / "static"


@cache
def version() -> str:
    """What changes with any script or style: part of their addresses, so that browsers may keep them for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - a hub without visitors needs none

    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "clock": clock,
        "day": day,
        "hour": hour,
        "moment": moment,
        "second": second,
        "since": since,
        "until": until,
        "seconds": seconds,
        "short": short,
        "percent": percent,
        "share": share,
        "size": size,
        "spell": spell,
        "web": web,
    }
    return found


def draw(template: str, language: str, values: Mapping[str, Any]) -> str:
    """One template in one language."""
    known = {
        "language": language,
        "t": wording.words(language),
        "named": wording.names(language),
        "state": lambda message, field: state_name(message, field, language),
        "tone": lambda message, field: TONES.get(enum_name(message, field), ""),
        "badge": lambda message, field: badge(message, field, language),
        "static": f"/static/{version()}",
    }
    return _templates().get_template(template).render({**known, **values})


def state_name(message: Message, field: str, language: str) -> str:
    """The word for the value of an enum field; a dash where there is none."""
    return wording.state(language, enum_name(message, field)) if getattr(message, field) else "–"


def badge(message: Message, field: str, language: str) -> Markup:
    """The word for the value of an enum field, in its tone."""
    tone = TONES.get(enum_name(message, field), "")
    return Markup('<span class="badge {}">{}</span>').format(tone, state_name(message, field, language))


def enum_name(message: Message, field: str) -> str:
    """The name of the value of an enum field, as the contracts have it."""
    described: Any = message.DESCRIPTOR.fields_by_name[field].enum_type
    value = described.values_by_number.get(getattr(message, field))
    return str(value.name) if value else ""


def choices(enum: Any, language: str) -> list[tuple[int, str]]:
    """Every value of an enum of the contracts with its word, without the one that says nothing."""
    return [(number, wording.state(language, name)) for name, number in enum.items() if number]


def _seoul(time: Timestamp) -> datetime:
    return time.ToDatetime(UTC).astimezone(SEOUL)


def _element(time: Timestamp, shown: str, attribute: Markup = _PLAIN) -> Markup:
    """A time as an element that scripts can count by."""
    at = time.ToDatetime(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return Markup('<time datetime="{}"{}>{}</time>').format(at, attribute, shown)


def clock(time: Timestamp) -> Markup:
    """Hours and minutes in Seoul; with the day, where it is not today."""
    at = _seoul(time)
    today = datetime.now(SEOUL).date()
    return _element(time, f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d %H:%M}")


def hour(time: Timestamp) -> Markup:
    """Hours and minutes in Seoul, of whatever day."""
    return _element(time, f"{_seoul(time):%H:%M}")


def second(time: Timestamp) -> Markup:
    """Hours, minutes and seconds in Seoul, of whatever day."""
    return _element(time, f"{_seoul(time):%H:%M:%S}")


def moment(time: Timestamp) -> Markup:
    """A time in Seoul to the second."""
    return _element(time, f"{_seoul(time):%Y-%m-%d %H:%M:%S}")


def day(time: Timestamp) -> Markup:
    """A day in Seoul."""
    return _element(time, f"{_seoul(time):%Y-%m-%d}")


def since(time: Timestamp) -> Markup:
    """How long ago, counted on by the browser."""
    return _element(time, seconds((datetime.now(UTC) - time.ToDatetime(UTC)).total_seconds()), _SINCE)


def until(time: Timestamp) -> Markup:
    """How long yet, counted down by the browser."""
    return _element(time, seconds((time.ToDatetime(UTC) - datetime.now(UTC)).total_seconds()), _UNTIL)


def seconds(length: Duration | timedelta | float) -> str:
    """A length of time as people read it on a clock: ``1:05``, ``1:02:03``."""
    if isinstance(length, Duration):
        length = length.ToTimedelta()
    whole = max(0, round(length.total_seconds() if isinstance(length, timedelta) else length))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def short(length: Duration) -> str:
    """A length of time that may be short: ``340 µs``, ``12 ms``, ``1.2 s``, then as on a clock."""
    passed_s = length.ToNanoseconds() / 1e9
    if passed_s >= 60:
        return seconds(length)
    unit, times = ("s", 1.0) if passed_s >= 1 else ("ms", 1e3) if passed_s >= 0.001 else ("µs", 1e6)
    return f"{passed_s * times:.3g} {unit}" if passed_s * times < 100 else f"{passed_s * times:.0f} {unit}"


def percent(part: float | None) -> str:
    """A part of one in percent; a dash where there is none."""
    return "–" if part is None else f"{part * 100:.1f}%"


def share(part: float) -> str:
    """A goal in percent, without a fraction where it has none."""
    return f"{part * 100:.1f}".removesuffix(".0") + "%"


def size(count: int) -> str:
    """A number of bytes as people read it: ``340 KB``, ``1.2 MB``."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} KB"


def web(address: str) -> str:
    """An address that somebody may be led to; empty for one that is not on the web, a script say."""
    return address if address.lower().startswith(("https://", "http://")) else ""


def spell(text: str) -> Markup:
    """What a person wrote, with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
