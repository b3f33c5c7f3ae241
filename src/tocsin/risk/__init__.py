"""What first, and by when? Findings into a ranked register of risks, and into what the law now asks."""

from tocsin.risk.obligations import obligations
from tocsin.risk.register import assess, recompute, remaining

__all__ = ["assess", "obligations", "recompute", "remaining"]
