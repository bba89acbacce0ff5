"""What the messenger connector must do: the conformance table, and what is checked on its own."""
