"""Who may call a method stands beside it in its proto; a method without that is caught here and at every start."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import ServiceDescriptor
from hub120.auth.v1 import rule_pb2

from chassis import auth
from tests.architecture.source import ROOT

GENERATED = ROOT / "protos" / "gen"


def services() -> Iterator[ServiceDescriptor]:
    for path in sorted((GENERATED / "hub120").rglob("*_pb2.py")):
        module = import_module(".".join(path.relative_to(GENERATED).with_suffix("").parts))
        yield from module.DESCRIPTOR.services_by_name.values()


def test_every_method_of_every_service_names_the_roles_that_may_call_it() -> None:
    found = auth.rules(services())
    assert len(found) == sum(len(service.methods) for service in services())
    assert len(found) > 20
    assert all(roles and roles <= set(auth.ROLES.values()) for roles in found.values())


def made(*rules: list[int] | None) -> ServiceDescriptor:
    """A service with one method a rule; None is a method without any."""
    file = descriptor_pb2.FileDescriptorProto(name="made.proto", package="made.v1", syntax="proto3")
    file.dependency.append(rule_pb2.DESCRIPTOR.name)
    file.message_type.add(name="Nothing")
    service = file.service.add(name="MadeService")
    for number, roles in enumerate(rules):
        method = service.method.add(name=f"Method{number}", input_type="Nothing", output_type="Nothing")
        if roles is not None:
            method.options.Extensions[rule_pb2.rule].roles.extend(roles)  # type: ignore[index]
    pool = descriptor_pool.DescriptorPool()
    for needed in (descriptor_pb2.DESCRIPTOR, rule_pb2.DESCRIPTOR):
        pool.AddSerializedFile(needed.serialized_pb)
    pool.AddSerializedFile(file.SerializeToString())
    return pool.FindServiceByName("made.v1.MadeService")


@pytest.mark.parametrize("rule", [None, [], [0], [1, 0], [99]])
def test_a_method_without_a_usable_rule_is_refused_by_name(rule: list[int] | None) -> None:
    with pytest.raises(auth.MissingRule, match=r"made\.v1\.MadeService\.Method1$"):
        auth.rules([made([rule_pb2.ROLE_AGENT], rule)])


def test_a_refusal_names_every_method() -> None:
    with pytest.raises(auth.MissingRule, match=r"Method0, made\.v1\.MadeService\.Method2"):
        auth.rules([made(None, [rule_pb2.ROLE_ADMIN], None)])
