"""Written conversations through an interpreter: every message once, in its order, whatever is late, twice or down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hub120_sdk import SessionNoted

from chassis.database import Database
from chassis.errors import NotFound, PermissionDenied
from chassis.ids import new_id
from services.translation.domain.relaying import ANSWER_S, END_WAIT_S, GIVE_UP_S, Refusal, RelayFailure, Saying
from services.translation.store import audit
from services.translation.tables import metadata
from services.translation.use_cases import relaying, relaying_case, relaying_interpreter
from services.translation.use_cases.relaying import Speaker, Stored
from services.translation.use_cases.relaying_case import Written
from services.translation.watching import Watch
from tests.integration.conversations import KIM, OTHER, Talk, time_passes
from tests.integration.databases import Clock, opened

HELLO, HOW = "مرحبا", "كيف حالك؟"


@pytest.fixture
def database(database_address: str, clock: Clock) -> Iterator[Database]:
    with opened(database_address, "translation", metadata, clock) as found:
        yield found


@pytest.fixture
def talk(database: Database, clock: Clock) -> Talk:
    return Talk(database, clock)


def test_what_the_citizen_wrote_before_the_interpreter_came_is_sent_when_they_are_there(talk: Talk) -> None:
    talk.writes(HELLO, HOW)
    assert talk.asked_of() == []
    talk.connects()
    assert talk.asked_of() == talk.ids()
    assert talk.told() == [(1, "pending", HELLO, ""), (2, "pending", HOW, "")]
    assert talk.states() == ["offered", "connected"]


def test_a_new_conversation_is_to_be_read_at_once_and_a_read_one_when_something_is_new(talk: Talk) -> None:
    (load,) = talk.loads()
    assert (load.reads, load.read_to, load.case_id) == (True, None, talk.case_id)
    talk.database.run(relaying_case.take_in, talk.id, [], 7, "")
    assert talk.database.run(relaying_case.next_delivery, load) is None
    assert talk.loads() == []
    talk.database.run(relaying_case.told_of, talk.case_id, 7, "")
    assert talk.loads() == []
    talk.database.run(relaying_case.told_of, talk.case_id, 8, "")
    assert [one.read_to for one in talk.loads()] == [7]


def test_words_that_two_apis_read_are_relayed_once(talk: Talk, clock: Clock) -> None:
    said = [Written("contact-1", 3, HELLO, 1.0, ""), Written("contact-2", 5, HOW, 2.0, "")]
    talk.database.run(relaying_case.take_in, talk.id, said[:1], 3, "")
    talk.database.run(relaying_case.take_in, talk.id, said, 5, "")
    talk.database.run(relaying_case.take_in, talk.id, said, 5, "")
    assert [one[2] for one in talk.told()] == [HELLO, HOW]


def test_what_came_while_words_were_carried_stays_due(talk: Talk) -> None:
    (load,) = talk.loads()
    talk.database.run(relaying_case.told_of, talk.case_id, 9, "")
    assert talk.database.run(relaying_case.next_delivery, load) is None
    assert len(talk.loads()) == 1


def test_words_that_could_not_be_carried_wait_longer_each_time(talk: Talk, clock: Clock) -> None:
    waits = []
    (load,) = talk.loads()
    for _ in range(6):
        talk.database.run(relaying_case.try_again, load)
        waits.append(0)
        while not (found := talk.loads()):
            clock.pass_by(1)
            waits[-1] += 1
        (load,) = found
    assert waits == [1, 2, 4, 8, 15, 15]


def test_an_api_that_dies_leaves_its_words_to_another(talk: Talk, clock: Clock) -> None:
    assert len(talk.loads()) == 1
    assert talk.loads() == []
    clock.pass_by(15)
    assert len(talk.loads()) == 1


def test_a_translation_is_told_once_and_only_after_those_before_it(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO, HOW)
    first, second = talk.ids()
    before = len(talk.told())
    talk.translate(second, "잘 지내세요?")
    assert len(talk.told()) == before
    talk.translate(first, "안녕하세요")
    assert talk.bring(second, "다른 번역") == SessionNoted(known=True, duplicate=True)
    assert talk.told()[before:] == [(1, "translated", HELLO, ""), (2, "translated", HOW, "")]


def test_one_who_waits_for_an_answer_does_not_hold_up_the_other(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO)
    talk.says("안녕하세요")
    _, answer = talk.ids()
    talk.translate(answer, "أهلا")
    assert talk.told()[-1] == (2, "translated", "안녕하세요", "")


def test_the_agents_words_go_to_the_citizen_in_their_order_each_once(talk: Talk) -> None:
    talk.connects()
    texts = ["하나", "둘", "셋"]
    for text in texts:
        talk.says(text)
    one, two, three = talk.ids()
    talk.translate(three, "ثلاثة")
    talk.translate(two, "اثنان")
    assert talk.deliver() == []
    talk.translate(one, "واحد")
    assert talk.deliver() == ["واحد", "اثنان", "ثلاثة"]
    assert talk.deliver() == []
    assert [one[:3] for one in talk.told()[-3:]] == [(n + 1, "delivered", text) for n, text in enumerate(texts)]


def test_words_said_again_with_the_same_id_are_said_once(talk: Talk) -> None:
    talk.connects()
    assert talk.says("안녕하세요", "r-1") == talk.says("안녕하세요", "r-1") == Stored(talk.ids()[0], 1)
    assert len(talk.tasks()) == 1


@pytest.mark.parametrize(
    ("saying", "refusal"),
    [
        (Saying("", "말", confirmed=False), Refusal.REQUEST_ID_MISSING),
        (Saying("r" * 65, "말", confirmed=False), Refusal.REQUEST_ID_MISSING),
        (Saying("r-1", "  ", confirmed=False), Refusal.TEXT_EMPTY),
        (Saying("r-1", "가" * 10_001, confirmed=False), Refusal.TEXT_TOO_LONG),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(talk: Talk, saying: Saying, refusal: Refusal) -> None:
    assert talk.database.run(relaying.say, talk.id, KIM, saying) is refusal


def test_nobody_speaks_in_anothers_session_but_a_supervisor(talk: Talk) -> None:
    talk.connects()
    saying = Saying("r-1", "말", confirmed=False)
    with pytest.raises(PermissionDenied):
        talk.database.run(relaying.say, talk.id, Speaker("lee", supervisor=False), saying)
    with pytest.raises(NotFound):
        talk.database.run(relaying.say, new_id(talk.clock()), KIM, saying)
    assert isinstance(talk.database.run(relaying.say, talk.id, Speaker("chief", supervisor=True), saying), Stored)


def test_who_reads_is_on_record_and_nobody_reads_on_in_what_became_anothers(talk: Talk, clock: Clock) -> None:
    talk.connects()
    talk.writes(HELLO)
    watch = Watch(talk.database, talk.id, KIM)
    assert len(watch.read(0)) == 3
    watch.read(0)
    assert [row.actor for row in talk.database.run(audit.trail, talk.id)] == ["kim"]
    clock.pass_by(601)
    watch.read(0)
    assert [row.action for row in talk.database.run(audit.trail, talk.id)] == ["read_words"] * 2
    talk.transferred("lee")
    with pytest.raises(PermissionDenied):
        watch.read(0)


def test_an_interpreter_who_is_silent_is_asked_again_and_one_who_cannot_be_reached_sooner(
    talk: Talk, clock: Clock
) -> None:
    talk.connects()
    talk.says("안녕하세요")
    (message,) = talk.ids()
    talk.begin(message)
    time_passes(talk.database, clock, ANSWER_S - 1)
    assert talk.asked_of() == [message]
    time_passes(talk.database, clock, 1)
    assert talk.asked_of() == [message] * 2
    for tries, wait_s in enumerate((2, 4, 8, 16, 30, 30)):
        talk.begin(message)
        talk.database.run(relaying_interpreter.not_reached, message, 0.0)
        time_passes(talk.database, clock, wait_s - 1)
        assert len(talk.asked_of()) == tries + 2
        time_passes(talk.database, clock, 1)
        assert len(talk.asked_of()) == tries + 3


def test_after_a_quarter_of_an_hour_a_message_is_given_up_and_the_next_goes_on(talk: Talk, clock: Clock) -> None:
    talk.connects()
    talk.says("하나")
    talk.says("둘")
    one, two = talk.ids()
    talk.begin(one)
    clock.pass_by(60)
    talk.translate(two, "اثنان")
    time_passes(talk.database, clock, GIVE_UP_S - 61)
    assert talk.deliver() == []
    time_passes(talk.database, clock, 1)
    assert talk.told()[-2:] == [(1, "failed", "하나", "NO_TRANSLATION"), (2, "translated", "둘", "")]
    assert talk.deliver() == ["اثنان"]
    assert talk.bring(one, "واحد") == SessionNoted(known=True, over=True)
    assert [row.action for row in talk.database.run(audit.trail, talk.id)] == ["late_words"]


def test_the_next_interpreter_gets_at_once_what_the_one_before_did_not_translate(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO, HOW)
    one, two = talk.ids()
    talk.translate(one, "안녕하세요")
    talk.begin(two)
    talk.leaves()
    talk.says("잠시만요")
    assert talk.asked_of(OTHER) == []
    talk.connects()
    assert talk.asked_of(OTHER) == talk.ids()[1:]
    assert talk.begin(two) is None
    talk.translate(two, "잘 지내세요?", OTHER)


def test_a_session_that_moves_without_another_interpreter_sends_nothing_twice(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO)
    talk.database.run(relaying.follow, talk.id)
    assert len(talk.tasks()) == 1


def test_what_the_one_before_translates_after_all_counts(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO)
    (message,) = talk.ids()
    talk.begin(message)
    talk.leaves()
    assert talk.bring(message, "안녕하세요") == SessionNoted(known=True)
    talk.connects()
    assert talk.asked_of(OTHER) == []


def test_while_nobody_interprets_words_wait_without_being_sent(talk: Talk, clock: Clock) -> None:
    talk.connects()
    talk.writes(HELLO)
    talk.leaves()
    time_passes(talk.database, clock, ANSWER_S)
    assert (len(talk.tasks()), talk.due("resend_at")) == (1, [None])


def test_when_the_session_is_over_what_nobody_has_fails_and_the_rest_is_waited_for(talk: Talk, clock: Clock) -> None:
    talk.connects()
    for text in ("하나", "둘", "셋"):
        talk.says(text)
    one, two, _ = talk.ids()
    talk.begin(one)
    talk.begin(two)
    talk.ends()
    assert talk.says("넷") is Refusal.SESSION_OVER
    assert talk.bring(one, "واحد") == SessionNoted(known=True)
    assert talk.deliver() == ["واحد"]
    time_passes(talk.database, clock, END_WAIT_S)
    ends = [told for told in talk.told() if told[1] == "failed"]
    assert ends == [(2, "failed", "둘", "SESSION_OVER"), (3, "failed", "셋", "SESSION_OVER")]
    assert talk.due("resend_at") == [None] * 3


def test_nothing_is_read_for_a_session_that_is_over(talk: Talk) -> None:
    talk.ends()
    assert [load.reads for load in talk.loads()] == [False]
    talk.database.run(relaying_case.take_in, talk.id, [Written("contact-1", 1, HELLO, 1.0, "")], 1, "")
    assert talk.ids() == []


def test_a_case_that_takes_no_reply_says_so_and_the_next_message_is_tried(talk: Talk) -> None:
    talk.connects()
    talk.says("하나")
    talk.translate(talk.ids()[0], "واحد")
    (load,) = talk.loads()
    talk.database.run(relaying_case.not_delivered, load, talk.ids()[0], RelayFailure.CASE_CLOSED)
    assert talk.told()[-1] == (1, "failed", "하나", "CASE_CLOSED")
    assert talk.deliver() == []


def test_with_the_first_translation_the_session_interprets(talk: Talk) -> None:
    talk.connects()
    talk.writes(HELLO)
    (message,) = talk.ids()
    assert talk.bring(message, "안녕하세요") == SessionNoted(known=False)
    assert talk.state() == "connected"
    talk.translate(message, "안녕하세요")
    assert talk.state() == "relaying"
    assert talk.states() == ["offered", "connected", "relaying"]
