"""Defanged forms made whole, with a map back: every reader of indicators works on the whole text, spans stay as "
"written."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from tocsin.model import Record

# Each begins with a plain set of characters, so that text without marks is passed over quickly.
_BRACKETED = re.compile(r"[\[({<](?:(\.|dot|,|@|at|::?|:?//|/)[\])}>]|(?<=\[)\.(?=[A-Za-z0-9]))", re.IGNORECASE)
_HALF = re.compile(r"\.\](?=[A-Za-z0-9])")
_SCHEME = re.compile(r"[hf](?:xx?|xt|tx|\*\*|\+\+|\[tt\]|\[xx\])?p(s?)(?=[:\[(])", re.IGNORECASE)
_WHOLE = {"dot": ".", ",": ".", "at": "@"}
_WHOLE_BEFORE = frozenset("])}>:/")  # a mark may stand right after another one


class Refanged(Record, frozen=True):
    """``text`` with marks made whole. ``new`` and ``old`` hold, for each mark, its span in ``text`` and as written."""

    text: str
    new: tuple[tuple[int, int], ...] = ()
    old: tuple[tuple[int, int], ...] = ()

    def marked(self, start: int, end: int) -> bool:
        """Whether a mark stands in ``text[start:end]``: whoever wrote it did not want it to be clicked."""
        at = bisect_left(self.new, (start, start))
        return at < len(self.new) and self.new[at][0] < end

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place of ``text[start:end]`` in the text as written."""
        return self._old(start, False), self._old(end, True)

    def _old(self, place: int, is_end: bool) -> int:
        # An end belongs to the character before it, so a mark that it closes is taken whole.
        at = bisect_right(self.new, (place - is_end, len(self.text) + 1)) - 1
        if at < 0:
            return place
        if self.new[at][1] <= place - is_end:
            return self.old[at][1] + place - self.new[at][1]
        return self.old[at][1] if is_end else self.old[at][0]


def refang(text: str) -> Refanged:
    """Make hxxp, [.], (.), [dot], [:], [@], [at] and the like whole. "example . com" is left: people write that too."""
    marks = [mark for found in _BRACKETED.finditer(text) if (mark := _bracketed(text, found))]
    marks += [(found.start(), found.end(), ".") for found in _HALF.finditer(text) if _joins(text, found.start())]
    marks += [mark for found in _SCHEME.finditer(text) if (mark := _scheme(text, found))]
    parts: list[str] = []
    new: list[tuple[int, int]] = []
    old: list[tuple[int, int]] = []
    at = length = 0
    for start, end, whole in sorted(marks):
        if start < at:
            continue
        parts += (text[at:start], whole)
        length += start - at
        new.append((length, length + len(whole)))
        old.append((start, end))
        length += len(whole)
        at = end
    if not new:
        return Refanged(text=text)
    parts.append(text[at:])
    return Refanged(text="".join(parts), new=tuple(new), old=tuple(old))


def _bracketed(text: str, found: re.Match[str]) -> tuple[int, int, str] | None:
    start, end = found.span()
    inside = (found[1] or ".").lower()
    whole = _WHOLE.get(inside, inside)
    if whole in ".@" and text[start - 1 : start] == " " and text[end : end + 1] == " ":
        # "user [at] example [dot] com": the spaces belong to the mark where words stand on both sides.
        if text[end + 1 : end + 2].isalnum() and _joins(text, start - 1):
            return start - 1, end + 1, whole
        return None
    return (start, end, whole) if _joins(text, start) else None


def _joins(text: str, start: int) -> bool:
    """Whether something stands right before a mark that it can join to what follows."""
    before = text[start - 1] if start else " "
    return before.isalnum() or before in _WHOLE_BEFORE


def _scheme(text: str, found: re.Match[str]) -> tuple[int, int, str] | None:
    start, end = found.span()
    name = found[0].lower().removesuffix("s")
    if name in ("hp", "fp") or (start and text[start - 1].isalnum() and text[start - 1].isascii()):
        return None
    return start, end, ("http" if name[0] == "h" else "ftp") + found[1].lower()
