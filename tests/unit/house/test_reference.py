"""A council's own Word template → what Word files take over from it; and what is refused, with what to do about it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from reportgen.diagnostics import Problems, Rejected, Severity
from reportgen.house import House, read_house
from reportgen.house.reference import ReferenceDocument
from tests.letterheads import ADDRESS, MOTTO, crest, field, make_reference, make_table_reference, rewritten, save
from tests.small import write_base, write_house

HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def reference_of(folder: Path) -> Path:
    return folder / "westmere" / "reference.docx"


def read(folder: Path, template: Any = None, look: str = "") -> House:
    """The house whose template this is, with a picture beside it."""
    write_base(folder)
    write_house(folder, "westmere", "name: Westmere", look)
    if template is not None:
        save(template, reference_of(folder))
    (folder / "westmere" / "letterhead.png").write_bytes(crest())
    problems = Problems()
    house = read_house("westmere", [folder], problems)
    assert problems.found == []
    return house


def document_of(folder: Path, template: Any) -> ReferenceDocument:
    reference = read(folder, template).reference
    assert reference is not None
    return reference


def xml_of(reference: ReferenceDocument, kind: Any = "header", pages: Any = "default") -> str:
    part = reference.part(kind, pages)
    assert part is not None
    return part.content.decode()


def words(xml: str) -> str:
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)", xml))


def refused(folder: Path) -> tuple[str, str]:
    """What is wrong with the template in the folder, and what to do."""
    write_base(folder)
    write_house(folder, "westmere", "name: Westmere")
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [folder], problems)
    (found,) = problems.found
    assert (found.severity, found.code, found.location.path) == (Severity.ERROR, "RG046", str(reference_of(folder)))
    assert found.hint
    return found.message, found.hint


def with_header(*runs: str) -> Any:
    """A template in whose header these runs stand."""
    document = docx.Document()
    for one in runs:
        document.sections[0].header.paragraphs[0]._p.append(parse_xml(one))
    return document


def run(content: str, *prefixes: str) -> str:
    return f"<w:r {nsdecls('w', 'r', *prefixes)}>{content}</w:r>"


# ---- What is taken over ----


def test_a_house_without_a_template_has_none(tmp_path: Path) -> None:
    assert read(tmp_path).reference is None


def test_the_page_of_the_template_becomes_that_of_the_house(tmp_path: Path) -> None:
    template = make_reference()
    template.sections[0].gutter = Mm(5)
    page = read(tmp_path, template, "page: {first_page_top: 60}").stylesheet.page
    found = [page.width, page.height, page.margin_top, page.margin_bottom, page.margin_left, page.margin_right]
    assert found == pytest.approx([210, 297, 30, 27, 33, 23], abs=0.02)
    assert [page.header, page.footer] == pytest.approx([13, 9], abs=0.02)
    assert page.first_top == 60


def test_the_house_that_has_a_template_must_not_say_its_margins_again(tmp_path: Path) -> None:
    write_base(tmp_path)
    write_house(tmp_path, "westmere", "name: Westmere", "styles: {}\npage: {margin_left: 20, first_page_top: 60}\n")
    save(make_reference(), reference_of(tmp_path))
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [tmp_path], problems)
    errors = [one for one in problems.found if one.severity is Severity.ERROR]
    assert [(one.code, one.location.line, one.location.column) for one in errors] == [("RG046", 2, 8)]
    assert "reference.docx" in errors[0].message


def test_a_house_has_the_template_of_the_one_that_it_extends_and_may_change_its_page(tmp_path: Path) -> None:
    read(tmp_path, make_reference())
    write_house(tmp_path, "district", "name: District\nextends: westmere", "page: {margin_left: 20}\n")
    problems = Problems()
    house = read_house("district", [tmp_path], problems)
    assert house.reference is not None
    assert house.letterhead is not None
    assert (house.stylesheet.page.margin_left, problems.found) == (20, [])


def test_a_template_without_a_picture_beside_it_is_warned_of_once(tmp_path: Path) -> None:
    read(tmp_path, make_reference())
    (tmp_path / "westmere" / "letterhead.png").unlink()
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [tmp_path], problems)
    (found,) = problems.found
    assert (found.severity, found.code, found.location.path) == (
        Severity.WARNING, "RG047", str(reference_of(tmp_path)),
    )  # fmt: skip
    assert "letterhead.svg" in found.hint


def test_each_page_has_the_header_and_footer_that_word_gives_it(tmp_path: Path) -> None:
    reference = document_of(tmp_path, make_reference())
    assert words(xml_of(reference, "header", "first")) == "".join(ADDRESS)
    assert words(xml_of(reference, "header", "default")) == ADDRESS[0]
    assert words(xml_of(reference, "footer", "first")) == MOTTO
    assert words(xml_of(reference, "footer", "default")) == f"{MOTTO}Page 2 of 9"
    assert reference.part("header", "even") is reference.part("header", "default")
    part = reference.part("header", "first")
    assert part is not None
    assert list(part.pictures.values()) == [(crest(), "image/png")]


def test_without_a_first_page_of_its_own_all_pages_have_the_same_header(tmp_path: Path) -> None:
    template = make_reference()
    template.sections[0].different_first_page_header_footer = False
    reference = document_of(tmp_path, template)
    assert reference.part("header", "first") is reference.part("header", "default")


def test_a_template_counts_pages_if_any_page_says_its_number(tmp_path: Path) -> None:
    assert document_of(tmp_path / "one", make_reference()).counts_pages
    tables = document_of(tmp_path / "other", make_table_reference())
    assert not tables.counts_pages
    assert tables.own_even_pages


def test_headers_keep_the_look_of_the_template_s_styles_under_other_names(tmp_path: Path) -> None:
    template = make_reference()
    template.styles["Normal"].font.size = Pt(13)
    reference = document_of(tmp_path, template)
    styles = reference.styles.decode()
    ids = set(re.findall(r'w:styleId="([^"]*)"', styles))
    assert ids >= {"Letterhead_Defaults", "Letterhead_Normal", "Letterhead_Header", "Letterhead_Footer", "Normal"}
    normal = re.search(r'<w:style [^>]*w:styleId="Letterhead_Normal".*?</w:style>', styles, re.DOTALL)
    assert normal is not None
    assert 'w:basedOn w:val="Letterhead_Defaults"' in normal[0]
    assert 'w:sz w:val="26"' in normal[0]
    assert "w:default" not in normal[0]
    named = re.findall(r'w:pStyle w:val="([^"]*)"', xml_of(reference) + xml_of(reference, "header", "first"))
    assert set(named) <= {one for one in ids if one.startswith("Letterhead_")}


def test_the_fields_of_page_numbers_stay_and_all_pages_are_counted(tmp_path: Path) -> None:
    template = docx.Document()
    for code in ("PAGE", "SECTIONPAGES"):
        field(template.sections[0].header.paragraphs[0], code, "3")
    codes = re.findall(r"<w:instrText[^>]*>([^<]*)", xml_of(document_of(tmp_path, template)))
    assert [code.strip() for code in codes] == ["PAGE", "NUMPAGES"]


# ---- What stays behind ----


def test_content_controls_and_tracked_changes_leave_their_text_and_deleted_text_goes(tmp_path: Path) -> None:
    spaces = nsdecls("w")
    template = with_header(
        f'<w:sdt {spaces}><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent><w:r><w:t>kept </w:t></w:r></w:sdtContent>'
        "</w:sdt>",
        f'<w:ins {spaces} w:id="1" w:author="A"><w:r><w:t>added</w:t></w:r></w:ins>',
        f'<w:del {spaces} w:id="2" w:author="A"><w:r><w:delText>gone</w:delText></w:r></w:del>',
        f'<w:bookmarkStart {spaces} w:id="1" w:name="x"/>',
    )
    header = xml_of(document_of(tmp_path, template))
    assert words(header) == "kept added"
    assert not re.search("<w:(sdt|ins|del|bookmarkStart)", header)


def test_a_watermark_and_an_object_s_program_go_and_the_object_s_picture_stays(tmp_path: Path) -> None:
    watermark = (
        '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape></w:pict>'
    )
    embedded = (
        '<w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="s"/>'
        '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" r:id="rId99"/></w:object>'
    )
    header = xml_of(document_of(tmp_path, with_header(run(watermark), run(embedded), run("<w:t>kept</w:t>"))))
    assert words(header) == "kept"
    assert "textpath" not in header
    assert "OLEObject" not in header
    assert 'id="s"' in header


def test_links_lead_to_the_web_or_a_mailbox_and_others_are_only_words(tmp_path: Path) -> None:
    template = docx.Document()
    header = template.sections[0].header
    for address in ("https://westmere.example", "mailto:office@westmere.example", "file:///etc/passwd"):
        identity = header.part.relate_to(address, HYPERLINK, is_external=True)
        link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{identity}"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        header.paragraphs[0]._p.append(parse_xml(link))
    reference = document_of(tmp_path, template)
    part = reference.part("header", "default")
    assert part is not None
    assert sorted(part.links.values()) == ["https://westmere.example", "mailto:office@westmere.example"]
    assert words(xml_of(reference)) == "here" * 3


# ---- Files that are refused ----


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no Word document"),
        (b"PK\x03\x04 and then nothing", "no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word document, or one with a password"),
        (b"PK" + b"0" * 10_000_001, "10.0 MB; at most 10 MB"),
    ],
)
def test_what_is_no_word_document_is_told(tmp_path: Path, content: bytes, message: str) -> None:
    write_house(tmp_path, "westmere", "name: Westmere")
    reference_of(tmp_path).write_bytes(content)
    assert message in refused(tmp_path)[0]


def test_a_folder_by_that_name_is_told(tmp_path: Path) -> None:
    reference_of(tmp_path).mkdir(parents=True)
    assert "this is a folder" in refused(tmp_path)[0]


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_packed_in_another_way_than_words_is_refused(tmp_path: Path, compression: int) -> None:
    write_house(tmp_path, "westmere", "name: Westmere")
    with zipfile.ZipFile(reference_of(tmp_path), "w", compression) as archive:
        archive.writestr("notes.txt", "x")
    assert "packed in a way that Word does not know" in refused(tmp_path)[0]


def test_a_zip_archive_of_something_else_is_told(tmp_path: Path) -> None:
    write_house(tmp_path, "westmere", "name: Westmere")
    with zipfile.ZipFile(reference_of(tmp_path), "w") as archive:
        archive.writestr("notes.txt", "x")
    assert "nothing in it says where its text is" in refused(tmp_path)[0]


def test_a_member_with_a_password_is_told(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    path.write_bytes(content)
    assert "is locked with a password" in refused(tmp_path)[0]


DECLARED = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    ("part", "change", "message"),
    [
        ("word/bomb.xml", lambda _: b"a" * 2_000_000, "bomb.xml unpacks to more than 200 times its size"),
        ("word/document.xml", lambda old: old.replace(b"?>", b"?>" + DECLARED, 1), "declares a document type"),
        ("word/header1.xml", lambda old: old.replace(b"?>", b"?>" + DECLARED, 1), "declares a document type"),
        ("_rels/.rels", lambda old: old.replace(b"?>", b"?>" + DECLARED, 1), "declares a document type"),
        ("word/header1.xml", lambda _: b"<a>" * 5_000 + b"</a>" * 5_000, "nested more than 200 deep"),
        ("word/header1.xml", lambda old: old[:-20], "word/header1.xml is no XML"),
        (
            "word/document.xml",
            lambda old: old.replace(USUAL, b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
            "Strict Open XML",
        ),
        ("word/document.xml", lambda old: re.sub(rb'w:top="\d+"', b"", old), "its page has no margin top"),
        ("word/document.xml", lambda old: re.sub(rb"<w:pgMar[^>]*>", b"", old), "how large its page is"),
    ],
)
def test_a_part_that_is_damaged_or_an_attack_is_told(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], message: str
) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    rewritten(path, {part: change})
    assert message in refused(tmp_path)[0]


def test_a_file_of_too_many_parts_is_not_read(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    rewritten(path, {f"word/{number}.xml": lambda _: b"a" for number in range(1_000)})
    assert "at most 1000 were expected" in refused(tmp_path)[0]


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
    with pytest.raises(Rejected):
        read_house("westmere", [tmp_path], problems)
    assert [one.location.path for one in problems.found] == [str(reference_of(tmp_path))]


CHART = '<w:drawing><c:chart xmlns:c="urn:c" r:id="{}"/></w:drawing>'


@pytest.mark.parametrize(
    ("kind", "content", "message"),
    [
        ("chart", CHART, "cannot be taken over (chart)"),
        ("none", CHART.format("rId99"), "refers to a part that is not in the file"),
        ("none", '<w:instrText xml:space="preserve"> DATE </w:instrText>', "a field there (DATE) is no page number"),
        ("none", '<w:fldSimple w:instr="DDE cmd"/>', "a field there (DDE) is no page number"),
    ],
)
def test_what_cannot_be_taken_over_is_never_lost_unsaid(tmp_path: Path, kind: str, content: str, message: str) -> None:
    template = docx.Document()
    header = template.sections[0].header
    related = header.part.relate_to(template.part, f"http://schemas.openxmlformats.org/x/{kind}")
    header.paragraphs[0]._p.append(parse_xml(run(content.format(related))))
    save(template, reference_of(tmp_path))
    found, hint = refused(tmp_path)
    assert message in found
    assert "its header (word/header1.xml)" in found
    assert hint


def test_a_picture_that_is_only_linked_to_is_never_fetched(tmp_path: Path) -> None:
    path = save(make_reference(), reference_of(tmp_path))
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("word/_rels/header")]
    outside = b'TargetMode="External" Target="http://localhost/'
    rewritten(path, dict.fromkeys(parts, lambda old: old.replace(b'Target="media/', outside)))
    assert "nothing is fetched from outside" in refused(tmp_path)[0]
