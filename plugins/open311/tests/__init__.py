"""What the open311 connector must do: the conformance table, any request, and an independent client."""
