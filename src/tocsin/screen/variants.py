"""How people write a name that the plain comparison does not meet: legal forms glued on, given names as initials."""

from __future__ import annotations

from tocsin.model import Reason
from tocsin.names import Comparison, NameIndex, compare, glue, name_tokens
from tocsin.names.words import LEGAL_FORMS

INITIAL = 0.6  # how much of a name its first letter is worth
_MIN = 5  # letters that must be left when a glued legal form is taken off


def unglued(name: str, index: NameIndex) -> str:
    """The name without a legal form that stands glued to it, where that is a name of the index; else nothing.

    ``JSCARGUMENTUM`` and ``ARGUMENTUMJSC`` → ``argumentum``.
    """
    whole = glue(name)
    for form in LEGAL_FORMS:
        if len(form) < 3 or len(whole) < len(form) + _MIN:
            continue
        for rest in (whole.removeprefix(form), whole.removesuffix(form)):
            if rest != whole and index.exact(rest):
                return rest
    return ""


def without_initials(name: str) -> str:
    """The words of a name that are more than a letter, where it has both kinds; else nothing."""
    words = name_tokens(name)
    full = [word for word in words if len(word) > 1]
    return " ".join(full) if full and len(full) < len(words) else ""


def compare_initials(query: str, name: str) -> Comparison:
    """Compare a name with initials, ``K. L. Brandmeier``, with one that has the given names in full.

    Every initial must begin a word of the name that no other word of the query means. Score 0 where one does not.
    """
    asked, known = name_tokens(query), list(name_tokens(name))
    nothing = Comparison(0.0, Reason(name="initials", says="the initials do not fit", value=0.0, met=False))
    spelt = list(asked)
    for word in asked:
        if len(word) > 1 and word in known:
            known.remove(word)
    fitted = 0
    for at, word in enumerate(asked):
        if len(word) > 1:
            continue
        fitting = next((one for one in known if one.startswith(word)), None)
        if fitting is None:
            return nothing
        known.remove(fitting)
        spelt[at] = fitting
        fitted += 1
    whole = compare(" ".join(spelt), name)
    score = round(whole.score * (1 - (1 - INITIAL) * fitted / len(asked)), 4)
    says = f"“{query}” has {fitted} of the names of “{name}” as a letter"
    return Comparison(score, Reason(name="initials", says=says, value=score, parts=(whole.reason,)))
