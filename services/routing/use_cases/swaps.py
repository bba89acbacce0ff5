"""Swaps: an agent offers a duty, another agrees, a supervisor puts it on the rota.

An approved swap is one override that holds both duties, so either all of it is on the rota or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.database import Tx
from chassis.errors import NotFound, PermissionDenied, PreconditionFailed
from chassis.ids import new_id
from chassis.statements import Row
from services.routing.domain.duty import Duty, expand
from services.routing.domain.rota import Part
from services.routing.domain.swaps import SWAP_MOVES, Concern, ConcernKind, Swap, SwapState
from services.routing.store import rota as store
from services.routing.store import swaps
from services.routing.use_cases.rota import consider, known_agent


@dataclass(frozen=True, slots=True)
class Told:
    """A swap, why it was asked for, and what is unwise about it."""

    row: Row
    reason: str
    concerns: Sequence[Concern] = ()


def request_swap(
    tx: Tx, agent_id: str, to_agent_id: str, give_start: float, take_start: float | None, reason: str
) -> Told:
    """Offer a duty to another agent. Repeated, it finds the swap that is open; returns what is unwise about it too."""
    store.hold(tx)
    known_agent(tx, to_agent_id)
    there = _open_with(tx, agent_id, give_start, to_agent_id, take_start)
    if there is not None:
        return _told(tx, there.id, consider(tx, swaps.of_row(there).override(there.id, there.id)))
    give = _duty(tx, agent_id, give_start)
    take = None if take_start is None else _duty(tx, to_agent_id, take_start)
    swap = Swap(agent_id, to_agent_id, _part(give), _part(take) if take else None)
    swap_id = new_id(tx.now)
    _still_ahead(tx, swap_id, swap.begins)
    _possible(tx, swap)
    swaps.add(tx, swap_id, swap, give, take, reason)
    return _told(tx, swap_id, consider(tx, swap.override(swap_id, swap_id)))


def _open_with(tx: Tx, agent_id: str, give: float, to_agent_id: str, take: float | None) -> Row | None:
    """The same swap if it is asked for already. Raises if one of its duties is in another."""
    asked = [(agent_id, give), *([(to_agent_id, take)] if take is not None else [])]
    for whose, start in asked:
        there = swaps.open_with(tx, whose, start)
        if there is None:
            continue
        if (there.agent_id, there.to_agent_id, there.give_start_at, there.take_start_at) == (
            agent_id, to_agent_id, give, take
        ):  # fmt: skip
            return there
        raise PreconditionFailed("SWAP_OPEN", f"swap {there.id} has that duty already; withdraw or answer it first")
    return None


def answer_swap(tx: Tx, swap_id: str, answer: SwapState, by: str, *, supervises: bool) -> Told:
    """Accept, decline or withdraw. Repeated, it finds the swap where it shall stand."""
    row = _swap(tx, swap_id, lock=True)
    _may_answer(row, answer, by, supervises=supervises)
    if row.state != answer:
        _move(tx, row, answer, by)
    found = consider(tx, swaps.of_row(row).override(row.id, row.id)) if answer is SwapState.ACCEPTED else []
    return _told(tx, swap_id, found)


def _may_answer(row: Row, answer: SwapState, by: str, *, supervises: bool) -> None:
    if by not in (row.agent_id, row.to_agent_id) and not supervises:
        raise NotFound("swap", row.id)
    allowed = {
        SwapState.ACCEPTED: by == row.to_agent_id,
        SwapState.DECLINED: by == row.to_agent_id or supervises,
        SwapState.WITHDRAWN: by == row.agent_id,
    }
    if not allowed[answer]:
        raise PermissionDenied(f"swap {row.id} is not yours to be {answer}")


def approve_swap(tx: Tx, swap_id: str, by: str, *, force: bool) -> Told:
    """Put an accepted swap on the rota. Repeated, it finds it approved. ``force`` allows a short rest."""
    store.hold(tx)
    row = _swap(tx, swap_id, lock=True)
    if row.state == SwapState.APPROVED:
        return _told(tx, swap_id)
    swap = swaps.of_row(row)
    _move(tx, row, SwapState.APPROVED, by)
    _possible(tx, swap)
    override = swap.override(new_id(tx.now), swap_id)
    found = consider(tx, override)
    if not force and any(one.kind is ConcernKind.SHORT_REST for one in found):
        raise PreconditionFailed(
            "SHORT_REST", f"after swap {swap_id} an agent rests less than eleven hours; force it, or decline it"
        )
    store.put_override(tx, override)
    return _told(tx, swap_id, found)


def expire_swaps(tx: Tx) -> int:
    """End open swaps of which a duty began. A second run finds none."""
    return swaps.expire(tx)


def list_swaps(tx: Tx, states: Sequence[SwapState], agent_id: str, before: str, limit: int) -> list[Told]:
    """Swaps with their reasons, newest first."""
    rows = swaps.list_swaps(tx, [state.value for state in states], agent_id, before, limit)
    return [Told(row, tx.opened("rota_swap", row, "reason")) for row in rows]


def _possible(tx: Tx, swap: Swap) -> None:
    """Both duties are on the rota, and nobody would be in two places."""
    duties = expand(store.rota(tx, swap.begins, swap.ends), swap.begins, swap.ends)
    if not swap.is_on(duties):
        raise PreconditionFailed("NOT_ON_DUTY", f"the duty of {swap.agent_id} or {swap.to_agent_id} has changed")
    if swap.double_booked(duties):
        raise PreconditionFailed(
            "DOUBLE_BOOKING", f"{swap.agent_id} or {swap.to_agent_id} is on duty at that time already"
        )


def _duty(tx: Tx, agent_id: str, start: float) -> Duty:
    """The duty of an agent that starts then."""
    for duty in expand(store.rota(tx, start, start + 1), start, start + 1):
        if duty.agent_id == agent_id and duty.start == start:
            return duty
    raise PreconditionFailed("NOT_ON_DUTY", f"no duty of agent {agent_id} starts then; ask ListDuty")


def _part(duty: Duty) -> Part:
    return Part(duty.team_id, duty.start, duty.end)


def _move(tx: Tx, row: Row, state: SwapState, by: str) -> None:
    if state not in SWAP_MOVES[SwapState(row.state)]:
        raise PreconditionFailed("MOVE_NOT_ALLOWED", f"swap {row.id} cannot move from {row.state} to {state}")
    _still_ahead(tx, row.id, row.expires_at)
    swaps.move(tx, row.id, state, by)


def _still_ahead(tx: Tx, swap_id: str, begins: float) -> None:
    if begins <= tx.now.timestamp():
        raise PreconditionFailed("SWAP_EXPIRED", f"a duty of swap {swap_id} has begun; a supervisor can override it")


def _told(tx: Tx, swap_id: str, found: Sequence[Concern] = ()) -> Told:
    row = _swap(tx, swap_id)
    return Told(row, tx.opened("rota_swap", row, "reason"), found)


def _swap(tx: Tx, swap_id: str, *, lock: bool = False) -> Row:
    row = swaps.swap(tx, swap_id, lock=lock)
    if row is None:
        raise NotFound("swap", swap_id)
    return row
