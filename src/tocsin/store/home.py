"""Where state lies, and how a file is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import platformdirs

from tocsin.model import TocsinError


def home() -> Path:
    """``TOCSIN_HOME``, or the user's data folder of the platform."""
    return Path(os.environ.get("TOCSIN_HOME") or platformdirs.user_data_dir("tocsin", appauthor=False))


def changed(path: Path) -> str:
    """Size and time of last change, which tell whether a file is the same as before; empty where it is missing."""
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_size}:{state.st_mtime_ns}"


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path`` and rename it over: a reader sees the old file or the new one.

    Raises TocsinError where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise TocsinError(
            str(path), "", f"cannot be written: {error.strerror}", "set TOCSIN_HOME or --out to a folder that can"
        ) from error
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise TocsinError(str(path), "", f"cannot be written: {error.strerror}", "free disk space and retry") from error
