"""Supervisors say how agencies are reached; what agents are to dial is sealed, on real SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from hub120.referral.v1 import agency_service_pb2 as pb
from pydantic import ValidationError

from chassis import event_loop
from chassis.database import Database
from chassis.errors import InvalidArgument, NotFound, PreconditionFailed
from chassis.settings import Settings
from services.referral.domain.agencies import Agency, AgencyRoad, SecondContact
from services.referral.grpc_api.agencies import AgencyApi, read, told
from services.referral.store import agencies as store
from services.referral.tables import metadata
from services.referral.use_cases import agencies, roads
from tests.integration.databases import Clock, shared
from tests.integration.referral_desk import Desk
from tests.integration.routing_floor import rows

both, clock, database = shared("referral", metadata)
MAIL = "desk@agency.example"
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


def test_an_agency_that_is_written_to_has_an_address_a_language_and_a_second_contact(
    database: Database, clock: Clock
) -> None:
    second = SecondContact(AgencyRoad.SMS, "+821012345678")
    organization = Desk(database, clock).organization_id
    by_mail = Agency(organization, AgencyRoad.EMAIL, address=MAIL, language="en", second=second)
    kept = database.run(agencies.put_agency, by_mail)
    assert (kept.address, kept.language, kept.second) == (MAIL, "en", second)
    road = database.run(roads.road, organization)
    assert road is not None
    assert (road.kind, road.address, road.language, road.second and road.second.kind) == ("email", MAIL, "en", "sms")
    (row,) = rows(database, "SELECT address, second_address FROM agency")
    assert not any(plain in bytes(row["address"]) + bytes(row["second_address"]) for plain in (b"agency", b"8210"))
    plain = Agency(organization, AgencyRoad.TELEPHONE, address="132")
    assert database.run(agencies.put_agency, plain).second is None


def test_nobody_is_written_to_where_links_lead_nowhere(database: Database, clock: Clock) -> None:
    organization = Desk(database, clock).organization_id
    request = pb.PutAgencyRequest(
        agency=pb.Agency(organization_id=organization, road=pb.AGENCY_ROAD_EMAIL, address=MAIL)
    )
    with pytest.raises(PreconditionFailed) as refused:
        event_loop.run(AgencyApi(Settings(), database).PutAgency(request, None))
    assert refused.value.reason == "NO_AGENCY_PAGES"
    api = AgencyApi(Settings(agency_url="https://links.example"), database)
    kept = event_loop.run(api.PutAgency(request, None))
    assert (kept.agency.address, kept.agency.telephone, kept.agency.language) == (MAIL, "", "ko")


@pytest.mark.parametrize("url", ["http://links.example", "https://links.example/below", "ftp://x", "links.example"])
def test_pages_are_encrypted_and_have_a_host_of_their_own(url: str) -> None:
    with pytest.raises(ValidationError):
        Settings(agency_url=url)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"road": pb.AGENCY_ROAD_CONNECTOR}, "agency.connector"),
        ({"road": pb.AGENCY_ROAD_CONNECTOR, "connector": "x", "telephone": "132"}, "agency.telephone"),
        ({"road": pb.AGENCY_ROAD_TELEPHONE, "telephone": "03-nowhere"}, "agency.telephone"),
        ({"road": pb.AGENCY_ROAD_TELEPHONE, "telephone": "132", "connector": "x"}, "agency.connector"),
        ({}, "agency.road"),
        ({"road": pb.AGENCY_ROAD_EMAIL}, "agency.address"),
        ({"road": pb.AGENCY_ROAD_EMAIL, "address": "a@b"}, "agency.address"),
        ({"road": pb.AGENCY_ROAD_EMAIL, "address": "a@b.example\nbcc: c@d.example"}, "agency.address"),
        ({"road": pb.AGENCY_ROAD_SMS, "address": "132"}, "agency.address"),
        ({"road": pb.AGENCY_ROAD_TELEPHONE, "telephone": "132", "address": "a@b.example"}, "agency.address"),
        ({"road": pb.AGENCY_ROAD_SMS, "address": "010-1234-5678", "language": "fr"}, "agency.language"),
        (
            {
                "road": pb.AGENCY_ROAD_SMS,
                "address": "010-1234-5678",
                "second": pb.SecondContact(road=pb.AGENCY_ROAD_TELEPHONE, address="132"),
            },
            "agency.second",
        ),
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
