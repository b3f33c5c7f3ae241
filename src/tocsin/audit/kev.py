"""CISA's catalogue of known exploited vulnerabilities, as it is published: JSON, plain or gzip.

Format: https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities_schema.json
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from tocsin.model import TocsinError

URL = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
_MAX = 64 * 1024 * 1024  # bytes, unpacked; the catalogue has 1.4 MB
_TODO = "fetch it anew from CISA; the audit went on without it"


class Flaw(msgspec.Struct, frozen=True):
    """An entry: what is exploited since when, and whether ransomware is known to use it."""

    cve: str = msgspec.field(name="cveID")
    vendor: str = msgspec.field(name="vendorProject", default="")
    product: str = ""
    added: str = msgspec.field(name="dateAdded", default="")
    ransomware: str = msgspec.field(name="knownRansomwareCampaignUse", default="Unknown")


class _File(msgspec.Struct, frozen=True):
    vulnerabilities: list[Flaw]
    version: str = msgspec.field(name="catalogVersion", default="")


class Kev(NamedTuple):
    """The catalogue: its version, and its entries by CVE."""

    version: str = ""
    flaws: Mapping[str, Flaw] = MappingProxyType({})


def read_kev(path: Path) -> Kev:
    """Read the catalogue. Raises TocsinError where it cannot be read."""
    try:
        with path.open("rb") as handle:
            packed = handle.read(2) == b"\x1f\x8b"
        with gzip.open(path) if packed else path.open("rb") as handle:
            data = handle.read(_MAX + 1)
        if len(data) > _MAX:
            raise TocsinError(str(path), "", f"more than {_MAX:,} bytes", _TODO)
        file = msgspec.json.decode(data, type=_File)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise TocsinError(str(path), "", f"not a whole gzip file: {error}", _TODO) from error
    except OSError as error:
        raise TocsinError(str(path), "", error.strerror or str(error), _TODO) from error
    except msgspec.DecodeError as error:
        why = f"not the KEV catalogue as CISA publishes it: {error}"
        raise TocsinError(str(path), "", why, _TODO) from error
    return Kev(file.version, {flaw.cve: flaw for flaw in file.vulnerabilities})
