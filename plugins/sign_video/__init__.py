"""The ``sign_video`` connector: video calls in sign language, asked for on the city's page or in its app."""

from hub120_sdk import Manifest, Register, hookimpl

from plugins.sign_video.channel import SignVideo


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register it."""
    register(Manifest.load("plugins.sign_video"), SignVideo)
