"""On what machine and with which versions something was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from importlib.metadata import version
from pathlib import Path

from benchmarks.contenders import PANDOC_PROGRAM

OURS = ("reportgen", "WeasyPrint", "python-docx", "matplotlib")
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def machine() -> str:
    """Its processors, memory and system, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    model = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    processors = f"{os.cpu_count()} processors" + (f" ({' '.join(model[1].split())})" if model else "")
    return f"{processors}, {memory:.0f} GB of memory, {system}, Python {platform.python_version()}"


def versions() -> list[str]:
    """Each program that took part, with its version."""
    ours = [f"{name} {version(name)}" for name in OURS]
    pinned = dict(re.findall(r"^(docxtpl|typst)==(\S+)$", REQUIREMENTS.read_text(encoding="utf-8"), re.MULTILINE))
    theirs = [f"docxtpl {pinned['docxtpl']}", f"Typst {pinned['typst']}"]
    return [*ours, *theirs, _said([str(PANDOC_PROGRAM), "--version"]), _said(["soffice", "--version"])]


def _said(command: list[str]) -> str:
    """The name and the version that a program gives of itself: "pandoc 3.9"."""
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.match(r"\S+ [\d.]+", said)
    if found is None:
        raise ValueError(f"{command[0]} does not tell its version: {said[:80]}")
    return found[0]
