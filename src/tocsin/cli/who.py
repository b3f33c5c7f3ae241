"""``tocsin who``: who is behind a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import msgspec

from tocsin.cli.output import GAPS, NOTHING, OK, console, document, inert, print_json, report_faults, shown
from tocsin.model import Profile

if TYPE_CHECKING:
    from rich.console import Console


@click.command("who", epilog='Example:  tocsin who "安洵信息技术有限公司"')
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(name: str, as_json: bool) -> int:
    """The profile of a party, actor, sponsor, technique or malware.

    A name that sources give to several leads to each of them, with who says so.
    """
    from tocsin.knowledge import who

    answer = who(name)
    matches = [
        {"ref": one.ref, "kind": one.kind, "name": one.name, "score": one.score, "by": list(one.by), "why": [one.why]}
        for one in answer.matches
    ]
    if as_json:
        body = {"query": name, "matches": matches, "profile": shaped(answer.profile) if answer.profile else None}
        print_json(document("who", body, answer.examined))
    elif answer.profile:
        _show(answer.profile)
    elif matches:
        _show_matches(name, matches)
    code = report_faults(answer.faults)
    if not matches:
        if not as_json:
            click.echo(
                f"tocsin: {inert(name)}: no catalogue, list or table here has it; try another spelling", err=True
            )
        return NOTHING
    return GAPS if code == GAPS else OK


def shaped(profile: Profile) -> dict[str, Any]:
    """A profile as the contract shows it: refs with their names, who gives each alias."""
    labels = {**profile.labels, profile.ref: profile.name}
    body: dict[str, Any] = msgspec.to_builtins(profile)
    body["attributions"] = [
        {
            **msgspec.to_builtins(one),
            "subject": {"ref": one.subject, "name": labels.get(one.subject)},
            "object": {"ref": one.object, "name": labels.get(one.object)},
        }
        for one in profile.attributions
    ]
    body["techniques"] = [
        {
            "id": one.technique.ref,
            "name": one.technique.name,
            "tactics": list(one.technique.tactics),
            "shared_by": one.shared_by,
            "of": one.of,
            "via": one.via,
            "url": one.url,
        }
        for one in profile.techniques
    ]
    body["mitigations"] = [
        {"id": m.ref, "name": m.name, "techniques": count, "url": m.url} for m, count in profile.mitigations
    ]
    return body


def _show_matches(query: str, matches: list[dict[str, Any]]) -> None:
    out = console()
    out.print(f"“{shown(query)}” may be:")
    for one in matches:
        by = f"  [dim]so {shown(', '.join(one['by']))}[/dim]" if one["by"] else ""
        out.print(f"  {one['score']:.2f}  [bold]{shown(one['name'])}[/bold] ({shown(one['ref'])}, {one['kind']}){by}")


def _show(profile: Profile) -> None:
    out = console()
    about = f"{profile.ref} · {profile.kind} · {profile.country or 'country unknown'}"
    out.print(f"[bold]{shown(profile.name)}[/bold]  [dim]{shown(about)}[/dim]")
    names = dict.fromkeys(alias.name for alias in profile.aliases)
    if names:
        out.print(f"[dim]also:[/dim] {shown(', '.join(list(names)[:24]))}{' …' if len(names) > 24 else ''}")
    _show_listings(out, profile)
    _show_ties(out, profile)
    if profile.targets:
        out.print(f"\n[bold]Targets[/bold] {shown(', '.join(profile.targets[:30]))}")
    _show_conduct(out, profile)


def _show_listings(out: Console, profile: Profile) -> None:
    from rich.table import Table

    if profile.designations:
        out.print("\n[bold]Listed[/bold]")
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in profile.designations:
            gone = f" [red]delisted {row.delisted}[/red]" if row.delisted else ""
            says = f"{row.act}: {', '.join(row.measures)}"
            table.add_row(row.listed or "no date", shown(f"{row.authority} {row.list}"), shown(says) + gone)
        out.print(table)
    for dispute in profile.disputes:
        says = f"the reference pack has {dispute.pack}, {dispute.list} as of {dispute.as_of} {dispute.held}"
        out.print(f"[yellow]Differs[/yellow] {shown(says)}; the list decides")
    for one in profile.same:
        out.print(f"[dim]also {shown(one.other)}: {shown(one.why.says)}[/dim]")
    for case in profile.indictments:
        when = case.unsealed or case.filed or "no date"
        out.print(f"[bold]Indicted[/bold] {when}: {shown(case.charges)} [dim]{shown(case.court)}[/dim]")


def _show_ties(out: Console, profile: Profile) -> None:
    labels = {**profile.labels, profile.ref: profile.name}
    if profile.relations:
        out.print("\n[bold]Ties that lists give[/bold]")
    for tie in profile.relations[:24]:
        ends = [labels.get(tie.subject) or tie.subject_name, labels.get(tie.object) or tie.object_name]
        share = f" {tie.share:.0%}" if tie.share is not None else ""
        says = f"{ends[0]} {tie.predicate.replace('_', ' ')}{share} {ends[1]}"
        out.print(f"  {shown(says)}  [dim]{shown(', '.join(part for part in (tie.by, tie.since) if part))}[/dim]")
    if not profile.attributions:
        return
    out.print("\n[bold]Behind it[/bold]")
    for link in profile.attributions[:24]:
        ends = [labels.get(one, one) for one in (link.subject, link.object)]
        says = f" {link.predicate.replace('_', ' ')} ".join(ends)
        source = ", ".join(part for part in (link.by, link.since) if part)
        out.print(f"  {shown(says)}  [dim]{shown(source)}[/dim]")


def _show_conduct(out: Console, profile: Profile) -> None:
    if profile.techniques:
        out.print("\n[bold]Techniques[/bold] [dim](in brackets: how many other groups share each)[/dim]")
        tactics: dict[str, list[str]] = {}
        for shared in profile.techniques:
            tactic = shared.technique.tactics[0] if shared.technique.tactics else "other"
            words = f"{shared.technique.ref} {shared.technique.name} ({shared.shared_by})"
            tactics.setdefault(tactic, []).append(words)
        for tactic, listed in tactics.items():
            out.print(f"  [dim]{shown(tactic)}:[/dim] {shown('; '.join(listed))}")
    flaws = dict.fromkeys(f"{one.cve} {one.product}".strip() for one in profile.vulnerabilities)
    helps = [f"{one.ref} {one.name} ({count})" for one, count in profile.mitigations[:8]]
    users = [profile.labels.get(one, one) for one in profile.used_by[:30]]
    for title, things in (
        ("Software", [one.name for one in profile.software]),
        ("Exploited", list(flaws)),
        ("What helps", helps),
        ("Used by", users),
    ):
        if things:
            out.print(f"\n[bold]{title}[/bold] {shown(', '.join(things))}")
