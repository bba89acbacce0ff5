"""What the connector must do: the conformance table, whom it calls, and when they answer."""
