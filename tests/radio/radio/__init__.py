"""Connectors that listen to a tower of the tests (``tests.tower``), all of one class: one that does as it should, and
one for each thing that a listener can do wrong."""

from dataclasses import replace

from hub120_sdk import Manifest, Register, hookimpl

from radio.channel import Radio  # type: ignore[import-not-found] # on the path of tests' hubs alone

IDS = ("radio", "radio_raise", "radio_hang", "radio_spin", "radio_return", "radio_exit", "radio_keep_rubbish")


@hookimpl
def hub120_connectors(register: Register) -> None:
    """Register them; each is ready where its variable is set."""
    manifest = Manifest.load("radio")
    for one in IDS:
        register(replace(manifest, id=one), lambda context, one=one: Radio(context, one))
