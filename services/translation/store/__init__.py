"""Reads and writes of translation's tables, a module for each matter."""
