"""What the sign-language connector must do: the conformance table, the hours of service, and independent signatures."""
