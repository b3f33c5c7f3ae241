"""org.toml and the organisation's tables: what is understood, and what one is told where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model import TocsinError
from tocsin.org import COLUMNS, files_of, load_org, open_table

SMALL = """
[organisation]
name = "Beispiel Werke"
countries = ["de", "CZ"]
jurisdictions = ["US"]
admins = ["adm.weiss"]

[[asset]]
name = "vpn01"
role = "vpn"
addresses = ["198.51.100.10"]
sensitive = true

[evidence]
logs = ["logs"]
counterparties = ["partners.csv"]

[columns.counterparties]
name = "Geschäftspartner"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "org.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_who_we_are_and_whose_law_binds_us(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    org = load_org(written(tmp_path, SMALL))
    assert org.about.countries == ("DE", "CZ")
    assert org.about.jurisdictions == ("EU", "US")
    assert org.evidence.logs == (tmp_path / "logs",)
    asset = org.about.asset("VPN01.beispiel.example")
    assert asset is not None
    assert asset.sensitive
    assert org.about.asset("vpn") is None


def test_evidence_that_is_not_there_is_named_and_the_rest_is_used(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    evidence = load_org(written(tmp_path, SMALL)).evidence
    assert evidence.counterparties == ()
    assert [Path(fault.file).name for fault in evidence.missing] == ["partners.csv"]
    assert "evidence.counterparties" in evidence.missing[0].todo


@pytest.mark.parametrize(
    ("was", "becomes", "place", "says"),
    [
        ("countries =", "cuntries =", "organisation", "cuntries"),
        ('"de"', '"Germany"', "organisation.countries", "GERMANY"),
        ('role = "vpn"', 'role = "gateway"', "asset[0].role", "gateway"),
        ("198.51.100.10", "198.51.100.300", "asset[0].addresses", "198.51.100.300"),
        ("[columns.counterparties]", "[columns.partners]", "columns.partners", "counterparties"),
        ('name = "Geschäftspartner"', 'nam = "Firma"', "columns.counterparties.nam", "name"),
        ("sensitive = true", "sensitive = ", "", "not TOML"),
        ('name = "Beispiel Werke"', "", "organisation", "name"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_place(
    tmp_path: Path, was: str, becomes: str, place: str, says: str
) -> None:
    with pytest.raises(TocsinError) as error:
        load_org(written(tmp_path, SMALL.replace(was, becomes)))
    assert error.value.fault.file.endswith("org.toml")
    assert error.value.fault.place == place
    assert says in error.value.fault.why


def table(folder: Path, text: str | bytes, kind: str = "counterparties", columns: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    path = folder / "table.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_table(path, kind, columns)


@pytest.mark.parametrize(
    "text",
    [
        "Supplier ID,Company Name,Country\n7,Nordwind AG,DE\n",
        "supplier_id;COMPANY NAME;Country Code\n7;Nordwind AG;DE\n",
        "\ufeffid\tname\tnationality\r\n7\tNordwind AG\tDE\r\n",
        "Land|Firma|Nr\nDE|Nordwind AG|7\n",
    ],
)
def test_columns_are_known_by_other_names_and_signs(tmp_path: Path, text: str) -> None:
    (row,) = table(tmp_path, text)
    assert (row.line, row.values) == (2, {"id": "7", "name": "Nordwind AG", "country": "DE"})


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    (row,) = table(tmp_path, "name;city\nMüller & Söhne;Köln\n".encode(encoding))
    assert row.values == {"name": "Müller & Söhne", "address": "Köln"}


def test_a_mapped_column_wins_over_a_known_one(tmp_path: Path) -> None:
    (row,) = table(tmp_path, "name,trading style\nx,Nordwind AG\n", columns={"name": "Trading Style"})
    assert row.values == {"name": "Nordwind AG"}


@pytest.mark.parametrize(
    ("text", "kind", "columns", "says"),
    [
        ("colour,size\nred,3\n", "counterparties", None, "no column for name"),
        ("name\nx\n", "counterparties", {"name": "Firma"}, "no column 'Firma'"),
        ("user,enabled\na,yes\n", "identities", None, "no column for methods"),
        ("", "inventory", None, "no column for asset"),
    ],
)
def test_a_table_without_a_needed_column_says_what_it_has_and_what_to_do(
    tmp_path: Path, text: str, kind: str, columns: dict[str, str] | None, says: str
) -> None:
    with pytest.raises(TocsinError) as error:
        table(tmp_path, text, kind, columns)
    assert says in error.value.fault.why
    assert f"[columns.{kind}]" in error.value.fault.todo


def test_rows_out_of_shape_are_used_and_named(tmp_path: Path) -> None:
    opened = table(tmp_path, "name,country\nA\nB,DE,extra\n\nC,FR\n")
    assert [row.values for row in opened] == [
        {"name": "A"},
        {"name": "B", "country": "DE"},
        {"name": "C", "country": "FR"},
    ]
    assert [fault.place for fault in opened.faults] == ["line 2", "line 3"]
    assert opened.read.records == 3


def test_an_open_quote_ends_the_table_with_a_word_and_keeps_what_was_read(tmp_path: Path) -> None:
    opened = table(tmp_path, 'name,country\nA,DE\n"B,FR\nC,FR\n')
    assert [row.values["name"] for row in opened] == ["A"]
    assert len(opened.faults) == 1
    assert "not readable further" in opened.faults[0].why


def test_an_endless_line_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    opened = table(tmp_path, "name,country\nA,DE\n" + "x" * (3 << 20) + "\n")
    assert [row.values["name"] for row in opened] == ["A"]
    assert "1,048,576" in opened.faults[0].why


@given(st.binary(max_size=400))
def test_no_table_ends_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    folder = tmp_path_factory.mktemp("tables")
    for kind in COLUMNS:
        try:
            opened = table(folder, b"name,asset,account,methods,prefix,kind\n" + raw, kind)
        except TocsinError:
            continue
        assert len(list(opened)) == opened.count


def test_hidden_files_are_no_evidence(tmp_path: Path) -> None:
    for name in ("b.log", "a.log", ".DS_Store", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in files_of([tmp_path])] == ["a.log", "b.log"]
