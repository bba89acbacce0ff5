"""The queries of dashboards and alerts, run by a real Prometheus on what both processes of a hub really send."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
import yaml

from chassis.auth import LocalIssuer
from chassis.telemetry.metrics import Declaration, declared
from docs.tables import MEASURING
from scripts.dashboards import DASHBOARDS, FOLDER
from tests.certificates import self_signed
from tests.exposition import exposed
from tests.hub import running_hub
from tests.otlp import Metric, OtlpReceiver
from tests.servers import prometheus
from tests.servers.machine import NotToBeHad
from tests.servers.prometheus import Prometheus
from tests.waiting import eventually

FILLED = {
    "$__rate_interval": "1m",
    "$connector": ".*",
    '"INTERNAL|': '"OK|INTERNAL|',
    'hub120_outcome!="done"': 'hub120_outcome="done"',
    'hub120_outcome="TooBusy"': 'hub120_outcome="done"',
}
"""What stands for Grafana's variables, and for what goes wrong: in calm weather everything ends well."""
CALM = ("hub120_interpreter_connect_duration_seconds", "hub120_interpreter_request_duration_seconds")
"""What is not measured as long as nobody asks for an interpreter."""
NEVER_BOTH = {
    "QueueUnread": "every queue is read",
    "NothingMeasured": "something is measured",
}
"""Alerts whose query finds nothing in calm weather even without its limit, and why."""
FIRING = {"CertificateExpires"}
"""The test's own lasts a day."""
SENT_WHEN_BUSY = {"hub120.interpreter.connect_duration", "hub120.interpreter.request_duration"}


pytestmark = pytest.mark.slow  # metrics are sent every quarter of a minute


@dataclass(frozen=True)
class Sent:
    """What a hub sent: its metrics after some work and again after more, where they led to, and all traces."""

    metrics: list[list[Metric]]
    examples: Mapping[str, set[str]]
    traces: set[str]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """What a hub sent."""
    folder = tmp_path_factory.mktemp("hub")
    token = folder / "service.token"
    token.write_text(LocalIssuer(folder / "token.key").issue("hub", ["service"], 3600.0))
    told: list[list[Metric]] = []
    with OtlpReceiver() as receiver:
        environment = {
            "HUB120_OTLP_ENDPOINT": receiver.endpoint,
            "HUB120_SERVICE_TOKEN_FILE": str(token),
            "HUB120_PEER_CA": str(self_signed(folder)[0]),
        }
        with running_hub(folder, environment) as hub:
            agent = hub.agent("kim", capacity=4)
            offers = agent.offers()
            for round_ in range(2):
                for number in range(3):
                    hub.say(f"가로등이 꺼졌어요 {round_} {number}", citizen=f"citizen-{number}")
                if not round_:
                    item = agent.accept(next(offers))
                    agent.reply(item.case_id, "접수했습니다")
                told.append(_settled(receiver, len(told)))
        return Sent(told, receiver.examples(), {span.trace_id for span in receiver.spans()})


def _settled(receiver: OtlpReceiver, before: int) -> list[Metric]:
    """What was sent once everything that stands still was looked at."""
    wanted = {
        "hub120.floor.service_level",
        "hub120.queue.oldest_age",
        "hub120.outbox.waiting",
        "hub120.connector.breaker",
    }

    def looked_at() -> bool:
        names = {one.name for one in receiver.newest()}
        return wanted <= names and _contacts(receiver) == 3 * (before + 1)

    eventually(looked_at, 90, "every metric being sent")
    return receiver.newest()


def _contacts(receiver: OtlpReceiver) -> float:
    return sum(
        point.value for one in receiver.newest() if one.name == "hub120.contacts.received" for point in one.points
    )


@pytest.fixture(scope="module")
def asked(sent: Sent, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """A Prometheus that has scraped all of it. Where there is none its tests are skipped, but not in CI."""
    served = [exposed(sent.metrics[0])]
    try:
        prometheus.make_sure()
    except NotToBeHad as problem:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(problem))
    with prometheus.running(tmp_path_factory.mktemp("prometheus"), served) as found:
        eventually(lambda: found.scraped(2), 60, "the first scrapes")
        served.append(exposed(sent.metrics[1]))
        eventually(lambda: found.scraped(6), 60, "more scrapes")
        yield found


def test_every_picture_of_every_dashboard_shows_something(asked: Prometheus) -> None:
    queries = [query for board in DASHBOARDS for panel in board.panels for query in panel.queries.values()]
    shown = {query: bool(asked.asked(_filled(query))) for query in queries}
    assert [query for query, shows in shown.items() if not shows and not _calm(query)] == []


def _filled(query: str) -> str:
    for name, value in FILLED.items():
        query = query.replace(name, value)
    return query


def _calm(query: str) -> bool:
    return any(part in query for part in CALM)


def test_every_alert_looks_at_what_is_measured_and_is_silent_in_calm_weather(asked: Prometheus) -> None:
    for name, rule in alerts().items():
        assert bool(asked.asked(rule)) == (name in FIRING), f"{name} fires, or does not"
        if name not in NEVER_BOTH:
            assert asked.asked(_filled(_without_limits(rule))), f"{name} looks at nothing"


def alerts() -> Mapping[str, str]:
    groups = yaml.safe_load((FOLDER / "alerts.yaml").read_text())["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def _without_limits(rule: str) -> str:
    """The same with comparisons that say no instead of nothing."""
    return re.sub(r" (>=|==|>|<) ", r" \1 bool ", rule)


def test_what_is_sent_is_what_is_declared_and_nothing_else(sent: Sent) -> None:
    assert MEASURING
    known: Mapping[str, Declaration] = {one.name: one for one in declared() if not one.name.startswith("hub120.test.")}
    for metric in sent.metrics[1]:
        assert metric.name in known
        for point in metric.points:
            assert set(point.attributes) <= set(known[metric.name].attributes), metric.name
    missing = known.keys() - {metric.name for metric in sent.metrics[1]}
    assert missing == SENT_WHEN_BUSY


@pytest.mark.parametrize(
    "duration", ["rpc.server.call.duration", "http.server.request.duration", "messaging.process.duration"]
)
def test_durations_lead_to_traces(sent: Sent, duration: str) -> None:
    assert sent.examples[duration]
    assert sent.examples[duration] <= sent.traces
