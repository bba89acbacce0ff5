"""What the translator must do: the conformance table, long texts, and the meaning of each answer."""
