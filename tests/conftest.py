"""State of its own for every run: no test reads or writes the user's folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tocsin.knowledge import Graph, open_graph


@pytest.fixture(scope="session", autouse=True)
def session_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """``TOCSIN_HOME`` of the whole run. Workers of one run share it, so that the cache is made once."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "tocsin-home"
    before = os.environ.get("TOCSIN_HOME")
    os.environ["TOCSIN_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["TOCSIN_HOME"]
    else:
        os.environ["TOCSIN_HOME"] = before


@pytest.fixture(scope="session")
def graph(session_home: Path) -> Graph:
    """The graph of the bundled catalogues and the reference pack, without any synced list."""
    opened, faults = open_graph()
    assert faults == []
    return opened


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of one test's own, empty at first."""
    monkeypatch.setenv("TOCSIN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
