"""``org.toml``: who we are, what is sensitive, and where the evidence lies. ``docs/organisation.md`` has every key."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from tocsin.model import ROLES, Asset, Fault, Organisation, TocsinError
from tocsin.org.tables import COLUMNS

# The 27 members of the Union (https://european-union.europa.eu/principles-countries-history/eu-countries_en).
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
JURISDICTIONS = {"GB": "UK", "US": "US", "CH": "CH", "AU": "AU", "CA": "CA", "JP": "JP", "NZ": "NZ"}
# Private and local blocks: RFC 1918, 4193, 3927, 4291.
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10")
_MAX = 4 * 1024 * 1024
_HELP = "docs/organisation.md has every key"


class Evidence(NamedTuple):
    """Where the evidence lies, as paths that exist; ``missing`` is what was named and is not there."""

    counterparties: tuple[Path, ...] = ()
    payments: tuple[Path, ...] = ()
    logs: tuple[Path, ...] = ()
    inventory: tuple[Path, ...] = ()
    identities: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    address_kinds: Path | None = None
    kev: Path | None = None
    missing: tuple[Fault, ...] = ()


class Org(NamedTuple):
    """The organisation and its evidence. ``columns`` maps, a kind of table, our words for columns to theirs."""

    about: Organisation
    evidence: Evidence = Evidence()
    columns: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A section of the file: a key that is not known is an error, since a misspelt one would be ignored for ever."""


class _About(_Strict, frozen=True, kw_only=True):
    name: str
    countries: list[str] = []
    sectors: list[str] = []
    employees: int | None = None
    jurisdictions: list[str] = []
    admins: list[str] = []


class _Networks(_Strict, frozen=True, kw_only=True):
    internal: list[str] = []


class _Asset(_Strict, frozen=True, kw_only=True):
    name: str
    role: str = "other"
    addresses: list[str] = []
    sensitive: bool = False
    owner: str = ""
    says: str = ""


class _Evidence(_Strict, frozen=True, kw_only=True):
    counterparties: list[str] = []
    payments: list[str] = []
    logs: list[str] = []
    inventory: list[str] = []
    identities: list[str] = []
    rules: list[str] = []


class _Tables(_Strict, frozen=True, kw_only=True):
    address_kinds: str | None = None
    kev: str | None = None


class _File(_Strict, frozen=True, kw_only=True):
    organisation: _About
    networks: _Networks = _Networks()
    asset: list[_Asset] = []
    evidence: _Evidence = _Evidence()
    tables: _Tables = _Tables()
    columns: dict[str, dict[str, str]] = {}


def load_org(path: Path) -> Org:
    """Read ``org.toml``; paths in it count from its own folder. Raises TocsinError naming the key that is wrong.

    A path that is named and not there is no error: it stands in ``evidence.missing``, and the rest is used.
    """
    file = _read(path)
    about = file.organisation
    countries = tuple(dict.fromkeys(code.upper() for code in about.countries))
    for code in countries:
        _check(path, "organisation.countries", len(code) == 2 and code.isalpha(), f"{code!r} is no ISO 3166 code")
    assets = tuple(_asset(path, number, one) for number, one in enumerate(file.asset))
    internal = file.networks.internal or PRIVATE
    for block in internal:
        _check(path, "networks.internal", _is_block(block), f"{block!r} is no address and no CIDR block")
    for kind, words in file.columns.items():
        _check(path, f"columns.{kind}", kind in COLUMNS, f"no such table; there are {', '.join(COLUMNS)}")
        for word in words:
            _check(path, f"columns.{kind}.{word}", word in COLUMNS[kind], f"known are {', '.join(COLUMNS[kind])}")
    organisation = Organisation(
        name=about.name,
        countries=countries,
        sectors=tuple(about.sectors),
        employees=about.employees,
        jurisdictions=_jurisdictions(countries, about.jurisdictions),
        internal=tuple(internal),
        assets=assets,
        admins=tuple(about.admins),
    )
    return Org(organisation, _evidence(path, file), file.columns)


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files themselves and those in folders, in a stable order; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.is_file())
            parts = [(one, one.relative_to(path).parts) for one in inside]
            found += sorted(one for one, names in parts if not any(name.startswith(".") for name in names))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _read(path: Path) -> _File:
    try:
        with path.open("rb") as handle:
            raw = handle.read(_MAX + 1)
        _check(path, "", len(raw) <= _MAX, "larger than 4 MB")
        return msgspec.convert(tomllib.loads(raw.decode("utf-8-sig")), _File)
    except OSError as error:
        raise TocsinError(str(path), "", error.strerror or str(error), "give the path of org.toml") from error
    except UnicodeDecodeError as error:
        raise TocsinError(str(path), f"byte {error.start}", "not UTF-8", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise TocsinError(str(path), "", f"not TOML: {error}", _HELP) from error
    except msgspec.ValidationError as error:
        why, _, place = str(error).partition(" - at `$")
        raise TocsinError(str(path), place.strip("`."), why, _HELP) from error


def _check(path: Path, place: str, good: bool, why: str) -> None:
    if not good:
        raise TocsinError(str(path), place, why, _HELP)


def _is_block(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _asset(path: Path, number: int, one: _Asset) -> Asset:
    place = f"asset[{number}]"
    _check(path, f"{place}.role", one.role in ROLES, f"{one.role!r} is not one of {', '.join(ROLES)}")
    for block in one.addresses:
        _check(path, f"{place}.addresses", _is_block(block), f"{block!r} is no address and no CIDR block")
    return Asset(
        name=one.name,
        role=one.role,
        addresses=tuple(one.addresses),
        sensitive=one.sensitive,
        owner=one.owner,
        says=one.says,
    )


def _jurisdictions(countries: Sequence[str], further: Sequence[str]) -> tuple[str, ...]:
    """Whose law binds us: that of the countries we are in, and what the file adds (US for trade in dollars, say)."""
    own = ("EU" if code in EU else JURISDICTIONS.get(code, code) for code in countries)
    return tuple(dict.fromkeys([*own, *(one.upper() for one in further)]))


def _evidence(path: Path, file: _File) -> Evidence:
    missing: list[Fault] = []

    def there(key: str, names: Iterable[str]) -> tuple[Path, ...]:
        paths = [path.parent / name for name in names]
        for one in paths:
            if not one.exists():
                todo = f"mend {key} in {path.name}, or put the file there"
                missing.append(Fault(file=str(one), place="", why="no such file or folder", todo=todo))
        return tuple(one for one in paths if one.exists())

    def table(key: str, name: str | None) -> Path | None:
        return next(iter(there(key, [name] if name else [])), None)

    named, tables = file.evidence, file.tables
    return Evidence(
        counterparties=there("evidence.counterparties", named.counterparties),
        payments=there("evidence.payments", named.payments),
        logs=there("evidence.logs", named.logs),
        inventory=there("evidence.inventory", named.inventory),
        identities=there("evidence.identities", named.identities),
        rules=there("evidence.rules", named.rules),
        address_kinds=table("tables.address_kinds", tables.address_kinds),
        kev=table("tables.kev", tables.kev),
        missing=tuple(missing),
    )
