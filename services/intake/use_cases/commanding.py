"""Commanding: other services ask for legs to be dialled, joined, held, muted and hung up, and are told what became of
it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hub120.intake.v1 import legs_pb2

from chassis import telemetry
from chassis.database import Tx
from services.intake.domain.commands import Asked, Command, Outcome, Skip, stands_against
from services.intake.store import cases, commands, handovers
from services.intake.use_cases.casework import Reader, audit

COMMANDS = {getattr(legs_pb2, f"LEG_COMMAND_{one.name}"): one for one in Command}
_COMMANDS = {one: number for number, one in COMMANDS.items()}
_OUTCOMES = {one: getattr(legs_pb2, f"LEG_OUTCOME_{one.name}") for one in Outcome}


@dataclass(frozen=True, slots=True)
class Begun:
    """A command that is carried out now."""

    exchange_leg_id: str
    citizen: tuple[str, str] | None
    """Kind and address of whom to call, if a citizen is called."""


def begin(tx: Tx, asked: Asked, emergency_numbers: Collection[str]) -> Begun | None:
    """What is needed to carry a command out; None if it is not: then it is settled here. A second delivery finds what
    the first one did."""
    taken = commands.take(tx, asked, telemetry.traceparent())
    against = stands_against(asked, taken, tx.now.timestamp(), emergency_numbers)
    if isinstance(against, Skip):
        if against.told is not None:
            settle(tx, asked, against.told)
        return None
    commands.begin(tx, asked)
    return Begun(commands.exchange_id(tx, asked.leg_id), _citizen(tx, asked) if asked.case_id else None)


def _citizen(tx: Tx, asked: Asked) -> tuple[str, str] | None:
    """The address that the case came from; reading it leaves a trace like any other reading."""
    case = cases.case(tx, asked.case_id)
    if case is None:
        return None
    reader = Reader("hub120", "CommandLeg", f"call back, conference {asked.conference_id}")
    audit(tx, reader, citizen_id=case.citizen_id, case_id=case.id)
    about = handovers.citizen(tx, case.id)
    return about.kind, tx.opened("identity", about, "address")


def settle(tx: Tx, asked: Asked, outcome: Outcome) -> bool:
    """Tell what became of a command; true if the leg was to be hung up meanwhile."""
    event = legs_pb2.LegCommanded(
        command_id=asked.id,
        conference_id=asked.conference_id,
        leg_id=asked.leg_id,
        command=_COMMANDS[asked.command],
        outcome=_OUTCOMES[outcome],
    )
    tx.emit(event, subject=asked.conference_id)
    return commands.settle(tx, asked)
