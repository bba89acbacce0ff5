"""The demonstration's own honesty: it counts what is lost and what comes twice, repeats itself by seed, and its
providers judge as the real ones do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped] # ships no hints

from demo import citizens
from demo.agents import WORDS
from demo.kakao import HANGUL, Callback, trouble
from demo.photos import has_metadata, photo
from demo.phrases import translated
from demo.program import Report
from demo.sms import signature
from demo.tally import ALL, Line, Tally, percentile

PLANNED = citizens.plan("ABC", seed=7, contacts=3, rate=10)
ONE, TWO, THREE = (message.marker for message in PLANNED)
EVERYWHERE = {marker: ["26-1"] for marker in (ONE, TWO, THREE)}


def sample(*left_out: tuple[str, str]) -> Tally:
    """Three messages with which all went well, but for these reports."""
    tally = Tally(PLANNED)
    for at, kind in enumerate(("sent", "accepted", "offered", "reply", "interpreted")):
        for marker in (ONE, TWO, THREE):
            if (kind, marker) not in left_out:
                tally.take(Report(kind, marker, float(at), words="interpreter"))
    return tally


def result(tally: Tally, places: Mapping[str, Sequence[str]], channel: str = ALL) -> Line:
    (line,) = (line for line in tally.lines(places) if line.channel == channel)
    return line


def test_a_sample_without_trouble_counts_as_such() -> None:
    tally = sample()
    line = result(tally, EVERYWHERE)
    assert (line.sent, line.accepted, line.offered, line.answered, line.lost, line.duplicated) == (3, 3, 3, 3, 0, 0)
    assert tally.settled()
    assert list(line.to_offer_ms) == [2000.0] * 3
    assert list(line.to_reply_ms) == [3000.0] * 3


@pytest.mark.parametrize(
    ("left_out", "places"),
    [
        ((), {ONE: ["26-1"], TWO: ["26-2"]}),
        ((("offered", TWO),), EVERYWHERE),
        ((("reply", THREE),), EVERYWHERE),
    ],
    ids=["in no case", "offered to nobody", "never answered"],
)
def test_an_accepted_message_that_got_stuck_is_lost(
    left_out: tuple[tuple[str, str], ...], places: Mapping[str, Sequence[str]]
) -> None:
    tally = sample(*left_out)
    assert result(tally, places).lost == 1
    assert tally.settled() == (not left_out)


def test_a_message_that_was_not_accepted_is_not_lost() -> None:
    tally = sample(("accepted", TWO), ("offered", TWO), ("reply", TWO))
    assert not tally.settled()
    tally.take(Report("refused", TWO, 1.0, "503"))
    assert tally.settled()
    assert result(tally, {ONE: ["26-1"], THREE: ["26-3"]}).lost == 0


def test_a_message_in_two_places_and_a_second_answer_are_duplicates() -> None:
    tally = sample()
    assert result(tally, {**EVERYWHERE, ONE: ["26-1", "26-1"]}).duplicated == 1
    tally.take(Report("reply", TWO, 9.0))
    assert result(tally, EVERYWHERE).duplicated == 1


def test_a_language_that_no_agent_speaks_needs_whoever_should_interpret_it() -> None:
    (foreign,) = (message.marker for message in PLANNED if message.language in citizens.FOREIGN)
    assert result(sample(), EVERYWHERE, "interpreter").answered == 1
    tally = sample(("interpreted", foreign))
    assert not tally.settled()
    assert result(tally, EVERYWHERE, "interpreter").lost == 1
    tally.take(Report("interpreted", foreign, 9.0, "machine"))
    assert tally.settled()
    assert result(tally, EVERYWHERE).lost == 1


def test_who_asks_again_expects_no_answer_of_their_own_and_must_not_be_lost() -> None:
    tally = sample()
    again = f"{ONE}.1"
    for kind in ("sent", "accepted", "offered"):
        tally.take(Report(kind, again, 5.0))
    assert tally.settled()
    assert result(tally, {**EVERYWHERE, again: ["26-1"]}).sent == 3
    assert result(tally, EVERYWHERE).lost == 1


def test_the_same_seed_plans_the_same_messages() -> None:
    again = citizens.plan("ABC", seed=7, contacts=200, rate=10)
    assert again == citizens.plan("ABC", seed=7, contacts=200, rate=10)
    assert again != citizens.plan("ABC", seed=8, contacts=200, rate=10)
    assert {message.channel for message in again} == set(citizens.CHANNELS)
    assert all(citizens.markers(message.text) == [message.marker] for message in again)


@pytest.mark.parametrize(("contacts", "foreign"), [(1, 0), (5, 1), (60, 4), (300, 9)])
def test_a_fixed_share_is_in_languages_that_no_agent_speaks(contacts: int, foreign: int) -> None:
    planned = citizens.plan("ABC", seed=7, contacts=contacts, rate=10)
    found = [message for message in planned if message.language in citizens.FOREIGN]
    assert len(found) == foreign
    assert {message.channel for message in found} <= {"kakaotalk"}
    assert {message.language for message in found} == set(citizens.FOREIGN[:foreign])


def test_one_citizen_calls_and_is_counted_with_the_others() -> None:
    call = citizens.call("ABC")
    assert call.marker not in {message.marker for message in PLANNED}
    tally = Tally([call])
    for kind in ("sent", "accepted", "offered", "reply"):
        tally.take(Report(kind, call.marker, 1.0))
    assert not tally.settled(), "nobody interpreted yet"
    tally.take(Report("interpreted", call.marker, 2.0, "interpreter"))
    assert tally.settled()
    assert result(tally, {call.marker: ["26-1"]}, citizens.TELEPHONE).lost == 0
    assert result(tally, {}, citizens.TELEPHONE).lost == 1


def test_what_is_said_through_interpreters_is_all_known_by_heart() -> None:
    for language in citizens.FOREIGN:
        for sentence in citizens.questions()[language]:
            assert "[" not in translated(f"{sentence} (#ABC-0001)", language, "ko")
        said = translated(WORDS["ko"].format(marked=" (#ABC-0001)"), "ko", language)
        assert said.endswith(" (#ABC-0001)")
        assert not HANGUL.search(said)


def test_our_own_sentences_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citizens, "_titles", list)
    asked = citizens.questions()
    assert sum(map(len, asked.values())) >= 40
    spoken = {language for shares in citizens.LANGUAGES.values() for language in shares}
    assert spoken | set(citizens.FOREIGN) <= asked.keys()


def test_percentiles_are_the_nearest_rank() -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], 50) == 2.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 99) == 4.0


def test_the_sms_provider_signs_as_twilio_does() -> None:
    url, fields = "http://127.0.0.1:8120/channels/sms_twilio", {"Body": "가로등 (#ABC-0001)", "From": "+821000000001"}
    assert RequestValidator("token").validate(url, fields, signature("token", url, fields))


def test_a_callback_is_good_once_within_its_time_and_for_a_skill_answer() -> None:
    answer = {"version": "2.0", "template": {"outputs": [{"simpleText": {"text": "안녕하세요"}}]}}
    assert trouble(Callback(PLANNED[0], good_until=10.0), answer, now=9.0) == ""
    assert trouble(Callback(PLANNED[0], good_until=10.0), answer, now=11.0)
    assert trouble(Callback(PLANNED[0], good_until=10.0, spent=True), answer, now=9.0)
    assert trouble(None, answer, now=9.0)
    assert trouble(Callback(PLANNED[0], good_until=10.0), {"template": answer["template"]}, now=9.0)


def test_photos_tell_where_they_were_taken() -> None:
    assert has_metadata(photo("one"))
    assert photo("one") == photo("one") != photo("two")
