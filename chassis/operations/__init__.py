"""What those who run the platform see and do over gRPC: how connectors fare, what was given up, and what
happened in which trace.

Every api process answers for the services in it. ``reporting`` has each process tell how its connectors fare, and
``reports`` keeps what was told last; ``connectors`` puts it together with grades and queues. ``dead_letters`` shows and
puts back what was given up, for the command line too. ``connector_api``, ``dead_letter_api`` and ``traces`` are
the doors. It leaves health of processes to the hosts, and numbers over time to telemetry.
"""
