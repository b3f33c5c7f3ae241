"""What to do first about a detection, by the tactic that its rule serves.

Source: the order of work (scope, preserve, contain) follows NIST SP 800-61r3, https://doi.org/10.6028/NIST.SP.800-61r3.
"""

from __future__ import annotations

from tocsin.detect.loaded import LoadedRule

_STEPS: dict[str, tuple[str, ...]] = {
    "initial-access": (
        "Find the message or download that brought the file, and every other recipient of it",
        "Take the host off the network if the child process ran; keep its memory and the file",
        "Search the other hosts for the same file hash, sender and address",
    ),
    "execution": (
        "Read the whole command or script, decoded, and the process that started it",
        "Ask the user or the administrator of the host whether they ran it, by telephone",
        "List what it wrote, connected to and started within the hour after",
    ),
    "persistence": (
        "Look at the file or command that the entry starts: path, signature, hash, when it came",
        "Keep a copy, then remove the entry and what it starts",
        "Search the other hosts for the same name, path and hash",
    ),
    "privilege-escalation": (
        "Check with the change record who was to get which right, and undo it where nobody ordered it",
        "List what the account did since it has the right",
        "Reset the account's secrets and end its sessions",
    ),
    "defense-evasion": (
        "Check whether the sensor or log still records, and turn it on again",
        "Get the same hours from another source: central log, network, backup",
        "Look at what ran on the host shortly before and after",
    ),
    "credential-access": (
        "Take the host off the network and keep its memory",
        "Count every account that signed in to the host as stolen: reset secrets, end sessions, privileged ones first",
        "Search all sign-ins of these accounts since then, from hosts that they do not use",
    ),
    "discovery": (
        "Ask whose account it is whether they, or a tool of the administrators, asked for this",
        "Look at what else the same session ran in the hour before and after",
        "Check whether the accounts or hosts that were listed were used next",
    ),
    "lateral-movement": (
        "Find the host and the account from which it came, and treat both as compromised until cleared",
        "Check with the administrators whether the tool and the time are theirs",
        "List the further hosts that the account reached the same day",
    ),
    "collection": (
        "Find the archive or export and what is in it; note whose data it is, for the duty to notify",
        "Look for an upload from this host after it: size, destination, account",
        "Lock the account until its owner has explained it",
    ),
    "command-and-control": (
        "Block the destination, and search all logs for other hosts that reach it",
        "Take the host off the network; keep its memory and the tool",
        "Find what came in through the channel: files, further processes, sign-ins",
    ),
    "exfiltration": (
        "Stop the transfer and block the destination",
        "Establish what left and whose data it is, for the duty to notify",
        "Lock the account, and keep host and proxy logs",
    ),
    "impact": (
        "Take the host off the network at once, without shutting it down",
        "Check that backups are whole, and out of reach of the account",
        "Find where the account signed in during the last days",
    ),
}
_LIKE = {"stealth": "defense-evasion", "defense-impairment": "defense-evasion"}  # ATT&CK 19 split the tactic
# Of a rule with several tactics, the one that is most urgent decides.
_URGENT = (
    "impact",
    "exfiltration",
    "credential-access",
    "lateral-movement",
    "command-and-control",
    "initial-access",
    "collection",
    "privilege-escalation",
    "persistence",
    "execution",
    "defense-evasion",
    "discovery",
)


def steps_for(rule: LoadedRule) -> tuple[str, ...]:
    """The first steps, the most urgent first. A rule without a tactic gets those for execution."""
    tactics = {_LIKE.get(tactic, tactic) for tactic in rule.tactics}
    return _STEPS[next((tactic for tactic in _URGENT if tactic in tactics), "execution")]
