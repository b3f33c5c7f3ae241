"""The index finds what a plain comparison with every name would find."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.knowledge import Graph
from tocsin.names import NameIndex, compare, entry_of

NAMES = {
    "anxun": ("Anxun Information Technology Co., Ltd.", "安洵信息技术有限公司", "i-Soon"),
    "emennet": ("Emennet Pasargad", "Net Peygard Samavat Company", "Eeleyanet Gostar"),
    "shirinkar": ("Mohammad Bagher Shirinkar", "محمد باقر شیرینکار"),
    "impuls": ("Impuls LLC", "ООО «Импульс»"),
    "apt28": ("APT28", "Fancy Bear"),
    "apt29": ("APT29", "Cozy Bear"),
    "panda": ("Judgment Panda",),
    "wuhan": ("Wuhan Xiaoruizhi Science and Technology Company, Limited",),
    "park": ("Park Jin Hyok", "박진혁"),
    "staff": ("General Staff Main Intelligence Directorate",),
}
ENTRIES = [entry_of(name, ref, "a list") for ref, names in NAMES.items() for name in names]
INDEX = NameIndex(ENTRIES)


def slow(query: str, floor: float) -> dict[str, float]:
    """The plain way: every name compared."""
    best: dict[str, float] = {}
    for entry in ENTRIES:
        score = compare(query, entry.name).score
        if score >= floor:
            best[entry.ref] = max(score, best.get(entry.ref, 0.0))
    return best


def quick(query: str, floor: float) -> dict[str, float]:
    return {match.ref: match.score for match in INDEX.search(query, limit=50, floor=floor)}


def test_every_name_leads_to_its_node_first():
    for entry in ENTRIES:
        best = INDEX.search(entry.name)[0]
        assert (best.ref, best.score, best.by) == (entry.ref, 1.0, "a list")


def test_misspelt_reordered_and_partial_names_are_found():
    for query, ref in {
        "Judgement Panda": "panda",
        "Emmenet Pasargad": "emennet",
        "Pasargad Emennet": "emennet",
        "Shirinkar, Mohammad Bagher": "shirinkar",
        "Mohammad Bagher Shirinkaar": "shirinkar",
        "Xiaoruizhi": "wuhan",
        "APT-28": "apt28",
        "impulse": "impuls",
        "Jin Hyok Park": "park",
        "Main Intelligence Directorate of the General Staff": "staff",
    }.items():
        assert quick(query, 0.7) == slow(query, 0.7)
        assert INDEX.search(query, floor=0.5)[0].ref == ref, query


def test_what_is_no_name_finds_nothing():
    for query in ("", "  ", "...", "Ltd", "Science and Technology", "APT27", "Nobody Known"):
        assert INDEX.search(query) == []


def test_exact_names_are_found_by_key_and_others_are_not():
    assert {entry.ref for entry in INDEX.exact("apt 28")} == {"apt28"}
    assert {entry.ref for entry in INDEX.exact("IMPULS")} == {"impuls"}
    assert INDEX.exact("Impulse") == []
    assert INDEX.exact("") == []


def test_an_empty_index_answers():
    assert NameIndex([]).search("APT31") == []
    assert NameIndex([]).exact("APT31") == []


SOME_NAME = st.sampled_from([entry.name for entry in ENTRIES])
EDIT = st.tuples(st.integers(0, 60), st.sampled_from([*"aeiou ", ""]))


@settings(max_examples=300, deadline=None)
@given(SOME_NAME, EDIT, st.booleans())
def test_search_finds_what_comparing_with_all_finds(name: str, edit: tuple[int, str], turned: bool):
    place, letter = edit
    words = name.split()
    query = " ".join(reversed(words)) if turned else name
    query = query[:place] + letter + query[place + 1 :]
    for ref, score in slow(query, 0.8).items():
        assert quick(query, 0.8).get(ref) == score


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_search_never_raises(query: str):
    for match in INDEX.search(query):
        assert 0.7 <= match.score <= 1.0
        assert compare(query, match.name).score == match.score


def test_search_in_the_whole_graph_agrees_with_comparing(graph: Graph):
    """Against all names of the bundled catalogues, for names as reports have them."""
    for query in ("Judgement Panda", "Emmenet Pasargad", "Sichuan Silence", "Fancy Bears", "Park Jin-hyok"):
        best: dict[str, float] = {}
        for entry in graph.names.entries:
            score = compare(query, entry.name).score
            if score >= 0.85:
                best[entry.ref] = max(score, best.get(entry.ref, 0.0))
        found = {match.ref: match.score for match in graph.names.search(query, limit=100, floor=0.85)}
        assert found == best, query
