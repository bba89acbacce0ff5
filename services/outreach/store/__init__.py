"""Reads and writes of outreach's tables, a module for each matter."""
