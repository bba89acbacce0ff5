"""The PeopleService of the contract: each method reads its request, calls one use case, answers."""

from __future__ import annotations

import re
from typing import Any

from hub120.outreach.v1 import check_in_pb2, people_service_pb2_grpc
from hub120.outreach.v1 import people_service_pb2 as pb

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, purpose, run_blocking
from chassis.phones import e164
from services.outreach import check_in_protos as protos
from services.outreach.domain.calling_times import DAY, Span, Window, day_of
from services.outreach.store.people import Details, NewPerson
from services.outreach.use_cases import people
from services.outreach.use_cases.people import Reader

_MOST_WINDOWS, _MOST_BONDS = 50, 10
_EARLIEST_BIRTH = 1900
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_DISTRICT = re.compile(r"(\d{2}|\d{5}|\d{10})?", re.ASCII)


class PeopleApi(people_service_pb2_grpc.PeopleServiceServicer):
    """People who are called regularly. ``centre``: the hours in which it calls."""

    def __init__(self, database: Database, centre: Span) -> None:
        self._database, self._centre = database, centre

    async def PutPerson(self, request: pb.PutPersonRequest, context: Any) -> pb.PutPersonResponse:
        """Write somebody."""
        new = read(request, self._database.clock().timestamp())
        row = await run_blocking(self._database.run, people.put_person, new, caller().subject, self._centre)
        return pb.PutPersonResponse(person=protos.person(row))

    async def GetPerson(self, request: pb.GetPersonRequest, context: Any) -> pb.GetPersonResponse:
        """Somebody with what names them."""
        _which(request).raise_if_any()
        reader = Reader(caller().subject, "GetPerson", purpose())
        opened = await run_blocking(self._database.run, people.opened, request.person_id, reader)
        return pb.GetPersonResponse(person=protos.person(opened.row, opened))

    async def ListPeople(self, request: pb.ListPeopleRequest, context: Any) -> pb.ListPeopleResponse:
        """People, a page at a time."""
        limit, last = pages.size(request.page_size, usual=50, largest=200), pages.after(request, (str,))
        bond_is_id = not request.bond_id or _ID.fullmatch(request.bond_id) is not None
        Check(request).that(bond_is_id, "bond_id", "is an id").raise_if_any()
        after = last[0] if last else ""
        found = await run_blocking(self._database.read, people.listed, after, request.bond_id, limit + 1)
        told = pb.ListPeopleResponse(people=[protos.person(row) for row in found[:limit]])
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].id])
        return told

    async def RecordCallConsent(
        self, request: pb.RecordCallConsentRequest, context: Any
    ) -> pb.RecordCallConsentResponse:
        """They agree."""
        check = _which(request).length("wording", 1, 64).length("request_id", 1, 64)
        check.that(request.how in protos.HOW_OF, "how", "is spoken, written or by a guardian").raise_if_any()
        how = protos.HOW_OF[request.how]
        row = await run_blocking(
            self._database.run, people.record_consent, request.person_id, how, request.wording, caller().subject,
            request.request_id,
        )  # fmt: skip
        return pb.RecordCallConsentResponse(person=protos.person(row))

    async def WithdrawCallConsent(
        self, request: pb.WithdrawCallConsentRequest, context: Any
    ) -> pb.WithdrawCallConsentResponse:
        """They do not agree any more."""
        _which(request).raise_if_any()
        found = await run_blocking(self._database.run, people.withdraw_consent, request.person_id, caller().subject)
        return pb.WithdrawCallConsentResponse(cancelled=found)


def _which(request: Any) -> Check:
    return Check(request).required("person_id").uuid("person_id")


def read(request: pb.PutPersonRequest, now: float) -> NewPerson:
    """Somebody as an agent writes them. Raises ``InvalidArgument``."""
    given = request.person
    check = Check(request).required("person.id").uuid("person.id").length("person.name", 1, 100)
    telephone = _number(check, "person.telephone", given.telephone, required=True)
    check.length("person.address", 0, 300).length("person.notes", 0, 2_000)
    born = given.birth_year
    check.that(born == 0 or _EARLIEST_BIRTH <= born <= day_of(now).year, "person.birth_year", "is a year, or 0")
    check.that(_LANGUAGE.fullmatch(given.language) is not None, "person.language", "is a primary subtag")
    check.that(_DISTRICT.fullmatch(given.district) is not None, "person.district", "has 2, 5 or 10 digits")
    windows = _windows(check, given)
    good = len(given.bond_ids) <= _MOST_BONDS and all(map(_ID.fullmatch, given.bond_ids))
    check.that(good, "person.bond_ids", "are at most 10 ids")
    details, department = _others(check, given)
    check.raise_if_any()
    return NewPerson(
        id=given.id,
        name=given.name,
        telephone=telephone,
        language=given.language,
        district=given.district,
        windows=windows,
        bonds=tuple(dict.fromkeys(given.bond_ids)),
        second_agreed=given.second_contact.agreed,
        office_department=department,
        details=details,
    )


def _windows(check: Check, given: check_in_pb2.Person) -> list[Window]:
    check.that(len(given.windows) <= _MOST_WINDOWS, "person.windows", "are at most 50")
    for one in given.windows:
        on_a_day = 1 <= one.weekday <= 7
        fits = on_a_day and 0 <= one.start_minute < one.end_minute <= DAY
        check.that(fits, "person.windows", "have a weekday from 1 to 7, and end after they start within the day")
    return [Window(one.weekday, one.start_minute, one.end_minute) for one in given.windows]


def _others(check: Check, given: check_in_pb2.Person) -> tuple[Details, str]:
    """Second contact and office, with the rest of what is known."""
    second, office = given.second_contact, given.office
    check.length("person.second_contact.name", 0, 100).length("person.second_contact.relation", 0, 50)
    check.length("person.office.name", 0, 100)
    one_road = not (office.department and office.telephone)
    check.that(one_road, "person.office", "is handed the case, or telephoned, not both")
    by_id = not office.department or _ID.fullmatch(office.department) is not None
    check.that(by_id, "person.office.department", "is the id of a connector")
    details = Details(
        address=given.address,
        birth_year=given.birth_year,
        notes=given.notes,
        second_name=second.name,
        second_relation=second.relation,
        second_telephone=_number(check, "person.second_contact.telephone", second.telephone),
        office_name=office.name,
        office_telephone=_number(check, "person.office.telephone", office.telephone),
    )
    return details, office.department


def _number(check: Check, field: str, given: str, *, required: bool = False) -> str:
    """A telephone number as everybody writes it; empty where there is none."""
    if not given and not required:
        return ""
    found = e164(given)
    check.that(found is not None and found.startswith("+"), field, "is a telephone number as +821012345678")
    return found or ""
