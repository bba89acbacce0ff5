"""Rules answered the plain way: their documents walked anew for each person, nothing compiled. What
``bench.eligibility`` measures against, and what tests hold the compiled rules against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.referral.domain.median_income import MedianIncome

Facts = Mapping[str, Any]


def answer(rule: Mapping[str, Any], facts: Facts, median: MedianIncome | None) -> bool | None:
    """Whether what a rule requires holds; None: not known."""
    return holds(rule["requires"], facts, median)


def holds(condition: Mapping[str, Any], facts: Facts, median: MedianIncome | None) -> bool | None:
    """A condition, with its discretion."""
    held = _plainly(condition, facts, median)
    if held is False and "discretion" in condition and holds(condition["discretion"], facts, median) is not False:
        return None
    return held


def _plainly(condition: Mapping[str, Any], facts: Facts, median: MedianIncome | None) -> bool | None:
    if "all" in condition:
        found = [holds(part, facts, median) for part in condition["all"]]
        return False if False in found else None if None in found else True
    if "any" in condition:
        found = [holds(part, facts, median) for part in condition["any"]]
        return True if True in found else None if None in found else False
    if "not" in condition:
        held = holds(condition["not"], facts, median)
        return None if held is None else not held
    if "is" in condition:
        test = condition["is"]
        return _among(facts.get(test["fact"]), [test[kind] for kind in ("number", "yes", "choice") if kind in test])
    if "oneOf" in condition:
        return _among(facts.get(condition["oneOf"]["fact"]), condition["oneOf"]["choices"])
    return _compared(condition, facts, median)


def _among(value: Any, values: list[Any]) -> bool | None:
    if value is None:
        return None
    if isinstance(value, str) and value.isdecimal():
        return _placed(value, values)
    return value in values


def _placed(place: str, codes: list[str]) -> bool | None:
    if any(place.startswith(code) for code in codes):
        return True
    return None if any(code.startswith(place) for code in codes) else False


def _compared(condition: Mapping[str, Any], facts: Facts, median: MedianIncome | None) -> bool | None:
    kind, test = next((kind, condition[kind]) for kind in _LIMITS if kind in condition)
    value = amount(test["amount"], facts, median)
    least, most = (None if name not in test else amount(test[name], facts, median) for name in _LIMITS[kind])
    if kind == "shareOfMedian":
        most = amount({"median": {"percent": test["percent"]}}, facts, median)
    if value is None:
        return None
    if (least is not None and value < least) or (most is not None and value > most):
        return False
    missing = (least is None and kind in {"atLeast", "between"}) or (most is None and kind != "atLeast")
    return None if missing else True


_LIMITS = {
    "atMost": ("", "limit"),
    "atLeast": ("limit", ""),
    "between": ("least", "most"),
    "shareOfMedian": ("", ""),
}


def amount(given: Mapping[str, Any], facts: Facts, median: MedianIncome | None) -> Any:
    """A number; None: not known."""
    if "fact" in given:
        return facts.get(given["fact"])
    if "number" in given:
        return int(given["number"])
    if "median" in given:
        persons = facts.get("household_size")
        known = None if persons is None or median is None else median.of(persons)
        return _share(known, given["median"]["percent"])
    if "share" in given:
        return _share(amount(given["share"]["amount"], facts, median), given["share"]["percent"])
    if "ratio" in given:
        of, to = (amount(given["ratio"][name], facts, median) for name in ("amount", "to"))
        return None if of is None or to is None else 100 * of / to
    sign, parts = (1, given["sum"]) if "sum" in given else (-1, given["difference"])
    first, *others = [amount(part, facts, median) for part in parts]
    return None if first is None or None in others else first + sign * sum(others)


def _share(value: Any, percent: float) -> Any:
    return None if value is None else (value * round(percent * 100) + 5_000) // 10_000
