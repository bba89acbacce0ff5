"""The unruly connector among all others.

Installed for tests by putting the folder above on the path: it announces itself as partners' packages do.
"""

from hub120_sdk import Manifest, Register, hookimpl
from unruly_alone.channel import Unruly  # type: ignore[import-not-found] # on the path of tests' hubs alone


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("unruly"), Unruly)
