"""``hub120 console link``: a link that signs in, for the embedded mode and for whoever tries something."""

from __future__ import annotations

import click

from chassis.auth import LocalIssuer
from chassis.process import prepare
from chassis.settings import Settings, read


@click.group()
def console() -> None:
    """The pages in a browser."""


@console.command()
@click.option("--subject", required=True, help="Who signs in; an agent's id.")
@click.option("--role", "roles", multiple=True, required=True, help="agent, supervisor, admin, auditor, legal, display")
@click.option("--page", default="/", show_default=True, help="Where to begin: /desk, /wall, /floor …")
@click.option("--hours", default=12.0, show_default=True, help="How long it is good.")
def link(subject: str, roles: tuple[str, ...], page: str, hours: float) -> None:
    """Print a link that signs SUBJECT in with a token of the local key. Whoever has it is them: keep it to yourself."""
    settings = read()
    if settings.oidc_issuer:
        raise click.ClickException("people sign in with HUB120_OIDC_ISSUER here: open the page and do so")
    prepare(settings)
    try:
        issuer = LocalIssuer(settings.token_key_path, make=settings.embedded)
        token = issuer.issue(subject, roles, hours * 3600)
    except (ValueError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(signed_in(settings, page, token))


def signed_in(settings: Settings, page: str, token: str) -> str:
    """The address of a page with the token behind its ``#``, which browsers send to nobody."""
    return f"{settings.console_url.rstrip('/') or f'http://{settings.http_address}'}{page}#token={token}"
