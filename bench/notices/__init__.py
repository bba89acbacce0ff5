"""The notices of the bench: tasks from a bulk queue, through the connector host of a worker, to a provider.

A service of the hub's own make on the chassis as it is. ``python -m bench.notices`` measures how fast notices leave,
how well a provider's rate is kept, and whether a provider that hangs delays another's.
"""

from chassis.service import Service

SERVICE = Service("notices", "bench.notices")
