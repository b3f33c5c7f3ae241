"""The rows of an inventory: which product in which version each asset runs, and whether the internet reaches it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tocsin.audit.products import Product, recognise
from tocsin.audit.versions import Version, parse_version
from tocsin.model import Observed
from tocsin.org import Row

Exposure = Literal["yes", "no", "unknown"]
_YES = frozenset("yes y true 1 x internet public external exposed dmz ja oui si sí".split())
_NO = frozenset("no n false 0 internal private none intern nein non".split())


class Installed(NamedTuple):
    """A product on an asset as a row of the inventory gives it. ``product`` and ``version`` are None where the words
    are not understood; ``label`` is what a person calls it: "FortiOS 7.0.12"."""

    host: str
    label: str
    product: Product | None
    version: Version | None
    exposure: Exposure
    as_of: str
    seen: Observed

    @property
    def exposed(self) -> bool:
        """Whether it counts as reachable from the internet: unknown counts as exposed."""
        return self.exposure != "no"


def installed(file: str, row: Row) -> Installed:
    """Read a row; what it does not say is left empty, never guessed."""
    cells = row.values
    named = [cells.get("vendor", ""), cells.get("product", "")]
    text = cells.get("version", "")
    product = recognise(*named) or recognise(*named, text)
    version = _version(product, text, " ".join(named)) if product else None
    words = product.name if product else " ".join(word for word in named if word) or "an unnamed product"
    return Installed(
        host=cells.get("asset") or cells.get("address") or f"line {row.line}",
        label=f"{words} {text}".strip(),
        product=product,
        version=version,
        exposure=_exposure(cells),
        as_of=cells.get("checked", ""),
        seen=Observed(file=file, record=f"line {row.line}", fields=row.raw),
    )


def _version(product: Product, text: str, named: str) -> Version | None:
    """The version, which some write beside the product's name."""
    return parse_version(product.scheme, text, named) or parse_version(product.scheme, named)


def _exposure(cells: dict[str, str]) -> Exposure:
    """A management interface that is exposed exposes the asset, whatever else is said of it."""
    words = [cells.get(column, "").casefold() for column in ("exposed", "management")]
    if any(word in _YES for word in words):
        return "yes"
    return "no" if words[0] in _NO else "unknown"
