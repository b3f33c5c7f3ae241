"""The register as a picture: how likely each risk is against how bad it would be, with lines of equal score."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only for the type; nothing is parsed
from collections.abc import Sequence

from markupsafe import Markup

from tocsin.brief.register import Row
from tocsin.brief.svg import canvas, element, number, written
from tocsin.brief.words import figure, one_line

_SIDE = 340  # the square of the plot, in CSS pixels
_LEFT = 56
_TOP = 16
_RADIUS = 12
_EQUAL = (0.25, 0.5, 0.75)  # scores along which a line is drawn


def plot(rows: Sequence[Row]) -> Markup | None:
    """The drawing; a point has the rank of its risk. None where the register is empty."""
    if not rows:
        return None
    named = "; ".join(
        f"{row.rank}: likelihood {figure(row.risk.likelihood)}, impact {figure(row.risk.impact)}" for row in rows[:20]
    )
    title = f"The register: likelihood upwards, impact to the right. {named}"
    root = canvas(_LEFT + _SIDE + 20, _TOP + _SIDE + 52, "drawing-register", title)
    root.set("class", "drawing plot")
    element(root, "rect", x=_LEFT, y=_TOP, width=_SIDE, height=_SIDE, class_="field")
    _axes(root)
    for score in _EQUAL:
        _equal(root, score)
    places: list[tuple[float, float]] = []
    for row in rows:
        places.append(_free(_at(row.risk.impact, row.risk.likelihood), places))
    for row, place in zip(rows, places, strict=True):
        _leader(root, row, place)
    for row, (x, y) in zip(rows, places, strict=True):
        group = element(root, "g", class_=f"point {grade(row.risk.score)}")
        element(group, "title", _words(row))
        element(group, "circle", cx=x, cy=y, r=_RADIUS)
        element(group, "text", str(row.rank), x=x, y=y + 4.5, text_anchor="middle")
    return written(root)


def _at(impact: float, likelihood: float) -> tuple[float, float]:
    return _LEFT + _SIDE * min(max(impact, 0), 1), _TOP + _SIDE * (1 - min(max(likelihood, 0), 1))


def _axes(root: ET.Element) -> None:
    foot = _TOP + _SIDE
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y = _at(tick, tick)
        element(root, "line", x1=_LEFT - 4, x2=_LEFT, y1=y, y2=y, class_="tick")
        element(root, "text", figure(tick), x=_LEFT - 8, y=y + 4, text_anchor="end", class_="column")
        element(root, "line", x1=x, x2=x, y1=foot, y2=foot + 4, class_="tick")
        element(root, "text", figure(tick), x=x, y=foot + 18, text_anchor="middle", class_="column")
    middle = _TOP + _SIDE / 2
    element(root, "text", "Impact →", x=_LEFT + _SIDE / 2, y=foot + 40, text_anchor="middle", class_="axis")
    turned = {"transform": f"rotate(-90 14 {number(middle)})"}
    element(root, "text", "Likelihood →", x=14, y=middle, text_anchor="middle", class_="axis", **turned)


def _equal(root: ET.Element, score: float) -> None:
    """likelihood × impact = score, from where the one is 1 to where the other is."""
    steps = [score + (1 - score) * step / 24 for step in range(25)]
    points = [_at(impact, score / impact) for impact in steps]
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    element(root, "path", d=path, class_="equal")
    x, y = points[-1]
    element(root, "text", figure(score), x=x - 5, y=y - 14, text_anchor="end", class_="equal-name")


def _free(true: tuple[float, float], taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where a disc is drawn: at its place, or beside it where another lies there already."""
    x, y = true
    for away in range(1, 40):
        if all((x - a) ** 2 + (y - b) ** 2 >= (2 * _RADIUS) ** 2 for a, b in taken):
            break
        left, down = (-1, 1)[away % 2], (-1, 1)[away // 2 % 2]
        ring = _RADIUS * (1 + (away + 3) // 4)
        x = min(max(true[0] + left * ring, _LEFT + _RADIUS), _LEFT + _SIDE)
        y = min(max(true[1] + down * ring, _TOP), _TOP + _SIDE - _RADIUS)
    return x, y


def _leader(root: ET.Element, row: Row, place: tuple[float, float]) -> None:
    """A line from a disc that had to move aside to its true place; below all discs."""
    x, y = _at(row.risk.impact, row.risk.likelihood)
    if (x, y) != place:
        group = element(root, "g", class_=f"point {grade(row.risk.score)}")
        element(group, "line", x1=x, y1=y, x2=place[0], y2=place[1])
        element(group, "circle", cx=x, cy=y, r=3)


def _words(row: Row) -> str:
    risk = row.risk
    return f"{row.rank}. {one_line(risk.title, 160)}: {figure(risk.likelihood)} × {figure(risk.impact)}"


def grade(score: float) -> str:
    """The class of a score, for its colour: the figure always stands beside it."""
    return "grave" if score >= 0.5 else "middling" if score >= 0.25 else "slight"
