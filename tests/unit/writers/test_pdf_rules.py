"""The rules for the structure of PDFs: what we write keeps them, and what breaks one is found."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from reportgen.document import Document, FormField, Signature, SignatureLine
from reportgen.house import House
from reportgen.writers import pdf
from tests.pdf_rules import broken_rules
from tests.samples import HOUSES, REPORTS, compose_in_house
from tests.unit.writers.sample_tree import paragraph, sample_document
from tests.unit.writers.structured_tree import finished, structured_paper

pytestmark = pytest.mark.slow


def paper() -> Document:
    """Every kind of part that a structure knows."""
    content = (FormField("a", "check", "Urgent", "yes", "☒"), FormField("b", "name", "Cleared by", "", "Nobody yet"))
    whole = structured_paper()
    signing = Signature("box", (SignatureLine("Mayor", entries=content),))
    return finished(replace(whole, body=(*whole.body, paragraph(content), signing), watermark="DRAFT"))


@pytest.fixture(scope="module")
def written(house: House) -> bytes:
    return pdf.write(paper(), house)


def test_a_paper_with_every_kind_of_part_keeps_the_rules(written: bytes, house: House) -> None:
    assert broken_rules(written, paper(), house) == []


def test_a_paper_with_every_kind_of_block_keeps_the_rules(house: House) -> None:
    assert broken_rules(pdf.write(sample_document(), house), sample_document(), house) == []


@pytest.mark.parametrize("name", REPORTS)
def test_each_sample_keeps_the_rules_in_a_house(name: str) -> None:
    # All of them in all houses: tests/documents.
    document, house = compose_in_house(REPORTS[name], HOUSES[list(REPORTS).index(name) % len(HOUSES)])
    assert broken_rules(pdf.write(document, house), document, house) == []


def elements(opened: Pdf, kind: str) -> list[Dictionary]:
    """The structure elements of a kind."""
    dictionaries = [one for one in opened.objects if isinstance(one, Dictionary)]
    return [one for one in dictionaries if one.get("/S") == Name(f"/{kind}") and "/P" in one]


def without_alternative_text(opened: Pdf) -> None:
    del elements(opened, "Figure")[0].Alt


def without_scope(opened: Pdf) -> None:
    del elements(opened, "TH")[0].A.Scope


def with_a_heading_too_deep(opened: Pdf) -> None:
    elements(opened, "H3")[0].S = Name.H5


def without_the_names_of_notes(opened: Pdf) -> None:
    del elements(opened, "Note")[0].ID


def with_one_name_for_two_notes(opened: Pdf) -> None:
    first, second = elements(opened, "Note")[:2]
    second.ID = first.ID


def with_headers_that_are_nowhere(opened: Pdf) -> None:
    cell = next(one for one in elements(opened, "TD") if "/Headers" in one.A)
    cell.A.Headers = Array([String("nowhere")])


def without_a_paragraph(opened: Pdf) -> None:
    for section in elements(opened, "Sect"):
        section.K = Array([kid for kid in section.K if kid.S != Name.P])


def with_a_paragraph_elsewhere(opened: Pdf) -> None:
    section = next(one for one in elements(opened, "Sect") if len(one.K) > 2)
    section.K = Array([*list(section.K)[1:], section.K[0]])


def with_a_paragraph_as_an_artifact(opened: Pdf) -> None:
    drawn = opened.pages[0].Contents
    drawn.write(re.sub(rb"/\w+\s*<<\s*/MCID 0\s*>>\s*BDC", b"/Artifact BMC", drawn.read_bytes()))


def with_a_list_item_of_a_paragraph(opened: Pdf) -> None:
    elements(opened, "LBody")[0].S = Name.P


def with_a_line_of_contents_that_is_an_item_of_a_list(opened: Pdf) -> None:
    elements(opened, "TOCI")[0].S = Name.LI


def with_a_link_that_leads_nowhere(opened: Pdf) -> None:
    link = elements(opened, "Link")[0]
    link.K = Array([kid for kid in link.K if not isinstance(kid, Dictionary) or "/Obj" not in kid])


def with_a_box_that_does_not_say_what_for(opened: Pdf) -> None:
    del elements(opened, "Form")[0].A.Desc


def with_a_parent_tree_of_nothing(opened: Pdf) -> None:
    numbers = opened.Root.StructTreeRoot.ParentTree.Nums
    for place in range(1, len(opened.pages) * 2, 2):
        numbers[place] = Array([])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (without_alternative_text, "Figure without Alt"),
        (without_scope, "without Scope"),
        (with_a_heading_too_deep, "a heading of level 5 follows one of level"),
        (without_the_names_of_notes, "without ID"),
        (with_one_name_for_two_notes, "2 elements have the ID note-"),
        (with_headers_that_are_nowhere, "has a header nowhere that is nowhere"),
        (without_a_paragraph, "was expected, but there is"),
        (with_a_paragraph_elsewhere, "was expected, but there is"),
        (with_a_paragraph_as_an_artifact, "page 1 draws other content than the structure holds"),
        (with_a_list_item_of_a_paragraph, "P in LI"),
        (with_a_line_of_contents_that_is_an_item_of_a_list, "LI in TOC"),
        (with_a_link_that_leads_nowhere, "leads nowhere"),
        (with_a_box_that_does_not_say_what_for, "does not say what it is for"),
        (with_a_parent_tree_of_nothing, "the parent tree does not say"),
    ],
)
def test_what_breaks_a_rule_is_found(written: bytes, house: House, change: Callable[[Pdf], None], found: str) -> None:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as opened:
        change(opened)
        opened.save(changed)
    assert any(found in broken for broken in broken_rules(changed.getvalue(), paper(), house))
