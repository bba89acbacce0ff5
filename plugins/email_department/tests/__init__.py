"""What the department connector must do: the conformance table, the links, and the pages."""
