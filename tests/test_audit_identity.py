"""The identity audit: the weakest way in counts, and an administrator whom nobody named is said."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.audit import IdentityAudit, audit_identity
from tocsin.audit.groups import privileged
from tocsin.audit.methods import METHODS, Strength, sign_in
from tocsin.model import Finding, Organisation

HEAD = "account,enabled,type,groups,methods\n"
SHARED = Path(__file__).parents[2] / "shared" / "cases" / "files"


def identities(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "accounts.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def audit(*paths: Path, admins: tuple[str, ...] = (), columns: dict[str, str] | None = None) -> IdentityAudit:
    organisation = Organisation(name="Beispiel", admins=admins)
    return audit_identity(list(paths), columns=columns, organisation=organisation, today=datetime.date(2026, 11, 25))


def by_user(found: IdentityAudit) -> dict[str | None, Finding]:
    return {one.user: one for one in found.looked.findings}


def test_the_weakest_method_that_is_allowed_counts(tmp_path: Path) -> None:
    path = identities(
        tmp_path,
        "key,true,member,Staff,fido2",
        "both,true,member,Staff,fido2;mobilePhone",
        "reset,true,member,Staff,fido2|email",
        "first,true,member,Staff,Password; FIDO2 security key",
        "totp,true,member,Staff,softwareOneTimePasscode",
        "alone,true,member,Staff,password",
        "mail,true,member,Staff,email",
        "push,true,member,Staff,password+push",
        "blank,true,member,Staff,",
        "gone,false,member,Staff,sms",
    )
    found = by_user(audit(path))
    assert {user: one.severity for user, one in found.items()} == {
        "both": "medium",
        "totp": "low",
        "alone": "medium",
        "mail": "medium",
        "push": "medium",
        "blank": "low",
    }
    assert found["both"].title == "both (user): it may sign in with mobilePhone"
    assert found["both"].techniques == ("T1078", "T1111")
    assert found["alone"].techniques == ("T1078", "T1110")
    assert found["push"].techniques == ("T1078", "T1621")
    assert "no way of signing in" in found["blank"].why[0].says
    assert found["blank"].confidence == "low"
    assert all(one.kind == "identity" and one.host is None for one in found.values())
    assert all(source.url and source.url.startswith("https://") for source in found["totp"].why[0].evidence)


def test_administrators_are_worse_and_are_found_by_group_in_several_languages(tmp_path: Path) -> None:
    path = identities(
        tmp_path,
        "a1,yes,,Domain Admins;Staff,sms",
        "a2,yes,,Domänen-Admins,totp",
        "a3,yes,,Administrateurs,password",
        "a4,yes,,S-1-5-21-1004336348-1177238915-682003330-512,sms",
        "a5,yes,,Global Administrator,microsoftAuthenticatorPush",
        'a6,yes,,"CN=Domain Admins,CN=Users,DC=corp,DC=example;CN=Staff,DC=corp",sms',
        "a7,yes,admin,,",
        "a8,yes,,CORP\\Enterprise Admins,fido2",
        "s1,yes,Service Account,Backup Operators,password",
        "u1,yes,,Readers,sms",
    )
    result = audit(path)
    found = by_user(result)
    assert {user: one.severity for user, one in found.items()} == {
        "a1": "critical",
        "a2": "high",
        "a3": "critical",
        "a4": "critical",
        "a5": "high",
        "a6": "critical",
        "a7": "high",
        "s1": "critical",
        "u1": "medium",
    }
    assert found["a1"].techniques[0] == "T1078.002"
    assert found["a5"].techniques[0] == "T1078.004"
    assert found["s1"].title.startswith("s1 (administrator, service account)")
    assert "managed identity" in found["s1"].next[1]
    assert result.admins["Domain Admins"] == ["a1", "a6"]
    assert result.admins["Enterprise Admins"] == ["a8"]
    assert result.admins["administrators by type"] == ["a7"]
    assert "Staff" not in result.admins


def test_an_administrator_nobody_named(tmp_path: Path) -> None:
    path = identities(
        tmp_path,
        "ada@corp.example,true,,Domain Admins,fido2",
        "CORP\\bo,true,,Domain Admins,whfb",
        "cy,true,,Domain Admins,smart card",
        "ada@other.example,true,,Domain Admins,fido2",
        "gone,disabled,,Domain Admins,fido2",
    )
    assert audit(path).looked.findings == ()
    found = audit(path, admins=("Ada@corp.example", "bo", "cy@corp.example")).looked.findings
    assert [one.user for one in found] == ["ada@other.example"]
    assert found[0].severity == "high"
    assert "nobody named" in found[0].title


def test_an_organisation_in_which_all_is_well_yields_nothing(tmp_path: Path) -> None:
    path = identities(
        tmp_path,
        "ada,true,member,Domain Admins,FIDO2; Windows Hello for Business",
        "bo,true,member,Staff,passKeyDeviceBoundAuthenticator",
        "cy,true,member,Staff,certificate|email",
        "di,true,member,Staff,Smart Card",
        "svc,true,service,Staff,certificate",
        "old,false,member,Domain Admins,password",
    )
    result = audit(path, admins=("ada",))
    assert result.looked.findings == ()
    assert result.looked.left_out == ()
    assert result.looked.inputs[0].records == 6
    assert result.admins == {"Domain Admins": ["ada"]}


def test_a_word_that_is_not_known_is_one_finding_a_file(tmp_path: Path) -> None:
    path = identities(
        tmp_path,
        "a,true,,Staff,quantum key",
        "b,true,,Staff,fido2;Quantum-Key",
        "c,true,,Staff,quantum key;sms",
        "d,true,,Domain Admins,fido2;quantum key",
    )
    found = audit(path).looked.findings
    words = [one for one in found if one.user is None]
    assert [one.title for one in words] == ["sign-in method 'quantum key' is not known here (4 accounts)"]
    assert len(words[0].evidence) == 4
    assert {one.user: one.severity for one in found if one.user} == {"c": "medium", "d": "high"}


@pytest.mark.parametrize("name", ["userRegistrationDetails.json", "users.JSON"])
def test_exports_as_json_are_a_fault_that_says_what_is_understood(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"value": []}')
    identities(tmp_path, "a,true,,Staff,sms")
    result = audit(tmp_path)
    (fault,) = result.looked.left_out
    assert Path(fault.file).name == name
    assert "CSV" in fault.todo
    assert len(result.looked.findings) == 1


def test_a_file_without_the_columns_is_a_fault_and_mapped_columns_are_used(tmp_path: Path) -> None:
    path = identities(tmp_path, "ada;1;SMS", head="Benutzername;aktiv;Anmeldung\n")
    assert "no column for" in audit(path).looked.left_out[0].why
    result = audit(path, columns={"account": "Benutzername", "methods": "Anmeldung", "enabled": "aktiv"})
    assert result.looked.left_out == ()
    assert result.looked.findings[0].user == "ada"


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize("case", ["idn-weakest-method", "idn-ad-stale"])
def test_exports_that_are_not_understood_yet_are_named(case: str) -> None:
    looked = audit(SHARED / case).looked
    assert len(looked.left_out) == len(list((SHARED / case).iterdir()))
    assert looked.findings == ()


@given(st.lists(st.sampled_from(sorted(METHODS)), min_size=1, max_size=6), st.sampled_from([";", ",", "|", "; ", "+"]))
def test_one_more_method_never_makes_an_account_safer(words: list[str], sign: str) -> None:
    whole, part = sign_in(sign.join(words)), sign_in(words[0])
    assert whole is not None
    assert part is not None
    if part.weakest > Strength.PASSWORD:
        assert whole.weakest <= part.weakest


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_cell_is_too_odd(cell: str, kind: str) -> None:
    found = sign_in(cell)
    assert found is None or found.weakest in Strength
    assert len(privileged(cell, kind).names) == len(set(privileged(cell, kind).names))
