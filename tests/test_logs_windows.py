"""Windows events: one vocabulary whatever tool wrote them, the log source, the time, the host and the account."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from log_files import SYSMON, event_json, json_lines, only, seen

NINE = "2026-03-03 09:00:00+00:00"
DATA = {
    "UtcTime": "2026-03-03 09:00:00.000",
    "ProcessId": "4242",
    "Image": "C:\\Windows\\System32\\cmd.exe",
    "CommandLine": "cmd /c whoami /groups",
    "User": "CORP\\alba",
    "ParentImage": "C:\\Windows\\explorer.exe",
}
XML = (
    "<?xml version='1.0' encoding='utf-16'?><Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
    "<Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID>"
    "<TimeCreated SystemTime='2026-03-03T09:00:00.0000000Z'/>"
    f"<Channel>{SYSMON}</Channel><Computer>ws01.corp.example</Computer></System><EventData><!-- a comment -->"
    + "".join(f"<Data Name='{name}'>{value}</Data>" for name, value in DATA.items())
    + "</EventData></Event>"
)
SYSTEM = {
    "EventID": "1",
    "Channel": SYSMON,
    "Computer": "ws01.corp.example",
    "Provider": {"@Name": "Microsoft-Windows-Sysmon"},
    "TimeCreated": {"@SystemTime": "2026-03-03T09:00:00.0000000Z"},
}
CAMEL = {name[0].lower() + name[1:]: value for name, value in DATA.items()}
CAMEL_SYSTEM = {
    "providerName": "Microsoft-Windows-Sysmon",
    "eventID": "1",
    "systemTime": "2026-03-03T09:00:00.0000000Z",
    "channel": SYSMON,
    "computer": "ws01.corp.example",
}
NAMED = [{"@Name": name, "#text": value} for name, value in DATA.items()]
WINLOG = {
    "channel": SYSMON,
    "provider_name": "Microsoft-Windows-Sysmon",
    "computer_name": "ws01.corp.example",
    "event_id": 1,
}
ECS = {
    "process": {
        "pid": 4242,
        "executable": DATA["Image"],
        "command_line": DATA["CommandLine"],
        "parent": {"executable": DATA["ParentImage"]},
        "hash": {"md5": "aa", "sha256": "bb"},
        "pe": {"imphash": "cc"},
    },
    "user": {"domain": "CORP", "name": "alba"},
}
STAMP = "2026-03-03T09:00:00.000Z"
SHAPES: dict[str, dict[str, Any]] = {
    "evtx": {
        "Event": {
            "#attributes": {"xmlns": "…"},
            "System": {
                **SYSTEM,
                "EventID": {"#attributes": {"Qualifiers": 0}, "#text": 1},
                "Provider": {"#attributes": {"Name": "Microsoft-Windows-Sysmon"}},
                "TimeCreated": {"#attributes": {"SystemTime": STAMP}},
            },
            "EventData": DATA,
        }
    },
    "attributes apart": {
        "Event": {
            "System": {
                **SYSTEM,
                "Provider": None,
                "Provider_attributes": {"Name": "Microsoft-Windows-Sysmon"},
                "TimeCreated": None,
                "TimeCreated_attributes": {"SystemTime": STAMP},
            },
            "EventData": DATA,
        }
    },
    "xmltodict": {"Event": {"@xmlns": "…", "System": SYSTEM, "EventData": {"Data": NAMED}}},
    "without Event": {"System": SYSTEM, "EventData": {"Data": [{"Name": n, "Value": v} for n, v in DATA.items()]}},
    "winlogbeat": {"@timestamp": STAMP, "winlog": {**WINLOG, "event_data": DATA}},
    "ecs": {"@timestamp": STAMP, "event": {"code": "1"}, "host": {"name": "WS01"}, "winlog": WINLOG, **ECS},
    "elasticsearch": {"_index": "winlogbeat", "_source": {"@timestamp": STAMP, "winlog": WINLOG, **ECS}},
    "evtxecmd": {
        "Payload": json.dumps({"EventData": {"Data": NAMED}}),
        "Channel": SYSMON,
        "Provider": "Microsoft-Windows-Sysmon",
        "EventId": 1,
        "Computer": "ws01.corp.example",
        "ProcessId": 77,
        "TimeCreated": "2026-03-03T09:00:00.0000000+00:00",
    },
    "splunk": {"preview": False, "result": {"_raw": XML, "_time": "2026-03-03 10:00:00.000 CET", "host": "wec01"}},
    "splunk flat": {"_raw": json.dumps({"System": SYSTEM, "EventData": DATA}), "host": "wec01"},
    "nxlog": {
        **DATA,
        "EventTime": "2026-03-03 04:00:00",
        "@timestamp": "2026-03-03T09:00:02.000Z",
        "Hostname": "ws01.corp.example",
        "host": "wec01",
        "EventID": 1,
        "SourceName": "Microsoft-Windows-Sysmon",
        "Channel": SYSMON,
    },
    "wazuh event": {
        "WinEvtChannel": {
            "System": {**SYSTEM, "Provider": None, "ProviderName": "Microsoft-Windows-Sysmon"},
            "EventData": CAMEL,
        }
    },
    "wazuh alert": {
        "timestamp": "2026-03-03T10:00:03.1+0100",
        "agent": {"name": "x"},
        "data": {"win": {"system": CAMEL_SYSTEM, "eventdata": CAMEL}},
    },
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_event_is_the_same_in_every_shape(tmp_path: Path, shape: str) -> None:
    event = only(tmp_path / "x.json", SHAPES[shape])
    expected = {**DATA, "EventID": "1", "Channel": SYSMON, "Provider_Name": "Microsoft-Windows-Sysmon"}
    if shape in ("ecs", "elasticsearch"):
        del expected["UtcTime"]
        assert event.fields["Hashes"] == "MD5=aa,SHA256=bb,IMPHASH=cc"
    assert {name: event.fields.get(name) for name in expected} == expected
    assert (event.product, event.category, event.service) == ("windows", "process_creation", "sysmon")
    assert (str(event.time), event.host, event.user) == (NINE, "ws01.corp.example", "CORP\\alba")
    assert event.fields["Computer"] == "ws01.corp.example"


def test_an_event_with_entities_is_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE e [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + XML.partition("?>")[2].replace(
        "4242", "&b;"
    )
    (tmp_path / "x.json").write_bytes(json_lines({"_raw": bomb}))
    found = seen(tmp_path)
    assert found.events[0].product == ""
    assert "neither the event's XML nor JSON" in found.faults[0].why


@pytest.mark.parametrize(
    ("fields", "time"),
    [
        ({"EventTime": "2026-03-03 04:00:00", "@timestamp": "2026-03-03T09:00:00Z"}, NINE),
        ({"EventTime": "2026-03-03T10:00:00+01:00", "@timestamp": "2026-03-03T09:00:07Z"}, NINE),
        ({"TimeCreated": "/Date(1772528400000)/"}, NINE),
        ({"TimeCreated": "2026-03-03 09:00:00 UTC"}, NINE),
        ({"@timestamp": 1772528400.0}, NINE),
        ({"@timestamp": 1772528400000}, NINE),
        ({"UtcTime": "2026-03-03 09:00:00.000", "TimeCreated": "2026-03-03T02:00:00Z"}, NINE),
        ({"TimeCreated": "1601-01-01T00:00:00Z", "@timestamp": "2026-03-03T09:00:00Z"}, NINE),
        ({"TimeCreated": "yesterday"}, "None"),
        ({"TimeCreated": "9999-12-31T23:59:59-12:00"}, "None"),
        ({}, "None"),
    ],
)
def test_the_time_of_a_flat_event(tmp_path: Path, fields: dict[str, Any], time: str) -> None:
    assert str(only(tmp_path / "x", {"EventID": 1, "Channel": "System", **fields}).time) == time


def test_a_time_without_a_zone_is_used_last_and_said(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(json_lines({"EventID": 1, "Channel": "System", "EventTime": "2026-03-03 09:00:00"}))
    found = seen(tmp_path)
    assert str(found.events[0].time) == NINE
    assert [fault.why for fault in found.faults] == ["its time has no zone and was taken as UTC"]


@pytest.mark.parametrize(
    ("channel", "event_id", "data", "source"),
    [
        (SYSMON, 3, {}, ("network_connection", "sysmon")),
        (SYSMON, 12, {"EventType": "CreateKey"}, ("registry_add", "sysmon")),
        (SYSMON, 12, {"EventType": "DeleteValue"}, ("registry_delete", "sysmon")),
        (SYSMON, 12, {}, ("registry_event", "sysmon")),
        (
            SYSMON,
            12,
            {"EventType": "INFO", "Message": "x:\r\nEventType: DeleteKey\r\nImage: y"},
            ("registry_delete", "sysmon"),
        ),
        (SYSMON, 13, {"EventType": "SetValue"}, ("registry_set", "sysmon")),
        (SYSMON, 26, {}, ("file_delete", "sysmon")),
        (SYSMON, 999, {}, ("", "sysmon")),
        ("security", 4624, {}, ("", "security")),
        ("Security", 4688, {}, ("process_creation", "security")),
        ("System", 7045, {}, ("", "system")),
        ("Microsoft-Windows-PowerShell/Operational", 4104, {}, ("ps_script", "powershell")),
        ("PowerShellCore/Operational", 4103, {}, ("ps_module", "powershell")),
        ("Windows PowerShell", 600, {}, ("ps_classic_provider_start", "powershell-classic")),
        ("Microsoft-Windows-Windows Defender/Operational", 1116, {}, ("", "windefend")),
        ("Microsoft-Windows-AppLocker/EXE and DLL", 8004, {}, ("", "applocker")),
        ("Contoso/Operational", 1, {}, ("", "")),
    ],
)
def test_the_log_source_in_sigmas_words(
    tmp_path: Path, channel: str, event_id: int, data: dict[str, str], source: tuple[str, str]
) -> None:
    event = only(tmp_path / "x", event_json(event_id, channel, **data))
    assert (event.category, event.service) == source
    assert event.product == "windows"


def test_sysmon_for_linux_is_no_windows(tmp_path: Path) -> None:
    event = only(tmp_path / "x", event_json(1, "Linux-Sysmon/Operational", Image="/bin/sh"))
    assert (event.product, event.category, event.service) == ("linux", "process_creation", "sysmon")


def test_a_process_start_of_the_security_log_has_sysmons_names_too(tmp_path: Path) -> None:
    data = {
        "SubjectUserName": "alba",
        "SubjectDomainName": "CORP",
        "NewProcessName": "C:\\new.exe",
        "ParentProcessName": "C:\\old.exe",
        "CommandLine": "new -x",
        "ProcessId": "0x250",
        "NewProcessId": "0x165c",
        "MandatoryLabel": "S-1-16-12288",
    }
    fields = only(tmp_path / "x", event_json(4688, "Security", **data)).fields
    assert data.items() <= fields.items()
    assert (fields["Image"], fields["ParentImage"], fields["User"]) == ("C:\\new.exe", "C:\\old.exe", "CORP\\alba")
    assert fields["IntegrityLevel"] == "High"


@pytest.mark.parametrize(
    ("event_id", "channel", "data", "user"),
    [
        (1, SYSMON, {"User": "CORP\\alba"}, "CORP\\alba"),
        (10, SYSMON, {"SourceUser": "CORP\\alba", "TargetUser": "CORP\\bert"}, "CORP\\alba"),
        (
            4720,
            "Security",
            {"SubjectUserName": "alba", "SubjectDomainName": "CORP", "TargetUserName": "new"},
            "CORP\\alba",
        ),
        (4720, "Security", {"SubjectUserName": "-", "SubjectDomainName": "-", "TargetUserName": "new"}, "new"),
        (
            4624,
            "Security",
            {
                "SubjectUserName": "WS01$",
                "SubjectDomainName": "CORP",
                "TargetUserName": "alba",
                "TargetDomainName": "CORP",
            },
            "CORP\\alba",
        ),
        (
            4769,
            "Security",
            {"TargetUserName": "alba@CORP.EXAMPLE", "TargetDomainName": "CORP.EXAMPLE"},
            "alba@CORP.EXAMPLE",
        ),
        (4625, "Security", {"SubjectUserName": "WS01$", "TargetUserName": "-"}, "WS01$"),
        (400, "Windows PowerShell", {"Data": ["a", "b", "\tUserId=CORP\\alba\r\n\tHostName=x\r\n"]}, "CORP\\alba"),
        (7045, "System", {"ServiceName": "x"}, None),
    ],
)
def test_the_account_that_acts(tmp_path: Path, event_id: int, channel: str, data: dict[str, Any], user: str) -> None:
    assert only(tmp_path / "x", event_json(event_id, channel, **data)).user == user


def test_nxlogs_account_is_the_writers_and_not_that_of_what_sysmon_saw(tmp_path: Path) -> None:
    flat = {"EventID": 10, "Channel": SYSMON, "AccountName": "SYSTEM", "Domain": "NT AUTHORITY"}
    assert only(tmp_path / "x", flat).user is None
    flat |= {
        "EventID": 4104,
        "Channel": "Microsoft-Windows-PowerShell/Operational",
        "AccountName": "alba",
        "Domain": "CORP",
    }
    assert only(tmp_path / "x", flat).user == "CORP\\alba"


SETTINGS = "\tHostName=ConsoleHost\r\n\tHostApplication=powershell.exe -nop\r\n\tEngineVersion=5.1\r\n\tCommandLine="


def test_settings_of_classic_powershell_from_data_params_and_message(tmp_path: Path) -> None:
    flat = {"EventID": 400, "Channel": "Windows PowerShell"}
    message = (
        f"Engine state is changed from None to Available. \r\n\r\nDetails: \r\n\tNewEngineState=Available\r\n{SETTINGS}"
    )
    params = {"event_data": {"param3": SETTINGS, "param1": "Available", "param2": "None"}}
    winlog = {"winlog": {"channel": "Windows PowerShell", "event_id": 400, **params}}
    for record in (
        flat | {"Message": message},
        winlog,
        event_json(400, "Windows PowerShell", Data=["Available", "None", SETTINGS]),
    ):
        event = only(tmp_path / "x", record)
        assert event.fields["HostApplication"] == "powershell.exe -nop"
        assert event.fields["CommandLine"] == ""
        data = event.fields["Data"]
        assert SETTINGS in (data if isinstance(data, str) else data[2])
        assert event.category == "ps_classic_start"


def test_a_script_cannot_pass_for_the_settings_of_its_event(tmp_path: Path) -> None:
    script = "\tUserId=CORP\\other\r\n\tHostApplication=harmless.exe\r\n"
    real = "\tUserId=CORP\\alba\r\n\tHostApplication=powershell.exe\r\n"
    head = f"Pipeline execution details for command line: {script}. \r\n\r\n"
    message = f"{head}Context Information: \r\n{real}\r\n\r\nDetails: \r\nUserId=x"
    data = {"Data": [script, real, "CommandInvocation(x)"]}
    for record in (
        event_json(800, "Windows PowerShell", **data),
        {"EventID": 800, "Channel": "Windows PowerShell", "Message": message},
    ):
        event = only(tmp_path / "x", record)
        assert (event.user, event.fields["HostApplication"]) == ("CORP\\alba", "powershell.exe")


def test_user_data_and_names_that_system_has_already(tmp_path: Path) -> None:
    record = event_json(104, "System")
    cleared = {
        "#attributes": {"xmlns": "…"},
        "SubjectUserName": "adm",
        "SubjectDomainName": "CORP",
        "Channel": "Security",
        "BackupPath": None,
    }
    record["Event"]["UserData"] = {"LogFileCleared": cleared}
    event = only(tmp_path / "x", record)
    assert event.fields["Channel"] == "System" and event.fields["EventData.Channel"] == "Security"
    assert event.fields["BackupPath"] == ""
    assert event.user == "CORP\\adm"


def test_null_is_absent_in_flat_records_and_values_become_text(tmp_path: Path) -> None:
    flat = {
        "EventID": 1,
        "Channel": "System",
        "A": None,
        "B": True,
        "C": 12345678901234567890123,
        "D": ["x", 1],
        "E": {"f": 0.5},
        "G": [],
    }
    fields = only(tmp_path / "x", flat).fields
    assert "A" not in fields
    assert (fields["B"], fields["C"], fields["D"], fields["E.f"], fields["G"]) == (
        "true",
        "12345678901234567890123",
        ["x", "1"],
        "0.5",
        "",
    )
