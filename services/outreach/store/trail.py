"""The audit trail of people: who read what names them, and why."""

from __future__ import annotations

from chassis.trail import Trail

_PEOPLE = Trail("person_audit", "person_id")
audit, trail = _PEOPLE.add, _PEOPLE.of
