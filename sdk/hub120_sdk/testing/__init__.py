"""The conformance kit: one table a connector, run against a real HTTP server that plays the provider.

A connector's package has a module ``tests.conformance`` with a function ``suite(provider, now) -> Suite``: the table of
what the provider sends and how it answers. The kit adds what every connector must stand (garbage, wrong signatures,
outages, hurry) and grades it: ``python -m hub120_sdk.testing PACKAGE``. Standard library only; pytest is not needed.
"""

from hub120_sdk.testing.bench import Bench
from hub120_sdk.testing.catalogue import CHECKS
from hub120_sdk.testing.grading import Check, Grade
from hub120_sdk.testing.peer import MakePeer, Peer
from hub120_sdk.testing.provider import Answer, Provider, Seen
from hub120_sdk.testing.report import Outcome, Report, Result, run, run_one
from hub120_sdk.testing.suite import (
    Asks,
    Classifies,
    Ends,
    Fetches,
    Finds,
    Hears,
    Lists,
    Looks,
    Operates,
    Parses,
    Polls,
    Refuses,
    Relays,
    Releases,
    Sends,
    Submits,
    Suite,
    Tells,
    Translates,
    fixture,
)

__all__ = [
    "CHECKS",
    "Answer",
    "Asks",
    "Bench",
    "Check",
    "Classifies",
    "Ends",
    "Fetches",
    "Finds",
    "Grade",
    "Hears",
    "Lists",
    "Looks",
    "MakePeer",
    "Operates",
    "Outcome",
    "Parses",
    "Peer",
    "Polls",
    "Provider",
    "Refuses",
    "Relays",
    "Releases",
    "Report",
    "Result",
    "Seen",
    "Sends",
    "Submits",
    "Suite",
    "Tells",
    "Translates",
    "fixture",
    "run",
    "run_one",
]
