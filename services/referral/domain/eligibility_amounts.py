"""Amounts read from the document of a rule, with their units: what has no unit in common is never compared or added.

Beside them ``Reader``, which every part of a document is read with: it keeps what is wrong by its path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.referral.domain.eligibility_catalogue import FACTS
from services.referral.domain.eligibility_facts import Kind, Unit
from services.referral.domain.eligibility_rules import Amount, Difference, Median, Number, Of, Ratio, Share, Sum

MOST_FAULTS = 20
MOST_PARTS = 10
DEEPEST_AMOUNT = 4
LARGEST = 1_000_000_000_000
_KINDS = ("fact", "number", "sum", "difference", "share", "ratio", "median")
_UNITS = ", ".join(Unit)


class Reader:
    """Collects what is wrong with a document: a path, and what is wrong there."""

    def __init__(self) -> None:
        self.faults: list[tuple[str, str]] = []
        self.conditions = 0
        """Read so far."""

    def fault(self, path: str, text: str) -> None:
        """Keep a fault; after a while nobody reads them any more."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append((path, text))

    def members(self, given: object, path: str, known: Sequence[str]) -> Mapping[str, Any]:
        """An object with no members but these; empty if it is none."""
        if not isinstance(given, Mapping):
            self.fault(path, "is an object")
            return {}
        for name in given:
            if name not in known:
                self.fault(f"{path}.{name}", f"is not known here: {', '.join(known)}")
        return given

    def one_of(self, given: Mapping[str, Any], path: str, kinds: Sequence[str]) -> str:
        """The only one of these members that is given; empty after a fault."""
        found = [kind for kind in kinds if kind in given]
        if len(found) != 1:
            self.fault(path, f"has exactly one of {', '.join(kinds)}")
        return found[0] if len(found) == 1 else ""

    def whole(self, given: object, path: str, least: int = -LARGEST, most: int = LARGEST) -> int | None:
        """A whole number; as a string, too, as JSON of Protobuf writes those of 64 bits."""
        if isinstance(given, str) and given.removeprefix("-").isdecimal() and len(given) < 20:
            given = int(given)
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            self.fault(path, f"is a whole number from {least} to {most}")
            return None
        return given

    def hundredths(self, given: object, path: str) -> int | None:
        """A percentage with at most two decimals, in hundredths."""
        right = isinstance(given, int | float) and not isinstance(given, bool) and 0 < given <= 1_000
        if not right or abs(given * 100 - round(given * 100)) > 1e-6:  # type: ignore[operator]
            self.fault(path, "is a percentage above 0, at most 1000, with at most two decimals")
            return None
        return round(given * 100)  # type: ignore[operator]

    def items(self, given: object, path: str, least: int, most: int) -> Sequence[Any]:
        """A list of so many items; empty after a fault."""
        if not isinstance(given, list) or not least <= len(given) <= most:
            self.fault(path, f"is a list of {least} to {most}")
            return []
        return given


def unit_of(amount: Amount) -> Unit:
    """What an amount counts."""
    match amount:
        case Of(fact):
            return FACTS[fact].unit or Unit.PERCENT
        case Number(_, unit):
            return unit
        case Sum(parts) | Difference(parts):
            return unit_of(parts[0])
        case Share(of, _):
            return unit_of(of)
        case Ratio():
            return Unit.PERCENT
        case Median():
            return Unit.WON


def read_amount(reader: Reader, given: object, path: str, depth: int = 1) -> Amount | None:  # noqa: PLR0911 - one for each kind
    """An amount; None after a fault."""
    if depth > DEEPEST_AMOUNT:
        reader.fault(path, f"lies deeper than {DEEPEST_AMOUNT} amounts in one another")
        return None
    members = reader.members(given, path, (*_KINDS, "unit"))
    kind = reader.one_of(members, path, _KINDS) if members or isinstance(given, Mapping) else ""
    if "unit" in members and kind != "number":
        reader.fault(f"{path}.unit", "stands beside a number alone")
    below = f"{path}.{kind}"
    match kind:
        case "fact":
            return _fact(reader, members["fact"], below)
        case "number":
            return _number(reader, members, path)
        case "sum" | "difference":
            parts = _parts(reader, members[kind], below, depth)
            return None if parts is None else Sum(parts) if kind == "sum" else Difference(parts)
        case "share":
            return _share(reader, members["share"], below, depth)
        case "ratio":
            return _ratio(reader, members["ratio"], below, depth)
        case "median":
            part = reader.hundredths(reader.members(members["median"], below, ("percent",)).get("percent"), below)
            return None if part is None else Median(part)
    return None


def same_unit(reader: Reader, path: str, *parts: Amount) -> bool:
    """Whether all count the same; a fault if they do not."""
    units = sorted({unit_of(part) for part in parts})
    if len(units) > 1:
        reader.fault(path, f"mixes {' and '.join(units)}")
    return len(units) == 1


def _fact(reader: Reader, given: object, path: str) -> Of | None:
    fact = FACTS.get(given) if isinstance(given, str) else None
    if fact is None:
        reader.fault(path, "is no fact of the catalogue")
        return None
    if fact.kind is not Kind.NUMBER:
        reader.fault(path, f"is no number: {fact.id} is of the kind {fact.kind}")
        return None
    return Of(fact.id)


def _number(reader: Reader, members: Mapping[str, Any], path: str) -> Number | None:
    number, unit = reader.whole(members["number"], f"{path}.number"), str(members.get("unit"))
    if unit not in {*Unit}:
        reader.fault(f"{path}.unit", f"is one of {_UNITS}")
        return None
    return None if number is None else Number(number, Unit(unit))


def _parts(reader: Reader, given: object, path: str, depth: int) -> tuple[Amount, ...] | None:
    items = reader.items(given, path, 2, MOST_PARTS)
    parts = [read_amount(reader, one, f"{path}[{place}]", depth + 1) for place, one in enumerate(items)]
    found = tuple(part for part in parts if part is not None)
    if not found or len(found) < len(parts) or not same_unit(reader, path, *found):
        return None
    return found


def _share(reader: Reader, given: object, path: str, depth: int) -> Share | None:
    members = reader.members(given, path, ("amount", "percent"))
    of = read_amount(reader, members.get("amount"), f"{path}.amount", depth + 1)
    part = reader.hundredths(members.get("percent"), f"{path}.percent")
    if of is not None and unit_of(of) is Unit.PERCENT:
        reader.fault(f"{path}.amount", "is a percentage already")
        return None
    return None if of is None or part is None else Share(of, part)


def _ratio(reader: Reader, given: object, path: str, depth: int) -> Ratio | None:
    members = reader.members(given, path, ("amount", "to"))
    of = read_amount(reader, members.get("amount"), f"{path}.amount", depth + 1)
    to = read_amount(reader, members.get("to"), f"{path}.to", depth + 1)
    if of is None or to is None or not same_unit(reader, path, of, to):
        return None
    return Ratio(of, to)
