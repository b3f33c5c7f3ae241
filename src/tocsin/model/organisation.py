"""Who we are: what of the organisation the other nouns need to know."""

from __future__ import annotations

from tocsin.model.base import Record


class Asset(Record, frozen=True, kw_only=True):
    """A system or a network of ours. ``addresses`` are addresses or CIDR blocks; ``role`` is one of ``ROLES``."""

    name: str
    role: str = "other"
    addresses: tuple[str, ...] = ()
    sensitive: bool = False
    owner: str = ""
    says: str = ""


ROLES = ("vpn", "mail", "database", "domain controller", "server", "workstation", "network", "other")


class Organisation(Record, frozen=True, kw_only=True):
    """The organisation. Countries are ISO 3166 alpha-2; ``jurisdictions`` (EU, US, UK, …) are those whose law binds it.

    ``internal`` are the CIDR blocks of its own networks; ``admins`` the accounts that should be administrators, empty
    where nobody has said.
    """

    name: str
    countries: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    employees: int | None = None
    jurisdictions: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    admins: tuple[str, ...] = ()

    def asset(self, host: str | None) -> Asset | None:
        """The asset of a host name, compared without case and domain."""
        short = (host or "").split(".")[0].lower()
        return next((one for one in self.assets if one.name.split(".")[0].lower() == short), None) if short else None
