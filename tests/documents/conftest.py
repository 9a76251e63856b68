"""Every sample in every house, made once and converted by LibreOffice once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.diagnostics import Location, Problems
from reportgen.document import Document
from reportgen.house import House
from reportgen.pipeline import choose_house, compose, write_document
from reportgen.redaction import redact
from tests.documents.reading import convert_with_libreoffice
from tests.samples import HOUSES, REPORTS, compose_in_house, paper_of, task_for

CASES = [f"{name}--{house}" for name in REPORTS for house in HOUSES]


@dataclass(frozen=True)
class Made:
    """A paper in one house: its tree, and its files."""

    document: Document
    house: House
    docx: Path
    pdf: Path
    printed: Path
    """What LibreOffice makes of the DOCX."""


def write_all(documents: Mapping[str, tuple[Document, House]], folder: Path) -> dict[str, Made]:
    """Each document as DOCX and PDF, and the DOCX as LibreOffice prints it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (document, house) in documents.items():
        files, _ = write_document(document, house, ("docx", "pdf"), Location("report.yaml"), Problems())
        for form, content in files.items():
            (folder / f"{name}.{form}").write_bytes(content)
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
        f"{name}--{house}": compose_in_house(report, house) for name, report in REPORTS.items() for house in HOUSES
    }
    return write_all(documents | public_versions(), tmp_path_factory.mktemp("documents"))


def public_versions() -> dict[str, tuple[Document, House]]:
    """What the public gets of the samples with exempt text, in their own houses."""
    versions = {}
    for name, path in REPORTS.items():
        paper, problems = paper_of(name), Problems()
        if paper.is_marked:
            house = choose_house(task_for(path), paper, problems)
            versions[f"{name}--public"] = (compose(redact(paper, house), house, problems), house)
            assert problems.found == []
    return versions
