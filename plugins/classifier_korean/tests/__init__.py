"""What the classifier must do: the conformance table, and what it recognises."""
