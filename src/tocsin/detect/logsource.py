"""On which logs a rule runs.

A rule runs on the records that have every word of its log source; a word that it leaves open fits any record. So a rule
with a category alone takes any product, and one with a product alone takes all of its logs.
Source: https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html (Log source).
"""

from __future__ import annotations

from tocsin.detect.loaded import LoadedRule

# One category for all changes of the registry, beside those for each kind of change
# (https://sigmahq.io/docs/basics/log-sources.html).
_WIDER = {
    "registry_event": frozenset(
        ("registry_event", "registry_add", "registry_delete", "registry_set", "registry_rename")
    )
}


def runs_on(rule: LoadedRule, product: str, category: str, service: str) -> bool:
    """Whether a rule is for the records of this log source. The words of the records are Sigma's, in lower case."""
    wanted = rule.logsource
    return (
        wanted.product in ("", product)
        and wanted.service in ("", service)
        and (wanted.category in ("", category) or category in _WIDER.get(wanted.category, ()))
    )
