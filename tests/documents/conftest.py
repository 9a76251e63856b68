"""Every sample in every house, made once and converted by LibreOffice once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Problems
from reportgen.house import House
from reportgen.reader import meetings_of
from reportgen.tree import Document
from reportgen.writers import WRITERS
from tests.documents.reading import convert_with_libreoffice

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
REPORTS = sorted((ROOT / "inputs").glob("*/reports/*.yaml"))
HOUSES = ("north-tyneside", "dudley", "cambridgeshire", "durham", "standard")
CASES = [f"{report.parts[-3]}-{report.stem}--{house}" for report in REPORTS for house in HOUSES]


@dataclass(frozen=True)
class Made:
    """A paper in one house: its tree, and its files."""

    document: Document
    house: House
    docx: Path
    pdf: Path
    printed: Path
    """What LibreOffice makes of the DOCX."""


def compose(report: Path, house: str | None, templates: tuple[Path, ...] = (TEMPLATES,)) -> tuple[Document, House]:
    """The finished tree of a report; any diagnostic at all is a failure."""
    problems = Problems()
    meetings = meetings_of(report)
    job = pipeline.Job(report, meetings[0] if meetings else None, house, templates)
    paper = pipeline.read(job, problems)
    chosen = pipeline.choose_house(job, paper, problems)
    document = pipeline.compose(paper, chosen, problems)
    assert problems.found == []
    return document, chosen


def write_all(documents: Mapping[str, tuple[Document, House]], folder: Path) -> dict[str, Made]:
    """Each document as DOCX and PDF, and the DOCX as LibreOffice prints it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (document, house) in documents.items():
        for form in ("docx", "pdf"):
            (folder / f"{name}.{form}").write_bytes(WRITERS[form](document, house))
    printed = convert_with_libreoffice(
        [folder / f"{name}.docx" for name in documents], folder / "printed", folder / "profile"
    )
    return {
        name: Made(document, house, folder / f"{name}.docx", folder / f"{name}.pdf", file)
        for (name, (document, house)), file in zip(documents.items(), printed, strict=True)
    }


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """All samples in all houses, by case name."""
    documents = {
        f"{report.parts[-3]}-{report.stem}--{house}": compose(report, house) for report in REPORTS for house in HOUSES
    }
    return write_all(documents, tmp_path_factory.mktemp("documents"))
