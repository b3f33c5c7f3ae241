"""Say it: a ``Case`` as a page, as Markdown, as STIX 2.1, as a few lines in a terminal, and as the files of a brief.

Knows only the nouns, so that a saved case prints again years later, without lists or catalogues.
"""

from tocsin.brief.answer import Headline, headline
from tocsin.brief.behind import Step
from tocsin.brief.files import write_brief
from tocsin.brief.html import html
from tocsin.brief.markdown import markdown
from tocsin.brief.stix import stix
from tocsin.brief.terminal import answer_text

__all__ = ["write_brief", "html", "markdown", "stix", "headline", "answer_text", "Headline", "Step"]
