"""The files of a brief: each is there whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from tocsin.brief.html import html
from tocsin.brief.markdown import markdown
from tocsin.brief.stix import stix
from tocsin.model import Case, TocsinError, to_json


def write_brief(case: Case, out: Path) -> list[Path]:
    """Write ``brief.html``, ``brief.md``, ``findings.jsonl``, ``bundle.json`` and ``case.json`` to the folder ``out``.

    All are rendered, then written beside their places, and only then moved there, so that a failure leaves what was
    there before. Raises TocsinError where ``out`` cannot be written.
    """
    texts = {
        "brief.html": html(case),
        "brief.md": markdown(case),
        "findings.jsonl": "".join(to_json(one) + "\n" for one in case.findings),  # never cut
        "bundle.json": json.dumps(stix(case), ensure_ascii=False, indent=2) + "\n",
        "case.json": to_json(case, indent=1) + "\n",
    }
    waiting: list[tuple[Path, Path]] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            beside = out / f".{name}.{os.getpid()}.part"
            waiting.append((beside, out / name))
            with beside.open("w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        blocked = next((path for _, path in waiting if path.is_dir()), None)
        if blocked:
            raise TocsinError(
                str(blocked), "", "a folder stands where the file belongs", "move it away, or give another folder"
            )
        for beside, path in waiting:
            beside.replace(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise TocsinError(str(out), "", f"cannot be written: {why}", "give a folder that you may write to") from error
    finally:
        for beside, _ in waiting:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
    return [path for _, path in waiting]
