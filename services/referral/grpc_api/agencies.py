"""The AgencyService of the contract: supervisors write, agents read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hub120.referral.v1 import agency_service_pb2 as pb
from hub120.referral.v1 import agency_service_pb2_grpc

from chassis import pages
from chassis.database import Database
from chassis.errors import PreconditionFailed
from chassis.grpc_host import Check, run_blocking
from chassis.phones import e164
from chassis.settings import Settings
from services.referral import protos
from services.referral.domain.agencies import WRITTEN, Agency, AgencyRoad, SecondContact
from services.referral.store import agencies as store
from services.referral.use_cases import agencies, capacity

_USUAL, _LARGEST = 50, 200
_LONGEST_H = 720
_ROADS = {getattr(pb, f"AGENCY_ROAD_{road.name}"): road for road in AgencyRoad}
_SHORT = re.compile(r"1\d{2,7}")
_MAIL = re.compile(r"[^\s@,;<>\x00-\x1f]{1,64}@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+")
_LONGEST_ADDRESS = 254
_TIMES = ("acknowledge", "accept", "progress", "rung")


class AgencyApi(agency_service_pb2_grpc.AgencyServiceServicer):
    """Agencies."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self._database, self._serves_pages = database, bool(settings.agency_url)
        self._capacity_days = settings.capacity_days

    async def PutAgency(self, request: pb.PutAgencyRequest, context: Any) -> pb.PutAgencyResponse:
        """Say how an agency is reached."""
        new = read(request)
        if not self._serves_pages and (new.road in WRITTEN or new.second is not None):
            raise PreconditionFailed("NO_AGENCY_PAGES", "links lead nowhere yet: set HUB120_AGENCY_URL, or call them")
        found = await run_blocking(self._database.run, agencies.put_agency, new)
        return pb.PutAgencyResponse(agency=told(found))

    async def GetAgency(self, request: pb.GetAgencyRequest, context: Any) -> pb.GetAgencyResponse:
        """An agency."""
        Check(request).length("organization_id", 1, 64).raise_if_any()
        found = await run_blocking(self._database.read, agencies.get_agency, request.organization_id)
        (agency,) = await self._with_capacities([found])
        return pb.GetAgencyResponse(agency=agency)

    async def ListAgencies(self, request: pb.ListAgenciesRequest, context: Any) -> pb.ListAgenciesResponse:
        """Agencies, a page at a time."""
        limit, last = pages.size(request.page_size, _USUAL, _LARGEST), pages.after(request, (str,))
        found = await run_blocking(self._database.read, store.listed, last[0] if last else "", limit + 1)
        page = pb.ListAgenciesResponse(agencies=await self._with_capacities(found[:limit]))
        if len(found) > limit:
            page.next_page_token = pages.token(request, [found[limit - 1].organization_id])
        return page

    async def RemoveAgency(self, request: pb.RemoveAgencyRequest, context: Any) -> pb.RemoveAgencyResponse:
        """Refer nobody to it any more."""
        Check(request).length("organization_id", 1, 64).raise_if_any()
        await run_blocking(self._database.run, agencies.remove_agency, request.organization_id)
        return pb.RemoveAgencyResponse()

    async def _with_capacities(self, found: Sequence[Agency]) -> list[pb.Agency]:
        """Agencies as the contract writes them, with what they said about their room."""
        named = {one.organization_id: told(one) for one in found}
        for row, counts in await run_blocking(self._database.read, capacity.listed, list(named), self._capacity_days):
            named[row.organization_id].capacities.append(protos.capacity(row, counts=counts))
        return list(named.values())


def read(request: pb.PutAgencyRequest) -> Agency:
    """What a supervisor writes. Raises ``InvalidArgument``."""
    agency, check = request.agency, Check(request)
    road = _ROADS.get(agency.road)
    telephone = agency.telephone if _SHORT.fullmatch(agency.telephone) else e164(agency.telephone) or ""
    address = _address(road, agency.address)
    hours = {name: getattr(agency.times, f"{name}_hours") for name in _TIMES}
    check.that(1 <= len(agency.organization_id) <= 64, "agency.organization_id", "is required")
    check.that(road is not None, "agency.road", "is CONNECTOR, TELEPHONE, EMAIL or SMS")
    named = 1 <= len(agency.connector) <= 64 if road is AgencyRoad.CONNECTOR else not agency.connector
    check.that(named, "agency.connector", "is named for the road CONNECTOR and no other")
    called = bool(telephone) if road is AgencyRoad.TELEPHONE else not agency.telephone
    check.that(called, "agency.telephone", "is a number as +82312211234 or 132, for the road TELEPHONE and no other")
    written = bool(address) if road in WRITTEN else not agency.address
    check.that(written, "agency.address", "is an e-mail address for EMAIL, a number as +821012345678 for SMS alone")
    check.that(agency.language in {"", "ko", "en"}, "agency.language", "is ko or en")
    second = _second(check, agency)
    for name, value in hours.items():
        check.that(0 <= value <= _LONGEST_H, f"agency.times.{name}_hours", f"is 0 to {_LONGEST_H}")
    check.raise_if_any()
    own = {name: float(value) for name, value in hours.items() if value}
    return Agency(
        organization_id=agency.organization_id,
        road=road or AgencyRoad.CONNECTOR,
        connector=agency.connector,
        address=telephone or address,
        timers=own,
        language=agency.language or "ko",
        second=second,
    )


def _address(road: AgencyRoad | None, written: str) -> str:
    """Where a message goes; empty if it goes nowhere."""
    if road is AgencyRoad.EMAIL:
        return written if len(written) <= _LONGEST_ADDRESS and _MAIL.fullmatch(written) else ""
    texted = road is AgencyRoad.SMS and not _SHORT.fullmatch(written)
    return e164(written) or "" if texted else ""


def _second(check: Check, agency: pb.Agency) -> SecondContact | None:
    if not agency.HasField("second"):
        return None
    road = _ROADS.get(agency.second.road)
    address = _address(road, agency.second.address)
    check.that(bool(address), "agency.second", "has a road, EMAIL or SMS, and an address that fits it")
    return SecondContact(road, address) if road is not None else None


def told(agency: Agency) -> pb.Agency:
    """An agency as the contract writes it."""
    times = {f"{name}_hours": int(value) for name, value in agency.timers.items()}
    return pb.Agency(
        organization_id=agency.organization_id,
        name=agency.name,
        road=getattr(pb, f"AGENCY_ROAD_{agency.road.name}"),
        connector=agency.connector,
        telephone=agency.address if agency.road is AgencyRoad.TELEPHONE else "",
        times=pb.AgencyTimes(**times),
        address=agency.address if agency.road in WRITTEN else "",
        language=agency.language,
        second=_second_told(agency.second),
    )


def _second_told(second: SecondContact | None) -> pb.SecondContact | None:
    if second is None:
        return None
    return pb.SecondContact(road=getattr(pb, f"AGENCY_ROAD_{second.road.name}"), address=second.address)
