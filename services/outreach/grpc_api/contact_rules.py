"""The ContactRuleService of the contract: who does not want to be called or written to."""

from __future__ import annotations

import re
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from hub120.outreach.v1 import contact_rule_service_pb2 as pb
from hub120.outreach.v1 import contact_rule_service_pb2_grpc

from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.outreach import mailing_protos as protos
from services.outreach.domain.mailings import LONGEST_ADDRESS
from services.outreach.domain.quiet_hours import Place
from services.outreach.store import mailings
from services.outreach.use_cases import contact_rules

_LONGEST_CHANNEL, _LONGEST_DISTRICT = 40, 40
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


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

    async def PutQuietHours(self, request: pb.PutQuietHoursRequest, context: Any) -> pb.PutQuietHoursResponse:
        """Say when it is quiet in a district."""
        place = _place(request)
        found = await run_blocking(self._database.run, contact_rules.put_quiet_hours, place, caller().subject)
        return pb.PutQuietHoursResponse(quiet_hours=protos.quiet_hours(found))

    async def ListQuietHours(self, request: pb.ListQuietHoursRequest, context: Any) -> pb.ListQuietHoursResponse:
        """Where quiet hours differ."""
        found = await run_blocking(self._database.read, mailings.places)
        return pb.ListQuietHoursResponse(quiet_hours=map(protos.quiet_hours, found))


def _place(request: pb.PutQuietHoursRequest) -> Place:
    """A district's hours as they are said. Raises ``InvalidArgument``."""
    said = request.quiet_hours
    check = Check(request).required("quiet_hours").length("quiet_hours.district", 0, _LONGEST_DISTRICT)
    check.that(said.time_zone in available_timezones(), "quiet_hours.time_zone", "is no IANA time zone")
    for name in ("begin_time", "end_time"):
        check.that(bool(_TIME.fullmatch(getattr(said, name))), f"quiet_hours.{name}", "is HH:MM")
    check.raise_if_any()
    return Place(said.district, said.time_zone, time.fromisoformat(said.begin_time), time.fromisoformat(said.end_time))


def _about(request: Any) -> Check:
    return Check(request).required("address").length("address", 1, LONGEST_ADDRESS)
