"""A Windows event with its fields as Sigma names them, whichever file it came from.

The names are those of the event itself (``EventData`` at top level), of its ``System`` part with element and attribute
joined (``Provider_Name``, ``Execution_ProcessID``), and what rules ask for and some events say in other words: process
fields of Security 4688, the settings inside the text of classic PowerShell events.
"""

from __future__ import annotations

import datetime
import re

from tocsin.logs.events import Event, Value
from tocsin.logs.windows_sources import LINUX_SYSMON, category_of, service_of

_NOBODY = ("", "-")
# Events of an account that signs in: the subject is the service that asks, the target is who signs in.
_LOGONS = frozenset(("4624", "4625", "4768", "4769", "4770", "4771", "4776", "4777"))
# Security 4688 in the words of Sysmon's event 1, as Sigma's rules on process creation expect it.
_PROCESS = (("Image", "NewProcessName"), ("ParentImage", "ParentProcessName"))
# https://learn.microsoft.com/windows/win32/secauthz/well-known-sids (mandatory integrity levels)
_INTEGRITY = {
    "S-1-16-4096": "Low",
    "S-1-16-8192": "Medium",
    "S-1-16-8448": "Medium",
    "S-1-16-12288": "High",
    "S-1-16-16384": "System",
}
# What stands as NAME=VALUE, a line each, in the text of classic PowerShell events; a value may take several lines.
_SETTINGS = """NewEngineState PreviousEngineState ProviderName NewProviderState DetailSequence DetailTotal
    SequenceNumber UserId HostName HostVersion HostId HostApplication EngineVersion RunspaceId PipelineId CommandName
    CommandType ScriptName CommandPath CommandLine""".split()
_SETTING = re.compile(rf"^[ \t]*({'|'.join(_SETTINGS)})=", re.M)
_OUTPUT = re.compile(r"^[ \t]*Details:", re.M)
_TYPED = frozenset(("12", "13", "14", "17", "18", "19", "20", "21"))  # Sysmon's events that have an EventType
_EVENT_TYPE = re.compile(r"^EventType: (\w+)\r?$", re.M)


def windows_event(file: str, record: str, time: datetime.datetime | None, fields: dict[str, Value]) -> Event:
    """The event, with log source, host and account found and the fields that rules expect added to ``fields``."""
    event_id = first(fields, "EventID")
    channel = first(fields, "Channel")
    product = "linux" if channel.lower() == LINUX_SYSMON else "windows"
    service = service_of(channel)
    event_type = ""
    if service == "sysmon" and event_id in _TYPED:
        event_type = _event_type(fields)
    elif service == "powershell-classic":
        _split_settings(fields)
    user = _user(fields, event_id, service)
    if event_id == "4688" and service == "security":
        _as_process(fields, user)
    host = first(fields, "Computer") or None
    category = category_of(service, event_id, event_type)
    return Event(file, record, time, host, user, product, category, service, fields)


def first(fields: dict[str, Value], name: str) -> str:
    """A field as one string: the first of several, empty where it is absent."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else next(iter(value), "")


def _event_type(fields: dict[str, Value]) -> str:
    """What a Sysmon event did. NXLog writes its own ``EventType`` (INFO) over it; the message still says it."""
    found = first(fields, "EventType")
    if (not found or found.isupper()) and (match := _EVENT_TYPE.search(first(fields, "Message"))):
        fields["EventType"] = found = match[1]
    return found


def _split_settings(fields: dict[str, Value]) -> None:
    """``HostApplication=…`` and the like, each a line in the text of a classic PowerShell event, as fields.

    Exports that lack the event's data have the same text in its message, which then stands for the data.
    """
    if "Data" not in fields and "Message" in fields:
        fields["Data"] = fields["Message"]
    data = fields.get("Data", "")
    texts = [data] if isinstance(data, str) else data
    if first(fields, "EventID") == "800":  # the script comes first and its output last: neither may pass for settings
        whole = texts[0].rpartition("Context Information:")[2] if texts else ""
        texts = texts[1:2] if len(texts) > 1 else [_OUTPUT.split(whole, maxsplit=1)[0]]
    for text in texts:
        _, *parts = _SETTING.split(text)
        for name, value in zip(parts[::2], parts[1::2], strict=True):
            fields.setdefault(name, value.strip())


def _as_process(fields: dict[str, Value], user: str | None) -> None:
    for ours, theirs in _PROCESS:
        if theirs in fields:
            fields.setdefault(ours, fields[theirs])
    if user:
        fields.setdefault("User", user)
    level = _INTEGRITY.get(first(fields, "MandatoryLabel"))
    if level:
        fields.setdefault("IntegrityLevel", level)


def _user(fields: dict[str, Value], event_id: str, service: str) -> str | None:
    """The account that acts, as ``DOMAIN\\user`` where the event gives the domain."""
    subject = _account(fields, "SubjectUserName", "SubjectDomainName")
    target = _account(fields, "TargetUserName", "TargetDomainName")
    if event_id in _LOGONS and service == "security":
        return target or subject
    for name in ("User", "SourceUser"):
        if (named := first(fields, name)) not in _NOBODY:
            return named
    found = subject or target
    if not found and service == "powershell-classic" and (user := first(fields, "UserId")) not in _NOBODY:
        return user
    if not found and service != "sysmon":  # Sysmon's own account, not that of what it saw
        return _account(fields, "AccountName", "Domain")
    return found


def _account(fields: dict[str, Value], name: str, domain: str) -> str | None:
    account, where = first(fields, name), first(fields, domain)
    if account in _NOBODY:
        return None
    return account if where in _NOBODY or "@" in account or "\\" in account else f"{where}\\{account}"
