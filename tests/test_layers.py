"""What holds the house together: a verb costs nothing until it is used, and locks name no address."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tocsin

ROOT = Path(__file__).parent.parent


def test_importing_the_package_loads_no_room() -> None:
    code = "import sys, tocsin; print([name for name in sys.modules if name.startswith('tocsin.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_verb_of_the_package_is_there() -> None:
    assert [name for name in tocsin.__all__ if not hasattr(tocsin, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'breif'"):
        tocsin.breif  # type: ignore[attr-defined]  # noqa: B018


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == tocsin.__version__
    assert f"[{tocsin.__version__}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", ["core", "dev"])
def test_a_lock_pins_every_dependency_with_hashes_and_names_no_address(lock: str) -> None:
    text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"]["dev"] if lock == "dev" else [])
    names = {re.split(r"[<>=\[ ]", one)[0].lower() for one in wanted}
    pinned = re.findall(r"^([a-z0-9-]+)==\S+(?: ;[^\\]+)? \\\n    --hash=sha256:[0-9a-f]{64}", text, re.M)
    assert names <= set(pinned)
    assert len(pinned) == len(re.findall(r"^\S+==", text, re.M))
    assert "://" not in text and "--index" not in text and "--find-links" not in text
