"""``hub120 keys rotate``: everything personal sealed anew with the newest data key, while the hub runs.

The embedded mode makes the new key itself, since all its processes read one keyring file. Elsewhere operators put the
new key into the keyring they hand to every process (``chassis.crypto.keyring`` says in which steps).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.blobs import Blobs
from chassis.crypto import Keyring, rotate, sealed_columns, waiting
from chassis.engines import open_engine
from chassis.service import Service, installed, keeping
from chassis.settings import Settings

TURNS = 3
"""How often values are looked for that were still sealed with an old key by a process that had not seen the new one."""


def rotate_all(settings: Settings) -> bool:
    """Rotate, show how far it is, and say what is left; true if nothing is sealed with an old key any more."""
    console = Console()
    keyring = newest_keyring(settings)
    console.print(f"sealing with key {keyring.current}")
    problems = [
        problem for service in keeping(installed()) for problem in _rotate_service(settings, service, keyring, console)
    ]
    attachments = sum(1 for _ in Blobs(settings.blobs_address, keyring).rotate())
    console.print(f"{attachments} attachments sealed anew")
    for problem in problems:
        console.print(f"[red]{problem}[/red]")
    if not problems:
        old = [name for name in keyring.key_ids if name != keyring.current]
        console.print(f"nothing is sealed with {', '.join(old)} any more" if old else "there is no other key")
    return not problems


def newest_keyring(settings: Settings) -> Keyring:
    """The keyring to seal with: a new key in two steps in embedded mode, as operators made it elsewhere."""
    keyring = Keyring.load(settings.keyring_path)
    if not settings.embedded:
        return keyring
    added = keyring.add()
    added.save(settings.keyring_path)
    renewed = added.make_current(next(name for name in added.key_ids if name not in keyring.key_ids))
    renewed.save(settings.keyring_path)
    return renewed


def _rotate_service(settings: Settings, service: Service, keyring: Keyring, console: Console) -> list[str]:
    columns = sealed_columns(service.metadata)
    engine = open_engine(settings.database_address, service.name, pool_size=1)
    try:
        with engine.connect() as connection, _progress(console) as bar:
            task = bar.add_task(service.name, total=waiting(connection, columns, keyring))
            return _reseal(connection, columns, keyring, lambda count: bar.advance(task, count))
    finally:
        engine.dispose()


def _reseal(
    connection: sa.Connection, columns: Sequence[sa.Column[Any]], keyring: Keyring, advance: Callable[[int], None]
) -> list[str]:
    """Rotate until only what does not open is left, and say what that is."""
    for _ in range(TURNS):
        done = rotate(connection, columns, keyring, progress=lambda step: advance(step.batch))
        unsealable = [problem for one in done for problem in one.unsealable]
        left = waiting(connection, columns, keyring) - len(unsealable)
        if left <= 0:
            return unsealable
    return [*unsealable, f"{left} values are still being sealed with an old key: wait a minute and run this again"]


def _progress(console: Console) -> Progress:
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
