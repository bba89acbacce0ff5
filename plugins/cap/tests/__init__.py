"""What the ``cap`` connector must do: the conformance table, and CAP to the letter."""
