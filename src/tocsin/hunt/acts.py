"""In which direction, and how strongly, a field of a record speaks of contact."""

from __future__ import annotations

from typing import NamedTuple

from tocsin.hunt.watch import Watched
from tocsin.hunt.zeek import established
from tocsin.logs import Event


class Act(NamedTuple):
    """A form of contact. ``weight`` is its share of the score; ``says`` completes "HOST … THING"."""

    name: str
    says: str
    weight: float


MENTIONED = Act("mentioned", "mentioned", 0.25)
COMMAND = Act("mentioned in a command", "mentioned in a command", 0.35)
PROBED = Act("failed tries from outside", "saw failed tries from", 0.1)
TRIED = Act("tried to connect", "tried to connect to", 0.4)
LOOKED_UP = Act("looked up", "looked up", 0.5)
CAME = Act("was reached", "was reached from", 0.65)
SIGNED_IN = Act("sign-in", "had a sign-in from", 0.7)
CALLED = Act("telephone", "has a record with the telephone number", 0.7)
MAILED = Act("mailed", "exchanged mail with", 0.7)
CONNECTED = Act("connected", "connected to", 0.7)

# Fields that name the far end, in lower case. Zeek: https://docs.zeek.org/en/master/script-reference/log-files.html;
# Sysmon 3 and 22; Windows 5156 (DestAddress); proxies as Sigma names their fields (c-uri, cs-host, r-dns).
_TO = frozenset(
    """id.resp_h server_name destinationip destinationhostname destinationaddress destaddress destination.ip dst_ip
    dest_ip c-uri cs-host r-dns cs-uri remoteaddress""".split()
)
_FROM = frozenset(
    "id.orig_h sourceip sourcehostname sourceaddress src_ip ipaddress clientaddress clientip c-ip".split()
)
_LOOKUP = frozenset("queryname queryresults query answers qname".split())
_MAIL = frozenset("from mailfrom to rcptto cc reply_to sender recipient recipients x_originating_ip".split())
_COMMANDS = frozenset("commandline parentcommandline scriptblocktext payload processcommandline".split())
_FAILED_SIGN_IN, _SIGN_IN = frozenset(["4625"]), frozenset(["4624"])
_BLOCKED = frozenset("5152 5153 5155 5157".split())  # the Windows filter dropped it


def act_of(event: Event, field: str, watched: Watched) -> Act:
    """The form of contact that a watched thing in a field of an event is."""
    if watched.kind == "phone":
        return CALLED
    name = field.lower()
    number = str(event.fields.get("EventID", ""))
    zeek = event.service if event.product == "zeek" else ""
    if name in _TO or (name in ("host", "uri") and zeek == "http"):
        failed = number in _BLOCKED or (zeek == "conn" and not established(event.fields))
        return TRIED if failed else CONNECTED
    if name in _FROM:
        if number in _FAILED_SIGN_IN or number in _BLOCKED or (zeek == "conn" and not established(event.fields)):
            return PROBED
        return SIGNED_IN if number in _SIGN_IN else CAME
    if name in _LOOKUP:
        return LOOKED_UP
    if name in _MAIL and (zeek == "smtp" or watched.kind == "email" or "mail" in event.category):
        return MAILED
    return COMMAND if name in _COMMANDS else MENTIONED


def is_inward(act: Act) -> bool:
    """Whether the watched thing came to us."""
    return act in (PROBED, CAME, SIGNED_IN)
