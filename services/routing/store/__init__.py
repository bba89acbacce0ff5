"""Reads and writes of routing's tables, a module for each matter.

Whoever looks for a partner, work for an agent or an agent for work, takes rows that nobody else holds (SKIP LOCKED),
so that any number of replicas match at once without a dispatcher. SQLite lets one transaction write at a time, which
gives the same result.
"""
