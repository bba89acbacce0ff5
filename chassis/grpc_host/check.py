"""What a request must look like, said field by field: ``Check(request).required("case_id").raise_if_any()``.

It looks at form alone; whether the request fits the present state is for use cases. Descriptions never repeat what
was sent.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, Self

from google.protobuf.message import Message

from chassis.errors import InvalidArgument
from chassis.ids import is_uuid

MOST_VIOLATIONS = 20


class Check:
    """Collects what is wrong with a request; only the first fault of a field is kept. Fields may be ``a.b``."""

    def __init__(self, request: Message) -> None:
        self._request = request
        self._found: dict[str, str] = {}

    def required(self, *fields: str) -> Self:
        """Each is given: not empty, not zero, not unspecified."""
        for field in fields:
            if not self._given(field):
                self._fault(field, "is required")
        return self

    def length(self, field: str, shortest: int, longest: int) -> Self:
        """A text of so many characters, or a list of so many items; a text holds no NUL."""
        value = self._value(field)
        if not shortest <= len(value) <= longest:
            self._fault(field, f"has {shortest} to {longest} {'characters' if isinstance(value, str) else 'items'}")
        elif isinstance(value, str) and "\x00" in value:
            self._fault(field, "holds a NUL character")
        return self

    def range(self, field: str, lowest: float, highest: float) -> Self:
        """A number between two others, both allowed."""
        if not lowest <= self._value(field) <= highest:
            self._fault(field, f"is between {lowest} and {highest}")
        return self

    def uuid(self, *fields: str) -> Self:
        """Each, where given, is a UUID as we write it."""
        for field in fields:
            value = self._value(field)
            if value and not is_uuid(value):
                self._fault(field, "is not an id")
        return self

    def enum(self, *fields: str) -> Self:
        """Each is one of the values its type names, and not the unspecified one."""
        for field in fields:
            if not self._value(field) or not self._named(field):
                self._fault(field, "is none of the values there are")
        return self

    def that(self, holds: bool, field: str, description: str) -> Self:
        """Anything else about a field."""
        if not holds:
            self._fault(field, description)
        return self

    def raise_if_any(self) -> None:
        """Raise ``InvalidArgument`` with everything that was found."""
        if self._found:
            raise InvalidArgument(list(self._found.items())[:MOST_VIOLATIONS])

    def _fault(self, field: str, description: str) -> None:
        self._found.setdefault(field, description)

    def _value(self, field: str) -> Any:
        return reduce(getattr, field.split("."), self._request)

    def _given(self, field: str) -> bool:
        *outer, last = field.split(".")
        holder: Message = reduce(getattr, outer, self._request)
        descriptor = holder.DESCRIPTOR.fields_by_name[last]
        if descriptor.message_type is not None and not descriptor.is_repeated:
            return bool(holder.HasField(last))
        return bool(getattr(holder, last))

    def _named(self, field: str) -> bool:
        *outer, last = field.split(".")
        holder: Message = reduce(getattr, outer, self._request)
        kind = holder.DESCRIPTOR.fields_by_name[last].enum_type
        return kind is not None and self._value(field) in kind.values_by_number
