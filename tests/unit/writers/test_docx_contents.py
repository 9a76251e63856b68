"""The contents in Word: a field that Word can fill anew, filled as Word would fill it."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from reportgen.document import Block, Contents, Document, Section, Text
from reportgen.writers.docx.context import bookmark_name
from tests.unit.writers.sample_tree import document_of, paragraph, text
from tests.unit.writers.structured_tree import finished, note, paper_of, section, structured_paper
from tests.unit.writers.word import attribute, find, instructions, paragraph_saying, part, style_of, words


def with_contents(*body: Block, depth: int = 2, heading: str = "Contents", page: str = "1") -> Document:
    contents = Contents(text(heading) if heading else (), depth)
    return finished(replace(paper_of(*body), front=(contents,)), page=page)


def control_of(document: Document) -> etree._Element:
    return find(part(document), "w:body/w:sdt[w:sdtPr/w:docPartObj]")[0]


def style(document: Document, identity: str) -> etree._Element:
    return find(part(document, "styles"), f"//w:style[@w:styleId='{identity}']")[0]


def nested(depth: int, level: int = 1) -> Section:
    return section(f"Level {level}", *([nested(depth, level + 1)] if level < depth else [paragraph("words")]))


def test_each_entry_has_its_number_its_words_and_its_page_in_the_style_of_its_level() -> None:
    root = control_of(with_contents(section("One", section("Inside")), section("Two"), page="7"))
    lines = [(style_of(line), words(line)) for line in find(root, ".//w:p")]
    assert lines == [
        ("TOCHeading", "Contents"),
        ("Toc1", "1→One→7"),
        ("Toc2", "Inside→7"),
        ("Toc1", "2→Two→7"),
    ]


def test_word_offers_to_update_what_stands_in_its_gallery_of_contents() -> None:
    root = control_of(with_contents(section("One")))
    assert attribute(root, "w:sdtPr/w:docPartObj/w:docPartGallery/@w:val") == ["Table of Contents"]
    assert len(find(root, "w:sdtPr/w:docPartObj/w:docPartUnique")) == 1


def test_one_field_spans_all_entries_and_asks_for_their_depth_by_outline_level() -> None:
    root = control_of(with_contents(nested(3), depth=3))
    assert instructions(root)[0] == 'TOC \\o "1-3" \\h \\z \\u'
    kinds = attribute(root, ".//w:fldChar/@w:fldCharType")
    assert kinds == ["begin", "separate", *["begin", "separate", "end"] * 3, "end"]
    assert attribute(find(root, ".//w:p[last()]")[0], ".//w:fldChar/@w:fldCharType")[-2:] == ["end", "end"]


def test_each_line_leads_to_its_section_and_asks_for_its_page() -> None:
    document = with_contents(section("One", anchor="one"), section("Two"))
    root = part(document)
    targets = attribute(root, "//w:sdt//w:hyperlink/@w:anchor")
    assert targets == [bookmark_name("one"), bookmark_name("section-two")]
    assert instructions(root)[1:] == [f"PAGEREF {target} \\h" for target in targets]
    for target, heading in zip(targets, ("One", "Two"), strict=True):
        marked = find(root, f"//w:p[w:bookmarkStart/@w:name='{target}']")[0]
        assert (words(marked), style_of(marked)) == (heading, "Heading1")


def outline_levels(document: Document) -> list[tuple[str, int]]:
    """Every paragraph that Word has in its outline: what it says and its level, from 1."""
    styles = part(document, "styles")
    found = []
    for one in find(part(document), "//w:p"):
        own = attribute(one, "w:pPr/w:outlineLvl/@w:val")
        of_style = [
            value
            for identity in attribute(one, "w:pPr/w:pStyle/@w:val")
            for value in attribute(styles, f"w:style[@w:styleId='{identity}']/w:pPr/w:outlineLvl/@w:val")
        ]
        level = int((own or of_style or ["9"])[0])
        if level < 9:
            found.append((words(one).lstrip(": "), level + 1))
    return found


def test_what_has_an_outline_level_down_to_the_depth_are_the_entries_and_nothing_else() -> None:
    document = finished(structured_paper())
    contents = next(block for block in document.front if isinstance(block, Contents))
    listed = [(entry.text.partition(": ")[2] or entry.text, entry.level) for entry in contents.entries]
    assert [one for one in outline_levels(document) if one[1] <= contents.depth] == listed


def test_a_part_within_a_section_has_the_level_that_the_contents_give_it() -> None:
    document = with_contents(section("One", section("Part", paragraph("words"), role="part", numbered=False)))
    assert outline_levels(document) == [("One", 1), ("Part", 2)]


def test_the_heading_of_the_contents_is_neither_in_the_outline_nor_numbered() -> None:
    document = with_contents(section("One"))
    heading = style(document, "TOCHeading")
    assert attribute(heading, "w:pPr/w:outlineLvl/@w:val") == ["9"]
    assert attribute(style(document, "Heading1"), "w:pPr/w:numPr/w:numId/@w:val") != []
    assert attribute(heading, "w:pPr/w:numPr/w:numId/@w:val") == ["0"]


def test_pages_stand_at_the_right_edge_of_the_text_behind_dots() -> None:
    document = with_contents(section("One"))
    for level in (1, 2, 3):
        tab = find(style(document, f"Toc{level}"), "w:pPr/w:tabs/w:tab")[0]
        assert attribute(tab, "@w:val | @w:leader | @w:pos") == ["right", "dot", "9071"]


def test_only_a_line_with_a_number_has_room_for_one() -> None:
    document = with_contents(section("One", section("Inside")))
    root = control_of(document)
    numbered, unnumbered = find(root, ".//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'Toc')]")
    assert attribute(numbered, "w:pPr/w:ind/@w:hanging") == attribute(numbered, "w:pPr/w:tabs/w:tab/@w:pos") == ["680"]
    assert find(unnumbered, "w:pPr/w:tabs") == find(unnumbered, "w:pPr/w:ind") == []


def test_a_footnote_in_a_heading_is_not_in_the_contents() -> None:
    root = part(with_contents(section((Text("One"), note(Text("Said of it."))))))
    assert words(find(root, "//w:sdt//w:p[last()]")[0]) == "1→One→1"
    assert len(find(root, "//w:footnoteReference")) == 1


def test_a_heading_of_several_lines_is_one_line_in_the_contents() -> None:
    document = with_contents(section("One"))
    contents = document.front[0]
    assert isinstance(contents, Contents)
    entry = replace(contents.entries[0], text="One\nand\n more")
    root = part(replace(document, front=(replace(contents, entries=(entry,)),)))
    assert words(find(root, "//w:sdt//w:p[last()]")[0]) == "1→One and more→1"


def test_contents_without_a_heading_begin_with_their_first_line() -> None:
    assert words(find(control_of(with_contents(section("One"), heading="")), ".//w:p")[0]) == "1→One→1"


def test_contents_of_nothing_are_not_printed() -> None:
    root = part(document_of(front=(Contents(text("Contents"), 2),)))
    assert words(root) == ""
    assert find(root, "//w:sdt") == []


def test_where_pages_are_not_known_none_is_invented() -> None:
    document = with_contents(section("One"), page="")
    assert words(find(control_of(document), ".//w:p[last()]")[0]) == "1→One→"


def test_nothing_asks_to_be_updated_when_the_file_is_opened() -> None:
    document = finished(structured_paper())
    assert find(part(document, "settings"), "//w:updateFields") == []
    assert attribute(part(document), "//@w:dirty") == []


def test_headings_and_paragraphs_are_lists_of_one_definition_so_that_only_headings_are_in_the_outline() -> None:
    document = with_contents(section("One", paragraph("words")))
    lists = part(document, "numbering")
    heading = attribute(style(document, "Heading1"), "w:pPr/w:numPr/w:numId/@w:val")[0]
    body = attribute(paragraph_saying(part(document), "words"), "w:pPr/w:numPr/w:numId/@w:val")[0]
    assert heading != body
    definitions = [attribute(lists, f"w:num[@w:numId='{one}']/w:abstractNumId/@w:val") for one in (heading, body)]
    assert definitions[0] == definitions[1] != []
    assert find(lists, f"w:num[@w:numId='{body}']/w:lvlOverride") == []


def test_a_section_break_right_after_the_contents_stands_outside_their_control() -> None:
    appendix = replace(section("Plan", role="appendix"), landscape=True)
    paper = replace(paper_of(appendices=(appendix,)), front=(Contents(text("Contents"), 1),))
    root = part(finished(paper))
    assert len(find(root, "//w:sectPr")) == 2
    assert find(root, "//w:sdt//w:sectPr") == []
