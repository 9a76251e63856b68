"""Reads web pages with programs that are not ours: the W3C's checker, and axe in a browser without a window."""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.documents.reading import missing, require
from tests.samples import ROOT

MODULES = ROOT / ".tools" / "page-checks" / "node_modules"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = MODULES / "axe-core" / "axe.min.js"
_FOUND = re.compile(r'<script type="application/json" id="found">(.*?)</script>', re.DOTALL)
_AXE_RUN = """
axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(
  result => tell(result.violations.map(one => one.id + ": " + one.nodes.map(node => node.html).join(" ")))
);
"""
_TELL = """
function tell(found) {
  const answer = document.createElement("script");
  answer.type = "application/json";
  answer.id = "found";
  answer.textContent = JSON.stringify(found).replaceAll("<", "\\\\u003c");
  document.body.append(answer);
}
"""


def messages_of_vnu(files: list[Path]) -> list[str]:
    """What the W3C's checker says of the pages and their CSS; remarks as well."""
    java = require("java")
    if not VNU.exists():
        missing("the W3C's HTML checker")
    command = [java, "-jar", str(VNU), "--format", "json", "--exit-zero-always", "--stdout", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    found = json.loads(run.stdout)["messages"]
    return [f"{Path(one['url']).name}:{one.get('lastLine')}: {one['type']}: {one['message']}" for one in found]


def violations_of_axe(page: str, folder: Path, dark: bool = False) -> list[str]:
    """The rules of WCAG 2.2 AA, and of good practice, that axe finds broken, with what breaks them."""
    if not AXE.exists():
        missing("axe-core")
    file = folder / "with-axe.html"
    scripts = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{_TELL}{_AXE_RUN}</script>"
    file.write_text(page.replace("</body>", f"{scripts}</body>"), encoding="utf-8")
    return _answer(file, folder, dark)


def overflow_at(page: str, width: int, folder: Path) -> int:
    """By how many CSS pixels the page is wider than a window of the given width (WCAG 2.2, 1.4.10)."""
    file = folder / f"at-{width}.html"
    frame = f'<iframe srcdoc="{html.escape(page)}" style="width: {width}px; height: 800px; border: 0"></iframe>'
    measure = (
        "onload = () => { const it = frames[0].document.documentElement; tell(it.scrollWidth - it.clientWidth); };"
    )
    file.write_text(f"<!DOCTYPE html><body>{frame}<script>{_TELL}{measure}</script></body>", encoding="utf-8")
    return int(_answer(file, folder))


def _answer(file: Path, folder: Path, dark: bool = False) -> Any:
    """What the page told about itself when all its scripts had run."""
    command = [
        require("chromium"),
        "--headless",
        "--no-sandbox",  # it opens our own file, and containers have no sandbox to give
        "--disable-gpu",
        f"--user-data-dir={folder / 'profile'}",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        "--virtual-time-budget=30000",
        "--dump-dom",
        file.as_uri(),
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    found = _FOUND.search(run.stdout)
    assert found, f"the page told nothing: {run.stderr[-2000:]}"
    return json.loads(found[1])
