"""Which product is this? The names, old ones too, of VPN, mail and perimeter appliances, as inventories write them.

A name that is not here is not guessed: the product then cannot be judged, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_MAX_TEXT = 400  # characters of vendor and product together


class Product(NamedTuple):
    """A product: its key in ``pack/affected.csv``, its name, how it is recognised, and how its versions are written.

    ``vpn``: it serves remote access.
    """

    key: str
    name: str
    pattern: re.Pattern[str]
    scheme: str
    vpn: bool = False


class Ended(NamedTuple):
    """Support of a branch has ended, of its versions ``before`` one where that is given; and who says so.

    ``since`` is empty where the source gives no day.
    """

    product: str
    branch: str
    before: str
    since: str
    by: str
    published: str
    url: str
    says: str


def _product(key: str, name: str, pattern: str, scheme: str = "dotted-3", vpn: bool = False) -> Product:
    return Product(key, name, re.compile(pattern, re.IGNORECASE), scheme, vpn)


# The first that matches counts, so that FortiManager is never taken for FortiOS nor SMA 1000 for SMA 100.
PRODUCTS: tuple[Product, ...] = (
    _product("fortimanager", "FortiManager", r"\bforti\s?manager", "fortinet"),
    _product("fortianalyzer", "FortiAnalyzer", r"\bforti\s?analy[sz]er", "fortinet"),
    _product("fortimail", "FortiMail", r"\bforti\s?mail", "fortinet"),
    _product("fortiweb", "FortiWeb", r"\bforti\s?web", "fortinet"),
    _product("forticlient-ems", "FortiClient EMS", r"\bforti\s?client", "fortinet"),
    _product("fortiproxy", "FortiProxy", r"\bforti\s?proxy", "fortinet"),
    _product("fortios", "FortiOS", r"\bforti\s?(?:os|gate|wifi)|\bFG[TV]?-?\d{2,4}[A-Z]", "fortinet", vpn=True),
    _product("ivanti-policy-secure", "Ivanti Policy Secure", r"\bpolicy secure\b|\bpps\b|\bivanti ips\b", "ivanti"),
    _product(
        "ivanti-connect-secure",
        "Ivanti Connect Secure",
        r"\bconnect secure\b|\bpulse secure (?:appliance|psa|vpn|gateway)\b|\b(?:ivanti|pulse) (?:vpn|ics|pcs)\b",
        "ivanti",
        vpn=True,
    ),
    _product("ivanti-zta", "Ivanti Neurons for ZTA gateway", r"\b(?:ivanti|neurons)\b.*\bzta\b", "ivanti", vpn=True),
    _product("ivanti-sentry", "Ivanti Sentry", r"\b(?:ivanti|mobile\s?iron)\b.*\bsentry\b", "dotted-3"),
    _product(
        "ivanti-epmm",
        "Ivanti Endpoint Manager Mobile",
        r"\bendpoint manager mobile\b|\bepmm\b|\bmobile\s?iron\b(?!.*\bsentry\b)",
        "dotted-4",
    ),
    _product("netscaler-sdwan", "Citrix SD-WAN", r"\bcitrix\b.*\bsd-?wan\b|\bnetscaler sd-?wan\b"),
    _product(
        "netscaler",
        "NetScaler ADC and Gateway",
        r"\bnetscaler\b|\bcitrix (?:adc|gateway|application delivery controller|access gateway)\b",
        "netscaler",
        vpn=True,
    ),
    _product("panorama", "Panorama", r"\bpanorama\b", "pan-os"),
    _product(
        "pan-os",
        "PAN-OS",
        r"\bpan-?os\b|\bglobal\s?protect\b|\bpalo alto\b(?!.*\b(?:expedition|cortex|prisma)\b)",
        "pan-os",
        vpn=True,
    ),
    _product("cisco-ftd", "Cisco FTD", r"\bftd\b|\b(?:firepower|firewall) threat defen[sc]e\b", "dotted-3", vpn=True),
    _product("cisco-asa", "Cisco ASA", r"\basav?\b|\badaptive security appliance\b", "cisco-asa", vpn=True),
    _product("cisco-ios-xe", "Cisco IOS XE", r"\bios[- ]?xe\b", "cisco-ios-xe"),
    _product(
        "cisco-secure-email",
        "Cisco Secure Email Gateway",
        r"\bcisco\b.*\b(?:secure email|email security|ironport)\b|\basyncos\b",
    ),
    _product("checkpoint-spark", "Check Point Quantum Spark", r"\bcheck\s?point\b.*\bspark\b", "check-point", vpn=True),
    _product(
        "checkpoint-gateway",
        "Check Point security gateway",
        r"\bcheck\s?point\b|\bquantum (?:security )?gateway\b|\bgaia\b",
        "check-point",
        vpn=True,
    ),
    _product("big-ip", "F5 BIG-IP", r"\bbig-?ip\b", "dotted-3", vpn=True),
    _product("sma1000", "SonicWall SMA 1000", r"\bsma\s?-?(?:1000|6200|6210|7200|7210|8200v)\b", "sonicwall", vpn=True),
    _product("sma100", "SonicWall SMA 100", r"\bsma\s?-?(?:100|200|210|400|410|500v)\b", "sonicwall", vpn=True),
    _product("sonicwall-email", "SonicWall Email Security", r"\bsonicwall\b.*\bemail\b", "sonicwall"),
    _product(
        "sonicos", "SonicOS", r"\bsonic\s?os\b|\bsonicwall\b.*\b(?:tz|nsa|nssp|nsv)\s?-?\d*", "sonicwall", vpn=True
    ),
    _product("sophos-firewall", "Sophos Firewall", r"\bsfos\b|\bsophos\b.*\b(?:firewall|xgs?)\b", "sophos", vpn=True),
    _product(
        "junos", "Junos OS", r"\bjunos\b(?!.*\bevolved\b)|\bjuniper\b.*\b(?:srx|mx|ex)\s?-?\d*", "junos", vpn=True
    ),
    _product("zyxel-zld", "Zyxel USG, ATP and VPN", r"\bzyxel\b.*\b(?:usg|atp|vpn\d*|zywall|zld)", "zyxel", vpn=True),
    _product("draytek-vigor", "DrayTek Vigor", r"\bvigor\s?-?(?:2960|3900|300b)\b", "dotted-3", vpn=True),
    _product(
        "barracuda-esg",
        "Barracuda Email Security Gateway",
        r"\bbarracuda\b.*\b(?:esg|email|spam firewall)\b",
        "dotted-4",
    ),
    _product("exchange", "Microsoft Exchange Server", r"\bexchange\b(?!.*\bonline\b)", "exchange"),
    _product("zimbra", "Zimbra Collaboration", r"\bzimbra\b", "zimbra"),
    _product("roundcube", "Roundcube Webmail", r"\bround\s?cube\b"),
    _product("exim", "Exim", r"\bexim4?\b", "dotted-2"),
    _product("array-ag", "Array AG/vxAG", r"\barray(?: networks)?\b.*\b(?:ag|vxag|arrayos)\b", vpn=True),
    _product("versa-director", "Versa Director", r"\bversa\b.*\bdirector\b"),
    _product("watchguard-firebox", "WatchGuard Firebox", r"\bwatchguard\b|\bfirebox\b|\bfireware\b", vpn=True),
)

_NETSCALER = (
    "https://nsm.no/fagomrader/digital-sikkerhet/nasjonalt-cybersikkerhetssenter/varsler-fra-ncsc/"
    "kritisk-sarbarhet-i-citrix-netscaler-cve-2025-6543"
)
_EXCHANGE = (
    "https://techcommunity.microsoft.com/blog/exchange/"
    "t-1-month-exchange-server-2016-and-exchange-server-2019-end-of-support/4453133"
)
_IVANTI = (
    "https://forums.ivanti.com/s/article/"
    "April-Security-Advisory-Ivanti-Connect-Secure-Policy-Secure-ZTA-Gateways-CVE-2025-22457"
)
_NO_MORE = "support of Exchange Server 2016 and 2019 ended on 14 October 2025; updates after it need a paid extension"
_PULSE = "Pulse Connect Secure, the 9.x line, is out of support"
_EOL = "NetScaler 12.1 and 13.0 (without FIPS) have reached their end of life"
ENDED: tuple[Ended, ...] = (
    Ended("netscaler", "12.1", "", "", "NSM NCSC", "2025-06-25", _NETSCALER, _EOL),
    Ended("netscaler", "13.0", "", "", "NSM NCSC", "2025-06-25", _NETSCALER, _EOL),
    Ended("exchange", "15.1", "", "2025-10-14", "Microsoft", "2025-09-14", _EXCHANGE, _NO_MORE),
    Ended("exchange", "15.2", "15.2.2562.17", "2025-10-14", "Microsoft", "2025-09-14", _EXCHANGE, _NO_MORE),
    Ended("ivanti-connect-secure", "9", "", "", "Ivanti", "2025-04-03", _IVANTI, _PULSE),
)


def recognise(*names: str) -> Product | None:
    """The product of an inventory row: vendor and product together, with signs taken as spaces. O(products)."""
    return next(_matching(names), None)


def products_named(*names: str) -> frozenset[str]:
    """The keys of all products that a catalogue entry names: "FortiOS and FortiProxy" are two."""
    return frozenset(product.key for product in _matching(names))


def _matching(names: Iterable[str]) -> Iterator[Product]:
    text = " ".join(name for name in names if name)[:_MAX_TEXT]
    plain = re.sub(r"[\s_/,;:()®™]+", " ", text)
    return (product for product in PRODUCTS if product.pattern.search(plain))
