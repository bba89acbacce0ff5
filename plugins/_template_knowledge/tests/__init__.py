"""The conformance table, and the test that runs it."""
