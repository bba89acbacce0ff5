"""Eligibility as the contract writes it: rules as their documents, facts, answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from google.protobuf.json_format import MessageToDict, ParseDict
from hub120.referral.v1 import eligibility_pb2 as pb

from chassis.clock import moment
from services.referral.domain.eligibility_catalogue import FACTS
from services.referral.domain.eligibility_evaluation import Result
from services.referral.domain.eligibility_explaining import WARNING, Line, Question, Reason, Status
from services.referral.domain.eligibility_facts import Fact, Kind, Words
from services.referral.domain.eligibility_rules import Source
from services.referral.domain.median_income import PUBLISHED, MedianIncome
from services.referral.use_cases.assessing import Assessment
from services.referral.use_cases.rule_book import Entry
from services.referral.use_cases.ruling import Draft

_KINDS = {kind: getattr(pb, f"FACT_KIND_{kind.name}") for kind in Kind}
_STATUSES = {status: getattr(pb, f"CONDITION_STATUS_{status.name}") for status in Status}
LIKELIHOODS = {result: getattr(pb, f"LIKELIHOOD_{result.name}") for result in Result}


def words(one: Words) -> pb.RuleWords:
    """In both languages."""
    return pb.RuleWords(ko=one.ko, en=one.en)


def warning() -> pb.RuleWords:
    """That the agency decides."""
    return words(WARNING)


def fact(one: Fact) -> pb.Fact:
    """A fact of the catalogue."""
    return pb.Fact(
        id=one.id,
        group=one.group,
        name=words(one.words),
        question=words(one.question),
        kind=_KINDS[one.kind],
        unit=one.unit or "",
        least=one.least,
        most=one.most,
        choices=[pb.FactChoice(id=choice.id, name=words(choice.words)) for choice in one.choices],
    )


def draft(given: Any) -> Draft:
    """A rule to be written, as a document."""
    return Draft(MessageToDict(given.rule), frozenset(given.supersedes))


def version(one: Entry) -> pb.RuleVersion:
    """A version of a rule."""
    return pb.RuleVersion(
        rule=ParseDict(dict(one.document), pb.EligibilityRule()),
        version=one.version,
        sample=one.written_at is None,
        ends=one.ends,
        written_by=one.written_by,
        write_time=moment(one.written_at),
    )


def reason(one: Reason) -> pb.EligibilityReason:
    """A condition, and what became of it."""
    return pb.EligibilityReason(
        words=words(one.words),
        status=_STATUSES[one.status],
        level=one.level,
        path=one.path,
        to_check=one.to_check,
        facts=one.facts,
    )


def questions(asked: Sequence[Question]) -> list[pb.EligibilityQuestion]:
    """What to ask next."""
    return [
        pb.EligibilityQuestion(fact=one.fact, question=words(FACTS[one.fact].question), weight=one.weight)
        for one in asked
    ]


def assessment(one: Assessment) -> pb.Assessment:
    """What is answered of one rule."""
    rule = one.entry.rule
    return pb.Assessment(
        rule_id=rule.id,
        version=one.entry.version,
        sample=one.entry.written_at is None,
        name=words(rule.name),
        kind=rule.kind,
        service_ids=one.service_ids,
        likelihood=LIKELIHOODS[one.result],
        reasons=map(reason, one.reasons),
        questions=questions(one.questions),
        documents=map(words, one.papers),
        notes=map(words, rule.notes),
        source=source(rule.source),
        valid_from=rule.valid_from.isoformat(),
        ends=one.entry.ends,
        assured=rule.assured,
        warning=warning(),
    )


def condition(one: Line) -> pb.ExplainedCondition:
    """A condition as it is explained."""
    return pb.ExplainedCondition(
        reason=reason(one.reason), unit=one.unit or "", amount=one.amount, least=one.least, most=one.most
    )


def source(one: Source) -> pb.RuleSource:
    """Where a rule comes from."""
    return pb.RuleSource(title=one.title, date=one.date.isoformat(), url=one.url)


def median(one: MedianIncome) -> pb.MedianIncome:
    """The median income of a year."""
    return pb.MedianIncome(
        year=one.year,
        won=one.won,
        further_person=one.further_person,
        source=pb.RuleSource(title=one.source, date=one.source_date.isoformat(), url=one.url),
        assured=one.assured,
        published=one in PUBLISHED,
    )


def read_median(given: pb.MedianIncome) -> MedianIncome:
    """The median income of a year as it was written."""
    return MedianIncome(
        given.year,
        tuple(given.won),
        given.source.title,
        date.fromisoformat(given.source.date),
        given.source.url,
        given.assured,
    )
