"""The graph, kept ready under ``TOCSIN_HOME`` so that a warm command starts in well under a second."""

from __future__ import annotations

import contextlib
import hashlib
import zlib

import msgspec

from tocsin.knowledge.graph import Graph
from tocsin.knowledge.pack import FOLDER
from tocsin.knowledge.tables import Tables
from tocsin.model import Fault, TocsinError
from tocsin.sources import misp
from tocsin.store import Snapshots, changed, home, write_whole

FORMAT = "18"  # changes when Tables or the way of merging changes: an older cache is then made anew
_HEAD = 32 + 4  # bytes before the tables: the fingerprint of the sources, the checksum of the tables


def open_graph() -> tuple[Graph, list[Fault]]:
    """The graph from the cache, or made anew where a source changed. Faults name what had to be left out.

    A cache that cannot be read or written costs time, never the answer.
    """
    snapshots = Snapshots()
    key = _fingerprint(snapshots)
    path = home() / "cache" / "graph.msgpack"
    try:
        raw = memoryview(path.read_bytes())
        if raw[:_HEAD] == key + _checksum(raw[_HEAD:]):
            return _opened(msgspec.msgpack.decode(raw[_HEAD:], type=Tables), snapshots)
    except (OSError, msgspec.DecodeError):
        pass
    from tocsin.knowledge.build import build  # only who builds pays for it

    tables = build(snapshots)
    with contextlib.suppress(TocsinError):  # a home that cannot be written to: the next command builds again
        body = msgspec.msgpack.encode(tables)
        write_whole(path, key + _checksum(body) + body)
    return _opened(tables, snapshots)


def _opened(tables: Tables, snapshots: Snapshots) -> tuple[Graph, list[Fault]]:
    return Graph(tables), list(dict.fromkeys((*tables.faults, *snapshots.faults)))


def _checksum(body: bytes | memoryview) -> bytes:
    """Of the packed records, which are unpacked only when asked for: damage must show before."""
    return zlib.crc32(body).to_bytes(4, "big")


def _fingerprint(snapshots: Snapshots) -> bytes:
    """Of all files that the tables are made of: size and time of each, so that one that was mended is read again."""
    digest = hashlib.sha256(f"{FORMAT}|{snapshots.fingerprint()}".encode())
    for path in (*sorted(FOLDER.glob("*.csv")), *misp.files()):
        digest.update(f"|{path.name}:{changed(path)}".encode())
    return digest.digest()
