"""The console shows the wall display, an agent's desk and a supervisor's floor in a browser.

It owns no data and decides nothing: it is a front end like any other, which speaks gRPC to the other services with the
token of whoever is signed in. What somebody may see or do, those services say.
"""

from chassis.service import Service

SERVICE = Service("console", "services.console", commands=frozenset({"console"}), front=True)
