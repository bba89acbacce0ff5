"""What the sms_nhn connector must do: the conformance table, pictures, and every documented code."""
