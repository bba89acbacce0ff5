"""Figures as the contract writes them."""

from __future__ import annotations

from hub120.referral.v1 import figures_service_pb2 as pb

from chassis.clock import moment
from services.referral.domain import figure_words
from services.referral.domain.figures import Figures, Hours, Share, Slice, Span, Step
from services.referral.protos import DECLINED
from services.referral.use_cases.figures import OfAgency, Sliced

SLICES = {getattr(pb, f"FIGURE_SLICE_{one.name}"): one for one in Slice} | {pb.FIGURE_SLICE_UNSPECIFIED: None}
_COUNTED = (
    *("proposed", "consented", "sent", "acknowledged", "accepted", "completed", "withdrawn", "escalated"),
    "rerouted",
)
_OUTCOMES = tuple(one.name for one in pb.Outcomes.DESCRIPTOR.fields)


def figures(found: Figures, least_sent: int) -> pb.Figures:
    """Figures; silence is a rate where at least so many were sent."""
    counts = found.counts
    return pb.Figures(
        **{name: getattr(counts, name) for name in _COUNTED},
        acknowledge=_span(found.spans.get(Step.ACKNOWLEDGE)),
        accept=_span(found.spans.get(Step.ACCEPT)),
        complete=_span(found.spans.get(Step.COMPLETE)),
        declined=[
            pb.DeclinedFor(reason=DECLINED[reason], count=count) for reason, count in found.declined.items() if count
        ],
        silence=_share(found.silence(least_sent)),
        outcomes=pb.Outcomes(**{name: getattr(counts, name) for name in _OUTCOMES}),
        helped=_share(found.helped()),
    )


def _share(found: Share) -> pb.Share:
    return pb.Share(
        part=found.part, of=found.of, share=found.share, low=found.low, high=found.high, too_few=found.too_few
    )


def _span(found: Span | None) -> pb.Span:
    if found is None:
        return pb.Span(working=pb.Hours(), clock=pb.Hours())
    return pb.Span(count=found.count, working=_hours(found.working), clock=_hours(found.clock))


def _hours(found: Hours) -> pb.Hours:
    return pb.Hours(p50=found.p50, p90=found.p90, mean=found.mean)


def sliced(found: Sliced, least_sent: int) -> pb.SliceFigures:
    """Figures of a slice."""
    return pb.SliceFigures(start_time=moment(found.begins_at), figures=figures(found.figures, least_sent))


def of_agency(found: OfAgency, least_sent: int) -> pb.AgencyFigures:
    """Figures of an agency."""
    return pb.AgencyFigures(
        organization_id=found.organization_id, name=found.name, figures=figures(found.figures, least_sent)
    )


def labels() -> list[pb.FigureLabel]:
    """What figures are called."""
    return [pb.FigureLabel(**label._asdict()) for label in figure_words.LABELS]
