"""What officers entered and changed is read back, whichever program saved the file."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from lxml import etree

from reportgen.document import Figure, FormField, Text
from reportgen.house.word_file import Unusable
from reportgen.readback.comparison import ChangedText, OtherChange
from reportgen.readback.reader import EnteredField, ReadBackResult, heading_styles
from reportgen.writers import docx
from reportgen.writers.docx.passages import lines_of
from tests.unit.readback.worked_on_tree import (
    BOX,
    DAY,
    HOUSE,
    NAME,
    NAMES,
    Edit,
    W,
    changed_file,
    find,
    line,
    paper,
    parts_of,
    phrase,
    prose,
    read_back_from,
    words,
    worked_on_paper,
)
from tests.unit.writers.sample_tree import paragraph
from tests.unit.writers.structured_tree import image

FILE = docx.write(worked_on_paper(), HOUSE)
STORE, ORIGINS, BODY = "customXml/item1.xml", "customXml/item2.xml", "word/document.xml"
REPORT = "durham/reports/slac-2011.yaml"


def field_with(root: etree._Element, tag: str) -> etree._Element:
    (only,) = find(root, f"//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")
    return only


def show(field: etree._Element, text: str) -> None:
    """What stands in a field becomes another text, as when it is typed."""
    first, *others = field.iter(f"{W}t")
    first.text = text
    for other in others:
        other.text = ""
    for placeholder in find(field, "w:sdtPr/w:showingPlcHdr"):
        placeholder.getparent().remove(placeholder)  # type: ignore[union-attr]


def store(root: etree._Element, key: str, value: str) -> None:
    """What Word writes into the part that a field is bound to."""
    (only,) = find(root, f"//e:entry[e:key='{key}']/e:value")
    only.text = value


def typed(tag: str, text: str) -> Edit:
    return lambda root: show(field_with(root, tag), text)


def stored(key: str, value: str) -> Edit:
    return lambda root: store(root, key, value)


def entered(found: ReadBackResult) -> dict[str, str]:
    """Key and value of what is not as it was written."""
    return {one.key: one.value for one in found.entries if one.value != one.written}


def replaced(old: str, new: str) -> Edit:
    """A change of words in the text of the document."""

    def edit(root: etree._Element) -> None:
        (only,) = [one for one in root.iter(f"{W}t") if old in (one.text or "")]
        only.text = (only.text or "").replace(old, new)

    return edit


# ---- A paper as it was written ----


def test_a_paper_that_nobody_touched_has_what_it_was_written_with_and_no_changes(tmp_path: Path) -> None:
    found = read_back_from(FILE, tmp_path)
    assert found.paper == "durham/slac-2011"
    assert (found.changed, found.elsewhere, found.compared) == ((), (), True)
    assert entered(found) == {}
    assert {one.key: one.value for one in found.entries} == {
        "clearance.legal.name": "Ann Thorne",
        "clearance.legal.date": "2012-07-09",
        "clearance.finance.name": "",
        "clearance.finance.date": "",
        "sign-off.1.agreed": "no",
        "sign-off.1.name": "",
        "sign-off.1.date": "",
        "sign-off.2.agreed": "yes",
        "sign-off.2.name": "Ann Thorne",
        "sign-off.2.date": "2012-07-09",
    }


# ---- Filled in with Word, which changes the field and the store ----


def test_what_word_stored_is_read_with_its_label(tmp_path: Path) -> None:
    edits: dict[str, Edit | bytes | None] = {BODY: typed(NAME.key, "Jo Bold"), STORE: stored(NAME.key, "Jo Bold")}
    found = read_back_from(changed_file(FILE, edits), tmp_path)
    assert EnteredField(NAME.key, "Cleared by: Finance", "Jo Bold", "", "Jo Bold") in found.entries
    assert entered(found) == {NAME.key: "Jo Bold"}
    assert found.changed == ()


@pytest.mark.parametrize("kept", ["2012-08-01", "2012-08-01T00:00:00", "2012-08-01T00:00:00Z"])
def test_a_day_is_read_however_word_stored_it(tmp_path: Path, kept: str) -> None:
    found = read_back_from(
        changed_file(FILE, {BODY: typed(DAY.key, "1 August 2012"), STORE: stored(DAY.key, kept)}), tmp_path
    )
    (day,) = [one for one in found.entries if one.key == DAY.key]
    assert (day.value, day.stored, day.written) == ("2012-08-01", "2012-08-01", "2012-07-09")


def test_a_day_that_word_only_shows_in_another_form_is_the_same_day(tmp_path: Path) -> None:
    assert entered(read_back_from(changed_file(FILE, {BODY: typed(DAY.key, "9 July 2012")}), tmp_path)) == {}


def tick(root: etree._Element) -> None:
    field = field_with(root, BOX.key)
    (checked,) = find(field, "w:sdtPr/w14:checkbox/w14:checked")
    checked.set(checked.tag.replace("}checked", "}val"), "1")
    show(field, "☒")


@pytest.mark.parametrize("kept", ["true", "1"])
def test_a_ticked_box_is_yes(tmp_path: Path, kept: str) -> None:
    found = read_back_from(changed_file(FILE, {BODY: tick, STORE: stored(BOX.key, kept)}), tmp_path)
    assert entered(found) == {BOX.key: "yes"}
    assert [one.stored for one in found.entries if one.key == BOX.key] == ["yes"]


def test_a_box_is_read_from_the_field_that_has_one(tmp_path: Path) -> None:
    def double(root: etree._Element) -> None:
        """As LibreOffice does: another field, for the sign, with the same binding."""
        tick(root)
        field = field_with(root, BOX.key)
        sign = copy.deepcopy(field)
        for one in find(sign, "w:sdtPr/w14:checkbox | w:sdtPr/w:tag"):
            one.getparent().remove(one)  # type: ignore[union-attr]
        field.addprevious(sign)

    assert entered(read_back_from(changed_file(FILE, {BODY: double}), tmp_path)) == {BOX.key: "yes"}


def test_a_field_that_was_emptied_holds_nothing(tmp_path: Path) -> None:
    def empty(root: etree._Element) -> None:
        field = field_with(root, "clearance.legal.name")
        etree.SubElement(find(field, "w:sdtPr")[0], f"{W}showingPlcHdr")
        show_again = next(field.iter(f"{W}t"))
        show_again.text = "\u00a0" * 5

    found = read_back_from(changed_file(FILE, {BODY: empty, STORE: stored("clearance.legal.name", "")}), tmp_path)
    assert entered(found) == {"clearance.legal.name": ""}


# ---- Filled in with another program, which changes the field alone ----


def test_where_field_and_store_differ_the_field_is_right_and_both_are_told(tmp_path: Path) -> None:
    found = read_back_from(changed_file(FILE, {BODY: typed(NAME.key, "Jo Bold")}), tmp_path)
    assert EnteredField(NAME.key, "Cleared by: Finance", "Jo Bold", "", "") in found.entries


def test_a_field_is_found_by_what_it_is_bound_to_when_its_tag_is_gone(tmp_path: Path) -> None:
    def edit(root: etree._Element) -> None:
        show(field_with(root, NAME.key), "Jo Bold")
        for tag in find(root, "//w:tag"):
            tag.getparent().remove(tag)  # type: ignore[union-attr]

    assert entered(read_back_from(changed_file(FILE, {BODY: edit}), tmp_path)) == {NAME.key: "Jo Bold"}


def test_a_field_is_found_by_its_tag_when_it_is_no_longer_bound(tmp_path: Path) -> None:
    def edit(root: etree._Element) -> None:
        show(field_with(root, NAME.key), "Jo Bold")
        for binding in find(root, "//w:dataBinding"):
            binding.getparent().remove(binding)  # type: ignore[union-attr]

    assert entered(read_back_from(changed_file(FILE, {BODY: edit}), tmp_path)) == {NAME.key: "Jo Bold"}


def test_a_placeholder_that_libreoffice_stored_as_if_it_were_entered_is_nothing(tmp_path: Path) -> None:
    def edit(root: etree._Element) -> None:
        for placeholder in find(root, "//w:showingPlcHdr"):
            placeholder.getparent().remove(placeholder)  # type: ignore[union-attr]

    found = read_back_from(changed_file(FILE, {BODY: edit, STORE: stored(NAME.key, "Not yet cleared")}), tmp_path)
    assert EnteredField(NAME.key, "Cleared by: Finance", "", "", "") in found.entries


def test_when_a_field_was_deleted_what_is_stored_counts(tmp_path: Path) -> None:
    def delete(root: etree._Element) -> None:
        field = field_with(root, NAME.key)
        field.getparent().remove(field)  # type: ignore[union-attr]

    found = read_back_from(changed_file(FILE, {BODY: delete, STORE: stored(NAME.key, "Jo Bold")}), tmp_path)
    assert entered(found) == {NAME.key: "Jo Bold"}


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("10 July 2012", "2012-07-10"),
        ("10th July 2012", "2012-07-10"),
        ("Tuesday, 10 July 2012", "2012-07-10"),
        ("10/07/2012", "2012-07-10"),
        ("10.7.2012", "2012-07-10"),
        ("2012-07-10", "2012-07-10"),
        ("10 Gorffennaf 2012", "2012-07-10"),
        ("10 o Orffennaf", "2012-07-09"),  # not understood: the day that was last picked
    ],
)
def test_a_typed_day_is_understood_in_the_forms_that_officers_use(tmp_path: Path, shown: str, day: str) -> None:
    found = read_back_from(changed_file(FILE, {BODY: typed(DAY.key, shown)}), tmp_path)
    assert next(one.value for one in found.entries if one.key == DAY.key) == day


def test_a_day_that_is_none_is_given_as_typed(tmp_path: Path) -> None:
    found = read_back_from(changed_file(FILE, {BODY: typed("sign-off.1.date", "next week")}), tmp_path)
    assert entered(found) == {"sign-off.1.date": "next week"}


# ---- Changed texts ----


def without_tags(root: etree._Element) -> None:
    """As LibreOffice leaves it: no tags, and no titles on what stands within a paragraph."""
    for tag in find(root, "//w:tag | //w:sdt[w:sdtContent/w:r]/w:sdtPr/w:alias"):
        tag.getparent().remove(tag)  # type: ignore[union-attr]


def without_marks(root: etree._Element) -> None:
    """As LibreOffice leaves the later paragraphs of some texts: neither tags nor titles."""
    for name in find(root, "//w:tag | //w:alias"):
        name.getparent().remove(name)  # type: ignore[union-attr]


def with_tags(_root: etree._Element) -> None:
    """As Word leaves it."""


def told(found: ReadBackResult) -> list[tuple[str, str | None, int]]:
    """Key, words and number of missing paragraphs of each text that changed."""
    return [(one.key, one.text, one.missing) for one in found.changed]


def new_paragraph(after: str) -> Edit:
    def put_in(root: etree._Element) -> None:
        paragraph_of(root, after).addnext(
            etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>New.</w:t></w:r></w:p>')
        )

    return put_in


def paragraph_of(root: etree._Element, text: str) -> etree._Element:
    (only,) = [one for one in root.iter(f"{W}p") if words(one) == text]
    return only


def without_paragraph(text: str) -> Edit:
    def take_out(root: etree._Element) -> None:
        one = paragraph_of(root, text)
        one.getparent().remove(one)  # type: ignore[union-attr]

    return take_out


def both(first: Edit, second: Edit) -> Edit:
    def edit(root: etree._Element) -> None:
        first(root)
        second(root)

    return edit


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        ("note the outcome", "approve the plan", "recommendations.0.text", "approve the plan"),
        (" a year.", " a month.", "sections.1.text", "The cost is [the cost of the plan, from finance] a month."),
        ("[the cost of the plan, from finance]", "£10", "sections.1.text", "The cost is £10 a year."),
        ("£10", "£20", "sections.0.text", "£20"),
        ("Or few.", "Or many.", "implications.0.text", "Or many."),
        ("before the page turns", "of all", "sections.3.text", "The last text of all."),
    ],
)
def test_of_a_changed_text_the_paragraphs_that_changed_are_told_with_its_file_and_key(
    tmp_path: Path, old: str, new: str, key: str, text: str
) -> None:
    found = read_back_from(changed_file(FILE, {BODY: replaced(old, new)}), tmp_path)
    assert told(found) == [(key, text, 0)]
    assert {one.file for one in found.changed} == {REPORT}
    assert found.elsewhere == ()


@pytest.mark.parametrize("marks", [with_tags, without_tags, without_marks])
def test_a_paragraph_put_into_a_text_or_taken_out_of_it_is_told(tmp_path: Path, marks: Edit) -> None:
    put_in = both(new_paragraph("First paragraph of the author."), marks)
    found = read_back_from(changed_file(FILE, {BODY: put_in}), tmp_path)
    assert (told(found), found.elsewhere) == ([("sections.0.text", "New.", 0)], ())
    taken_out = both(without_paragraph("two"), marks)
    found = read_back_from(changed_file(FILE, {BODY: taken_out}), tmp_path)
    assert (told(found), found.elsewhere) == ([("sections.0.text", None, 1)], ())


def test_what_a_changed_text_holds_besides_words_is_told(tmp_path: Path) -> None:
    found = read_back_from(changed_file(FILE, {BODY: replaced("See ", "Look at ")}), tmp_path)
    (only,) = found.changed
    assert only.holds == ("a footnote", "a reference")
    assert only.text == "Look at 1 above."


def test_a_picture_is_told_though_it_stands_in_no_mark(tmp_path: Path) -> None:
    document = paper(
        prose(paragraph("One."), "a"), Figure(image(120, 60), "A map.", origin=prose(paragraph(()), "a", 1).origin)
    )
    found = read_back_from(changed_file(docx.write(document, HOUSE), {BODY: replaced("One.", "Two.")}), tmp_path)
    assert [one.holds for one in found.changed] == [("a picture",)]


@pytest.mark.parametrize("marks", [with_tags, without_tags, without_marks])
def test_a_picture_with_a_caption_within_a_text_is_no_change_of_it(tmp_path: Path, marks: Edit) -> None:
    picture = Figure(image(120, 60), "A map.", (Text("The wards"),), origin=prose(paragraph(()), "a", 1).origin)
    document = paper(prose(paragraph("One."), "a"), picture, prose(paragraph("Two."), "a", 2), paragraph("End."))
    found = read_back_from(changed_file(docx.write(document, HOUSE), {BODY: marks}), tmp_path)
    assert (found.changed, found.elsewhere) == ((), ())


def test_the_words_of_a_footnote_belong_to_the_text_that_refers_to_it(tmp_path: Path) -> None:
    found = read_back_from(changed_file(FILE, {"word/footnotes.xml": replaced("A note, with ", "One with ")}), tmp_path)
    assert (told(found), found.elsewhere) == ([("sections.2.text", "One with [its source].", 0)], ())


# ---- Changes where no author's text stands ----


@pytest.mark.parametrize("marks", [with_tags, without_tags, without_marks])
@pytest.mark.parametrize(
    ("edit", "places"),
    [
        (replaced("Background", "Backdrop"), (OtherChange("Backdrop", "Backdrop"),)),
        (new_paragraph("Background"), (OtherChange("Background", "New."),)),
        (without_paragraph("Wide"), (OtherChange("Background", None, 1),)),
        (replaced("Area", "Field"), (OtherChange("Background", "Field"),)),
        (replaced("Monitoring Officer", "Solicitor"), (OtherChange("Background", "Solicitor – ,"),)),
        (
            replaced("Cabinet is asked", "Members are asked"),
            (OtherChange("Background", "Members are asked to note the outcome."),),
        ),
    ],
    ids=["heading", "paragraph", "deleted", "cell", "name", "sentence"],
)
def test_other_words_that_changed_are_told_with_the_heading_above(
    tmp_path: Path, edit: Edit, places: tuple[OtherChange, ...], marks: Edit
) -> None:
    found = read_back_from(changed_file(FILE, {BODY: both(edit, marks)}), tmp_path)
    assert (found.changed, found.elsewhere) == ((), places)


def test_a_phrase_and_the_sentence_around_it_are_told_apart(tmp_path: Path) -> None:
    edit = both(replaced("Cabinet is asked", "Members are asked"), replaced("the outcome", "it"))
    found = read_back_from(changed_file(FILE, {BODY: edit}), tmp_path)
    assert told(found) == [("recommendations.0.text", "note it", 0)]
    assert found.elsewhere == (OtherChange("Background", "Members are asked to note it."),)


def test_what_stands_in_fields_and_headers_is_not_told_elsewhere(tmp_path: Path) -> None:
    edits: dict[str, Edit | bytes | None] = {
        BODY: typed(NAME.key, "Jo Bold"),
        "word/header2.xml": replaced("Cabinet", "Council"),
    }
    assert read_back_from(changed_file(FILE, edits), tmp_path).elsewhere == ()


def test_a_paper_whose_list_has_no_lines_is_refused(tmp_path: Path) -> None:
    def drop(root: etree._Element) -> None:
        for one in find(root, "o:line"):
            root.remove(one)

    assert "another version" in refused(changed_file(FILE, {ORIGINS: drop}), tmp_path).found


# ---- What is no change ----


def test_a_renumbered_reference_is_no_change(tmp_path: Path) -> None:
    def renumber(root: etree._Element) -> None:
        (separate,) = find(root, "//w:r[w:fldChar/@w:fldCharType='separate']")
        result = separate.getnext()
        assert result is not None
        next(result.iter(f"{W}t")).text = "17"

    assert read_back_from(changed_file(FILE, {BODY: renumber}), tmp_path).changed == ()


def test_runs_that_word_has_split_are_no_change(tmp_path: Path) -> None:
    def split(root: etree._Element) -> None:
        for run in list(root.iter(f"{W}r")):
            for one in run.findall(f"{W}t"):
                text = one.text or ""
                one.text = text[:3]
                rest = etree.SubElement(run, f"{W}t")
                rest.text = text[3:]

    found = read_back_from(changed_file(FILE, {BODY: split}), tmp_path)
    assert found.changed == ()
    assert entered(found) == {}


def test_a_tracked_change_is_told_as_if_it_were_accepted(tmp_path: Path) -> None:
    def track(root: etree._Element) -> None:
        (run,) = [one for one in root.iter(f"{W}r") if words(one) == "In the appendix."]
        deleted = etree.fromstring(
            f'<w:del xmlns:w="{W[1:-1]}"><w:r><w:delText>In the appendix.</w:delText></w:r></w:del>'
        )
        put_in = etree.fromstring(f'<w:ins xmlns:w="{W[1:-1]}"><w:r><w:t>Elsewhere.</w:t></w:r></w:ins>')
        run.addnext(put_in)
        run.getparent().replace(run, deleted)  # type: ignore[union-attr]

    found = read_back_from(changed_file(FILE, {BODY: track}), tmp_path)
    assert found.changed == (ChangedText(REPORT, "appendices.0.text", "Elsewhere."),)
    assert found.elsewhere == ()


def test_texts_that_have_lost_their_marks_and_not_changed_are_not_told(tmp_path: Path) -> None:
    found = read_back_from(changed_file(FILE, {BODY: without_tags}), tmp_path)
    assert (found.changed, found.elsewhere) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "key", "text"),
    [
        (
            "The cost is ",
            "The costs are ",
            "sections.1.text",
            "The costs are [the cost of the plan, from finance] a year.",
        ),
        ("the outcome", "an outcome", "recommendations.0.text", None),
        ("£10", "£20", "sections.0.text", "£20"),
    ],
)
def test_a_changed_text_that_has_lost_its_mark_is_told_as_far_as_its_place_is_known(
    tmp_path: Path, old: str, new: str, key: str, text: str | None
) -> None:
    def edit(root: etree._Element) -> None:
        replaced(old, new)(root)
        without_tags(root)

    assert told(read_back_from(changed_file(FILE, {BODY: edit}), tmp_path)) == [(key, text, 0)]


def test_a_deleted_text_is_told_without_words(tmp_path: Path) -> None:
    def delete(root: etree._Element) -> None:
        (mark,) = [one for one in root.iter(f"{W}sdt") if words(one).startswith("See ")]
        mark.getparent().remove(mark)  # type: ignore[union-attr]

    found = read_back_from(changed_file(FILE, {BODY: delete}), tmp_path)
    assert told(found) == [("sections.2.text", None, 2)]  # and its footnote


def test_a_phrase_may_begin_and_end_with_a_sign(tmp_path: Path) -> None:
    file = docx.write(paper(line(Text("It says “"), phrase("(now)", "a"), Text("”."))), HOUSE)

    def edit(root: etree._Element) -> None:
        for tag in find(root, "//w:tag | //w:alias"):
            tag.getparent().remove(tag)  # type: ignore[union-attr]

    assert read_back_from(changed_file(file, {BODY: edit}), tmp_path).changed == ()


# ---- Files that cannot be read back ----


def refused(file: bytes, folder: Path) -> Unusable:
    with pytest.raises(Unusable) as caught:
        read_back_from(file, folder)
    return caught.value


def test_a_word_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    refusal = refused(docx.write(paper(paragraph("a")), HOUSE), tmp_path)
    assert refusal.found.startswith("this is no paper of reportgen's")


def test_a_part_of_somebody_elses_is_left_alone(tmp_path: Path) -> None:
    file = changed_file(FILE, {STORE: b"<other/>"})
    found = read_back_from(file, tmp_path)
    assert (found.entries, found.changed, found.paper) == ((), (), "durham/slac-2011")


def test_parts_that_a_program_has_emptied_are_told_with_what_to_do(tmp_path: Path) -> None:
    refusal = refused(changed_file(FILE, {STORE: b""}), tmp_path)
    assert "emptied" in refusal.found
    assert "'&' or '<'" in refusal.hint


@pytest.mark.parametrize(
    "edits",
    [
        {STORE: b"<entries"},
        {ORIGINS: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {BODY: b"\xff\xfe"},
        {BODY: None},
        {"word/header1.xml": b"no XML"},
        {ORIGINS: b'<origins xmlns="urn:reportgen:origins:1"><origin><paragraphs>x</paragraphs></origin></origins>'},
    ],
    ids=["store", "entity", "body", "no-body", "header", "list"],
)
def test_a_damaged_file_is_refused_and_never_a_traceback(tmp_path: Path, edits: dict[str, Edit | bytes | None]) -> None:
    assert refused(changed_file(FILE, edits), tmp_path).found


def test_a_field_within_a_text_is_not_a_change_of_the_text(tmp_path: Path) -> None:
    entry = FormField("a.name", "name", "Name", "", "nobody")
    file = docx.write(paper(prose(line(Text("Led by "), entry, Text(".")), "a"), paragraph("End.")), HOUSE)
    found = read_back_from(changed_file(file, {BODY: typed("a.name", "Jo Bold")}), tmp_path)
    assert found.changed == ()
    assert entered(found) == {"a.name": "Jo Bold"}
    assert "word/document.xml" in parts_of(file)


# ---- Headings ----


def test_headings_are_known_by_their_level_and_by_the_styles_that_give_one() -> None:
    names = f'xmlns:w="{NAMES["w"]}"'
    styles = etree.fromstring(
        f"<w:styles {names}>"
        '<w:style w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:styleId="d"><w:basedOn w:val="d"/></w:style>'
        "</w:styles>"
    )
    assert heading_styles(styles) == {"a", "b"}
    body = etree.fromstring(
        f'<w:body {names}><w:p><w:r><w:t>x</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>H</w:t>'
        "</w:r></w:p><w:p><w:r><w:t>y</w:t></w:r></w:p></w:body>"
    )
    assert [one.heading for one in lines_of(body, None, heading_styles(styles))] == ["", "H", "H"]
