"""A web page to text: one walk over lxml's tree that leaves out menus, banners, other stories and what is hidden.

Main-text extractors were tried and left: they give no places, and drop a megabyte's paragraph or a deeply nested page
without a word. Where the rules left out nearly everything, the page is read again with only the surest of them, and
``how`` says so: a page read with its menus is better than one not read.
"""

from __future__ import annotations

from tocsin.read.extract.blocks import one_line
from tocsin.read.extract.encoding import decode
from tocsin.read.extract.extracted import Extracted, Meta
from tocsin.read.extract.html_meta import meta_of
from tocsin.read.extract.html_rules import Page
from tocsin.read.extract.html_tree import declared_charset, tree_of
from tocsin.read.extract.html_walk import walk

_TOO_LITTLE = 250  # characters; a page of which less was kept, and less than a quarter, is read again


def read_html(raw: bytes, path: str) -> Extracted:
    """Blocks and meta data of a page. Raises TocsinError where it cannot be decoded or has no elements."""
    source, coded = decode(raw, path, declared_charset(raw))
    root, flattened = tree_of(source, path)
    meta = meta_of(root)
    page = Page(root)
    pieces = walk(page)
    how = ["lxml"]
    if len(pieces.text) < _TOO_LITTLE and len(pieces.text) * 4 < page.full_size():
        pieces = walk(Page(root, strict=False))
        how = ["lxml", "read with few rules, since the usual ones left out nearly everything"]
    how += [note for note in (coded, f"{flattened} (nested too deep)" if flattened else "", pieces.note) if note]
    title = next((pieces.text[b.start : b.end] for b in pieces.blocks if b.kind == "title"), None)
    if title is not None:
        meta = Meta(title=one_line(title), publisher=meta.publisher, published=meta.published, language=meta.language)
    return Extracted(pieces=pieces, meta=meta, how="; ".join(how))
