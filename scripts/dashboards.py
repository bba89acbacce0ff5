"""Dashboards for Grafana and the alert rules for Kubernetes: ``python scripts/dashboards.py`` writes, a test compares.

Each dashboard is for one audience: ``floor`` for supervisors, ``sre`` for people on call, ``connectors`` for those who
look after partners. Queries name metrics as an OpenTelemetry collector writes them for Prometheus. Alerts are written
by hand in ``deploy/observability/alerts.yaml``; Kubernetes gets the same rules as an object.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "deploy" / "observability"
RULES: Final = ROOT / "deploy" / "k8s" / "components" / "monitoring" / "alerts.yaml"
_SCHEMA: Final = 41
"""Of Grafana 12."""
_SOURCE: Final = {"type": "prometheus", "uid": "${source}"}
_WIDTH, _HEIGHT = 8, 8
_OBJECT: Final = """# Written by scripts/dashboards.py from deploy/observability/alerts.yaml.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: hub120
spec:
"""


@dataclass(frozen=True)
class Panel:
    """One picture: its queries by what they are called, the unit, and how it is drawn."""

    title: str
    queries: Mapping[str, str]
    unit: str = "short"
    kind: str = "timeseries"
    says: str = ""


@dataclass(frozen=True)
class Dashboard:
    """The pictures for one audience."""

    name: str
    title: str
    panels: Sequence[Panel]
    variables: Mapping[str, str] = field(default_factory=dict)
    """Which label of which metric may be chosen from, by the variable's name."""


def _quantile(share: float, metric: str, by: str, where: str = "") -> str:
    per = ", ".join(["le", *filter(None, [by])])
    return f"histogram_quantile({share}, sum by ({per}) (rate({metric}_bucket{where}[$__rate_interval])))"


def _rate(metric: str, by: str, where: str = "") -> str:
    return f"sum by ({by}) (rate({metric}{where}[$__rate_interval]))"


_QUEUE: Final = "hub120_medium, hub120_language, hub120_priority_class"
FLOOR: Final = Dashboard(
    "floor",
    "hub120: the floor",
    [
        Panel(
            "Service level of the last hour", {"now": "max(hub120_floor_service_level_ratio)"}, "percentunit", "stat"
        ),
        Panel(
            "Citizens who wait",
            {"now": f"sum(max by ({_QUEUE}) (hub120_floor_waiting)) or vector(0)"},
            kind="stat",
        ),
        Panel("Longest wait now", {"now": "max(hub120_floor_longest_wait_seconds) or vector(0)"}, "s", "stat"),
        Panel(
            "Service level and goal",
            {
                "last hour": "max(hub120_floor_service_level_ratio)",
                "goal": "max(hub120_floor_service_level_goal_ratio)",
            },
            "percentunit",
        ),
        Panel(
            "Waiting, by language and medium",
            {
                "{{hub120_language}} {{hub120_medium}}": "sum by (hub120_language, hub120_medium)"
                f" (max by ({_QUEUE}) (hub120_floor_waiting))"
            },
        ),
        Panel(
            "Longest wait, by language and medium",
            {
                "{{hub120_language}} {{hub120_medium}}": "max by (hub120_language, hub120_medium)"
                " (hub120_floor_longest_wait_seconds)"
            },
            "s",
        ),
        Panel("Agents, by presence", {"{{hub120_state}}": "max by (hub120_state) (hub120_floor_agents)"}),
        Panel("Offers that nobody has answered yet", {"offers": "max(hub120_floor_offers_outstanding)"}),
        Panel(
            "Abandonment of the last hour",
            {
                "left unanswered": "max(hub120_floor_abandoned)"
                " / clamp_min(max(hub120_floor_abandoned) + max(hub120_floor_answered), 1)"
            },
            "percentunit",
        ),
        Panel(
            "Work of the last hour",
            {"arrived": "max(hub120_floor_offered)", "answered": "max(hub120_floor_answered)"},
        ),
        Panel(
            "Contacts, by channel",
            {"{{hub120_connector}}": _rate("hub120_contacts_received_total", "hub120_connector")},
            "cps",
        ),
        Panel(
            "Interpreters: nine in ten are there within",
            {"{{hub120_language}}": _quantile(0.9, "hub120_interpreter_connect_duration_seconds", "hub120_language")},
            "s",
        ),
        Panel(
            "Referrals",
            {
                "open: {{hub120_state}}": "max by (hub120_state) (hub120_referral_open)",
                "a supervisor is wanted": "max(hub120_referral_escalated)",
            },
        ),
    ],
)

_CALLS, _ONE_ANSWER = "rpc_server_call_duration_seconds", '{rpc_method!~".*/(Watch|Join).*"}'
_FAULTS: Final = '{rpc_response_status_code=~"INTERNAL|UNAVAILABLE|UNKNOWN|DATA_LOSS|DEADLINE_EXCEEDED"}'
_HANDLED, _OF_QUEUE = "messaging_process_duration_seconds", "messaging_destination_name"
SRE: Final = Dashboard(
    "sre",
    "hub120: for people on call",
    [
        Panel("Calls, by method", {"{{rpc_method}}": _rate(f"{_CALLS}_count", "rpc_method")}, "reqps"),
        Panel(
            "Calls that fail through our fault",
            {
                "share": f"(sum(rate({_CALLS}_count{_FAULTS}[$__rate_interval])) or vector(0))"
                f" / sum(rate({_CALLS}_count[$__rate_interval]))"
            },
            "percentunit",
        ),
        Panel(
            "99 in 100 calls are answered within (streams aside)",
            {"{{rpc_method}}": _quantile(0.99, _CALLS, "rpc_method", _ONE_ANSWER)},
            "s",
        ),
        Panel(
            "Requests over HTTP, by route and status",
            {
                "{{http_route}} {{http_response_status_code}}": _rate(
                    "http_server_request_duration_seconds_count", "http_route, http_response_status_code"
                )
            },
            "reqps",
        ),
        Panel(
            "99 in 100 requests are answered within",
            {"{{http_route}}": _quantile(0.99, "http_server_request_duration_seconds", "http_route")},
            "s",
        ),
        Panel(
            "Events and tasks, by type",
            {"{{hub120_message_type}}": _rate(f"{_HANDLED}_count", "hub120_message_type")},
            "ops",
        ),
        Panel(
            "Events and tasks that did not end well",
            {
                "{{hub120_message_type}} {{hub120_outcome}}": _rate(
                    f"{_HANDLED}_count", "hub120_message_type, hub120_outcome", '{hub120_outcome!="done"}'
                )
            },
            "ops",
        ),
        Panel(
            "99 in 100 events and tasks are handled within",
            {"{{hub120_message_type}}": _quantile(0.99, _HANDLED, "hub120_message_type")},
            "s",
        ),
        Panel(
            "How old they are then",
            {f"{{{{{_OF_QUEUE}}}}}": _quantile(0.99, "hub120_message_age_seconds", _OF_QUEUE)},
            "s",
        ),
        Panel("Queues: messages that wait", {f"{{{{{_OF_QUEUE}}}}}": f"max by ({_OF_QUEUE}) (hub120_queue_ready)"}),
        Panel(
            "Queues: the oldest is at most",
            {f"{{{{{_OF_QUEUE}}}}}": f"min by ({_OF_QUEUE}) (hub120_queue_oldest_age_seconds)"},
            "s",
        ),
        Panel("Dead letters", {f"{{{{{_OF_QUEUE}}}}}": f"max by ({_OF_QUEUE}) (hub120_queue_dead)"}),
        Panel("Outbox: messages", {"{{hub120_service}}": "max by (hub120_service) (hub120_outbox_waiting)"}),
        Panel(
            "Outbox: the oldest",
            {"{{hub120_service}}": "max by (hub120_service) (hub120_outbox_oldest_age_seconds)"},
            "s",
        ),
        Panel(
            "Messages confirmed by the bus",
            {"{{hub120_service}}": _rate("hub120_relay_messages_total", "hub120_service")},
        ),
        Panel(
            "Connections to databases in use",
            {
                "{{db_client_connection_pool_name}}": "max by (db_client_connection_pool_name)"
                ' (db_client_connection_count{db_client_connection_state="used"}'
                " / on (service_instance_id, db_client_connection_pool_name) db_client_connection_max)"
            },
            "percentunit",
        ),
        Panel("Calls being served", {"{{service_name}}": "sum by (service_name) (hub120_rpc_server_in_flight)"}),
        Panel("Open streams", {"{{rpc_method}}": "sum by (rpc_method) (hub120_rpc_server_streams)"}),
        Panel(
            "Pages of the console",
            {"pages": "sum(hub120_console_pages)", "streams on them": "sum(hub120_console_streams)"},
        ),
        Panel(
            "Processes that began in the last half hour",
            {
                "{{service_name}} {{hub120_instance_kind}}": "count by (service_name, hub120_instance_kind)"
                " (last_over_time(process_uptime_seconds[30m]) < 1800)"
            },
        ),
        Panel(
            "Workers that are stuck",
            {"{{service_name}}": "sum by (service_name) (hub120_worker_stuck)"},
        ),
        Panel(
            "Runs out in",
            {"{{hub120_credential}}": "min by (hub120_credential) (hub120_credential_expiry_seconds)"},
            "s",
        ),
    ],
)

_OF, _DURATIONS = '{hub120_connector=~"$connector"}', "hub120_connector_call_duration_seconds"
_FAILED: Final = '{hub120_connector=~"$connector", hub120_outcome!="done"}'
_TASKS: Final = '{messaging_destination_name=~"connector[.]($connector)[.].*"}'
CONNECTORS: Final = Dashboard(
    "connectors",
    "hub120: connectors",
    [
        Panel("Calls", {"{{hub120_connector}}": _rate(f"{_DURATIONS}_count", "hub120_connector", _OF)}, "ops"),
        Panel(
            "Calls that did not end well, by kind",
            {
                "{{hub120_connector}} {{hub120_outcome}}": _rate(
                    f"{_DURATIONS}_count", "hub120_connector, hub120_outcome", _FAILED
                )
            },
            "ops",
        ),
        Panel(
            "Breakers",
            {"{{hub120_connector}}": f"max by (hub120_connector) (hub120_connector_breaker{_OF})"},
            says="0 closed, 1 half open, 2 open: left alone for up to a minute.",
        ),
        Panel(
            "How long calls take",
            {"{{le}}": f"sum by (le) (increase({_DURATIONS}_bucket{_OF}[$__rate_interval]))"},
            "s",
            "heatmap",
        ),
        Panel(
            "95 in 100 calls end within",
            {
                "{{hub120_connector}} {{hub120_capability}}": _quantile(
                    0.95, _DURATIONS, "hub120_connector, hub120_capability", _OF
                )
            },
            "s",
        ),
        Panel(
            "Calls being worked on",
            {"{{hub120_connector}}": f"sum by (hub120_connector) (hub120_connector_in_flight{_OF})"},
        ),
        Panel(
            "Calls refused: every place was taken",
            {
                "{{hub120_connector}}": _rate(
                    f"{_DURATIONS}_count", "hub120_connector", _OF[:-1] + ', hub120_outcome="TooBusy"}'
                )
            },
            "ops",
        ),
        Panel("Tasks that wait", {f"{{{{{_OF_QUEUE}}}}}": f"max by ({_OF_QUEUE}) (hub120_queue_ready{_TASKS})"}),
        Panel(
            "The oldest of them is at most",
            {f"{{{{{_OF_QUEUE}}}}}": f"min by ({_OF_QUEUE}) (hub120_queue_oldest_age_seconds{_TASKS})"},
            "s",
        ),
        Panel("Tasks given up", {f"{{{{{_OF_QUEUE}}}}}": f"max by ({_OF_QUEUE}) (hub120_queue_dead{_TASKS})"}),
        Panel(
            "Partners of interpreters have a request within",
            {
                "{{hub120_connector}}": _quantile(
                    0.95, "hub120_interpreter_request_duration_seconds", "hub120_connector"
                )
            },
            "s",
        ),
    ],
    {"connector": "label_values(hub120_connector_breaker, hub120_connector)"},
)
DASHBOARDS: Final = (FLOOR, SRE, CONNECTORS)


def drawn(dashboard: Dashboard) -> dict[str, Any]:
    """A dashboard as Grafana imports it."""
    return {
        "uid": f"hub120-{dashboard.name}",
        "title": dashboard.title,
        "tags": ["hub120"],
        "schemaVersion": _SCHEMA,
        "editable": True,
        "refresh": "30s",
        "timezone": "Asia/Seoul",
        "time": {"from": "now-3h", "to": "now"},
        "templating": {"list": list(_variables(dashboard))},
        "panels": [_panel(number, panel) for number, panel in enumerate(dashboard.panels)],
    }


def _variables(dashboard: Dashboard) -> Iterator[dict[str, Any]]:
    yield {"name": "source", "label": "Prometheus", "type": "datasource", "query": "prometheus"}
    for name, query in dashboard.variables.items():
        choice = {"name": name, "type": "query", "datasource": _SOURCE, "query": query, "refresh": 2}
        yield {
            **choice,
            "multi": True,
            "includeAll": True,
            "allValue": ".*",
            "current": {"text": "All", "value": "$__all"},
        }


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    row, place = divmod(number, 24 // _WIDTH)
    shape = "heatmap" if panel.kind == "heatmap" else "time_series"
    return {
        "id": number + 1,
        "title": panel.title,
        "description": panel.says,
        "type": panel.kind,
        "datasource": _SOURCE,
        "gridPos": {"x": place * _WIDTH, "y": row * _HEIGHT, "w": _WIDTH, "h": _HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
        "options": {"calculate": False, "yAxis": {"unit": panel.unit}} if panel.kind == "heatmap" else {},
        "targets": [
            {
                "refId": chr(ord("A") + place),
                "datasource": _SOURCE,
                "expr": query,
                "legendFormat": legend,
                "format": shape,
                "exemplar": "_bucket" in query,
            }
            for place, (legend, query) in enumerate(panel.queries.items())
        ],
    }


def written() -> dict[Path, str]:
    """Each file that is written here, as it should be."""
    rules = (FOLDER / "alerts.yaml").read_text()
    groups = rules[rules.index("groups:") :]
    dashboards = {FOLDER / f"{one.name}.json": json.dumps(drawn(one), indent=1) + "\n" for one in DASHBOARDS}
    return {**dashboards, RULES: _OBJECT + textwrap.indent(groups, "  ")}


if __name__ == "__main__":
    for path, content in written().items():
        path.write_text(content)
