"""The front sheets of the sample meetings, and of a long one in every house, pass what papers pass."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems
from reportgen.house import read_house
from reportgen.model.agenda import draw_up
from reportgen.model.meeting import Council, Meeting
from reportgen.model.task import PaperSummary
from reportgen.pipeline import compose
from tests.documents.browsing import messages_of_vnu, overflow_at, violations_of_axe
from tests.documents.conftest import Made, write_all
from tests.documents.reading import page_texts, require
from tests.documents.test_validators import errors_of_sdk, failures_of_verapdf
from tests.samples import HOUSES, MEETINGS, TEMPLATES, front_sheet, write_as
from tests.small import record

HEAD = """
id: 2026-11-09-cabinet
body: Cabinet
date: 2026-11-09
time: 10.30 am
place: Council Chamber, Civic Centre, High Street, Westmere WM1 1AA
members: [{name: Councillor Amina Khan, role: chair, seat: Leader}, Councillor Tom Lee, Councillor Ruth Owen]
substitutes: [Councillor Peter Marsh]
quorum: 2
notices: [access, recording, webcast, interests]
contact: {name: Sam Reed, telephone: 01632 960123, email: democracy@example.gov.uk}
items:
"""
ITEMS = [f'  - {{number: "{number}", report: r{number}}}\n' for number in range(1, 26)]
PAPERS = {
    f"r{number}": PaperSummary(
        f"A paper on R&D <and> the outcome of inspection {number}",
        "Director of Children's Services",
        made=number != 7,
        pages=number,
        exempt=(1, 3) if number == 20 else (),
        part_exempt=(2,) if number == 21 else (),
        confidential=number == 22,
    )
    for number in range(1, 26)
}


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    documents = {name: front_sheet(name) for name in MEETINGS}
    meeting = record(Meeting, HEAD + "".join(ITEMS))
    for name in HOUSES:
        council = record(Council, f"{{id: westmere, name: Westmere Council, short_name: Westmere, house: {name}}}")
        house = read_house(name, [TEMPLATES], Problems())
        documents[f"long-{name}"] = (compose(draw_up(meeting, council, PAPERS), house, Problems()), house)
    return write_all(documents, tmp_path_factory.mktemp("front-sheets"))


def test_the_open_xml_sdk_finds_no_error(sheets: dict[str, Made]) -> None:
    assert {name: found for name, one in sheets.items() if (found := errors_of_sdk(one.docx, "Microsoft365"))} == {}


def test_verapdf_finds_no_failed_check(sheets: dict[str, Made]) -> None:
    found = failures_of_verapdf([one.pdf for one in sheets.values()])
    assert {name: rules for name, rules in found.items() if rules} == {}


def test_qpdf_finds_every_pdf_sound(sheets: dict[str, Made]) -> None:
    qpdf = require("qpdf")
    for one in sheets.values():
        run = subprocess.run([qpdf, "--check", str(one.pdf)], capture_output=True, text=True, check=False, timeout=60)
        assert run.returncode == 0, f"{one.pdf.name}: {run.stdout}{run.stderr}"


def test_word_and_pdf_say_the_same_and_all_of_it(sheets: dict[str, Made]) -> None:
    for name, one in sheets.items():
        said = "".join(page_texts(one.pdf, one.house))
        assert "".join(page_texts(one.printed, one.house)).replace("•", "") == said.replace("•", ""), name


def test_the_html_is_valid_and_accessible(sheets: dict[str, Made], tmp_path: Path) -> None:
    pages = {name: write_as("html", one.document, one.house) for name, one in sheets.items()}
    files = []
    for name, page in pages.items():
        files.append(tmp_path / f"{name}.html")
        files[-1].write_bytes(page)
    assert messages_of_vnu(files) == []
    page = pages["long-standard"].decode()
    assert violations_of_axe(page, tmp_path) == []
    assert overflow_at(page, 320, tmp_path) <= 0
