"""``tocsin who``: who is behind a name."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from tocsin.cli.output import GAPS, NOTHING, OK, console, document, print_json, report_faults
from tocsin.model import Examined, Profile


@click.command("who", epilog='Example:  tocsin who "安洵信息技术有限公司"')
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(name: str, as_json: bool) -> int:
    """The profile of a party, actor, sponsor, technique or malware.

    A name that sources give to several leads to each of them, with who says so.
    """
    from tocsin import spine

    answer = spine.who(name)
    matches = [
        {"ref": one.ref, "kind": one.kind, "name": one.name, "score": one.score, "by": list(one.by), "why": [one.why]}
        for one in answer.matches
    ]
    examined = Examined(left_out=tuple(answer.faults))
    if as_json:
        body = {"query": name, "matches": matches, "profile": shaped(answer.profile) if answer.profile else None}
        print_json(document("who", body, examined))
    else:
        _show(name, matches, answer.profile)
    code = report_faults(answer.faults)
    if not matches:
        if not as_json:
            click.echo(f"tocsin: {name}: no catalogue, list or table here has it; try another spelling", err=True)
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


def _show(query: str, matches: list[dict[str, Any]], profile: Profile | None) -> None:
    from rich.markup import escape
    from rich.table import Table

    out = console()
    if profile is None:
        if matches:
            out.print(f"“{escape(query)}” may be:")
        for one in matches:
            by = f"  [dim]so {escape(', '.join(one['by']))}[/dim]" if one["by"] else ""
            out.print(f"  {one['score']:.2f}  [bold]{escape(one['name'])}[/bold] ({one['ref']}, {one['kind']}){by}")
        return
    out.print(
        f"[bold]{escape(profile.name)}[/bold]  [dim]{profile.ref} · {profile.kind} · {profile.country or 'country unknown'}[/dim]"
    )
    names = dict.fromkeys(alias.name for alias in profile.aliases)
    if names:
        out.print(f"[dim]also:[/dim] {escape(', '.join(list(names)[:24]))}{' …' if len(names) > 24 else ''}")
    if profile.designations:
        out.print("\n[bold]Listed[/bold]")
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in profile.designations:
            gone = f" [red]delisted {row.delisted}[/red]" if row.delisted else ""
            table.add_row(
                row.listed or "no date",
                f"{row.authority} {row.list}",
                escape(f"{row.act}: {', '.join(row.measures)}") + gone,
            )
        out.print(table)
    for case in profile.indictments:
        out.print(
            f"[bold]Indicted[/bold] {case.unsealed or case.filed}: {escape(case.charges)} [dim]{escape(case.court)}[/dim]"
        )
    if profile.attributions:
        out.print("\n[bold]Behind it[/bold]")
        labels = {**profile.labels, profile.ref: profile.name}
        for link in profile.attributions[:24]:
            subject, thing = labels.get(link.subject, link.subject), labels.get(link.object, link.object)
            out.print(
                f"  {escape(subject)} – {link.predicate.replace('_', ' ')} – {escape(thing)}  [dim]{escape(link.by)}{', ' + link.since if link.since else ''}[/dim]"
            )
    if profile.targets:
        out.print(f"\n[bold]Targets[/bold] {escape(', '.join(profile.targets[:30]))}")
    if profile.techniques:
        out.print("\n[bold]Techniques[/bold] [dim](in brackets: how many other groups share each)[/dim]")
        tactics: dict[str, list[str]] = {}
        for shared in profile.techniques:
            tactic = shared.technique.tactics[0] if shared.technique.tactics else "other"
            tactics.setdefault(tactic, []).append(
                f"{shared.technique.ref} {shared.technique.name} ({shared.shared_by})"
            )
        for tactic, listed in tactics.items():
            out.print(f"  [dim]{tactic}:[/dim] {escape('; '.join(listed))}")
    if profile.software:
        out.print(f"\n[bold]Software[/bold] {escape(', '.join(one.name for one in profile.software))}")
    if profile.vulnerabilities:
        flaws = dict.fromkeys(f"{one.cve} {one.product}".strip() for one in profile.vulnerabilities)
        out.print(f"\n[bold]Exploited[/bold] {escape(', '.join(flaws))}")
    if profile.mitigations:
        out.print(
            "\n[bold]What helps[/bold] "
            + escape(", ".join(f"{m.ref} {m.name} ({count})" for m, count in profile.mitigations[:8]))
        )
    if profile.used_by:
        out.print(
            "\n[bold]Used by[/bold] " + escape(", ".join(profile.labels.get(one, one) for one in profile.used_by[:30]))
        )
