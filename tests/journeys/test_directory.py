"""Whoever calls finds the services of 복지로: a worker imports them by itself, an api serves them in HSDS, and the key
that stands in every address is in no log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from demo.bokjiro import SECRET, Bokjiro
from tests.hub import running_hub
from tests.waiting import eventually

SERVICES = 60


def test_services_of_bokjiro_are_imported_and_served(tmp_path: Path) -> None:
    own = {"BASE_URL": Bokjiro(SERVICES).address, "SERVICE_KEY": SECRET}
    with running_hub(tmp_path, {f"HUB120_CONNECTOR_BOKJIRO_{name}": value for name, value in own.items()}) as hub:

        def served() -> Any:
            page = httpx.get(f"http://127.0.0.1:{hub.http_port}/directory/services", timeout=30).json()
            return page if page["total_items"] == SERVICES else None

        page = eventually(served, 60, "every service")
        assert page["contents"][0]["organization"]["name"]
        assert hub.connectors()["bokjiro"]["healthy"]
        for log in map(hub.log, ("worker", "api")):
            assert SECRET not in log
            assert "serviceKey" not in log
