"""What documents show of the code, written from the code: ``python -m docs.tables`` writes, tests compare.

``docs/states.md`` is written whole; in other documents what stands between two marks is replaced. Words come from the
comments of the contracts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hub120.intake.v1 import intake_service_pb2, packet_service_pb2
from hub120.operations.v1 import connector_service_pb2, dead_letter_service_pb2, trace_service_pb2
from hub120.outreach.v1 import (
    alert_service_pb2,
    campaign_service_pb2,
    check_in_service_pb2,
    contact_rule_service_pb2,
    mailing_service_pb2,
    missing_person_service_pb2,
    notice_service_pb2,
    people_service_pb2,
    round_service_pb2,
)
from hub120.referral.v1 import (
    agency_service_pb2,
    appointment_service_pb2,
    capacity_service_pb2,
    figures_service_pb2,
    knowledge_service_pb2,
    legal_service_pb2,
    referral_service_pb2,
)
from hub120.routing.v1 import (
    conduct_service_pb2,
    conference_service_pb2,
    floor_service_pb2,
    queue_service_pb2,
    rota_service_pb2,
    routing_service_pb2,
    transfer_service_pb2,
    wall_service_pb2,
)
from hub120.translation.v1 import board_service_pb2, coverage_service_pb2, interpreter_service_pb2

from chassis import auth, handled
from chassis.connectors import running
from chassis.grpc_host import observing
from chassis.http_host import gate
from chassis.operations import measuring
from chassis.telemetry.attributes import OWN
from chassis.telemetry.metrics import declared
from services.console import live
from services.intake import classifying, webhooks
from services.intake.domain.calls import CALL_MOVES
from services.intake.domain.cases import CASE_MOVES
from services.intake.domain.handovers import HANDOVER_MOVES
from services.intake.domain.replies import REPLY_MOVES
from services.outreach.domain.alerts import ALERT_MOVES
from services.outreach.domain.check_ins import CHECK_IN_MOVES
from services.outreach.domain.mailings import MAILING_MOVES
from services.outreach.domain.notices import NOTICE_MOVES
from services.referral import gauges as referral_gauges
from services.referral.domain.appointments import APPOINTMENT_MOVES
from services.referral.domain.deadlines import DEADLINE_MOVES
from services.referral.domain.referrals import REFERRAL_MOVES
from services.routing import gauges as routing_gauges
from services.routing.domain.conference import CONFERENCE_MOVES
from services.routing.domain.interpretation import INTERPRETATION_MOVES
from services.routing.domain.merging import MERGE_MOVES
from services.routing.domain.offers import OFFER_MOVES
from services.routing.domain.plans import STEP_MOVES
from services.routing.domain.surges import SURGE_MOVES
from services.routing.domain.swaps import SWAP_MOVES
from services.routing.domain.talks import TALK_MOVES
from services.routing.domain.transfers import TRANSFER_MOVES
from services.routing.domain.work import WORK_MOVES
from services.translation.domain.relaying import RELAY_MOVES
from services.translation.domain.sessions import SESSION_MOVES
from services.translation.use_cases import hearing, moving

ROOT = Path(__file__).parent.parent
MEASURING = (
    *(handled, running, observing, gate, measuring, live, classifying, webhooks),
    *(referral_gauges, routing_gauges, hearing, moving),
)
"""The modules that declare what they measure; loading them is enough."""
Moves = Mapping[Any, frozenset[Any]]

_SERVICES = (
    routing_service_pb2,
    transfer_service_pb2,
    conduct_service_pb2,
    rota_service_pb2,
    floor_service_pb2,
    wall_service_pb2,
    conference_service_pb2,
    queue_service_pb2,
    intake_service_pb2,
    packet_service_pb2,
    interpreter_service_pb2,
    coverage_service_pb2,
    board_service_pb2,
    referral_service_pb2,
    knowledge_service_pb2,
    capacity_service_pb2,
    agency_service_pb2,
    figures_service_pb2,
    legal_service_pb2,
    appointment_service_pb2,
    people_service_pb2,
    round_service_pb2,
    check_in_service_pb2,
    campaign_service_pb2,
    mailing_service_pb2,
    contact_rule_service_pb2,
    alert_service_pb2,
    notice_service_pb2,
    missing_person_service_pb2,
    connector_service_pb2,
    dead_letter_service_pb2,
    trace_service_pb2,
)
_ROTA = "protos/hub120/routing/v1/rota.proto"
_QUEUES = "protos/hub120/routing/v1/queue_service.proto"
_CASE = "protos/hub120/intake/v1/case.proto"
_CONFERENCE = "protos/hub120/routing/v1/conference.proto"
_INTERPRETING = "protos/hub120/translation/v1/interpreting.proto"
_REFERRAL = "protos/hub120/referral/v1/referral.proto"
_LEGAL = "protos/hub120/referral/v1/legal.proto"
_APPOINTMENTS = "protos/hub120/referral/v1/appointment_service.proto"
_MAILING = "protos/hub120/outreach/v1/mailing.proto"
_CHECK_IN = "protos/hub120/outreach/v1/check_in.proto"
_ALERT = "protos/hub120/outreach/v1/alert.proto"
_NOTICE = "protos/hub120/outreach/v1/notice.proto"
_WORK = "protos/hub120/routing/v1/work.proto"
_STATES_OPENING = """# States

Written by `python -m docs.tables` from the tables of allowed moves in `services/*/domain/`, and from the comments in
`protos/`. A move that is not drawn is refused or ignored.
"""


_MACHINES: list[tuple[str, str, str, Moves]] = [
    ("Cases", _CASE, "CASE_STATE", CASE_MOVES),
    ("Replies", _CASE, "REPLY_STATE", REPLY_MOVES),
    ("Handovers", _CASE, "HANDOVER_STATE", HANDOVER_MOVES),
    ("Calls", _CASE, "CALL_STATE", CALL_MOVES),
    ("Work items", _WORK, "WORK_STATE", WORK_MOVES),
    ("Offers", _WORK, "OFFER_STATE", OFFER_MOVES),
    ("Steps", _WORK, "STEP_STATE", STEP_MOVES),
    ("Interpretation", _WORK, "INTERPRETATION_STATE", INTERPRETATION_MOVES),
    ("Surges", _QUEUES, "SURGE_STATE", SURGE_MOVES),
    ("Merged cases", _QUEUES, "MERGE_STATE", MERGE_MOVES),
    ("Transfers", _WORK, "TRANSFER_STATE", TRANSFER_MOVES),
    ("Swaps", _ROTA, "SWAP_STATE", SWAP_MOVES),
    ("Talks", _CONFERENCE, "CONFERENCE_STATE", TALK_MOVES),
    ("Conferences", _CONFERENCE, "CONFERENCE_STATE", CONFERENCE_MOVES),
    ("Interpreter sessions", _INTERPRETING, "SESSION_STATE", SESSION_MOVES),
    ("Relayed messages", _INTERPRETING, "RELAY_STATE", RELAY_MOVES),
    ("Referrals", _REFERRAL, "REFERRAL_STATE", REFERRAL_MOVES),
    ("Deadlines", _LEGAL, "DEADLINE_STATE", DEADLINE_MOVES),
    ("Appointments", _APPOINTMENTS, "APPOINTMENT_STATE", APPOINTMENT_MOVES),
    ("Check-ins", _CHECK_IN, "CHECK_IN_STATE", CHECK_IN_MOVES),
    ("Mailings", _MAILING, "MAILING_STATE", MAILING_MOVES),
    ("Alerts", _ALERT, "ALERT_STATE", ALERT_MOVES),
    ("Notices", _NOTICE, "NOTICE_STATE", NOTICE_MOVES),
]
"""Title, contract, prefix of the states there, and the moves."""


def states() -> str:
    """``docs/states.md``."""
    return "\n".join([_STATES_OPENING, *(_machine(*one) for one in _MACHINES)])


def _machine(title: str, proto: str, prefix: str, moves: Moves) -> str:
    words = _comments(proto)
    rows = "\n".join(f"| {state.value} | {words[f'{prefix}_{state.name}']} |" for state in moves)
    return f"## {title}\n{_drawing(moves)}\n| state | meaning |\n|---|---|\n{rows}\n"


def _drawing(moves: Moves) -> str:
    lines = "\n".join(f"    {line}" for line in _arrows(moves))
    return f"```mermaid\nstateDiagram-v2\n{lines}\n```\n"


def drawn(document: str) -> str:
    """A document with a drawing between each pair of marks that names a machine."""
    for title, _, _, moves in _MACHINES:
        if f"<!-- {title}:" in document:
            document = placed(document, title, _drawing(moves))
    return document


def _arrows(moves: Moves) -> Iterator[str]:
    """The first state of the enum is where things start; what no move leaves is an end."""
    yield f"[*] --> {next(iter(moves))}"
    for state, reached in moves.items():
        yield from (f"{state} --> {other}" for other in moves if other in reached)
        if not reached:
            yield f"{state} --> [*]"


def methods() -> str:
    """Every method with the roles that may call it."""
    lines = ["| method | roles | what it does |", "|---|---|---|"]
    for contract in _SERVICES:
        (service,) = contract.DESCRIPTOR.services_by_name.values()
        words, rules = _comments(f"protos/{contract.DESCRIPTOR.name}"), auth.rules([service])
        for method in service.methods:
            roles = ", ".join(sorted(rules[f"/{service.full_name}/{method.name}"]))
            lines.append(f"| `{method.name}` | {roles} | {_first_sentence(words[method.name])} |")
    return "\n".join(lines) + "\n"


def attributes() -> str:
    """What spans say in words of our own."""
    rows = "".join(f"| `{name}` | {meaning} |\n" for name, meaning in sorted(OWN.items()))
    return f"| attribute | meaning |\n|---|---|\n{rows}"


def metrics() -> str:
    """Everything that is measured."""
    rows = "".join(
        f"| `{one.name}` | {one.kind} | {one.unit} | {', '.join(f'`{name}`' for name in one.attributes)}"
        f" | {one.description} |\n"
        for one in declared()
        if not one.name.startswith("hub120.test.")
    )
    return f"| metric | kind | unit | attributes | meaning |\n|---|---|---|---|---|\n{rows}"


def _comments(proto: str) -> dict[str, str]:
    """The comment above each enum value and method of a contract, on one line."""
    text = (ROOT / proto).read_text()
    found = re.findall(r"((?:^ *// .*\n)+) *(?:rpc )?(\w+)(?: = \d+;|\()", text, re.MULTILINE)
    return {name: " ".join(re.findall(r"// (.*)", comment)) for comment, name in found}


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.;:])\s", text, maxsplit=1)[0].rstrip(".;:")


def placed(document: str, mark: str, content: str) -> str:
    """A document with the content between its marks replaced."""
    opening, closing = rf"<!-- {mark}:[^>]*-->", f"<!-- /{mark} -->"
    replaced, count = re.subn(
        rf"({opening}\n).*?({closing})", lambda match: match[1] + content + match[2], document, flags=re.DOTALL
    )
    if count != 1:
        raise ValueError(f"{mark} is marked {count} times, not once")
    return replaced


def written() -> dict[Path, str]:
    """Each document that is written here, as it should be."""
    operating = ROOT / "docs" / "operating.md"
    front_ends, tracing = ROOT / "docs" / "front-ends.md", ROOT / "docs" / "tracing.md"
    with_drawings = [ROOT / "docs" / f"{name}.md" for name in ("routing", "interpreting", "outreach")]
    return {
        ROOT / "docs" / "states.md": states(),
        **{path: drawn(path.read_text()) for path in with_drawings},
        tracing: placed(tracing.read_text(), "attributes", attributes()),
        operating: placed(operating.read_text(), "metrics", metrics()),
        front_ends: placed(front_ends.read_text(), "methods", methods()),
    }


if __name__ == "__main__":
    for path, content in written().items():
        path.write_text(content)
