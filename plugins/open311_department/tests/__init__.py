"""What the open311_department connector must do: the conformance table, and the liberties real endpoints take."""
