"""A lexicon of common phrases → ATT&CK techniques (ids of ATT&CK v17/v18), in our own wording.

Each row is a technique id and the phrase by which reports describe it; ``~`` stands for up to four words between.
Ordered from the specific to the general: where two rows match at one place, the longer match counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tocsin.read.claims.anycase import lower, lowered

_ROWS = """
T1566.001 | spear-?phishing attachments?|malicious (?:e-?mail )?attachments?|poisoned attachments?|booby-trapped (?:documents?|attachments?|files?)|(?:e-?mails?|messages?) ~(?:carry|carries|carrying|with|containing) (?:a |an )?(?:\\w+ )?(?:malicious |poisoned |infected |weaponi[sz]ed )?attachments?|weaponi[sz]ed (?:documents?|attachments?)|malicious (?:word |office |excel )?documents?
T1566.002 | spear-?phishing links?|phishing links?|malicious links?|links? to (?:fake|spoofed|malicious) (?:log-?in )?(?:pages?|sites?)|(?:e-?mails?|messages?) ~(?:with|containing|carrying) (?:a )?(?:malicious |tracking )?links?
T1566.003 | fake job offers ~(?:over|via|through|on) (?:social media|linkedin)|spear-?phishing via services?|(?:approached|contacted|messag\\w+|lur\\w+) ~(?:over|via|through|on) (?:linkedin|whatsapp|telegram|social media)
T1566.004 | vishing|voice phishing
T1598.003 | tracking links?|credential[- ](?:phishing|harvesting) (?:links?|pages?|sites?|portals?|messages?|e-?mails?)|links? ~harvest\\w* credentials|fake log-?in (?:pages?|portals?)|spoofed log-?in pages?
T1598 | credential[- ](?:phishing|harvesting)|phishing for information|phishing ~(?:for|to steal|to harvest) (?:passwords|credentials|information)
T1566 | spear-?phish\\w*|phish\\w*|lure e-?mails?|phishing (?:e-?mails?|campaigns?|messages?)|deceptive e-?mails?
T1586.002 | compromised (?:legitimate )?(?:e-?mail|mail) accounts?|hijacked (?:e-?mail|mail) accounts?
T1586 | compromised (?:legitimate )?accounts? to send
T1585.001 | (?:false|bogus|fictitious) social media (?:accounts?|profiles?|personas?)|fake (?:social media|linkedin|online|facebook|twitter) accounts?|fake (?:social media |linkedin |online )?(?:personas?|profiles?)|fictitious (?:personas?|profiles?)|sock puppets?|fabricated personas?
T1585.002 | (?:created|registered|set up) ~e-?mail accounts?
T1584.008 | compromised ~(?:soho|routers|network devices|iot devices)|(?:small office|soho|home routers?|home and office routers?|small[- ]office/home[- ]office|residential routers?|end-of-life routers?)|hijacked (?:routers?|devices|edge devices)|(?:infected|hacked|compromis\\w+|hijack\\w+) ~routers|routers ~(?:hijacked|compromised|infected)
T1584.005 | botnets?
T1583.005 | (?:rented|leased|bought) ~botnets?
T1090.003 | multi-?hop prox(?:y|ies)|prox(?:y|ies) networks?|operational relay box(?:es)?|orb networks?|relay networks?|chains? of prox(?:y|ies)|anonymi[sz]\\w+ networks?|covert networks?|proxy through ~(?:routers|devices)|masking ~(?:c2|command[- ]and[- ]control|origin|infrastructure|traffic)|onion routing|through (?:a chain of|several) hops
T1090.002 | external prox(?:y|ies)|residential prox(?:y|ies)
T1090.001 | internal prox(?:y|ies)
T1090 | prox(?:y|ies)(?:d| servers?| traffic)?
T1665 | (?:hide|hides|hidden|hiding) (?:their|its|the) infrastructure|mask\\w* (?:their|its) (?:c2 )?infrastructure|obscur\\w+ (?:their|its) (?:infrastructure|origin)
T1583.001 | (?:registered|registering|bought|acquired|typosquat\\w*|look-?alike|lookalike|spoofed) ~domains?|look-?alike domains?
T1583.003 | virtual private servers?|(?:rented|leased|leasing|renting) ~(?:vps|servers|vpses)
T1583.006 | (?:abus\\w+|used?|using) ~(?:dropbox|github|google drive|onedrive|cloud storage services?) ~(?:host|deliver|stag)\\w*
T1190 | exploit\\w* (?:of |known |public |several |various |unpatched |recent |critical |zero-day |n-day )*(?:vulnerabilit\\w+|flaws?|bugs?|weakness\\w+|holes?)|public-facing (?:applications?|servers?)|internet-facing (?:appliances?|devices|applications?|servers?|systems?)|unpatched (?:servers?|appliances?|devices|vpns?|exchange servers?)|known (?:flaws|vulnerabilit\\w+|bugs|holes) in|vpn (?:appliances?|concentrators?|gateways?|servers?)|(?:abus\\w+|broke in through|entered through|got in through) ~(?:flaws?|bugs?|vulnerabilit\\w+|holes?)
T1203 | exploit\\w* ~(?:client|browser|office|word) ~(?:vulnerabilit\\w+|flaws?)
T1068 | exploit\\w* ~(?:privilege escalation|to gain system|for elevation)|privilege[- ]escalation (?:exploit|flaw|vulnerabilit\\w+|bug)s?|local privilege escalation
T1133 | external remote services?|remote[- ]access services?|vpn (?:log-?ins?|credentials|accounts?|access|connections?)|exposed rdp|rdp (?:exposed|endpoints?)
T1078 | valid accounts?|legitimate (?:user )?(?:accounts?|credentials)|compromised (?:legitimate )?(?:accounts?|credentials)|stolen (?:credentials|passwords|accounts?|log-?ins?)|valid credentials|hijacked accounts?|default passwords?
T1078.001 | default (?:passwords?|credentials|accounts?)|factory passwords?
T1078.004 | cloud accounts?
T1110.003 | password[- ]spray\\w*|spray\\w* passwords?
T1110.004 | credential stuffing
T1110 | password guess\\w*|guess\\w* passwords?|brute[- ]forc\\w+
T1195 | software supply[- ]chain|supply[- ]chain (?:attacks?|compromises?|intrusions?)|trojani[sz]ed (?:updates?|installers?|software)
T1199 | trusted relationships?|through (?:their|its) (?:it )?(?:suppliers?|service providers?)|managed service providers? ~(?:access|reach|compromis\\w+)
T1189 | drive-by (?:compromises?|downloads?)|watering[- ]holes?|strategic web compromises?
T1204.002 | (?:open|opened|opening|lured? ~into opening|trick\\w* ~into (?:open|runn)\\w+) ~(?:attachments?|files?|documents?)|malicious files?
T1204.001 | click\\w* ~links?
T1204 | social[- ]engineering|user execution
T1059.001 | powershell(?: scripts?| commands?| backdoors?| downloaders?)?
T1059.003 | windows command shell|command prompt|cmd\\.exe|batch (?:files?|scripts?)
T1059.005 | visual basic|vbscripts?|vba macros?|malicious macros?
T1059.006 | python (?:scripts?|backdoors?|implants?)
T1059.007 | javascript (?:payloads?|implants?|files?)
T1059.004 | bash scripts?|unix shell|shell scripts?
T1059 | command[- ]line interpreters?|scripting interpreters?
T1047 | windows management instrumentation|wmi\\b|wmic\\b
T1053.005 | scheduled tasks?
T1053.003 | cron jobs?
T1543.003 | windows services?|(?:creat\\w+|install\\w+) ~(?:a |new )?services?\\b|malicious services?
T1547.001 | run keys?|registry run|start-?up folders?|persistence ~(?:in|through|via) the registry|autostart entr\\w+
T1547 | boot or logon autostart
T1112 | modif\\w+ ~registry|registry (?:modifications?|changes|keys?)
T1505.003 | webshells?|web[- ]shells?
T1505.004 | iis (?:modules?|components?|backdoors?)
T1136.001 | local accounts? ~creat\\w+|creat\\w+ ~local accounts?
T1136.002 | creat\\w+ ~domain accounts?
T1136 | creat\\w+ (?:new |rogue |additional |local )*(?:user |administrator |admin )?accounts?|(?:account|user) creation|new (?:local |admin |administrator )?accounts?
T1098 | account manipulation|modif\\w+ ~(?:administrat\\w+|admin|privileged) groups?|add\\w* ~(?:to ~)?(?:administrators?|admin|privileged) groups?|ssh keys? ~add\\w*
T1098.004 | ssh authorized[_ ]keys|add\\w* ~ssh keys?|ssh keys?
T1546.003 | wmi event subscriptions?
T1574.001 | dll (?:side-?loading|search[- ]order hijacking|hijacking|sideloading)|side-?load\\w*
T1574 | hijack\\w* execution flow
T1055 | process injection|inject\\w* (?:code |itself |shellcode )?into ~process\\w*
T1055.012 | process hollowing
T1548.002 | bypass\\w* (?:of )?(?:uac|user account control)|uac bypass\\w*
T1003.001 | lsass(?: memory| dumps?)?|dump\\w* (?:of )?(?:credentials|passwords) ~memory|(?:credentials|passwords) ~(?:from|out of) memory
T1003.003 | ntds\\.dit|ntds|active directory database|volume shadow cop(?:y|ies)|domain controller'?s? database
T1003.002 | sam (?:hive|database|dump\\w*)|security account manager
T1003.006 | dcsync
T1003 | credential dump\\w*|dump\\w* (?:of )?(?:credentials|passwords|hashes)|(?:steal|stole|stealing|harvest\\w*) (?:credentials|passwords)
T1555.003 | (?:credentials|passwords) ~browsers?|browser (?:credentials|passwords)
T1555 | password (?:stores?|managers?|vaults?)
T1056.001 | keylog\\w*|record\\w* ~keystrokes|keystroke (?:log\\w+|record\\w+|captur\\w+)|captur\\w+ ~keystrokes|keystrokes
T1056.003 | web portal capture
T1558.003 | kerberoast\\w*
T1558.001 | golden tickets?
T1550.002 | pass[- ]the[- ]hash
T1550.003 | pass[- ]the[- ]ticket
T1539 | (?:steal\\w*|stole|theft of|hijack\\w*) ~(?:session )?cookies?|session cookies
T1528 | (?:steal\\w*|stole|theft of) ~(?:access |application |oauth )tokens?
T1111 | (?:intercept\\w*|steal\\w*|relay\\w*) ~(?:mfa|multi-?factor|two-factor|one-time) ~(?:codes?|tokens?)
T1621 | mfa (?:fatigue|bombing|push)|push[- ]bombing
T1606.002 | golden saml(?: tokens?)?|forged saml tokens?
T1176 | malicious browser extensions?|browser extensions?
T1542.001 | uefi(?: firmware)?(?: implants?)?
T1557.004 | evil twins?(?: wi-?fi)?(?: access points?)?
T1091 | (?:malicious|infected|rigged) usb (?:sticks?|drives?|devices?)|usb (?:sticks?|drives?|devices?)|removable media
T1496 | (?:mine|mines|mined|mining) (?:\\w+ )?(?:monero|cryptocurrency|bitcoin)|cryptomin\\w+|crypto-?jacking
T1557 | (?:adversary|man)[- ]in[- ]the[- ]middle
T1040 | network sniffing|packet captures?|captur\\w+ (?:network )?(?:packets?|traffic)|sniff\\w* (?:network )?traffic
T1046 | (?:network|port) scans?|port scanning|network service (?:discovery|scanning)|scann\\w+ (?:for|the internet|networks?|of (?:internet|networks?))
T1595.002 | vulnerability scann\\w+|scann\\w+ ~(?:for )?(?:vulnerab\\w+|flaws)
T1595 | active scanning|scanning the internet
T1589 | gather\\w* ~(?:identity|victim) information
T1082 | system information discovery
T1083 | file and directory discovery
T1087 | account discovery|enumerat\\w+ ~(?:users|accounts)
T1018 | remote system discovery
T1016 | network configuration discovery
T1021.001 | remote desktop(?: protocol)?|rdp
T1021.002 | smb shares?|smb/windows admin shares?|admin shares?|over smb|psexec
T1021.004 | over ssh|via ssh|ssh (?:connections?|sessions?)
T1021.006 | winrm|windows remote management
T1021 | remote services
T1570 | lateral tool transfer
T1570 | (?:moves|move|moved|moving|spread\\w*) laterally ~tools
T1219 | remote (?:access|monitoring and management|management) (?:software|tools?)|rmm (?:tools?|software)|anydesk|teamviewer|screenconnect|atera|simplehelp|legitimate remote[- ]access
T1218 | (?:live|lives|lived|living) off the land(?: techniques?| tactics?| binaries)?|living-off-the-land(?: techniques?| tactics?| tools?)?|living[- ]off[- ]the[- ]land binar\\w+|lolbins?|lotlbins?|lolbas|signed (?:system )?binar\\w+ prox\\w+
T1218.005 | mshta
T1218.010 | regsvr32
T1218.011 | rundll32
T1218.007 | msiexec
T1027.002 | software packing|packed (?:binar\\w+|samples|malware)
T1027 | obfuscat\\w+
T1140 | deobfuscat\\w+|decod\\w+ (?:its|the|their) (?:payloads?|configuration|files?)
T1036.005 | masquerad\\w+ as legitimate|named to look like ~legitimate|mimick\\w+ legitimate (?:files?|names?)
T1036.004 | masquerad\\w+ ~(?:tasks?|services?)
T1036 | masquerad\\w+|disguis\\w+ (?:itself |as )
T1070.001 | clear\\w* ~(?:windows )?event logs?|(?:wiped?|eras\\w+|delet\\w+) ~(?:windows )?event logs?
T1070.002 | clear\\w* ~(?:linux|unix|mac) (?:or \\w+ )?(?:system )?logs?|eras\\w+ ~(?:linux|unix) logs?|delet\\w+ ~(?:linux|unix) logs?
T1070.004 | delet\\w+ (?:its |their |the )?(?:own )?files?|file deletion|self-delet\\w+
T1070.006 | timestomp\\w*
T1070 | indicator removal|cover\\w* (?:its|their) tracks|clean\\w* up (?:its|their) traces|(?:eras\\w+|wipe\\w*|wiping|delet\\w+|clear\\w+) (?:its |their |the )?(?:traces|logs)
T1562.001 | disabl\\w+ ~(?:antivirus|security (?:tools?|software)|defen[cs]es|edr|windows defender)
T1562 | impair\\w* defen[cs]es
T1014 | rootkits?
T1542 | bootkits?|firmware implants?
T1105 | ingress tool transfer|download\\w* (?:additional |further |more |second-stage )(?:tools?|malware|payloads?)
T1071.001 | (?:c2|command[- ]and[- ]control|beacon\\w*|communicat\\w+) ~(?:over|via) https?|web protocols?
T1071.004 | (?:through|over|via) dns|dns (?:tunnel\\w*|for (?:c2|command))|(?:c2|command[- ]and[- ]control|communicat\\w+) ~(?:over|via) dns
T1572 | protocol tunnel\\w*|tunnel\\w* (?:traffic|tools?|protocols?)|ssh tunnel\\w*|reverse tunnels?|gre tunnels?
T1573.001 | symmetric (?:encryption|cryptography)
T1573.002 | asymmetric (?:encryption|cryptography)
T1573 | encrypted (?:channels?|c2)
T1102.002 | bidirectional communication
T1102.001 | dead[- ]drop resolvers?
T1102 | legitimate (?:cloud|web) services? (?:for|as)|(?:cloud|web) services? (?:for|as) (?:c2|command)|(?:dropbox|google drive|onedrive|github|telegram) (?:for|as) (?:its |their )?(?:c2|command)
T1568 | dynamic resolution|dynamic dns
T1114.002 | remote e-?mail collection|(?:steal\\w*|stole|download\\w*|export\\w*|read\\w*|exfiltrat\\w+) ~(?:mailbox\\w*|e-?mails?|inbox\\w*)
T1114.003 | e-?mail forwarding rules?|forwarding rules?
T1114 | e-?mail collection|mailbox\\w* (?:theft|access)
T1113 | screencaptures?|screen captures?|screenshots?|(?:takes|take|taking|taken|took) screenshots
T1123 | audio capture|record\\w* audio|microphone
T1125 | video capture|webcams?
T1005 | data from (?:the )?local systems?
T1039 | network shared drives?
T1213.006 | sensitive databases?|data from databases|databases ~(?:compromis|steal|dump|exfiltrat|access)\\w*|(?:dump\\w*|quer\\w+|compromis\\w+|access\\w*|exfiltrat\\w+) ~databases?
T1213 | information repositories|sharepoint (?:data|documents)
T1602.002 | network device configuration files?|configuration files? ~(?:pulled|dump\\w*|stolen|copied|exfiltrat\\w+|network devices|routers)|(?:pull\\w*|dump\\w*|steal\\w*|stole|copied|exfiltrat\\w+) ~(?:router |device |network )?configuration files?|device configuration dump\\w*
T1560.001 | archive\\w* via utility|(?:winrar|7-?zip|rar archives?)|compress\\w+ ~(?:before|prior to) exfiltrat\\w+
T1560 | archiv\\w+ (?:collected )?data
T1074 | data stag\\w+|stag\\w+ (?:of )?(?:stolen |collected )?data
T1048.003 | (?:sent|exfiltrat\\w+|transfer\\w*) ~(?:over|via) (?:tftp|ftp)
T1048 | exfiltrat\\w+ over alternative protocol
T1567.002 | exfiltrat\\w+ ~(?:to |via )(?:cloud storage|dropbox|google drive|onedrive|mega)|cloud storage exfiltration
T1567 | exfiltrat\\w+ over web services?
T1041 | exfiltrat\\w+ over (?:the )?(?:same )?c2|exfiltrat\\w+ ~(?:c2|command[- ]and[- ]control)
T1486 | encrypt\\w* ~(?:victims|files|data|systems|servers|networks)|bitlocker|files ~(?:are|were) ~encrypted|encrypt\\w+ (?:files|data|systems|victims?'?) ~(?:ransom|impact)?|ransomware (?:attacks?|operations?|deployment)|data encrypted for impact
T1485 | data destruction|destroy\\w* data|(?:wipe|wipes|wiped|wiping) (?:data|disks?|systems|computers|machines|servers)|wiper (?:attacks?|malware)|destructive attacks?
T1561 | disk wip\\w+
T1490 | inhibit system recovery|delet\\w+ (?:shadow copies|backups)
T1491 | defac\\w+
T1498 | denial[- ]of[- ]service|ddos
T1657 | financial theft|crypto(?:currency)? (?:theft|heists?)|(?:steal\\w*|stole|theft of) ~crypto\\w*
T1565 | data manipulation
T0831 | manipulation of control
T1591 | gather\\w* victim org\\w* information
T1588.002 | (?:publicly available|open-?source|off-the-shelf|commodity) (?:tools?|malware)
T1221 | template injection
T1480 | execution guardrails
T1497 | (?:sandbox|virtuali[sz]ation) evasion
T1526 | cloud service discovery
T1580 | cloud infrastructure discovery
T1556 | modif\\w+ authentication process
T1601 | modif\\w+ ~(?:system image|firmware|router images?)
"""

TACTICS = {
    "TA0043": "reconnaissance",
    "TA0042": "resource development",
    "TA0001": "initial access",
    "TA0002": "execution",
    "TA0003": "persistence",
    "TA0004": "privilege escalation",
    "TA0005": "defense evasion",
    "TA0006": "credential access",
    "TA0007": "discovery",
    "TA0008": "lateral movement",
    "TA0009": "collection",
    "TA0011": "command and control",
    "TA0010": "exfiltration",
    "TA0040": "impact",
}
# Tactics that stand in texts as everyday words are read only in these longer forms.
_TACTIC_PHRASES = {
    "TA0001": r"initial access|initial foothold|initial entry",
    "TA0003": r"persisten(?:ce|t access)",
    "TA0004": r"privilege escalation|escalat\w+ (?:their |its )?privileges",
    "TA0006": r"credential access|credential theft",
    "TA0008": r"lateral movement|(?:move|moves|moved|moving) laterally",
    "TA0010": r"data exfiltration|exfiltrat(?:e|es|ed|ing|ion)\b",
}


class Phrase(NamedTuple):
    """A match of the lexicon: the technique or tactic, and where it stands in the text given."""

    ref: str
    start: int
    end: int


class _Row(NamedTuple):
    """A technique's phrases, and the first letters one of which a sentence must have for them to match; None: any."""

    ref: str
    pattern: re.Pattern[str]
    stems: frozenset[str] | None


STEM = 4


def _compile() -> list[_Row]:
    compiled = []
    for line in _ROWS.strip().splitlines():
        ref, _, phrases = line.partition(" | ")
        body = phrases.replace("\\\\", "\\").replace("~", r"(?:[\w'’/-]+[ ,]+){0,4}?")
        pattern = lowered(rf"(?<![\w-])(?:{body})(?![\w])")
        compiled.append(_Row(ref.strip(), pattern, _stems(body)))
    for ref, body in _TACTIC_PHRASES.items():
        compiled.append(_Row(ref, lowered(rf"(?<![\w-])(?:{body})"), _stems(body)))
    return compiled


def _stems(body: str) -> frozenset[str] | None:
    """The first letters of the first word of every way in which a pattern can begin; None where one cannot be told."""
    stems: set[str] = set()
    for way in _ways(body):
        word = re.match(r"[a-z0-9]*", way)[0]  # type: ignore[index]
        after = way[len(word) : len(word) + 2]
        group = re.match(r"\(\?:((?:[^()]|\([^()]*\))*)\)(?![?*{])", way)
        # a letter that may be missing, as the e of "e?", is no part of the word
        word = word[:-1] if after[:1] in ("?", "*", "{") else word
        if len(word) >= STEM:
            stems.add(word[:STEM])
        elif (word and after in ("", " ", "\\b")) or (
            (word and after[:1] in (" ", "-", "/")) or (word and after == "\\.")
        ):
            stems.add(word)
        elif group and not word and (inner := _stems(group[1])) is not None:
            stems |= inner
        else:
            return None
    return frozenset(stems)


def _ways(body: str) -> list[str]:
    """The alternatives of a pattern at its top level."""
    ways, depth, here = [], 0, ""
    for char in body:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            ways.append(here)
            here = ""
        else:
            here += char
    return [*ways, here]


_PATTERNS = _compile()
_ANYWHERE = [number for number, row in enumerate(_PATTERNS) if row.stems is None]
_BY_STEM: dict[str, list[int]] = {}
for _number, _row in enumerate(_PATTERNS):
    for _stem in _row.stems or ():
        _BY_STEM.setdefault(_stem, []).append(_number)
_WORD = re.compile(r"[a-z0-9]+")


def phrases_in(text: str, words: Iterable[str] | None = None) -> list[Phrase]:
    """The techniques that a sentence describes. Of overlapping matches the longest counts, then the more specific.

    ``words`` are those of the text in lower case, where they are known already. Bounded: each pattern's gaps are at most four words, and only patterns of which the text has a first word are tried.
    """
    text = lower(text)
    have = {word[:STEM] for word in (_WORD.findall(text) if words is None else words)}
    tried = {number for stem in have & _BY_STEM.keys() for number in _BY_STEM[stem]}
    found = [
        Phrase(_PATTERNS[number].ref, match.start(), match.end())
        for number in (*_ANYWHERE, *sorted(tried))
        for match in _PATTERNS[number].pattern.finditer(text)
    ]
    found.sort(key=lambda one: (one.start - one.end, -len(one.ref), one.start))
    kept: list[Phrase] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
