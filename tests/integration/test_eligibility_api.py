"""Eligibility through gRPC, with a real client: the two callers of the stories, what is refused, and that nothing of
what somebody told is kept or logged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from google.protobuf.json_format import ParseDict
from hub120.referral.v1 import eligibility_pb2 as pb
from hub120.referral.v1 import eligibility_service_pb2, eligibility_service_pb2_grpc

from chassis import auth, event_loop, grpc_host
from chassis.database import Database
from services.referral.grpc_api.eligibility import EligibilityApi
from services.referral.tables import metadata
from tests.integration.databases import Clock, opened
from tests.integration.grpc_calls import answering, code_of, details

LIKELY, NEED_MORE, UNLIKELY = pb.LIKELIHOOD_LIKELY, pb.LIKELIHOOD_NEED_MORE, pb.LIKELIHOOD_UNLIKELY


class Desk:
    """Somebody's front end."""

    def __init__(self, channel: grpc.aio.Channel, issuer: auth.LocalIssuer, database: Database) -> None:
        self._issuer, self.database = issuer, database
        self._stub = eligibility_service_pb2_grpc.EligibilityServiceStub(channel)  # type: ignore[no-untyped-call]

    def call(self, method: str, role: str = "agent", **request: Any) -> Any:
        """Call a method."""
        metadata = [("authorization", f"Bearer {self._issuer.issue('somebody', [role], 60)}")]
        asked = getattr(eligibility_service_pb2, f"{method}Request")(**request)
        return getattr(self._stub, method)(asked, metadata=metadata, timeout=20)

    async def assess(self, facts: dict[str, Any], **request: Any) -> dict[str, pb.Assessment]:
        """The answers by rule, of a person of whom this is known."""
        told = await self.call("Assess", facts=known(facts), page_size=50, **request)
        return {one.rule_id: one for one in told.assessments}


def known(facts: dict[str, Any]) -> list[pb.FactValue]:
    return [_value(fact, value) for fact, value in facts.items()]


def _value(fact: str, value: Any) -> pb.FactValue:
    if value is None or isinstance(value, bool):
        return pb.FactValue(fact=fact, unknown=True) if value is None else pb.FactValue(fact=fact, yes=value)
    return pb.FactValue(fact=fact, number=value) if isinstance(value, int) else pb.FactValue(fact=fact, choice=value)


@pytest.fixture
def on(tmp_path: Path) -> Callable[[Callable[[Desk], Awaitable[None]]], None]:
    """Runs a test against a service of its own."""

    def run(test: Callable[[Desk], Awaitable[None]]) -> None:
        async def main() -> None:
            with opened(f"sqlite:///{tmp_path}/{{service}}.db", "referral", metadata, Clock()) as database:
                service = grpc_host.implemented(
                    eligibility_service_pb2, eligibility_service_pb2_grpc, EligibilityApi(database)
                )
                async with answering(tmp_path, service, level="debug") as (channel, issuer):
                    await test(Desk(channel, issuer, database))

        event_loop.run(main())

    return run


HOMELESS = {
    "age": 52,
    "residence_status": "citizen",
    "household_size": 1,
    "monthly_income": 0,
    "homeless": True,
    "region": "41115",
    "assets": 0,
    "financial_assets": 1_234_567,
}
DEFRAUDED = {
    "age": 78,
    "residence_status": "citizen",
    "household_size": 1,
    "monthly_income": 700_000,
    "fraud_victim": True,
    "loss": 30_000_000,
}


def test_the_homeless_caller_is_led_to_emergency_welfare(on: Any, capfd: pytest.CaptureFixture[str]) -> None:
    async def test(desk: Desk) -> None:
        found = await desk.assess(HOMELESS)
        assert found["kr-homeless-support"].likelihood == LIKELY
        assert found["seoul-emergency-welfare"].likelihood == UNLIKELY
        dolbom = found["gyeonggi-muhan-dolbom"]
        assert dolbom.likelihood == NEED_MORE
        assert not dolbom.assured
        assert {one.fact for one in dolbom.questions} == {"settlement", "emergency_aid_same_reason"}
        whole = await desk.assess({**HOMELESS, "settlement": "city", "emergency_aid_same_reason": False})
        dolbom = whole["gyeonggi-muhan-dolbom"]
        assert (dolbom.likelihood, dolbom.version, dolbom.sample) == (LIKELY, 1, True)
        assert dolbom.warning.ko == "상담용 안내이며 최종 결정은 담당 기관이 합니다."
        assert dolbom.source.title
        assert dolbom.source.date == "2026-01-01"
        assert "주민등록등본" in {one.ko for one in dolbom.documents}
        assert any(one.to_check and one.status == pb.CONDITION_STATUS_HOLDS for one in dolbom.reasons)
        assert whole["kr-livelihood-benefit"].likelihood == LIKELY
        kept = {table.name: table for table in metadata.sorted_tables}
        with desk.database.engine.connect() as connection:
            assert not any(connection.execute(sa.select(table)).all() for table in kept.values())

    on(test)
    told = capfd.readouterr()
    assert "1234567" not in told.out + told.err


def test_the_defrauded_old_woman_is_led_to_legal_aid(on: Any) -> None:
    async def test(desk: Desk) -> None:
        found = await desk.assess(DEFRAUDED)
        legal = {rule_id for rule_id, one in found.items() if one.kind == "legal" and one.likelihood == LIKELY}
        assert legal == {"kr-legal-aid", "kr-phishing-refund"}
        assert found["kr-basic-pension"].likelihood == NEED_MORE
        assert {one.fact for one in found["kr-basic-pension"].questions} == {"has_spouse", "occupational_pension"}
        likelihoods = [one.likelihood for one in found.values()]
        assert likelihoods == sorted(likelihoods)

    on(test)


def test_facts_that_are_none_are_refused_without_their_values(on: Any) -> None:
    async def test(desk: Desk) -> None:
        facts = [
            *known({"age": 199, "star_sign": "leo", "pregnant": 7, "disability": "grade", "household_size": 0}),
            pb.FactValue(fact="age", number=5),
            pb.FactValue(fact="debts"),
        ]
        found = await details(desk.call("Assess", facts=facts, as_of="2026-02-30"))
        assert found["code"] is grpc.StatusCode.INVALID_ARGUMENT
        fields = {one.field for one in found["BadRequest"].field_violations}
        numbers = {f"facts[{place}].number" for place in (0, 2, 4)}
        assert fields == {*numbers, "facts[1].fact", "facts[3].choice", "facts[5].fact", "facts[6]", "as_of"}
        assert "199" not in str(found)
        facts = known({"age": 5}) * 101
        assert await code_of(desk.call("Assess", facts=facts)) is grpc.StatusCode.INVALID_ARGUMENT

    on(test)


def test_a_rule_is_written_read_explained_and_refused_by_its_path(on: Any) -> None:
    requires = {
        "all": [
            {"atLeast": {"amount": {"fact": "age"}, "limit": {"number": 65, "unit": "years"}}, "words": words("65세")},
            {"shareOfMedian": {"amount": {"fact": "monthly_income"}, "percent": 62.5}, "words": words("소득")},
        ]
    }
    rule = ParseDict(
        {
            "id": "local-aid",
            "name": words("시 지원"),
            "kind": "welfare",
            "source": {"title": "조례", "date": "2026-01-01"},
            "validFrom": "2026-01-01",
            "requires": requires,
        },
        pb.EligibilityRule(),
    )

    async def test(desk: Desk) -> None:
        assert await code_of(desk.call("PutRules", rules=[{"rule": rule}])) is grpc.StatusCode.PERMISSION_DENIED
        (kept,) = (await desk.call("PutRules", "supervisor", rules=[{"rule": rule}])).versions
        (again,) = (await desk.call("PutRules", "supervisor", rules=[{"rule": rule}])).versions
        assert (kept.rule, kept.version, kept.written_by, again.version) == (rule, 1, "somebody", 1)
        facts = known({"age": 70, "household_size": 1, "monthly_income": 2_000_000})
        told = await desk.call("ExplainRule", rule_id="local-aid", facts=facts)
        assert told.likelihood == UNLIKELY
        assert [(one.amount, one.least or one.most) for one in told.conditions] == [(70, 65), (2_000_000, 1_602_649)]
        assert await code_of(desk.call("ExplainRule", rule_id="local-aid", version=2)) is grpc.StatusCode.NOT_FOUND
        rule.requires.all[0].at_least.limit.unit = "won"
        found = await details(desk.call("PutRules", "admin", rules=[{"rule": rule}]))
        (wrong,) = found["BadRequest"].field_violations
        assert (wrong.field, wrong.description) == ("rules[0].rule.requires.all[0].atLeast", "mixes won and years")

    on(test)


def words(ko: str) -> dict[str, str]:
    return {"ko": ko, "en": "In English."}


def test_lists_go_page_by_page_and_come_to_an_end(on: Any) -> None:
    async def test(desk: Desk) -> None:
        for method, role, field in (("ListRules", "supervisor", "versions"), ("Assess", "agent", "assessments")):
            seen: list[str] = []
            token = ""
            while True:
                told = await desk.call(method, role, page_size=4, page_token=token)
                seen += [str(one) for one in getattr(told, field)]
                token = told.next_page_token
                if not token:
                    break
            assert len(seen) == len({*seen}) == 15
        versions = (await desk.call("GetRules", "supervisor", rule_id="kr-legal-aid")).versions
        assert [(one.version, one.sample) for one in versions] == [(1, True)]
        facts = (await desk.call("ListFacts")).facts
        assert [one.id for one in facts][:2] == ["age", "residence_status"]
        assert facts[0].unit == "years"

    on(test)


def test_the_next_years_median_income_is_written_as_it_is_published(on: Any) -> None:
    median = {
        "year": 2027,
        "won": [2_700_000 + 1_000_000 * one for one in range(7)],
        "source": {"title": "고시", "date": "2026-08-01"},
        "assured": True,
    }

    async def test(desk: Desk) -> None:
        kept = (await desk.call("PutMedianIncome", "supervisor", median=median)).median
        assert (kept.further_person, kept.published) == (1_000_000, False)
        years = [(one.year, one.published) for one in (await desk.call("ListMedianIncomes")).medians]
        assert years == [(2024, True), (2025, True), (2026, True), (2027, False)]
        for wrong, code in (
            ({"year": 2026}, grpc.StatusCode.FAILED_PRECONDITION),
            ({"won": [1, 2]}, grpc.StatusCode.INVALID_ARGUMENT),
            ({"source": {"title": "고시"}}, grpc.StatusCode.INVALID_ARGUMENT),
        ):
            assert await code_of(desk.call("PutMedianIncome", "supervisor", median={**median, **wrong})) is code
        assert [*(await desk.call("EndRule", "admin", rule_id="kr-legal-aid", ends="2026-06-01")).versions] == [1]
        assert await code_of(desk.call("EndRule", "admin", rule_id="kr-legal-aid")) is grpc.StatusCode.INVALID_ARGUMENT

    on(test)
