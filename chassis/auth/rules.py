"""The rule beside every gRPC method in its proto: which roles may call it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from hub120.auth.v1 import rule_pb2

from chassis.auth.callers import ROLES


class MissingRule(Exception):
    """Methods without a rule beside them in their proto; the message names every one."""


def rules(services: Iterable[ServiceDescriptor]) -> dict[str, frozenset[str]]:
    """The roles each method accepts, by its path (``/hub120.intake.v1.IntakeService/GetCase``).

    Raises ``MissingRule`` naming every method that declares no role, or the role that means nothing.
    """
    found: dict[str, frozenset[str]] = {}
    missing: list[str] = []
    for service in services:
        for method in service.methods:
            roles = _declared(method)
            if roles is None:
                missing.append(method.full_name)
            else:
                found[f"/{service.full_name}/{method.name}"] = roles
    if missing:
        raise MissingRule(f"no option (hub120.auth.v1.rule) with a role in: {', '.join(missing)}")
    return found


def _declared(method: MethodDescriptor) -> frozenset[str] | None:
    extension: Any = rule_pb2.rule  # the generated hints do not know it for an extension
    numbers: Iterable[int] = method.GetOptions().Extensions[extension].roles
    roles = frozenset(ROLES.get(number, "") for number in numbers)
    return roles if roles and "" not in roles else None
