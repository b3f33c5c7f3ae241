"""Writes the example organisation and its clean twin, the same bytes every time.

python examples/make_acme.py [FOLDER]    # writes FOLDER/acme and FOLDER/acme-clean; without FOLDER beside this file
"""

from __future__ import annotations

import sys
from pathlib import Path

from making.folder import Folder

TWINS = {"acme": True, "acme-clean": False}


def main(arguments: list[str]) -> None:
    """Write both, each with its size."""
    if len(arguments) > 1 or any(one.startswith("-") for one in arguments):
        raise SystemExit(__doc__)
    into = Path(arguments[0]) if arguments else Path(__file__).parent
    for name, planted in TWINS.items():
        folder = Folder(planted=planted)
        folder.write(into / name)
        size = sum(map(len, folder.files.values()))
        print(f"{into / name}: {len(folder.files)} files, {size:,} bytes, {len(folder.planted)} planted records")


if __name__ == "__main__":
    main(sys.argv[1:])
