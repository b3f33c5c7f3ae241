"""The picture of a brief that the README shows: its first screen, in headless Chromium.

python docs/make_picture.py REPORT ORG.toml OUT.png
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tocsin import brief_report

WIDTH, HEIGHT = 1280, 1400  # CSS pixels: a usual window, and as much of the page as its answer takes


def make_picture(report: Path, org: Path, picture: Path) -> None:
    """Brief ``report`` for the organisation ``org`` and write its first screen to ``picture``."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium here; on Debian: apt-get install chromium fonts-noto-cjk")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        brief_report(report, Path(folder), org_file=org)
        # Chromium refuses to run as root inside its sandbox.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = play.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto((Path(folder) / "brief.html").as_uri())
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    make_picture(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
