"""What the directory must do: the conformance table, documents in HSDS, the meaning of each answer."""
