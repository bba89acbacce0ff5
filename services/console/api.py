"""The console's doors: pages, their events and actions over HTTP. It calls the services and nothing calls it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from chassis.api_process import ApiParts
from chassis.process import Process
from chassis.settings import Settings, SettingsError
from services.console import knowledge
from services.console.desk import DeskPage, composer
from services.console.desk.bridge import Bridge
from services.console.desk.conduct import Conduct
from services.console.desk.handing import Handing
from services.console.desk.interpreting import Interpreting
from services.console.desk.knowledge import KnowledgeTool
from services.console.desk.referring import Referring
from services.console.desk.tools import Tool
from services.console.desk.wrap_up import WrapUp
from services.console.drawing import STATIC
from services.console.floor import floor_pages
from services.console.hub import Hub
from services.console.identity import Provider
from services.console.knowledge import KnowledgePage
from services.console.sign_in import ByProvider, ByToken, Sessions
from services.console.traces import Traces
from services.console.visits import House, sealed_off
from services.console.wall import WallPage

_NAME = re.compile(r"[a-z_]+\.(js|css|svg)")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"


class Pages(Protocol):
    """Some of the console's pages."""

    def routes(self) -> list[Route]:
        """What is served."""
        ...


def build(process: Process) -> ApiParts:
    """What the console adds to an api process."""
    settings = process.settings
    secure = urlsplit(settings.console_url).scheme == "https"
    provider = _provider(settings)
    house = House(Hub.of(process), process.keyring, settings.centre_name, secure, provider)
    tools: list[Tool] = [
        Bridge(), Interpreting(), KnowledgeTool(), Referring(), Handing(), WrapUp(), Conduct()
    ]  # fmt: skip
    sign_in = ByProvider(house, provider) if provider else ByToken(house)
    desk = DeskPage(house, tools, settings.pause_reasons)
    supervisors = [*floor_pages(house), Traces(house)]
    pages: list[Pages] = [sign_in, Sessions(house), desk, KnowledgePage(house), WallPage(house), *supervisors]
    routes = [route for page in pages for route in page.routes()]
    return ApiParts(
        routes=[*routes, Route("/static/{version}/{name}", _static, methods=["GET"])],
        longest_body=_longest_body,
        stays_open=lambda path: path.endswith("/live"),
    )


def _provider(settings: Settings) -> Provider | None:
    """Who signs people in. Raises ``SettingsError`` for half of what is needed."""
    if not settings.console_client_id:
        return None
    if not settings.oidc_issuer or not settings.console_url:
        raise SettingsError("HUB120_CONSOLE_CLIENT_ID: set HUB120_OIDC_ISSUER and HUB120_CONSOLE_URL with it")
    from services.console.oidc import Client, OidcProvider  # noqa: PLC0415 - takes time to load

    return OidcProvider(
        Client(
            settings.oidc_issuer, settings.console_client_id, settings.console_url.rstrip("/"), settings.console_scope,
            settings.console_bearer, settings.console_client_secret_file,
        )
    )  # fmt: skip


def _longest_body(path: str) -> int:
    """Files are longer than forms."""
    if path == "/knowledge/import":
        return knowledge.LONGEST_FILE
    return composer.LONGEST_FILE if path.startswith("/desk/cases/") and path.endswith("/files") else 0


async def _static(request: Request) -> Response:
    """A script or a style. Its address changes with it, so it may be kept."""
    name = request.path_params["name"]
    path = STATIC / name
    if not _NAME.fullmatch(name) or not path.is_file():
        return sealed_off(Response(status_code=404))
    return sealed_off(FileResponse(path, media_type=_TYPES[Path(name).suffix], headers={"cache-control": _FOR_EVER}))
