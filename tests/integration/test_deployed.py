"""The processes that deploy/k8s names, started as it says, on what the image holds: a contact goes through."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.apart import as_in_kubernetes, desk_of, running_apart
from tests.documents import ROOT
from tests.hub import RunningHub
from tests.image import build
from tests.outside import Outside
from tests.waiting import eventually


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs that the image holds, installed as its Dockerfile installs them."""
    return build(tmp_path_factory.mktemp("image"))


@pytest.mark.slow
def test_the_image_holds_what_is_pinned_and_no_tools_to_build_with(image: Path) -> None:
    bill = json.loads((image.parent / "sbom.cdx.json").read_text())
    listed = {(one["name"], one["version"]) for one in bill["components"]}
    pinned = re.findall(r"^([\w.-]+)==([\w.+!-]+)(.*)$", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    wanted = {(name, version) for name, version, marker in pinned if "sys_platform" not in marker} - dropped(pinned)
    assert wanted <= listed, sorted(wanted - listed)
    assert {"hub120", "hub120-sdk"} <= {name for name, _ in listed}
    assert not list(image.glob("pip*"))


def dropped(pinned: Sequence[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """What is needed to build only, and what other versions of Python need."""
    return {
        (name, version) for name, version, marker in pinned if name == "setuptools" or "python_full_version" in marker
    }


@pytest.mark.slow
def test_the_processes_of_kubernetes_carry_a_contact(image: Path, tmp_path: Path) -> None:
    environment = {
        **as_in_kubernetes(tmp_path),
        "HUB120_DATABASE": f"sqlite:///{tmp_path}/{{service}}.db",
        "HUB120_BUS": f"local:///{tmp_path}/bus.db",
        "PYTHONPATH": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (
        closing(Outside()) as outside,
        closing(RunningHub(tmp_path, environment, outside)) as hub,
        running_apart(hub, [image / "hub120"]) as found,
        desk_of(hub, found, "kim") as desk,
    ):
        assert hub.say("가로등이 꺼졌어요").status_code == 200
        item = desk.accept(next(desk.offers()))
        desk.reply(item.case_id, "내일 고치겠습니다.")
        eventually(lambda: outside.site.texts() == ["내일 고치겠습니다."], 30, "the reply at the site")
        console = found["console", "api"]["HUB120_HTTP_ADDRESS"]
        assert httpx.get(f"http://{console}/", follow_redirects=True, timeout=30).status_code == 200
