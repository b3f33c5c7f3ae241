"""Report files as people have them: what is read, what is left out, and what is said when nothing can be read."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model import Report, TocsinError
from tocsin.read.extract.report import lines_as_reports, load_report, report_of

SHARED = Path(__file__).parents[2] / "shared"

NEWS = """<!doctype html><html lang="en"><head><title>EU lists Chinese firm | Daily Cyber</title>
<meta property="og:site_name" content="Daily Cyber"><meta property="article:published_time" content="2026-07-13T08:00Z">
<style>.a{color:red}</style></head><body class="has-sidebar newsletter-popup cookie-enabled">
<header><nav><a href="/">Home</a><a href="/x">Menu Corp news</a></nav></header>
<div class="cookie-banner"><p>We and Cookie Corp use cookies.</p></div>
<main><article><h1>EU lists <em>Chinese</em> firm</h1>
<p>The Council listed <b>Wuhan Xiaoruizhi</b>&nbsp;Science &amp; Technology on Monday, saying it is behind APT31.</p>
<aside class="factbox"><h3>Key facts</h3><ul><li><a href="a">Integrity Technology</a></li><li><a href="b">Anxun
</a></li></ul>
</aside>
<ul><li><a href="1">Emennet Pasargad</a></li><li><a href="2">Person One</a></li><li><a href="3">Person Two</a></li></ul>
<figure><img src="x.png" alt="office"><figcaption>The office of Caption Ltd in Chengdu</figcaption></figure>
<blockquote>“We act together,” said the minister of Quoteland.</blockquote>
<h4>Related</h4><ul><li><a href="z">Other Corp sanctioned by the US</a></li></ul>
<p>The article goes on after the box, and says that restrictive measures now apply to nine people and four entities.</p>
<p><strong>Read more: <a href="k">Teaser Corp indicted</a></strong></p>
<div class="share-buttons">Share on Social Corp</div></article>
<section class="related-stories"><h2>More from Daily Cyber</h2><article class="teaser"><h3>
<a href="q">Foo Ltd delisted</a></h3>
<p>The US removed Foo Ltd from its list.</p></article></section>
<section><h2>Most popular</h2><ol><li><a href="p">Bar Inc listed</a></li></ol></section>
<section id="comments"><h2>3 Comments</h2><p>Baz Corp did it, I say!</p></section></main>
<div class="sidebar"><h3>Trending</h3><ul><li><a href="1">Qux LLC breached</a></li></ul></div>
<form class="newsletter-form">Sign up with Form Corp</form><footer>Footer Corp</footer>
<script>var x = "Script Corp"</script></body></html>"""
GOV = """<html lang="en-GB"><head><title>Council press release</title>
<meta name="dcterms.issued" content="2026-07-13"></head>
<body><a class="skiplink" href="#m">Skip to content</a><div role="banner">Banner Corp</div>
<div id="m" role="main"><h1>Cyber-attacks: Council lists nine</h1><div><p>The Council today imposed measures.</p>
<table><caption>Persons listed</caption><thead><tr><th>Name</th><th>Date</th></tr></thead>
<tr><td>Zhang Xiaoming</td><td>13.7.2026</td></tr><tr><td>Li Wei</td><td>13.7.2026</td></tr></table>
<dl><dt>Anxun</dt><dd>Also known as i-SOON.</dd></dl></div></div><div role="contentinfo">Contact the press office
</div></body></html>"""
VENDOR = """<html><head><title>Deep dive - Vendor Labs</title><script type="application/ld+json">
{"@graph":[{"@type":"BlogPosting","datePublished":"2026-03-02T10:00:00+01:00",
"publisher":{"@type":"Organization","name":"Vendor Labs"}}]}
</script></head><body><div class="page"><div class="post-content"><h1>Deep dive into RAWREEL</h1>
<p>RAWREEL calls home.<br><br>It sleeps for an hour.</p><pre><code>cmd.exe /c whoami
  net user</code></pre>
<section class="recommendations"><h2>Recommendations</h2><ul><li>Patch the Gateway Corp appliance.</li></ul></section>
<details><summary>Indicators</summary><table><tr><td>evil-demo[.]com</td><td>C2</td></tr></table></details>
<div class="card"><p>A boxed note on ShadowPad Corp.</p></div></div>
<div class="recommended-posts"><h3>You may also like</h3><a href="1">Teaser GmbH story</a></div>
<div class="author-bio">Jane works at Bio Corp.</div></div></body></html>"""
BLOG = """<html><body><div id="wrap"><div id="menu"><ul><li><a href="1">Menu Ltd</a></li><li><a href="2">b</a>
</li></ul></div>
<div class="entry"><h2>Notes on a front company</h2><p>Xiaoruizhi is a front. See <a href="x">the indictment</a>.</p>
<p>Those named are:</p><ul><li><a href="1">Ni Gaobin</a></li><li><a href="2">Weng Ming</a></li><li>
<a href="3">Cheng Feng</a></li></ul></div>
<div class="comments"><p>Comment Corp!</p></div><div id="footer">Footer Ltd</div></div></body></html>"""
HIDDEN = """<html><body><article><h1>Seen</h1><p>Seen text.</p><p style="display: none">Ghost1</p><p hidden>Ghost2</p>
<span aria-hidden="true">Ghost3</span><noscript>Ghost4</noscript><template><p>Ghost5</p></template>
<div style="visibility:hidden">
Ghost6</div><!-- Ghost7 --><svg><text>Ghost8</text></svg><p>Sa&#8203;fe na&#x202e;me</p></article></body></html>"""


def write(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def shown(report: Report) -> list[tuple[str, str]]:
    return [(block.kind, report.text[block.start : block.end]) for block in report.blocks]


def check(report: Report) -> None:
    """What every report promises: blocks in order, apart, trimmed, and covering all that can be read."""
    at = 0
    for block in report.blocks:
        assert at <= block.start < block.end <= len(report.text)
        assert report.text[block.start : block.end].strip() == report.text[block.start : block.end]
        at = block.end
    assert not set(report.text) & set("\u202e\u200b\u2066\ufeff\x00\x07\r")


Lines = list[tuple[float, float, float, str]]


def pdf(pages: list[Lines], title: str = "", trailer: str = "") -> bytes:
    """A minimal PDF: on each page lines of (x, y, size, text)."""
    objects: list[bytes] = []
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(b"<</Type/Catalog/Pages 2 0 R>>")
    objects.append(f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode())
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    for number, lines in enumerate(pages):
        shown_lines = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        objects.append(f"<</Length {len(shown_lines)}>>stream\n{shown_lines}endstream".encode())
    objects.append(f"<</Title({title})>>".encode())
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + body + b"endobj\n"
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return (
        out
        + f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R{trailer}>>\n".encode()
        + f"startxref\n{start}\n%%EOF".encode()
    )


def test_news_page_keeps_every_name_of_the_story_and_none_of_other_stories(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "news.html", NEWS))
    check(report)
    for name in (
        "Xiaoruizhi",
        "Integrity",
        "Anxun",
        "Emennet",
        "Person Two",
        "Caption Ltd",
        "Quoteland",
        "nine people",
    ):
        assert name in report.text
    for name in ("Menu", "Cookie", "Other", "Teaser", "Social", "Foo", "Bar", "Baz", "Qux", "Form", "Footer", "Script"):
        assert f"{name} " not in report.text
    assert (report.title, report.publisher) == ("EU lists Chinese firm", "Daily Cyber")
    assert (report.published, report.language) == ("2026-07-13", "en")
    kinds = shown(report)
    assert kinds[0] == ("title", "EU lists Chinese firm")
    assert ("aside", "Anxun") in kinds and ("item", "Emennet Pasargad") in kinds
    assert "Science & Technology on Monday" in report.text


def test_press_release_keeps_tables_and_definitions(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "gov.html", GOV))
    check(report)
    assert ("cell", "Zhang Xiaoming") in shown(report) and ("item", "Anxun") in shown(report)
    assert "Zhang Xiaoming\t13.7.2026\nLi Wei" in report.text
    assert report.published == "2026-07-13"
    assert not any(words in report.text for words in ("Banner", "Skip", "Contact"))


def test_vendor_blog_keeps_code_recommendations_and_boxes(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "vendor.html", VENDOR))
    check(report)
    assert "cmd.exe /c whoami\n  net user" in report.text
    assert ("item", "Patch the Gateway Corp appliance.") in shown(report)
    assert ("paragraph", "It sleeps for an hour.") in shown(report)
    assert "evil-demo[.]com" in report.text and "ShadowPad" in report.text
    assert "Teaser" not in report.text and "Bio Corp" not in report.text
    assert (report.publisher, report.published) == ("Vendor Labs", "2026-03-02")


def test_blog_without_landmarks(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "blog.html", BLOG))
    assert "Weng Ming" in report.text and "the indictment" in report.text
    assert not any(words in report.text for words in ("Menu", "Comment", "Footer"))


def test_what_a_page_hides_is_not_read(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "hidden.html", HIDDEN))
    check(report)
    assert "Ghost" not in report.text
    assert "Safe name" in report.text
    assert "2 invisible characters dropped" in report.how


def test_deep_page_and_huge_paragraph_lose_nothing(tmp_path: Path) -> None:
    deep = (
        "<html><body>" + "<div>" * 20_000 + "<p>APT31 is here.</p>" + "</div>" * 20_000 + "<p>After.</p></body></html>"
    )
    report = load_report(write(tmp_path, "deep.html", deep))
    assert [text for _, text in shown(report)] == ["APT31 is here.", "After."]
    assert "nested too deep" in report.how
    long = "<article><p>" + "word " * 2_000_000 + "</p><p>The end.</p></article>"
    report = load_report(write(tmp_path, "long.html", f"<html><body>{long}</body></html>"))
    assert len(report.text) > 9_999_990 and report.text.endswith("The end.")


def test_malformed_page(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "bad.html", "<p>One<p>Two <b>bold<table><tr><td>x<td>y</i></p><div>tail &amp"))
    assert [text for _, text in shown(report)] == ["One", "Two bold", "x", "y", "tail &"]


@pytest.mark.parametrize(
    ("declared", "used", "text"),
    [
        ("windows-1251", "cp1251", "Совет внёс компанию в список"),
        ("shift_jis", "shift_jis", "制裁の対象です。これは日本語です。"),
        ("gb2312", "gbk", "武汉晓睿智科技有限公司被列入制裁名单"),
        ("iso-8859-1", "utf-8", "Größe der Straße"),
        ("utf-8", "cp1252", "Größe der Straße und mehr davon"),
        ("no-such-charset", "utf-8", "Größe der Straße"),
    ],
)
def test_charsets_right_and_wrong(tmp_path: Path, declared: str, used: str, text: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'.encode(used)
    assert load_report(write(tmp_path, "c.html", page)).text == text


def test_a_form_around_the_whole_page_is_not_a_form(tmp_path: Path) -> None:
    page = "<html><body><form id=aspnetForm><div id=nav><a href=1>Home</a></div>"
    page += "<h1>Listing</h1><p>Anxun is listed.</p></form>"
    assert "Anxun is listed." in load_report(write(tmp_path, "f.html", page)).text


def test_page_whose_classes_mislead_is_still_read(tmp_path: Path) -> None:
    page = "<html><body><div>Short.</div><div class=social><div class=share>" + "<p>The real text of it.</p>" * 20
    assert "real text" in load_report(write(tmp_path, "m.html", page)).text


def test_shared_sample(tmp_path: Path) -> None:
    path = SHARED / "data/reports/eu-sanctions-apt31.txt"
    if not path.exists():
        pytest.skip("the shared sample is not beside the project")
    report = load_report(path)
    check(report)
    assert report.text == path.read_text(encoding="utf-8")
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    kinds = shown(report)
    assert kinds[0] == ("title", "EU Sanctions China and Iran Entities Over APT31 Cyber Operations")
    assert kinds[1][0] == "item" and kinds[1][1].startswith("Sanctions restrict")
    assert ("heading", "Recommendations for Defenders and SOC Teams") in kinds
    assert kinds[-1] == ("aside", "Advertisement")
    assert report.language == "en"


def test_wrapped_text_is_joined(tmp_path: Path) -> None:
    text = (
        "A front company is listed\r\n\r\nThe European Union has formally expanded its restrictive\r\n"
        "measures against entities and individuals involved in\r\n"
        "significant attacks, together with its Western allies.\r\n"
        "\r\n- an item that goes on over\r\n  two lines\r\n- another one\r\n\r\nPublished: 13 July 2026\r\n"
    )
    report = load_report(write(tmp_path, "wrapped.txt", text))
    check(report)
    assert shown(report)[:4] == [
        ("title", "A front company is listed"),
        (
            "paragraph",
            "The European Union has formally expanded its restrictive measures against entities and individuals "
            "involved in significant attacks, together with its Western allies.",
        ),
        ("item", "an item that goes on over two lines"),
        ("item", "another one"),
    ]
    assert report.published == "2026-07-13"


def test_a_sentence_on_each_line_stays_so() -> None:
    lines = ["The EU listed a firm in Wuhan in July of this year.", "The US had listed the same firm two years before."]
    assert [text for _, text in shown(report_of("\n".join(lines)))] == lines


def test_one_line_is_a_statement_not_a_title() -> None:
    report = report_of("The EU sanctioned Wuhan Xiaoruizhi")
    assert shown(report) == [("paragraph", "The EU sanctioned Wuhan Xiaoruizhi")]
    assert report.title == ""


def test_a_list_of_indicators_is_not_run_together() -> None:
    hashes = ["a" * 30 + "12", "b" * 30 + "34", "c" * 30 + "56"]
    assert [text for _, text in shown(report_of("Hashes:\n" + "\n".join(hashes)))][1:] == hashes


def test_characters_that_hide_text_are_dropped(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "b.txt", "Safe\u202etxt\u200b is here.\x07 می\u200cشود 👩\u200d💻"))
    assert report.text == "Safetxt is here.\ufffd می\u200cشود 👩\u200d💻"
    assert "2 invisible characters dropped, 1 control characters replaced" in report.how


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The company was listed by the Council and is the subject of measures."),
        ("de", "Der Rat hat die Firma auf die Liste gesetzt und ein Verbot verhängt."),
        ("fr", "Le Conseil a inscrit la société sur la liste des entités et des personnes."),
        ("ru", "Совет внёс компанию в список, и она не может работать с фирмами из ЕС."),
        ("zh", "欧盟将武汉晓睿智科技有限公司列入制裁名单"),
        ("ja", "これは日本語のテキストです。制裁の対象です。"),
        ("ko", "유럽연합은 이 회사를 제재 명단에 올렸다"),
        ("fa", "شورا این شرکت را در فهرست تحریم های خود قرار داد و از آن است"),
        ("ar", "أدرج المجلس الشركة على قائمة العقوبات في هذا العام من قبل"),
        ("und", "APT31 RAWREEL 1.2.3.4"),
    ],
)
def test_language(language: str, text: str) -> None:
    assert report_of(text).language == language


def test_markdown(tmp_path: Path) -> None:
    text = """---
title: "A report"
date: 2026-07-13
publisher: Demo CERT
---
# A **bold** title

Some *emphasis*, `__init__.py`, [a link](https://x.example/a_(b)), evil[.]com and 2001[:]db8[:][:]1.
The paragraph goes on.

1. one
2. two _here_

| Name | Date |
|---|---|
| **Zhang** | 2026 |

> quoted
> words

```powershell
Get-Item  *x*
  indented
```

Under a line
------------
Text \\*star\\* and <b>html</b>.
"""
    report = load_report(write(tmp_path, "r.md", text))
    check(report)
    assert (report.title, report.publisher, report.published) == ("A report", "Demo CERT", "2026-07-13")
    assert shown(report) == [
        ("title", "A bold title"),
        ("paragraph", "Some emphasis, __init__.py, a link, evil[.]com and 2001[:]db8[:][:]1. The paragraph goes on."),
        ("item", "one"),
        ("item", "two here"),
        ("cell", "Name"),
        ("cell", "Date"),
        ("cell", "Zhang"),
        ("cell", "2026"),
        ("paragraph", "quoted words"),
        ("paragraph", "Get-Item  *x*\n  indented"),
        ("heading", "Under a line"),
        ("paragraph", "Text *star* and html ."),
    ]


def test_pdf_paragraphs_are_whole_and_page_lines_are_gone(tmp_path: Path) -> None:
    body: Lines = [
        (72, 700, 11, "The European Union has formally expanded its restrictive measures against compa-"),
        (72, 686, 11, "nies and individuals involved in significant attacks on its member states and its"),
        (72, 672, 11, "allies."),
        (72, 644, 11, "A second paragraph stands apart from the first by a gap that a reader can see well."),
    ]
    head: Lines = [(72, 800, 9, "TLP:CLEAR Demo CERT")]
    pages: list[Lines] = [
        [*head, (72, 740, 20, "Report on a front company"), *body, (290, 30, 9, "Page 1 of 3")],
        [*head, (72, 740, 11, "It is continued on the next page without"), (290, 30, 9, "Page 2 of 3")],
        [*head, (72, 740, 11, "any break in the sentence at all."), (290, 30, 9, "Page 3 of 3")],
    ]
    report = load_report(write(tmp_path, "r.pdf", pdf(pages, "Untitled")))
    check(report)
    assert report.title == "Report on a front company"
    assert "TLP" not in report.text and "Page 2" not in report.text
    texts = shown(report)
    assert texts[0] == ("title", "Report on a front company")
    assert texts[1] == (
        "paragraph",
        "The European Union has formally expanded its restrictive measures against companies and individuals "
        "involved in significant attacks on its member states and its allies.",
    )
    assert texts[2][1].startswith("A second paragraph")
    assert ("paragraph", "It is continued on the next page without any break in the sentence at all.") in texts


def test_scanned_pdf_says_run_ocr(tmp_path: Path) -> None:
    with pytest.raises(TocsinError, match=r"has 2 pages but no text.*run OCR first"):
        load_report(write(tmp_path, "scan.pdf", pdf([[], []])))


def test_encrypted_pdf_says_so(tmp_path: Path) -> None:
    ids = f"/ID[<{'43' * 16}><{'43' * 16}>]"
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>{ids}"
    with pytest.raises(TocsinError, match="the PDF is encrypted; save a copy without a password"):
        load_report(write(tmp_path, "locked.pdf", pdf([[(72, 700, 11, "secret")]], trailer=lock)))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("white.txt", b" \n\t ", "white space"),
        ("nul.txt", b"abc" + b"\0" * 99, "byte 3: NUL bytes"),
        (
            "utf16.txt",
            "Hello there".encode("utf-16-le"),
            "looks like UTF-16 without a byte order mark; save it as UTF-8",
        ),
        ("cut.txt", b"\xff\xfea\x00b", "begins with a utf-16-le mark but is not"),
        ("binary.txt", bytes(range(1, 32)) * 40, "control bytes: this is not text"),
        ("koi8.txt", "Совет внёс компанию в список и не снял её".encode("koi8-r"), "neither UTF-8"),
        ("r.docx", b"PK\x03\x04rest", "an Office document; save it as PDF, HTML or text"),
        ("r.pdf", b"not a pdf", "a PDF begins with %PDF-"),
        ("g.pdf", b"%PDF-1.4 garbage", "the PDF is damaged"),
        ("h.html", b"<html><body><nav>Only a menu</nav></body></html>", "there is no text in it"),
        ("i.txt", "\u200b\u202e\n\u200b".encode(), "there is no text in it"),
    ],
)
def test_errors_name_the_file_the_fault_and_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(TocsinError) as caught:
        load_report(write(tmp_path, name, content))
    assert says in str(caught.value)
    assert caught.value.fault.file.endswith(name) and caught.value.fault.todo


def test_missing_file_folder_and_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TocsinError, match="no such file"):
        load_report(tmp_path / "none.txt")
    with pytest.raises(TocsinError, match="this is a folder"):
        load_report(tmp_path)
    monkeypatch.setattr("tocsin.read.extract.report.MAX_FILE", 10)
    with pytest.raises(TocsinError, match="larger than"):
        load_report(write(tmp_path, "large.txt", "x" * 11))
    monkeypatch.setattr("tocsin.read.extract.encoding.MAX_TEXT", 5)
    with pytest.raises(TocsinError, match="more than 5"):
        report_of("six characters and more")


def test_old_western_text_is_read_and_named(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "l.txt", "Die Größe der Straße – für den Rest".encode("cp1252")))
    assert report.text == "Die Größe der Straße – für den Rest"
    assert "read as windows-1252" in report.how


def test_content_speaks_before_the_suffix(tmp_path: Path) -> None:
    assert "Menu" not in load_report(write(tmp_path, "page.txt", NEWS)).text
    assert load_report(write(tmp_path, "noname", "# A title\n\nText.")).blocks[0].kind == "title"
    assert load_report(write(tmp_path, "plain.html", "No tags here, only text.")).how == "text"


def test_lines_as_reports(tmp_path: Path) -> None:
    path = write(tmp_path, "claims.txt", "The EU listed X.\n\n  The US did not.\r\n")
    reports = list(lines_as_reports(path))
    assert [(report.path, report.text.strip()) for report in reports] == [
        (f"{path}:1", "The EU listed X."),
        (f"{path}:3", "The US did not."),
    ]
    assert all(report.blocks[0].kind == "paragraph" for report in reports)
    with pytest.raises(TocsinError, match="no text"):
        list(lines_as_reports(write(tmp_path, "none.txt", "\n \n")))
    with pytest.raises(TocsinError, match="no such file"):
        list(lines_as_reports(tmp_path / "missing.txt"))


@given(st.text(min_size=1))
def test_any_string_gives_blocks_that_fit_or_says_that_it_is_empty(text: str) -> None:
    try:
        report = report_of(text)
    except TocsinError as error:
        assert "no text" in str(error)
        return
    check(report)
    covered = {place for block in report.blocks for place in range(block.start, block.end)}
    left = "".join(char for place, char in enumerate(report.text) if place not in covered)
    # Only marks of items may stand outside of blocks.
    assert not [word for word in left.split() if len(word.strip("-*+•‣▪●◦–·∙().[]")) > 3]


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["a.txt", "a.html", "a.md", "a"]))
def test_any_bytes_are_read_or_refused_with_a_reason(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            check(load_report(path))
        except TocsinError as error:
            assert error.fault.why


_SOUP = "<p>|</p>|<div>|</div>|<h2>Related</h2>|<li>|<table>|<td>|<br>|<aside>|<!--|&#8203;|<a>|x| "
TAGS = st.sampled_from(_SOUP.split("|"))


@given(st.lists(TAGS, max_size=40))
def test_any_soup_of_tags_is_read(parts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "soup.html"
        path.write_text("<html><body><h1>Head</h1>" + "".join(parts))
        check(load_report(path))
