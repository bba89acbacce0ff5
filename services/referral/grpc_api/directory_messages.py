"""The directory's rows as the contract writes them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from hub120.referral.v1 import directory_pb2 as pb

from chassis.clock import moment
from chassis.statements import Row
from services.referral.domain import taxonomies
from services.referral.domain.directory import Decision, Kind, age_days, stale
from services.referral.use_cases.comparing import Conflict
from services.referral.use_cases.directory import Entry

KINDS = {kind: getattr(pb, f"SERVICE_KIND_{kind.name}") for kind in Kind}
DECISIONS = {
    Decision.OPEN: pb.DUPLICATE_DECISION_UNSPECIFIED,
    Decision.SAME: pb.DUPLICATE_DECISION_SAME,
    Decision.DIFFERENT: pb.DUPLICATE_DECISION_DIFFERENT,
}
DECISION_OF = {number: decision for decision, number in DECISIONS.items()}


def entry(found: Entry, now: float, stale_days: int) -> pb.DirectoryEntry:
    """A service."""
    row = found.row
    return pb.DirectoryEntry(
        id=row.id,
        name=row.name,
        organization_id=row.organization_id,
        organization_name=found.document["organization"]["name"],
        kind=KINDS[Kind(row.kind)],
        status=row.status,
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        areas=found.areas,
        terms=map(_term, found.terms),
        source_id=row.source,
        assure_time=moment(row.assured_at),
        assured_by=row.assured_by,
        age_days=age_days(row.assured_at, now),
        stale=stale(row.assured_at, now, stale_days),
        modify_time=moment(row.modified_at),
        remove_time=moment(row.removed_at),
        behind_id=row.behind,
        hsds=json.dumps(found.document, ensure_ascii=False, separators=(",", ":")),
    )


def _term(named: tuple[str, str]) -> pb.ServiceTerm:
    taxonomy, code = named
    term = taxonomies.term(taxonomy, code)
    names = {"name_ko": term.ko, "name_en": term.en} if term else {}
    return pb.ServiceTerm(taxonomy=taxonomy, code=code, **names)


def source(row: Row) -> pb.DirectorySource:
    """A source."""
    return pb.DirectorySource(
        id=row.id,
        name=row.name,
        kind=row.kind,
        rank=row.rank,
        service_count=row.services,
        refused_count=row.refused,
        begin_time=moment(row.begun_at),
        import_time=moment(row.imported_at),
    )


def error(row: Row) -> pb.ImportError:
    """What was wrong with a record."""
    return pb.ImportError(
        key=row.source_key, place=row.place, path=row.path, message=row.message, find_time=moment(row.found_at)
    )


def duplicate(row: Row) -> pb.Duplicate:
    """A pair."""
    return pb.Duplicate(
        first_id=row.first,
        second_id=row.second,
        first_name=row.first_name,
        second_name=row.second_name,
        first_source_id=row.first_source,
        second_source_id=row.second_source,
        decision=DECISIONS[Decision(row.decision)],
        decided_by=row.decided_by,
        decide_time=moment(row.decided_at),
        find_time=moment(row.found_at),
    )


def conflicts(found: Sequence[Conflict]) -> list[pb.DirectoryConflict]:
    """What differs between pairs."""
    return [
        pb.DirectoryConflict(
            duplicate=duplicate(one.pair),
            believed_id=one.believed,
            fields=[
                pb.FieldConflict(field=differs.field, first_value=differs.first, second_value=differs.second)
                for differs in one.differences
            ],
        )
        for one in found
    ]
