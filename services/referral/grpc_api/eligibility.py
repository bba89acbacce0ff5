"""The EligibilityService of the contract. Facts are read, answered and forgotten; what is wrong with them is told
without their values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from hub120.referral.v1 import eligibility_pb2, eligibility_service_pb2_grpc
from hub120.referral.v1 import eligibility_service_pb2 as pb

from chassis import pages
from chassis.database import Database
from chassis.grpc_host import Check, caller, run_blocking
from services.referral.domain import median_income
from services.referral.domain.eligibility_catalogue import CATALOGUE, FACTS
from services.referral.domain.eligibility_facts import Known, Value, fault
from services.referral.grpc_api import eligibility_protos as protos
from services.referral.store import eligibility as store
from services.referral.use_cases import assessing, ruling
from services.referral.use_cases.assessing import Answer, Asked, Explained, Place
from services.referral.use_cases.rule_book import Entry, RuleBook

_MOST_FACTS = 100
_MOST_IDS = 100
_MOST_RULES = 20
_DAY = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")


class EligibilityApi(eligibility_service_pb2_grpc.EligibilityServiceServicer):
    """Eligibility; whoever writes is the caller."""

    def __init__(self, database: Database) -> None:
        self._database, self._book = database, RuleBook()

    async def Assess(self, request: pb.AssessRequest, context: Any) -> pb.AssessResponse:
        """What somebody may be entitled to."""
        limit, last = pages.size(request.page_size, usual=20, largest=50), pages.after(request, (int, int, str))
        check = Check(request).length("service_ids", 0, _MOST_IDS).length("rule_ids", 0, _MOST_IDS)
        known, day = _known(check, request.facts), self._day(check, request.as_of, "as_of")
        check.raise_if_any()
        asked = Asked(known, day, tuple(request.service_ids), tuple(request.rule_ids))
        after: Place | None = (last[0], last[1], last[2]) if last else None
        answer: Answer = await self._read(assessing.assess, self._book, asked, after, limit)
        told = pb.AssessResponse(
            assessments=map(protos.assessment, answer.page),
            questions=protos.questions(answer.questions),
            as_of=day.isoformat(),
            median_income=answer.median_income,
            median_missing=answer.median_missing,
        )
        if answer.more:
            told.next_page_token = pages.token(request, [*answer.page[-1].place])
        return told

    async def ExplainRule(self, request: pb.ExplainRuleRequest, context: Any) -> pb.ExplainRuleResponse:
        """A rule, condition by condition."""
        check = Check(request).length("rule_id", 1, 64).range("version", 0, 2**31 - 2)
        known, day = _known(check, request.facts), self._day(check, request.as_of, "as_of")
        check.raise_if_any()
        found: Explained = await self._read(
            assessing.explain, self._book, request.rule_id, request.version, day, known
        )  # fmt: skip
        return pb.ExplainRuleResponse(
            version=protos.version(found.entry),
            conditions=map(protos.condition, found.lines),
            likelihood=protos.LIKELIHOODS[found.result],
            warning=protos.warning(),
        )

    async def ListFacts(self, request: pb.ListFactsRequest, context: Any) -> pb.ListFactsResponse:
        """The catalogue."""
        return pb.ListFactsResponse(facts=map(protos.fact, CATALOGUE))

    async def PutRules(self, request: pb.PutRulesRequest, context: Any) -> pb.PutRulesResponse:
        """Write rules."""
        check = Check(request).length("rules", 1, _MOST_RULES)
        check.that(all(len(one.supersedes) <= _MOST_IDS for one in request.rules), "rules", "supersede too much")
        check.raise_if_any()
        drafts = [protos.draft(one) for one in request.rules]
        entries: list[Entry] = await self._run(ruling.put_rules, drafts, caller().subject)
        return pb.PutRulesResponse(versions=map(protos.version, entries))

    async def ListRules(self, request: pb.ListRulesRequest, context: Any) -> pb.ListRulesResponse:
        """Rules by id."""
        limit, last = pages.size(request.page_size, usual=20, largest=50), pages.after(request, (str,))
        check = Check(request)
        day = self._day(check, request.as_of, "as_of")
        check.raise_if_any()
        after = last[0] if last else ""
        found: list[Entry] = await self._read(ruling.list_rules, self._book, day, after, limit + 1)
        told = pb.ListRulesResponse(versions=map(protos.version, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].rule.id])
        return told

    async def GetRules(self, request: pb.GetRulesRequest, context: Any) -> pb.GetRulesResponse:
        """Versions of a rule."""
        limit, last = pages.size(request.page_size, usual=20, largest=50), pages.after(request, (int,))
        Check(request).length("rule_id", 1, 64).raise_if_any()
        before = last[0] if last else None
        found: list[Entry] = await self._read(ruling.versions, self._book, request.rule_id, before, limit + 1)
        told = pb.GetRulesResponse(versions=map(protos.version, found[:limit]))
        if len(found) > limit:
            told.next_page_token = pages.token(request, [found[limit - 1].version])
        return told

    async def EndRule(self, request: pb.EndRuleRequest, context: Any) -> pb.EndRuleResponse:
        """End a rule."""
        check = Check(request).length("rule_id", 1, 64).required("ends")
        day = self._day(check, request.ends, "ends")
        check.raise_if_any()
        return pb.EndRuleResponse(versions=await self._run(ruling.end_rule, request.rule_id, day))

    async def ListMedianIncomes(
        self, request: pb.ListMedianIncomesRequest, context: Any
    ) -> pb.ListMedianIncomesResponse:
        """Median incomes by year."""
        found = await self._read(store.medians)
        return pb.ListMedianIncomesResponse(medians=map(protos.median, found.values()))

    async def PutMedianIncome(self, request: pb.PutMedianIncomeRequest, context: Any) -> pb.PutMedianIncomeResponse:
        """Write a year."""
        check = Check(request).required("median").range("median.year", 2015, 2100).length("median.source.title", 1, 300)
        check.length("median.source.url", 0, 300)
        self._day(check, request.median.source.date or "-", "median.source.date")
        check.raise_if_any()
        median = protos.read_median(request.median)
        check.that(not (wrong := median_income.fault(median)), "median.won", wrong).raise_if_any()
        kept = await self._run(ruling.put_median_income, median, caller().subject)
        return pb.PutMedianIncomeResponse(median=protos.median(kept))

    def _day(self, check: Check, given: str, field: str) -> date:
        """A day as it is written; today where none is."""
        today = assessing.today(self._database.clock())
        if not given:
            return today
        try:
            return date.fromisoformat(given if _DAY.fullmatch(given) else "")
        except ValueError:
            check.that(False, field, "is a day of this century, YYYY-MM-DD")
            return today

    async def _run(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.run, use_case, *arguments)

    async def _read(self, use_case: Any, *arguments: Any) -> Any:
        return await run_blocking(self._database.read, use_case, *arguments)


def _known(check: Check, given: Iterable[eligibility_pb2.FactValue]) -> Known:
    """What was told; None for what was asked in vain."""
    check.length("facts", 0, _MOST_FACTS)
    known: dict[str, Value | None] = {}
    for place, one in enumerate(given):
        field, kind = f"facts[{place}]", one.WhichOneof("value")
        fact = FACTS.get(one.fact)
        check.that(fact is not None, f"{field}.fact", "is no fact of the catalogue")
        check.that(one.fact not in known, f"{field}.fact", "was told before")
        check.that(kind is not None and (kind != "unknown" or one.unknown), field, "has a value, or unknown is true")
        value: Value | None = None if kind in {None, "unknown"} else getattr(one, str(kind))
        if fact is not None and value is not None:
            check.that(not (wrong := fault(fact, value)), f"{field}.{kind}", f"of {fact.id} {wrong}")
        known[one.fact] = value
    return known
