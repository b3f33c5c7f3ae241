"""Events of the Security and System logs: sign-ins, accounts and groups, tasks, services."""

from __future__ import annotations

import datetime
from typing import Any

from making.people import DOMAIN, SID, full
from making.windows import SYSTEM, TASKS, Made, guid, logon

Fields = dict[str, Any]


def signed_in(
    time: datetime.datetime, host: str, sid: str, login: str, kind: int, source: str = "-", machine: str = "-"
) -> Made:
    """4624. ``kind``: 2 at the keyboard, 3 over the network, 5 a service, 10 remote desktop, 11 a cached password."""
    fields = _sign_in(host, sid, login, kind, source, machine, time)
    return Made(time, host, "Security", 4624, {**fields, "TargetLogonId": logon(host, login, time)})


def refused(time: datetime.datetime, host: str, login: str, kind: int, source: str = "-", machine: str = "-") -> Made:
    """4625 with a wrong password."""
    fields = _sign_in(host, "S-1-0-0", login, kind, source, machine, time)
    why = {"Status": "0xc000006d", "SubStatus": "0xc000006a", "FailureReason": "%%2313"}
    return Made(time, host, "Security", 4625, {**fields, **why})


def signed_out(time: datetime.datetime, host: str, sid: str, login: str, kind: int) -> Made:
    """4634."""
    fields = {
        "TargetUserSid": sid,
        "TargetUserName": login,
        "TargetDomainName": DOMAIN,
        "TargetLogonId": logon(host, login, time),
        "LogonType": str(kind),
    }
    return Made(time, host, "Security", 4634, fields)


def other_credentials(
    time: datetime.datetime, host: str, sid: str, login: str, used: str, target: str, image: str
) -> Made:
    """4648: someone works with another account's password, as administrators do who keep two accounts."""
    fields = {
        **_subject(host, sid, login, time),
        "TargetUserName": used,
        "TargetDomainName": DOMAIN,
        "TargetServerName": full(target),
        "TargetInfo": full(target),
        "ProcessName": image,
        "IpAddress": "-",
        "IpPort": "-",
    }
    return Made(time, host, "Security", 4648, fields)


def privileged(time: datetime.datetime, host: str, sid: str, login: str) -> Made:
    """4672."""
    rights = "\r\n\t\t\t".join(("SeSecurityPrivilege", "SeBackupPrivilege", "SeRestorePrivilege", "SeDebugPrivilege"))
    return Made(time, host, "Security", 4672, {**_subject(host, sid, login, time), "PrivilegeList": rights})


def account_event(
    time: datetime.datetime, host: str, event: int, sid: str, login: str, account: str, rid: int, more: Fields
) -> Made:
    """4720, 4726 and 4738: an account is made, deleted or changed by ``login``."""
    fields = {
        "TargetUserName": account,
        "TargetDomainName": DOMAIN,
        "TargetSid": f"{SID}-{rid}",
        **_subject(host, sid, login, time),
        "PrivilegeList": "-",
        **more,
    }
    return Made(time, host, "Security", event, fields)


def member_added(
    time: datetime.datetime,
    host: str,
    event: int,
    sid: str,
    login: str,
    member: str,
    rid: int,
    group: str,
    group_sid: str,
) -> Made:
    """4728 and 4732: ``member`` joins a global or a local group."""
    local = event == 4732
    fields = {
        "MemberName": "-" if local else f"CN={member},OU=Staff,DC=acme,DC=test",
        "MemberSid": f"{SID}-{rid}",
        "TargetUserName": group,
        "TargetDomainName": "Builtin" if local else DOMAIN,
        "TargetSid": group_sid,
        **_subject(host, sid, login, time),
        "PrivilegeList": "-",
    }
    return Made(time, host, "Security", event, fields)


def task_made(
    time: datetime.datetime, host: str, sid: str, login: str, name: str, command: str, arguments: str
) -> Made:
    """4698, with the task as XML."""
    content = (
        '<?xml version="1.0" encoding="UTF-16"?>\r\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\r\n'
        f"  <RegistrationInfo><Author>{DOMAIN}\\{login}</Author><URI>{name}</URI></RegistrationInfo>\r\n"
        f"  <Actions><Exec><Command>{command}</Command><Arguments>{arguments}</Arguments></Exec></Actions>\r\n"
        "</Task>"
    )
    fields = {**_subject(host, sid, login, time), "TaskName": name, "TaskContent": content}
    return Made(time, host, "Security", 4698, fields)


def task_event(time: datetime.datetime, host: str, event: int, name: str, more: Fields) -> Made:
    """106, 200 and 201 of the task scheduler: a task is registered, starts or ends."""
    return Made(time, host, TASKS, event, {"UserID": SYSTEM, "TaskName": name, **more})


def service_made(time: datetime.datetime, host: str, name: str, path: str, account: str = "LocalSystem") -> Made:
    """7045."""
    fields = {
        "ServiceName": name,
        "ImagePath": path,
        "ServiceType": "user mode service",
        "StartType": "demand start" if name.islower() else "auto start",
        "AccountName": account,
    }
    return Made(time, host, "System", 7045, fields)


def service_state(time: datetime.datetime, host: str, name: str, state: str) -> Made:
    """7036."""
    return Made(time, host, "System", 7036, {"param1": name, "param2": state})


def log_cleared(time: datetime.datetime, host: str, sid: str, login: str) -> Made:
    """1102."""
    return Made(time, host, "Security", 1102, _subject(host, sid, login, time))


def _subject(host: str, sid: str, login: str, time: datetime.datetime) -> Fields:
    return {
        "SubjectUserSid": sid,
        "SubjectUserName": login,
        "SubjectDomainName": DOMAIN,
        "SubjectLogonId": logon(host, login, time),
    }


def _sign_in(host: str, sid: str, login: str, kind: int, source: str, machine: str, time: datetime.datetime) -> Fields:
    near = kind in (2, 5, 11)
    return {
        "SubjectUserSid": SYSTEM if near else "S-1-0-0",
        "SubjectUserName": f"{host.upper()}$" if near else "-",
        "SubjectDomainName": DOMAIN if near else "-",
        "SubjectLogonId": "0x3e7" if near else "0x0",
        "TargetUserSid": sid,
        "TargetUserName": login,
        "TargetDomainName": DOMAIN,
        "LogonType": str(kind),
        "LogonProcessName": "User32 " if kind in (2, 10, 11) else "Advapi  " if kind == 5 else "Kerberos",
        "AuthenticationPackageName": "Kerberos" if kind == 3 else "Negotiate",
        "WorkstationName": host.upper() if near else machine.upper(),
        "LogonGuid": guid("logon", host, login, time),
        "ProcessName": "C:\\Windows\\System32\\svchost.exe" if kind in (2, 10, 11) else "-",
        "IpAddress": "127.0.0.1" if kind in (2, 11) else source,
        "IpPort": "0" if near else "5" + str(1000 + len(login) * 37),
        "ElevatedToken": "%%1843",
    }
