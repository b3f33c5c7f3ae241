"""The nouns: plain typed records that every room speaks in. Imports nothing of ours."""

from tocsin.model.actors import (
    Actor,
    Attribution,
    Campaign,
    Exploit,
    Mitigation,
    Software,
    Target,
    Technique,
    Trait,
)
from tocsin.model.base import Evidence, Examined, Fault, ListHeld, Reason, Record, Ref, Source, TocsinError
from tocsin.model.case import Case, Profile, SharedTechnique
from tocsin.model.codec import from_json, read_json, schema_of, to_json
from tocsin.model.parties import Designation, Indictment, Name, Party
from tocsin.model.reports import Block, Claim, Indicator, Mention, Report, Span, TechniqueSeen, When
from tocsin.model.verdicts import Nearest, Verdict, VerdictWord

__all__ = [
    "Actor",
    "Attribution",
    "Block",
    "Campaign",
    "Case",
    "Claim",
    "Designation",
    "Evidence",
    "Examined",
    "Exploit",
    "Fault",
    "Indicator",
    "Indictment",
    "ListHeld",
    "Mention",
    "Mitigation",
    "Name",
    "Nearest",
    "Party",
    "Profile",
    "Reason",
    "Record",
    "Ref",
    "Report",
    "SharedTechnique",
    "Software",
    "Source",
    "Span",
    "Target",
    "Technique",
    "TechniqueSeen",
    "TocsinError",
    "Trait",
    "Verdict",
    "VerdictWord",
    "When",
    "from_json",
    "read_json",
    "schema_of",
    "to_json",
]
