"""What the line connector must do: the conformance table, and what is checked against LINE's own library."""
