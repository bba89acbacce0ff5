"""Every method that a front end may call, found by its request: each has a request message of its own (buf's rule), so
the request says which method is meant, and nobody writes a path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

import hub120
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

AREAS: Final = ("intake", "outreach", "referral", "routing", "translation")
"""The services that are called, each at an address of its own. ``operations`` is answered by all of them."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method: where it is, and what it answers with."""

    area: str
    path: str
    answer: Any
    """The class of its answers."""
    takes_many: bool
    """It is told one request after another."""


def method_of(request: Message) -> Method:
    """The method that takes such a request. Raises ``LookupError`` for a message that none takes."""
    name = request.DESCRIPTOR.full_name
    found = _methods().get(name)
    if found is None:
        raise LookupError(f"{name} is the request of no method")
    return found


@cache
def _methods() -> Mapping[str, Method]:
    return {
        method.input_type.full_name: Method(
            service.full_name.split(".")[1],
            f"/{service.full_name}/{method.name}",
            GetMessageClass(method.output_type),
            method.client_streaming,
        )
        for service in services()
        for method in service.methods
    }


def services() -> Iterator[ServiceDescriptor]:
    """Every service of the contracts that front ends call."""
    for area in (*AREAS, "operations"):
        package = import_module(f"hub120.{area}.v1") if _exists(area) else None
        for found in iter_modules(package.__path__ if package else ()):
            if found.name.endswith("_service_pb2"):
                module = import_module(f"hub120.{area}.v1.{found.name}")
                yield from module.DESCRIPTOR.services_by_name.values()


def _exists(area: str) -> bool:
    return area in {found.name for found in iter_modules(hub120.__path__)}
