"""Check-ins, the errands made for them, and what calls showed."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.columns import EMPTY, HASH, ID, SEALED, blob, number, only, text, time
from services.outreach.tables.metadata import metadata

check_in = sa.Table(
    "check_in",
    metadata,
    text("id", ID, primary_key=True, comment="ascends with time"),
    text("round_id", ID),
    text("programme_id", ID),
    text("person_id", ID, index=True),
    text("state"),
    text("reason", comment="why it stands there, a code"),
    time("planned_at"),
    time("until_at", comment="until when that is the time for the call"),
    text("tried", comment="parts of the day in which they were called, space-separated"),
    number("attempts"),
    number("untaken", comment="how many calls in a row no agent took"),
    text("errand_id", ID, comment="who is asked now; empty: nobody"),
    text("case_id", ID, comment="the person's; empty before the first call"),
    text("agent_id", ID, comment="who called last"),
    text("outcome", comment="how they are, as others say; empty: not said"),
    blob("outcome_note", SEALED, nullable=True),
    text("escalation", comment="why a supervisor is wanted, a code; empty: none is"),
    text("escalation_taken_by", ID, comment="empty: nobody yet"),
    time("escalated_at", nullable=True),
    text("visitor", ID, comment="who goes there; empty: nobody yet"),
    time("visit_by", nullable=True),
    number("visits", comment="how many were ordered"),
    number("talk_s", comment="how long agents talked, over all calls"),
    number("work_s", comment="how long agents were busy, over all calls"),
    time("due_at", nullable=True, comment="when something happens by itself"),
    only("check_in_once", "round_id", "person_id", unique=True, where="state <> 'cancelled'"),
    only("check_in_due", "due_at", where="due_at IS NOT NULL"),
    only("check_in_escalated", "escalated_at", "id", where="escalation <> ''"),
    sa.Index("check_in_round", "round_id", "planned_at", "id"),
)

errand = sa.Table(
    "errand",
    metadata,
    text("id", ID, primary_key=True, comment="also the id of the call or handover at intake and routing"),
    text("check_in_id", ID, index=True, comment="empty: it is for a recipient of a mailing"),
    text("about", comment="check_in, second_contact, local_office, campaign or notice"),
    text("department", comment="the connector that is handed the case; empty: somebody is called"),
    text("state", comment="waiting, given, unwanted or ended"),
    text("result", comment="how it ended, a code"),
    text("case_id", ID, comment="of whoever is called; empty before intake has it"),
    number("tries"),
    time("created_at"),
    time("due_at", nullable=True, comment="when it is brought to intake, or brought again"),
    text(
        "recipient_id",
        ID,
        server_default=EMPTY,
        comment="whom a mailing calls; empty: it is for a check-in",
    ),
    text("traceparent", server_default=EMPTY, comment="the trace that it goes on in"),
    only("errand_due", "due_at", where="due_at IS NOT NULL"),
    sa.Index("errand_case", "case_id", "id"),
    only("errand_recipient", "recipient_id", where="recipient_id <> ''"),
    only("errand_open_calls", "recipient_id", where="recipient_id <> '' AND state <> 'ended'"),
)

call_sheet = sa.Table(
    "call_sheet",
    metadata,
    text("id", primary_key=True),
    number("version", primary_key=True, autoincrement=False),
    text("document", comment="name and questions, as JSON"),
    text("written_by", ID),
    time("written_at"),
)

sheet_answers = sa.Table(
    "sheet_answers",
    metadata,
    text("id", ID, primary_key=True, comment="the check-in's"),
    text("sheet_id"),
    number("version"),
    blob("answers", SEALED, comment="by question, as JSON"),
    blob("request_id", HASH),
    text("agent_id", ID),
    time("submitted_at"),
)

sign = sa.Table(
    "sign",
    metadata,
    text("id", ID, primary_key=True),
    text("check_in_id", ID, index=True),
    text("kind", comment="a code"),
    text("sign_class", comment="mood, risk or life_safety"),
    blob("words", SEALED, comment="that showed it"),
    text("question_id"),
    text("state"),
    text("decided_by", ID, comment="empty: nobody yet"),
    time("found_at"),
    time("decided_at", nullable=True),
)

need = sa.Table(
    "need",
    metadata,
    text("id", ID, primary_key=True),
    text("check_in_id", ID, index=True),
    text("case_id", ID, index=True),
    text("code"),
    text("referral_id", ID, index=True, comment="empty: none yet"),
    text("referral_state", comment="empty: none yet"),
    time("found_at"),
)
