"""Rules of transfers: how they end, and what departments say of them."""

from __future__ import annotations

import pytest

from services.intake.domain.handovers import HandoverState
from services.routing.domain.transfers import (
    TRANSFER_ENDED,
    TRANSFER_MOVES,
    Style,
    TransferState,
    said_by_department,
)

HAS_IT = (HandoverState.ACKNOWLEDGED, HandoverState.IN_PROGRESS, HandoverState.DONE)
HAS_IT_NOT = (HandoverState.REFUSED, HandoverState.FAILED)


def test_who_has_joined_goes_on_or_back_and_what_has_ended_stays_so() -> None:
    assert TRANSFER_MOVES[TransferState.JOINED] == {TransferState.COMPLETED, TransferState.CANCELLED}
    assert {
        TransferState.COMPLETED,
        TransferState.DECLINED,
        TransferState.EXPIRED,
        TransferState.CANCELLED,
    } == TRANSFER_ENDED


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("state", HandoverState)
def test_a_department_completes_a_transfer_only_by_having_the_case(state: HandoverState, style: Style) -> None:
    reached = said_by_department(state.value, style)
    if state in HAS_IT:
        assert reached is TransferState.COMPLETED
    elif state in HAS_IT_NOT:
        assert reached is TransferState.DECLINED
    elif state is HandoverState.SUBMITTED:
        assert reached is (TransferState.COMPLETED if style is Style.COLD else TransferState.OFFERED)
    else:
        assert reached is None
