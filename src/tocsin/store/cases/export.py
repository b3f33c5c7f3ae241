"""An export of the log: written whole, and never over a file that is there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tocsin.model import TocsinError


def write_export(path: Path, lines: Iterable[bytes]) -> int:
    """Write the lines beside ``path`` as they come, then give them its name; returns how many.

    Raises TocsinError where ``path`` is there already (an export is evidence), or cannot be written.
    """
    if path.exists():
        raise TocsinError(str(path), "", "is there already", "name a new file; an export is never overwritten")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise TocsinError(str(path), "", f"cannot be written: {error.strerror}", "name a folder that can") from error
    try:
        count = 0
        with os.fdopen(handle, "wb") as out:
            for line in lines:
                out.write(line)
                count += 1
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise TocsinError(str(path), "", f"cannot be written: {error.strerror}", "free disk space and retry") from error
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
    return count
