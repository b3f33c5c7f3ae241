"""Which parts of a page are not its text: menus, banners, other stories, comments, and what the page hides.

A name in a list item, a table cell, a caption or a fact box is part of the report; a teaser of a story about another
company is not. So whole parts are left out by what they are called or headed, never by being short.
"""

from __future__ import annotations

import re

from lxml import etree

from tocsin.read.extract.blocks import words as _set

_NEVER = _set(
    "script style noscript template iframe svg math canvas object embed audio video select textarea input button menu "
    "head dialog map datalist progress meter nav footer"
)
_ROLES = _set("navigation banner contentinfo search dialog alertdialog menu menubar toolbar tablist form")
_WORDS = _set(
    "cookie cookies consent gdpr cmp newsletter newsletters subscribe subscription signup paywall advert adverts "
    "advertisement advertising ad ads adslot adbox sponsor sponsored promo promotion promoted related trending popular "
    "teaser teasers share sharing sharebar social breadcrumb breadcrumbs comments comment respond disqus nav navbar "
    "navigation menu megamenu footer pagination pager modal popup overlay taglist outbrain taboola skip skiplink "
    "addtoany sharedaddy jp masthead"
)
_PHRASES = re.compile(
    r"read-?more|more-?(?:from|stories|news|articles|posts)|see-?also|also-?read|read-?(?:next|also)|most-?(?:read"
    r"|popular"
    r"|viewed|shared)|(?:may|might)-?(?:also-?)?like|up-?next|latest-?(?:news|stories|posts)|top-?stories|follow-?us"
    r"|sr-only|visually-?hidden|screen-?reader|post-?tags|entry-?tags|author-?bio|about-?(?:the-?)?author|back-?to-?top"
    r"|leave-?a-?reply|recommended-?(?:stories|articles|posts|reading)|print-?only|call-?to-?action"
)
# Often a real part of a report ("recommendations" for defenders); another story only where links make most of it.
_UNSURE = _set("sidebar recommended recommendations recirculation card cards rail widget promobox tags cta")
_HEADED = re.compile(
    r"(?:related(?: (?:stor(?:y|ies)|articles?|posts?|news|content|links?|coverage|topics?|reading|items|reports?"
    r"|resources))?"
    r"|(?:related|read more|see also|also read)\s*[:：].{0,200}"
    r"|read (?:more|next|also|this next)(?: (?:on|about|from)\b.{0,60})?|also read|what to read next|keep reading"
    r"|more (?:from|stories|news|articles|posts|coverage|headlines)\b.{0,60}"
    r"|most (?:read|popular|viewed|shared|recent)\b.{0,40}"
    r"|recommended(?: (?:for you|reading|stories|articles|posts|videos))?"
    r"|you (?:may|might) (?:also|like|have missed|be interested).{0,40}|trending(?: .{0,30})?|popular(?: (?:posts?"
    r"|stories|now|articles|tags))?"
    r"|(?:latest|recent|other|top|similar) (?:news|stories|posts?|articles?|headlines|comments)|up next|don.t miss"
    r"|editor.?s.? picks?|in other news|see also|further reading|sign up\b.{0,80}|subscribe\b.{0,80}"
    r"|(?:our )?newsletters?|get (?:the|our) .{0,40}newsletter.{0,40}|stay (?:informed|updated|connected|in touch)"
    r"|follow us.{0,40}|share(?: this.{0,30})?|(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:reply|comment)"
    r"|join the (?:conversation|discussion)|about the authors?|(?:post )?tags|categories|advertisements?"
    r"|sponsored(?: content| by.{0,40})?|from our partners?|partner content"
    r"|mehr zum thema|lesen sie auch|auch interessant|das könnte sie.{0,40}|verwandte (?:artikel|themen)"
    r"|meistgelesen|kommentare"
    r"|(?:à )?lire aussi|à lire aussi.{0,40}|sur le même sujet|articles (?:liés|similaires)|les plus lus|commentaires"
    r"|(?:te puede|también te puede) interesar|noticias relacionadas|artículos relacionados|lee también|lo más leído"
    r"|leggi anche|articoli correlati|i più letti|читайте также|по теме|похожие (?:статьи|новости)|комментарии"
    r"|(?:相关|推荐|热门|最新)(?:阅读|新闻|文章|报道|推荐)?|延伸阅读|猜你喜欢|関連(?:記事|ニュース)|관련 ?(?:기사|뉴스)"
    r"|اقرأ أيضا|مطالب مرتبط|اخبار مرتبط)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"(?:read(?: more| also| next)?|related|also read|see also|more|watch|lire aussi|lesen sie auch)\s*[:：>»]", re.I
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.I
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """A page with the length of readable text and of link text below each element, and ``gone``: what is not read."""

    def __init__(self, root: etree._Element, strict: bool = True) -> None:
        """Not ``strict``: only what is hidden or never text is left out, and other stories where a heading says so."""
        self.root = root
        self.elements = [element for element in root.iter() if isinstance(element.tag, str)]
        self.gone: set[etree._Element] = set()
        for element in self.elements:
            if element.getparent() in self.gone or _unreadable(element):
                self.gone.add(element)
        self.size: dict[etree._Element, int] = {}
        self.links: dict[etree._Element, int] = {}
        self._measure()
        self._kept = self._protected()
        self._drop(strict)

    def full_size(self) -> int:
        """Characters of readable text before any part was left out."""
        return self.size[self.root]

    def dense(self, element: etree._Element) -> float:
        """The share of an element's text that is links."""
        return self.links.get(element, 0) / max(1, self.size.get(element, 0))

    def _measure(self) -> None:
        for element in reversed(self.elements):  # children stand after their parents, so they are done first
            if element in self.gone:
                continue
            size = len((element.text or "").strip())
            links = 0
            for child in element:
                size += self.size.get(child, 0) + len((child.tail or "").strip())
                links += self.links.get(child, 0)
            self.size[element] = size
            self.links[element] = size if element.tag == "a" else links

    def _protected(self) -> set[etree._Element]:
        """What no name of a class may drop: the page's h1 and main part, and all that these stand in."""
        live = [element for element in self.elements if element not in self.gone]
        marks = [e for e in live if e.tag in ("h1", "main", "body") or e.get("role") == "main"]
        marks += [e for e in live if e.get("itemprop") == "articleBody"]
        articles = [e for e in live if e.tag == "article"]
        if articles:
            marks.append(max(articles, key=lambda e: self.size[e] - self.links[e]))
        kept: set[etree._Element] = set()
        for mark in marks:
            node: etree._Element | None = mark
            while node is not None and node not in kept:
                kept.add(node)
                node = node.getparent()
        return kept

    def _drop(self, strict: bool) -> None:
        in_main: set[etree._Element] = set()
        weak_page = not any(e.tag in ("h1", "main", "article") for e in self._kept)
        whole = self.full_size()
        for element in self.elements:
            parent = element.getparent()
            if parent in self.gone:
                self.gone.add(element)
                continue
            if parent in in_main or (element in self._kept and element.tag in ("main", "article")):
                in_main.add(element)
            if element in self.gone or element in self._kept:
                continue
            if weak_page and self.size[element] * 10 > whole * 6:
                continue
            if strict and self._boilerplate(element, parent in in_main):
                self.gone.add(element)
            elif element.tag in _HEADINGS or (
                0 < self.size[element] < 80
                and (element.tag in ("p", "strong", "b") or (element.tag in ("div", "span") and not len(element)))
            ):
                self._drop_headed(element)

    def _boilerplate(self, element: etree._Element, in_main: bool) -> bool:
        tag = element.tag
        dense = self.dense(element)
        words, joined = _names(element)
        if words & _WORDS or _PHRASES.search(joined):
            return tag not in ("a", "td", "th", "tr") or bool(
                words & {"ad", "ads", "share", "social", "skip", "skiplink"}
            )
        if words & _UNSURE and dense > 0.3 and tag not in ("a", "td", "th", "tr"):
            return True
        if tag in ("header", "form") and not in_main:
            return True
        if tag == "form":
            return self.size[element] < 400
        if tag == "aside":
            # A fact box in the article may link each name in it; what tells it from a list of stories is its heading.
            return dense > 0.5 and not (in_main and any(child.tag in _HEADINGS for child in element.iter()))
        if tag == "article":  # a second article on the page is a teaser where it is small and its heading is a link
            return self.size[element] < 800 and any(
                h.tag in _HEADINGS and (self.dense(h) > 0.8 or _inside_link(h)) for h in element.iter()
            )
        if tag in ("p", "div", "li") and dense > 0.4 and self.size[element] < 300:
            return bool(_LEAD_IN.match(_text(element)))
        if tag in ("ul", "ol") and not in_main and dense > 0.8:
            before = element.getprevious()
            return len(element) >= 3 and (before is None or before.tag not in ("p", *_HEADINGS))
        return False

    def _drop_headed(self, heading: etree._Element) -> None:
        """Leave out what stands under a heading such as "Related stories", up to the next heading or running text."""
        text = _text(heading) if self.size[heading] <= 250 else ""
        if not text or not _HEADED.fullmatch(text.rstrip(" :：»>…↓").strip()):
            return
        if heading.tag not in _HEADINGS and not self._only_label(heading):
            return
        top = heading
        parent = top.getparent()
        while parent is not None and parent not in self._kept and self.size[parent] == self.size[heading]:
            top, parent = parent, parent.getparent()
        if parent is not None and parent not in self._kept and self._opens(parent, top) and parent.tag != "li":
            self.gone.add(parent)
            return
        self.gone.add(top)
        seen_links = False
        for sibling in top.itersiblings():
            if not isinstance(sibling.tag, str) or sibling in self.gone:
                continue
            if sibling.tag in _HEADINGS and not (seen_links is False and self.dense(sibling) > 0.8):
                break
            plain = sibling.tag in ("p", "blockquote", "pre", "table", "figure") and self.dense(sibling) < 0.3
            if sibling in self._kept or (plain and (seen_links or self.size[sibling] > 400)):
                break
            seen_links = seen_links or self.links.get(sibling, 0) > 0
            self.gone.add(sibling)

    def _only_label(self, element: etree._Element) -> bool:
        """Whether a short paragraph stands where a heading would: what follows it is mostly links."""
        following = element.getnext()
        return following is not None and self.dense(following) > 0.5 and self.links.get(following, 0) > 0

    def _opens(self, parent: etree._Element, child: etree._Element) -> bool:
        """Whether nothing to read stands in ``parent`` before ``child``."""
        if (parent.text or "").strip():
            return False
        return not any(
            self.size.get(before, 0) for before in child.itersiblings(preceding=True) if before not in self.gone
        )


def _unreadable(element: etree._Element) -> bool:
    if element.tag in _NEVER:
        return True
    if not element.attrib:
        return False
    return (
        element.get("hidden") is not None
        or (element.get("aria-hidden") or "").lower() == "true"
        or (element.get("role") or "").lower() in _ROLES
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
    )


def _names(element: etree._Element) -> tuple[set[str], str]:
    """The words of an element's class, id, aria-label and the like, and all in one string joined by hyphens."""
    if not element.attrib or element.tag in ("html", "body"):
        return set(), ""
    values = [value for key in ("class", "id", "data-component", "data-testid") if (value := element.get(key))]
    joined = "-".join(re.split(r"[^a-z0-9]+", _CAMEL.sub("-", " ".join(values)[:500]).lower()))
    label = (element.get("aria-label") or "").strip()
    if label and element.tag in ("div", "section", "aside", "ul") and _HEADED.fullmatch(label):
        joined += "-read-more"
    return set(joined.split("-")), joined


def _inside_link(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "a"


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
