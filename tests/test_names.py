"""Is this the same name? Real names in the scripts and spellings in which lists and reports give them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.names import (
    clean,
    compare,
    countries_in,
    fold,
    glue,
    name_tokens,
    origin_of,
    script_of,
    sectors_in,
    skeleton,
    tokenise,
)

PAIRS = Path(__file__).parents[2] / "shared" / "data" / "names" / "pairs_dev.csv"
# Names as people and machines write them, broken ones among them.
ANY_NAME = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="abcdeilmnorst ABC-'.,&()", max_size=30),
    st.text(alphabet="йцукенгшщзхъфывапролджэячсмитьбю ", max_size=20),
    st.text(alphabet="安洵信息技术有限公司四川无糖网络科技", max_size=12),
    st.text(alphabet="محمدباقرشیرینکار \u200c", max_size=20),
    st.text(alphabet="김정은박진혁 ", max_size=10),
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wuhan Xiaoruizhi Science and Technology Company, Ltd.", "Wuhan Xiaoruizhi Science & Technology Co., Ltd"),
        ("APT 31", "APT-31"),
        ("Anxun Information Technology Co., Ltd.", "ANXUN INFORMATION TECHNOLOGY CO LTD"),
        ("安洵信息技术有限公司", "Anxun Information Technology"),
        ("四川无声信息技术有限公司", "Sichuan Wusheng Information Technology Co., Ltd."),
        ("ООО «Импульс»", "Impuls LLC"),
        ("Общество с ограниченной ответственностью «Импульс»", "OOO Impuls"),
        ("Щербаков", "Shcherbakov"),
        ("박진혁", "Bagjinhyeog"),
        ("Brigadier General Hamid Reza Lashgarian", "Hamid Reza Lashgarian"),
        ("Café Noir", "cafe noir"),
    ],
)
def test_the_same_name_in_another_dress(one: str, other: str):
    assert compare(one, other).score >= 0.99
    assert compare(other, one).score >= 0.99


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Emmenet", "Emennet"),
        ("Emmenet Pasargad", "Emennet Pasargad"),
        ("Judgement Panda", "Judgment Panda"),
        ("Karimi Farzin", "Farzin Karimi"),
        ("KARIMI, Farzin", "Farzin Karimi"),
        ("Wuhan Xiaoruizhi", "Wuhan Xiaoruizhi Science and Technology Company, Limited"),
        ("Integrity Tech", "Integrity Technology Group"),
        ("محمد باقر شیرینکار", "Mohammad Bagher Shirinkar"),
        ("Mohammad Bagher Shirinkar", "محمد باقر شیرینکار"),
        ("Mahak Rayan Afraz", "Mahak Rayan Afrz"),
        ("Zirconium", "Zirkonium"),
    ],
)
def test_reordered_misspelt_shortened_or_in_another_script(query: str, name: str):
    assert 0.7 <= compare(query, name).score < 1.0


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("APT28", "APT29"),
        ("APT 3", "APT 31"),
        ("UNC1549", "UNC1594"),
        ("Unit 61398", "Unit 61419"),
        ("TA505", "TA506"),
        ("Cyber Security Technology", "Anxun Cyber Security Technology"),
        ("Sichuan Information Technology", "Sichuan Anxun Information Technology Co., Ltd."),
        ("Wuhan Science and Technology Company", "Wuhan Xiaoruizhi Science and Technology Company"),
        ("Chengdu Beta Information Technology", "Chengdu 404 Information Technology"),
        ("Ali Rezaei", "Ali Mahdavian"),
        ("习近朋", "习近平"),
        ("김종은", "김정은"),
        ("Ltd", "Anxun Information Technology Co., Ltd."),
    ],
)
def test_other_parties_are_no_match(query: str, name: str):
    assert compare(query, name).score < 0.7
    assert compare(name, query).score < 0.7


def test_reasons_say_which_word_matched_which_and_what_is_left_over():
    score, reason = compare("Emmenet Corp", "Emennet Pasargad")
    assert 0.6 < score < 0.7
    assert [(part.name, part.says, part.met) for part in reason.parts] == [
        ("fuzzy", "emmenet ~ emennet", True),
        ("left over", "pasargad of the name is not asked for", False),
    ]


def test_two_names_that_each_have_a_word_of_their_own_score_below_a_short_form():
    short = compare("Sabawi Ibrahim", "Sabawi Ibrahim Tikriti").score
    other = compare("Sabawi Ibrahim Mosuli", "Sabawi Ibrahim Tikriti").score
    assert other < 0.7 < short


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Anxun", "Latn"),
        ("安洵", "Hani"),
        ("Импульс", "Cyrl"),
        ("شرکت", "Arab"),
        ("박진혁", "Hang"),
        ("カタカナ", "Jpan"),
        ("שלום", "Hebr"),
        ("", "Latn"),
    ],
)
def test_scripts_have_their_iso_15924_code(text: str, script: str):
    assert script_of(text) == script


def test_keys_of_names():
    assert name_tokens("Wuhan Xiaoruizhi Science and Technology Co., Ltd.") == (
        "wuhan",
        "xiaoruizhi",
        "science",
        "and",
        "technology",
    )
    assert name_tokens("Limited") == ("limited",)  # nothing else would be left
    assert name_tokens("S.p.A. Ferri") == ("ferri",)
    assert glue("APT-31") == glue("apt 31") == "apt31"
    assert fold("Щербаков É") == "shcherbakov e"
    assert clean("a\u202eb\u200b  c\n") == "ab c"
    assert skeleton("محمد") == skeleton("Mohammad") == "mhmd"
    assert skeleton("Li") == ""


def test_words_of_a_text_lead_back_to_their_place():
    text = "APT31’s tools, “ZIRCONIUM” and Ірпінь"
    tokens = tokenise(text)
    assert [text[one.start : one.end] for one in tokens] == ["APT31", "tools", "ZIRCONIUM", "and", "Ірпінь"]
    assert [one.form for one in tokens][::2] == ["apt31", "zirconium", "irpin"]


def test_a_word_of_a_million_letters_keeps_its_place():
    (token,) = tokenise("x" * 1_000_000)
    assert (token.start, token.end, len(token.form)) == (0, 1_000_000, 200)


def test_places_and_sectors_as_texts_name_them():
    assert countries_in("hit firms in Germany, the U.S. and Albanian agencies; tell us more") == ["DE", "AL", "US"]
    assert origin_of("APT31 is a China-based threat actor that targets Iranian dissidents") == "CN"
    assert origin_of("A group that targets France") is None
    assert sectors_in("telecoms, municipal agencies and law firms") == ["government", "telecommunications", "legal"]


@settings(max_examples=300, deadline=None)
@given(ANY_NAME, ANY_NAME)
def test_comparing_never_raises_and_is_about_the_same_both_ways(one: str, other: str):
    there, back = compare(one, other), compare(other, one)
    assert 0.0 <= there.score <= 1.0
    assert there.reason.value == there.score
    assert there.reason.says
    if name_tokens(one) == name_tokens(other) != ():
        assert there.score == back.score == 1.0
    if there.score >= 0.99:
        assert back.score == there.score


@settings(max_examples=200, deadline=None)
@given(ANY_NAME.filter(name_tokens))
def test_a_name_is_itself(name: str):
    assert compare(name, name).score == 1.0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_words_point_into_the_text(text: str):
    end = 0
    for token in tokenise(text):
        assert end <= token.start < token.end <= len(text)
        assert token.form == token.form.lower()
        end = token.end


@pytest.mark.skipif(not PAIRS.exists(), reason="the benchmark of name pairs is not here")
def test_pairs_of_the_benchmark():
    with PAIRS.open(encoding="utf-8") as handle:
        scored = [
            (compare(row["name1"], row["name2"]).score, row["is_match"] == "true") for row in csv.DictReader(handle)
        ]
    right = sum(match and score >= 0.7 for score, match in scored)
    found, true = sum(score >= 0.7 for score, _ in scored), sum(match for _, match in scored)
    assert 2 * right / (found + true) >= 0.84  # F1
