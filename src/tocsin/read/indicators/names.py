"""URLs, e-mail addresses, domains and file names: four things made of the same letters and dots.

A suffix list alone does not tell them apart: .py, .zip, .sh and .next are top-level domains. So the table of file
endings speaks first, and where an ending is both, a defanged dot or the words before it decide.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Iterator
from functools import cache

from publicsuffixlist import PublicSuffixList

from tocsin.read.extract.blocks import words
from tocsin.read.indicators.base import Found
from tocsin.read.indicators.defang import Refanged
from tocsin.read.indicators.files import FILE_ENDINGS, FILE_OR_DOMAIN, PRODUCTS

_STOP = r"\s<>\"'`{}|\\^\u2018-\u201f\u00ab\u00bb\u3000-\u303f\uff00-\uffef"
_URL = re.compile(
    r"(?<![A-Za-z0-9+.-])(?:https?|ftps?|sftp|wss?|tcp|udp|ldaps?|smb|ssh|telnet|socks[45]?|git|rdp)://"
    rf"[^{_STOP}]{{1,4096}}+",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)++")
_PATH = re.compile(rf"(?::\d{{1,5}})?/(?=[A-Za-z0-9_~.?%#-])[^{_STOP}]{{0,4096}}+")
_NOT_LOCAL = re.compile(r"[^\w.!#$%&*+/=?^~-]")
_HOST_AFTER = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_NO_SPACES = re.compile("([\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+)")
_LIBRARY = re.compile(r"[\w.-]+\.so(?:\.\d{1,4}){1,4}")
_UNITS = words("am pm km kg ms cm mm gb mb tb kb al in")
# Members of an object in code, and fields of ECS: user.name is no host.
_MEMBERS = words(
    "name id run map date open call email host link page style data post build show select domain click sh"
)
_OBJECTS = words(
    "user process event file os host this self src dst source destination document window app response request client "
    "server agent rule service url dns registry parent target winlog object item node obj args module path system"
)
_DOMAIN_WORD = re.compile(
    r"\b(?:domains?|sub-?domains?|hosts?|hostnames?|sites?|websites?|c2s?|command[- ]and[- ]control|servers?|dns"
    r"|resolv\w+"
    r"|connect\w*|contact\w*|beacon\w*|portal|nameservers?)\b[^.;\n]{0,25}$",
    re.IGNORECASE,
)


def urls(refanged: Refanged) -> Iterator[Found]:
    """URLs with a scheme whose host is an address or a known domain. The value's scheme and host are in lower case."""
    text = refanged.text
    if "://" not in text:
        return
    for found in _URL.finditer(text):
        written = found[0]
        scheme, _, rest = written.partition("://")
        length = re.match(r"[^/?#]*", rest)
        authority = length[0] if length else ""
        if authority.isascii():
            # Text in a script without spaces goes on right after the address.
            cut = _NO_SPACES.search(rest)
            rest = rest[: cut.start()] if cut else rest
        rest = _trimmed(rest)
        authority = re.split("[/?#]", rest, maxsplit=1)[0]
        users, at, host_port = authority.rpartition("@")
        host, ascii_rest = _host(host_port)
        if host is None:
            continue
        if ascii_rest is not None:  # letters of a script without spaces followed the host
            rest = users + at + ascii_rest
            host_port = ascii_rest
        value = f"{scheme.lower()}://{users}{at}{host_port.lower()}{rest[len(users) + len(at) + len(host_port) :]}"
        yield Found(kind="url", value=value, start=found.start(), end=found.start() + len(scheme) + 3 + len(rest))


def emails(refanged: Refanged) -> Iterator[Found]:
    """E-mail addresses at a known domain; the value's domain is in lower case."""
    text = refanged.text
    at = text.find("@")
    while at >= 0:
        backwards = text[max(0, at - 64) : at][::-1]
        stop = _NOT_LOCAL.search(backwards)
        local = backwards[: stop.start() if stop else None][::-1]
        host = _HOST_AFTER.match(text, at + 1)
        if local and host and text[at - 1] != ".":
            name = local.lstrip(".!#$%&*+/=?^~-")
            pieces = [piece for piece in _NO_SPACES.split(name) if piece]
            if not name.isascii() and pieces and pieces[-1].isascii():
                name = pieces[-1]
            domain = _ascii_part(host[0]) or host[0]
            if name and is_domain(domain):
                yield Found(
                    kind="email", value=f"{name}@{domain.lower()}", start=at - len(name), end=at + 1 + len(domain)
                )
        at = text.find("@", at + 1)


def names(refanged: Refanged) -> Iterator[Found]:
    """Domains, file names, and URLs that are written without their scheme."""
    text = refanged.text
    covered = 0
    for found in _RUN.finditer(text):
        run, start = found[0], found.start()
        if start < covered:
            continue  # part of the path of the URL before
        if not run.isascii() and (part := _ascii_part(run)) is not None:
            start += run.index(part)
            run = part
        if start and text[start - 1] == "%" and re.match("[0-9A-Fa-f]{2}", run):
            run, start = run[2:], start + 2  # %2fevil.example: the two digits belong to the percent sign
        run = run.rstrip("_-")
        start += len(run) - len(run.lstrip("-"))
        run = run.lstrip("-")
        end = start + len(run)
        before = text[start - 1] if start else " "
        if "." not in run or before in "$@\\":
            continue
        marked = refanged.marked(start, end)
        if text[end : end + 1] == "(" and not marked:
            continue  # a call in code
        kind = _kind(run, marked, text[max(0, start - 60) : start])
        if kind == "file":
            yield Found(kind="file", value=run, start=start, end=end)
        elif kind == "domain":
            path = _PATH.match(text, end)
            if path and len(rest := _trimmed(path[0])) > 1 and not rest[1:].isdigit():
                covered = end + len(rest)
                yield Found(kind="url", value=run.lower() + rest, start=start, end=covered)
            else:
                yield Found(kind="domain", value=run.lower(), start=start, end=end)


def address_urls(refanged: Refanged, found: Iterable[Found]) -> Iterator[Found]:
    """The addresses in ``found``; one that begins a URL without scheme, as 192.0.2.1:8080/a.php, becomes that URL."""
    covered = 0
    for address in found:
        if address.start < covered:
            continue
        path = _PATH.match(refanged.text, address.end) if address.kind == "ipv4" else None
        rest = _trimmed(path[0]) if path else ""
        _, slash, tail = rest.partition("/")
        # "1.2.3.4/5.6.7.8" is two addresses and "1.2.3.4/tcp" a protocol.
        if slash and re.search("[A-Za-z]", tail) and not re.match(r"(?:tcp|udp)\b", tail):
            covered = address.end + len(rest)
            yield Found(kind="url", value=address.value + rest, start=address.start, end=covered)
        else:
            yield address


def is_domain(name: str) -> bool:
    """Whether ``name`` is a host name below a public suffix of the ICANN section."""
    name = name.lower()
    if len(name) > 253:
        return False
    labels = name.split(".")
    if len(labels) < 2 or not all(0 < len(label) <= 63 and label[0] != "-" and label[-1] != "-" for label in labels):
        return False
    if labels[-1].isdigit() or not labels[-1][0].isalpha():
        return False
    registrable = _suffixes().privatesuffix(name)
    return registrable is not None and "_" not in registrable


@cache
def _suffixes() -> PublicSuffixList:
    # Only the ICANN section: a name below github.io is a host, and so is duckdns.org itself.
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def _host(host_port: str) -> tuple[str | None, str | None]:
    """The host of an authority, None where it is neither address nor domain, and its ASCII part where text follows."""
    if host_port.startswith("["):
        inside = host_port[1:].partition("]")[0].partition("%")[0]
        try:
            return str(ipaddress.IPv6Address(inside)), None
        except ValueError:
            return None, None
    host = host_port.partition(":")[0]
    if re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}", host):
        return host, None
    if not host.isascii() and (part := _ascii_part(host)) is not None and host.startswith(part):
        return part, part
    return (host if is_domain(host.rstrip(".")) else None), None


def _ascii_part(run: str) -> str | None:
    """The ASCII host or file name in a run of a script that sets no spaces, None where the run is one name."""
    if not _NO_SPACES.search(run):
        return None
    for piece in _NO_SPACES.split(run):
        piece = piece.strip(".-")
        if "." in piece and piece.isascii() and (is_domain(piece) or piece.rpartition(".")[2].lower() in FILE_ENDINGS):
            return piece
    return None


def _kind(run: str, marked: bool, before: str) -> str | None:
    ending = run.rpartition(".")[2]
    last = ending.lower()
    if last.isdigit():
        return "file" if _LIBRARY.fullmatch(run) else None
    if run.lower() in PRODUCTS and not marked:
        return None
    if last in FILE_ENDINGS and not marked:
        return "file"
    if not is_domain(run):
        return "file" if last in FILE_ENDINGS else None
    if marked:
        return "domain"
    labels = run.split(".")
    if last in FILE_OR_DOMAIN:
        # Only what stands before can tell, and a file is the likelier.
        deep = len(labels) > 2 and labels[0].lower() in ("www", "mail", "api", "cdn", "ns1", "ns2", "portal")
        return "domain" if deep or _DOMAIN_WORD.search(before) else "file"
    if ending != last and not run.isupper():
        return None  # "ended.The next": a full stop without its space; hosts end in small letters
    if last in _UNITS and all(label.isdigit() for label in labels[:-1]):
        return None
    if last in _MEMBERS and labels[0].lower() in _OBJECTS:
        return None
    return "domain"


def _trimmed(written: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays where its opening one is inside."""
    end = len(written)
    excess = {closer: written.count(closer) - written.count(opener) for closer, opener in _CLOSERS.items()}
    while end:
        last = written[end - 1]
        if excess.get(last, 0) > 0:
            excess[last] -= 1
        elif last not in ".,;:!?*…":
            break
        end -= 1
    return written[:end]
