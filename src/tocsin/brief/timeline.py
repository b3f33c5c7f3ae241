"""Designations and indictments on a line of time, a lane an authority."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET  # only for the type; nothing is parsed

from markupsafe import Markup

from tocsin.brief.behind import ordered_profiles
from tocsin.brief.svg import canvas, element, width_of, written
from tocsin.brief.words import clip, day, one_line
from tocsin.model import Case, Designation, Indictment, Profile, Record

WIDTH = 1152
_LEFT = 64
_RIGHT = 24
_TOP = 34
_ROW = 24
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class Event(Record, frozen=True):
    """Something an authority did on a day: to whom, and what. ``kind`` is listed, delisted or indicted."""

    authority: str
    date: str | None
    kind: str
    profile: Profile
    row: Designation | Indictment


class _Mark(Record, frozen=True):
    x: float
    label: str
    title: str
    kind: str
    row: int = 0
    left: bool = False


def events(case: Case) -> tuple[Event, ...]:
    """Everything the authorities did to the parties of the case, the oldest first; undated acts come last."""
    found = []
    for profile in ordered_profiles(case, "party", "sponsor", "actor"):
        for row in profile.designations:
            found.append(Event(authority=row.authority, date=row.listed, kind="listed", profile=profile, row=row))
            if row.delisted:
                found.append(
                    Event(authority=row.authority, date=row.delisted, kind="delisted", profile=profile, row=row)
                )
        found += [
            Event(authority=one.authority, date=one.unsealed or one.filed, kind="indicted", profile=profile, row=one)
            for one in profile.indictments
        ]
    return tuple(sorted(found, key=lambda event: (event.date or "9999", event.authority, event.kind)))


def timeline(case: Case) -> Markup | None:
    """The drawing; None where nothing has a date."""
    dated = [(event, moment) for event in events(case) if (moment := _moment(event.date)) is not None]
    if not dated:
        return None
    seen = _moment(case.report.published)
    moments = [moment for _, moment in dated] + ([seen] if seen is not None else [])
    first, last = math.floor(min(moments)), math.ceil(max(moments) + 0.01)
    scale = (WIDTH - _LEFT - _RIGHT) / (last - first)

    def at(moment: float) -> float:
        return _LEFT + (moment - first) * scale

    lanes = {}
    for authority in dict.fromkeys(event.authority for event, _ in dated):
        lanes[authority] = _rows(
            _marks([(event, at(moment)) for event, moment in dated if event.authority == authority])
        )
    heights = {authority: _ROW * (max(mark.row for mark in marks) + 1) + 18 for authority, marks in lanes.items()}
    bottom = _TOP + sum(heights.values())
    root = canvas(WIDTH, bottom + 8, "drawing-timeline", "When which authority listed or indicted whom")
    step = max(1, math.ceil((last - first) / 12))
    for year in range(first, last + 1, step):
        element(root, "line", x1=at(year), x2=at(year), y1=_TOP - 8, y2=bottom, class_="year")
        element(
            root, "text", str(year), x=at(year), y=18, class_="column", text_anchor="middle" if year < last else "end"
        )
    if seen is not None:
        group = element(root, "g", class_="seen")
        element(group, "title", f"The report is of {day(case.report.published)}")
        element(group, "line", x1=at(seen), x2=at(seen), y1=_TOP - 8, y2=bottom)
    y = float(_TOP)
    for authority, marks in lanes.items():
        element(root, "line", x1=0, x2=WIDTH, y1=y, y2=y, class_="lane")
        element(root, "text", clip(authority, 8), x=2, y=y + 27, class_="lane-name")
        for mark in marks:
            _draw(root, mark, y + 22 + mark.row * _ROW)
        y += heights[authority]
    return written(root)


def _marks(dated: list[tuple[Event, float]]) -> list[_Mark]:
    groups: dict[tuple[float, str], list[Event]] = {}
    for event, x in dated:
        groups.setdefault((x, event.kind), []).append(event)
    marks = []
    for (x, kind), together in sorted(groups.items()):
        names = list(dict.fromkeys(one_line(event.profile.name, 80) for event in together))
        label = names[0] if len(names) == 1 else f"{names[0]} + {len(names) - 1}"
        label = label if len(label) <= 52 else f"{label[:51]}…"
        word = "" if kind == "listed" else f" ({kind})"
        title = f"{day(together[0].date)}: {together[0].authority} {kind} {', '.join(names)}"
        marks.append(_Mark(x=x, label=f"{label}{word}", title=title, kind=kind))
    return marks


def _rows(marks: list[_Mark]) -> list[_Mark]:
    """Each label in the first row where it overlaps nothing; to the left of its dot where the right edge is near."""
    ends: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks:
        width = width_of(mark.label, 12.5) + 22
        left = mark.x + width > WIDTH
        span = (mark.x - width, mark.x + 8) if left else (mark.x - 8, mark.x + width)
        row = next((n for n, taken in enumerate(ends) if all(span[1] < a or span[0] > b for a, b in taken)), len(ends))
        if row == len(ends):
            ends.append([])
        ends[row].append(span)
        placed.append(_Mark(x=mark.x, label=mark.label, title=mark.title, kind=mark.kind, row=row, left=left))
    return placed


def _draw(root: ET.Element, mark: _Mark, y: float) -> None:
    group = element(root, "g", class_=f"event {mark.kind}")
    element(group, "title", mark.title)
    if mark.kind == "indicted":
        element(
            group, "rect", x=mark.x - 4.5, y=y - 4.5, width=9, height=9, transform=f"rotate(45 {mark.x:.1f} {y:.1f})"
        )
    else:
        element(group, "circle", cx=mark.x, cy=y, r=5.5)
    offset = -12 if mark.left else 12
    element(group, "text", mark.label, x=mark.x + offset, y=y + 4.5, text_anchor="end" if mark.left else "start")


def _moment(date: str | None) -> float | None:
    match = _DATE.match(date or "")
    if not match:
        return None
    year, month, day_ = int(match[1]), int(match[2] or 7), int(match[3] or 1)
    return year + (min(max(month, 1), 12) - 1) / 12 + (min(max(day_, 1), 31) - 1) / 372
