"""What a brief says: the answer, and the facts that every format must carry."""

from __future__ import annotations

import msgspec
import pytest
from lxml import html as parser
from markdown_it import MarkdownIt

from hostile_case import hostile_case, hostile_org_case
from sample_case import empty_case, sample_case
from sample_findings import bare_case, clean_case, org_case
from tocsin.brief import answer_text, headline, html, markdown
from tocsin.brief.behind import direct_links, links
from tocsin.brief.conduct import by_tactic, shared
from tocsin.brief.terminal import columns
from tocsin.brief.words import claim_words, day, language, safe_url, shown, when_words
from tocsin.model import Claim, Ref, SharedTechnique, Technique, When

NEAREST = "The US listed Wuhan Xiaoruizhi Science and Technology on 25 March 2024"
WRONG = "The EU designated Wuhan Xiaoruizhi Science and Technology on 16 March 2026"

CASES = [sample_case, empty_case, hostile_case, org_case, clean_case, bare_case, hostile_org_case]


def test_headline_counts_and_says_what_is_wrong_first():
    head = headline(sample_case())
    assert head.counts == {"contradicted": 2, "partly": 3, "unknown": 2, "corroborated": 7}
    assert head.says[0].startswith(f"Not true: “{WRONG}”. {NEAREST}")
    assert head.tally.startswith("Of 14 claims, 2 are contradicted by the evidence")


def test_headline_of_a_report_that_is_right():
    case = sample_case()
    good = [verdict for verdict in case.verdicts if verdict.verdict == "corroborated"]
    kept = tuple(claim for claim in case.claims if claim.id in {verdict.claim for verdict in good})
    assert headline(msgspec.structs.replace(case, claims=kept)).says[0].startswith("All of it is corroborated")


def test_headline_of_nothing():
    head = headline(empty_case())
    assert head.says == ("The report makes no claim that can be checked.",)
    assert sum(head.counts.values()) == 0
    assert head.behind == ()


def test_who_is_behind_it_goes_through_the_actor_and_not_past_it():
    paths = [[step.name for step in path] for path in headline(sample_case()).behind]
    assert paths == [
        [
            "Wuhan Xiaoruizhi Science and Technology",
            "ZIRCONIUM (APT31)",
            "Hubei State Security Department",
            "Ministry of State Security",
        ],
        ["Integrity Technology Group", "Flax Typhoon"],
        ["Emennet Pasargad", "Cotton Sandstorm", "IRGC Cyber-Electronic Command"],
    ]


def test_the_tie_past_the_actor_is_kept_as_a_relation():
    case = sample_case()
    past = ("party:wuhan-xiaoruizhi", "sponsor:mss")
    assert past in {(link.left, link.right) for link in links(case)}
    assert past not in {(link.left, link.right) for link in direct_links(case)}


def test_a_circle_of_attributions_ends():
    case = sample_case()
    sponsor = case.profiles[-1]
    circle = msgspec.structs.replace(
        case.profiles[3].attributions[-1], subject="sponsor:mss", object="sponsor:hubei-ssd"
    )
    closed = msgspec.structs.replace(sponsor, attributions=(circle,))
    assert headline(msgspec.structs.replace(case, profiles=(*case.profiles[:-1], closed))).behind


def test_a_claim_without_a_verdict_is_unknown_and_says_why():
    page = html(sample_case())
    assert "This claim was not checked" in page


@pytest.mark.parametrize("case", [sample_case, org_case])
@pytest.mark.parametrize("form", [html, markdown, answer_text])
def test_every_format_carries_the_answer(form, case):
    text = " ".join(form(case()).split())
    for fact in (WRONG, NEAREST, "Flax Typhoon", "Emennet Pasargad", "Hubei State Security Department", "EU-CYB"):
        assert fact in text
    assert "not sanctioned" not in text.casefold()


@pytest.mark.parametrize("form", [html, markdown])
def test_long_formats_carry_the_detail(form):
    text = form(sample_case())
    facts = ["Not listed in EU-CYB as of 13 July 2026", "T1584.008", "32019R0796/I.B/5", "CVE-2017-0005"]
    facts += ["User Training", "update.xrz-mail.com", "of another date than the list it belongs to", "Defense evasion"]
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("case", CASES)
def test_terminal_answer_keeps_its_width_and_is_plain(case, width):
    lines = answer_text(case(), width).splitlines()
    assert max(columns(line) for line in lines) <= width
    assert all(line.isprintable() for line in lines)


def test_terminal_counts_wide_letters_twice():
    assert columns("武汉XRZ") == 7


@pytest.mark.parametrize("case", CASES)
def test_markdown_is_inert_when_a_reader_renders_it(case):
    text = markdown(case())
    # Raw HTML is let through on purpose: the text itself has to be safe, not the reader of it.
    page = parser.document_fromstring(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    allowed = {"html", "body", "h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "code", "a"}
    allowed |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert {element.tag for element in page.iter()} <= allowed
    assert all(link.startswith(("https://", "http://")) for link in page.xpath("//@href"))
    assert "\u202e" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("case", [sample_case, hostile_case, org_case, hostile_org_case])
def test_markdown_tables_keep_their_columns(case):
    page = parser.document_fromstring(MarkdownIt("commonmark").enable("table").render(markdown(case())))
    tables = page.xpath("//table")
    assert len(tables) >= 4
    for table in tables:
        assert len({len(row) for row in table.xpath(".//tr")}) == 1
        assert table.xpath(".//tbody//td")


@pytest.mark.parametrize("form", [html, markdown, answer_text])
@pytest.mark.parametrize("case", CASES)
def test_the_same_case_gives_the_same_text(form, case):
    assert form(case()) == form(case())


def test_hidden_characters_are_shown_and_spelling_is_kept():
    assert shown("a\u202eb\x07\ufeff") == "a⟦U+202E⟧b⟦U+0007⟧⟦U+FEFF⟧"
    assert shown("می\u200cخواهم 武汉 naïve\n") == "می\u200cخواهم 武汉 naïve\n"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://a\u202eb.example", False),
        ('https://a.example/" onclick="x', False),
        ("//example.org", False),
        ("https://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert (safe_url(url) is not None) is safe


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-03-16", "2026-03-16", "on 16 March 2026"),
        ("2024-01-01", "2024-01-31", "in January 2024"),
        ("2024-01-01", "2024-12-31", "in 2024"),
        ("2024-01-05", "2024-02-07", "between 5 January 2024 and 7 February 2024"),
        ("2024-01-05", None, "since 5 January 2024"),
        (None, "2024-02-07", "until 7 February 2024"),
        (None, None, "(lately)"),
    ],
)
def test_times_in_words(start, end, words):
    assert when_words(When(from_=start, to=end, text="lately")) == words


def test_what_is_no_date_stays_as_it_is():
    assert day("2024-10") == "2024-10"
    assert day("2024-13-99") == "2024-13-99"
    assert day(None) == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"predicate": "designated"}, "The EU designated X"),
        ({"predicate": "designated", "negated": True}, "The EU did not designate X"),
        ({"predicate": "not_designated"}, "The EU has not designated X"),
        ({"predicate": "designated", "programme": "EU-CYB"}, "The EU designated X under EU-CYB"),
        ({"predicate": "designated", "measure": "asset freeze"}, "The EU designated X (asset freeze)"),
        ({"predicate": "measure", "measure": "asset freeze"}, "The EU is subject to asset freeze"),
    ],
)
def test_claims_in_words(fields, words):
    claim = Claim(id="1", sentence="", start=0, end=0, subject=Ref(text="EU"), object=Ref(text="X"), **fields)
    assert claim_words(claim) == words


def test_a_class_takes_the_plural_and_its_quantifier():
    claim = Claim(
        id="1",
        sentence="",
        start=0,
        end=0,
        subject=Ref(text="Iranian actors"),
        predicate="exploits",
        object=Ref(text="VPN appliances"),
        quantifier="most",
    )
    assert claim_words(claim) == "Most Iranian actors exploit VPN appliances"


def test_language_and_direction_follow_the_script():
    assert language("武汉晓睿智") == ("zh", None)
    assert language("ایمن نت") == ("und-Arab", "rtl")
    assert language("Wuhan") == (None, None)


def test_techniques_stand_once_under_the_first_of_their_tactics():
    both = SharedTechnique(
        technique=Technique(ref="T1", name="a", tactics=("privilege-escalation", "persistence")), shared_by=0, of=9
    )
    bare = SharedTechnique(technique=Technique(ref="T2", name="b"), shared_by=1, of=0)
    assert [(group.name, len(group.techniques)) for group in by_tactic((both, bare))] == [
        ("Persistence", 1),
        ("No tactic given", 1),
    ]
    assert shared(both) == "no other group of 9"
    assert shared(bare) == "1 other group"
