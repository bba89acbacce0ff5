"""Supervisors say how agencies are reached; what agents are to dial is sealed, on real SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from hub120.referral.v1 import agency_service_pb2 as pb

from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound
from services.referral.domain.agencies import Agency, AgencyRoad
from services.referral.grpc_api.agencies import read, told
from services.referral.store import agencies as store
from services.referral.tables import metadata
from services.referral.use_cases import agencies, roads
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import Desk
from tests.integration.routing_floor import rows

both, clock, database = shared("referral", metadata)
LEGAL_AID = "+82312210132"


def test_an_agency_is_written_changed_listed_and_removed(database: Database, clock: Clock) -> None:
    organization = Desk(database, clock).organization_id
    by_system = Agency(organization, AgencyRoad.CONNECTOR, connector="webhook_department")
    database.run(agencies.put_agency, by_system)
    by_telephone = Agency(organization, AgencyRoad.TELEPHONE, address=LEGAL_AID, timers={"acknowledge": 8.0})
    kept = database.run(agencies.put_agency, by_telephone)
    assert (kept.address, kept.connector, kept.timers, kept.name) == (
        LEGAL_AID,
        "",
        {"acknowledge": 8.0},
        "수원시 복지정책과",
    )
    assert [one.organization_id for one in database.run(store.listed, "", 10)] == [organization]
    road = database.run(roads.road, organization)
    assert road is not None
    assert (road.kind, road.address) == ("telephone", LEGAL_AID)
    assert database.run(roads.timers_of, organization).acknowledge_h == 8
    (row,) = rows(database, "SELECT address FROM agency")
    assert LEGAL_AID.encode() not in bytes(row["address"])
    database.run(agencies.remove_agency, organization)
    for gone in (agencies.get_agency, agencies.remove_agency):
        with pytest.raises(NotFound):
            database.run(gone, organization)
    with pytest.raises(NotFound):
        database.run(agencies.put_agency, Agency("nobody", AgencyRoad.TELEPHONE, address="132"))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"road": pb.AGENCY_ROAD_CONNECTOR}, "agency.connector"),
        ({"road": pb.AGENCY_ROAD_CONNECTOR, "connector": "x", "telephone": "132"}, "agency.telephone"),
        ({"road": pb.AGENCY_ROAD_TELEPHONE, "telephone": "03-nowhere"}, "agency.telephone"),
        ({"road": pb.AGENCY_ROAD_TELEPHONE, "telephone": "132", "connector": "x"}, "agency.connector"),
        ({}, "agency.road"),
        ({"organization_id": "", "road": pb.AGENCY_ROAD_TELEPHONE, "telephone": "132"}, "agency.organization_id"),
        (
            {
                "road": pb.AGENCY_ROAD_TELEPHONE,
                "telephone": "132",
                "times": pb.AgencyTimes(rung_hours=721),
            },
            "agency.times.rung_hours",
        ),
    ],
)
def test_what_cannot_be_an_agency_is_refused_with_the_field(fields: dict[str, object], wrong: str) -> None:
    agency = pb.Agency(**{"organization_id": "o-1", **fields})  # type: ignore[arg-type] # what each field takes
    with pytest.raises(InvalidArgument) as caught:
        read(pb.PutAgencyRequest(agency=agency))
    assert [field for field, _ in caught.value.violations] == [wrong]


def test_what_was_written_is_told_as_it_was() -> None:
    times = pb.AgencyTimes(accept_hours=48)
    written = pb.Agency(organization_id="o-1", road=pb.AGENCY_ROAD_TELEPHONE, telephone="031-221-0132", times=times)
    assert told(read(pb.PutAgencyRequest(agency=written))).telephone == LEGAL_AID
    assert told(read(pb.PutAgencyRequest(agency=written))).times == times
