"""The command line: ``hub120 up | serve | migrate | token | keys | events | connectors``, and what services add.

Light at import: a worker must patch the standard library before anything else is loaded, so each command imports what
it needs.
"""

# ruff: noqa: PLC0415 - imports inside commands are the point of this module

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

if TYPE_CHECKING:
    from chassis.service import Service


_LOADING = 100_000
"""New objects between two looks of the garbage collector: what loads makes hundreds of thousands, and they stay."""


class _Hub(click.Group):
    """What an operator can mend is told in a sentence, not a traceback."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Exception as error:
            from chassis.addresses import AddressInUse, UnsafeAddress
            from chassis.auth import InsecureKeyFile
            from chassis.bus.ports import BusUnavailable
            from chassis.crypto.keyring import BadKeyring
            from chassis.service import UnknownService
            from chassis.settings import SettingsError

            operators = AddressInUse | UnsafeAddress | InsecureKeyFile | BusUnavailable | BadKeyring
            if isinstance(error, operators | UnknownService | SettingsError):
                raise click.ClickException(str(error)) from error
            raise

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name == "connectors":
            from chassis.connectors.commands import connectors

            return connectors
        return super().get_command(context, name) or _of_services().get(name, lambda: None)()

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), "connectors", *_of_services()])


def _of_services() -> Mapping[str, Callable[[], click.Command | None]]:
    """What installed services add, by its word; it is loaded when it is called."""
    from chassis.service import installed

    def loader(service: Service, name: str) -> Callable[[], click.Command | None]:
        return lambda: cast(click.Command, getattr(service.room("commands"), name))

    return {name: loader(service, name) for service in installed() for name in service.commands}


@click.group(cls=_Hub)
@click.version_option(package_name="hub120")
def main() -> None:
    """hub120: the integration hub of a 120 contact centre."""
    gc.set_threshold(_LOADING, *gc.get_threshold()[1:])


@main.command()
def up() -> None:
    """Start everything on this machine: one api and one worker process, nothing else needed."""
    from chassis.settings import read
    from chassis.up import run_all

    run_all(read())


@main.command()
@click.argument("service")
@click.argument("kind", type=click.Choice(["api", "worker"]))
def serve(service: str, kind: str) -> None:
    """Run one process of SERVICE (or of all)."""
    if kind == "worker":
        from chassis import worker_process  # patches the standard library: it must be the first

        run = worker_process.run
    else:
        from chassis import api_process

        run = api_process.run
    from chassis.process import prepare
    from chassis.service import choose
    from chassis.settings import read

    settings = read()
    prepare(settings)
    run(settings, choose(service))


@main.command()
@click.argument("service", default="all")
@click.option("--contract", is_flag=True, help="Also take away what only the release before needed.")
def migrate(service: str, contract: bool) -> None:
    """Bring the tables of SERVICE (default all) up to date, and create its queue."""
    from chassis.process import migrate_services, prepare
    from chassis.service import choose
    from chassis.settings import read

    settings = read()
    prepare(settings)
    services = choose(service)
    migrate_services(settings, services, contract=contract)
    click.echo(f"up to date: {', '.join(one.name for one in services)}")


@main.command()
@click.option("--subject", required=True, help="Who the token is for; an agent's id.")
@click.option(
    "--role", "roles", multiple=True, required=True, help="agent, supervisor, admin, service, auditor, legal, display"
)
@click.option("--hours", default=12.0, show_default=True, help="How long it is good.")
def token(subject: str, roles: tuple[str, ...], hours: float) -> None:
    """Print a token signed with the local key (embedded mode; elsewhere tokens come from your OIDC provider)."""
    from chassis.auth import LocalIssuer
    from chassis.process import prepare
    from chassis.settings import read

    settings = read()
    prepare(settings)
    try:
        click.echo(LocalIssuer(settings.token_key_path, make=settings.embedded).issue(subject, roles, hours * 3600))
    except (ValueError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error


@main.group()
def events() -> None:
    """Messages that were given up."""


@events.command()
@click.argument("service")
@click.option("--limit", default=100, show_default=True)
def dead(service: str, limit: int) -> None:
    """Show the dead messages of SERVICE (or of a queue, for example connector.web.reply)."""
    from chassis.operations.dead_letter_commands import table
    from chassis.settings import read

    table(read(), service, limit)


@events.command()
@click.argument("service")
@click.option("--id", "ids", multiple=True, help="Only these messages.")
def redrive(service: str, ids: tuple[str, ...]) -> None:
    """Put dead messages of SERVICE (or of a queue) back, with a fresh count of attempts."""
    from chassis.operations.dead_letter_commands import redrive as back
    from chassis.settings import read

    click.echo(f"{back(read(), service, ids)} put back")


@main.group()
def keys() -> None:
    """The keys that seal personal data."""


@keys.command()
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Write a new keyring to FILE, readable by its owner alone; an installation has one and never a second."""
    from chassis.crypto import Keyring

    try:
        Keyring.create(file)
    except FileExistsError:
        raise click.ClickException(f"{file} is there already: what it sealed opens with no other") from None


@keys.command()
def rotate() -> None:
    """Make a new key and seal everything anew with it, while the hub runs."""
    from chassis.rotation import rotate_all
    from chassis.settings import read

    if not rotate_all(read()):
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main())
