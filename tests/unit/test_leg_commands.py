"""Commands for legs of calls, and packets: what stands against a command, and what a department is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chassis import settings
from chassis.settings import EMERGENCY_NUMBERS, Settings, SettingsError
from services.intake.domain.commands import Asked, Command, Outcome, Skip, Taken, stands_against
from services.intake.domain.packets import LONGEST_TEXT, Packet, Said, text_of

FIRST, SECOND = (f"0199e0f2-7c00-7abc-8def-00000000000{number}" for number in (1, 2))
DIAL = Asked(FIRST, "phone", "c", "leg", Command.DIAL, expires_at=100.0, number="+8231220")
FRESH = Taken()


@pytest.mark.parametrize(
    ("asked", "taken", "now", "told"),
    [
        (DIAL, Taken(settled_id=FIRST, dialled=True), 10.0, None),
        (DIAL, Taken(hung_up=True), 10.0, Outcome.WITHDRAWN),
        (DIAL, Taken(dialled=True, heard_of=True), 10.0, Outcome.DONE),
        (DIAL, FRESH, 101.0, Outcome.EXPIRED),
        (DIAL, Taken(dialled=True), 101.0, Outcome.FAILED),
        (replace(DIAL, drill=True, number="119"), FRESH, 10.0, Outcome.FORBIDDEN),
        (replace(DIAL, announcement="가" * 501), FRESH, 10.0, Outcome.REFUSED),
        (replace(DIAL, command=Command.HOLD), Taken(command_id=SECOND), 10.0, Outcome.EXPIRED),
        (replace(DIAL, command=Command.UNMUTE), Taken(command_id=SECOND), 10.0, Outcome.EXPIRED),
    ],
)
def test_what_stands_against_a_command(asked: Asked, taken: Taken, now: float, told: Outcome | None) -> None:
    assert stands_against(asked, taken, now, EMERGENCY_NUMBERS) == Skip(told)


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        (DIAL, FRESH),
        (DIAL, Taken(command_id=FIRST, dialled=True)),
        (replace(DIAL, number="119"), FRESH),
        (replace(DIAL, drill=True), FRESH),
        (replace(DIAL, announcement="가" * 500), FRESH),
        (replace(DIAL, command=Command.MUTE), Taken(command_id=FIRST)),
        (replace(DIAL, command=Command.HOLD), Taken(command_id=FIRST)),
        (replace(DIAL, command=Command.HANG_UP), Taken(command_id=SECOND, dialled=True)),
    ],
)
def test_what_is_carried_out(asked: Asked, taken: Taken) -> None:
    assert stands_against(asked, taken, 10.0, EMERGENCY_NUMBERS) is None


def packet(*texts: str, summary: str = "") -> Packet:
    return Packet(
        "c", "26-1", "ko", summary=summary, said=tuple(Said(float(at), text) for at, text in enumerate(texts))
    )


def test_a_department_is_told_the_agents_words_and_then_the_citizens() -> None:
    assert text_of(packet("불이야", "3층이요", summary="화재")) == "화재\n\n시민이 말한 내용:\n- 불이야\n- 3층이요"
    assert text_of(packet("", summary="화재")) == "화재"
    assert text_of(packet()) == "통화 중입니다."


def test_of_a_long_story_the_newest_is_told_and_the_rest_is_not_hidden() -> None:
    told = text_of(packet(*("가" * 3_000 for _ in range(5)), "마지막"))
    assert len(told) < LONGEST_TEXT + 100
    assert told.endswith("- 마지막")
    assert "먼저 말한 3건" in told


def test_the_embedded_mode_rings_no_emergency_number_unless_it_is_told_to() -> None:
    assert Settings().emergency_numbers == {}
    assert Settings(database="postgresql://x", bus="amqp://x").emergency_numbers == {
        one: one for one in EMERGENCY_NUMBERS
    }
    assert Settings(emergency_lines={"112": "+82990112"}).emergency_numbers == {"112": "+82990112"}


@pytest.mark.parametrize("key", ["11", "일", "A"])
def test_a_key_that_no_telephone_has_is_refused(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("HUB120_ACKNOWLEDGE_KEY", key)
    with pytest.raises(SettingsError, match="HUB120_ACKNOWLEDGE_KEY"):
        settings.read()


@pytest.mark.parametrize("line", ["119", "112", "109", "+82990112"])
def test_a_hub_whose_drill_line_is_an_emergency_number_does_not_start(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("HUB120_EMERGENCY_LINES", '{"112": "+82990112"}')
    monkeypatch.setenv("HUB120_DRILL_LINE", line)
    with pytest.raises(SettingsError, match="HUB120_DRILL_LINE"):
        settings.read()
