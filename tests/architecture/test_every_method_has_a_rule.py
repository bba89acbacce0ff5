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
READS = ("Get", "List", "Watch")
TO_MANY = (
    *("CreateCampaign", "UploadList", "RemoveList", "SetListNotices", "ApproveMailing", "StartMailing", "PauseMailing"),
    *("StopMailing", "CallUnreached", "ResolveUnsure", "ListUnreached", "ProposeNotice", "EditNotice", "DryRunNotice"),
    *("ApproveNotice", "RejectNotice", "CancelNotice", "PutNoticeRule", "RemoveNoticeRule", "ReportMissing"),
    *("CloseMissing", "PutQuietHours", "PutProgramme", "PutSheet", "SetSurge"),
)
"""What reaches many people, or decides whom it reaches and when."""
OF_COLLEAGUES = (
    *("MonitorConference", "BargeConference", "ListConferences", "GetFloor", "WatchFloor", "GetPerformance"),
    *("ExplainRouting", "PutAgent", "PutMembership", "PutShift", "PutConductPolicy", "LiftFlag", "ListFlags"),
    *("TakeEscalation", "TakeCheckInEscalation", "RedriveDeadLetters", "ListDeadLetters", "ListAuditRecords"),
)
"""What listens in on others, judges them, or mends what they left."""
IN_ANOTHERS_NAME = ("OpenCallCase", "HandOverForAgent", "ReadWords", "ReplyForAgent", "TellCitizen", "SendToPartner")
"""What is said or done in somebody's name who is named in the request."""


def services() -> Iterator[ServiceDescriptor]:
    for path in sorted((GENERATED / "hub120").rglob("*_pb2.py")):
        module = import_module(".".join(path.relative_to(GENERATED).with_suffix("").parts))
        yield from module.DESCRIPTOR.services_by_name.values()


def test_every_method_of_every_service_names_the_roles_that_may_call_it() -> None:
    found = auth.rules(services())
    assert len(found) == sum(len(service.methods) for service in services())
    assert len(found) > 20
    assert all(roles and roles <= set(auth.ROLES.values()) for roles in found.values())


def who_may() -> dict[str, frozenset[str]]:
    """The roles of each method, by its name."""
    return {path.rpartition("/")[2]: frozenset(roles) for path, roles in auth.rules(services()).items()}


def test_auditors_and_screens_in_the_room_do_nothing() -> None:
    found = {name for name, roles in who_may().items() if roles & {"auditor", "display"}}
    assert [name for name in sorted(found) if not name.startswith(READS)] == []
    shown = {name for name, roles in who_may().items() if "display" in roles}
    assert shown == {"GetWall", "WatchWall", "GetInterpreting", "WatchInterpreting", "ListTopics"}


@pytest.mark.parametrize("name", [*TO_MANY, *OF_COLLEAGUES])
def test_what_reaches_many_or_is_about_colleagues_is_not_for_agents(name: str) -> None:
    assert who_may()[name] <= {"supervisor", "admin", "auditor"}


@pytest.mark.parametrize("name", IN_ANOTHERS_NAME)
def test_only_services_speak_in_somebody_elses_name(name: str) -> None:
    assert who_may()[name] == {"service"}


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
