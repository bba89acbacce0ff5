"""Programs that play the outside world in tests, by other implementations than the hub's."""
