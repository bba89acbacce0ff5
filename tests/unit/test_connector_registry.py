"""Finding connectors: what is broken is refused by name and stops nobody."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hub120_sdk import Manifest

import plugins
from chassis.connectors.registry import Registry, discover

GROUP = "hub120.test_connectors"
Install = Callable[..., None]
GOOD = """
from hub120_sdk import Manifest, hookimpl

@hookimpl
def hub120_connectors(register):
    register(Manifest("{id}", "Good", frozenset({{"channel"}}), "tests"), lambda context: None)
"""
MANIFEST = 'id = "{id}"\nname = "Own"\ncapabilities = ["channel"]\nowner = "tests"\nisolation = "process"\n'


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Lay a package with an entry point into a directory of installed packages."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)

    def install(name: str, code: str, manifest: str = "") -> None:
        package = tmp_path / name
        package.mkdir()
        (package / "__init__.py").write_text(code)
        if manifest:
            (package / "manifest.toml").write_text(manifest)
        facts = tmp_path / f"{name}-1.0.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (facts / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {name}\n")
        importlib.invalidate_caches()

    yield install
    for name in set(sys.modules) - before:
        del sys.modules[name]


def found(built_in: tuple[ModuleType, ...] = ()) -> Registry:
    return discover(built_in, GROUP)


def test_the_built_in_connectors_are_all_found() -> None:
    registry, folder = discover(plugins.BUILT_IN, GROUP), Path(plugins.__file__).parent
    assert set(registry.found) == {path.parent.name for path in folder.glob("[a-z]*/manifest.toml")}
    assert registry.refused == ()


def test_an_installed_package_is_found_by_its_entry_point(install: Install) -> None:
    install("good_one", GOOD.format(id="good"))
    assert found().found["good"].module == "good_one"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import nowhere_to_be_found", "ModuleNotFoundError"),
        ("raise SystemExit(1)", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("this is no Python", "SyntaxError"),
        ("", "registers nothing"),
        ("def hub120_connectors(register): pass", "registers nothing"),
        ("from hub120_sdk import hookimpl\n@hookimpl\ndef hub120_connectors(register): 1 / 0", "ZeroDivisionError"),
        (
            "from hub120_sdk import hookimpl\n@hookimpl\ndef hub120_connectors(register): register(1, 2)",
            "not a Manifest",
        ),
        ("from hub120_sdk import hookimpl\n@hookimpl\ndef hub120_connectors(register, more): pass", "more"),
        ("from hub120_sdk import hookimpl\n@hookimpl\ndef hub120_conectors(register): pass", "hub120_conectors"),
        (GOOD.format(id="bad").replace("lambda context: None", "None"), "factory cannot be called"),
        (
            "from hub120_sdk import Manifest, hookimpl\n@hookimpl\ndef hub120_connectors(register):\n"
            "    register(Manifest.load(__name__), print)",
            "ManifestError",
        ),
    ],
)
def test_a_broken_package_is_refused_with_the_reason_and_stops_nobody(install: Install, code: str, reason: str) -> None:
    install("a_broken_one", code)
    install("good_one", GOOD.format(id="good"))
    registry = found()
    assert list(registry.found) == ["good"]
    [refused] = registry.refused
    assert refused.name in {"a_broken_one", "bad"}
    assert reason in refused.reason


def test_of_two_with_one_id_the_first_stays(install: Install) -> None:
    install("a_copy", GOOD.format(id="web"))
    registry = found(plugins.BUILT_IN)
    assert registry.found["web"].module == "plugins.web"
    assert registry.refused[0].name == "web"
    assert "a_copy" in registry.refused[0].reason


def test_a_package_for_a_process_of_its_own_is_not_even_imported(install: Install) -> None:
    install("own_process", "raise SystemExit('imported')", MANIFEST.format(id="own"))
    registry = found()
    assert registry.found["own"].factory is None
    assert "own_process" not in sys.modules
    assert registry.refused == ()


def test_an_api_process_gets_no_eventlet_from_the_host() -> None:
    code = (
        "import sys, chassis.connectors.host, plugins; "
        "print(sorted({'nameko', 'eventlet', 'grpc', 'kombu', 'sqlalchemy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_environ())
    assert done.stdout.strip() == "[]"


def _environ() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id = ", "not TOML"),
        ('id = "x1"', "name is missing"),
        ('id = "X"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]', "must match"),
        ('id = "x1"\nname = "n"\nowner = " "\ncapabilities = ["channel"]', "owner is empty"),
        ('id = "x1"\nname = 5\nowner = "o"\ncapabilities = ["channel"]', "name must be str"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = []', "capabilities names none"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel", "magic"]', "magic"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = "channel"', "array of strings"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nsdk = "9.0"', "does not fit"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nsdk = "new"', "does not fit"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\ncolour = "red"', "colour is unknown"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nmedium = "smoke"', "medium"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nisolation = "maybe"', "isolation"),
        (
            'id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nallowed_hosts = ["https://x.example"]',
            "no host",
        ),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nallowed_hosts = ["{url}"]', "no setting"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\nidempotent_send = 1', "must be bool"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n[limits]\nparallel_sends = 0', "above zero"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n[limits]\nbody_bytes = -1', "negative"),
        (
            'id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n[limits]\nspeed = 1',
            "limits.speed is unknown",
        ),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n[settings.url]', "settings.url.description"),
        ('id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n[settings]\nurl = 1', "must be a table"),
        (
            'id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n[settings.URL]\ndescription = "x"',
            "must match",
        ),
        (
            'id = "x1"\nname = "n"\nowner = "o"\ncapabilities = ["channel"]\n'
            '[settings.key]\ndescription = "x"\n[secrets.key]\ndescription = "x"',
            "both settings and secrets",
        ),
    ],
)
def test_a_manifest_that_is_wrong_is_refused_by_the_fields_name(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"^manifest\.toml") as refused:
        Manifest.parse(text)
    assert reason in str(refused.value)
