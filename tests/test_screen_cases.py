"""Ways in which people write names: the shared cases on which other tools fail, and made ones of the same kinds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from screen_parties import LIST, best, party, screener_of
from tocsin.model import Name, Party
from tocsin.screen import Query, Screener, screen_table

CASES = Path(__file__).parents[2] / "shared" / "cases"

PARTIES = (
    party("1", "JSC Kvadrantum", schema="Company", country="RU"),
    party("2", "Tomas Aldo Vieira Prado", schema="Person", country="BR", born="1959-07-30"),
    party("3", "Otto Heinrich Falkenrath", schema="Person", country="AT"),
    party("4", "Merlin Gas Company", schema="Company", country="RU"),
    party("5", "Xingyue Baoling Communication Group Co., Ltd.", schema="Company", country="CN"),
    party("6", "So-called High Court of the Tarnic People's Republic", schema="Organization"),
    party("7", "Chen Ruolan", schema="Person", country="CN", weak=("Nightjar", "The Painter")),
)


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    return screener_of(tmp_path_factory.mktemp("home"), PARTIES)


@pytest.mark.parametrize(
    ("name", "allowed", "number"),
    [
        ("JSCKVADRANTUM", "alert review", "1"),
        ("KvadrantumOOO", "alert review", "1"),
        ("VIEIRA PRADO, Tomas Aldo", "alert", "2"),
        ("Vieira Prado", "review", "2"),
        ("Tomas A. Vieira Prado", "alert review", "2"),
        ("O. H. Falkenrath", "review", "3"),
        ("Falkenrath, Otto H", "alert review", "3"),
        ("MERLIN GAS COMP", "alert review", "4"),
        ("XINGYUE BAOLING COMM GRP", "alert review", "5"),
        ("BAOLING XINGYUE", "alert review", "5"),
        ("High Court of the Tarnic Peoples Republic", "alert review", "6"),
        ("Nightjar", "review", "7"),
        ("The Painter", "review", "7"),
    ],
)
def test_short_cut_glued_and_turned_names_come_back(screener: Screener, name: str, allowed: str, number: str) -> None:
    answer = screener.screen(Query(name=name))
    assert answer.decision in allowed.split()
    assert best(answer, number)


@pytest.mark.parametrize(
    "name",
    [
        "Monumentum JSC",
        "K. H. Falkenberg",
        "X. Y. Falkenrath",
        "Falcon Gas Comp",
        "Yueling Communication Group",
        "High Court of Justice",
        "Painter Services Ltd",
        "People's Republic",
        "Ltd",
        "H.",
    ],
)
def test_what_shares_only_such_parts_is_clear(screener: Screener, name: str) -> None:
    assert not any(hit.decision != "clear" for hit in screener.screen(Query(name=name)).hits if hit.list == LIST)


def test_a_weak_alias_says_so_and_counts_with_other_evidence(screener: Screener) -> None:
    alone = best(screener.screen(Query(name="Nightjar")), "7")
    assert alone is not None
    assert "weak alias" in alone.features[0].says
    more = best(screener.screen(Query(name="Nightjar", country="CN", type="person")), "7")
    assert more is not None
    assert more.score > alone.score


def shared() -> list[Any]:
    file = CASES / "cases.jsonl"
    if not file.exists():
        return [pytest.param({}, id="absent", marks=pytest.mark.skip(reason="the shared cases are not here"))]
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [pytest.param(row, id=row["id"]) for row in rows if row["id"].startswith("scr-")]


def of_ftm(line: str) -> Party:
    """A party of a FollowTheMoney file, by the properties that these cases have."""
    entity = json.loads(line)
    said: dict[str, list[str]] = entity["properties"]
    names = [Name(name=one) for one in (*said.get("name", [])[1:], *said.get("alias", []))]
    country = (*said.get("country", []), *said.get("nationality", []), "")[0].upper()
    return Party(
        ref=f"{LIST}:{entity['id']}",
        name=entity["caption"],
        schema=entity["schema"],
        names=(*names, *(Name(name=one, kind="weak") for one in said.get("weakAlias", []))),
        country=country or None,
        born=(*said.get("birthDate", []), "")[0] or None,
        identifiers=tuple(f"id:{one}" for one in said.get("idNumber", [])),
        emails=tuple(said.get("email", [])),
    )


@pytest.mark.parametrize("case", shared())
def test_the_shared_cases_are_right(case: dict[str, Any], tmp_path: Path) -> None:
    folder = CASES / "files" / case["id"]
    lines = (folder / "lists" / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    screener = screener_of(tmp_path / "home", map(of_ftm, lines))
    answers = {str(one.row): one for one in screen_table(screener, folder / "counterparties.csv")}
    for row, wanted in case["expect"]["rows"].items():
        allowed, _, number = wanted.partition(":")
        assert answers[row].decision in allowed.split("|"), row
        assert not number or answers[row].decision == "clear" or best(answers[row], number), row
