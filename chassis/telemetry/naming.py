"""What a message of ours names, its span names too: the case, the reply, the work item that stand in fields so called.

Callers choose what they write into a request, so that only what has the form of our ids is taken. Who asks how a
request went is no step of it: what operators ask names nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from chassis.ids import is_uuid
from chassis.telemetry import attributes

_FIELDS: Final = {name.removeprefix("hub120.").replace(".", "_"): name for name in attributes.THINGS}
"""``case_id`` is ``hub120.case.id``."""
_OPERATORS: Final = "hub120.operations."


def named_in(message: Any) -> dict[str, str]:
    """The ids that a protobuf message names; none of what is no message."""
    found = ((attribute, getattr(message, field)) for field, attribute in _fields(message.__class__))
    return {attribute: value for attribute, value in found if value and is_uuid(value)}


@cache
def _fields(kind: type) -> tuple[tuple[str, str], ...]:
    described = getattr(kind, "DESCRIPTOR", None)
    there = {} if described is None or described.full_name.startswith(_OPERATORS) else described.fields_by_name
    return tuple(
        (field, attribute)
        for field, attribute in _FIELDS.items()
        if field in there and there[field].type == there[field].TYPE_STRING and not there[field].is_repeated
    )
