"""Form fields in Word: what they are, what they are bound to, and where they may be filled in."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from reportgen.document import FormField, Signature, SignatureLine, Text
from reportgen.writers import docx
from reportgen.writers.docx.controls import BLANK, Identities, short_name
from tests.unit.readback.worked_on_tree import (
    BOX,
    DAY,
    HOUSE,
    NAME,
    NAMES,
    W,
    find,
    found,
    line,
    paper,
    parts_of,
    root_of,
    words,
    worked_on_paper,
)

STORE = "customXml/item1.xml"


def field_of(entry: FormField) -> etree._Element:
    (only,) = find(root_of(paper(line(entry))), "//w:sdt")
    return only


def property_names(field: etree._Element) -> list[str]:
    return [etree.QName(one).localname for one in find(field, "w:sdtPr/*")]


# ---- A field of each form ----


def test_a_name_is_a_field_of_plain_text_with_its_label_as_title_and_its_key_as_tag() -> None:
    field = field_of(replace(NAME, value="Jo Bold", text="Jo Bold"))
    assert found(field, "w:sdtPr/w:alias/@w:val") == ["Cleared by: Finance"]
    assert found(field, "w:sdtPr/w:tag/@w:val") == ["clearance.finance.name"]
    assert property_names(field) == ["alias", "tag", "id", "placeholder", "dataBinding", "text"]
    assert words(field) == "Jo Bold"


def test_a_day_is_picked_from_a_calendar_and_shown_in_the_documents_language() -> None:
    date = find(field_of(DAY), "w:sdtPr/w:date")[0]
    assert date.get(f"{W}fullDate") == "2012-07-09T00:00:00Z"
    assert [(etree.QName(one).localname, one.get(f"{W}val")) for one in date] == [
        ("dateFormat", "d MMMM yyyy"),
        ("lid", "en-GB"),
        ("storeMappedDataAs", "date"),
        ("calendar", "gregorian"),
    ]


def test_a_day_that_is_not_known_yet_is_no_day() -> None:
    assert found(field_of(replace(DAY, value="", text="–")), "//w:date/@w:fullDate") == []


@pytest.mark.parametrize(("value", "sign", "checked"), [("yes", "☒", "1"), ("", "☐", "0")])
def test_a_box_can_be_ticked(value: str, sign: str, checked: str) -> None:
    field = field_of(replace(BOX, value=value, text=sign))
    assert found(field, "w:sdtPr/w14:checkbox/w14:checked/@w14:val") == [checked]
    assert words(field) == sign
    assert found(field, "w:sdtContent/w:r/w:rPr/w:rFonts/@w:ascii") == ["MS Gothic"]


def test_older_versions_of_word_may_pass_over_what_they_do_not_know() -> None:
    root = root_of(paper(line(BOX)))
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
    assert ignorable == "w14"
    assert root.nsmap["w14"] == NAMES["w14"]


# ---- Empty fields ----


def test_an_empty_field_shows_what_stands_there_instead_and_word_puts_it_back() -> None:
    root = root_of(paper(line(NAME)))
    assert len(find(root, "//w:sdtPr/w:showingPlcHdr")) == 1
    assert words(root) == "Not yet cleared"
    named = found(root, "//w:placeholder/w:docPart/@w:val")
    glossary = root_of(paper(line(NAME)), "word/glossary/document.xml")
    assert found(glossary, "//w:docPartPr/w:name/@w:val") == named
    assert words(glossary) == "Not yet cleared"


def test_an_empty_field_without_words_is_as_wide_as_words_own() -> None:
    field = field_of(FormField("sign-off.1.name", "name", "Name"))
    assert words(field) == BLANK
    assert words(root_of(paper(line(FormField("a", "name", "Name"))), "word/glossary/document.xml")) == BLANK


def test_a_filled_field_shows_no_placeholder() -> None:
    assert find(field_of(DAY), "//w:showingPlcHdr") == []


# ---- What fields are bound to ----


def test_each_field_is_bound_to_its_value_in_the_store() -> None:
    document = worked_on_paper()
    store = root_of(document, STORE)
    bound = {}
    for field in find(root_of(document), "//w:sdt[w:sdtPr/w:dataBinding]"):
        path = found(field, "w:sdtPr/w:dataBinding/@w:xpath")[0]
        tag = found(field, "w:sdtPr/w:tag/@w:val")[0]
        (value,) = store.xpath(path, namespaces=NAMES)
        assert found(value, "../e:key/text()") == [tag]
        bound[tag] = value.text or ""
    assert bound == {
        "clearance.legal.name": "Ann Thorne",
        "clearance.legal.date": "2012-07-09",
        "clearance.finance.name": "",
        "clearance.finance.date": "",
        "sign-off.1.agreed": "false",
        "sign-off.1.name": "",
        "sign-off.1.date": "",
        "sign-off.2.agreed": "true",
        "sign-off.2.name": "Ann Thorne",
        "sign-off.2.date": "2012-07-09",
    }


def test_the_store_has_an_identity_made_from_the_paper() -> None:
    document = worked_on_paper()
    other = replace(document, metadata=replace(document.metadata, identifier="durham/other"))
    identities = [
        set(found(root_of(one), "//w:dataBinding/@w:storeItemID"))
        | {_identity(root_of(one, "customXml/itemProps1.xml"))}
        for one in (document, worked_on_paper(), other)
    ]
    assert [len(one) for one in identities] == [1, 1, 1]
    assert identities[0] == identities[1] != identities[2]
    assert re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", *identities[0])


def _identity(properties: etree._Element) -> str:
    return str(properties.get("{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"))


def test_what_was_typed_is_escaped_and_no_character_breaks_the_file() -> None:
    name = 'R&D <b> ]]> "quoted" \x01 \ud800'
    entry = FormField("a & <b>", "name", "The <label> & 'more'", name, name)
    document = paper(line(entry))
    legible = name.replace("\x01", "\ufffd").replace("\ud800", "\ufffd")
    assert found(root_of(document, STORE), "//e:value/text()") == [legible]
    assert words(root_of(document)) == legible


def test_an_entry_that_is_printed_twice_is_stored_once() -> None:
    document = paper(line(NAME), line(NAME))
    assert len(find(root_of(document, STORE), "//e:entry")) == 1
    assert len(set(found(root_of(document), "//w:dataBinding/@w:xpath"))) == 1


def test_the_store_has_no_attributes_which_libreoffice_would_drop() -> None:
    for part in (STORE, "customXml/item2.xml"):
        assert found(root_of(worked_on_paper(), part), "//@*") == []


def test_a_paper_without_fields_and_texts_has_no_store() -> None:
    names = parts_of(docx.write(paper(line(Text("a"))), HOUSE))
    assert not [name for name in names if "customXml" in name or "glossary" in name]


# ---- Names and ids ----


def test_ids_are_unique_signed_and_the_same_each_time() -> None:
    ids = found(root_of(worked_on_paper()), "//w:sdtPr/w:id/@w:val")
    assert len(set(ids)) == len(ids) > 10
    assert all(-(2**31) <= int(one) < 2**31 and int(one) for one in ids)
    assert ids == found(root_of(worked_on_paper()), "//w:sdtPr/w:id/@w:val")


def test_two_controls_for_one_purpose_have_two_ids() -> None:
    identities = Identities()
    first, second = (identities.new("a").get(f"{W}val") for _ in range(2))
    assert first != second
    assert first == Identities().new("a").get(f"{W}val")


def test_a_long_name_is_cut_to_what_word_takes_and_stays_a_name_of_its_own() -> None:
    long, longer = "k" * 65, "k" * 66
    assert short_name("k" * 64) == "k" * 64
    assert len(short_name(long)) == len(short_name(longer)) == 64
    assert short_name(long) != short_name(longer)


# ---- Sign-off ----


def sign_off(*entries: FormField, label: str = "Chief Executive", name: str = "", post: str = "") -> str:
    signature = Signature("box", (SignatureLine(label, name, post, False, entries),))
    return words(find(root_of(paper(signature)), "//w:p")[0])


def test_a_signed_line_says_who_and_when_behind_a_dash() -> None:
    name, day = (
        FormField("n", "name", "Name", "Ann Thorne", "Ann Thorne"),
        FormField("d", "date", "Date", "2012-07-09", "9 July"),
    )
    assert sign_off(replace(BOX, text="☒"), name, day) == "☒ Chief Executive – Ann Thorne, 9 July"


def test_the_empty_fields_of_a_line_wait_at_its_end_without_a_dash() -> None:
    printed = sign_off(BOX, FormField("n", "name", "Name"), FormField("d", "date", "Date"))
    assert " ".join(printed.split()) == "☐ Chief Executive"
    assert printed.count(BLANK) == 2


def test_a_line_without_fields_is_printed_as_it_is() -> None:
    assert sign_off(name="Ann Thorne", post="Solicitor") == "☐ Chief Executive – Ann Thorne, Solicitor"
    assert sign_off(label="", name="Ann Thorne") == "☐  Ann Thorne"


# ---- Read-only papers ----


def test_a_read_only_paper_is_protected_without_a_password() -> None:
    settings = root_of(worked_on_paper(read_only=True), "word/settings.xml")
    (protection,) = find(settings, "w:documentProtection")
    assert dict(protection.attrib) == {f"{W}edit": "readOnly", f"{W}enforcement": "1"}
    assert find(root_of(worked_on_paper(), "word/settings.xml"), "w:documentProtection") == []


def test_the_fields_of_a_read_only_paper_can_be_filled_in_by_everyone() -> None:
    root = root_of(worked_on_paper(read_only=True))
    fields = find(root, "//w:sdt[w:sdtPr/w:dataBinding]")
    for field in fields:
        before, after = field.getprevious(), field.getnext()
        assert before is not None
        assert after is not None
        assert (before.tag, before.get(f"{W}edGrp"), after.tag) == (f"{W}permStart", "everyone", f"{W}permEnd")
        assert before.get(f"{W}id") == after.get(f"{W}id")
    ids = found(root, "//w:permStart/@w:id")
    assert len(set(ids)) == len(ids) == len(fields)


def test_a_paper_that_may_be_changed_has_no_exceptions() -> None:
    assert find(root_of(worked_on_paper()), "//w:permStart") == []


# ---- The whole ----


@pytest.mark.parametrize("read_only", [False, True])
def test_the_same_paper_gives_the_same_bytes(read_only: bool) -> None:
    assert docx.write(worked_on_paper(read_only), HOUSE) == docx.write(worked_on_paper(read_only), HOUSE)
