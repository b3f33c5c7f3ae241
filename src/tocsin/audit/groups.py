"""Who is an administrator: groups and roles whose members can take over a domain or a tenant.

Active Directory: "Appendix C: Protected accounts and groups in Active Directory" and "Security identifiers", under
https://learn.microsoft.com/en-us/windows-server/identity/ad-ds/. Entra: the roles that are marked privileged in
https://learn.microsoft.com/en-us/entra/identity/role-based-access-control/permissions-reference, without those that
only read, and the administrators of mail and files. 62e90394-… is the template of Global Administrator.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.audit.methods import plain

# As Windows names them in English, German, French, Spanish, Italian and Portuguese.
_DOMAIN = """
    Domain Admins; Enterprise Admins; Schema Admins; Administrators; Administrator; Account Operators; Backup Operators;
    Server Operators; Print Operators; Group Policy Creator Owners; Key Admins; Enterprise Key Admins;
    Organization Management; DnsAdmins;
    Domänen-Admins; Organisations-Admins; Unternehmens-Admins; Schema-Admins; Administratoren; Konten-Operatoren;
    Sicherungs-Operatoren; Server-Operatoren; Richtlinien-Ersteller-Besitzer;
    Admins du domaine; Administrateurs de l’entreprise; Administrateurs de l'entreprise; Administrateurs du schéma;
    Administrateurs; Opérateurs de compte; Opérateurs de sauvegarde; Opérateurs de serveur;
    Admins. del dominio; Administradores de empresas; Administradores de esquema; Administradores;
    Operadores de cuentas; Operadores de copia de seguridad;
    Amministratori; Amministratori di dominio; Operatori account;
    Admins. do Domínio; Administradores de Empresa; Administradores de Esquema"""
_LOCAL = "root; sudo; wheel; admin; admins"
_CLOUD = """
    Global Administrator; Company Administrator; Privileged Role Administrator; Privileged Authentication Administrator;
    Authentication Administrator; Authentication Extensibility Administrator; Security Administrator;
    Conditional Access Administrator; Application Administrator; Cloud Application Administrator;
    Cloud Device Administrator; Domain Name Administrator; External Identity Provider Administrator;
    Helpdesk Administrator; Hybrid Identity Administrator; Intune Administrator; Password Administrator;
    User Administrator; Partner Tier1 Support; Partner Tier2 Support; Exchange Administrator; SharePoint Administrator;
    Globaler Administrator; Administrateur général; 62e90394-69f5-4237-9190-012177145e10"""
_SID = re.compile(r"S-1-5-(?:32-(?:544|548|549|550|551)|21-(?:\d+-){3}(?:512|518|519|520|526|527))", re.IGNORECASE)
_PARTED = re.compile(r"[;|\n]")
_COMMON_NAME = re.compile(r"^CN=((?:[^,\\]|\\.)+),", re.IGNORECASE)
_TYPES = frozenset({"admin", "administrator", "administrators", "privileged", "privilegedaccount"})


class Groups(NamedTuple):
    """The privileged groups of a cell, as it names them, and whether some are of a directory or of a cloud tenant."""

    names: tuple[str, ...] = ()
    domain: bool = False
    cloud: bool = False


def _plain(names: str) -> frozenset[str]:
    return frozenset(plain(name) for name in names.split(";"))


DOMAIN, LOCAL, CLOUD = _plain(_DOMAIN), _plain(_LOCAL), _plain(_CLOUD)


def privileged(cell: str, kind: str) -> Groups:
    """The privileged groups that a cell names, parted by ; or | or, where it holds no distinguished names, by commas.

    ``kind`` is what the type column says: an account of the type "admin" is one without any group. O(length).
    """
    names = [name.strip() for name in _PARTED.split(cell)]
    if "CN=" not in cell.upper():
        names = [part.strip() for name in names for part in name.split(",")]
    found = {name: _common_name(name) for name in names if name}
    domain = [name for name in found.values() if plain(name) in DOMAIN or _SID.fullmatch(name)]
    cloud = [name for name in found.values() if plain(name) in CLOUD]
    local = [name for name in found.values() if plain(name) in LOCAL]
    typed = ["administrators by type"] if plain(kind) in _TYPES else []
    return Groups(tuple(dict.fromkeys([*domain, *cloud, *local, *typed])), bool(domain), bool(cloud))


def _common_name(name: str) -> str:
    """CN=Domain Admins,CN=Users,DC=corp → Domain Admins; CORP\\Domain Admins → Domain Admins."""
    if found := _COMMON_NAME.match(name):
        return found[1]
    return name.rpartition("\\")[2]
