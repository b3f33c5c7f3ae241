"""What a brief says of an organisation: six honest answers, the law, findings with their records, and sums to redo."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from hostile_case import EVIL, hostile_org_case
from sample_case import sample_case
from sample_findings import FINDINGS, bare_case, clean_case, org_case
from tocsin.brief import answer_text, html, markdown
from tocsin.brief.grouping import parts, tie_words
from tocsin.brief.six import six
from tocsin.brief.words import figure, moment, plain, span_words
from tocsin.model import ActorTie, Examined, Finding, InputRead, LogRead, Reason, Risk

HEADINGS = [
    "IS IT TRUE?",
    "WHO IS BEHIND IT?",
    "DO WE DEAL WITH THEM?",
    "ARE THEY IN HERE?",
    "COULD THEY GET IN?",
    "WHAT FIRST, AND BY WHEN?",
]


def tree(case):
    return parser.document_fromstring(html(case))


def words(element):
    return " ".join(element.text_content().split())


def answers(case):
    return {one.key: one for one in six(case)}


def paper(value: str, weight: str) -> Decimal:
    return (Decimal(value) * Decimal(weight)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_a_report_alone_says_in_one_line_that_no_evidence_was_given():
    page = tree(sample_case())
    assert "--org org.toml" in words(page.xpath("//section[@id='answer']")[0])
    assert page.xpath("//*[@class='six'] | //section[@id='findings' or @id='risks' or @id='coverage']") == []
    assert "--org org.toml" in markdown(sample_case())


def test_the_six_answers_lead_somewhere_and_carry_a_sign_and_a_word():
    page = tree(org_case())
    items = page.xpath("//ol[@class='six']/li")
    assert [one.get("class") for one in items] == ["alarm", "told", "alarm", "alarm", "alarm", "alarm"]
    assert all(words(one.xpath(".//p[@class='word']")[0]) for one in items)
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in page.xpath("//ol[@class='six']//@href")} <= ids


def test_the_answers_name_the_worst_and_say_how_little_it_proves():
    found = {key: " ".join(one.says) for key, one in answers(org_case()).items()}
    assert "1 likely, 1 possible and 1 weak matches" in found["deal"]
    assert "12 findings on 4 systems from 11 November 2026 to 12 November 2026" in found["here"]
    assert "db01 looked up update.xrz-mail.com" in found["here"]
    assert "no other group here shares it): no proof that it was them" in found["here"]
    assert "2 findings on exposed systems and 4 findings on accounts" in found["doors"]
    assert "(score 0.66, Chief compliance officer, by 26 November 2026)." in found["first"]
    assert answers(org_case())["first"].word == "By 26 November 2026"


def test_nothing_found_says_in_what_and_never_that_all_is_well():
    found = answers(clean_case())
    assert (
        found["deal"].says[0].startswith("Nothing found in 1,204 counterparties and 38 payments, against EU-CYB as of")
    )
    assert found["here"].says == (
        "Nothing found in 130,534 records of 4 logs from 1 November 2026 to 20 November 2026, with 31 rules.",
        "3 of 10 techniques of these actors could not have been seen in them.",
    )
    assert found["doors"].says == ("Nothing found in 7 systems of the inventory and 5 accounts.",)
    assert {found[key].sign for key in ("deal", "here", "doors", "first")} == {"○"}
    for form in (html, markdown, answer_text):
        assert not re.search(r"\b(safe|secure|clean bill|not sanctioned)\b", form(clean_case()), re.IGNORECASE)


def test_what_was_not_given_was_not_looked_at():
    found = answers(bare_case())
    assert found["deal"].says == ("Not looked: no counterparties and no payments were given.",)
    assert found["here"].says == ("Not looked: no logs were given.",)
    assert found["doors"].says == ("Not looked: no inventory and no identities were given.",)
    assert found["first"].state == "unseen"


def test_half_of_the_evidence_says_which_half_is_missing():
    examined = Examined(inputs=(InputRead(path="p.xml", kind="payments", records=1),))
    found = answers(msgspec.structs.replace(bare_case(), examined=examined))["deal"]
    assert found.says == ("Nothing found in 1 payment.", "Not all was looked at: no counterparties were given.")


def test_an_empty_log_without_times_is_still_said():
    examined = Examined(logs=(LogRead(path="a", format="zeek", records=0),))
    found = answers(msgspec.structs.replace(bare_case(), examined=examined))["here"]
    assert found.says == ("Nothing found in 0 records of 1 log.",)


def test_the_terminal_gives_six_headed_answers_on_two_screens():
    lines = answer_text(org_case()).splitlines()
    assert [line.partition("?")[0] + "?" for line in lines if line.partition("?")[0].isupper()] == HEADINGS
    assert len(lines) <= 64
    text = " ".join(" ".join(lines).split())
    for fact in ("0.66 Freeze what is held for it", "EU, without delay: freeze all funds", "Not legal advice"):
        assert fact in text


def test_the_law_stands_by_authority_with_its_articles():
    law = tree(org_case()).xpath("//section[@id='law']")[0]
    assert [words(one) for one in law.xpath("./h3")] == ["EU", "US", "Other"]
    assert "not legal advice" in words(law)
    assert "9 December 2026" in words(law)
    assert law.xpath(".//a[contains(@href, '501.603')]/text()") == ["31 CFR 501.603"]


def test_the_first_five_things_are_those_of_the_worst_risks():
    things = tree(org_case()).xpath("//section[@id='first']/ol/li")
    scores = [words(one.xpath("./span")[0]) for one in things]
    assert scores == ["0.66", "0.62", "0.45", "0.27", "0.27"]
    assert "Chief compliance officer · by 26 November 2026" in words(things[0])
    assert "nobody named yet · no day set" in words(things[4])


def test_every_figure_of_the_register_can_be_redone_from_the_page():
    page = tree(org_case())
    risks = page.xpath("//details[@class='risk']")
    assert len(risks) == 6
    for risk in risks:
        shown = {name: risk.xpath(f"./p/data[@class='{name}']/@value")[0] for name in ("likelihood", "impact", "score")}
        shown["residual"] = risk.xpath("./p/data[@class='residual']/@value")[0]
        for name in ("likelihood", "impact", "residual"):
            rows = risk.xpath(f".//table[@data-of='{name}']/tbody/tr")
            products = []
            for row in rows:
                value, weight, product = (
                    row.xpath(f".//data[@class='{key}']")[0] for key in ("value", "weight", "product")
                )
                assert all(one.get("value") == one.text for one in (value, weight, product))
                assert paper(value.text, weight.text) == Decimal(product.text)
                products.append(Decimal(product.text))
            assert rows
            assert sum(products) == Decimal(shown[name])
        assert paper(shown["likelihood"], shown["impact"]) == Decimal(shown["score"])
    table = [[words(cell) for cell in row.xpath("./td")] for row in page.xpath("//table[@class='risks']/tbody/tr")]
    assert [row[1] for row in table] == [risk.xpath("./p/data[@class='score']/@value")[0] for risk in risks]


def test_a_risk_leads_to_its_findings_and_its_day_to_a_source():
    page = tree(org_case())
    risk = page.xpath("//details[@id='risk-1']")[0]
    (target,) = {link[1:] for link in risk.xpath(".//a/@href") if link == "#g-1"}
    assert "Wuhan Xiaoruizhi Sci. & Tech." in words(page.xpath(f"//details[@id='{target}']/summary")[0])
    assert "3 days from today" in words(risk)
    assert risk.xpath(".//a[@class='cite']")


def test_the_plot_says_in_words_where_each_risk_lies():
    (title,) = tree(org_case()).xpath("//*[@id='drawing-register']/text()")
    assert "1: likelihood 0.73, impact 0.90" in title


def test_many_findings_of_one_rule_are_one_group_with_first_and_last():
    group = next(one for part in parts(org_case()) for one in part.groups if len(one.findings) == 7)
    assert (group.first, group.last) == ("2026-11-12T09:01:30Z", "2026-11-12T09:07:30Z")
    shown = words(tree(org_case()).xpath(f"//details[@id='g-{group.number}']/summary")[0])
    assert "7 findings" in shown
    assert "12 November 2026, 09:01:30 UTC to 12 November 2026, 09:07:30 UTC" in shown


def test_every_finding_is_in_exactly_one_group_and_the_worst_come_first():
    found = parts(org_case())
    assert sorted(one.id for part in found for group in part.groups for one in group.findings) == sorted(
        one.id for one in FINDINGS
    )
    assert [part.key for part in found] == ["screening", "here", "exposure", "identity", "gaps"]
    assert found[1].places[0].name == "db01"
    assert [group.number for part in found for group in part.groups] == list(range(1, 14))


def test_a_finding_shows_its_record_its_reasons_and_what_else_it_could_be():
    page = tree(org_case())
    one = next(e for e in page.xpath("//details") if e.get("id") and "Mail client starts" in words(e.find("summary")))
    text = words(one)
    for fact in (
        "logs/ws17.jsonl, record 2188",
        "交货通知.js",
        "(not met)",
        "A script that the workplace team sends by mail.",
        "Isolate ws17.",
        "T1566.002 Spearphishing Link",
        "Consistent with ZIRCONIUM (APT31) (the technique T1566.002; 67 other groups share it).",
        "tocsin:phishing_child.yml",
    ):
        assert fact in text


def test_a_long_field_is_cut_with_its_length_said_and_stands_whole_in_the_finding():
    page = words(tree(org_case()))
    assert re.search(r"x{50,}… \[\d+ more characters\]", page)


def test_thousands_of_findings_make_no_endless_page():
    one = FINDINGS[0]
    many = tuple(
        msgspec.structs.replace(
            one, id=f"{n:016x}", kind="exposure", title=f"host {n} runs it", host=f"h{n}", parties=()
        )
        for n in range(3000)
    )
    case = msgspec.structs.replace(org_case(), findings=many)
    assert len(html(case)) < 600_000
    assert "2,960 more groups" in words(tree(case))
    assert len(markdown(case)) < 100_000


def test_coverage_is_told_by_sign_pattern_and_table():
    page = tree(org_case())
    rows = [[words(cell) for cell in row] for row in page.xpath("//section[@id='coverage']//tbody/tr")]
    assert len(rows) == 12
    assert ["T1068 Exploitation for Privilege Escalation", "Blind", "No rule for it ran.", "ZIRCONIUM (APT31)"] in rows
    cells = page.xpath("//*[local-name()='svg'][.//*[@id='drawing-coverage']]//*[local-name()='g']")
    signs = {cell.get("class").split()[1]: cell.xpath("./*[local-name()='text']/text()")[0] for cell in cells}
    assert signs == {"seen": "!", "blind": "×", "logged": "~", "ruled": "=", "tested": "#", "not_observable": "–"}
    assert page.xpath("//*[@fill='url(#hatch-coverage)']")


def test_the_picture_of_who_is_behind_it_says_what_could_be_seen():
    titles = tree(org_case()).xpath("//*[contains(@class, 'node tactic')]/*[local-name()='title']/text()")
    assert any("T1584.008 Network Devices" in one and "not observable here" in one for one in titles)


def test_what_was_examined_has_each_log_with_its_span():
    text = " ".join(" ".join(tree(org_case()).xpath("//section[@id='examined']//text()")).split())
    for fact in (
        "logs/dc01.evtx evtx 88,120 1 November 2026, 00:00:04 UTC 20 November 2026, 23:59:58 UTC",
        "logs/zeek.tar.gz#dns.log zeek 0 no time no time",
        "counterparties.csv counterparties 1,204",
        "31 rules ran over them; 2 rules could not be used",
        "logs/ws17.jsonl:line 2302 : the last line is cut; copy the file again",
    ):
        assert fact in text


def test_names_of_fields_and_values_are_inert():
    page = html(hostile_org_case())
    assert "<script" not in page
    assert EVIL not in page


def test_a_register_without_terms_and_days_still_prints():
    bare = Risk(id="r", title="t", likelihood=0.5, impact=0.5, score=0.25, explained=(Reason(name="why", says="so"),))
    case = msgspec.structs.replace(bare_case(), risks=(bare,))
    assert "0.25" in words(tree(case).xpath("//section[@id='risks']")[0])
    assert "nobody named" in answer_text(case)


@pytest.mark.parametrize(
    ("shared", "says"),
    [(0, "no other group here shares it"), (1, "1 other group shares it"), (9, "9 other groups share it")],
)
def test_a_tie_says_how_many_share_it(shared, says):
    tie = ActorTie(ref="G1", name="A", why="uses T1", shared_by=shared)
    assert tie_words(tie) == f"consistent with A (uses T1; {says})"
    assert tie_words(tie, "exposure").startswith("known of A")


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2026-11-12T08:14:05Z", "12 November 2026, 08:14:05 UTC"),
        ("2026-11-12T08:14:05+02:00", "12 November 2026, 06:14:05 UTC"),
        ("2026-11-12", "12 November 2026"),
        ("2026-99-12Tx", "2026-99-12Tx"),
        (None, ""),
    ],
)
def test_times_are_said_in_utc(iso, text):
    assert moment(iso) == text


def test_spans_and_values_in_words():
    assert span_words("2026-11-01T10:00:00Z", "2026-11-01T12:00:00Z") == "on 1 November 2026"
    assert span_words(None, None) == ""
    assert plain(["a", "b"]) == "a, b"
    assert plain({"a": 1}) == '{"a":1}'


@given(st.floats(min_value=0, max_value=1000, allow_nan=False).map(lambda one: round(one, 6)))
def test_a_figure_never_loses_digits(number):
    assert float(figure(number)) == number


@settings(deadline=None)
@given(st.lists(st.sampled_from(FINDINGS), max_size=40))
def test_grouping_keeps_every_finding(chosen):
    case = msgspec.structs.replace(org_case(), findings=tuple(chosen))
    kept: list[Finding] = [one for part in parts(case) for group in part.groups for one in group.findings]
    assert sorted(one.id for one in kept) == sorted(one.id for one in chosen)
    assert len(six(case)) == 6
