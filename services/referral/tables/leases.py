"""Which of several workers does what only one shall do, and what it remembers."""

from __future__ import annotations

from chassis.leases import lease_table
from services.referral.tables.metadata import metadata

lease = lease_table(metadata)
