"""Ten ordinary working days of the workstations: sign-in, mail, browser, updates. Nothing here is malicious.

It holds what looks like an attack to a careless rule: Office that starts a helper, a vendor's run key, a hash made with
certutil, an administrator at the command line.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from making.chance import Chance, digest
from making.people import ADMIN, ADMIN_LOGIN, ADMIN_SID, DAYS, DC, FILES, PEOPLE, SQL, Person, at
from making.security import other_credentials, privileged, refused, signed_in, signed_out
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
)

EXPLORER = "C:\\Windows\\explorer.exe"
SVCHOST, SERVICES = SYS32 + "svchost.exe", SYS32 + "services.exe"
EDGE = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"
OFFICE = "C:\\Program Files\\Microsoft Office\\root\\Office16\\"
WORD, EXCEL, OUTLOOK = OFFICE + "WINWORD.EXE", OFFICE + "EXCEL.EXE", OFFICE + "OUTLOOK.EXE"
CAD = "C:\\Program Files\\Prismatic CAM\\2026\\prismcam.exe"
DEFENDER = "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.26010.5-0\\MsMpEng.exe"
RESOLVED = {  # name: the address that the resolver gave; documentation ranges stand for the internet
    "outlook.office365.com": "203.0.113.10",
    "teams.microsoft.com": "203.0.113.11",
    "www.bing.com": "203.0.113.12",
    "ctldl.windowsupdate.com": "203.0.113.13",
    "settings-win.data.microsoft.com": "203.0.113.14",
    "login.microsoftonline.com": "203.0.113.15",
    "www.heise.de": "203.0.113.40",
    "www.seznam.cz": "203.0.113.41",
    "www.dhl.com": "203.0.113.42",
    "portal.bohemia-alloys.example": "203.0.113.60",
    "shop.rheintal-werkzeuge.example": "203.0.113.61",
    "www.isonet-metrology.example": "203.0.113.62",
    "integrity-gauges.example": "203.0.113.63",
    "download.prismatic-cam.example": "203.0.113.64",
}
_SITES = tuple(RESOLVED)[6:]
_CLOUD = tuple(RESOLVED)[:6]


def workstations() -> Iterator[Made]:
    """All events of all workstations, person by person."""
    for person in PEOPLE:
        chance = Chance(f"workstation {person.host}")
        for number, day in enumerate(DAYS):
            yield from _day(person, day, number, chance)
    yield from _near_misses()
    yield from _administration()


def _day(person: Person, day: datetime.date, number: int, chance: Chance) -> Iterator[Made]:
    host, user = person.host, domain_user(person.login)
    start = at(day, "06:35:00") + datetime.timedelta(milliseconds=chance.between(0, 4_800_000))
    clock = _Clock(start, chance)
    if chance.happens(0.12):
        yield refused(clock.tick(2, 9), host, person.login, 2)
    yield signed_in(clock.tick(2, 12), host, person.sid, person.login, 2 if number % 3 else 11)
    yield process(clock.tick(1, 3), host, user, SYS32 + "userinit.exe", SYS32 + "userinit.exe", SYS32 + "winlogon.exe")
    yield process(clock.tick(1, 3), host, user, EXPLORER, EXPLORER, SYS32 + "userinit.exe")
    yield from _after_boot(person, clock, chance)
    yield process(clock.tick(20, 90), host, user, OUTLOOK, f'"{OUTLOOK}"', EXPLORER)
    yield from _cloud(person, clock, chance)
    yield process(clock.tick(30, 400), host, user, EDGE, f'"{EDGE}" --profile-directory=Default', EXPLORER)
    for _ in range(chance.between(6, 9)):
        yield from _task(person, clock, chance)
    leaving = at(day, "15:10:00") + datetime.timedelta(milliseconds=chance.between(0, 6_000_000))
    yield signed_out(max(clock.tick(300, 2400), leaving), host, person.sid, person.login, 2)


class _Clock:
    """Time that goes on by chance, a few seconds or minutes at a step."""

    def __init__(self, start: datetime.datetime, chance: Chance) -> None:
        self.now = start
        self._chance = chance

    def tick(self, low: int, high: int) -> datetime.datetime:
        milliseconds = self._chance.between(low * 1000, high * 1000)
        self.now += datetime.timedelta(milliseconds=milliseconds)
        return self.now


def _after_boot(person: Person, clock: _Clock, chance: Chance) -> Iterator[Made]:
    host, machine = person.host, f"{person.host.upper()}$"
    for service in chance.pick((("netsvcs -p -s wuauserv", "LocalService -s nsi"), ("netsvcs -p -s Schedule",))):
        yield process(
            clock.tick(1, 5), host, SYSTEM_USER, SVCHOST, f"{SVCHOST} -k {service}", SERVICES, integrity="System"
        )
        yield process_audited(clock.tick(0, 1), host, SYSTEM, machine, SVCHOST, f"{SVCHOST} -k {service}", SERVICES)
    task = SYS32 + "taskhostw.exe"
    yield process(clock.tick(1, 9), host, domain_user(person.login), task, "taskhostw.exe", SVCHOST)
    yield process_audited(clock.tick(1, 4), host, SYSTEM, machine, DEFENDER, f'"{DEFENDER}"', SERVICES)
    update = SYS32 + "usoclient.exe"
    yield process_audited(clock.tick(5, 40), host, SYSTEM, machine, update, f"{update} StartScan", SVCHOST)
    key = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Orchestrator\\LastScanTime"
    yield registry_set(clock.tick(1, 9), host, SYSTEM_USER, SYS32 + "MoUsoCoreWorker.exe", key, "Binary Data")


def _cloud(person: Person, clock: _Clock, chance: Chance) -> Iterator[Made]:
    user = domain_user(person.login)
    for name, image in (("outlook.office365.com", OUTLOOK), (chance.pick(_CLOUD), SVCHOST)):
        who = SYSTEM_USER if image == SVCHOST else user
        yield dns_query(clock.tick(1, 6), person.host, who, image, name, RESOLVED[name])
        yield connection(clock.tick(0, 1), person.host, who, image, person.address, RESOLVED[name], 443)


def _task(person: Person, clock: _Clock, chance: Chance) -> Iterator[Made]:
    """One thing that somebody does at a desk: reads a page, writes a document, works on a part."""
    host, user = person.host, domain_user(person.login)
    home = f"C:\\Users\\{person.login}\\"
    match chance.between(0, 5 if person.team == "Engineering" else 4):
        case 0 | 1:
            site = chance.pick(_SITES)
            yield dns_query(clock.tick(300, 2400), host, user, EDGE, site, RESOLVED[site])
            yield connection(clock.tick(0, 1), host, user, EDGE, person.address, RESOLVED[site], 443, site)
        case 2:
            title = chance.pick(("Angebot", "Bericht", "Nabidka", "Protokol"))
            document = f"{home}Documents\\{title}-{chance.between(100, 999)}.docx"
            yield process(clock.tick(300, 2400), host, user, WORD, f'"{WORD}" /n "{document}"', EXPLORER)
            yield file_made(clock.tick(30, 900), host, user, WORD, document)
            recent = "HKU\\" + person.sid + "\\Software\\Microsoft\\Office\\16.0\\Word\\File MRU\\Item 1"
            yield registry_set(clock.tick(0, 1), host, user, WORD, recent, document)
        case 3:
            sheet = f"{home}Documents\\Kalkulation-{chance.between(100, 999)}.xlsx"
            yield process(clock.tick(300, 2400), host, user, EXCEL, f'"{EXCEL}" "{sheet}"', EXPLORER)
            yield file_made(clock.tick(30, 900), host, user, EXCEL, sheet)
        case 4:
            saved = f"{home}Downloads\\lieferschein-{chance.between(1000, 9999)}.pdf"
            yield file_made(clock.tick(300, 2400), host, user, EDGE, saved)
            yield signed_in(clock.tick(1, 30), FILES.host, person.sid, person.login, 3, person.address, host)
        case _:
            part = f"{home}Projects\\part-{chance.between(4000, 4999)}.prt"
            yield process(clock.tick(300, 2400), host, user, CAD, f'"{CAD}" "{part}"', EXPLORER)
            yield file_made(clock.tick(60, 900), host, user, CAD, part)


def _near_misses() -> Iterator[Made]:
    """What a rule on the program alone would take for an attack."""
    for person, day in zip(PEOPLE, DAYS, strict=False):
        host, user = person.host, domain_user(person.login)
        noon = at(day, "10:05:00", int(digest(host)[:3], 16))
        minute = datetime.timedelta(minutes=1)
        yield process(noon, host, user, SYS32 + "splwow64.exe", f"{SYS32}splwow64.exe 8192", WORD)
        yield process(noon + minute, host, user, WORD, f'"{WORD}" /n "C:\\Users\\{person.login}\\rfq.docx"', OUTLOOK)
        panel = "rundll32.exe shell32.dll,Control_RunDLL desk.cpl"
        yield process(noon + 2 * minute, host, user, SYS32 + "rundll32.exe", panel, EXPLORER)
        drive = f"C:\\Users\\{person.login}\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe"
        key = f"HKU\\{person.sid}\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\OneDrive"
        yield registry_set(noon + 3 * minute, host, user, drive, key, f'"{drive}" /background')
    engineer = PEOPLE[3]
    user, host = domain_user(engineer.login), engineer.host
    setup = f"C:\\Users\\{engineer.login}\\Downloads\\prismcam-2026.1.exe"
    yield file_made(at(DAYS[2], "09:12:31", 220), host, user, EDGE, setup)
    check = f'certutil -hashfile "{setup}" SHA256'
    yield process(at(DAYS[2], "09:14:02", 87), host, user, SYS32 + "certutil.exe", check, SYS32 + "cmd.exe")
    yield process_audited(
        at(DAYS[2], "09:14:02", 91),
        host,
        engineer.sid,
        engineer.login,
        SYS32 + "certutil.exe",
        check,
        SYS32 + "cmd.exe",
    )


def _administration() -> Iterator[Made]:
    """The administrator's own work: another account for it, PowerShell, the task scheduler, the directory."""
    host, user = ADMIN.host, domain_user(ADMIN_LOGIN)
    for number, day in enumerate(DAYS):
        shell = at(day, "08:41:10", 37 * number)
        second = datetime.timedelta(seconds=1)
        yield other_credentials(shell, host, ADMIN.sid, ADMIN.login, ADMIN_LOGIN, DC.host, SYS32 + "runas.exe")
        yield signed_in(shell + second, host, ADMIN_SID, ADMIN_LOGIN, 2)
        yield privileged(shell + second, host, ADMIN_SID, ADMIN_LOGIN)
        yield process(
            shell + 2 * second, host, user, POWERSHELL, f'"{POWERSHELL}" -NoLogo', SYS32 + "runas.exe", integrity="High"
        )
        for step, text in enumerate(_SCRIPTS[number % len(_SCRIPTS)]):
            yield script(shell + (20 + 45 * step) * second, host, ADMIN_SID, text)
        command, image = _COMMANDS[number % len(_COMMANDS)]
        yield process(shell + 300 * second, host, user, SYS32 + image, command, SYS32 + "cmd.exe", integrity="High")
        yield process_audited(
            shell + 300 * second, host, ADMIN_SID, ADMIN_LOGIN, SYS32 + image, command, SYS32 + "cmd.exe"
        )
        target = (DC, SQL, FILES)[number % 3]
        yield signed_in(shell + 400 * second, target.host, ADMIN_SID, ADMIN_LOGIN, 10, ADMIN.address, host)
        yield privileged(shell + 400 * second, target.host, ADMIN_SID, ADMIN_LOGIN)
        yield signed_out(shell + 2200 * second, target.host, ADMIN_SID, ADMIN_LOGIN, 10)


_SCRIPTS = (
    ("Get-Service -ComputerName acme-fs01 | Where-Object Status -eq 'Stopped'",),
    ("Get-ADUser -Identity k.dvorak -Properties LockedOut", "Unlock-ADAccount -Identity k.dvorak"),
    ("Get-WinEvent -LogName System -MaxEvents 20 | Format-Table TimeCreated, Id, Message",),
    ("Test-NetConnection acme-sql01 -Port 1433", "Get-Volume -CimSession acme-fs01"),
    ("Get-ScheduledTask -TaskPath '\\Acme\\' | Get-ScheduledTaskInfo",),
)
_COMMANDS = (
    ('schtasks /run /s acme-fs01 /tn "\\Acme\\Nightly backup"', "schtasks.exe"),
    ("net user k.dvorak /domain", "net.exe"),
    ('schtasks /query /s acme-sql01 /tn "\\Acme\\Nightly backup" /v', "schtasks.exe"),
    ("gpupdate /force", "gpupdate.exe"),
    ("wevtutil qe System /c:20 /rd:true /f:text", "wevtutil.exe"),
)
