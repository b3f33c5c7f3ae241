"""Is it true? A verdict for each claim, with its reasons, its evidence, and the nearest thing that is true."""

from tocsin.verify.judge import as_of, verify_claims

__all__ = ["as_of", "verify_claims"]
