"""Take the pictures of the README and the documents from a report, in headless Chromium.

.venv/bin/python scripts/pictures.py demo-workspace/reports/thematic-review
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
WIDTH = 1280
HEIGHTS = {
    "index.html": ("report-summary.png", 1250),
    "factors/alcohol_misuse.html": ("report-factor.png", 1250),
    "co-occurrence.html": ("report-co-occurrence.png", 1400),
    "people.html": ("report-people.png", 1500),
    "agencies.html": ("report-agencies.png", 1500),
    "incidents.html": ("report-incidents.png", 1250),
}


def main() -> None:
    """Write one picture for each page, and one of a passage highlighted on its page."""
    report = Path(sys.argv[1]).resolve()
    # The first passage that makes a person's drinking present: a number's second click.
    factor = (report / "factors/alcohol_misuse.html").read_text(encoding="utf-8")
    passage = re.findall(r'href="\.\./(pages/[^"]*)"', factor)[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for page_path, (name, height) in {**HEIGHTS, passage: ("report-page.png", 1050)}.items():
            page = browser.new_page(viewport={"width": WIDTH, "height": height})
            page.goto(f"{report.as_uri()}/{page_path}")
            page.screenshot(path=IMAGES / name)
            page.close()


if __name__ == "__main__":
    main()
