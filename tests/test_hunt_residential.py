"""Who comes to the VPN and the mail from residential ranges, and who of them only works at home."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.hunt import AddressKinds, Hunts, Watch
from tocsin.hunt.addresses import Prefixes, network_of
from tocsin.hunt.kinds import kind_of
from tocsin.logs import Event, batch_of, batches_of
from tocsin.model import Asset, Finding, Organisation

START = datetime.datetime(2026, 3, 2, tzinfo=datetime.UTC)
VPN, MAIL = "198.51.100.10", "198.51.100.25"
ACME = Organisation(
    name="Acme",
    internal=("10.0.0.0/8",),
    assets=(
        Asset(name="gate", role="vpn", addresses=(VPN, "2001:db8:1::10")),
        Asset(name="post", role="mail", addresses=("198.51.100.24/31",)),
        Asset(name="web", role="server", addresses=("198.51.100.80",)),
    ),
)
TABLE = """prefix,asn,kind,as_of
192.88.99.0/24,64496,business,2026-02-01
192.88.99.0/26,64497,Fixed Line ISP,2026-02-01
192.88.99.16/28,64498,hosting,2026-02-01
2002:c058:6301::/48,64499,DSL,2026-02-01
"""


def kinds_of(folder: Path, text: str = TABLE) -> AddressKinds:
    path = folder / "kinds.csv"
    path.write_text(text, encoding="utf-8")
    return AddressKinds.read(path)


def connection(
    source: str,
    target: str = VPN,
    *,
    day: float = 0,
    hour: float = 9,
    state: str = "SF",
    sent: int = 20_000,
    drawn: int = 90_000,
    seconds: float = 1800,
    port: str = "443",
) -> Event:
    fields = {
        "id.orig_h": source,
        "id.resp_h": target,
        "id.resp_p": port,
        "conn_state": state,
        "orig_bytes": str(sent),
        "resp_bytes": str(drawn),
        "duration": str(seconds),
    }
    time = START + datetime.timedelta(days=day, hours=hour)
    return Event("conn.log", f"line {day} {hour}", time, None, None, "zeek", "", "conn", {**fields})


def sign_in(source: str, number: str, host: str = "GATE.acme.test", kind: str = "10") -> Event:
    fields = {"EventID": number, "LogonType": kind, "IpAddress": source, "TargetUserName": "lena"}
    return Event("security.jsonl", number, START, host, "ACME\\lena", "windows", "", "security", {**fields})


def office(days: int = 10, each: int = 10) -> list[Event]:
    """A business partner at the VPN in office hours: what is usual there."""
    return [connection("192.88.99.200", day=day, hour=8 + n % 9) for day in range(days) for n in range(each)]


def hunted(folder: Path, events: list[Event], kinds: AddressKinds | None = None) -> list[Finding]:
    hunts = Hunts(ACME, address_kinds=kinds or kinds_of(folder), watch=Watch())
    for batch in batches_of(events, size=7):
        hunts.feed(batch)
    return hunts.findings()


def met(finding: Finding) -> dict[str, float]:
    return {part.name: part.weight or 0 for part in finding.why[0].parts if part.met}


def test_a_visit_by_itself_is_low_and_says_that_people_live_there(tmp_path: Path) -> None:
    (found,) = hunted(tmp_path, [connection("192.88.99.5")])
    assert (found.kind, found.hunt, found.host) == ("hunt", "residential", "gate")
    assert (found.severity, found.confidence) == ("low", "low")
    assert met(found) == {"residential range": 0.1}
    assert "192.88.99.0/26 of AS 64497" in found.why[0].parts[0].says
    assert found.actors == () and any("home" in other for other in found.could_also_be)
    assert found.evidence[0].fields["id.orig_h"] == "192.88.99.5"


@pytest.mark.parametrize("state", ["SF", "S1", "S2", "S3", "RSTO", "RSTR", "OTH"])
def test_sessions_in_which_both_sides_spoke_are_access(tmp_path: Path, state: str) -> None:
    assert len(hunted(tmp_path, [connection("192.88.99.5", state=state)])) == 1


@pytest.mark.parametrize("state", ["S0", "REJ", "RSTOS0", "RSTRH", "SH", "SHR"])
def test_a_scan_is_no_access(tmp_path: Path, state: str) -> None:
    assert hunted(tmp_path, [connection("192.88.99.5", state=state, sent=0, drawn=0)]) == []


def test_a_handshake_without_a_word_is_no_access(tmp_path: Path) -> None:
    assert hunted(tmp_path, [connection("192.88.99.5", sent=0, drawn=0)]) == []
    assert hunted(tmp_path, [connection("192.88.99.5", state="OTH", sent=900, drawn=0)]) == []


def test_the_longest_prefix_decides_and_only_vpn_and_mail_are_looked_at(tmp_path: Path) -> None:
    events = [
        connection("192.88.99.20"),  # hosting within the residential block
        connection("192.88.99.200"),  # business
        connection("203.0.113.5"),  # in no row
        connection("192.88.99.6", "198.51.100.80"),  # a web server
        connection("192.88.99.7", MAIL),
        connection("192.88.99.8", MAIL, port="25"),  # delivery between mail servers
    ]
    assert [(one.host, "192.88.99.7," in one.title) for one in hunted(tmp_path, events)] == [("post", True)]


def test_ipv6_and_mapped_addresses(tmp_path: Path) -> None:
    events = [
        connection("::ffff:192.88.99.5", f"::ffff:{VPN}"),
        connection("2002:c058:6301:7::1", "2001:db8:1::10"),
        connection("2002:c058:6301:7:aaaa::2", VPN, day=1),  # the same home, by a temporary address
    ]
    titles = sorted(one.title for one in hunted(tmp_path, events))
    assert [title.split(",")[0] for title in titles] == ["192.88.99.5", "2002:c058:6301:7::/64"]


def test_people_who_work_at_home_are_counted_and_not_reported(tmp_path: Path) -> None:
    home = [connection("192.88.99.9", day=day, hour=9) for day in (0, 2, 4, 6)]
    hunts = Hunts(ACME, address_kinds=kinds_of(tmp_path), watch=Watch())
    hunts.feed(batch_of([*office(), *home]))
    assert hunts.findings() == [] and hunts.faults == []
    assert hunts.notes == [
        "residential sources that came on several days at usual hours, as people who work at home do, "
        "and are not reported: 1"
    ]


def test_a_large_session_at_night_from_a_new_home_is_high(tmp_path: Path) -> None:
    home = [connection("192.88.99.9", day=day, hour=9) for day in (0, 2, 4, 6)]
    night = connection("192.88.99.40", day=9, hour=2, seconds=7200, drawn=3_000_000_000)
    (found,) = hunted(tmp_path, [*office(), *home, night])
    assert met(found) == {"residential range": 0.1, "new": 0.15, "quiet hours": 0.2, "large session": 0.3}
    assert (found.why[0].value, found.severity, found.confidence) == (0.75, "high", "moderate")
    assert {"T1133", "T1090.003"} <= set(found.techniques)
    assert (found.first_seen, found.last_seen) == ("2026-03-11T02:00:00Z", "2026-03-11T02:00:00Z")
    assert any("not reported: 1" in reason.says for reason in found.why)


def test_usual_days_do_not_hide_what_else_is_met(tmp_path: Path) -> None:
    visits = [connection("192.88.99.9", day=day, hour=9) for day in (0, 1, 2)]
    visits.append(connection("192.88.99.9", day=3, hour=9, seconds=7200, sent=900_000_000))
    (found,) = hunted(tmp_path, visits)
    assert met(found) == {"residential range": 0.1, "large session": 0.3, "usual": -0.1}


def test_every_score_is_the_sum_of_what_is_met(tmp_path: Path) -> None:
    events = [connection(f"192.88.99.{n}", (VPN, MAIL)[n % 2], day=n % 9, hour=n % 24) for n in range(1, 15)]
    events += [connection("192.88.99.3", MAIL, day=4), *office()]
    for found in hunted(tmp_path, events):
        assert found.why[0].value == pytest.approx(sum(met(found).values()))


def test_hours_and_novelty_are_not_judged_by_a_short_log(tmp_path: Path) -> None:
    (found,) = hunted(tmp_path, [connection("192.88.99.5", hour=3), connection("192.88.99.200", hour=9)])
    says = {part.name: part.says for part in found.why[0].parts}
    assert says["new"].startswith("not judged") and says["quiet hours"].startswith("not judged")


def test_sign_ins_of_windows_on_a_host_that_is_vpn_or_mail(tmp_path: Path) -> None:
    events = [
        *[sign_in("::ffff:192.88.99.5", "4625") for _ in range(6)],
        sign_in("192.88.99.5", "4624"),
        sign_in("192.88.99.6", "4624", kind="5"),  # a service
        sign_in("192.88.99.7", "4625"),  # never came in
        sign_in("192.88.99.8", "4624", host="pc7"),
        sign_in("-", "4624"),
    ]
    (found,) = hunted(tmp_path, events)
    assert (found.host, found.user) == ("gate", "lena")
    assert met(found) == {"residential range": 0.1, "failed sign-ins": 0.2}
    assert "T1078" in found.techniques


def test_an_old_table_lowers_the_confidence_and_says_so(tmp_path: Path) -> None:
    old = kinds_of(tmp_path, "range;usage type;updated\n192.88.99.0/24;ISP;2024-01-31\n")
    large = connection("192.88.99.40", seconds=7200, drawn=3_000_000_000)
    (found,) = hunted(tmp_path, [large], old)
    assert (found.severity, found.confidence) == ("medium", "low")
    assert any("2024-01-31" in reason.says and "old" in reason.says for reason in found.why)


def test_without_a_table_or_an_asset_the_hunt_says_that_it_could_not_look(tmp_path: Path) -> None:
    hunts = Hunts(Organisation(name=""), address_kinds=None, watch=Watch())
    hunts.feed(batch_of([connection("192.88.99.5")]))
    assert hunts.findings() == []
    lines = [fault.line() for fault in hunts.faults]
    assert lines[0] == (
        "tocsin: hunt residential: could not look: no table of address kinds named; "
        "name one in org.toml under [tables] address_kinds"
    )
    assert "no asset has the role vpn or mail" in lines[1]


def test_bad_rows_are_named_by_line_and_the_others_used(tmp_path: Path) -> None:
    text = "prefix,kind,as_of\n192.88.99.0/33,residential,2026-01-01\nhome,residential,\n192.88.99.0/24,cable,soon\n"
    kinds = kinds_of(tmp_path, text)
    assert [(fault.place, fault.why) for fault in kinds.faults] == [
        ("line 2", "'192.88.99.0/33' is no address and no CIDR block"),
        ("line 3", "'home' is no address and no CIDR block"),
    ]
    (found,) = hunted(tmp_path, [connection("192.88.99.5")], kinds)
    assert any("undated" in reason.says for reason in found.why)


def test_a_table_of_thousands_of_bad_rows_gives_few_faults(tmp_path: Path) -> None:
    kinds = kinds_of(tmp_path, "prefix,kind\n" + "x,residential\n" * 5000 + "192.88.99.0/24,residential\n")
    assert len(kinds.faults) == 21 and kinds.faults[-1].why.startswith("4,980 more rows")


@pytest.mark.parametrize("text", ["prefix,colour\n192.88.99.0/24,red\n", ""])
def test_a_table_that_cannot_be_used_is_a_fault_and_nothing_else(tmp_path: Path, text: str) -> None:
    kinds = kinds_of(tmp_path, text)
    (fault,) = kinds.faults
    assert fault.file.endswith("kinds.csv") and fault.todo
    assert hunted(tmp_path, [connection("192.88.99.5")], kinds) == []
    assert AddressKinds.read(tmp_path / "absent.csv").faults[0].why == "No such file or directory"


def test_a_table_without_any_residential_row_says_so(tmp_path: Path) -> None:
    (fault,) = kinds_of(tmp_path, "prefix,kind\n192.88.99.0/24,hosting\n").faults
    assert fault.why == "no row is of kind residential; the kinds are hosting"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Residential", "residential"),
        ("DSL", "residential"),
        ("fixed line", "residential"),
        ("Cable/DSL", "residential"),
        ("ISP", "residential"),
        ("ISP/MOB", "residential"),
        ("Mobile ISP", "mobile"),
        ("cellular", "mobile"),
        ("Business ISP", "business"),
        ("DCH", "hosting"),
        ("Data Center hosting", "hosting"),
        ("University", "university"),
        ("", "unknown"),
    ],
)
def test_words_for_kinds(word: str, kind: str) -> None:
    assert kind_of(word) == kind


BLOCKS = st.one_of(
    st.builds(
        lambda at, size: ipaddress.ip_network((at, size), strict=False), st.integers(0, 2**32 - 1), st.integers(0, 32)
    ),
    st.builds(
        lambda at, size: ipaddress.ip_network((at << 96, size), strict=False),
        st.integers(2**28, 2**32 - 1),
        st.integers(4, 40),
    ),
)


@given(st.lists(BLOCKS, max_size=12), st.data())
def test_the_longest_of_the_prefixes_answers(blocks: list[ipaddress.IPv4Network], data: st.DataObject) -> None:
    prefixes = Prefixes((block, str(block)) for block in blocks)
    ends = [end for block in blocks for end in (block.network_address, block.broadcast_address)]
    near = [end + step for end in ends for step in (-1, 0, 1) if 0 <= int(end) + step < 2**end.max_prefixlen]
    asked = data.draw(st.sampled_from(near)) if near else ipaddress.ip_address("192.0.2.1")
    holding = [block for block in blocks if block.version == asked.version and asked in block]
    longest = max(holding, key=lambda block: block.prefixlen, default=None)
    assert prefixes.get(asked) == (str(longest) if longest is not None else None)


def test_a_block_of_mapped_addresses_is_one_of_ipv4() -> None:
    assert network_of("::ffff:192.0.2.0/120") == ipaddress.ip_network("192.0.2.0/24")
