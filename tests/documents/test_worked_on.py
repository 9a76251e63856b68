"""A Word file that officers work on: valid with all its marks, printed as without them, read back from LibreOffice."""

from __future__ import annotations

from pathlib import Path, PurePath

import pytest
from lxml import etree

from reportgen.document import Document, List, Paragraph, Span, Table, blocks_of, inlines_of
from reportgen.house.word_file import open_word_file
from reportgen.readback.comparison import OtherChange
from reportgen.readback.reader import ReadBackResult, read_back
from reportgen.writers import docx
from tests.documents.conftest import Made
from tests.documents.macros import edit_with_libreoffice
from tests.documents.reading import convert_with_libreoffice, page_texts
from tests.documents.test_validators import errors_of_sdk
from tests.samples import REPORTS
from tests.unit.readback.worked_on_tree import HOUSE, changed_file, find, parts_of, worked_on_paper

BODY = "word/document.xml"


def written(folder: Path, read_only: bool = False) -> Path:
    file = folder / "paper.docx"
    file.write_bytes(docx.write(worked_on_paper(read_only), HOUSE))
    return file


def read(file: Path) -> ReadBackResult:
    return read_back(open_word_file(file))


def entered(found: ReadBackResult) -> dict[str, str]:
    return {one.key: one.value for one in found.entries if one.value != one.written}


@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("read_only", [False, True])
def test_a_paper_with_fields_marks_comments_and_a_watermark_is_valid(
    tmp_path: Path, version: str, read_only: bool
) -> None:
    assert errors_of_sdk(written(tmp_path, read_only), version) == []


def unmark(root: etree._Element) -> None:
    """Take the marks of texts and comments out, and leave what they enclose."""
    for mark in find(root, "//w:sdt[starts-with(w:sdtPr/w:tag/@w:val, 'rg-')]"):
        parent = mark.getparent()
        assert parent is not None
        place = parent.index(mark)
        parent[place : place + 1] = find(mark, "w:sdtContent/*")
    for mark in find(root, "//w:commentRangeStart | //w:commentRangeEnd | //w:r[w:commentReference]"):
        mark.getparent().remove(mark)  # type: ignore[union-attr]


def test_libreoffice_prints_the_same_pages_as_without_marks(tmp_path: Path) -> None:
    marked = written(tmp_path)
    plain = tmp_path / "plain.docx"
    plain.write_bytes(changed_file(marked.read_bytes(), {BODY: unmark}))
    with_marks, without = convert_with_libreoffice([marked, plain], tmp_path / "printed", tmp_path / "profile")
    pages = page_texts(with_marks, HOUSE)
    assert pages == page_texts(without, HOUSE)
    assert len(pages) == 2
    assert "Thecostis[thecostoftheplan,fromfinance]ayear." in pages[0]


CHANGE = """
  words = Array("Not yet cleared", "Jo Bold", "Ann Thorne", "Ann Thorne-Smith", "9th July 2012", "10 July 2012", _
    "None.", "Some.", "note the outcome", "approve the plan", "In the appendix.", "Somewhere else.")
  For place = 0 To UBound(words) Step 2
    asked = paper.createReplaceDescriptor()
    asked.SearchString = words(place)
    asked.ReplaceString = words(place + 1)
    paper.replaceAll(asked)
  Next
  lines = paper.Text.createEnumeration()
  Do While lines.hasMoreElements()
    one = lines.nextElement()
    If one.supportsService("com.sun.star.text.Paragraph") Then
      portions = one.createEnumeration()
      Do While portions.hasMoreElements()
        portion = portions.nextElement()
        If portion.TextPortionType = "ContentControl" Then
          If portion.ContentControl.Checkbox Then portion.ContentControl.Checked = True
        End If
      Loop
    End If
  Loop
"""


def test_what_is_entered_and_changed_in_libreoffice_is_read_back(tmp_path: Path) -> None:
    found = read(edit_with_libreoffice(written(tmp_path), CHANGE, tmp_path / "saved", tmp_path / "profile"))
    assert entered(found) == {
        "clearance.finance.name": "Jo Bold",
        "clearance.legal.name": "Ann Thorne-Smith",
        "clearance.legal.date": "2012-07-10",
        "sign-off.1.agreed": "yes",
        "sign-off.2.name": "Ann Thorne-Smith",
    }
    assert [one.key for one in found.changed] == [
        "recommendations.0.text",
        "implications.0.text",
        "appendices.0.text",
    ]
    assert found.elsewhere == ()


def test_a_file_that_libreoffice_only_saved_is_read_as_it_was_written(tmp_path: Path) -> None:
    found = read(edit_with_libreoffice(written(tmp_path), "", tmp_path / "saved", tmp_path / "profile"))
    assert entered(found) == {}
    assert (found.changed, found.elsewhere) == ((), ())
    assert len(found.entries) == 10


@pytest.mark.parametrize("name", REPORTS)
def test_no_sample_is_read_as_changed_when_nobody_has_touched_it(made: dict[str, Made], name: str) -> None:
    cases = [one for case, one in made.items() if case.startswith(f"{name}--")]
    assert cases
    for one in cases:
        found = read(one.docx)
        assert (entered(found), found.changed, found.elsewhere) == ({}, (), ())


@pytest.mark.parametrize("name", REPORTS)
def test_no_sample_is_read_as_changed_when_libreoffice_has_only_converted_it(
    made: dict[str, Made], name: str, tmp_path: Path
) -> None:
    file = next(one.docx for case, one in made.items() if case.startswith(f"{name}--"))
    found = read(edit_with_libreoffice(file, "", tmp_path / "saved", tmp_path / "profile"))
    assert (found.changed, found.elsewhere) == ((), ())


CHANGE_ELSEWHERE = """
  words = Array("Background", "Backdrop", "Posts", "People")
  For place = 0 To UBound(words) Step 2
    asked = paper.createReplaceDescriptor()
    asked.SearchString = words(place)
    asked.ReplaceString = words(place + 1)
    paper.replaceAll(asked)
  Next
  note = paper.Footnotes.getByIndex(0)
  note.insertString(note.Start, "Added: ", False)
"""


def test_headings_footnotes_and_tables_changed_in_libreoffice_are_told(tmp_path: Path) -> None:
    file = edit_with_libreoffice(written(tmp_path), CHANGE_ELSEWHERE, tmp_path / "saved", tmp_path / "profile")
    found = read(file)
    assert [(one.key, one.text) for one in found.changed] == [
        ("sections.0.text", "People"),
        ("sections.2.text", "Added: A note, with [its source]."),
    ]
    assert found.elsewhere == (OtherChange("Backdrop", "Backdrop"),)


@pytest.mark.parametrize("name", REPORTS)
def test_every_text_of_a_sample_is_marked_in_its_word_file(made: dict[str, Made], name: str) -> None:
    for case, one in made.items():
        if case.startswith(f"{name}--"):
            # What the public gets must not say where texts were typed: the lines between them could be counted.
            expected = printed_keys(one.document) if one.document.keeps_origins else set()
            assert listed_keys(one.docx) == expected


def listed_keys(file: Path) -> set[tuple[str, str]]:
    """File and key of every text that the Word file says it has."""
    found = set()
    for content in (part for name, part in parts_of(file.read_bytes()).items() if name.startswith("customXml/item")):
        for origin in find(etree.fromstring(content), "//o:origin"):
            found.add((PurePath(origin.findtext("{*}file") or "").name, origin.findtext("{*}key") or ""))
    return found


def printed_keys(document: Document) -> set[tuple[str, str]]:
    """File and key of every text in the tree."""
    nodes = [node for block in blocks_of(document) for node in (block, *inlines_of(block))]
    origins = [node.origin for node in nodes if isinstance(node, Paragraph | List | Table | Span) and node.origin]
    return {(PurePath(origin.location.path).name, origin.key) for origin in origins}
