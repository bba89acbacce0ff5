"""What the sms_bizgo connector must do: the conformance table, and what is checked against the vendor's library."""
