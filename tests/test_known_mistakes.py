"""What a reader of news gets wrong easily: names in short, names of two actors, lists that decide something else."""

from __future__ import annotations

import pytest

from asking import checked, claims_of, judged, line_of
from tocsin.read.claims.sentences import LONGEST, sentences_of
from tocsin.read.extract.report import report_of


@pytest.mark.parametrize(
    "text",
    [
        "The EU sanctioned Jane Nobody in April 2021.",
        "The US sanctioned two Iranian companies in June 2024 over drones.",
    ],
)
def test_the_cyber_tables_refute_no_listing_that_may_be_of_another_kind(text: str) -> None:
    assert [verdict.verdict for verdict in checked(text).verdicts] == ["unknown"]


def test_they_do_where_the_report_is_about_attacks() -> None:
    text = "The EU sanctioned Foobar Technology, whose hackers broke into Chinese embassies."
    assert judged(text, "designated", "Foobar Technology").verdict == "contradicted"


def test_a_measure_on_a_firm_in_no_catalogue_is_not_borne_out_by_the_listings_of_others() -> None:
    found = checked("The EU froze the assets of Chengdu Fantasy Technology Co., a Chinese company.")
    assert "corroborated" not in [verdict.verdict for verdict in found.verdicts]


@pytest.mark.parametrize(("text", "thing"), [("belongs to the SVR", "sponsor:svr"), ("uses MiniDuke", "S0051")])
def test_what_holds_of_one_bearer_of_a_shared_name_holds_and_says_of_whom(text: str, thing: str) -> None:
    verdict = judged(f"Grizzly Steppe {text}.", text.split()[0].replace("belongs", "belongs_to"), thing)
    assert verdict.verdict == "corroborated"
    assert "shared name" in [reason.name for reason in verdict.why]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The EU delisted Arvan Cloud in April 2024.", "corroborated"),
        ("The EU delisted Arvan Cloud in 2020.", "partly"),
        ("The EU has not delisted Arvan Cloud.", "contradicted"),
        ("Sichuan Silence was removed from the SDN list.", "contradicted"),
    ],
)
def test_a_delisting_is_judged_with_its_date_and_its_denial(text: str, expected: str) -> None:
    assert [verdict.verdict for verdict in checked(text).verdicts] == [expected]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("The Council listed Anxun.", ["EU | designated | party:anxun"]),
        ("The US sanctioned Wuhan Xiaoruizhi.", ["US | designated | party:wuhan-xiaoruizhi"]),
        ("The US sanctioned Aleksandr Ermakov.", ["US | designated | party:aleksandr-ermakov"]),
        ("Emennet Pasargad is based in Tehran.", ["party:emennet-pasargad | located_in | IR"]),
        ("Zhao Guangzong isn't on the EU list.", ["EU | not_designated | party:zhao-guangzong"]),
        ("Zhao Guangzong is not subject to EU sanctions.", ["EU | not_designated | party:zhao-guangzong"]),
        (
            "Neither the EU nor the UK has sanctioned Sichuan Juxinhe.",
            ["EU | not_designated | party:sichuan-juxinhe", "UK | not_designated | party:sichuan-juxinhe"],
        ),
        ("It is highly likely that APT31 belongs to the MSS.", ["G0128 | belongs_to | sponsor:mss | very likely"]),
        ("APT29 is attributed to the SVR.", ["G0016 | belongs_to | sponsor:svr"]),
        (
            "The US Treasury sanctioned Zhao Guangzong and Ni Gaobin, two hackers of Wuhan Xiaoruizhi.",
            [
                "US | designated | party:zhao-guangzong",
                "US | designated | party:ni-gaobin",
                "party:ni-gaobin | belongs_to | party:wuhan-xiaoruizhi",
            ],
        ),
    ],
)
def test_short_names_denials_and_asides_are_read(text: str, lines: list[str]) -> None:
    assert sorted(line_of(claim).removesuffix(" | not") for claim in claims_of(text)) == sorted(lines)


def test_a_sentence_too_long_for_prose_is_read_in_parts() -> None:
    report = report_of("The EU sanctioned Wu Haibo and " * 500)
    parts = list(sentences_of(report))
    assert max(part.end - part.start for part in parts) <= LONGEST
    assert " ".join(part.text for part in parts).split() == report.text.split()
