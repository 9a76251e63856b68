"""Each way to make papers, as commands: reportgen, and what a user would take instead."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.papers import ROOT, name_of

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
THEIR_HOME = ROOT / ".tools" / "bench"
"""The peers' own environment."""
PANDOC_PROGRAM = THEIR_HOME / "lib" / PYTHON / "site-packages" / "pypandoc" / "files" / "pandoc"
REPORTGEN = Path(sys.executable).with_name("reportgen")


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to make papers in Word and as PDF."""

    name: str
    """Of one word; for peers, what benchmarks/peers.py calls it."""
    title: str
    """As the table shows it."""
    folder: str
    """Where what it is given lies, in the working folder."""

    def command(self, work: Path, out: Path, numbers: Sequence[int]) -> list[str]:
        """What makes the papers with these numbers, into an output folder."""
        names = [name_of(number) for number in numbers]
        peers = Path(__file__).with_name("peers.py")
        # -P: its own folder holds nothing that it may import.
        return [
            str(THEIR_HOME / "bin" / "python"),
            "-P",
            str(peers),
            self.name,
            str(work / self.folder),
            str(out),
            *names,
        ]


DOCXTPL = Contender("docxtpl-once", "docxtpl + one LibreOffice for all", "values")
DOCXTPL_EACH = Contender("docxtpl-each", "docxtpl + a LibreOffice for each paper", "values")
PANDOC = Contender("pandoc", "pandoc + one LibreOffice for all", "markdown")
TYPST = Contender("typst", "pandoc (Word), pandoc + Typst (PDF)", "markdown")
PEERS = {one.name: one for one in (DOCXTPL, DOCXTPL_EACH, PANDOC, TYPST)}
"""By name, in the order of the table."""


def build(target: Path, out: Path) -> list[str]:
    """What makes a paper, or all papers of a folder, with reportgen."""
    return [str(REPORTGEN), "build", str(target), "--out", str(out)]


def environment(cache: Path) -> dict[str, str]:
    """That of this process, with a folder of its own for what a program keeps from one run to the next."""
    return {**os.environ, "XDG_CACHE_HOME": str(cache)}


def missing() -> list[str]:
    """What must be there before anything can be measured, and is not."""
    wanted = {THEIR_HOME / "ready": "the peers", REPORTGEN: "reportgen"}
    absent = [what for path, what in wanted.items() if not path.exists()]
    found = any((Path(folder) / "soffice").exists() for folder in os.get_exec_path())
    return absent if found else [*absent, "LibreOffice"]
