"""The event road of the bench: an event in, one transaction (inbox, one row changed, outbox), an event out.

A service of the hub's own make (``tables``, ``worker``) on the chassis as it is, beside the same work done by stock
nameko and by FastStream. ``python -m bench.event_road`` runs them in turn.
"""

from chassis.service import Service

ROWS = 1_000
"""Rows of the table that is changed; each event changes one of them."""

SERVICE = Service("bench", "bench.event_road", listens=frozenset({"hub120.intake.v1.ContactReceived"}))
