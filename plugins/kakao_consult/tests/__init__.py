"""What the kakao_consult connector must do: two conformance tables, any event, and the vendor's library and schemas."""
