"""What a finding says beside its fields, whichever room it comes from: flaws, exposure, privilege, how sure a match."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tocsin.model import SEVERITIES, Asset, Finding, Organisation, Reason

_CVE = re.compile(r"\bCVE-\d{4}-\d{4,}\b", re.IGNORECASE)
_ADMIN = re.compile(r"\badmin")
_YES = frozenset({"yes", "y", "true", "1", "ja", "oui"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non"})


def reasons_of(finding: Finding) -> Iterator[Reason]:
    """Every reason of a finding, the parts of reasons among them."""
    waiting: list[Reason] = list(finding.why)
    while waiting:
        reason = waiting.pop()
        waiting.extend(reason.parts)
        yield reason


def is_met(finding: Finding, *words: str) -> bool:
    """Whether a reason that is named with one of the words is met."""
    return any(one.met and any(word in one.name.casefold() for word in words) for one in reasons_of(finding))


def source_of(finding: Finding) -> str:
    """What made the finding: its rule, its hunt or check, else its kind."""
    return finding.rule.id if finding.rule else finding.hunt or finding.kind


def words_of(finding: Finding) -> str:
    """Its title and what made it, in lower case."""
    return f"{source_of(finding)} {finding.title}".casefold()


def flaws_of(finding: Finding) -> list[str]:
    """The CVE ids that the finding is about, in order."""
    return list(dict.fromkeys(match.group().upper() for match in _CVE.finditer(words_of(finding))))


def is_in_kev(finding: Finding) -> bool:
    """Whether CISA's catalogue of known exploited vulnerabilities has the flaw."""
    return is_met(finding, "kev", "known exploited", "known_exploited")


def exposure_of(finding: Finding) -> bool | None:
    """Whether what it is about can be reached from the internet; None where nothing says so or otherwise."""
    said = [one.met for one in reasons_of(finding) if one.name == "exposed" and one.value != "unknown"]
    fields = [str(seen.fields["exposed"]).casefold() for seen in finding.evidence if seen.fields.get("exposed")]
    said += [field in _YES for field in fields if field in _YES or field in _NO]
    return any(said) if said else None


def is_privileged(finding: Finding, organisation: Organisation) -> bool:
    """Whether the account is an administrator's: by ``org.toml``, or by what the audit of identities says of it."""
    if finding.user and account(finding.user) in {account(name) for name in organisation.admins}:
        return True
    if finding.kind != "identity":
        return False
    return (
        is_met(finding, "admin", "privileged") or _says_yes(finding, "admin") or bool(_ADMIN.search(words_of(finding)))
    )


def is_strong(finding: Finding) -> bool:
    """Whether a screening match is one to act on (alert), not only one to look at (review)."""
    for reason in reasons_of(finding):
        if reason.name.casefold() == "decision" and reason.value is not None:
            return reason.value == "alert"
    return SEVERITIES.index(finding.severity) >= SEVERITIES.index("high")


def account(name: str | None) -> str:
    """An account name without its domain, in lower case."""
    return (name or "").rpartition("\\")[2].partition("@")[0].casefold()


def asset_of(organisation: Organisation, host: str | None) -> Asset | None:
    """The asset of a host: by its name, by its address, else the smallest network of ours that it stands in."""
    address = _address(host)
    if address is None:
        return organisation.asset(host)
    blocks = [
        (network.prefixlen, asset)
        for asset in organisation.assets
        for network in map(_network, asset.addresses)
        if network is not None and address in network
    ]
    return max(blocks, key=lambda one: one[0])[1] if blocks else None


def host_key(organisation: Organisation, host: str) -> str:
    """One word for all the names of a host: that of its asset, else the address, or the name without its domain."""
    asset = asset_of(organisation, host)
    if asset is not None and asset.role != "network":
        return asset.name.split(".")[0].casefold()
    return host if _address(host) else host.split(".")[0].casefold()


def listed(names: Sequence[str], most: int = 3) -> str:
    """Names as words: the first few, and how many more."""
    shown = [*names[:most], f"{len(names) - most} more"] if len(names) > most else list(names)
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _says_yes(finding: Finding, field: str) -> bool:
    return any(str(seen.fields.get(field, "")).casefold() in _YES for seen in finding.evidence)


def _address(text: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text or "")
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
