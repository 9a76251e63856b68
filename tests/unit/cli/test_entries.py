"""`reportgen entries`: what it prints where, and how it ends."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from lxml import etree

from reportgen.document import FormField, Section
from reportgen.writers import docx
from tests.unit.cli.conftest import Run
from tests.unit.readback.worked_on_tree import (
    HOUSE,
    W,
    changed_file,
    find,
    line,
    paper,
    prose,
    words,
    worked_on_paper,
)
from tests.unit.writers.sample_tree import paragraph, text

BODY = "word/document.xml"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, file: bytes, name: str = "paper.docx") -> str:
    (folder / name).write_bytes(file)
    return name


def edited() -> bytes:
    """A paper that an officer has worked on in a program that does not know custom XML."""

    def edit(root: etree._Element) -> None:
        for one in root.iter(f"{W}t"):
            if one.text == "Not yet cleared":
                one.text = "Jo Bold"
            if one.text == "First paragraph of the author.":
                one.text = "First paragraph of an officer."
            if one.text == "note the outcome":
                one.text = "approve: the plan"
        for placeholder in find(root, "//w:showingPlcHdr"):
            placeholder.getparent().remove(placeholder)  # type: ignore[union-attr]

    return changed_file(docx.write(worked_on_paper(), HOUSE), {BODY: edit})


def test_entries_and_changes_are_printed_as_yaml_that_says_where_they_are_typed(folder: Path, run: Run) -> None:
    result = run("entries", put(folder, edited()))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:3] == ["paper: durham/slac-2011", "file: durham/reports/slac-2011.yaml", "entries:"]
    place = lines.index("  clearance.finance.name:")
    assert lines[place : place + 4] == [
        "  clearance.finance.name:",
        "    label: 'Cleared by: Finance'",
        "    entered: Jo Bold",
        "    was: ''",
    ]
    assert lines[lines.index("changed:") :] == [
        "changed:",
        "  - file: durham/reports/slac-2011.yaml",
        "    key: sections.0.text",
        "    text: First paragraph of an officer.",
        "    holds:",
        "      - a table",
        "  - file: durham/reports/slac-2011.yaml",
        "    key: recommendations.0.text",
        "    text: 'approve: the plan'",
        "elsewhere: []",
    ]


def test_it_is_said_when_the_document_and_its_store_differ(folder: Path, run: Run) -> None:
    assert run("entries", put(folder, edited())).stderr.splitlines()[0] == (
        "note: clearance.finance.name: the document shows 'Jo Bold', and nothing is stored beside it; "
        "what it shows is printed"
    )


def test_it_is_said_that_a_changed_text_is_compared_and_not_copied(folder: Path, run: Run) -> None:
    (note,) = [one for one in run("entries", put(folder, edited())).stderr.splitlines() if "by hand" in one]
    assert note.startswith("note: only the paragraphs that changed are printed")


def test_other_words_that_changed_are_printed_with_their_heading_and_what_is_missing(folder: Path, run: Run) -> None:
    def edit(root: etree._Element) -> None:
        (house,) = [one for one in root.iter(f"{W}p") if words(one) == "Kept."]
        house.getparent().remove(house)  # type: ignore[union-attr]
        (title,) = [one for one in root.iter(f"{W}t") if one.text == "A title of the house's."]
        title.text = "Another title."

    section = Section(text("Background"), (paragraph("Kept."), prose(paragraph("x"), "a")), number=None)
    document = paper(paragraph("A title of the house's."), section)
    result = run("entries", put(folder, changed_file(docx.write(document, HOUSE), {BODY: edit})))
    lines = result.stdout.splitlines()
    assert lines[lines.index("changed: []") :] == [
        "changed: []",
        "elsewhere:",
        "  - under: null",
        "    text: Another title.",
        "  - under: Background",
        "    text: null",
        "    missing: 1 paragraph",
    ]
    assert "look below 'elsewhere'" in result.stderr
    assert result.exit_code == 0


def test_a_paper_that_has_lost_what_it_is_compared_with_is_not_called_unchanged(folder: Path, run: Run) -> None:
    file = changed_file(docx.write(worked_on_paper(), HOUSE), {"customXml/item2.xml": b"<other/>"})
    result = run("entries", put(folder, file))
    assert result.stdout.splitlines()[-2:] == ["changed: null", "elsewhere: null"]
    assert "cannot be compared" in result.stderr


def test_a_text_whose_place_is_not_known_is_to_be_looked_for(folder: Path, run: Run) -> None:
    def edit(root: etree._Element) -> None:
        (mark,) = [one for one in find(root, "//w:sdt[w:sdtContent/w:r]") if words(one) == "note the outcome"]
        mark.getparent().remove(mark)  # type: ignore[union-attr]

    result = run("entries", put(folder, changed_file(docx.write(worked_on_paper(), HOUSE), {BODY: edit})))
    assert "note: recommendations.0.text: it was changed or taken out" in result.stderr


def test_yaml_and_json_say_the_same(folder: Path, run: Run) -> None:
    awkward = [
        "yes",
        "2012",
        "a: b",
        "# a",
        "- a",
        "'",
        '"',
        "\\",
        "~",
        "null",
        "é☃😀",
        "\x85\u2028\x7f",
        "x ",
        "1e5",
        "",
    ]
    entries = [FormField(f"k.{place}", "name", "on", value, value) for place, value in enumerate(awkward)]
    document = paper(*map(line, entries), prose(paragraph("x"), "a"), prose(paragraph("End."), "b"))

    def edit(root: etree._Element) -> None:
        for one in root.iter(f"{W}t"):
            if one.text in ("x", "End."):
                one.text = "- a: 'b' # \u2028\x85"

    name = put(folder, changed_file(docx.write(document, HOUSE), {BODY: edit}))
    printed = run("entries", name).stdout
    assert yaml.safe_load(printed) == json.loads(run("entries", name, "--format", "json").stdout)
    values = [one["entered"] for one in yaml.safe_load(printed)["entries"].values()]
    assert values == awkward


def test_a_paper_without_fields_and_changes_says_so(folder: Path, run: Run) -> None:
    name = put(folder, docx.write(paper(prose(paragraph("x"), "a")), HOUSE))
    assert run("entries", name).stdout.splitlines() == [
        "paper: durham/slac-2011",
        "file: durham/reports/slac-2011.yaml",
        "entries: {}",
        "changed: []",
        "elsewhere: []",
    ]


def test_a_paper_without_a_name_has_no_file(folder: Path, run: Run) -> None:
    document = worked_on_paper()
    nameless = replace(document, metadata=replace(document.metadata, identifier=""))
    assert run("entries", put(folder, docx.write(nameless, HOUSE))).stdout.splitlines()[:2] == [
        "paper: ''",
        "file: null",
    ]


def zipped(**parts: bytes) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return saved.getvalue()


def locked() -> bytes:
    """A package that says its parts are encrypted."""
    file = bytearray(docx.write(worked_on_paper(), HOUSE))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = file.find(signature)
        while start >= 0:
            file[start + flags] |= 1
            start = file.find(signature, start + 4)
    return bytes(file)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (b"", "this is no Word document"),
        (b"title: a report\n", "this is no Word document"),
        (b"%PDF-1.7", "this is no Word document"),
        (b"\xd0\xcf\x11\xe0 and so on", "this is an old Word document"),
        (b"PK\x03\x04 and no more", "this is no Word document"),
        (zipped(a=b"b"), "this is no Word document"),
        (zipped(**{"word/document.xml": b"0" * 50_000_000}), "unpacks to more than"),
        (docx.write(worked_on_paper(), HOUSE)[:-200], "this is no Word document"),
        (docx.write(paper(paragraph("a")), HOUSE), "this is no paper of reportgen's"),
        (changed_file(docx.write(worked_on_paper(), HOUSE), {BODY: b"<a>" * 100_000}), ""),
        (locked(), ""),
        (b"0" * 11_000_000, "the file has 11.0 MB"),
    ],
    ids=["empty", "yaml", "pdf", "doc", "begun", "zip", "bomb", "cut-off", "not-ours", "deep", "locked", "large"],
)
def test_a_file_that_is_no_paper_of_ours_is_a_message(folder: Path, run: Run, file: bytes, message: str) -> None:
    result = run("entries", put(folder, file))
    assert (result.exit_code, result.stdout) == (1, "")
    first, hint = result.stderr.splitlines()
    assert first.startswith("paper.docx: error RG090: ")
    assert message in first
    assert hint.startswith("  hint: ")
    assert "letterhead" not in hint


def test_a_file_that_is_not_there_is_a_message(run: Run, folder: Path) -> None:
    assert folder.is_dir()
    result = run("entries", "nowhere.docx")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "nowhere.docx: error RG001: there is no such file"


def test_a_pdf_is_refused_with_the_word_file_beside_it(run: Run, folder: Path) -> None:
    for name in ("paper.pdf", "alone.pdf", "paper.docx"):
        (folder / name).write_bytes(b"")
    result = run("entries", str(folder / "paper.pdf"))
    assert result.exit_code == 1
    assert f"hint: give the .docx beside it, '{folder / 'paper.docx'}'" in result.stderr
    assert "hint: give the paper's .docx\n" in run("entries", str(folder / "alone.pdf")).stderr


def test_a_folder_is_a_message(run: Run, folder: Path) -> None:
    (folder / "papers").mkdir()
    result = run("entries", "papers")
    assert result.exit_code == 1
    assert "this is a folder" in result.stderr
