"""The list of contents: which sections, under which numbers, on which pages."""

from __future__ import annotations

from dataclasses import replace

from reportgen.document import Contents, CrossReference, Document, Footnote, Section, Text, blocks_of, inlines_of
from reportgen.house.config import Numbering
from reportgen.transforms.numbering import number_document
from reportgen.transforms.references import list_contents, names_pages, put_pages
from tests.small import record
from tests.unit.transforms.test_numbering import COMMON, STANDARD
from tests.unit.transforms.trees import document, p, ref, s

NUMBERING = record(Numbering, STANDARD + COMMON)


def listed(tree: Document, depth: int = 2) -> Document:
    with_contents = replace(tree, front=(Contents((Text("Contents"),), depth),))
    return list_contents(number_document(with_contents, NUMBERING), NUMBERING)


def entries(done: Document) -> list[str]:
    contents = next(block for block in blocks_of(done) if isinstance(block, Contents))
    return [f"{one.level} {one.number}|{one.text}|{one.target}|{one.page}" for one in contents.entries]


def test_sections_and_appendices_are_listed_down_to_the_depth_with_their_numbers() -> None:
    tree = document(
        s("Purpose", p("a"), anchor="purpose"),
        s("Findings", s("Strengths", s("Too deep")), s("Gaps", numbered=False)),
        appendices=(s("The plan", role="appendix", anchor="plan"),),
    )
    assert entries(listed(tree)) == [
        "1 1|Purpose|purpose|",
        "1 2|Findings|section-findings|",
        "2 |Strengths|section-strengths|",
        "2 |Gaps|section-gaps|",
        "1 |Appendix 1: The plan|plan|",
    ]
    assert len(entries(listed(tree, depth=1))) == 3
    assert len(entries(listed(tree, depth=3))) == 6


def test_every_listed_section_can_be_gone_to_by_a_name_of_its_own() -> None:
    tree = document(s("Risks"), s("Risks"), s("???"), s("One", anchor="section-risks-2"))
    done = listed(tree)
    names = [block.anchor for block in blocks_of(done) if isinstance(block, Section)]
    assert names == ["section-risks", "section-risks-3", "section-section", "section-risks-2"]
    assert [one.split("|")[2] for one in entries(done)] == names


def test_a_note_in_a_heading_is_not_listed() -> None:
    heading = s("One")
    tree = document(replace(heading, heading=(Text("One"), Footnote((Text("said"),)))))
    assert entries(listed(tree)) == ["1 1|One|section-one|"]


def test_a_paper_without_contents_stays_as_it_is() -> None:
    tree = document(s("One"))
    assert list_contents(tree, NUMBERING) is tree
    assert not names_pages(tree)


def test_pages_are_put_into_contents_and_page_references_and_nowhere_else() -> None:
    to_page = replace(ref("risks"), shows="page")
    tree = document(s("Risks", p((to_page, Text(" "), replace(ref("risks"), text="1"))), anchor="risks"))
    assert names_pages(tree)
    assert names_pages(listed(document(s("One"))))
    done = put_pages(listed(tree), {"risks": "7"})
    assert entries(done) == ["1 1|Risks|risks|7"]
    found = [one for block in blocks_of(done) for one in inlines_of(block) if isinstance(one, CrossReference)]
    assert [one.text for one in found] == ["7", "1"]
