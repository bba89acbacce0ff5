"""What a dispatch brings to intake, put together when it is begun: the packet, a letter with a link, a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub120_sdk import districts

from chassis.database import Tx
from chassis.statements import Row
from services.referral.domain.appointment_words import News, to_agency, when
from services.referral.domain.capacity import letter as room_letter
from services.referral.domain.dispatches import NEED_CONSENT, OVERTAKEN_BY, DispatchState, Errand
from services.referral.domain.letters import NEEDS_LINK, Letter, letter
from services.referral.domain.questions import CHOICES, OPEN_HOURS, question
from services.referral.domain.referrals import Outcome, ReferralState
from services.referral.store import dispatches, named
from services.referral.use_cases import appointments, capacity, departing, dispatching, linking, packets, roads
from services.referral.use_cases.moving import keep
from services.referral.use_cases.packets import Packet
from services.referral.use_cases.roads import Road

_CARRIED = frozenset({DispatchState.QUEUED, DispatchState.BEGUN, DispatchState.DEPARTED})
_UNSENT = frozenset({ReferralState.PROPOSED, ReferralState.CONSENTED})
_ASKS = frozenset({ReferralState.COMPLETED, ReferralState.ESCALATED})


@dataclass(frozen=True, slots=True)
class House:
    """What the installation is called, and where its pages are found."""

    centre: str
    public_url: str
    """Where agencies reach the pages behind links; empty: nowhere, and no link leaves."""
    link_days: int = 7
    """How long a link may be opened."""


@dataclass(frozen=True, slots=True)
class ToDepartment:
    """A department's connector gets it."""

    department: str
    agent_id: str
    packet: Packet
    urgent: bool


@dataclass(frozen=True, slots=True)
class ToPartner:
    """An agency is written to."""

    road: str
    address: str = field(repr=False)
    letter: Letter


@dataclass(frozen=True, slots=True)
class ToCitizen:
    """The citizen is told or asked something, by language; answers by their code."""

    texts: Mapping[str, str] = field(repr=False)
    choices: Mapping[Outcome, Mapping[str, str]]
    open_hours: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A question is taken back."""

    question_id: str


@dataclass(frozen=True, slots=True)
class Recall:
    """What intake has of another dispatch is taken back."""

    about_id: str


Load = ToDepartment | ToPartner | ToCitizen | TakeBack | Recall


@dataclass(frozen=True, slots=True)
class Journey:
    """A dispatch and what it brings."""

    dispatch_id: str
    referral_id: str
    case_id: str
    load: Load
    traceparent: str


def begin(tx: Tx, dispatch_id: str, house: House) -> Journey | None:
    """Put together what a dispatch brings; None if it does not leave: nobody agreed, or not any more, or nobody needs
    it. Begun again, it brings the same by the same id."""
    row, dispatch = dispatching.held(tx, dispatch_id)
    if row is None or dispatch is None or dispatches.state(dispatch) not in _CARRIED:
        return None
    if not _goes_on(tx, row, dispatch):
        return None
    if dispatch.state == DispatchState.QUEUED:
        dispatch = dispatching.put(tx, dispatch, DispatchState.BEGUN)
    load = _load(tx, row, dispatch, house)
    if load is None:
        keep(tx, departing.fail(tx, row, dispatching.put(tx, dispatch, DispatchState.FAILED, reason="no_road")))
        return None
    return Journey(dispatch.id, row.id, row.case_id, load, row.traceparent)


def _goes_on(tx: Tx, row: Row, dispatch: Row) -> bool:
    """Whether it still leaves; where it does not, what follows from that is written."""
    if dispatch.state == DispatchState.DEPARTED:
        if dispatch.errand in NEED_CONSENT and not dispatching.may_leave(tx, row):
            departing.lose(tx, row, dispatch)
        elif _is_overtaken(tx, row, dispatch):
            departing.give_up(tx, row, dispatch, "overtaken")
        else:
            return True
        return False
    if not _wanted(tx, row, dispatch):
        keep(tx, dispatching.stop(tx, row, dispatch))
        return False
    return True


def _wanted(tx: Tx, row: Row, dispatch: Row) -> bool:
    if dispatch.errand in NEED_CONSENT:
        return dispatching.may_leave(tx, row)
    if dispatch.errand == Errand.CAPACITY:
        return row.state in _UNSENT
    if _is_overtaken(tx, row, dispatch):
        return False
    if dispatch.errand == Errand.REMIND_CITIZEN:
        return appointments.ahead(tx, dispatch.about)
    return dispatch.errand != Errand.QUESTION or row.state in _ASKS


def _is_overtaken(tx: Tx, row: Row, dispatch: Row) -> bool:
    newer = OVERTAKEN_BY.get(Errand(dispatch.errand))
    return newer is not None and any(
        one.errand == newer and one.about == dispatch.about and one.id > dispatch.id
        for one in dispatches.of_referral(tx, row.id)
    )


def _load(tx: Tx, row: Row, dispatch: Row, house: House) -> Load | None:
    """None if the agency's road is gone meanwhile, or its pages are nowhere."""
    errand = Errand(dispatch.errand)
    if dispatch.road == dispatching.TO_CITIZEN:
        return _to_intake(tx, row, dispatch, errand, house)
    road = roads.toward(roads.road(tx, row.organization_id), errand)
    if road is None or road.kind != dispatch.road or (road.written and not house.public_url):
        return None
    return _to_agency(tx, row, dispatch, errand, road, house)


def _to_agency(tx: Tx, row: Row, dispatch: Row, errand: Errand, road: Road, house: House) -> Load | None:
    if errand is Errand.CAPACITY:
        return _question_of_room(tx, dispatch, road, house)
    url = ""
    if road.written and errand in NEEDS_LINK:
        url = house.public_url.rstrip("/") + linking.issue(tx, row.id, dispatch.id, house.link_days)
    if errand is Errand.REFERRAL and not road.written:
        return ToDepartment(dispatch.connector, row.agent_id, packets.packet(tx, row.id), bool(row.urgent))
    fields = {"reference": row.number}
    if errand is Errand.APPOINTMENT:
        written, more = _of_appointment(tx, row, dispatch, road, house)
        fields |= more
    else:
        written = letter(errand, road.language, centre=house.centre, number=row.number, url=url)
    if road.written:
        return ToPartner(road.kind, road.address, written)
    bare = Packet(written.subject, written.text, fields, names_citizen=False)
    return ToDepartment(dispatch.connector, row.agent_id, bare, urgent=False)


def _question_of_room(tx: Tx, dispatch: Row, road: Road, house: House) -> Load | None:
    """Neither the referral's number nor anything else of it is in it."""
    issued = capacity.issue(tx, dispatch.id)
    if issued is None:
        return None
    path, question = issued
    url = house.public_url.rstrip("/") + path
    place = districts.name(question.area)
    written = room_letter(question, road.language, place, centre=house.centre, url=url)
    return ToPartner(road.kind, road.address, written)


def _of_appointment(
    tx: Tx, row: Row, dispatch: Row, road: Road, house: House
) -> tuple[Letter, Mapping[str, str]]:  # fmt: skip
    told = dispatches.words(tx, dispatch)
    news, at = News(told["news"]), float(told["at"])
    subject, text = to_agency(news, road.language, centre=house.centre, number=row.number, at=at)
    return Letter(subject, text), {"appointment": when(at), "appointment_news": news.value}


def _to_intake(tx: Tx, row: Row, dispatch: Row, errand: Errand, house: House) -> Load:
    if errand is Errand.QUESTION_WITHDRAWN:
        return TakeBack(dispatch.about)
    if errand is Errand.RECALL:
        return Recall(dispatch.about)
    if errand is Errand.QUESTION:
        agency = named.name(tx, "organization", row.organization_id)
        return ToCitizen(question(house.centre, agency), CHOICES, OPEN_HOURS)
    return ToCitizen(dispatches.words(tx, dispatch), {}, 0)
