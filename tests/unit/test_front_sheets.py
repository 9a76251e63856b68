"""The front sheet of an agenda: what it prints for each kind of item, in every house, and what it marks as missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import Document, FieldList, Paragraph, Placeholder, Table, blocks_of, inlines_of, plain_text
from reportgen.house import House, read_house
from reportgen.house.folders import product_templates
from reportgen.model.agenda import draw_up
from reportgen.model.meeting import Council, Meeting
from reportgen.model.task import PaperSummary, Task
from tests.samples import HOUSES, MEETINGS, front_sheet
from tests.small import record, small_house

COUNCIL = record(Council, "{id: westmere, name: Westmere Council, short_name: Westmere, house: standard}")
HEAD = """
id: 2026-11-09-cabinet
body: Cabinet
date: 2026-11-09
time: 10.30 am
place: Council Chamber
"""
ITEMS = """
items:
  - {number: "1", title: Apologies for absence, note: To be sent to the clerk}
  - {number: "2", report: first}
  - {number: "3", report: second, published: 2026-11-05, late: {reason: The letter came on 3 November}}
"""
FIRST = PaperSummary("Outcome of the inspection", "Director of Children", pages=14)


def house_named(name: str) -> House:
    problems = Problems()
    house = read_house(name, [product_templates()], problems)
    assert problems.found == []
    return house


def compose(text: str, house: str = "standard", **papers: PaperSummary) -> Document:
    problems = Problems()
    agenda = draw_up(record(Meeting, text), COUNCIL, papers)
    document = pipeline.compose(agenda, house_named(house), problems)
    assert problems.found == []
    return document


def rows(document: Document) -> list[list[str]]:
    """The table of items, the paragraphs of a cell joined with "/"."""
    [table] = [block for block in blocks_of(document) if isinstance(block, Table)]
    return [
        [
            " / ".join(plain_text(one.content) for one in cell.content if isinstance(one, Paragraph))
            for cell in row.cells
        ]
        for group in table.groups
        for row in group.rows
    ]


def said(document: Document) -> str:
    return "\n".join(plain_text(block.content) for block in blocks_of(document) if isinstance(block, Paragraph))


def gaps(document: Document) -> list[str]:
    return [
        one.text.strip("[]")
        for block in blocks_of(document)
        for one in inlines_of(block)
        if isinstance(one, Placeholder)
    ]


def test_each_item_has_its_number_title_report_and_pages() -> None:
    second = PaperSummary("A late report", "Chief Executive", pages=3)
    assert rows(compose(HEAD + ITEMS, first=FIRST, second=second)) == [
        ["1", "Apologies for absence / To be sent to the clerk", "–"],
        ["2", "Outcome of the inspection / Report of: Director of Children", "14"],
        [
            "3",
            "A late report / Report of: Chief Executive / Report published on 5 November 2026. / "
            "Late item, considered as a matter of urgency: The letter came on 3 November",
            "3",
        ],
    ]


def test_a_paper_that_was_not_made_is_to_follow_under_the_title_that_is_known() -> None:
    document = compose(HEAD + ITEMS, first=PaperSummary("Outcome of the inspection", made=False))
    assert [row[2] for row in rows(document)] == ["–", "To follow", "To follow"]
    assert rows(document)[1][1] == "Outcome of the inspection"
    assert gaps(document) == ["title of the report"]


def test_pages_that_nobody_counted_are_not_made_up() -> None:
    assert rows(compose(HEAD + ITEMS, first=PaperSummary("Outcome")))[1][2] == "–"


def test_time_and_place_that_are_not_known_are_marked_as_missing() -> None:
    document = compose("id: m\nbody: Cabinet\ndate: 2026-11-09\n" + ITEMS, first=FIRST, second=FIRST)
    assert gaps(document) == ["time of the meeting", "place of the meeting"]


def test_a_meeting_without_reports_has_a_front_sheet() -> None:
    document = compose(HEAD + 'items:\n  - {number: "1", title: Minutes}\n')
    assert rows(document) == [["1", "Minutes", "–"]]
    assert gaps(document) == []


def test_a_meeting_without_items_has_a_marked_gap() -> None:
    assert gaps(compose(HEAD)) == ["items of business"]


def test_twenty_five_items_stand_in_their_order() -> None:
    items = "".join(f'  - {{number: "{number}", report: r{number}}}\n' for number in range(1, 26))
    papers = {f"r{number}": PaperSummary(f"Paper {number}", pages=number) for number in range(1, 26)}
    found = rows(compose(f"{HEAD}items:\n{items}", **papers))
    assert found == [[str(number), f"Paper {number}", str(number)] for number in range(1, 26)]


# ---- What is not for the public ----


def test_exempt_items_name_their_paragraphs_and_the_resolution_names_the_items() -> None:
    papers = {
        "first": PaperSummary("One", pages=1, exempt=(1, 3)),
        "second": PaperSummary("Two", pages=9, part_exempt=(2,)),
    }
    document = compose(HEAD + ITEMS, **papers)
    schedule = "Schedule 12A to the Local Government Act 1972"
    assert rows(document)[1][1] == f"One / Exempt: {schedule}, paragraphs 1 and 3"
    assert rows(document)[2][1].endswith(f"Exempt in part: {schedule}, paragraph 2")
    assert "excluded during items 2 and 3, as exempt information described in paragraphs 1, 2 and 3" in said(document)


@pytest.mark.parametrize(
    ("body", "law"), [("Cabinet", "under regulation 4(2)(b)"), ("Planning Committee", "under section 100A(4)")]
)
def test_the_resolution_goes_by_the_law_for_the_body(body: str, law: str) -> None:
    text = HEAD.replace("body: Cabinet", f"body: {body}") + ITEMS
    document = compose(text, first=PaperSummary("One", exempt=(1,)), second=FIRST)
    assert f"To resolve, {law} of the Local" in said(document)
    assert "excluded during item 2, as exempt information described in paragraph 1 of Part 1" in said(document)


def test_confidential_items_are_closed_by_the_law_and_not_by_a_resolution() -> None:
    document = compose(HEAD + ITEMS, first=PaperSummary("One", confidential=True), second=FIRST)
    assert "must be excluded during item 2" in said(document)
    assert "To resolve" not in said(document)


def test_nothing_is_said_of_exclusion_where_everything_is_public() -> None:
    assert "xclu" not in said(compose(HEAD + ITEMS, first=FIRST, second=FIRST))


# ---- Who sits on the body, notices, contact ----

MEMBERS = """
members:
  - {name: Councillor Amina Khan, role: chair, seat: Leader}
  - {name: Councillor David Price, role: vice-chair}
  - Councillor Tom Lee
  - {name: Councillor Ruth Owen, seat: North ward}
substitutes: [Councillor Peter Marsh]
quorum: 3
"""


def test_members_stand_by_what_they_do() -> None:
    document = compose(HEAD + MEMBERS + ITEMS, first=FIRST, second=FIRST)
    [_, members] = [block for block in blocks_of(document) if isinstance(block, FieldList)]
    shown = {
        plain_text(field.label): "".join(plain_text(one.content) for one in field.value if isinstance(one, Paragraph))
        for row in members.rows
        for field in row
    }
    assert shown == {
        "Chair": "Councillor Amina Khan (Leader)",
        "Vice-chair": "Councillor David Price",
        "Members": "Councillor Tom Lee; Councillor Ruth Owen (North ward)",
        "Substitutes": "Councillor Peter Marsh",
        "Quorum": "3",
    }


def test_the_notices_that_a_meeting_names_are_printed_in_its_order() -> None:
    text = said(compose(HEAD + "notices: [webcast, access]\n" + ITEMS, first=FIRST, second=FIRST))
    assert 0 < text.index("Webcast. The parts of this meeting") < text.index("Access to papers. The agenda")
    assert "Recording" not in text


def test_a_notice_that_the_house_does_not_have_is_an_error_at_its_place() -> None:
    problems = Problems()
    meeting = record(Meeting, HEAD + "notices: [access, webcats]\n" + ITEMS)
    with pytest.raises(Rejected):
        pipeline.compose(draw_up(meeting, COUNCIL, {}), house_named("standard"), problems)
    [wrong] = problems.found
    assert (wrong.code, wrong.location.line, wrong.location.column) == ("RG013", 7, 19)
    assert wrong.hint == "did you mean 'webcast'?"


def test_the_contact_stands_at_the_end() -> None:
    contact = "contact: {name: Sam Reed, post: Clerk, telephone: 01632 960123, email: clerk@example.gov.uk}\n"
    text = said(compose(HEAD + contact + ITEMS, first=FIRST, second=FIRST))
    assert text.endswith("Contact\nSam Reed, Clerk\nTelephone: 01632 960123\nE-mail: clerk@example.gov.uk")


# ---- Every house, awkward values, every format ----

AWKWARD = 'R&D <b>not bold</b> {{ 7 }} {% x %} *stars* ?? "quoted"'


@pytest.mark.parametrize("house", HOUSES)
def test_every_house_prints_all_of_it(house: str) -> None:
    text = said(compose(HEAD + MEMBERS + ITEMS, house, first=FIRST, second=PaperSummary("Two", exempt=(1,))))
    for part in ("Westmere Council", "10.30 am", "Council Chamber", "Outcome of the inspection", "Two"):
        assert part in text
    assert "agenda" in text.casefold()


def test_signs_of_markup_and_of_templates_come_out_as_they_are() -> None:
    text = (HEAD + ITEMS).replace("Council Chamber", f"'{AWKWARD}'").replace("Apologies for absence", f"'{AWKWARD}'")
    document = compose(text, first=PaperSummary(AWKWARD, AWKWARD, pages=1), second=FIRST)
    assert said(document).count(AWKWARD) == 4
    assert gaps(document) == []


def test_a_gap_in_the_meeting_is_marked() -> None:
    document = compose(HEAD.replace("10.30 am", '"?? ask the chair"') + ITEMS, first=FIRST, second=FIRST)
    assert gaps(document) == ["ask the chair"]


def test_it_says_about_itself_what_it_is() -> None:
    about = compose(HEAD + ITEMS, "dudley", first=FIRST, second=FIRST).metadata
    assert (about.title, about.author) == ("Agenda: Cabinet, 9th November 2026", "Westmere Council")
    assert (about.date, about.identifier) == ("2026-11-09", "westmere/2026-11-09-cabinet")


def test_the_same_meeting_gives_the_same_bytes_in_every_format() -> None:
    house = house_named("standard")
    document = compose(HEAD + MEMBERS + ITEMS, first=FIRST)
    formats = ["docx", "pdf", "html"]
    written, again = (
        pipeline.write_document(document, house, formats, Location("meeting.yaml"), Problems()) for _ in range(2)
    )
    assert written[0] == again[0]
    assert list(written[0]) == formats
    assert written[1] is not None
    assert written[1].page_count == 1


def test_it_can_be_made_of_the_files_alone() -> None:
    path = MEETINGS["north-tyneside-2012-07-09-cabinet"]
    task = Task(path, house_folders=(product_templates(),), papers=(("slac-2012", FIRST),))
    made = pipeline.build_paper(task, ["html"], Problems())
    assert made.house.config.id == "north-tyneside"
    assert "Outcome of the inspection" in made.files["html"].decode()
    assert made.page_count is None
    assert (made.summary.title, made.summary.author) == ("Cabinet, 9 July 2012", "North Tyneside Council")


def test_a_house_that_has_no_template_of_a_front_sheet_is_told_so(tmp_path: Path) -> None:
    problems = Problems()
    with pytest.raises(Rejected):
        pipeline.compose(draw_up(record(Meeting, HEAD + ITEMS), COUNCIL, {}), small_house(tmp_path), problems)
    assert [one.message for one in problems.found] == ["the house '_base' has no template 'agenda.xml.j2'"]


@pytest.mark.parametrize("name", MEETINGS)
def test_the_meeting_of_a_sample_can_be_read_and_shown(name: str) -> None:
    document, _ = front_sheet(name)
    assert len(rows(document)) == 1
