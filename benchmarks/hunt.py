"""How fast the hunts go over connection logs on one core, beside a plain look-up of each record's far end in a dict.

    python benchmarks/hunt.py [--records N] [--watched N] [--ranges N] [--logs PATH…] [--json]

Without PATH the log is made: office traffic, a VPN with visitors from home, one in 10,000 records to a watched address.
Making or reading it is not counted. The plain look-up knows neither prefixes nor names within other texts: it is the
least that any tool must do.
"""

from __future__ import annotations

import argparse
import datetime
import ipaddress
import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa

from tocsin.hunt import AddressKinds, Hunts, Watch, Watched
from tocsin.logs import Event, LogReader, batches_of
from tocsin.model import Asset, Organisation

VPN = "198.51.100.10"
ACME = Organisation(name="Acme", assets=(Asset(name="gate", role="vpn", addresses=(VPN,)),))
START = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)


def made(count: int, watched: list[str], chance: random.Random) -> list[pa.RecordBatch]:
    """A connection log of ``count`` records over ten days."""
    servers = [str(ipaddress.IPv4Address(chance.getrandbits(32))) for _ in range(2000)]
    homes = [str(ipaddress.IPv4Address(0xC0580000 + chance.getrandbits(16))) for _ in range(300)]

    def one(number: int) -> Event:
        source, target = f"10.0.{number % 16}.{number % 200}", chance.choice(servers)
        if number % 20 == 0:
            source, target = chance.choice(homes), VPN
        elif number % 10_000 == 1:
            target = chance.choice(watched)
        fields = {
            "uid": f"C{number:09x}",
            "id.orig_h": source,
            "id.orig_p": str(1024 + number % 60_000),
            "id.resp_h": target,
            "id.resp_p": "443",
            "proto": "tcp",
            "service": "ssl",
            "duration": f"{chance.random() * 90:.6f}",
            "orig_bytes": str(chance.getrandbits(14) + 1),
            "resp_bytes": str(chance.getrandbits(18) + 1),
            "conn_state": "SF",
        }
        at = START + datetime.timedelta(seconds=number * 864_000 / count)
        return Event("conn.log", f"line {number}", at, None, None, "zeek", "", "conn", {**fields})

    return list(batches_of(map(one, range(count))))


def plain(batches: list[pa.RecordBatch], watched: list[str]) -> float:
    """Seconds of a look-up of each record's far end."""
    known, found = dict.fromkeys(watched, 0), 0
    began = time.perf_counter()
    for batch in batches:
        if "id.resp_h" in batch.schema.names:
            for target in batch.column("id.resp_h").to_pylist():
                if target in known:
                    found += 1
    return time.perf_counter() - began


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=200_000, help="of the log that is made (default 200,000)")
    parser.add_argument("--watched", type=int, default=3_000, help="watched domains and addresses (default 3,000)")
    parser.add_argument("--ranges", type=int, default=100_000, help="rows of the table of ranges (default 100,000)")
    parser.add_argument("--logs", nargs="*", type=Path, default=[], help="logs to read instead")
    parser.add_argument("--json", action="store_true", help="figures as one JSON document")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, whatever a library would like
    chance = random.Random(7)  # noqa: S311 - no secret
    addresses = [str(ipaddress.IPv4Address(chance.getrandbits(32))) for _ in range(args.watched // 2)]
    names = [f"c{number}.example{number % 50}.com" for number in range(args.watched - len(addresses))]
    watch = Watch([*(Watched(one, "address") for one in addresses), *(Watched(one, "domain") for one in names)])
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "kinds.csv"
        blocks = (ipaddress.IPv4Network((chance.getrandbits(32), 24), strict=False) for _ in range(args.ranges))
        rows = [f"{block},64496,{chance.choice(('isp', 'hosting'))},2026-02-01" for block in blocks]
        table.write_text("\n".join(["prefix,asn,kind,as_of", "192.88.0.0/16,64497,isp,2026-02-01", *rows]))
        began = time.perf_counter()
        kinds = AddressKinds.read(table)
        loading = time.perf_counter() - began
    batches = list(LogReader(args.logs).batches()) if args.logs else made(args.records, addresses, chance)
    records = sum(batch.num_rows for batch in batches)
    hunts = Hunts(ACME, address_kinds=kinds, watch=watch)
    began = time.perf_counter()
    for batch in batches:
        hunts.feed(batch)
    findings = len(hunts.findings())
    seconds = time.perf_counter() - began
    figures = {
        "records": records,
        "watched": len(watch),
        "ranges": args.ranges,
        "reading_ranges_seconds": round(loading, 2),
        "findings": findings,
        "records_per_second": round(records / seconds),
        "plain_look_up_records_per_second": round(records / plain(batches, addresses)),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    sys.stdout.write(json.dumps(figures) + "\n" if args.json else "".join(f"{k}: {v}\n" for k, v in figures.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
