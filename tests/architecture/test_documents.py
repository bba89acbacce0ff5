"""Documents say what is so: links and paths lead somewhere, tables agree with the code, both READMEs say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chassis.service import installed
from docs import tables
from tests.documents import LINK, ROOT, blocks, defined_in, documents, paths_mentioned, prose, table

each_document = pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))


@each_document
def test_every_link_in_a_document_leads_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(prose(path)) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@each_document
def test_every_path_and_name_a_document_mentions_is_there(path: Path) -> None:
    mentioned = paths_mentioned(path)
    gone = [named for named, _ in mentioned if not ((ROOT / named).exists() or any(ROOT.glob(f"plugins/*/{named}")))]
    undefined = [f"{file}:{name}" for file, name in mentioned if name and not defined_in(ROOT / file, name)]
    assert (gone, undefined) == ([], [])


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_the_readme_says_truly_which_services_work(readme: str) -> None:
    heading = {"README.md": "service", "README.ko.md": "서비스"}[readme]
    working = {"README.md": "works", "README.ko.md": "동작"}[readme]
    rows = table(readme, heading)
    assert set(rows) == {path.parent.name for path in (ROOT / "services").glob("*/__init__.py")}
    assert {name for name, cells in rows.items() if cells[-1].startswith(working)} == {one.name for one in installed()}


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_the_readme_names_every_built_in_connector(readme: str) -> None:
    connectors = {path.parent.name for path in (ROOT / "plugins").glob("[a-z]*/manifest.toml")}
    assert set(re.findall(r"\(plugins/(\w+)\)", (ROOT / readme).read_text())) == connectors


@pytest.mark.parametrize("readme", ["README.md", "README.ko.md"])
def test_the_commands_come_first_and_are_those_of_the_makefile(readme: str) -> None:
    first = blocks(readme)[0]
    targets = re.findall(r"^make (\S+)", first, re.MULTILINE)
    assert targets == ["run", "test"]
    makefile = (ROOT / "Makefile").read_text()
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


def test_both_readmes_show_the_same_code() -> None:
    for language in ("python", "js", "toml", "text"):
        assert blocks("README.ko.md", language) == blocks("README.md", language)
    commands = [re.sub(r"\s*#.*", "", code) for code in blocks("README.md", "sh")]
    assert [re.sub(r"\s*#.*", "", code) for code in blocks("README.ko.md", "sh")] == commands


@pytest.mark.parametrize(
    ("language", "file"), [("python", "examples/agent_python/agent.py"), ("js", "examples/agent_node/agent.js")]
)
def test_the_agents_of_the_readme_are_those_of_the_examples(language: str, file: str) -> None:
    assert blocks("README.md", language)[0] == (ROOT / file).read_text()


def test_what_is_drawn_from_the_code_is_up_to_date() -> None:
    stale = [str(path.relative_to(ROOT)) for path, content in tables.written().items() if path.read_text() != content]
    assert stale == [], "run python -m docs.tables"
