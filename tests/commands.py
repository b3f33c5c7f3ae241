"""The command line as a script meets it: exit code, stdout and stderr."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from tocsin.cli import main


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    def lines(self) -> list[dict[str, Any]]:
        """The documents on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def tocsin(*words: str | Path) -> Done:
    """``tocsin WORDS…`` in this process, which is how most tests afford it."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with (
        mock.patch.object(sys, "argv", ["tocsin", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            code = stop.code
    return Done(int(str(code or 0)), out.getvalue(), err.getvalue())


def process(*words: str | Path, cwd: Path, **env: str) -> Done:
    """``python -m tocsin WORDS…`` as a process of its own in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", *map(str, words)],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)
