"""Could we see them? Each technique of the actors by tactic, told apart by sign and pattern as well as by colour."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only for the type; nothing is parsed

from markupsafe import Markup

from tocsin.brief.conduct import tactic_name, tactic_rank
from tocsin.brief.svg import canvas, element, width_of, wrapped, written
from tocsin.brief.words import one_line
from tocsin.model import Case, Coverage, CoverageState, Record

WIDTH = 1152
_TOP = 44
_CELL = 27
_WIDEST = 190  # a column is no wider, however few there are


class StateWord(Record, frozen=True):
    """How a state of coverage is shown: sign, title, and what it means."""

    state: CoverageState
    sign: str
    title: str
    means: str


# What a reader must know first comes first; a cell of the drawing has the sign and the pattern of its state.
STATES: dict[CoverageState, StateWord] = {
    "seen": StateWord(state="seen", sign="!", title="Seen", means="a finding speaks of it"),
    "blind": StateWord(state="blind", sign="×", title="Blind", means="nothing given here could show it"),
    "logged": StateWord(
        state="logged", sign="~", title="Logged", means="its records are there, but no rule looks at them"
    ),
    "ruled": StateWord(state="ruled", sign="=", title="Ruled", means="a rule for it ran and found nothing"),
    "tested": StateWord(
        state="tested", sign="#", title="Tested", means="a rule for it ran, and was tried on an example"
    ),
    "not_observable": StateWord(
        state="not_observable", sign="–", title="Not observable", means="it happens before anything of ours is touched"
    ),
}
_ORDER = {state: place for place, state in enumerate(STATES)}


def covered(case: Case) -> tuple[Coverage, ...]:
    """The techniques, those seen and those we are blind for first."""
    return tuple(sorted(case.coverage, key=lambda one: (_ORDER[one.state], one.technique)))


def tally(case: Case) -> tuple[tuple[StateWord, int], ...]:
    """How many techniques are in each state; states in which none is are left out."""
    numbers = {state: sum(one.state == state for one in case.coverage) for state in STATES}
    return tuple((STATES[state], number) for state, number in numbers.items() if number)


def matrix(case: Case) -> Markup | None:
    """The drawing, a column a tactic; None where no technique is at hand."""
    columns: dict[str, list[Coverage]] = {}
    for one in covered(case):
        columns.setdefault(min(one.tactics or ("",), key=tactic_rank), []).append(one)
    if not columns:
        return None
    step = min(WIDTH / len(columns), _WIDEST)
    height = _TOP + _CELL * max(map(len, columns.values())) + 4
    root = canvas(WIDTH, height, "drawing-coverage", "Could we see them: each technique of the actors, by tactic")
    hatching(root, "hatch-coverage")
    for place, tactic in enumerate(sorted(columns, key=tactic_rank)):
        x = place * step
        for at, line in enumerate(wrapped(tactic_name(tactic), step - 8, 2, 11.5)):
            element(root, "text", line, x=x + 1, y=14 + 15 * at, class_="column")
        for at, one in enumerate(columns[tactic]):
            _cell(root, one, x, _TOP + _CELL * at, step - 6)
    return written(root)


def hatching(root: ET.Element, key: str) -> None:
    """The pattern for what is logged; a drawing has its own, since an id stands once on a page."""
    made = element(element(root, "defs"), "pattern", id=key, width=6, height=6, patternUnits="userSpaceOnUse")
    element(made, "path", d="M-1 1L1 -1M0 6L6 0M5 7L7 5", class_="hatch")


def mark(group: ET.Element, state: CoverageState, x: float, y: float, width: float, height: float, hatch: str) -> None:
    """The box of a state: filled, hatched, framed or broken."""
    element(group, "rect", x=x, y=y, width=width, height=height, rx=3, class_="state")
    if state == "logged":
        element(group, "rect", x=x, y=y, width=width, height=height, rx=3, fill=f"url(#{hatch})")


def _cell(root: ET.Element, one: Coverage, x: float, y: float, width: float) -> None:
    word = STATES[one.state]
    group = element(root, "g", class_=f"cell {one.state}")
    element(group, "title", f"{one.technique} {one.name}: {word.title.lower()}, {word.means}")
    mark(group, one.state, x + 0.5, y + 0.5, width, _CELL - 6, "hatch-coverage")
    element(group, "text", word.sign, x=x + 10, y=y + 15, text_anchor="middle", class_="sign")
    room = width - 22
    label = one_line(one.technique, 40)
    if width_of(f"{label} {one.name}", 11.5) <= room:
        label = f"{label} {one.name}"
    elif width_of(label, 11.5) > room:
        label = wrapped(label, room, 1, 11.5)[0]
    element(group, "text", label, x=x + 20, y=y + 15, class_="ref")
