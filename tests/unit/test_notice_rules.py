"""Rules of alerts and notices: what the public may be told, who must approve, what a carrier takes, and the words."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from importlib.resources import files
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outreach import wording
from services.outreach.domain.alerts import (
    ALERT_MOVES,
    CERTAINTIES,
    SEVERITIES,
    URGENCIES,
    AlertKind,
    AlertState,
    NewAlert,
    Reference,
    due_at,
    first_state,
    may_be_told,
    speaks_for,
)
from services.outreach.domain.areas import Area
from services.outreach.domain.audience import Filling, after, readers, texts
from services.outreach.domain.hazards import Hazard, hazard
from services.outreach.domain.mailings import RecipientState
from services.outreach.domain.missing import check_digit, sighting_code
from services.outreach.domain.notices import (
    NOTICE_MOVES,
    SMS_BYTES,
    Counts,
    Form,
    NoticeAct,
    NoticeClass,
    NoticeState,
    Refusal,
    Rule,
    Standing,
    Warned,
    costs,
    form,
    needed,
    refused,
    rule_for,
    surges,
)
from services.outreach.domain.polling import FIRST_PAUSE_S, LONGEST_PAUSE_S, Reading

STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
SCOPES = ("Public", "Restricted", "Private")
QUAKE = NewAlert("kma", "1", 1000.0, "Actual", AlertKind.ALERT, "Public", expires=5000.0)
WARNED = Warned(Hazard.FLOOD, "Met", "Severe", "Immediate", "Likely", Area(("41110",)))
ANY = Rule("any", "KR", "", "", "Unknown", "Unknown", "Unknown", NoticeClass.INFORMATION)


def test_of_all_there_can_be_the_public_is_told_of_actual_public_messages_alone() -> None:
    kinds = [kind.value for kind in AlertKind]
    told = {one for one in itertools.product(STATUSES, SCOPES, kinds) if may_be_told(*one)}
    assert told == {("Actual", "Public", kind) for kind in ("Alert", "Update", "Cancel")}


@pytest.mark.parametrize(
    ("now", "said", "state"),
    [
        (999.0, set(), AlertState.RECEIVED),
        (1000.0, set(), AlertState.ACTIVE),
        (5000.0, set(), AlertState.EXPIRED),
        (1000.0, {AlertKind.UPDATE}, AlertState.UPDATED),
        (1000.0, {AlertKind.CANCEL}, AlertState.CANCELLED),
        (1000.0, {AlertKind.CANCEL, AlertKind.UPDATE}, AlertState.CANCELLED),
    ],
)
def test_an_alert_stands_where_the_clock_and_others_say(now: float, said: set[AlertKind], state: AlertState) -> None:
    assert first_state(QUAKE, said, now) is state


@pytest.mark.parametrize("kind", [AlertKind.CANCEL, AlertKind.ACK, AlertKind.ERROR])
def test_a_message_about_others_is_only_noted(kind: AlertKind) -> None:
    assert first_state(replace(QUAKE, kind=kind), set(), 1000.0) is AlertState.NOTED


def test_an_alert_without_an_end_counts_a_day_and_none_longer_than_a_month() -> None:
    assert replace(QUAKE, expires=None).ends == 1000.0 + 86_400
    assert replace(QUAKE, expires=9e9).ends == 1000.0 + 30 * 86_400


def test_an_alert_that_ends_before_it_begins_is_looked_at_when_it_ends() -> None:
    assert due_at(AlertState.RECEIVED, 2000.0, 1500.0) == 1500.0
    assert (due_at(AlertState.RECEIVED, 2000.0, 5000.0), due_at(AlertState.ACTIVE, 2000.0, 5000.0)) == (2000.0, 5000.0)
    assert {due_at(state, 1.0, 2.0) for state in ALERT_MOVES if not ALERT_MOVES[state]} == {None}


@pytest.mark.parametrize("act", [NoticeAct.FIRST, NoticeAct.UPDATE, NoticeAct.CANCEL])
def test_many_call_about_a_warning_and_not_about_its_end(act: NoticeAct) -> None:
    warns = act is not NoticeAct.CANCEL
    assert [surges(one, act) for one in NoticeClass] == [warns, warns, False]


def test_an_update_is_for_all_who_were_to_get_the_first_and_a_cancellation_for_those_who_may_have() -> None:
    assert set(readers(NoticeAct.UPDATE)) == set(RecipientState)
    never = {RecipientState.QUEUED, RecipientState.FAILED, RecipientState.SKIPPED}
    assert set(readers(NoticeAct.CANCEL)) == set(RecipientState) - never


def test_a_language_that_no_carrier_takes_goes_by_every_other_channel() -> None:
    words = {"ko": "대피하세요", "vi": "Hãy sơ tán"}
    found = texts(words, "https://sign.example", ("app", "sms", "voice"), {"app": "a", "sms": "s", "voice": "voice"})
    assert {(one.channel, one.language) for one in found} == {
        *(("a", "ko"), ("a", "vi"), ("s", "ko"), ("voice", "ko"), ("voice", "vi")),
    }
    spoken = {one.language: one.text for one in found if one.channel == "voice"}
    assert spoken == words, "nobody reads an address out"
    assert all("https://sign.example" in one.text for one in found if one.channel != "voice")


def test_who_agreed_to_be_asked_how_they_are_gets_warnings_and_nothing_else() -> None:
    follows = {one: after(Filling.LISTS, one, in_area=True) for one in NoticeClass}
    assert follows.pop(NoticeClass.INFORMATION) is Filling.FULL
    assert set(follows.values()) == {Filling.PEOPLE}
    assert after(Filling.PEOPLE, NoticeClass.URGENT, in_area=True) is Filling.FULL


def test_only_who_sent_an_alert_speaks_for_it_and_no_exercise_for_what_is_actual() -> None:
    assert speaks_for(QUAKE, Reference("kma", "0"), "Actual")
    assert not speaks_for(QUAKE, Reference("nfa", "0"), "Actual")
    assert not speaks_for(replace(QUAKE, status="Exercise"), Reference("kma", "0"), "Actual")


def test_what_is_over_stays_over() -> None:
    ended = {state for state, moves in ALERT_MOVES.items() if not moves}
    assert ended == {AlertState.UPDATED, AlertState.CANCELLED, AlertState.EXPIRED, AlertState.NOTED}
    assert {state for state, moves in NOTICE_MOVES.items() if not moves} == {
        NoticeState.REJECTED, NoticeState.WITHDRAWN, NoticeState.OVER,
    }  # fmt: skip


@pytest.mark.parametrize(("recipients", "people"), [(0, 1), (1000, 1), (1001, 2), (10**6, 2), (None, 2)])
def test_more_than_one_may_send_to_takes_two_and_so_does_what_nobody_can_count(
    recipients: int | None, people: int
) -> None:
    assert needed(recipients, 1000) == people


PEOPLE = st.sampled_from(["kim", "lee", "park", "choi"])


@given(author=PEOPLE, steps=st.lists(PEOPLE, max_size=8), recipients=st.none() | st.integers(0, 5000))
def test_whatever_people_do_a_notice_to_many_has_two_of_them_and_its_author_is_never_the_second(
    author: str, steps: list[str], recipients: int | None
) -> None:
    approved: list[str] = []
    for by in steps:
        standing = Standing(NoticeState.PROPOSED, author, 1, recipients, True, tuple(approved))
        if len(approved) < needed(recipients, 1000) and refused(standing, by) is None:
            approved.append(by)
    if len(approved) >= needed(recipients, 1000):
        assert len(set(approved)) == len(approved)
        assert author not in approved[1:]
        if recipients is None or recipients > 1000:
            assert len(set(approved) - {author}) >= 1
            assert len(approved) == 2


def test_who_may_not_approve_is_told_why() -> None:
    standing = Standing(NoticeState.PROPOSED, "kim", 1, 10, True)
    assert refused(standing, "kim") is None
    assert refused(replace(standing, approved_by=("lee",)), "kim") is Refusal.NOT_BY_AUTHOR
    assert refused(replace(standing, approved_by=("lee",)), "lee") is Refusal.APPROVED_BEFORE
    assert refused(replace(standing, counted=False), "lee") is Refusal.NO_DRY_RUN
    assert refused(replace(standing, state=NoticeState.RELEASED), "lee") is Refusal.NOT_PROPOSED


@pytest.mark.parametrize(
    ("rule", "meets"),
    [
        (ANY, True),
        (replace(ANY, area_code="41"), True),
        (replace(ANY, area_code="4111010100"), True),
        (replace(ANY, area_code="11"), False),
        (replace(ANY, hazard="flood"), True),
        (replace(ANY, hazard="fire"), False),
        (replace(ANY, category="Geo"), False),
        (replace(ANY, severity="Severe", urgency="Immediate", certainty="Likely"), True),
        (replace(ANY, severity="Extreme"), False),
        (replace(ANY, certainty="Observed"), False),
    ],
)
def test_an_alert_meets_a_rule(rule: Rule, meets: bool) -> None:
    assert (rule_for(WARNED, [rule]) is rule) is meets


def test_of_several_rules_the_gravest_counts_then_the_one_for_the_smallest_area() -> None:
    city, grave = replace(ANY, id="city", area_code="41110"), replace(ANY, id="x", notice_class=NoticeClass.LIFE_SAFETY)
    assert rule_for(WARNED, [ANY, city]) is city
    assert rule_for(WARNED, [ANY, city, grave]) is grave


@given(
    st.sampled_from(SEVERITIES), st.sampled_from(URGENCIES), st.sampled_from(CERTAINTIES), st.sampled_from(list(Hazard))
)
def test_what_meets_a_rule_meets_every_laxer_one(severity: str, urgency: str, certainty: str, kind: Hazard) -> None:
    warned = replace(WARNED, severity=severity, urgency=urgency, certainty=certainty, hazard=kind)
    strict = Rule("s", "41", kind.value, "Met", "Severe", "Expected", "Likely", NoticeClass.URGENT)
    if rule_for(warned, [strict]):
        assert rule_for(warned, [replace(strict, severity="Minor", hazard="")])


def test_a_dry_run_costs_what_the_channels_cost() -> None:
    counts = Counts(6, {"app": 2, "sms": 3, "none": 1})
    assert costs(counts, {"app": 0, "sms": 20}) == {"app": 0, "sms": 60, "none": 0}


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("가" * 45, Form.SMS),
        ("가" * 45 + "a", Form.LMS),
        ("가" * 1000, Form.LMS),
        ("가" * 1001, Form.NONE),
        ("Tiếng", Form.NONE),
    ],
)
def test_a_carrier_takes_short_and_long_messages_in_euc_kr(text: str, taken: Form) -> None:
    assert form(text) is taken


HAZARDS = [one for one in Hazard if one not in {Hazard.MISSING, Hazard.OTHER}]


@pytest.mark.parametrize("kind", HAZARDS)
def test_every_disaster_has_words_in_every_language_and_fits_one_korean_message(kind: Hazard) -> None:
    assert len(wording.languages()) == 24
    for act in NoticeAct:
        found = wording.texts(kind, act, ["경기도 수원시"])
        assert set(found) == set(wording.languages())
        assert all("120" in text and "경기도 수원시" in text and len(text) <= 300 for text in found.values())
    korean = wording.texts(kind, NoticeAct.FIRST, ["경기도 수원시"])["ko"]
    assert len(korean.encode("euc-kr")) <= SMS_BYTES, korean


def test_words_have_the_same_blanks_in_every_language() -> None:
    told = json.loads((files("services.outreach") / "notice_texts.json").read_text("utf-8"))
    blanks = {
        "first": "what place do",
        "update": "what place do",
        "cancel": "what place",
        "missing": "place who code",
        "found": "place code",
    }
    for language, words in told.items():
        assert set(words) == {"reviewed", *blanks, *(one.value for one in HAZARDS)}, language
        for name, wanted in blanks.items():
            assert {field for _, field, _, _ in Formatter().parse(words[name]) if field} == set(wanted.split())


def test_many_places_are_told_by_their_number() -> None:
    names = ["경기도 전체", "서울특별시 종로구", "인천광역시", "강원특별자치도"]
    assert wording.place(names, "ko") == "경기도, 서울특별시 종로구 외 2곳"
    assert wording.place(names, "en") == "경기도, 서울특별시 종로구 (+2)"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("지진",), Hazard.EARTHQUAKE),
        (("Flash Flood Warning",), Hazard.FLOOD),
        (("화학물질 화재",), Hazard.CHEMICAL),
        (("기타", "실종"), Hazard.MISSING),
        (("교통통제",), Hazard.OTHER),
        ((), Hazard.OTHER),
    ],
)
def test_a_disaster_is_known_by_what_it_is_called(said: tuple[str, ...], kind: Hazard) -> None:
    assert hazard(*said) is kind


@given(st.integers(0, 10**6), st.integers(0, 4), st.integers(1, 9))
def test_a_slip_in_one_digit_of_a_sightings_code_is_found(number: int, place: int, by: int) -> None:
    code = sighting_code(number)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert check_digit(code[:4]) == int(code[4])
    assert check_digit(wrong[:4]) != int(wrong[4])


def test_the_pause_after_trouble_grows_to_five_minutes_and_a_page_ends_it() -> None:
    reading, pauses = Reading("7"), []
    for _ in range(9):
        reading = reading.troubled(0.0, 0.0)
        pauses.append(reading.rest_until)
    assert (pauses[0], pauses[-1]) == (FIRST_PAUSE_S, LONGEST_PAUSE_S)
    assert pauses == sorted(pauses)
    assert reading.troubled(0.0, 999.0).rest_until == 999.0
    assert Reading.read(reading.moved("8", 30.0).written()) == Reading("8", 30.0)
