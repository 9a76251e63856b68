"""A council's own Word template → its letterhead; and what cannot be one, with what to do about it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from reportgen.diagnostics import Problems
from reportgen.house import House, read_house
from reportgen.house.letterhead import Band, Letterhead, pieces_of
from reportgen.house.letterhead.formats import number
from reportgen.house.letterhead.pieces import Box, Grid, Line, PageField, Picture, Stop, Tab, Words, stretch
from reportgen.house.letterhead.word_file import qualified
from tests.letterheads import ADDRESS, MOTTO, crest, field, make_reference, make_table_reference, rewritten, save
from tests.small import write_base, write_house


def reference_of(folder: Path) -> Path:
    return folder / "westmere" / "reference.docx"


def read(folder: Path, template: Any = None, look: str = "") -> House:
    """The house whose template this is."""
    write_base(folder)
    write_house(folder, "westmere", "name: Westmere", look)
    if template is not None:
        save(template, reference_of(folder))
    problems = Problems()
    house = read_house("westmere", [folder], problems)
    assert problems.found == []
    assert house is not None
    return house


def letterhead_of(folder: Path, template: Any) -> Letterhead:
    letterhead = read(folder, template).letterhead
    assert letterhead is not None
    return letterhead


def refused(folder: Path) -> tuple[str, str]:
    """What is wrong with the template in the folder, and what to do."""
    write_base(folder)
    write_house(folder, "westmere", "name: Westmere")
    problems = Problems()
    assert read_house("westmere", [folder], problems) is None or problems.found
    (found,) = problems.found
    assert (found.code, found.location.path) == ("RG046", str(reference_of(folder)))
    assert found.hint
    return found.message, found.hint


def words(band: Band | None) -> str:
    """The text of a header or footer, as printed by the PDF; page numbers as "#"."""
    assert band is not None
    signs = {PageField: "#", Tab: "\t"}
    return "".join(one.text if isinstance(one, Words) else signs.get(type(one), "") for one in pieces_of(band.blocks))


def with_header(*runs: str) -> Any:
    """A template in whose header these runs stand."""
    document = docx.Document()
    for run in runs:
        document.sections[0].header.paragraphs[0]._p.append(parse_xml(run))
    return document


def run(content: str, *prefixes: str) -> str:
    return f"<w:r {nsdecls('w', 'r', *prefixes)}>{content}</w:r>"


# ---- What is read ----


def test_a_house_without_a_template_has_no_letterhead(tmp_path: Path) -> None:
    assert read(tmp_path).letterhead is None


def test_the_page_of_the_template_becomes_that_of_the_look(tmp_path: Path) -> None:
    page = read(tmp_path, make_reference()).stylesheet.page
    found = [page.width, page.height, page.margin_top, page.margin_bottom, page.margin_left, page.margin_right]
    assert found == pytest.approx([210, 297, 30, 27, 28, 23], abs=0.02)
    assert [page.header, page.footer] == pytest.approx([13, 9], abs=0.02)


def test_the_gutter_is_part_of_the_left_margin(tmp_path: Path) -> None:
    template = make_reference()
    template.sections[0].gutter = Mm(5)
    assert read(tmp_path, template).stylesheet.page.margin_left == pytest.approx(33, abs=0.02)


def test_the_house_that_has_a_template_must_not_say_the_page_again(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere", "styles: {}\npage: {margin_left: 20}\n")
    save(make_reference(), reference_of(tmp_path))
    problems = Problems()
    read_house("westmere", [tmp_path], problems)
    assert [(one.code, one.location.line) for one in problems.found] == [("RG046", 2)]
    assert "reference.docx" in problems.found[0].message


def test_a_house_has_the_letterhead_of_the_one_that_it_extends_and_may_change_its_page(tmp_path: Path) -> None:
    read(tmp_path, make_reference())
    write_house(tmp_path, "district", "name: District\nextends: westmere", "page: {margin_left: 20}\n")
    problems = Problems()
    house = read_house("district", [tmp_path], problems)
    assert house is not None
    assert house.letterhead is not None
    assert (house.stylesheet.page.margin_left, problems.found) == (20, [])
    assert house.stylesheet.page.margin_top == pytest.approx(30, abs=0.02)


def test_each_page_has_the_header_and_footer_that_word_gives_it(tmp_path: Path) -> None:
    letterhead = letterhead_of(tmp_path, make_reference())
    assert words(letterhead.band("header", "first")) == "".join(ADDRESS)
    assert words(letterhead.band("header", "default")) == ADDRESS[0]
    assert words(letterhead.band("footer", "first")) == MOTTO
    assert words(letterhead.band("footer", "default")) == f"{MOTTO}\t\tPage # of #"
    assert letterhead.band("header", "even") is letterhead.band("header", "default")


def test_without_a_first_page_of_its_own_all_pages_have_the_same_header(tmp_path: Path) -> None:
    template = make_reference()
    template.sections[0].different_first_page_header_footer = False
    letterhead = letterhead_of(tmp_path, template)
    assert letterhead.band("header", "first") is letterhead.band("header", "default")


def test_a_letterhead_counts_pages_if_any_page_says_its_number(tmp_path: Path) -> None:
    assert letterhead_of(tmp_path / "one", make_reference()).counts_pages
    assert not letterhead_of(tmp_path / "other", make_table_reference()).counts_pages


def test_a_picture_has_its_size_its_words_and_its_place(tmp_path: Path) -> None:
    letterhead = letterhead_of(tmp_path, make_reference())
    (first,) = [one for one in pieces_of(_blocks(letterhead, "first")) if isinstance(one, Picture)]
    assert (first.media_type, first.alternative_text, first.spot) == ("image/png", "Arms of Westmere", None)
    assert (first.width, first.height) == pytest.approx((25, 30), abs=0.1)
    assert first.content == crest()
    (later,) = [one for one in pieces_of(_blocks(letterhead, "default")) if isinstance(one, Picture)]
    assert later.media_type == "image/jpeg"
    assert later.spot is not None
    assert (later.spot.across, later.spot.down) == ("page", "page")
    assert (later.spot.left, later.spot.top) == pytest.approx((10, 8), abs=0.01)


def _blocks(letterhead: Letterhead, pages: Any) -> Any:
    band = letterhead.band("header", pages)
    assert band is not None
    return band.blocks


def test_text_has_the_look_of_its_styles_its_theme_and_its_own_properties(tmp_path: Path) -> None:
    letterhead = letterhead_of(tmp_path, make_reference())
    name, street = [one for one in pieces_of(_blocks(letterhead, "first")) if isinstance(one, Words)][:2]
    assert (name.look.size, name.look.bold, name.look.colour) == (14, True, "#7a1f3d")
    assert (street.look.size, street.look.bold) == (10, False)
    (later,) = [one for one in pieces_of(_blocks(letterhead, "default")) if isinstance(one, Words)]
    assert (later.look.face, later.look.size, later.look.italic) == ("Liberation Serif", 9, True)


def test_a_table_has_its_columns_its_rules_and_what_stands_in_it(tmp_path: Path) -> None:
    letterhead = letterhead_of(tmp_path, make_table_reference())
    (grid,) = [block for block in _blocks(letterhead, "default") if isinstance(block, Grid)]
    assert grid.widths == pytest.approx((40, 119), abs=0.1)
    ((left, right),) = grid.rows
    assert all(rule is not None for rule in left.rules)
    assert [one.text for one in pieces_of(right.blocks) if isinstance(one, Words)] == [
        "Children and families",
        "Director's office",
    ]


def test_a_text_box_and_a_line_stand_where_they_are_placed(tmp_path: Path) -> None:
    letterhead = letterhead_of(tmp_path, make_table_reference())
    box, line = [one for one in pieces_of(_blocks(letterhead, "default")) if isinstance(one, Box)]
    assert (box.spot.across, box.spot.down, box.fill) == ("text", "page", "#ddeeff")
    assert (box.width, box.height, box.spot.left, box.spot.top) == pytest.approx((49, 7, 110, 4), abs=0.01)
    assert line.outline is not None
    assert (line.height, line.outline.width, line.outline.colour, line.fill) == (0, 1, "#c0504d", "")


def test_tab_stops_at_the_middle_and_the_end_move_with_the_width_of_the_page() -> None:
    stops = [Stop(30, "left"), Stop(79, "centre"), Stop(100, "right"), Stop(160, "right")]
    assert [stretch(stop, 160, 247).position for stop in stops] == [30, 123.5, 100, 247]


# ---- What may stay, and what not ----


def test_of_fields_only_page_numbers_stay_alive_and_others_keep_what_they_showed(tmp_path: Path) -> None:
    template = docx.Document()
    line = template.sections[0].header.paragraphs[0]
    for code, shown in (("PAGE", "3"), ("DATE \\@ d.M.yy", "1.2.20"), ("SECTIONPAGES", "4"), ("FILENAME", "x.docx")):
        field(line, code, shown)
        line.add_run(";")
    letterhead = letterhead_of(tmp_path, template)
    assert words(letterhead.band("header", "default")) == "#;1.2.20;#;x.docx;"
    band = letterhead.band("header", "default")
    assert band is not None
    instructions = [one.get(qualified("w:instr")) for one in band.root.iter(qualified("w:fldSimple"))]
    assert instructions == [" PAGE ", " NUMPAGES "]
    assert list(band.root.iter(qualified("w:instrText"))) == []


def test_a_field_within_another_does_not_bring_its_instruction_to_light(tmp_path: Path) -> None:
    begin, separate, end = (run(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    code = '<w:instrText xml:space="preserve">{}</w:instrText>'
    inner = (begin, run(code.format(" PAGE ")), separate, run("<w:t>1</w:t>"), end)
    runs = (begin, run(code.format(" IF ")), *inner, run(code.format(" = 1 &quot;more&quot;")))
    template = with_header(*runs, separate, run("<w:t>more</w:t>"), end)
    assert words(letterhead_of(tmp_path, template).band("header", "default")) == "more"


def test_content_controls_and_tracked_changes_leave_their_text_and_deleted_text_goes(tmp_path: Path) -> None:
    spaces = nsdecls("w")
    template = with_header(
        f'<w:sdt {spaces}><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent><w:r><w:t>kept </w:t></w:r></w:sdtContent>'
        "</w:sdt>",
        f'<w:ins {spaces} w:id="1" w:author="A"><w:r><w:t>added</w:t></w:r></w:ins>',
        f'<w:del {spaces} w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>',
        f'<w:bookmarkStart {spaces} w:id="1" w:name="x"/>',
    )
    band = letterhead_of(tmp_path, template).band("header", "default")
    assert words(band) == "kept added"
    assert band is not None
    names = {str(one.tag).partition("}")[2] for one in band.root.iter()}
    assert names & {"sdt", "ins", "del", "bookmarkStart"} == set()


def test_styles_come_along_with_what_the_file_says_of_all_text_under_names_of_their_own(tmp_path: Path) -> None:
    template = make_reference()
    template.styles["Normal"].font.size = Pt(13)
    letterhead = letterhead_of(tmp_path, template)
    ids = [style.get(qualified("w:styleId"), "") for style in letterhead.styles]
    assert set(ids) >= {"Letterhead_Normal", "Letterhead_Header", "Letterhead_Footer"}
    assert all(one.startswith("Letterhead_") for one in ids)
    assert ids.index("Letterhead_Normal") < ids.index("Letterhead_Header")
    normal = letterhead.styles[ids.index("Letterhead_Normal")]
    assert [one.get(qualified("w:val")) for one in normal.iter(qualified("w:sz"))] == ["26"]
    assert [one.get(qualified("w:ascii")) for one in normal.iter(qualified("w:rFonts"))] == ["Cambria"]
    named = {
        one.get(qualified("w:val"))
        for band in letterhead.bands.values()
        for one in band.root.iter(qualified("w:pStyle"))
    }
    assert named <= set(ids)


def test_a_watermark_of_the_template_goes_since_drafts_have_one_of_their_own(tmp_path: Path) -> None:
    shape = '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape></w:pict>'
    band = letterhead_of(tmp_path, with_header(run(shape), run("<w:t>kept</w:t>"))).band("header", "default")
    assert words(band) == "kept"
    assert band is not None
    assert list(band.root.iter(qualified("w:r"))) != []
    assert not any("pict" in str(one.tag) for one in band.root.iter())


# ---- Files that are no letterhead ----


@pytest.mark.parametrize(
    ("content", "part_of_message"),
    [
        (b"", "no Word document"),
        (b"name: Westmere", "no Word document"),
        (b"PK\x03\x04 and then nothing", "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word document, or one with a password"),
        (b"PK" + b"0" * 10_000_001, "10.0 MB; at most 10 MB"),
    ],
)
def test_what_is_no_word_document_is_told(tmp_path: Path, content: bytes, part_of_message: str) -> None:
    write_house(tmp_path, "westmere", "name: Westmere")
    reference_of(tmp_path).write_bytes(content)
    assert part_of_message in refused(tmp_path)[0]


def test_a_zip_archive_of_something_else_is_told(tmp_path: Path) -> None:
    write_house(tmp_path, "westmere", "name: Westmere")
    with zipfile.ZipFile(reference_of(tmp_path), "w") as archive:
        archive.writestr("notes.txt", "x")
    assert "nothing in it says where its text is" in refused(tmp_path)[0]


def test_a_folder_by_that_name_is_told(tmp_path: Path) -> None:
    reference_of(tmp_path).mkdir(parents=True)
    assert "this is a folder" in refused(tmp_path)[0]


def test_a_file_that_unpacks_to_far_more_than_its_size_is_not_read(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    rewritten(path, {"word/bomb.xml": lambda _: b"a" * 2_000_000})
    assert "bomb.xml unpacks to more than 200 times its size" in refused(tmp_path)[0]


def test_a_file_of_too_many_parts_is_not_read(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    rewritten(path, {f"word/{number}.xml": lambda _: b"a" for number in range(1_000)})
    assert "at most 1000 were expected" in refused(tmp_path)[0]


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml", "word/styles.xml", "_rels/.rels"])
def test_a_document_type_which_could_smuggle_entities_in_is_refused(tmp_path: Path, part: str) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    rewritten(path, {part: lambda old: old.replace(b"?>", b"?>" + declared, 1)})
    assert "declares a document type" in refused(tmp_path)[0]


def test_elements_nested_beyond_all_measure_are_refused(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    rewritten(path, {"word/header1.xml": lambda _: b"<a>" * 5_000 + b"</a>" * 5_000})
    assert "nested more than 200 deep" in refused(tmp_path)[0]


def test_a_damaged_part_is_told_by_its_name(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    rewritten(path, {"word/header1.xml": lambda old: old[:-20]})
    assert "word/header1.xml is no XML" in refused(tmp_path)[0]


def test_a_strict_document_is_refused_with_how_to_save_it(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    rewritten(path, {"word/document.xml": lambda old: old.replace(usual, strict)})
    message, hint = refused(tmp_path)
    assert "Strict Open XML" in message
    assert "Word Document (*.docx)" in hint


def test_a_template_whose_first_page_lies_on_its_side_is_refused(tmp_path: Path) -> None:
    template = make_reference()
    section = template.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    save(template, reference_of(tmp_path))
    assert "lies on its side" in refused(tmp_path)[0]


def test_a_page_without_room_for_text_is_refused_as_in_a_look(tmp_path: Path) -> None:
    template = make_reference()
    template.sections[0].left_margin = Mm(160)
    save(template, reference_of(tmp_path))
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere")
    problems = Problems()
    assert read_house("westmere", [tmp_path], problems) is None
    assert [one.location.path for one in problems.found] == [str(reference_of(tmp_path))]


@pytest.mark.parametrize(
    ("content", "part_of_message"),
    [
        (b"\x01\x00\x00\x00 a Windows metafile", "neither PNG nor JPEG"),
        (b"<svg/>", "neither PNG nor JPEG"),
    ],
)
def test_a_picture_of_another_kind_is_told_by_its_name(tmp_path: Path, content: bytes, part_of_message: str) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    with zipfile.ZipFile(path) as archive:
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    rewritten(path, {pictures[0]: lambda _: content})
    message, hint = refused(tmp_path)
    assert part_of_message in message
    assert pictures[0].rpartition("/")[2] in message
    assert "PNG" in hint


@pytest.mark.parametrize(
    ("content", "part_of_message"),
    [
        ("<w:object/>", "Word 2007 or older"),
        ('<w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict>', "Word 2007 or older"),
        ("<w:pgNum/>", "Word 6"),
        (
            "<w:drawing><wp:inline><a:graphic><a:graphicData uri='x/chart'/></a:graphic></wp:inline></w:drawing>",
            "chart",
        ),
        (
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice Requires="wpg"><w:drawing/></mc:Choice></mc:AlternateContent>',
            "several shapes",
        ),
    ],
)
def test_a_drawing_that_cannot_be_taken_over_is_never_lost_unsaid(
    tmp_path: Path, content: str, part_of_message: str
) -> None:
    save(with_header(run(content, "wp", "a")), reference_of(tmp_path))
    message, hint = refused(tmp_path)
    assert part_of_message in message
    assert "its header (word/header1.xml)" in message
    assert "insert" in hint


def test_a_drawing_without_content_is_told(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    inside = f'<a:graphic><a:graphicData uri="{kind}"/></a:graphic>'
    save(with_header(run(f'<w:drawing><x:y xmlns:x="urn:x">{inside}</x:y></w:drawing>', "a")), reference_of(tmp_path))
    assert "a drawing there has no content" in refused(tmp_path)[0]


@pytest.mark.parametrize(
    ("text", "measure"),
    [("240", 240), ("-20.5pt", -20.5), ("", 0), ("nan", 0), ("1e300", 0), ("9" * 99, 0), ("auto", 0)],
)
def test_a_measure_that_is_none_counts_as_nothing(text: str, measure: float) -> None:
    assert number(text) == measure


def test_a_picture_that_is_only_linked_to_is_never_fetched(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))

    def link(old: bytes) -> bytes:
        return old.replace(b'Target="media/', b'TargetMode="External" Target="http://localhost/')

    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/_rels/header")]
    rewritten(path, dict.fromkeys(parts, link))
    assert "nothing is fetched from outside" in refused(tmp_path)[0]


def test_links_lead_to_the_web_or_a_mailbox_and_others_are_only_words(tmp_path: Path) -> None:
    template = docx.Document()
    header = template.sections[0].header
    for address in ("https://westmere.example", "mailto:office@westmere.example", "file:///etc/passwd"):
        identity = header.part.relate_to(
            address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{identity}"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        header.paragraphs[0]._p.append(parse_xml(link))
    band = letterhead_of(tmp_path, template).band("header", "default")
    assert band is not None
    assert sorted(band.links.values()) == ["https://westmere.example", "mailto:office@westmere.example"]
    assert words(band) == "here" * 3


def test_lines_of_text_keep_the_height_that_their_spacing_says(tmp_path: Path) -> None:
    template = make_reference()
    line = template.sections[0].header.paragraphs[0]
    line.paragraph_format.line_spacing = Pt(20)
    band = letterhead_of(tmp_path, template).band("header", "default")
    assert band is not None
    assert [block.height for block in band.blocks if isinstance(block, Line)] == [20]
