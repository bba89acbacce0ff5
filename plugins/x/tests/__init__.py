"""What the x connector must do: the conformance table, and what is checked on its own."""
