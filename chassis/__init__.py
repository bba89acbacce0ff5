"""What every service stands on: settings, storage, the bus, the two kinds of process, telemetry, keys, connectors.

The chassis knows no service and no connector: services register with it, connectors are found by it.
"""
