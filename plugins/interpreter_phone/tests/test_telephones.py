"""Whom the connector has called, and when somebody answers there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hub120_sdk import Context, InterpreterState, Misconfigured

from plugins.interpreter_phone.interpreter import PhoneInterpreter
from plugins.interpreter_phone.tests.conformance import WANTED

WEEKDAYS = "mon-fri 09:00-18:00; sat 22:00-06:00"


def connector(now: str = "2026-11-24T12:00:00+09:00", **given: str) -> PhoneInterpreter:
    settings = {"telephones": "*=15885644", "hours": "", "closed_days": "", "timezone": "Asia/Seoul", **given}
    nobody: Any = None
    return PhoneInterpreter(Context(settings, {}, nobody, lambda: datetime.fromisoformat(now)))


def test_one_who_answers_for_all_names_no_languages() -> None:
    one = connector(telephones="*=15885644 mn=+82215550100")
    assert one.languages() == ()
    said = [one.request(replace(WANTED, language=language)).call for language in ("mn", "sw")]
    assert [call.value for call in said if call] == ["+82215550100", "15885644"]


def test_the_languages_are_those_that_have_a_number() -> None:
    assert connector(telephones="EN,fr=15885644 mn=+82215550100").languages() == ("en", "fr", "mn")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-11-24T08:59:59+09:00", False),
        ("2026-11-24T09:00:00+09:00", True),
        ("2026-11-24T00:00:00+00:00", True),
        ("2026-11-24T18:00:00+09:00", False),
        ("2026-11-28T12:00:00+09:00", False),
        ("2026-11-28T22:00:00+09:00", True),
        ("2026-11-29T05:59:00+09:00", True),
        ("2026-11-29T06:00:00+09:00", False),
        ("2026-11-28T05:00:00+09:00", False),
    ],
)
def test_somebody_answers_in_the_hours_and_a_night_goes_on_after_midnight(at: str, is_open: bool) -> None:
    said = connector(at, hours=WEEKDAYS).request(WANTED)
    assert said.state is (InterpreterState.ACCEPTED if is_open else InterpreterState.DECLINED)
    assert said.reason == ("" if is_open else "closed")


def test_nobody_answers_on_closed_days() -> None:
    assert connector("2026-12-24T12:00:00+09:00", closed_days="2026-12-24").request(WANTED).reason == "closed"
    assert connector("2026-12-24T12:00:00+09:00", hours=WEEKDAYS, closed_days="2026-12-24").request(WANTED).reason
    assert not connector("2026-12-25T12:00:00+09:00", closed_days="2026-12-24").request(WANTED).reason


def test_the_hours_go_by_the_partners_zone() -> None:
    at = datetime(2026, 11, 24, 15, tzinfo=UTC).isoformat()
    assert connector(at, hours="tue 15:00-16:00", timezone="UTC").request(WANTED).reason == ""
    assert connector(at, hours="tue 15:00-16:00").request(WANTED).reason == "closed"


def test_a_day_may_end_at_midnight() -> None:
    assert connector("2026-11-24T23:59:59+09:00", hours="tue 18:00-24:00").request(WANTED).reason == ""
    assert connector("2026-11-25T00:00:00+09:00", hours="tue 18:00-24:00").request(WANTED).reason == "closed"


@pytest.mark.parametrize(
    ("given", "about"),
    [
        ({"telephones": "15885644"}, "telephones must be written"),
        ({"telephones": "en=내선"}, "telephones must be written"),
        ({"telephones": "english=15885644"}, "no ISO 639 code"),
        ({"telephones": "en=15885644 en=15771366"}, "two numbers for en"),
        ({"telephones": " "}, "names nobody"),
        ({"hours": "9-18"}, "hours must be written"),
        ({"hours": "fri-mon 09:00-18:00"}, "days of the hours"),
        ({"hours": "mon 09:00-25:00"}, "hours go from"),
        ({"closed_days": "tomorrow"}, "closed_days"),
        ({"timezone": "Seoul"}, "timezone"),
    ],
)
def test_what_an_operator_wrote_wrongly_is_refused_by_its_name(given: dict[str, str], about: str) -> None:
    with pytest.raises(Misconfigured, match=about):
        connector(**given)
