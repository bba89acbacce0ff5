"""What the sms_twilio connector must do: the conformance table, and what is checked against independent libraries."""
