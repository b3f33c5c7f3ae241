"""Indicators: which are found, with which value, and how the text speaks of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.model import Indicator
from tocsin.read.indicators import find_indicators

SHARED = Path(__file__).parents[2] / "shared"


def pairs(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.value) for found in find_indicators(text)]


def one(text: str) -> Indicator:
    (found,) = find_indicators(text)
    return found


@pytest.mark.parametrize("case", ["read-addresses", "read-legit-service"])
def test_shared_cases(case: str) -> None:
    cases = SHARED / "cases/cases.jsonl"
    if not cases.exists():
        pytest.skip("the shared cases are not beside the project")
    wanted = next(c for line in cases.read_text().splitlines() if (c := json.loads(line))["id"] == case)["expect"]
    found = find_indicators((SHARED / f"cases/files/{case}/report.txt").read_text())
    listed = {(indicator.kind, indicator.value) for indicator in found}
    assert {tuple(pair) for pair in wanted["indicators"]} <= listed
    values = {indicator.value for indicator in found}
    malicious = {indicator.value for indicator in found if indicator.role == "malicious"}
    for entry in wanted["not_indicators"]:
        value, _, qualifier = entry.partition(" ")
        assert value not in (malicious if qualifier == "as malicious" else values)


def test_the_deciding_words_are_kept() -> None:
    text = (
        "Data left through MEGA (mega-demo.io, a legitimate storage service). DNS went to 9.9.9.9, a public resolver."
    )
    mega, resolver = find_indicators(text)
    assert (mega.role, mega.how) == ("legitimate", "a legitimate storage service")
    assert (resolver.role, resolver.how) == ("legitimate", "a public resolver")


# Addresses


@pytest.mark.parametrize(
    "text",
    [
        "Version 1.3.0.0 of it",
        "versions 7.0.1.2, 7.2.0.3 and 9.1.18.2 are affected",
        "build 10.0.20348.2762",
        "see section 4.2.1.3",
        "§4.2.1.3",
        "the update to 24.3.0.0 failed",
        "FortiOS 7.0.1.2",
        "9.1.18.4 and earlier",
        "v1.2.3.4",
        "OID 1.3.6.1.4.1.311",
        "at 12:30:45 on Monday",
        "aa:bb:cc:dd:ee:ff",
        "std::string and a::b",
        "300.1.2.3 and 1.02.3.4",
        "1.2.3",
    ],
)
def test_numbers_that_are_no_addresses(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("192.0.2.7", [("ipv4", "192.0.2.7")]),
        ("192[.]0[.]2[.]7", [("ipv4", "192.0.2.7")]),
        ("192.0.2[.]7:8443", [("ipv4", "192.0.2.7")]),
        ("192(.)0(.)2(.)7.", [("ipv4", "192.0.2.7")]),
        ("Listening on 192.0.2.7.https and 192.0.2.8.4222", [("ipv4", "192.0.2.7"), ("ipv4", "192.0.2.8")]),
        ("198.51.100.0/24", [("cidr", "198.51.100.0/24")]),
        ("198.51.100[.]0[/]24", [("cidr", "198.51.100.0/24")]),
        ("198.51.100.1-198.51.100.9", [("ipv4", "198.51.100.1"), ("ipv4", "198.51.100.9")]),
        ("2001:DB8:0::1", [("ipv6", "2001:db8::1")]),
        ("2001[:]db8[:][:]/32", [("ipv6", "2001:db8::/32")]),
        ("fe80::1%eth0", [("ipv6", "fe80::1")]),
        ("[2001:db8::5]:443", [("ipv6", "2001:db8::5")]),
        ("version 1[.]3[.]0[.]0", [("ipv4", "1.3.0.0")]),
        ("地址192.0.2.7被用于攻击", [("ipv4", "192.0.2.7")]),
        ("192.0.2.7:8080/gate.php", [("url", "192.0.2.7:8080/gate.php")]),
        ("7.0.192.in-addr.arpa", [("domain", "7.0.192.in-addr.arpa")]),
        ("1.2.3.4.evil-demo.com", [("domain", "1.2.3.4.evil-demo.com")]),
    ],
)
def test_addresses(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_loopback_says_nothing_about_an_intruder() -> None:
    assert {found.role for found in find_indicators("It binds 127.0.0.1 and ::1")} == {"legitimate"}


# Names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plugdecoder.py, socat.zip", [("file", "plugdecoder.py"), ("file", "socat.zip")]),
        ("end.next and readme.md", [("file", "end.next"), ("file", "readme.md")]),
        ("svchost.exe, invoice.pdf.exe", [("file", "svchost.exe"), ("file", "invoice.pdf.exe")]),
        ("the C2 domain update-demo.zip", [("domain", "update-demo.zip")]),
        ("update-demo[.]zip", [("domain", "update-demo.zip")]),
        ("india.gov.in.admin-demo[.]com", [("domain", "india.gov.in.admin-demo.com")]),
        ("gov.in and co.uk", []),
        ("%2fevil-demo.com", [("domain", "evil-demo.com")]),
        ("Node.js, ASP.NET, System.Net, process.name, foo.run()", []),
        ("It ended.The next day", []),
        ("*.evil-demo.com", [("domain", "evil-demo.com")]),
        ("EVIL-DEMO.COM", [("domain", "evil-demo.com")]),
        ("_dmarc.evil-demo.com", [("domain", "_dmarc.evil-demo.com")]),
        ("域名evil-demo.com被用于", [("domain", "evil-demo.com")]),
        ("пример.рф", [("domain", "пример.рф")]),
        ("münchen-demo.de", [("domain", "münchen-demo.de")]),
        ("evil [.] com", [("domain", "evil.com")]),
        ("example . com", []),
        ("user@evil-demo.com", [("email", "user@evil-demo.com")]),
        ("a.b+c [at] Evil-Demo [dot] com", [("email", "a.b+c@evil-demo.com")]),
        ("hxxp://evil-demo[.]com/a/b.php?q=1", [("url", "http://evil-demo.com/a/b.php?q=1")]),
        ("hXXps[:]//Evil-demo[.]com/A).", [("url", "https://evil-demo.com/A")]),
        ("fxp://evil-demo.com/x", [("url", "ftp://evil-demo.com/x")]),
        ("evil-demo[.]com/payload.bin", [("url", "evil-demo.com/payload.bin")]),
        ("hxxp://192.0.2[.]7:81/x", [("url", "http://192.0.2.7:81/x")]),
        ("tcp://192.0.2.7:4444", [("url", "tcp://192.0.2.7:4444")]),
        ("hxxp://evil-demo.com/a_(b)", [("url", "http://evil-demo.com/a_(b)")]),
        ("hxxp://[2001:db8::1]/x", [("url", "http://[2001:db8::1]/x")]),
    ],
)
def test_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_text_and_place_are_as_written() -> None:
    text = "C2: hxxps[:]//evil-demo[.]com/x, then"
    found = one(text)
    assert found.text == text[found.start : found.end] == "hxxps[:]//evil-demo[.]com/x"


# Artefacts


def test_hashes_of_three_lengths_and_nothing_inside_longer_ones() -> None:
    md5, sha1, sha256 = "0123456789abcdef" * 2, "0123456789" * 3 + "abcdefabcd", "0123456789abcdef" * 4
    assert pairs(f"{md5.upper()} {sha1} {sha256}") == [("md5", md5), ("sha1", sha1), ("sha256", sha256)]
    for text in (sha256 + sha256, sha256 + "x", f"imphash: {md5}", f"JA3 hash {md5}", f"commit {sha1}", "1" * 32):
        assert pairs(text) == []
    assert pairs(f"{md5}.exe") == [("file", f"{md5}.exe")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"drops C:\Program Files\Demo App\evil.exe and exits", [("file", r"C:\Program Files\Demo App\evil.exe")]),
        (r"in %APPDATA%\demo\a.dll.", [("file", r"%APPDATA%\demo\a.dll")]),
        ("runs /var/.x/sshd then", [("file", "/var/.x/sshd")]),
        (r"\\srv1\share\a.exe", [("file", r"\\srv1\share\a.exe")]),
        (
            r"sets HKLM\Software\Microsoft\Windows NT\CurrentVersion\Run\Upd and HKCU\Environment",
            [
                ("registry", r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\Run\Upd"),
                ("registry", r"HKCU\Environment"),
            ],
        ),
        (r"HKEY_CURRENT_USER\\Software\\Demo", [("registry", r"HKEY_CURRENT_USER\Software\Demo")]),
        ('a scheduled task named "Demo Update"', [("task", "Demo Update")]),
        ("schtasks /create /tn DemoTask /tr x", [("task", "DemoTask")]),
        ("The task is hard, and the service is good.", []),
        ("It installs a service named DemoSvc to persist", [("service", "DemoSvc")]),
        ("a cloud service called Demo", []),
        (r"the mutex Global\DemoMutex01", [("mutex", r"Global\DemoMutex01")]),
        ("User-Agent: DemoBot/1.0", [("user_agent", "DemoBot/1.0")]),
        (
            "with Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0 in it",
            [("user_agent", "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0")],
        ),
        ("CVE-2024-21887 and cve‑2023‑46805", [("cve", "CVE-2024-21887"), ("cve", "CVE-2023-46805")]),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", [("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")]),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", []),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", [("wallet", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq")]),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp", []),
        (
            "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe",
            [("wallet", "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe")],
        ),
    ],
)
def test_artefacts(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


# Roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("C2: drop.evil-demo[.]net", "malicious"),
        ("The implant beacons to evil-demo.net every hour", "malicious"),
        ("Indicators of compromise:\n192.0.2.7", "malicious"),
        ("the legitimate service drop-demo[.]io was abused", "legitimate"),
        ("a look-alike of bank-demo.com", "legitimate"),
        ("a compromised legitimate website shop-demo[.]com", "malicious"),
        ("posing as a legitimate site bank-demo[.]com", "malicious"),
        ("stolen legitimate credentials for shop-demo[.]com", "malicious"),
        ("Traffic to shop-demo.com rose", "unknown"),
        ("the legitimate process svchost.exe", "legitimate"),
    ],
)
def test_roles(text: str, role: str) -> None:
    assert one(text).role == role


def test_a_list_shares_its_role() -> None:
    found = find_indicators("legitimate services such as mega-demo[.]io, drop-demo[.]com and transfer-demo.sh")
    assert {indicator.role for indicator in found} == {"legitimate"}
    found = find_indicators("IOCs\n192.0.2.7\n192.0.2.8\nhttps://x-demo.com/a\nbad-demo.net\n")
    assert [indicator.role for indicator in found] == ["malicious"] * 4


def test_links_for_the_reader_are_not_indicators() -> None:
    for text in (
        "See https://blog.vendor-demo.com/post for details.",
        "The malware is described at https://blog.vendor-demo.com/post.",
        "For more information visit www.vendor-demo.com.",
        "Contact press@vendor-demo.com with questions.",
        "References:\nhttps://blog.vendor-demo.com/c2\n",
    ):
        assert pairs(text) == []


def test_a_link_that_malware_uses_is_one() -> None:
    assert one("The implant polled https://sync-demo.com/api hourly.").role == "malicious"
    assert one("It was seen at http://192.0.2.7/a.bin yesterday.").kind == "url"


def test_one_value_has_one_role() -> None:
    found = find_indicators("evil-demo.net rose.\nLater evil-demo[.]net fell.")
    assert {indicator.role for indicator in found} == {"malicious"}


def test_the_shared_article_has_no_indicators() -> None:
    path = SHARED / "data/reports/eu-sanctions-apt31.txt"
    if not path.exists():
        pytest.skip("the shared sample is not beside the project")
    assert find_indicators(path.read_text(encoding="utf-8")) == ()


# Properties


def sound(text: str) -> None:
    at = 0
    for found in find_indicators(text):
        assert at <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.value
        assert found.role != "reference"
        at = found.end


@given(st.text())
def test_any_text_is_sound(text: str) -> None:
    sound(text)


MARKS = r"""
hxxp :// [.] (.) [dot] [:] [:][:] [@] [at] evil com .com 1.2.3.4 :8443 /24 / \ C:\ HKLM\Software a.py %2f 域名 пример.рф
2001: :: db8 @ . , ( ) [ ] " legitimate C2 version see https://x-demo.com/a CVE-2024-1234 mutex task: scheduled
"""
PIECES = st.sampled_from([*MARKS.split(), " ", "\n", "\u202e", "\ud83d\ude00"])


@given(st.lists(PIECES, max_size=40))
def test_any_mix_of_marks_is_sound(parts: list[str]) -> None:
    sound("".join(parts))


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "a.",
        "1.",
        "a@",
        "@",
        "[.]",
        "[:]",
        ":",
        "C:\\a",
        "HKLM\\a ",
        "Mozilla/5.0 (",
        "http://a.com/))))",
        "a.com/",
        "task ",
        " ",
    ],
)
def test_long_and_hostile_text_ends(part: str) -> None:
    """These take a second in linear time; a reader that backtracks would not end before the test run is given up."""
    sound(part * (300_000 // len(part)))
