"""Bytes to text that is safe to show: decoding that says what it assumed, and characters that hide text taken out.

Everything here happens before the first offset is counted, so spans into ``Report.text`` stay right.
"""

from __future__ import annotations

import codecs
import re

from tocsin.model import TocsinError

MAX_TEXT = 20 * 1024 * 1024  # characters of one report; the longest published reports are a fiftieth of it

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings written in plain ASCII bytes, so that "is it valid UTF-8?" says nothing about them.
_ESCAPED = ("iso2022", "hz")
# Charsets that decode ASCII to something else or are a way to smuggle text past filters: never on a page's word alone.
_REFUSED = {"utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\v\x1b")
_C1 = {
    code: bytes([code]).decode("cp1252", "replace") if code != 0x85 else "\n" for code in range(0x80, 0xA0)
}  # pages that mean Windows-1252 but say Latin-1

_INVISIBLE = "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff"
_INVISIBLE += "\ufff9-\ufffb\U000e0000-\U000e007f"
_ODD = re.compile(f"[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u200c\\u200d\\ud800-\\udfff{_INVISIBLE}]")
# Persian, Indic and emoji spelling needs the (non-)joiners; between Latin letters they only hide.
_HIDDEN = re.compile(f"[{_INVISIBLE}]|(?<![^\\x00-\\u024f])[\\u200c\\u200d]|[\\u200c\\u200d](?![^\\x00-\\u024f])")
_BREAKS = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_C1_RUN = re.compile("[\x80-\x9f]")


def decode(raw: bytes, path: str, declared: str | None = None) -> tuple[str, str]:
    """The text of ``raw`` and a note on how it was decoded ("" for plain UTF-8).

    Order: byte order mark, UTF-8 where it is valid (a page that declares another charset is then wrong), the declared
    charset, Windows-1252 where the result reads as text. Raises TocsinError, naming the byte, for anything else.
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(name), "" if name == "utf-8" else name
            except UnicodeDecodeError as error:
                raise TocsinError(
                    path,
                    f"byte {error.start + len(mark)}",
                    f"the file begins with a {name} mark but is not {name}",
                    "save it as UTF-8",
                ) from error
    _refuse_binary(raw, path)
    charset = _known(declared)
    if charset and charset.startswith(_ESCAPED):
        try:
            return raw.decode(charset), charset
        except UnicodeDecodeError:
            charset = None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_old(raw, path, charset, error.start)
    wrong = charset not in (None, "utf-8", "ascii") and not raw.isascii()
    return text, f"declared {charset}, read as utf-8" if wrong else ""


def clean(text: str) -> tuple[str, int, int]:
    """``text`` with ``\\n`` line ends, no control characters and none that a reader cannot see, and how many went:
    the text, invisible characters dropped, control characters replaced.

    Control characters become U+FFFD (one for one); bidirectional marks, zero-width characters and the like are dropped,
    since they make a reader see other words than a program reads. Joiners that Persian and Indic spelling needs stay.
    """
    if not _ODD.search(text):
        return text, 0, 0
    text = _BREAKS.sub("\n", text)
    text = _C1_RUN.sub(lambda found: _C1[ord(found[0])], text)
    text, hidden = _HIDDEN.subn("", text)
    text, controls = _CONTROL.subn("\ufffd", text)
    return text, hidden, controls


def clean_note(hidden: int, controls: int) -> str:
    """What ``clean`` took out, for ``Report.how``; "" where nothing."""
    notes = []
    if hidden:
        notes.append(f"{hidden} invisible characters dropped")
    if controls:
        notes.append(f"{controls} control characters replaced")
    return ", ".join(notes)


def check_length(text: str, path: str) -> None:
    """Raise TocsinError where the text is empty or longer than ``MAX_TEXT``."""
    if len(text) > MAX_TEXT:
        raise TocsinError(
            path, "", f"{len(text):,} characters of text, more than {MAX_TEXT:,}", "split the report into parts"
        )
    if not text.strip():
        raise TocsinError(path, "", "there is no text in it", "give a file that holds the report's text")


def _known(declared: str | None) -> str | None:
    """Python's name of a charset that may be believed, else None."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().lower()).name
    except (LookupError, ValueError):
        return None
    if name in _REFUSED or not codecs.lookup(name)._is_text_encoding:
        return None
    # What browsers do: these labels are used for their supersets.
    return {"iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}.get(name, name)


def _decode_old(raw: bytes, path: str, charset: str | None, at: int) -> tuple[str, str]:
    if charset and charset not in ("utf-8", "ascii"):
        try:
            return raw.decode(charset), charset
        except UnicodeDecodeError as error:
            text = raw.decode(charset, "replace")
            if text.count("\ufffd") * 500 < len(text):
                return text, f"{charset} with damaged bytes, the first at byte {error.start}"
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    foreign = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
    if foreign > damaged * 3:  # mostly good UTF-8: a cut copy or a few broken bytes, not another charset
        return text, f"utf-8 with damaged bytes, the first at byte {at}"
    if _plausible_cp1252(raw):
        # Five bytes have no meaning in Windows-1252; "replace" keeps the place.
        return raw.decode("cp1252", "replace"), "no charset declared and not utf-8, read as windows-1252"
    raise TocsinError(
        path, f"byte {at}", "the text is neither UTF-8, UTF-16 with a mark, nor Windows-1252", "save it as UTF-8"
    )


def _plausible_cp1252(raw: bytes) -> bool:
    """Western text has few bytes above ASCII, most of them letters next to letters, and hardly a C1 gap."""
    high = len(raw) - len(raw.translate(None, bytes(range(0x80, 0x100))))
    letters = len(re.findall(rb"[\xc0-\xff]", raw)) + len(re.findall(rb"[\x80-\xbf]", raw)) // 2
    longest = max((len(run) for run in re.findall(rb"[\x80-\xff]+", raw)), default=0)
    return high * 4 <= len(raw) and longest <= 12 and letters * 3 >= high


def _refuse_binary(raw: bytes, path: str) -> None:
    nul = raw.count(b"\0")
    if nul * 100 > len(raw):
        at = raw.index(b"\0")
        even, odd = raw[::2].count(b"\0"), raw[1::2].count(b"\0")
        if min(even, odd) * 10 < max(even, odd):
            raise TocsinError(path, f"byte {at}", "looks like UTF-16 without a byte order mark", "save it as UTF-8")
        raise TocsinError(path, f"byte {at}", "NUL bytes: this is not text", "give the report's text, HTML or PDF")
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    if controls * 20 > len(raw):
        first = next(at for at, byte in enumerate(raw) if byte in _CONTROLS)
        raise TocsinError(
            path,
            f"byte {first}",
            f"{controls:,} control bytes: this is not text",
            "give the report's text, HTML or PDF",
        )
