"""Rules read from their documents: JSON as Protobuf maps the messages of the contract, so that one form serves for the
contract, for what is kept and for the sample.

What is wrong is told by its path, all of it at once: names that are not known, types, units, bounds. Whether a rule
makes sense is ``eligibility_checks``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.referral.domain.eligibility_amounts import Reader, read_amount, same_unit, unit_of
from services.referral.domain.eligibility_catalogue import FACTS
from services.referral.domain.eligibility_facts import Fact, Kind, Unit, Value, Words, fault
from services.referral.domain.eligibility_rules import (
    All,
    Compare,
    Condition,
    Either,
    Median,
    Not,
    Number,
    Of,
    OneOf,
    Rule,
    Source,
    Test,
    Within,
)

DEEPEST = 8
MOST_CONDITIONS = 200
MOST_PARTS = 30
MOST_VALUES = 300
MOST_LINES = 20
LONGEST_SENTENCE = 300
LONGEST_NAME = 120
MOST_SERVICES = 50
KINDS = ("welfare", "legal")
_TESTS = ("all", "any", "not", "atMost", "atLeast", "between", "is", "oneOf", "shareOfMedian")
_BESIDE = ("words", "documents", "toCheck", "discretion")
_RULE = (
    *("id", "name", "kind", "source", "validFrom", "validUntil", "assured"),
    *("requires", "documents", "notes", "serviceIds", "services"),
)
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_URL = re.compile(r"https?://[!-~]{1,300}")


def read_rule(reader: Reader, given: object, path: str = "rule") -> Rule | None:
    """A rule; None after a fault."""
    members = reader.members(given, path, _RULE)
    if not isinstance(members.get("id"), str) or not _ID.fullmatch(members["id"]):
        reader.fault(f"{path}.id", "has 1 to 64 lower-case letters, digits, - and _")
    if members.get("kind") not in KINDS:
        reader.fault(f"{path}.kind", f"is one of {', '.join(KINDS)}")
    name = _words(reader, members.get("name"), f"{path}.name", LONGEST_NAME)
    source = _source(reader, members.get("source"), f"{path}.source")
    begins, ends = _validity(reader, members, path)
    requires = read_condition(reader, members.get("requires"), f"{path}.requires")
    papers = _lines(reader, members.get("documents", []), f"{path}.documents", LONGEST_NAME)
    notes = _lines(reader, members.get("notes", []), f"{path}.notes", LONGEST_SENTENCE)
    ids, keys = _services(reader, members, path)
    assured = _flag(reader, members, path, "assured")
    if reader.faults or name is None or source is None or begins is None or requires is None:
        return None
    return Rule(members["id"], name, members["kind"], source, begins, ends, assured, requires, papers, notes, ids, keys)


def read_condition(reader: Reader, given: object, path: str, depth: int = 1) -> Condition | None:
    """A condition with all below it; None after a fault."""
    reader.conditions += 1
    if depth > DEEPEST or reader.conditions > MOST_CONDITIONS:
        reader.fault(path, f"is one condition too many: {MOST_CONDITIONS} in a rule, {DEEPEST} in one another")
        return None
    members = reader.members(given, path, (*_TESTS, *_BESIDE))
    kind = reader.one_of(members, path, _TESTS) if isinstance(given, Mapping) else ""
    test = _test(reader, kind, members[kind], f"{path}.{kind}", depth) if kind else None
    told = kind != "all" or "discretion" in members
    words = _words(reader, members.get("words"), f"{path}.words", LONGEST_SENTENCE, needed=told)
    papers = _lines(reader, members.get("documents", []), f"{path}.documents", LONGEST_NAME)
    to_check = _flag(reader, members, path, "toCheck")
    other = None
    if "discretion" in members:
        other = read_condition(reader, members["discretion"], f"{path}.discretion", depth + 1)
    return None if test is None else Condition(test, path, words, papers, to_check, other)


def _test(reader: Reader, kind: str, given: object, path: str, depth: int) -> Test | None:
    match kind:
        case "all" | "any":
            items = reader.items(given, path, 1 if kind == "all" else 2, MOST_PARTS)
            read = [read_condition(reader, one, f"{path}[{place}]", depth + 1) for place, one in enumerate(items)]
            parts = tuple(part for part in read if part is not None)
            whole = bool(parts) and len(parts) == len(read)
            return (All(parts) if kind == "all" else Either(parts)) if whole else None
        case "not":
            part = read_condition(reader, given, path, depth + 1)
            return None if part is None else Not(part)
        case "is":
            return _is(reader, given, path)
        case "oneOf":
            return _one_of(reader, given, path)
        case "shareOfMedian":
            return _share_of_median(reader, given, path)
    return _compare(reader, kind, given, path)


def _compare(reader: Reader, kind: str, given: object, path: str) -> Compare | None:
    names = {"atMost": ("", "limit"), "atLeast": ("limit", ""), "between": ("least", "most")}[kind]
    members = reader.members(given, path, ("amount", *filter(None, names)))
    amount = read_amount(reader, members.get("amount"), f"{path}.amount")
    least, most = (read_amount(reader, members.get(name), f"{path}.{name}") if name else None for name in names)
    limits = [limit for limit in (least, most) if limit is not None]
    if amount is None or len(limits) < len([*filter(None, names)]) or not same_unit(reader, path, amount, *limits):
        return None
    return Compare(amount, least, most)


def _share_of_median(reader: Reader, given: object, path: str) -> Compare | None:
    members = reader.members(given, path, ("amount", "percent"))
    amount = read_amount(reader, members.get("amount"), f"{path}.amount")
    part = reader.hundredths(members.get("percent"), f"{path}.percent")
    if amount is not None and unit_of(amount) is not Unit.WON:
        reader.fault(f"{path}.amount", f"counts {unit_of(amount)}, and a median income is in won")
        return None
    return None if amount is None or part is None else Compare(amount, None, Median(part))


def _is(reader: Reader, given: object, path: str) -> Test | None:
    members = reader.members(given, path, ("fact", "number", "yes", "choice"))
    fact = _fact(reader, members, path)
    kind = reader.one_of(members, path, ("number", "yes", "choice")) if isinstance(given, Mapping) else ""
    if fact is None or not kind:
        return None
    value: Value | None = members[kind]
    if kind == "number":
        value = reader.whole(value, f"{path}.number")
    if not _fits(reader, fact, value, f"{path}.{kind}"):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        limit = Number(value, fact.unit or Unit.PERCENT)
        return Compare(Of(fact.id), limit, limit)
    return Within(fact.id, (str(value),)) if fact.kind is Kind.DISTRICT else OneOf(fact.id, frozenset([value]))  # type: ignore[list-item]


def _one_of(reader: Reader, given: object, path: str) -> Test | None:
    members = reader.members(given, path, ("fact", "choices"))
    fact = _fact(reader, members, path)
    values = reader.items(members.get("choices"), f"{path}.choices", 1, MOST_VALUES)
    if fact is not None and fact.kind not in {Kind.CHOICE, Kind.DISTRICT}:
        reader.fault(f"{path}.fact", f"has no choices: {fact.id} is of the kind {fact.kind}")
        return None
    fit = [fact is not None and _fits(reader, fact, one, f"{path}.choices[{n}]") for n, one in enumerate(values)]
    if fact is None or not fit or not all(fit):
        return None
    return Within(fact.id, tuple(values)) if fact.kind is Kind.DISTRICT else OneOf(fact.id, frozenset(values))


def _fact(reader: Reader, members: Mapping[str, Any], path: str) -> Fact | None:
    given = members.get("fact")
    fact = FACTS.get(given) if isinstance(given, str) else None
    if fact is None:
        reader.fault(f"{path}.fact", "is no fact of the catalogue")
    return fact


def _fits(reader: Reader, fact: Fact, value: Value | None, path: str) -> bool:
    wrong = "" if value is None else fault(fact, value)
    if wrong:
        reader.fault(path, f"of {fact.id} {wrong}")
    return value is not None and not wrong


def _words(reader: Reader, given: object, path: str, longest: int, *, needed: bool = True) -> Words | None:
    if given is None and not needed:
        return None
    members = reader.members(given, path, ("ko", "en"))
    texts = [members.get(language) for language in ("ko", "en")]
    if not all(_is_line(text, longest) for text in texts):
        reader.fault(path, f"has a line of 1 to {longest} characters in ko and in en")
        return None
    return Words(*texts)  # type: ignore[arg-type] # both are texts


def _is_line(given: object, longest: int) -> bool:
    return isinstance(given, str) and bool(given.strip()) and len(given) <= longest and given.isprintable()


def _lines(reader: Reader, given: object, path: str, longest: int) -> tuple[Words, ...]:
    items = reader.items(given, path, 0, MOST_LINES)
    read = [_words(reader, one, f"{path}[{place}]", longest) for place, one in enumerate(items)]
    return tuple(words for words in read if words is not None)


def _flag(reader: Reader, members: Mapping[str, Any], path: str, name: str) -> bool:
    given = members.get(name, False)
    if not isinstance(given, bool):
        reader.fault(f"{path}.{name}", "is true or false")
    return given is True


def _source(reader: Reader, given: object, path: str) -> Source | None:
    members = reader.members(given, path, ("title", "date", "url"))
    title, url = members.get("title"), members.get("url", "")
    if not _is_line(title, LONGEST_SENTENCE):
        reader.fault(f"{path}.title", f"is a line of 1 to {LONGEST_SENTENCE} characters")
    if not isinstance(url, str) or (url and not _URL.fullmatch(url)):
        reader.fault(f"{path}.url", "is an address of the web")
    day = _day(reader, members.get("date"), f"{path}.date")
    return None if day is None else Source(str(title), day, str(url))


def _validity(reader: Reader, members: Mapping[str, Any], path: str) -> tuple[date | None, date | None]:
    begins = _day(reader, members.get("validFrom"), f"{path}.validFrom")
    ends = _day(reader, members["validUntil"], f"{path}.validUntil") if "validUntil" in members else None
    if begins and ends and ends <= begins:
        reader.fault(f"{path}.validUntil", "is after validFrom: the first day on which the rule does not hold")
    return begins, ends


def _day(reader: Reader, given: object, path: str) -> date | None:
    try:
        day = date.fromisoformat(given) if isinstance(given, str) and len(given) == 10 else None
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        reader.fault(path, "is a day, YYYY-MM-DD")
        return None
    return day


def _services(
    reader: Reader, members: Mapping[str, Any], path: str
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    ids = reader.items(members.get("serviceIds", []), f"{path}.serviceIds", 0, MOST_SERVICES)
    keys = reader.items(members.get("services", []), f"{path}.services", 0, MOST_SERVICES)
    for place, one in enumerate(ids):
        if not _is_line(one, 64):
            reader.fault(f"{path}.serviceIds[{place}]", "is the id of a service")
    pairs = []
    for place, one in enumerate(keys):
        below = f"{path}.services[{place}]"
        pair = reader.members(one, below, ("source", "sourceKey"))
        texts = [pair.get(name) for name in ("source", "sourceKey")]
        if not all(_is_line(text, 200) for text in texts):
            reader.fault(below, "has a source and a sourceKey, 1 to 200 characters each")
        pairs.append((str(texts[0]), str(texts[1])))
    return tuple(map(str, ids)), tuple(pairs)
