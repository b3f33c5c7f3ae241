"""IPv4 and IPv6 addresses and ranges. Versions, section numbers, times and object ids look like them and are not."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from tocsin.read.extract.blocks import words
from tocsin.read.indicators.base import Found
from tocsin.read.indicators.defang import Refanged

_IPV4 = re.compile(r"(?<![A-Za-z0-9_.])\d{1,3}(?:\.\d{1,3}){3}(?!\d)")
_MASK = re.compile(r"/(\d{1,2})(?![\d.]*\w)")
_TAIL = re.compile(r"(?:\.[A-Za-z0-9*-]{1,63}){1,8}")
_PORT = re.compile(r":\d{1,5}(?!\d)")
_IPV6 = re.compile(
    r"(?<![0-9A-Za-z:.])(?=[0-9A-Fa-f:]{2})[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,8}+"
    r"(?:(?<=:)\d{1,3}(?:\.\d{1,3}){3}|(?<=:\d)(?:\.\d{1,3}){3}|(?<=:\d\d)(?:\.\d{1,3}){3}"
    r"|(?<=:\d\d\d)(?:\.\d{1,3}){3})?"
    r"(?:%[0-9A-Za-z]{1,16})?(?:/\d{1,3})?(?![0-9A-Za-z:])"
)
# How netstat and tcpdump write a port: after a full stop, as a number or as its name.
_SERVICES = words(
    "http https ssh ftp ftps tftp telnet smtp smtps domain dns pop3 pop3s imap imap2 imaps ldap ldaps kerberos snmp "
    "ntp "
    "netbios-ns netbios-ssn netbios-dgm microsoft-ds epmap msrpc ms-wbt-server rdp ms-sql-s ms-sql-m mysql postgresql "
    "postgres oracle winrm wsman socks socks5 squid http-alt https-alt http-proxy webcache syslog nfs rsync vnc rfb "
    "x11 irc ircs "
    "sip sips bgp bootpc bootps isakmp openvpn pptp radius sunrpc xmpp-client mdns llmnr *"
)
_VERSION_BEFORE = re.compile(
    r"(?:\b(?:versions?|ver|v|builds?|releases?|rev|revision|firmware|hotfix|patch(?:ed)?(?: level)?|update[sd]? to"
    r"|upgrade[sd]? to|downgrade[sd]? to|fixed in|resolved in|introduced in|prior to|earlier than|newer than"
    r"|older than|later than"
    r"|sections?|sec|clauses?|chapters?|articles?|paragraphs?|annex|appendix|figures?|tables?|controls?"
    r"|requirements?|oid"
    r"|kernel|driver|engine|signature|software|dll|sdk|api|client|agent|plugin|library|package)\b|§)"
    r"\W{0,3}(?:(?:is|was|are|to|of|in|number|no|nr|before|from|than|and|or|below|above|the|string|reads?"
    r"|shows?)\W{1,2}){0,2}$",
    re.IGNORECASE,
)
_PRODUCT_BEFORE = re.compile(
    r"(?:\b[A-Za-z-]*OS|Chrome|Chromium|Firefox|Edge|Java|JRE|JDK|Office|Outlook|Exchange|Acrobat|Reader|Confluence"
    r"|Jira|Junos"
    r"|ASA|FTD|Secure|Gateway|NetScaler|BIG-IP|Windows|Tomcat|Struts|OpenSSL|Oracle|Flash|Photoshop|WinRAR|PuTTY"
    r"|Zoom|Teams"
    r"|vCenter|ESXi|Manager|Server|Framework|Studio)\s$"
)
_VERSION_AFTER = re.compile(
    r"\s*(?:(?:and|or)\s+(?:earlier|later|below|above|newer|older|prior|higher|lower)|\+|\(?(?:build|release)\b"
    r"|-(?=[A-Za-z])|_|firmware\b)",
    re.IGNORECASE,
)
_ADDRESS_WORD = re.compile(
    r"\b(?:ips?|ipv4|address(?:es)?|hosts?|c2s?|servers?|netstat|listening|established|subnet|network|ports?|ping"
    r"|resolv\w+"
    r"|connect\w*|beacon\w*|proxy|router|gateway|dns|tcp|udp)\b",
    re.IGNORECASE,
)
_LIST_GLUE = re.compile(r"\s*(?:,|/|&|>|-|–|to|and|or|through|,\s*(?:and|or))\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;]\s|\n")


def addresses(refanged: Refanged) -> Iterator[Found]:
    """Addresses in order. An IPv6 range has the kind ipv6 and an IPv4 range cidr, as the value shows its length."""
    text = refanged.text
    if "." in text:
        yield from _ipv4(refanged)
    if "::" in text or text.count(":") > 6:
        for found in _IPV6.finditer(text):
            value = _ipv6(found[0], refanged.marked(*found.span()))
            if value:
                yield Found(kind="ipv6", value=value, start=found.start(), end=found.end())


def special(value: str) -> str:
    """Why an address belongs to no one ("" where it does): then it says nothing about an intruder."""
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return ""
    if address.is_loopback:
        return "loopback address"
    return "unspecified address" if address.is_unspecified or value == "255.255.255.255" else ""


def _ipv4(refanged: Refanged) -> Iterator[Found]:
    text = refanged.text
    version_end = -1  # where the last version number ended: "versions 7.0.1.2 and 7.2.0.3" has two
    for found in _IPV4.finditer(text):
        start, end = found.span()
        marked = refanged.marked(start, end)
        mask = _MASK.match(text, end)
        port = _PORT.match(text, end)
        after = text[end : end + 24]
        if _tail_refuses(text, start, end, marked):
            continue
        try:
            address = ipaddress.IPv4Address(found[0])
        except ValueError:
            continue  # an octet over 255 or with a leading zero: no address in any program
        if not marked and not port and not mask:
            chained = version_end >= 0 and start - version_end < 12 and _LIST_GLUE.fullmatch(text, version_end, start)
            if chained or _is_version(text, start, end, found[0], after):
                version_end = end
                continue
        if mask and int(mask[1]) <= 32:
            yield Found(kind="cidr", value=f"{address}/{int(mask[1])}", start=start, end=mask.end())
        else:
            yield Found(kind="ipv4", value=str(address), start=start, end=end)


def _tail_refuses(text: str, start: int, end: int, marked: bool) -> bool:
    """Whether what follows a full stop makes it something longer: an object id, a host name, a file name."""
    tail = _TAIL.match(text, end)
    if not tail:
        return False
    labels = tail[0][1:].split(".")
    if labels[0].isdigit():
        if len(labels) > 1 and labels[1][:1].isdigit():
            return True
        if len(labels[0]) > 5 or int(labels[0]) > 65_535:
            return True
        # Five numbers: a port where it cannot be an octet, or where the words say so.
        return int(labels[0]) <= 255 and not _ADDRESS_WORD.search(_clause_before(text, start))
    return not (labels[0].lower() in _SERVICES or labels[0][:1].isupper() or marked)


def _is_version(text: str, start: int, end: int, quad: str, after: str) -> bool:
    before = _clause_before(text, start)
    if _VERSION_BEFORE.search(before) or _VERSION_AFTER.match(after):
        return True
    first = int(quad.split(".", 1)[0])
    if first < 30 and _PRODUCT_BEFORE.search(before):
        return True
    if _ADDRESS_WORD.search(before):
        return False
    return (first == 0 and quad != "0.0.0.0") or (quad.endswith(".0.0") and quad != "0.0.0.0")  # noqa: S104


def _clause_before(text: str, start: int) -> str:
    before = text[max(0, start - 60) : start]
    cut = 0
    for found in _SENTENCE.finditer(before):
        cut = found.end()
    return before[cut:]


def _ipv6(written: str, marked: bool) -> str | None:
    address, slash, length = written.partition("/")
    address = address.partition("%")[0]
    groups = address.split(":")
    if "::" not in address and len(groups) != 8 and "." not in address:
        return None  # 12:30:45 and aa:bb:cc:dd:ee:ff
    if all(len(group) == 2 for group in groups) or (not marked and not any(char.isdigit() for char in address)):
        return None  # a fingerprint, and abc::def in C++
    try:
        value = str(ipaddress.IPv6Address(address))
    except ValueError:
        return None
    if slash and int(length) > 128:
        return None
    return f"{value}/{int(length)}" if slash else value
