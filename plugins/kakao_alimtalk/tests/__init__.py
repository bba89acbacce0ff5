"""What the kakao_alimtalk connector must do: the conformance table, any report, and the provider's own library."""
