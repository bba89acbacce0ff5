"""What the interpreter connector must do: the conformance table, its OpenAPI document, and independent libraries."""
