"""Metrics that came over OTLP as Prometheus reads them, by OpenTelemetry's rules (Compatibility: Prometheus and
OpenMetrics): ``.`` becomes ``_``, the unit and ``_total`` come behind, what is said of the process becomes labels."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.otlp import Metric, Point

_UNITS = {"s": "seconds", "By": "bytes"}


def exposed(metrics: Iterable[Metric]) -> str:
    """The text that a collector would serve."""
    by_name: dict[str, list[Metric]] = {}
    for metric in metrics:
        by_name.setdefault(name_of(metric), []).append(metric)
    return "".join(f"{line}\n" for name, found in sorted(by_name.items()) for line in _family(name, found))


def name_of(metric: Metric) -> str:
    """A metric's name in Prometheus."""
    words = [metric.name.replace(".", "_")]
    words += [_UNITS[metric.unit]] if metric.unit in _UNITS else []
    words += ["ratio"] if metric.unit == "1" and metric.kind == "gauge" else []
    words += ["total"] if metric.kind == "sum" else []
    return "_".join(words)


def _family(name: str, metrics: Iterable[Metric]) -> Iterator[str]:
    kinds = {"sum": "counter", "histogram": "histogram", "gauge": "gauge"}
    (kind,) = {kinds[metric.kind] for metric in metrics}
    yield f"# TYPE {name} {kind}"
    for metric in metrics:
        for point in metric.points:
            yield from _lines(name, {**metric.resource, **point.attributes}, point)


def _lines(name: str, said: Mapping[str, Any], point: Point) -> Iterator[str]:
    if not point.buckets:
        yield f"{name}{_labels(said)} {point.value}"
        return
    for bound, count in point.buckets:
        yield f"{name}_bucket{_labels({**said, 'le': '+Inf' if math.isinf(bound) else bound})} {count}"
    yield f"{name}_sum{_labels(said)} {point.value}"
    yield f"{name}_count{_labels(said)} {point.count}"


def _labels(said: Mapping[str, Any]) -> str:
    pairs = (f"{key.replace('.', '_')}={json.dumps(str(value), ensure_ascii=False)}" for key, value in said.items())
    return "{" + ",".join(pairs) + "}"
