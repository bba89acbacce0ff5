"""Tests by what they need: unit and architecture nothing, contract and integration servers, journeys the suite."""
