"""The picture of who is behind whom: authorities, parties, actors, sponsors, and what the actors do."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only for the type; nothing is parsed
from collections.abc import Iterable

import msgspec
from markupsafe import Markup

from tocsin.brief.answer import Judged
from tocsin.brief.behind import Link, Step, chains, direct_links, kinds, labels, links, ordered_profiles
from tocsin.brief.conduct import by_tactic, shared, specificity
from tocsin.brief.matrix import STATES, hatching, mark
from tocsin.brief.svg import LINE, canvas, element, number, wrapped, written
from tocsin.brief.words import clip, day, one_line, predicate_words, ref_name
from tocsin.model import Case, CoverageState, Record, Ref

GAP = 14
_HATCH = "hatch-relations"
_TOP = 40
_COLUMNS = {
    "authority": (0, 150),
    "party": (240, 240),
    "actor": (570, 220),
    "sponsor": (880, 272),
    "tactic": (240, 290),
}
_WIDTH = 1152
_MOST = 10
TECHNIQUES = 6  # an actor
_ACTORS = 4
_MARK = 18  # the room that the mark of a technique takes


class Node(Record, frozen=True):
    """A box: where it stands, and what is written in it. ``x`` is the left edge of its column unless it is given."""

    key: str
    column: str
    lines: tuple[str, ...]
    sub: tuple[str, ...] = ()
    title: str = ""
    marks: tuple[CoverageState | None, ...] = ()  # whether we could see what each line of ``sub`` says
    x: float = -1
    y: float = 0

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.x if self.x >= 0 else float(_COLUMNS[self.column][0])

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + _COLUMNS[self.column][1]

    @property
    def height(self) -> float:
        """As tall as its lines."""
        return 16 + LINE * len(self.lines) + 16 * len(self.sub)


def relations(case: Case, items: Iterable[Judged]) -> Markup | None:
    """Authorities → parties → actors → sponsors and techniques; None where the case ties nobody to anybody.

    What the report states and the evidence contradicts is drawn too, broken and crossed: the picture corrects it.
    """
    nodes = _nodes(case)
    if not any(node.column in {"party", "actor"} for node in nodes):
        return None
    wrong = [item for item in items if item.word == "contradicted"]
    present = {node.key for node in nodes}
    for item in wrong:
        code = _authority(item.claim.subject)
        if item.claim.predicate == "designated" and code not in present and _end(item.claim.object, present):
            nodes.append(Node(key=code, column="authority", lines=(code[3:],), sub=("as the report says",)))
            present.add(code)
    placed, foot = _placed(nodes)
    bands, height = _bands(case, foot)
    root = canvas(
        _WIDTH, height, "drawing-relations", "Who is behind whom: authorities, parties, actors, sponsors and techniques"
    )
    if bands and case.coverage:
        hatching(root, _HATCH)
    headings = {"authority": "Designated by", "party": "Parties", "actor": "Actors", "sponsor": "Sponsors"}
    for column, words in headings.items():
        if any(node.column == column for node in nodes):
            element(root, "text", words, x=_COLUMNS[column][0] + 1, y=18, class_="column")
    _edges(root, case, placed)
    for item in wrong:
        subject, thing = item.claim.subject, item.claim.object
        left = placed.get(_authority(subject)) or placed.get(_end(subject, present))
        right = placed.get(_end(thing, present))
        if left and right and left.column != right.column:
            words = (
                f"The report says: {ref_name(subject)} {predicate_words(item.claim)} {ref_name(thing)}. Contradicted."
            )
            _edge(root, left, right, words, crossed=True)
    for node in placed.values():
        _box(root, node)
    if bands:
        element(
            root,
            "text",
            "What they do: the techniques that fewest other groups share, by tactic"
            + (", each with the sign of whether we could see it" if case.coverage else ""),
            x=1,
            y=foot + 34,
            class_="column",
        )
    for actor, tactics in bands:
        _edge(root, actor, tactics[0], f"{actor.title} uses these techniques")
        for node in (actor, *tactics):
            _box(root, node)
    return written(root)


def _nodes(case: Case) -> list[Node]:
    names, kind = labels(case), kinds(case)
    parties = ordered_profiles(case, "party")[:_MOST]
    relations_ = links(case)
    nodes: dict[str, Node] = {}
    for code in dict.fromkeys(row.authority for profile in parties for row in profile.designations):
        rows = [row for profile in parties for row in profile.designations if row.authority == code]
        lists = ", ".join(dict.fromkeys(row.list for row in rows if row.list))
        nodes[f"by:{code}"] = Node(
            key=f"by:{code}", column="authority", lines=wrapped(code, 130, 2), sub=wrapped(lists, 130, 2, 10.4)
        )
    walked: list[Step] = [step for path in chains(case) for step in path]
    refs = [profile.ref for profile in parties] + [step.ref for step in walked]
    refs += [profile.ref for profile in ordered_profiles(case, "actor", "sponsor")]
    used: dict[str, int] = {}
    for ref in dict.fromkeys(refs):
        column = kind.get(ref, "")
        used[column] = used.get(column, 0) + 1
        if column not in _COLUMNS or used[column] > _MOST:
            continue
        width = _COLUMNS[column][1] - 20
        nodes[ref] = Node(
            key=ref,
            column=column,
            lines=wrapped(names.get(ref, ref), width, 2),
            sub=wrapped(_sub(case, ref, column, relations_, names), width, 1, 10.4),
            title=names.get(ref, ref),
        )
    return list(nodes.values())


def _sub(case: Case, ref: str, column: str, relations_: tuple[Link, ...], names: dict[str, str]) -> str:
    profile = next((one for one in case.profiles if one.ref == ref), None)
    if column == "sponsor":
        above = next((names.get(link.right, link.right) for link in relations_ if link.left == ref), "")
        return f"part of {above}" if above else (profile.country or "" if profile else "")
    if profile is None:
        return ""
    if column == "actor":
        others = [name.name for name in profile.aliases if name.name not in names.get(ref, ref)]
        return "also " + ", ".join(dict.fromkeys(others)) if others else ""
    return " · ".join(
        part for part in (profile.country or "", "no listing held" if not profile.designations else "") if part
    )


def _bands(case: Case, foot: float) -> tuple[list[tuple[Node, list[Node]]], float]:
    """Below the columns: for each actor a row of what it does, and where the last row ends."""
    names = labels(case)
    states = {one.technique: one.state for one in case.coverage}
    bands: list[tuple[Node, list[Node]]] = []
    y = foot + 48
    step = _COLUMNS["tactic"][1] + 18
    for profile in [one for one in ordered_profiles(case, "actor") if one.techniques][:_ACTORS]:
        chosen = tuple(sorted(profile.techniques, key=specificity)[:TECHNIQUES])
        tactics: list[Node] = []
        bottoms = [y] * 3
        for group in by_tactic(chosen):
            rows = [f"{one.technique.ref} {one.technique.name}" for one in group.techniques]
            marks = tuple(states.get(one.technique.ref) for one in group.techniques)
            words = [f", {STATES[state].title.lower()} here" if state else "" for state in marks]
            place = bottoms.index(min(bottoms))
            room = 270 - _MARK * any(marks)
            node = Node(
                key=f"tactic:{profile.ref}:{group.name}",
                column="tactic",
                lines=wrapped(group.name, 270, 1),
                sub=tuple(wrapped(row, room, 1, 10.4)[0] for row in rows),
                marks=marks if any(marks) else (),
                title="; ".join(
                    f"{row}, shared with {shared(one)}{word}"
                    for row, one, word in zip(rows, group.techniques, words, strict=True)
                ),
                x=_COLUMNS["tactic"][0] + place * step,
                y=bottoms[place],
            )
            tactics.append(node)
            bottoms[place] += node.height + 10
        name = names.get(profile.ref, profile.name)
        label = Node(key=f"band:{profile.ref}", column="actor", lines=wrapped(name, 190, 2), title=name, x=0, y=y)
        bands.append((label, tactics))
        y = max(*bottoms, y + label.height + 10) + 12
    return bands, (y - 16 if bands else foot)


def _placed(nodes: list[Node]) -> tuple[dict[str, Node], float]:
    heights = {column: sum(node.height + GAP for node in nodes if node.column == column) for column in _COLUMNS}
    tallest = max(heights.values())
    placed = {}
    for column, height in heights.items():
        # Shorter columns stand above the middle rather than in it: the drawing reads from its first line.
        y = _TOP + min((tallest - height) / 2, 70)
        for node in (node for node in nodes if node.column == column):
            placed[node.key] = msgspec.structs.replace(node, y=y)
            y += node.height + GAP
    return placed, max(node.y + node.height for node in placed.values()) + 6


def _edges(root: ET.Element, case: Case, placed: dict[str, Node]) -> None:
    for profile in ordered_profiles(case, "party"):
        for row in profile.designations:
            left, right = placed.get(f"by:{row.authority}"), placed.get(profile.ref)
            if left and right:
                ended = f", delisted {day(row.delisted)}" if row.delisted else ""
                _edge(
                    root,
                    left,
                    right,
                    f"{row.authority} listed {profile.name}, {day(row.listed) or 'date not held'}{ended} ({row.list})",
                )
    for link in direct_links(case):
        left, right = placed.get(link.left), placed.get(link.right)
        if left and right and left.column != right.column:
            says = next((one.says for one in link.stated if one.says), "")
            _edge(
                root,
                left,
                right,
                f"{left.title} → {right.title}: {says or 'attributed'} ({link.by or 'source not named'})",
            )


def _edge(root: ET.Element, left: Node, right: Node, title: str, *, crossed: bool = False) -> None:
    if left.left > right.left:  # a claim may point against the grain
        left, right = right, left
    start, end = left.right, right.left
    y1, y2 = left.y + left.height / 2, right.y + right.height / 2
    group = element(root, "g", class_="edge wrong" if crossed else "edge")
    element(group, "title", title)
    middle = (start + end) / 2
    x1, x2, top, foot = number(start), number(end), number(y1), number(y2)
    path = f"M{x1} {top}C{number(middle)} {top} {number(middle)} {foot} {x2} {foot}"
    element(group, "path", d=path)
    if crossed:
        element(group, "circle", cx=middle, cy=(y1 + y2) / 2, r=9)
        element(group, "text", "✕", x=middle, y=(y1 + y2) / 2 + 4.5, text_anchor="middle")


def _box(root: ET.Element, node: Node) -> None:
    x, width = node.left, _COLUMNS[node.column][1]
    group = element(root, "g", class_=f"node {node.column}")
    element(group, "title", clip(node.title or " ".join(node.lines), 400))
    element(group, "rect", x=x + 0.5, y=node.y, width=width - 1, height=node.height, rx=6)
    y = node.y + 8 + LINE - 5
    for line in node.lines:
        element(group, "text", line, x=x + 10, y=y)
        y += LINE
    indent = _MARK if node.marks else 0
    for place, line in enumerate(node.sub):
        state = node.marks[place] if node.marks else None
        if state:
            cell = element(group, "g", class_=f"cell {state}")
            mark(cell, state, x + 10, y - 11, 12, 12, _HATCH)
            element(cell, "text", STATES[state].sign, x=x + 16, y=y - 1, text_anchor="middle", class_="sign")
        element(group, "text", line, x=x + 10 + indent, y=y - 1, class_="sub")
        y += 16


def _authority(ref: Ref) -> str:
    for name in (ref.ref, ref.name, ref.text):
        if name:
            code = name.rpartition(":")[2].strip()
            if code.isupper():
                return f"by:{one_line(code, 40)}"
    return f"by:{one_line(ref.name or ref.text, 40)}"


def _end(ref: Ref, present: set[str]) -> str:
    return ref.ref if ref.ref and ref.ref in present else ""
