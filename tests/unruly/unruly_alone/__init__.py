"""The unruly connector in a process of its own, with a provider that recognises a repeat."""

from hub120_sdk import Manifest, Register, hookimpl

from unruly_alone.channel import Unruly  # type: ignore[import-not-found] # on the path of tests' hubs alone


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("unruly_alone"), Unruly)
