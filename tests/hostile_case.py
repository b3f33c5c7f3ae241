"""A case in which every text that others wrote is an attack on whoever prints it."""

from __future__ import annotations

import msgspec

from tocsin.model import (
    ActorTie,
    Asset,
    Attribution,
    Block,
    Case,
    Claim,
    Coverage,
    Designation,
    Dispute,
    Evidence,
    Examined,
    Exploit,
    Fault,
    Finding,
    Indicator,
    Indictment,
    InputRead,
    ListHeld,
    LogRead,
    Mitigation,
    Name,
    Nearest,
    Obligation,
    Observed,
    Organisation,
    PartyTie,
    Profile,
    Reason,
    Ref,
    Relation,
    Report,
    Risk,
    RuleRef,
    SharedTechnique,
    Software,
    Source,
    Technique,
    Trait,
    Verdict,
    When,
)

EU = Ref(text="EU", ref="EU", name="EU")
EVIL = '<script>alert(1)</script>" onmouseover="alert(2)" \u202egnp.exe\u202c \x1b[31m\x07 <img src=x onerror=alert(3)>'


def hostile_case() -> Case:
    """Markup, control and direction-changing characters, dangerous addresses and a word of a million letters."""
    lead = "The EU sanctioned "
    text = f"{EVIL}\n{lead}{EVIL} today.\n{'A' * 1_000_000}\n| a | `b` | [c](javascript:alert(4)) |\n"
    second = len(EVIL) + 1
    end = text.index(" today.\n") + 7
    word = text.index("AAAA")
    blocks = (
        Block(kind="title", start=0, end=len(EVIL)),
        Block(kind="paragraph", start=second, end=end),
        Block(kind="paragraph", start=word, end=word + 1_000_000),
        Block(kind="cell", start=word + 1_000_001, end=len(text) - 1),
    )
    bad = Evidence(source=EVIL, publisher=EVIL, date=EVIL, record=EVIL, url="javascript:alert(5)", says=EVIL)
    thing = Ref(text=EVIL, ref="party:evil", name=EVIL)
    claims = (
        Claim(
            id=EVIL,
            sentence=text[second:end],
            start=second,
            end=end,
            subject=EU,
            predicate="designated",
            object=thing,
            measure=EVIL,
            according_to=EVIL,
            hedged=EVIL,
            quantifier=EVIL,
            programme=EVIL,
            when=When(text=EVIL),
        ),
        Claim(
            id="long",
            sentence="A" * 1_000_000,
            start=word,
            end=word + 1_000_000,
            subject=Ref(text="A" * 1_000_000),
            predicate="is",
            object=thing,
        ),
        Claim(
            id="outside", sentence="x", start=5_000_000, end=5_000_001, subject=thing, predicate="uses", object=thing
        ),
    )
    verdicts = tuple(
        Verdict(
            claim=claim.id,
            verdict=word_,
            why=(Reason(name=EVIL, says=EVIL, evidence=(bad,), parts=(Reason(name=EVIL, says=EVIL, met=False),)),),
            evidence=(bad,),
            nearest=(Nearest(says=EVIL, evidence=(bad,)),),
        )
        for claim, word_ in zip(claims, ("contradicted", "partly", "corroborated"), strict=True)
    )
    source = Source(
        id="evil",
        publisher=EVIL,
        title=EVIL,
        url="data:text/html,<script>alert(6)</script>",
        published=EVIL,
        licence=EVIL,
    )
    tie = Attribution(
        subject="party:evil",
        predicate="fronts_for",
        object="actor:evil",
        by=EVIL,
        says=EVIL,
        url='http://x" onclick="alert(7)',
        source="evil",
    )
    technique = SharedTechnique(
        technique=Technique(ref=EVIL, name=EVIL, tactics=(EVIL,), url="javascript:alert(8)"),
        shared_by=1,
        of=2,
        via=EVIL,
    )
    party = Profile(
        ref="party:evil",
        kind="party",
        name=EVIL,
        country=EVIL,
        aliases=(Name(name=EVIL, by=EVIL),),
        relations=(Relation(subject="party:evil", predicate="owns", object="", object_name=EVIL, by=EVIL),),
        disputes=(Dispute(ref="party:evil", list=EVIL, pack=EVIL, held=EVIL, as_of=EVIL, by=EVIL, url=EVIL),),
        attributions=(tie,),
        labels={EVIL: EVIL},
        designations=(
            Designation(
                ref="party:evil",
                authority=EVIL,
                list=EVIL,
                programme=EVIL,
                listed="2026-03-16",
                delisted=EVIL,
                measures=(EVIL,),
                grounds=EVIL,
                act=EVIL,
                by=EVIL,
                url="javascript:alert(9)",
            ),
        ),
        indictments=(
            Indictment(
                ref="party:evil", authority="US", court=EVIL, filed="2025-13-99", charges=EVIL, status=EVIL, by=EVIL
            ),
        ),
    )
    actor = Profile(
        ref="actor:evil",
        kind="actor",
        name=EVIL,
        techniques=(technique,),
        attributions=(tie,),
        targets=(EVIL,),
        software=(Software(ref=EVIL, name=EVIL),),
        vulnerabilities=(Exploit(actor="actor:evil", cve=EVIL, by=EVIL),),
        mitigations=((Mitigation(ref=EVIL, name=EVIL), 1),),
        traits=(Trait(actor="actor:evil", kind=EVIL, value=EVIL),),
        sources=(source,),
    )
    return Case(
        schema="tocsin/case/1",
        tocsin=EVIL,
        created=EVIL,
        attack=EVIL,
        claims=claims,
        verdicts=verdicts,
        profiles=(party, actor),
        sources=(source,),
        as_of={EVIL: EVIL},
        report=Report(
            path=EVIL,
            sha256=EVIL,
            text=text,
            blocks=blocks,
            title=EVIL,
            publisher=EVIL,
            published=EVIL,
            language='en" onload="x',
            how=EVIL,
        ),
        indicators=(
            Indicator(kind="domain", value="evil'\\.com", text=EVIL, start=0, end=4, role="malicious", how=EVIL),
            Indicator(kind=EVIL, value=EVIL, text=EVIL, start=0, end=4, role="malicious"),
        ),
        examined=Examined(
            lists=(ListHeld(id=EVIL, as_of=EVIL, parties=1, publisher=EVIL),),
            left_out=(Fault(file=EVIL, place=EVIL, why=EVIL, todo=EVIL),),
        ),
    )


def hostile_org_case() -> Case:
    """An organisation in whose evidence every text is an attack: markup, control characters, a record of a megabyte."""
    bad = Evidence(source=EVIL, publisher=EVIL, date=EVIL, record=EVIL, url="javascript:alert(1)", says=EVIL)
    why = (
        Reason(
            name=EVIL,
            says=EVIL,
            value=EVIL,
            weight=0.5,
            evidence=(bad,),
            parts=(Reason(name=EVIL, says=EVIL, met=False),),
        ),
    )
    fields = {
        EVIL: EVIL,
        "CommandLine": "A" * 1_000_000,
        "nested": {"a": [EVIL, 1, None]},
        "Image": EVIL,
        "query": EVIL,
    }
    fields |= {f"{EVIL}{number}": EVIL for number in range(100)}
    fields |= {
        "DestinationIp": EVIL,
        "ProcessId": EVIL,
        "TargetObject": EVIL,
        "Hashes": EVIL,
        "User": EVIL,
        "md5": EVIL,
    }
    findings = tuple(
        Finding(
            id=f"{EVIL}{kind}",
            kind=kind,  # type: ignore[arg-type]
            title=EVIL,
            severity="critical",
            confidence="high",
            time=EVIL if number else "2026-11-12T08:14:05Z",
            host=EVIL,
            user=EVIL,
            techniques=(EVIL, "T1059"),
            actors=(ActorTie(ref=EVIL, name=EVIL, why=EVIL, shared_by=-1),),
            parties=(PartyTie(ref=EVIL, name=EVIL, why=EVIL, lists=(EVIL,)),),
            rule=RuleRef(id=EVIL, title=EVIL, path=EVIL) if number % 2 else None,
            hunt=None if number % 2 else EVIL,
            evidence=tuple(Observed(file=EVIL, record=EVIL, fields=fields) for _ in range(3)),
            why=why,
            could_also_be=(EVIL,),
            next=(EVIL,),
        )
        for number, kind in enumerate(("screening", "detection", "hunt", "exposure", "identity", "endpoint", "log_gap"))
    )
    return msgspec.structs.replace(
        hostile_case(),
        org=Organisation(
            name=EVIL, sectors=(EVIL,), assets=(Asset(name=EVIL, role=EVIL, owner=EVIL, says=EVIL, sensitive=True),)
        ),
        findings=findings,
        coverage=(Coverage(technique=EVIL, name=EVIL, state="blind", because=why, tactics=(EVIL,), actors=(EVIL,)),),
        risks=(
            Risk(
                id=EVIL,
                title=EVIL,
                likelihood=0.5,
                impact=0.5,
                score=0.25,
                explained=why,
                findings=(EVIL,),
                treatment=EVIL,
                owner=EVIL,
                due=EVIL,
            ),
        ),
        obligations=(
            Obligation(
                who=EVIL,
                must=EVIL,
                to=EVIL,
                by=EVIL,
                article=EVIL,
                url="javascript:alert(2)",
                because=why,
                findings=(EVIL,),
                authority=EVIL,
            ),
        ),
        examined=Examined(
            logs=(LogRead(path=EVIL, format=EVIL, records=1, from_=EVIL, to=EVIL),),
            inputs=(InputRead(path=EVIL, kind=EVIL, records=1),),
            rules={"run": 1, EVIL: 2},
            left_out=(Fault(file=EVIL, place=EVIL, why=EVIL, todo=EVIL),),
        ),
    )
