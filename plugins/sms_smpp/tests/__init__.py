"""What the sms_smpp connector must do: the conformance table, the message centre that plays its provider, letters."""
