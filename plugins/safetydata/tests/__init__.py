"""What the ``safetydata`` connector must do: the conformance table, and a day read page by page."""
