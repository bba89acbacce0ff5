"""The ContactRuleService of the contract: who does not want to be called or written to."""

from __future__ import annotations

from typing import Any

from hub120.outreach.v1 import contact_rule_service_pb2 as pb
from hub120.outreach.v1 import contact_rule_service_pb2_grpc

from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.outreach import protos
from services.outreach.domain.mailings import LONGEST_ADDRESS
from services.outreach.use_cases import contact_rules

_LONGEST_CHANNEL = 40


class ContactRuleApi(contact_rule_service_pb2_grpc.ContactRuleServiceServicer):
    """Rules about addresses, which are looked up by keyed hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def AddContactRule(self, request: pb.AddContactRuleRequest, context: Any) -> pb.AddContactRuleResponse:
        """Write a rule down."""
        _about(request).length("channel", 0, _LONGEST_CHANNEL).enum("kind").raise_if_any()
        kind = protos.RULE_OF[request.kind]
        row = await run_blocking(
            self._database.run, contact_rules.add_rule, request.address, kind, request.channel, caller().subject
        )
        return pb.AddContactRuleResponse(rule=protos.rule(row))

    async def RemoveContactRule(
        self, request: pb.RemoveContactRuleRequest, context: Any
    ) -> pb.RemoveContactRuleResponse:
        """Take a rule back."""
        _about(request).length("channel", 0, _LONGEST_CHANNEL).raise_if_any()
        await run_blocking(
            self._database.run, contact_rules.remove_rule, request.address, request.channel, caller().subject
        )
        return pb.RemoveContactRuleResponse()

    async def ListContactRules(self, request: pb.ListContactRulesRequest, context: Any) -> pb.ListContactRulesResponse:
        """What is known of an address."""
        _about(request).raise_if_any()
        found = await run_blocking(self._database.read, contact_rules.rules_of, request.address)
        return pb.ListContactRulesResponse(rules=map(protos.rule, found))


def _about(request: Any) -> Check:
    return Check(request).required("address").length("address", 1, LONGEST_ADDRESS)
