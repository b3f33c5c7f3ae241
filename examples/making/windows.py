"""Windows events as a collector writes them: JSON objects with the names of Sysmon's and Windows' own fields.

Field names, providers and their identifiers are those of Windows; every value is invented.
"""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from making.chance import digest
from making.people import DOMAIN, SID, full

SYSTEM = "S-1-5-18"
SYSTEM_USER = "NT AUTHORITY\\SYSTEM"
SYS32 = "C:\\Windows\\System32\\"
POWERSHELL = SYS32 + "WindowsPowerShell\\v1.0\\powershell.exe"
# Channel: the provider and its identifier.
PROVIDERS = {
    "Security": ("Microsoft-Windows-Security-Auditing", "{54849625-5478-4994-A5BA-3E3B0328C30D}"),
    "Microsoft-Windows-Sysmon/Operational": ("Microsoft-Windows-Sysmon", "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}"),
    "Microsoft-Windows-PowerShell/Operational": (
        "Microsoft-Windows-PowerShell",
        "{A0C1853B-5C40-4B15-8766-3CF1C58F985A}",
    ),
    "Microsoft-Windows-TaskScheduler/Operational": (
        "Microsoft-Windows-TaskScheduler",
        "{DE7B24EA-73C8-4A09-985D-5BDADCFA9017}",
    ),
    "System": ("Service Control Manager", "{555908D1-A6D7-4695-8E1E-26931D2012F4}"),
}
EVENTLOG = ("Microsoft-Windows-Eventlog", "{FC65DDD8-D6EF-4962-83D5-6E5CFE9CE148}")
MESSAGES = {
    ("Security", 1102): "The audit log was cleared.",
    ("Security", 4624): "An account was successfully logged on.",
    ("Security", 4625): "An account failed to log on.",
    ("Security", 4634): "An account was logged off.",
    ("Security", 4648): "A logon was attempted using explicit credentials.",
    ("Security", 4672): "Special privileges assigned to new logon.",
    ("Security", 4688): "A new process has been created.",
    ("Security", 4698): "A scheduled task was created.",
    ("Security", 4720): "A user account was created.",
    ("Security", 4726): "A user account was deleted.",
    ("Security", 4728): "A member was added to a security-enabled global group.",
    ("Security", 4732): "A member was added to a security-enabled local group.",
    ("Security", 4738): "A user account was changed.",
    ("System", 7036): "A service changed its state.",
    ("System", 7045): "A service was installed in the system.",
}
SYSMON, POWERSHELL_LOG = "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-PowerShell/Operational"
TASKS = "Microsoft-Windows-TaskScheduler/Operational"


class Expected(NamedTuple):
    """What a planted record must bring: the room that finds it, and the rule or the words by which it says so."""

    room: str
    says: str
    what: str


class Made(NamedTuple):
    """An event: when, on which host, and its fields. ``expected`` is set on planted ones that must be found."""

    time: datetime.datetime
    host: str
    channel: str
    event: int
    fields: dict[str, Any]
    expected: tuple[Expected, ...] = ()

    def by_rule(self, rule: str, what: str) -> Made:
        """The same event, as one on which a rule of the pack must fire, by the name of its file."""
        return self._replace(expected=(*self.expected, Expected("detect", rule, what)))

    def by_hunt(self, contact: str, what: str) -> Made:
        """The same event, as one that the hunt for published contacts must find."""
        return self._replace(expected=(*self.expected, Expected("hunt", contact, what)))


def record(made: Made, number: int) -> dict[str, Any]:
    """The event as one JSON object, with its number in its host's log."""
    provider, guid = EVENTLOG if made.event == 1102 else PROVIDERS[made.channel]
    failed = made.event == 4625
    head: dict[str, Any] = {
        "@timestamp": _stamp(made.time, "T", 3) + "Z",
        "EventTime": _stamp(made.time, " ", 0),
        "Hostname": full(made.host),
        "Channel": made.channel,
        "SourceName": provider,
        "ProviderGuid": guid,
        "EventID": made.event,
        "RecordNumber": number,
        "EventType": "AUDIT_FAILURE" if failed else "AUDIT_SUCCESS" if made.channel == "Security" else "INFO",
        "SourceModuleType": "im_msvistalog",
    }
    message = MESSAGES.get((made.channel, made.event))
    return {**head, **({"Message": message} if message else {}), **made.fields}


def process(
    time: datetime.datetime,
    host: str,
    user: str,
    image: str,
    command: str,
    parent: str,
    *,
    parent_command: str = "",
    integrity: str = "Medium",
    folder: str = SYS32,
) -> Made:
    """A process that starts, as Sysmon sees it. ``user`` is ``DOMAIN\\login``."""
    name = image.rpartition("\\")[2]
    fields = {
        "RuleName": "-",
        "UtcTime": _stamp(time, " ", 3),
        "ProcessGuid": guid(host, image, time),
        "ProcessId": str(number_of(host, image, time)),
        "Image": image,
        "FileVersion": "-" if "Users" in image else "10.0.19041.1 (WinBuild.160101.0800)",
        "Company": "-" if "Users" in image else "Microsoft Corporation",
        "OriginalFileName": ORIGINAL.get(name.lower(), name),
        "CommandLine": command,
        "CurrentDirectory": folder,
        "User": user,
        "LogonId": logon(host, user, time),
        "IntegrityLevel": integrity,
        "Hashes": "SHA256=" + digest("image", image).upper(),
        "ParentProcessGuid": guid(host, parent, time.date()),
        "ParentProcessId": str(number_of(host, parent, time.date())),
        "ParentImage": parent,
        "ParentCommandLine": parent_command or f'"{parent}"',
    }
    return Made(time, host, SYSMON, 1, fields)


def process_audited(
    time: datetime.datetime, host: str, sid: str, login: str, image: str, command: str, parent: str
) -> Made:
    """The same as the Security log sees it, with auditing of command lines turned on."""
    fields = {
        "SubjectUserSid": sid,
        "SubjectUserName": login,
        "SubjectDomainName": DOMAIN,
        "SubjectLogonId": logon(host, login, time),
        "NewProcessId": hex(number_of(host, image, time)),
        "NewProcessName": image,
        "TokenElevationType": "%%1936" if login.endswith("$") else "%%1938",
        "ProcessId": hex(number_of(host, parent, time.date())),
        "CommandLine": command,
        "TargetUserSid": "S-1-0-0",
        "TargetUserName": "-",
        "TargetDomainName": "-",
        "ParentProcessName": parent,
        "MandatoryLabel": "S-1-16-16384" if login.endswith("$") else "S-1-16-8192",
    }
    return Made(time, host, "Security", 4688, fields)


def connection(
    time: datetime.datetime, host: str, user: str, image: str, source: str, target: str, port: int, name: str = "-"
) -> Made:
    """A connection that a process opens, as Sysmon sees it."""
    fields = {
        "RuleName": "-",
        "UtcTime": _stamp(time, " ", 3),
        "ProcessGuid": guid(host, image, time.date()),
        "ProcessId": str(number_of(host, image, time.date())),
        "Image": image,
        "User": user,
        "Protocol": "tcp",
        "Initiated": "true",
        "SourceIp": source,
        "SourceHostname": full(host),
        "SourcePort": str(49152 + number_of(host, target, time) % 16000),
        "DestinationIp": target,
        "DestinationHostname": name,
        "DestinationPort": str(port),
    }
    return Made(time, host, SYSMON, 3, fields)


def dns_query(time: datetime.datetime, host: str, user: str, image: str, name: str, answer: str) -> Made:
    """A look-up that a process makes, as Sysmon sees it."""
    fields = {
        "RuleName": "-",
        "UtcTime": _stamp(time, " ", 3),
        "ProcessGuid": guid(host, image, time.date()),
        "ProcessId": str(number_of(host, image, time.date())),
        "QueryName": name,
        "QueryStatus": "0",
        "QueryResults": f"::ffff:{answer};",
        "Image": image,
        "User": user,
    }
    return Made(time, host, SYSMON, 22, fields)


def file_made(time: datetime.datetime, host: str, user: str, image: str, path: str) -> Made:
    """A file that a process writes, as Sysmon sees it."""
    fields = {
        "RuleName": "-",
        "UtcTime": _stamp(time, " ", 3),
        "ProcessGuid": guid(host, image, time.date()),
        "ProcessId": str(number_of(host, image, time.date())),
        "Image": image,
        "TargetFilename": path,
        "CreationUtcTime": _stamp(time, " ", 3),
        "User": user,
    }
    return Made(time, host, SYSMON, 11, fields)


def registry_set(time: datetime.datetime, host: str, user: str, image: str, key: str, details: str) -> Made:
    """A registry value that a process sets, as Sysmon sees it."""
    fields = {
        "RuleName": "-",
        "EventType": "SetValue",
        "UtcTime": _stamp(time, " ", 3),
        "ProcessGuid": guid(host, image, time.date()),
        "ProcessId": str(number_of(host, image, time.date())),
        "Image": image,
        "TargetObject": key,
        "Details": details,
        "User": user,
    }
    return Made(time, host, SYSMON, 13, fields)


def script(time: datetime.datetime, host: str, sid: str, text: str, path: str = "") -> Made:
    """A PowerShell script block as the engine logs it."""
    fields = {
        "UserID": sid,
        "MessageNumber": "1",
        "MessageTotal": "1",
        "ScriptBlockText": text,
        "ScriptBlockId": guid(host, text, time).strip("{}"),
        "Path": path,
    }
    return Made(time, host, POWERSHELL_LOG, 4104, fields)


def guid(*words: object) -> str:
    """An identifier in braces that stands for some words."""
    text = digest("guid", *words)
    return "{" + "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:32])) + "}"


def number_of(*words: object) -> int:
    """A process number that stands for some words: a multiple of four, as Windows gives them."""
    return 1000 + int(digest("pid", *words)[:4], 16) // 4 * 4 % 12000


def logon(host: str, user: str, time: datetime.datetime) -> str:
    """The logon session of a user on a host and day."""
    login = user.rpartition("\\")[2]
    if login in ("SYSTEM", f"{host.upper()}$"):
        return "0x3e7"
    return "0x" + digest("logon", host, login, time.date())[:6].lstrip("0")


def domain_user(login: str) -> str:
    """``ACME\\login``."""
    return f"{DOMAIN}\\{login}"


def sid_of(rid: int) -> str:
    """The identifier of an account or a group of the domain."""
    return f"{SID}-{rid}"


# What the linker called a program that is better known by another name.
ORIGINAL = {
    "powershell.exe": "PowerShell.EXE",
    "cmd.exe": "Cmd.Exe",
    "certutil.exe": "CertUtil.exe",
    "rundll32.exe": "RUNDLL32.EXE",
    "mshta.exe": "MSHTA.EXE",
    "schtasks.exe": "schtasks.exe",
    "winword.exe": "WinWord.exe",
}


def _stamp(time: datetime.datetime, between: str, digits: int) -> str:
    text = time.strftime(f"%Y-%m-%d{between}%H:%M:%S")
    return f"{text}.{time.microsecond // 1000:03d}" if digits else text
