"""The lines of an agenda: what is known of each paper, and what must be discussed in private."""

from __future__ import annotations

from reportgen.model.agenda import Agenda, draw_up
from reportgen.model.meeting import Council, Meeting
from reportgen.model.paper import Paper
from reportgen.model.report import Report
from reportgen.model.task import PaperSummary
from reportgen.redaction import summarise
from tests.small import COUNCIL, record

MEETING = """
id: cabinet
body: Cabinet
date: 2026-11-09
items:
  - {number: "1", title: Apologies for absence}
  - {number: "2", report: first}
  - {number: "3", report: second, title: A title of the clerk's, published: 2026-11-05}
  - {number: "4", title: The appeal of J. B., exempt: {paragraphs: [1], reason: It names her, public_title: An appeal}}
"""
REPORT = """
id: first
title: Outcome of the inspection
purpose: [To report.]
recommendations: [note it]
"""
EXEMPT = "exempt: {paragraphs: [3, 1], reason: It names firms}\n"


def agenda(**papers: PaperSummary) -> Agenda:
    return draw_up(record(Meeting, MEETING), record(Council, "id: westmere\n" + COUNCIL), papers)


def summary(text: str) -> PaperSummary:
    paper = Paper(record(Report, text), record(Council, "id: westmere\n" + COUNCIL))
    return summarise(paper, 4)


def test_a_report_that_nothing_is_known_of_is_to_follow() -> None:
    paper = agenda().items[1].paper
    assert paper is not None
    assert (paper.made, paper.title, agenda().items[1].title) == (False, "", "")


def test_an_item_without_a_report_has_no_paper() -> None:
    assert agenda().items[0].paper is None


def test_an_item_takes_the_title_of_its_paper_unless_it_has_its_own() -> None:
    items = agenda(first=PaperSummary("One"), second=PaperSummary("Two")).items
    assert [item.title for item in items[1:3]] == ["One", "A title of the clerk's"]


def test_an_exempt_item_is_called_what_the_public_may_call_it() -> None:
    assert agenda().items[3].title == "An appeal"


def test_the_resolution_names_every_item_and_paragraph_once_and_in_order() -> None:
    drawn_up = agenda(first=PaperSummary(exempt=(7, 3)), second=PaperSummary(part_exempt=(3,)))
    assert [item.number for item in drawn_up.in_private] == ["2", "3", "4"]
    assert drawn_up.paragraphs == (1, 3, 7)


def test_what_the_law_closes_needs_no_resolution() -> None:
    drawn_up = agenda(first=PaperSummary(confidential=True))
    assert [item.number for item in drawn_up.confidential] == ["2"]
    assert [item.number for item in drawn_up.in_private] == ["4"]


def test_a_summary_says_whose_report_it_is() -> None:
    director = "directors: [{name: Jo Bold, post: Director of Children}]\n"
    assert summary(REPORT).report_of == ""
    assert summary(REPORT + director).report_of == "Director of Children"
    assert summary(REPORT + director + "report_of: Chief Executive\n").report_of == "Chief Executive"
    assert summary(REPORT).pages == 4


def test_a_summary_tells_a_paper_that_is_exempt_from_one_that_is_so_in_part() -> None:
    assert (summary(REPORT + EXEMPT).exempt, summary(REPORT + EXEMPT).part_exempt) == ((3, 1), ())
    part = f"appendices: [{{id: costs, title: Costs, text: A firm's price, {EXEMPT.strip()}}}]\n"
    assert (summary(REPORT + part).exempt, summary(REPORT + part).part_exempt) == ((), (1, 3))
    assert summary(REPORT).part_exempt == ()


def test_a_summary_knows_what_the_law_forbids_to_disclose_wherever_it_stands() -> None:
    marking = "confidential: {ground: prohibition, reason: A court's order}"
    assert summary(f"{REPORT}{marking}\n").confidential
    assert summary(f"{REPORT}appendices: [{{id: a, title: A, text: B, {marking}}}]\n").confidential
    assert not summary(REPORT + EXEMPT).confidential
