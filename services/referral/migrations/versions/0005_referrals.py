"""Referrals, consents and what leaves for them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, comment=comment)


def _number(name: str, comment: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, _NUMBER, nullable=False, comment=comment)


def _time(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Double(), nullable=nullable, comment=comment)


def _blob(name: str, comment: str | None = None, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable, comment=comment)


def _only(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def upgrade() -> None:
    _referrals()
    _entries()
    _consents()
    _dispatches()
    _reports()
    _audit()


def _referrals() -> None:
    op.create_table(
        "referral",
        _text("id", "ascends with time"),
        _text("number", "what agencies and citizens quote; leads nowhere by itself"),
        _text("case_id"),
        _text("service_id", "of the directory"),
        _text("organization_id", "the agency: an organization of the directory"),
        _text("kind", "welfare or legal"),
        _text("need", "what the citizen needs, a code"),
        _text("agent_id", "who proposed it"),
        _number("urgent"),
        _text("state"),
        _text("reached", "how far the agency ever was: a state; empty: it never had it"),
        _text("reason", "why it stands there, a code"),
        _text("outcome", "whether it helped, as the citizen says; empty: not said"),
        _text("rerouted_from", "the referral that this one takes the place of; empty: none"),
        _text("rerouted_to", "the referral that takes its place; empty: none"),
        _text("consent_id", "the consent that counts, or counted last; empty: none yet"),
        _blob("summary", "in the agent's words", nullable=True),
        _blob("details", "values of items by their codes, as JSON", nullable=True),
        _blob("request_id"),
        _number("sequence", "how many entries it has"),
        _number("rung", "how many rungs of its state's ladder have come"),
        _number("reports", "how many reports of the agency changed something"),
        _text("escalation", "why a supervisor is wanted, a code; empty: none is"),
        _text("escalation_taken_by", "empty: nobody yet"),
        _time("escalated_at", nullable=True),
        _text("traceparent"),
        _time("proposed_at"),
        _time("consented_at", nullable=True),
        _time("sent_at", nullable=True),
        _time("acknowledged_at", "when the agency first said anything", nullable=True),
        _time("accepted_at", nullable=True),
        _time("completed_at", nullable=True),
        _time("expired_at", "when it was last escalated for silence", nullable=True),
        _time("ended_at", "when it came to where nobody is waited for", nullable=True),
        _time("expected_at", "when the agency says that it will be done", nullable=True),
        _time("due_at", "when the next rung comes", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number", name="referral_number"),
        sa.UniqueConstraint("case_id", "request_id", name="referral_request"),
    )
    op.create_index("referral_agency", "referral", ["organization_id", "id"])
    op.create_index("referral_agent", "referral", ["agent_id", "id"])
    op.create_index("referral_case", "referral", ["case_id", "id"])
    _only("referral_due", "referral", ["due_at"], "due_at IS NOT NULL")
    _only("referral_escalated", "referral", ["escalated_at", "id"], "escalation <> ''")
    op.create_index("referral_proposed", "referral", ["proposed_at", "organization_id"])


def _entries() -> None:
    op.create_table(
        "referral_entry",
        _text("id"),
        _text("referral_id"),
        _number("sequence", "1 for the first, without gaps"),
        _text("kind", "what happened, a code"),
        _text("state", "where the referral stood afterwards"),
        _text("reason", "a code"),
        _text("actor", "an agent, `agency`, `citizen` or `clock`"),
        _text("reference", "the dispatch, consent or referral it is about; empty: none"),
        _blob("note", "in somebody's words", nullable=True),
        _time("happened_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "sequence", name="referral_entry_once"),
    )


def _consents() -> None:
    op.create_table(
        "consent",
        _text("id"),
        _text("referral_id"),
        _text("case_id"),
        _text("organization_id", "who gets it"),
        _text("purpose", "a code"),
        _text("items", "codes, each between spaces"),
        _text("how", "spoken, written or signed"),
        _text("evidence", "the contact, call or document that holds their words; empty: none"),
        _number("refusal_told"),
        _number("sensitive_agreed"),
        _text("language", "in which it was said to them"),
        _number("wording", "the version of the words that were said"),
        _text("agent_id", "who took it"),
        _blob("request_id"),
        _time("given_at"),
        _time("until"),
        _text("ended", "why it counts no more, a code; empty: it counts until its time"),
        _text("ended_by"),
        _time("ended_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("referral_id", "request_id", name="consent_request"),
    )
    _only("consent_running", "consent", ["until"], "ended = ''")
    op.create_index("ix_consent_case_id", "consent", ["case_id"])
    op.create_index("ix_consent_referral_id", "consent", ["referral_id"])


def _dispatches() -> None:
    op.create_table(
        "dispatch",
        _text("id", "also the id of the message, question or handover at intake"),
        _text("referral_id"),
        _text("errand", "what it is for"),
        _text("road", "connector, email, sms or telephone; citizen for what goes to the citizen"),
        _text("connector", "the department's; empty for any other road"),
        _text("state"),
        _text("reason", "why it did not arrive, a code"),
        _text("about", "the question that is taken back; empty for any other"),
        _blob("text", "what the citizen shall read, by language, as JSON", nullable=True),
        _number("tries"),
        _time("created_at"),
        _time("given_at", nullable=True),
        _time("due_at", "when it is carried, or carried again", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    _only("dispatch_due", "dispatch", ["due_at"], "due_at IS NOT NULL")
    op.create_index("ix_dispatch_referral_id", "dispatch", ["referral_id"])


def _reports() -> None:
    op.create_table(
        "agency_report",
        _text("referral_id"),
        _blob("report_hash"),
        _time("received_at"),
        sa.PrimaryKeyConstraint("referral_id", "report_hash"),
        comment="what agencies said, so that a second delivery changes nothing",
    )
    op.create_index("ix_agency_report_received_at", "agency_report", ["received_at"])


def _audit() -> None:
    op.create_table(
        "audit",
        _text("id", "ascends with time"),
        _time("happened_at"),
        _text("actor"),
        _text("action", "a code"),
        _text("referral_id"),
        _blob("purpose", "in somebody's words", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        comment="who read what was said about a person; rows are added, never changed",
    )
    op.create_index("ix_audit_referral_id", "audit", ["referral_id"])
