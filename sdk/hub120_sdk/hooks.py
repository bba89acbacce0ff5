"""The one hook by which connectors come in, found by pluggy in the entry-point group ``hub120.connectors``."""

from __future__ import annotations

import sys
from typing import Protocol

import pluggy

from hub120_sdk.capabilities import Connector, Context
from hub120_sdk.manifest import Manifest

PROJECT = "hub120"
ENTRY_POINT_GROUP = "hub120.connectors"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Factory(Protocol):
    """Makes the connector from its context; a class whose ``__init__`` takes the context will do."""

    def __call__(self, context: Context) -> Connector:
        """A connector ready for work. Raises ``Misconfigured``; opens no connection."""
        ...


class Register(Protocol):
    """Takes one connector in. The host refuses a second one with the same id, by name."""

    def __call__(self, manifest: Manifest, factory: Factory) -> None:
        """Take one connector in."""
        ...


@hookspec
def hub120_connectors(register: Register) -> None:
    """Call ``register(manifest, factory)`` once for each connector of this package.

    Runs at start-up, before settings are known: read no environment, open no connection here.
    """


def registered(plugin: object, name: str) -> list[tuple[Manifest, Factory]]:
    """What one plugin (a module with the hook) registers, in its order. Raises whatever its code raises."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(sys.modules[__name__])
    manager.register(plugin, name)
    manager.check_pending()
    found: list[tuple[Manifest, Factory]] = []
    manager.hook.hub120_connectors(register=lambda manifest, factory: found.append((manifest, factory)))
    return found
