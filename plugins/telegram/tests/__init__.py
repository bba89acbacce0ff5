"""What the telegram connector must do: the conformance table, and what is checked against an independent library."""
