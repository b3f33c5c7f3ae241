"""Ten ordinary days of the servers: sign-ins over the network, backups, services, and the upkeep of accounts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from making.chance import Chance
from making.people import (
    ADMIN_LOGIN,
    ADMIN_SID,
    BACKUP_LOGIN,
    BACKUP_SID,
    DAYS,
    DC,
    FILES,
    PEOPLE,
    SERVERS,
    SQL,
    SQL_LOGIN,
    SQL_SID,
    Server,
    at,
)
from making.security import (
    account_event,
    member_added,
    refused,
    service_made,
    service_state,
    signed_in,
    signed_out,
    task_event,
)
from making.windows import (
    POWERSHELL,
    SYS32,
    SYSTEM,
    SYSTEM_USER,
    Made,
    connection,
    domain_user,
    file_made,
    process,
    process_audited,
    script,
    sid_of,
)

SVCHOST, SERVICES = SYS32 + "svchost.exe", SYS32 + "services.exe"
MSSQL = "C:\\Program Files\\Microsoft SQL Server\\MSSQL16.ERP\\MSSQL\\Binn\\"
SQLSERVR, SQLAGENT = MSSQL + "sqlservr.exe", MSSQL + "SQLAGENT.EXE"
BACKUP_TASK = "\\Acme\\Nightly backup"
BACKUP_SCRIPT = "C:\\Scripts\\nightly-backup.ps1"


def servers() -> Iterator[Made]:
    """All events of the servers."""
    for server in SERVERS:
        chance = Chance(f"server {server.host}")
        for day in DAYS:
            yield from _services(server, day, chance)
            yield from _sign_ins(server, day, chance)
            if server != DC:
                yield from _backup(server, day, chance)
            if server == SQL:
                yield from _database(day, chance)
    yield from _accounts()


def _services(server: Server, day: datetime.date, chance: Chance) -> Iterator[Made]:
    machine = f"{server.host.upper()}$"
    for hour in (1, 5, 9, 13, 17, 21):
        time = at(day, f"{hour:02d}:{chance.between(10, 50)}:{chance.between(10, 59)}", chance.between(0, 999))
        command = f"{SVCHOST} -k {chance.pick(('netsvcs -p -s BITS', 'netsvcs -p -s wuauserv', 'LocalService -p'))}"
        yield process(time, server.host, SYSTEM_USER, SVCHOST, command, SERVICES, integrity="System")
        yield process_audited(time, server.host, SYSTEM, machine, SVCHOST, command, SERVICES)
        name = chance.pick(("Windows Update", "Background Intelligent Transfer Service", "Windows Modules Installer"))
        yield service_state(
            time + datetime.timedelta(seconds=1), server.host, name, chance.pick(("running", "stopped"))
        )


def _sign_ins(server: Server, day: datetime.date, chance: Chance) -> Iterator[Made]:
    for person in PEOPLE:
        first = at(day, "06:40:00") + datetime.timedelta(seconds=chance.between(0, 5400))
        if server == DC and chance.happens(0.04):
            yield refused(first - datetime.timedelta(seconds=11), DC.host, person.login, 3, person.address, person.host)
        if server in (FILES, DC) or person.team in ("Finance", "Purchasing"):
            yield signed_in(first, server.host, person.sid, person.login, 3, person.address, person.host)
            over = first + datetime.timedelta(seconds=chance.between(600, 28000))
            yield signed_out(over, server.host, person.sid, person.login, 3)
        if server == DC:
            rid, machine = person.rid + 900, f"{person.host.upper()}$"
            renewed = first + datetime.timedelta(seconds=chance.between(30, 20000))
            yield signed_in(renewed, DC.host, sid_of(rid), machine, 3, person.address, person.host)


def _backup(server: Server, day: datetime.date, chance: Chance) -> Iterator[Made]:
    start = at(day, "20:00:01", chance.between(0, 999))
    end = start + datetime.timedelta(seconds=chance.between(900, 3600))
    user = domain_user(BACKUP_LOGIN)
    command = f'"{POWERSHELL}" -NoProfile -ExecutionPolicy AllSigned -File {BACKUP_SCRIPT}'
    yield task_event(start, server.host, 200, BACKUP_TASK, {"ActionName": POWERSHELL})
    yield signed_in(start, server.host, BACKUP_SID, BACKUP_LOGIN, 5)
    yield process(start, server.host, user, POWERSHELL, command, SVCHOST, integrity="High", folder="C:\\Scripts\\")
    yield process_audited(start, server.host, BACKUP_SID, BACKUP_LOGIN, POWERSHELL, command, SVCHOST)
    text = "Copy-Item -Path D:\\Data -Destination \\\\acme-nas01\\backup\\$(Get-Date -Format yyyy-MM-dd) -Recurse"
    yield script(start, server.host, BACKUP_SID, text, BACKUP_SCRIPT)
    yield connection(start, server.host, user, "System", server.address, "10.20.0.40", 445, "acme-nas01.acme.test")
    yield task_event(end, server.host, 201, BACKUP_TASK, {"ActionName": POWERSHELL, "ResultCode": "0"})


def _database(day: datetime.date, chance: Chance) -> Iterator[Made]:
    user = domain_user(SQL_LOGIN)
    nightly = at(day, "19:30:00", chance.between(0, 999))
    query = '"sqlcmd.exe" -S acme-sql01 -E -Q "BACKUP DATABASE Erp TO DISK = N\'D:\\Backup\\Erp.bak\'"'
    tool = "C:\\Program Files\\Microsoft SQL Server\\Client SDK\\ODBC\\170\\Tools\\Binn\\sqlcmd.exe"
    yield process(nightly, SQL.host, user, tool, query, SQLAGENT, integrity="High", folder="D:\\Backup\\")
    yield file_made(nightly + datetime.timedelta(seconds=90), SQL.host, user, SQLSERVR, "D:\\Backup\\Erp.bak")
    yield signed_in(at(day, "04:00:02"), SQL.host, SQL_SID, SQL_LOGIN, 5)
    for person in PEOPLE[:3]:
        time = at(day, "07:45:00") + datetime.timedelta(seconds=chance.between(0, 9000))
        yield connection(time, person.host, domain_user(person.login), _ERP, person.address, SQL.address, 1433)


def _accounts() -> Iterator[Made]:
    """A leaver's account is deleted, a name changes, people join working groups, a vendor's service is installed."""
    by = (ADMIN_SID, ADMIN_LOGIN)
    yield account_event(at(DAYS[1], "09:02:11"), DC.host, 4726, *by, "r.vogel", 1099, {})
    yield account_event(
        at(DAYS[3], "08:55:40"), DC.host, 4738, *by, "s.weiss", 1117, {"DisplayName": "Sabine Weiss-Lang"}
    )
    yield member_added(
        at(DAYS[3], "08:58:02"), DC.host, 4728, *by, "Petra Svobodova", 1114, "GG_CAD_Users", sid_of(1601)
    )
    yield member_added(
        at(DAYS[6], "08:50:27"), DC.host, 4728, *by, "Karel Dvorak", 1116, "GG_Projects_Readers", sid_of(1602)
    )
    yield service_made(
        at(DAYS[2], "09:31:18"),
        FILES.host,
        "Prismatic CAM License Server",
        f'"{_LICENSES}" --service',
        "NT AUTHORITY\\LocalService",
    )
    yield task_event(at(DAYS[0], "09:10:05"), FILES.host, 106, BACKUP_TASK, {"UserContext": domain_user(ADMIN_LOGIN)})


_ERP = "C:\\Program Files\\Kontor ERP\\kontor.exe"
_LICENSES = "C:\\Program Files\\Prismatic CAM\\License\\prismlicd.exe"
