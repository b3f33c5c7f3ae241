"""What a page says of itself: title, publisher, day of publication, language. Only stated values, nothing guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import etree

from tocsin.read.extract.blocks import one_line
from tocsin.read.extract.dateline import date_in
from tocsin.read.extract.extracted import Meta

_DATES = (  # in order of trust
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "article.published",
    "datecreated",
)
_PUBLISHERS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_publisher",
    "application-name",
)
_TITLES = ("og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title")
_SUFFIX = re.compile(r"\s(?:[|–—»·]|-)\s(?=[^|–—»·]{2,60}$)")
_MAX_LD = 200_000  # characters of a JSON-LD script


def meta_of(root: etree._Element) -> Meta:
    """Read meta elements first, then JSON-LD, then ``<time>`` and ``<title>``."""
    values: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        content = one_line(element.get("content") or "")
        if key and content:
            values.setdefault(key.strip().lower(), content)
    linked = list(_json_ld(root))
    published = next((day for key in _DATES if key in values and (day := date_in(values[key]))), None)
    if not published:
        published = next((day for item in linked if (day := date_in(str(item.get("datePublished", ""))))), None)
    published = published or _time(root)
    page_title = one_line(root.findtext(".//title") or "")
    suffix = list(_SUFFIX.finditer(page_title))
    publisher = next((values[key] for key in _PUBLISHERS if key in values), None) or _ld_publisher(linked)
    title = next((values[key] for key in _TITLES if key in values), None)
    if not title and page_title:
        # " | Site name" belongs to the browser's tab, not to the report.
        title = page_title[: suffix[-1].start()] if suffix else page_title
        if suffix and not publisher and page_title[suffix[-1].start() : suffix[-1].end()].strip() == "|":
            publisher = page_title[suffix[-1].end() :]
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip().lower()
    primary = re.match(r"[a-z]{2,3}(?=$|[-_])", language)
    return Meta(title=title or None, publisher=publisher, published=published, language=primary[0] if primary else None)


def _json_ld(root: etree._Element) -> Iterator[dict[str, object]]:
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > _MAX_LD:
            continue
        try:
            found = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # a page's mistake in its own meta data; the text itself is read all the same
        items = found if isinstance(found, list) else [found]
        for item in items:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                if isinstance(graph, list):
                    yield from (part for part in graph if isinstance(part, dict))


def _ld_publisher(linked: list[dict[str, object]]) -> str | None:
    for item in linked:
        publisher = item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return one_line(name)
    return None


def _time(root: etree._Element) -> str | None:
    """The first ``<time>`` of the page's own article; times in lists of other stories stand elsewhere."""
    for place in (*root.iter("article"), *root.iter("main"), root):
        for element in place.iter("time"):
            day = date_in(element.get("datetime") or "") or date_in("".join(map(str, element.itertext())))
            if day:
                return day
            break
    return None
