"""Tocsin: is the report true, who is behind it, and what follows for us?

The verbs of the command line are here as functions, each loaded when it is first used, so that ``import tocsin`` costs
nothing. ``read``, ``verify`` and ``brief`` are rooms; their verbs carry what they act on in the name.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tocsin.spine import (
        audit_accounts,
        audit_inventory,
        brief_report,
        build_case,
        cover_actors,
        detect_logs,
        hunt_logs,
        open_knowledge,
        print_case,
        read_report,
        screen_files,
        screen_name,
        sync,
        verify_report,
        who,
    )

__version__ = "0.1.0"
__all__ = [
    "__version__",
    "audit_accounts",
    "audit_inventory",
    "brief_report",
    "build_case",
    "cover_actors",
    "detect_logs",
    "hunt_logs",
    "open_knowledge",
    "print_case",
    "read_report",
    "screen_files",
    "screen_name",
    "sync",
    "verify_report",
    "who",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module("tocsin.spine"), name)
    raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
