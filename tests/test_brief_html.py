"""The page: self-contained, inert whatever stands in the case, and every link in it leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import html as parser

from hostile_case import EVIL, hostile_case, hostile_org_case
from sample_case import TEXT, empty_case, sample_case
from sample_findings import bare_case, clean_case, org_case
from tocsin.brief import html
from tocsin.brief.answer import judged
from tocsin.brief.passage import passages
from tocsin.brief.svg import wrapped
from tocsin.brief.words import shown
from tocsin.model import Case, from_json, to_json

CASES = [sample_case, empty_case, hostile_case, org_case, clean_case, bare_case, hostile_org_case]


def tree(case):
    return parser.document_fromstring(html(case()))


@pytest.mark.parametrize("case", CASES)
def test_nothing_on_the_page_can_run(case):
    page = tree(case)
    assert page.xpath("//script | //iframe | //object | //embed | //form | //base") == []
    assert [
        name for element in page.iter() if element.tag is not None for name in element.attrib if name.startswith("on")
    ] == []
    assert page.xpath("//@style") == []
    assert all(link.startswith(("#", "http://", "https://")) for link in page.xpath("//@href"))


@pytest.mark.parametrize("case", CASES)
def test_nothing_is_fetched(case):
    page = tree(case)
    assert page.xpath("//link | //img | //@src | //@srcset | //@data") == []
    style = page.xpath("//style")[0].text
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize("case", CASES)
def test_the_policy_allows_the_one_style_sheet_and_nothing_else(case):
    page = tree(case)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    digest = base64.b64encode(hashlib.sha256(page.xpath("//style")[0].text.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert len(page.xpath("//style")) == 1


@pytest.mark.parametrize("case", CASES)
def test_every_inner_link_leads_to_one_place(case):
    page = tree(case)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


@pytest.mark.parametrize("case", CASES)
def test_links_that_leave_give_nothing_away(case):
    for link in tree(case).xpath("//a[starts-with(@href, 'http')]"):
        assert link.get("rel") == "noreferrer noopener"


@pytest.mark.parametrize("case", [hostile_case, hostile_org_case])
def test_hidden_characters_are_shown(case):
    page = html(case())
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    assert "⟦U+202E⟧gnp.exe⟦U+202C⟧" in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(("case", "most"), [(hostile_case, 200_000), (hostile_org_case, 400_000)])
def test_a_word_of_a_million_letters_is_cut_and_counted(case, most):
    page = html(case())
    assert len(page) < most
    assert "more characters]" in page


def test_spans_point_at_the_right_text_although_characters_are_shown():
    case = hostile_case()
    claim = case.claims[0]
    marked = tree(hostile_case).xpath("//mark[@id='t-1']")[0].text_content()
    assert marked == shown(case.report.text[claim.start : claim.end])
    assert EVIL not in marked


def test_the_text_is_whole_and_marked_where_claims_stand():
    items = judged(sample_case())
    found = passages(sample_case().report, items)
    assert [piece.text for passage in found for piece in passage.pieces] != []
    assert "".join("".join(piece.text for piece in one.pieces) for one in found) == TEXT.replace("\n", "")
    starts = [number for one in found for piece in one.pieces for number in piece.starts]
    assert sorted(starts) == [item.number for item in items]


def test_a_shared_sentence_leads_to_each_of_its_claims_and_wears_the_worst_verdict():
    page = tree(sample_case)
    mark = page.xpath("//mark[contains(., 'Integrity Technology Group and the Iranian')]")[0]
    assert mark.get("class") == "contradicted"
    chips = [chip.get("href") for chip in mark.xpath("following-sibling::a[contains(@class, 'chip')]")[:3]]
    numbers = {item.number for item in judged(sample_case()) if item.claim.id in {"c1", "c2", "c3"}}
    assert {f"#c-{number}" for number in numbers} == set(chips)


def test_a_claim_outside_the_text_gets_a_card_but_no_place_in_it():
    page = tree(hostile_case)
    assert page.xpath("//article[@id='c-3']")
    assert not page.xpath("//a[@href='#t-3']")


def test_verdicts_are_told_by_word_and_sign_and_not_by_colour_alone():
    badges = {badge.text_content() for badge in tree(sample_case).xpath("//*[@class='badge']")}
    assert badges == {"✕Contradicted", "◐Partly true", "?Unknown", "✓Corroborated"}


def test_names_carry_their_language_and_direction():
    page = tree(sample_case)
    assert page.xpath("//bdi[@lang='zh']/text()")[0].startswith("武汉")
    assert page.xpath("//bdi[@dir='rtl']/@lang")[0] == "und-Arab"


def test_the_drawings_show_ties_and_what_is_wrongly_claimed():
    page = tree(sample_case)
    titles = page.xpath("//*[local-name()='title']/text()")
    assert any("EU designated Wuhan Xiaoruizhi" in title and "Contradicted" in title for title in titles)
    assert any("US listed Wuhan Xiaoruizhi" in title and "25 March 2024" in title for title in titles)
    assert any(title.startswith("16 March 2026: EU listed") for title in titles)


def test_where_pack_and_list_differ_both_words_stand_and_which_decides():
    page = html(sample_case())
    assert "the pack has listed 2024-03-25; UK-SL as of 2026-06-01: listed 2024-03-26" in page
    assert "The list decides" in page
    assert "An owner" in page and "owns 50 %" in page


def test_labels_wrap_within_their_box():
    assert wrapped("one two three", 60, 2) == ("one two", "three")
    assert wrapped("a" * 100, 70, 2)[-1].endswith("…")
    assert len(wrapped("武汉" * 40, 100, 3)) == 3


def test_nothing_to_draw_gives_no_empty_section():
    page = tree(empty_case)
    assert page.xpath("//*[@class='drawing']") == []
    assert "makes no claim" in page.text_content()
    assert page.xpath("//h1/text()") == ["quiet.txt"]


@pytest.mark.parametrize("case", CASES)
def test_a_saved_case_prints_the_same_page(case):
    assert html(from_json(to_json(case()), Case)) == html(case())


def test_sources_are_numbered_and_records_know_their_claims():
    page = tree(sample_case)
    first = page.xpath("//li[@id='s-1']")[0].text_content()
    assert "Cyber designations and attributions" in first
    assert "grade B" in first
    assert page.xpath("//li[@id='e-1']//a[@href='#c-1']")
