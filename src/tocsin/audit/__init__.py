"""Could they get in? Appliances at the perimeter, and how the accounts sign in."""

from tocsin.audit.identity import IdentityAudit, audit_identity
from tocsin.audit.perimeter import audit_perimeter

__all__ = ["IdentityAudit", "audit_identity", "audit_perimeter"]
