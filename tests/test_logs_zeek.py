"""Zeek logs as text and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from log_files import Seen, json_lines, only, seen

HEAD = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"


def log(folder: Path, text: str, name: str = "conn.log") -> Seen:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return seen(path)


def table(path: str, types: dict[str, str], *rows: str, head: str = HEAD) -> str:
    fields, kinds = "\t".join(types), "\t".join(types.values())
    return f"{head}#path\t{path}\n#fields\t{fields}\n#types\t{kinds}\n" + "".join(f"{row}\n" for row in rows)


CONN = {
    "ts": "time",
    "uid": "string",
    "id.orig_h": "addr",
    "id.resp_p": "port",
    "local": "bool",
    "parents": "set[string]",
}


def test_absent_empty_lists_and_truth(tmp_path: Path) -> None:
    found = log(
        tmp_path,
        table(
            "conn",
            CONN,
            "1772528400.100000\tC1\t10.0.0.5\t4444\tT\tA,B",
            "1772528401.000000\tC2\t10.0.0.5\t-\tF\t(empty)",
            "1772528402.000000\tC3\t10.0.0.5\t80\t-\tA",
        ),
    )
    one, two, three = (event.fields for event in found.events)
    assert one["local"] == "true" and one["parents"] == ["A", "B"] and one["id.resp_p"] == "4444"
    assert two["local"] == "false" and two["parents"] == "" and "id.resp_p" not in two
    assert three["parents"] == "A" and "local" not in three
    event = found.events[0]
    assert (event.product, event.service, event.record) == ("zeek", "conn", "line 8")
    assert str(event.time) == "2026-03-03 09:00:00.100000+00:00"


def test_a_second_header_replaces_the_columns_and_a_cut_line_is_named(tmp_path: Path) -> None:
    first = table("conn", {"uid": "string", "id.orig_p": "port", "id.resp_p": "port"}, "C1\t50001\t4444")
    second = table("conn", {"uid": "string", "id.resp_p": "port", "id.orig_p": "port"}, "C2\t4444\t50002")
    found = log(tmp_path, first + "#close\t2026-03-03-10-00-00\n" + second + "C3\t44")
    assert [event.fields["id.resp_p"] for event in found.events] == ["4444", "4444"]
    (fault,) = found.faults
    assert (fault.place, fault.why) == ("line 18", "the last line is cut off")


def test_a_second_header_of_another_log_does_not_keep_the_first_ones_path(tmp_path: Path) -> None:
    text = table("dns", {"query": "string"}, "a.example") + f"{HEAD}#fields\tuid\n#types\tstring\nC1\n"
    assert [event.service for event in log(tmp_path, text).events] == ["dns", "conn"]


def test_rows_after_the_mark_of_a_closed_log_have_its_columns(tmp_path: Path) -> None:
    text = table("conn", {"uid": "string", "n": "count"}, "C1\t1", "#close\t2026-03-03-10-00-00", "C2\t2")
    assert [event.fields["uid"] for event in log(tmp_path, text).events] == ["C1", "C2"]


def test_rows_that_do_not_fit_the_header_are_counted(tmp_path: Path) -> None:
    found = log(tmp_path, table("conn", {"a": "string", "b": "string"}, "1\t2", "1", "1\t2\t3", "3\t4"))
    assert [event.fields["a"] for event in found.events] == ["1", "3"]
    assert found.faults[0].why == "its columns are not those of the header (2 times; also line 10)"


def test_a_last_value_cut_inside_empty_is_not_used(tmp_path: Path) -> None:
    found = log(tmp_path, table("conn", {"a": "string", "b": "set[string]"}, "1\tx") + "2\t(emp")
    assert len(found.events) == 1
    assert found.faults[0].why == "the last line is cut off"


def test_other_separators_and_marks(tmp_path: Path) -> None:
    head = "#separator \\x7c\n#set_separator|;\n#empty_field|EMPTY\n#unset_field|NIL\n#path|dns\n"
    text = (
        head
        + "#fields|query|answers|note\n#types|string|vector[string]|string\na.example|1.1.1.1;2.2.2.2|NIL\nb|EMPTY|-\n"
    )
    one, two = (event.fields for event in log(tmp_path, text).events)
    assert one == {"query": "a.example", "answers": ["1.1.1.1", "2.2.2.2"]}
    assert two == {"query": "b", "answers": "", "note": "-"}


def test_json_records_have_the_same_names_as_text(tmp_path: Path) -> None:
    event = only(
        tmp_path / "x.log",
        {
            "@stream": "dns",
            "ts": 1772528400.1,
            "uid": "C1",
            "id_orig_h": "10.0.0.1",
            "id_resp_p": 53,
            "AA": False,
            "answers": ["a", "b"],
            "TTLs": [60.0],
            "rtt": None,
        },
    )
    assert (event.product, event.service) == ("zeek", "dns")
    assert event.fields["id.orig_h"] == "10.0.0.1" and event.fields["id.resp_p"] == "53"
    assert event.fields["AA"] == "false" and event.fields["answers"] == ["a", "b"] and event.fields["TTLs"] == "60.0"
    assert "rtt" not in event.fields
    assert str(event.time) == "2026-03-03 09:00:00.100000+00:00"


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("conn.log", "conn"),
        ("conn.2026-03-03-09-00-00.log", "conn"),
        ("conn_20260303.log", "conn"),
        ("http.09:00:00-10:00:00.log", "http"),
        ("zeek_smb_files.log", "smb_files"),
        ("site-a.dce_rpc.json", "dce_rpc"),
        ("traffic.json", ""),
    ],
)
def test_the_service_comes_from_the_file_name_where_the_record_has_none(
    tmp_path: Path, name: str, service: str
) -> None:
    event = only(tmp_path / name, {"ts": "2026-03-03T09:00:00.1Z", "uid": "C1", "id.orig_h": "10.0.0.1"})
    assert (event.product, event.service) == ("zeek", service)
    assert str(event.time) == "2026-03-03 09:00:00.100000+00:00"


def test_records_of_zeek_and_windows_may_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_bytes(
        json_lines(
            {"_path": "conn", "ts": 1772528400, "uid": "C1"},
            {"EventID": 4624, "Channel": "Security", "Hostname": "dc01", "@timestamp": "2026-03-03T09:00:00Z"},
            {"time": "2026-03-03T09:00:00Z", "user": "alba", "host": {"name": "web1"}, "path": "/login"},
        )
    )
    found = seen(path)
    assert [event.product for event in found.events] == ["zeek", "windows", ""]
    last = found.events[2]
    assert (last.host, last.user, last.fields["path"]) == ("web1", "alba", "/login")


def escaped(text: str, also: str) -> str:
    """As Zeek writes it: backslashes doubled; what is not printable ASCII, and ``also``, as bytes in hexadecimal."""
    return "".join(
        "\\\\"
        if one == "\\"
        else one
        if " " <= one <= "~" and one not in also
        else "".join(f"\\x{byte:02x}" for byte in one.encode())
        for one in text
    )


TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=8).filter(lambda text: text != "(empty)")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXT | st.none(), st.lists(TEXT, max_size=3)), min_size=1, max_size=5))
def test_text_written_as_zeek_does_comes_back(tmp_path: Path, rows: list[tuple[str | None, list[str]]]) -> None:
    written = [
        "x\t"
        + ("-" if text is None else escaped(text, "-"))
        + "\t"
        + (",".join(escaped(one, ",-(") for one in many) or "(empty)")
        for text, many in rows
    ]
    found = log(tmp_path, table("conn", {"uid": "string", "text": "string", "many": "vector[string]"}, *written))
    assert not found.faults
    back = [(event.fields.get("text"), event.fields["many"]) for event in found.events]
    assert back == [(text, many if len(many) > 1 else "".join(many)) for text, many in rows]
