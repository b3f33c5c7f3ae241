"""``audit identity``: accounts that sign in without phishing-resistant means, and who is an administrator.

The weakest method that an account may use counts, since an attacker chooses it. Disabled accounts do not count; one
whose row does not say is taken as enabled.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tocsin.audit.groups import Groups, privileged
from tocsin.audit.methods import SAYS, SOURCES, SignIn, Strength, plain, sign_in, techniques
from tocsin.model import (
    Fault,
    Finding,
    InputRead,
    Looked,
    Observed,
    Organisation,
    Reason,
    Severity,
    TocsinError,
    finding_id,
    merged,
)
from tocsin.org import Row, files_of, open_table

# By strength, and whether the account is an administrator.
SEVERITY: dict[tuple[Strength, bool], Severity] = {
    (Strength.PASSWORD, True): "critical",
    (Strength.WEAK, True): "critical",
    (Strength.PHISHABLE, True): "high",
    (Strength.UNKNOWN, True): "high",
    (Strength.PASSWORD, False): "medium",
    (Strength.WEAK, False): "medium",
    (Strength.PHISHABLE, False): "low",
    (Strength.UNKNOWN, False): "low",
}
_OFF = frozenset(
    "no n false 0 disabled inactive deactivated blocked off nein deaktiviert gesperrt non désactivé".split()
)
_SERVICE = frozenset(
    "service serviceaccount svc application app machine workload managedidentity serviceprincipal gmsa".split()
)
_SHOWN = 50  # rows that a finding on a word carries as evidence
_JSON = "export the accounts as CSV with the columns account, enabled, type, groups and methods: docs/auditing.md"


class IdentityAudit(NamedTuple):
    """What was seen, and the enabled members of each privileged group, both as the files name them."""

    looked: Looked
    admins: dict[str, list[str]]


class _Account(NamedTuple):
    name: str
    kind: str
    groups: Groups
    signs: SignIn | None
    seen: Observed

    @property
    def admin(self) -> bool:
        return bool(self.groups.names)

    @property
    def service(self) -> bool:
        return plain(self.kind) in _SERVICE


def audit_identity(
    paths: Sequence[Path],
    *,
    columns: Mapping[str, str] | None,
    organisation: Organisation,
    today: datetime.date,
) -> IdentityAudit:
    """The findings on the accounts of identity files; ``columns`` maps our words for columns to theirs.

    An administrator whom ``organisation.admins`` does not name is a finding where it names any. O(accounts).
    """
    findings: list[Finding] = []
    inputs: list[InputRead] = []
    faults: list[Fault] = []
    admins: dict[str, list[str]] = {}
    named = _Named(organisation.admins)
    for path in files_of(paths):
        if path.suffix.casefold() == ".json":
            faults.append(Fault(file=str(path), place="", why="exports as JSON are not understood", todo=_JSON))
            continue
        try:
            rows = open_table(path, "identities", columns)
        except TocsinError as error:
            faults.append(error.fault)
            continue
        words = _UnknownWords()
        for row in rows:
            if (account := _account(str(path), row)) is None:
                continue
            for group in account.groups.names:
                admins.setdefault(group, []).append(account.name)
            words.note(account)
            findings += _findings(account, named)
        findings += words.findings()
        faults += rows.faults
        inputs.append(rows.read)
    looked = Looked(findings=merged(findings), inputs=tuple(inputs), left_out=tuple(faults))
    return IdentityAudit(looked, {group: sorted(set(members)) for group, members in sorted(admins.items())})


def _account(file: str, row: Row) -> _Account | None:
    """The account of a row, or None where it is disabled or has no name."""
    cells = row.values
    name = cells.get("account", "")
    if not name or plain(cells.get("enabled", "")) in _OFF:
        return None
    kind = cells.get("type", "")
    seen = Observed(file=file, record=f"line {row.line}", fields=row.raw)
    return _Account(name, kind, privileged(cells.get("groups", ""), kind), sign_in(cells.get("methods", "")), seen)


def _findings(account: _Account, named: _Named) -> Iterator[Finding]:
    signs = account.signs
    if signs is None:
        yield _sign_in(account, Strength.UNKNOWN, "the file gives no way of signing in for it", ())
    elif signs.weakest is Strength.UNKNOWN and account.admin:
        says = f"it is not known how strong {' and '.join(signs.unknown)} is"
        yield _sign_in(account, Strength.UNKNOWN, says, signs.words)
    elif signs.weakest in (Strength.PASSWORD, Strength.WEAK, Strength.PHISHABLE):
        says = f"the weakest way in is {SAYS[signs.weakest]} ({', '.join(signs.words)})"
        yield _sign_in(account, signs.weakest, says, signs.words)
    if account.admin and named and account.name not in named:
        yield _not_named(account)


def _sign_in(account: _Account, strength: Strength, says: str, words: Sequence[str]) -> Finding:
    unknown = strength is Strength.UNKNOWN
    how = "its sign-in is unknown" if unknown else f"it may sign in with {', '.join(words)}"
    reasons = [Reason(name="sign-in", says=says, value=strength.name.lower(), weight=1.0, evidence=SOURCES)]
    return Finding(
        id=finding_id("identity", "identity/sign-in", None, account.name, [account.seen.fields]),
        kind="identity",
        title=f"{account.name} ({_called(account)}): {how}",
        severity=SEVERITY[strength, account.admin],
        confidence="low" if unknown else "high",
        user=account.name,
        techniques=(_valid_accounts(account.groups), *techniques(words, strength)),
        evidence=(account.seen,),
        why=(*reasons, *_admin(account)),
        could_also_be=_otherwise(account),
        next=_next(account, unknown),
    )


def _not_named(account: _Account) -> Finding:
    says = "org.toml does not name it among the administrators (organisation.admins)"
    return Finding(
        id=finding_id("identity", "identity/not named", None, account.name, [account.seen.fields]),
        kind="identity",
        title=f"{account.name}: an administrator nobody named, in {', '.join(account.groups.names)}",
        severity="high",
        confidence="high",
        user=account.name,
        techniques=(_valid_accounts(account.groups), "T1098"),
        evidence=(account.seen,),
        why=(Reason(name="not named", says=says, weight=1.0), *_admin(account)),
        could_also_be=("a new administrator whom org.toml does not name yet", "an account for emergencies"),
        next=(
            f"ask the owner of the directory who put {account.name} into {account.groups.names[0]}, and when",
            "take it out of the group, or name it in org.toml",
        ),
    )


class _UnknownWords:
    """The words for methods in a file that are not known: how many accounts have each, and the first rows with it."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.forms: dict[str, str] = {}
        self.seen: dict[str, list[Observed]] = {}

    def note(self, account: _Account) -> None:
        forms = {plain(word): word for word in (account.signs.unknown if account.signs else ())}
        for word, form in forms.items():
            self.counts[word] += 1
            self.forms.setdefault(word, form)
            rows = self.seen.setdefault(word, [])
            if len(rows) < _SHOWN:
                rows.append(account.seen)

    def findings(self) -> Iterator[Finding]:
        """One finding a word."""
        for word, count in self.counts.items():
            yield _unknown_word(self.forms[word], count, self.seen[word])


def _unknown_word(word: str, count: int, seen: Sequence[Observed]) -> Finding:
    accounts = f"{count} accounts" if count != 1 else "1 account"
    says = f"{word!r} is no way of signing in that is known here; {accounts} may use it"
    return Finding(
        id=finding_id("identity", f"identity/word/{plain(word)}", None, None, [one.fields for one in seen]),
        kind="identity",
        title=f"sign-in method {word!r} is not known here ({accounts})",
        severity="low",
        confidence="low",
        evidence=tuple(seen),
        why=(Reason(name="unknown method", says=says, met=False, evidence=SOURCES),),
        could_also_be=("a phishing-resistant method under another name",),
        next=(f"find out what {word!r} is; docs/auditing.md lists the words that are known",),
    )


def _admin(account: _Account) -> tuple[Reason, ...]:
    if not account.admin:
        return ()
    says = f"it is an administrator: {', '.join(account.groups.names)}"
    return (Reason(name="administrator", says=says, weight=1.0),)


def _valid_accounts(groups: Groups) -> str:
    """Valid accounts as ATT&CK has them: of a domain, of a cloud, or of either where the groups do not tell."""
    if groups.domain == groups.cloud:
        return "T1078"
    return "T1078.002" if groups.domain else "T1078.004"


def _called(account: _Account) -> str:
    words = ["administrator"] * account.admin + ["service account"] * account.service
    return ", ".join(words) or "user"


def _otherwise(account: _Account) -> tuple[str, ...]:
    if account.service:
        return ("an account that is kept from interactive sign-in by policy", "a secret that a vault changes often")
    return ("a policy that refuses the weaker methods at sign-in", "a method that is registered for resets alone")


def _next(account: _Account, unknown: bool) -> tuple[str, ...]:
    if unknown:
        return (f"find out how {account.name} signs in, and audit again",)
    if account.service:
        return (
            f"keep {account.name} from signing in interactively, and from anywhere but its own servers",
            "replace its password by a managed identity or a certificate",
        )
    return (
        f"give {account.name} a FIDO2 key, a passkey, Windows Hello for Business or a certificate",
        "then take the weaker methods away, so that nobody can fall back on them",
    )


class _Named:
    """The administrators that org.toml names: CORP\\ada and ada@corp.example are the ada of a file without domains,
    but ada@corp.example is not ada@other.example."""

    def __init__(self, names: Iterable[str]) -> None:
        self.whole = {name.strip().casefold() for name in names}
        self.alone = {_alone(name) for name in self.whole}

    def __bool__(self) -> bool:
        return bool(self.whole)

    def __contains__(self, account: str) -> bool:
        folded = account.strip().casefold()
        alone = _alone(folded)
        return folded in self.whole or alone in (self.alone if alone == folded else self.whole)


def _alone(name: str) -> str:
    """An account's name without its domain."""
    return name.rpartition("\\")[2].partition("@")[0]
