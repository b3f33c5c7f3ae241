"""IP addresses as logs write them, and what the longest of many prefixes says of one."""

from __future__ import annotations

import ipaddress
from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
T = TypeVar("T")


def address_of(text: str) -> Address | None:
    """The address that ``text`` is, or None; ``::ffff:192.0.2.1`` is 192.0.2.1, a zone and brackets fall away."""
    try:
        found = ipaddress.ip_address(text.strip("[] ").partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def network_of(text: str) -> Network:
    """The block that ``text`` is; one of ``::ffff:0:0/96`` is that of IPv4. Raises ValueError."""
    found = ipaddress.ip_network(text.strip(), strict=False)
    if isinstance(found, ipaddress.IPv6Network) and found.prefixlen >= 96:
        mapped = found.network_address.ipv4_mapped
        if mapped is not None:
            return ipaddress.IPv4Network((mapped, found.prefixlen - 96))
    return found


class Prefixes(Generic[T]):
    """What the longest prefix that holds an address says of it.

    Blocks either nest or are apart, so they are flattened once into segments that do not overlap: O(n log n) to make,
    O(log n) to ask, two lists of at most 2n+1 entries for each version of IP. Of equal blocks the last one counts.
    """

    def __init__(self, rows: Iterable[tuple[Network, T]] = ()) -> None:
        blocks = dict(rows)
        self._starts: dict[int, list[int]] = {}
        self._values: dict[int, list[T | None]] = {}
        for version in (4, 6):
            own = [
                (int(one.network_address), int(one.broadcast_address), value)
                for one, value in blocks.items()
                if one.version == version
            ]
            self._starts[version], self._values[version] = _segments(sorted(own, key=lambda one: (one[0], -one[1])))

    def __bool__(self) -> bool:
        return any(self._starts.values())

    def get(self, address: Address) -> T | None:
        """What is said of an address, or None where no block holds it."""
        at = bisect_right(self._starts[address.version], int(address)) - 1
        return self._values[address.version][at] if at >= 0 else None


def _segments(blocks: list[tuple[int, int, T]]) -> tuple[list[int], list[T | None]]:
    """The first address of each segment and what is said of it. Blocks come by start, the wider one first."""
    starts: list[int] = []
    values: list[T | None] = []
    around: list[tuple[int, T]] = []  # the blocks that hold the place where we are, widest first: end and value

    def begin(at: int, value: T | None) -> None:
        if starts and starts[-1] == at:
            values[-1] = value
        else:
            starts.append(at)
            values.append(value)

    def leave(before: int | None) -> None:
        while around and (before is None or around[-1][0] < before):
            end, _ = around.pop()
            begin(end + 1, around[-1][1] if around else None)

    for start, end, value in blocks:
        leave(start)
        begin(start, value)
        around.append((end, value))
    leave(None)
    return starts, values
