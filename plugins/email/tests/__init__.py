"""What the e-mail connector must do: the conformance table, broken mails of every kind, and independent servers."""
