"""What the ``zendesk`` connector must do: the conformance table, and articles as they come."""
