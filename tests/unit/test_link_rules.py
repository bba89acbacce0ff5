"""Links and their pages: where a link stands, how often a new one is sent, what a page offers and takes."""

from __future__ import annotations

from typing import Any

import pytest

from services.referral.domain.dispatches import Errand
from services.referral.domain.letters import letter
from services.referral.domain.links import (
    AGAIN_A_DAY,
    AGAIN_S,
    LinkState,
    Said,
    expected_at,
    faults,
    may_send_again,
    offered,
    standing,
)
from services.referral.domain.referrals import OVER, ReferralState

S = ReferralState
NOW = 1_777_885_200.0
"""4 May 2026, 18:00 in Korea."""
NEW = {"ended": False, "killed": "", "opened": False, "expires_at": NOW + 1, "now": NOW}


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, LinkState.NEW),
        ({"now": NOW + 1}, LinkState.EXPIRED),
        ({"opened": True}, LinkState.USED),
        ({"opened": True, "now": NOW + 1}, LinkState.USED),
        ({"killed": "replaced"}, LinkState.REPLACED),
        ({"killed": "replaced", "opened": True}, LinkState.USED),
        ({"killed": "ended", "opened": True}, LinkState.ENDED),
        ({"ended": True}, LinkState.ENDED),
    ],
)
def test_where_a_link_stands(more: dict[str, Any], state: LinkState) -> None:
    assert standing(**{**NEW, **more}) is state


def test_a_new_link_is_sent_now_and_then_and_not_all_day() -> None:
    assert may_send_again([], NOW)
    assert not may_send_again([NOW - AGAIN_S + 1], NOW)
    assert may_send_again([NOW - AGAIN_S], NOW)
    often = [NOW - AGAIN_S * (place + 1) for place in range(AGAIN_A_DAY)]
    assert not may_send_again(often, NOW)
    assert may_send_again([at - 86_400 for at in often], NOW)


@pytest.mark.parametrize(
    ("state", "reached", "said"),
    [
        (S.CONSENTED, None, (S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED)),
        (S.SENT, S.SENT, (S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED)),
        (S.ACKNOWLEDGED, S.ACKNOWLEDGED, (S.ACCEPTED, S.DECLINED)),
        (S.ACCEPTED, S.ACCEPTED, (S.IN_PROGRESS, S.COMPLETED, S.DECLINED)),
        (S.IN_PROGRESS, S.IN_PROGRESS, (S.IN_PROGRESS, S.COMPLETED, S.DECLINED)),
        (S.ESCALATED, S.SENT, (S.ACKNOWLEDGED, S.ACCEPTED, S.DECLINED)),
        (S.ESCALATED, S.IN_PROGRESS, (S.IN_PROGRESS, S.COMPLETED, S.DECLINED)),
        (S.COMPLETED, S.COMPLETED, ()),
    ],
)
def test_a_page_offers_what_may_be_said_next(state: S, reached: S | None, said: tuple[S, ...]) -> None:
    assert offered(state, reached) == said


def test_nothing_is_offered_when_it_is_over() -> None:
    assert [state for state in OVER if offered(state, S.SENT)] == []


def test_a_day_ends_at_midnight_in_korea_and_lies_within_a_year() -> None:
    assert expected_at("2026-05-04", NOW) == NOW + 6 * 3600
    assert [expected_at(day, NOW) for day in ("2026-05-03", "2027-05-06", "5.4.", "")] == [None] * 4
    assert faults(Said("accepted", expected="2026-05-04"), NOW) == []


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("errand", [Errand.REFERRAL, Errand.LINK, Errand.REMINDER, Errand.SECOND_CONTACT])
def test_a_letter_fits_a_text_message_of_the_carriers(language: str, errand: Errand) -> None:
    url = f"https://links.of-a-long-name.go.kr/agency/{'x' * 22}"
    written = letter(errand, language, centre="120 경기도 콜센터", number="26-0KX3M-7QHMZ", url=url)
    assert len(written.text) < 320
    assert written.text.endswith(url)
