"""What a connection log of Zeek says of a connection (https://docs.zeek.org/en/master/logs/conn.html)."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.logs import Value

# Both sides spoke: S1 to S3 and SF after a whole handshake, RSTO and RSTR after one that a reset ended. Not so: S0 (no
# reply), REJ (refused), RSTOS0, RSTRH, SH, SHR (half of a handshake), as a scan leaves them.
ESTABLISHED = frozenset("SF S1 S2 S3 RSTO RSTR".split())


def number(value: Value | None) -> float:
    """A count or an interval of the log; 0 where it is absent or out of shape."""
    try:
        return max(0.0, float(value)) if isinstance(value, str) else 0.0
    except ValueError:
        return 0.0


def established(fields: Mapping[str, Value]) -> bool:
    """Whether the two sides talked, and not only shook hands as a scanner does.

    OTH, traffic whose beginning was not seen, counts where both sides sent data. Byte counts that the log lacks are
    taken on trust.
    """
    state = fields.get("conn_state")
    spoke = [number(fields[name]) > 0 for name in ("orig_bytes", "resp_bytes") if fields.get(name)]
    if state == "OTH":
        return len(spoke) == 2 and all(spoke)
    return state in ESTABLISHED and all(spoke)
