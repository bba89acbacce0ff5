"""Telephones: what other services ask of exchanges is done there, leg by leg.

An exchange's call lies between two transactions: one says that it begins, one tells what came of it. Somebody waits on
the line, so dialling is tried once: who asked decides what comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace

from hub120.intake.v1 import legs_pb2
from hub120_sdk import Address, AddressKind, ConnectorError, Dial, Leg, LegState, Misconfigured, Rejected

from chassis import logs
from chassis.connectors import operations
from chassis.connectors.errors import UnknownConnector
from chassis.connectors.host import Host
from chassis.crypto import Unsealable
from chassis.database import Database
from services.intake.domain.commands import Asked, Command, Outcome
from services.intake.use_cases import commanding
from services.intake.use_cases.commanding import COMMANDS, Begun

_log = logs.get_logger("intake")


@dataclass(frozen=True, slots=True)
class Hands:
    """What it takes to carry a command out."""

    database: Database
    connectors: Host
    emergency_numbers: Collection[str]
    """What no drill may ring."""
    again: Callable[[ConnectorError], Exception | None]
    """What to raise so that the task comes again; None if it shall not."""


def carry_out(hands: Hands, task: legs_pb2.CommandLeg) -> None:
    """Carry a command out, and tell what came of it."""
    asked = _asked(hands, task)
    begun = hands.database.run(commanding.begin, asked, hands.emergency_numbers)
    if begun is None:
        return
    outcome = _outcome(hands, task, asked, begun)
    withdrawn = hands.database.run(commanding.settle, asked, outcome)
    if asked.command is Command.DIAL and (withdrawn or outcome is Outcome.FAILED):
        _hang_up(hands, asked)


def _asked(hands: Hands, task: legs_pb2.CommandLeg) -> Asked:
    return Asked(
        id=task.command_id,
        connector=task.channel,
        conference_id=task.conference_id,
        leg_id=task.leg_id,
        command=COMMANDS[task.command],
        expires_at=task.expire_time.ToMicroseconds() / 1e6,
        number=_number(hands, task.dial_to),
        case_id=task.dial_to.case_id,
        drill=task.drill,
        announcement=task.announcement.text,
    )


def _outcome(hands: Hands, task: legs_pb2.CommandLeg, asked: Asked, begun: Begun) -> Outcome:
    """Ask the exchange. Raises what makes the task come again."""
    try:
        if asked.command is Command.DIAL:
            return _dial(hands, task, begun)
        _command(hands, asked, begun.exchange_leg_id)
    except (Rejected, Misconfigured, UnknownConnector):
        return Outcome.REFUSED
    except ConnectorError as error:
        again = None if asked.command is Command.DIAL else hands.again(error)
        if again is not None:
            raise again from error
        return Outcome.FAILED
    return Outcome.DONE


def _dial(hands: Hands, task: legs_pb2.CommandLeg, begun: Begun) -> Outcome:
    to = _address(hands, task.dial_to, begun)
    if to is None:
        return Outcome.NO_LINE
    dial = Dial(
        task.leg_id,
        to,
        conference_id=task.conference_id,
        ring_s=float(task.ring_seconds),
        announcement=task.announcement.text,
        language=task.announcement.language,
        muted=task.muted,
    )
    leg = _dialled(hands, task.channel, dial)
    return Outcome.REFUSED if leg.state is LegState.ENDED else Outcome.DONE


def _dialled(hands: Hands, exchange: str, dial: Dial) -> Leg:
    """Rather called without a word before the others than not at all: many an exchange has no voice."""
    try:
        leg: Leg = hands.connectors.ask(exchange, operations.DIAL, dial)
    except Rejected:
        if not dial.announcement:
            raise
        _log.warning("announcement_refused", channel=exchange)
        leg = hands.connectors.ask(exchange, operations.DIAL, replace(dial, announcement="", language=""))
    return leg


def _address(hands: Hands, to: legs_pb2.DialTo, begun: Begun) -> Address | None:
    who = to.WhichOneof("who")
    if who == "department":
        with suppress(ConnectorError, UnknownConnector):
            line: Address | None = hands.connectors.ask(to.department, operations.LINE)
            return line
        return None
    if who == "case_id":
        return _citizens(begun)
    if who == "account":
        return Address(AddressKind.ACCOUNT, to.account)
    number = _number(hands, to)
    return Address(AddressKind.PHONE, number) if number else None


def _number(hands: Hands, to: legs_pb2.DialTo) -> str:
    """The number that is dialled, also one that whoever asked did not let the bus know; empty where there is none."""
    if not to.sealed_number:
        return to.service_number
    with suppress(Unsealable):
        return hands.database.keys.open_text(to.sealed_number, table="dial_to", column="sealed_number", row="")
    return ""


def _citizens(begun: Begun) -> Address | None:
    """A telephone, and no short number: those are services, whoever says that it is theirs."""
    if begun.citizen is None:
        return None
    kind, value = begun.citizen
    callable_ = kind == AddressKind.PHONE and value.startswith("+")
    return Address(AddressKind.PHONE, value) if callable_ else None


def _command(hands: Hands, asked: Asked, leg_id: str) -> None:
    ask = hands.connectors.ask
    match asked.command:
        case Command.JOIN:
            ask(asked.connector, operations.BRIDGE, asked.conference_id, [leg_id])
        case Command.HANG_UP:
            ask(asked.connector, operations.HANG_UP, leg_id)
        case Command.HOLD | Command.RESUME as held:
            ask(asked.connector, operations.HOLD, asked.conference_id, leg_id, held is Command.HOLD)
        case muted:
            ask(asked.connector, operations.MUTE, asked.conference_id, leg_id, muted is Command.MUTE)


def _hang_up(hands: Hands, asked: Asked) -> None:
    """What nobody wants any more, or what may have been dialled although the exchange did not say so."""
    with suppress(ConnectorError, UnknownConnector):
        hands.connectors.ask(asked.connector, operations.HANG_UP, asked.leg_id)
