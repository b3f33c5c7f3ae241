"""The documentation says what is there: commands, options, columns, links, and a stack of rooms as it is checked."""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import click
import pytest

from tocsin import sources
from tocsin.cli import cli
from tocsin.knowledge.pack import FOLDER
from tocsin.sources.catalogue import About

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "src/tocsin/README.md"])
CONTEXT = click.Context(cli)
MODULES = [importlib.import_module(f"tocsin.sources.{found.name}") for found in pkgutil.iter_modules(sources.__path__)]
ABOUT = [module.ABOUT for module in MODULES if hasattr(module, "ABOUT")]


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def section(command: str) -> str:
    """What ``docs/cli.md`` says of a command."""
    found = re.search(rf"^## tocsin {command}$(.*?)(?=^## |\Z)", read("docs/cli.md"), re.M | re.S)
    assert found, f"docs/cli.md has no section for {command}"
    return found[1]


@pytest.mark.parametrize("command", cli.list_commands(CONTEXT))
def test_every_command_is_documented_with_its_options_and_an_example(command: str) -> None:
    text = section(command)
    found = cli.get_command(CONTEXT, command)
    assert found is not None
    inner = found.list_commands(CONTEXT) if isinstance(found, click.Group) else []
    parts = [part for name in inner if isinstance(found, click.Group) and (part := found.get_command(CONTEXT, name))]
    options = {o for one in (found, *parts) for p in one.params if isinstance(p, click.Option) for o in p.opts}
    assert set(re.findall(r"^\| `(--[\w-]+)", text, re.M)) == options
    assert re.search(rf"^    tocsin {command}\b", text, re.M)
    assert found.epilog and f"tocsin {command}" in found.epilog


def test_documented_commands_and_schemas_are_those_there_are() -> None:
    assert re.findall(r"^## tocsin ([\w-]+)", read("docs/cli.md"), re.M) == cli.list_commands(CONTEXT)
    schema = cli.get_command(CONTEXT, "schema")
    assert schema is not None
    choices = schema.params[0].type
    assert isinstance(choices, click.Choice)
    assert all(name in section("schema") for name in choices.choices)


def test_the_pack_s_tables_and_columns_are_documented() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", read("docs/data-sources.md"), re.M))
    tables = {}
    for path in FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            tables[path.stem] = ", ".join(next(csv.reader(handle)))
    assert rows == tables


@pytest.mark.parametrize("about", ABOUT, ids=lambda about: about.id)
def test_every_source_is_documented_with_licence_address_and_cadence(about: About) -> None:
    row = next(line for line in read("docs/data-sources.md").splitlines() if line.startswith(f"| `{about.id}`"))
    assert all(part in row for part in (about.publisher, about.licence, about.url, about.cadence))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    for target in targets:
        path, _, anchor = target.partition("#")
        there = page.parent / path
        assert there.exists(), f"{page.name} links to {target}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_modules_that_a_page_names_are_there(page: Path) -> None:
    named = re.findall(r"`(?:src/tocsin/)?((?:[a-z]+/)+[a-z_]+\.py)`", page.read_text(encoding="utf-8"))
    places = (ROOT, ROOT / "src/tocsin")
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


@pytest.mark.parametrize("page", ["docs/architecture.md", "src/tocsin/README.md"])
def test_the_stack_of_rooms_is_the_one_that_is_checked(page: str) -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    stack = "\n".join(f"    {layer}" for layer in contracts[0]["layers"])
    assert stack in read(page)


def test_the_picture_is_a_picture_and_not_too_large() -> None:
    picture = (ROOT / "docs/brief.png").read_bytes()
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(picture[16:20], "big") == 1280
    assert len(picture) < 400_000
