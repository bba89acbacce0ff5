"""Reads and writes of referral's tables, a module for each matter."""
