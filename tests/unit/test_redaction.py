"""What is left of a paper for the public: stated gaps, and nothing that tells what stood there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.document import Document, Section, blocks_of, lines_of, plain_text
from reportgen.house import House
from reportgen.inputs.source import SourceText
from reportgen.model.base import Prose
from reportgen.model.marking import Exempt, Marked, MarkedProse
from reportgen.model.paper import Paper
from reportgen.model.report import ReportPicture
from reportgen.model.task import BOTH, Task
from reportgen.redaction import _Redaction, redact
from reportgen.rules.engine import RULES
from reportgen.writers import lay_out
from tests.samples import REPORTS, TEMPLATES, paper_of, task_for, write_as
from tests.small import INSPECTION, PLAN, REPORT, write_council

COUNCIL = "{name: Westmere Borough Council, short_name: Westmere, house: standard}"
WHY = "exempt: {paragraphs: [3], reason: A rival would bid higher}"
GAP = "[Exempt information: Schedule 12A to the Local Government Act 1972, paragraph 3. A rival would bid higher]"
CONFIDENTIAL = "confidential: {ground: prohibition, reason: Children Act 1989 s.97}"
CONFIDENTIAL_GAP = "[Confidential information: Local Government Act 1972, section 100A(2). Children Act 1989 s.97]"


@dataclass(frozen=True)
class Desk:
    """Writes a paper and gives it as the public, or those who may see all of it, get it."""

    folder: Path

    def paper(self, report: str = REPORT, inspection: str = INSPECTION, plan: str = PLAN) -> tuple[Paper, House]:
        path = write_council(self.folder, report, council=COUNCIL, inspection=inspection, plan=plan)
        problems = Problems()
        task = Task(path, path.parents[1] / "meetings" / "2023-02-06-cabinet.yaml", None, (TEMPLATES,))
        paper = pipeline.read_source(task, problems)
        house = pipeline.choose_house(task, paper, problems)
        assert problems.found == []
        return paper, house

    def public(self, report: str = REPORT, inspection: str = INSPECTION, plan: str = PLAN) -> Paper:
        paper, house = self.paper(report, inspection, plan)
        return redact(paper, house)

    def document(self, report: str = REPORT, inspection: str = INSPECTION, plan: str = PLAN) -> Document:
        paper, house = self.paper(report, inspection, plan)
        problems = Problems()
        document = pipeline.compose(redact(paper, house), house, problems)
        assert problems.found == []
        return document

    def errors(self, report: str = REPORT, inspection: str = INSPECTION, plan: str = PLAN) -> list[str]:
        paper, house = self.paper(report, inspection, plan)
        problems = Problems()
        with pytest.raises(Rejected):
            pipeline.compose(redact(paper, house), house, problems)
        return [f"{one.location.line}: {one.message} – {one.hint}" for one in problems.found]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def lines(document: Document) -> list[str]:
    """Everything that the document prints, a line each."""
    return [plain_text(line) for block in blocks_of(document) for line in lines_of(block)]


def appendices(*texts: str) -> str:
    return f"{REPORT}appendices:\n" + "".join(f"  - {text}\n" for text in texts)


# ---- Texts and records ----


def test_a_paper_without_markings_stays_as_it_is(desk: Desk) -> None:
    paper, house = desk.paper()
    assert redact(paper, house) is paper


def test_a_gap_with_the_law_and_the_reason_stands_in_the_place_of_a_text(desk: Desk) -> None:
    report = REPORT.replace("[To report the outcome.]", f"[{{text: To sell it., {WHY}}}, To report it.]")
    printed = lines(desk.document(report))
    assert printed[printed.index(GAP) + 1] == "To report it."
    assert "To sell it." not in printed


def test_confidential_text_is_taken_out_too(desk: Desk) -> None:
    report = REPORT.replace("[note the outcome]", f"[{{text: tell the court, {CONFIDENTIAL}}}]")
    assert f"Cabinet is recommended to {CONFIDENTIAL_GAP}." in lines(desk.document(report))


def test_an_appendix_keeps_its_number_and_references_to_it(desk: Desk) -> None:
    secret = f"{{id: oakfield-closure, title: Closing Oakfield, text: It closes., {WHY}}}"
    report = appendices("{id: maps, title: Maps, text: A map.}", secret).replace(
        "Ofsted came in autumn.", "\"See {{ ref('oakfield-closure') }}.\""
    )
    document = desk.document(report)
    assert "See Appendix B." in lines(document)
    assert [(plain_text(one.heading), one.anchor) for one in document.appendices[:2]] == [
        ("Maps", "maps"),
        ("Exempt information", "withheld-1"),
    ]
    assert "oakfield" not in repr(document).casefold().replace(desk.folder.name.casefold(), "")


def test_it_has_the_title_that_it_was_given_for_the_public(desk: Desk) -> None:
    why = WHY.replace("}", ", public_title: A property matter}")
    document = desk.document(appendices(f"{{id: sale, title: Closing Oakfield, text: It closes., {why}}}"))
    assert plain_text(document.appendices[0].heading) == "A property matter"


def test_a_section_of_the_houses_keeps_its_heading_and_one_of_the_authors_loses_it(desk: Desk) -> None:
    report = REPORT.replace(
        "{section: background, text: Ofsted came in autumn.}",
        f"{{section: background, text: It began., {WHY}}}\n"
        f"  - {{section: oakfield, title: Closing Oakfield, text: It closes., {WHY}}}",
    )
    document = desk.document(report)
    headings = [plain_text(block.heading) for block in blocks_of(document) if isinstance(block, Section)]
    assert "Exempt information" in headings
    assert "Closing Oakfield" not in headings
    assert lines(document).count(GAP) == 2


def test_nothing_that_was_typed_is_left_in_the_records(desk: Desk) -> None:
    public = desk.public(appendices(f"{{id: sale, title: Closing Oakfield, text: It closes., {WHY}}}"))
    assert public.report.typed("title") is None
    assert public.report.at("appendices", 0, "title").line > 0
    assert "Oakfield" not in repr(public.report) + repr(public.report._source)


# ---- References and expressions ----


def test_a_reference_into_exempt_text_is_an_error_at_its_place(desk: Desk) -> None:
    report = REPORT.replace("[To report the outcome.]", "[\"See {{ ref('price') }}.\"]").replace(
        "There is no cost.}", f'"It costs a lot. {{#price}}", {WHY}}}'
    )
    assert desk.errors(report) == [
        "5: 'ref('price')' cannot be worked out: 'price' stands in exempt text, which the public paper does not have"
        " – refer to the section or appendix that it stands in, or mark this text as exempt, too"
    ]


def test_a_reference_into_an_exempt_appendix_leads_to_the_appendix(desk: Desk) -> None:
    report = appendices(f'{{id: sale, title: Sale, text: "It costs a lot. {{#price}}", {WHY}}}').replace(
        "Ofsted came in autumn.", "\"See {{ ref('price') }}.\""
    )
    assert "See Appendix A." in lines(desk.document(report))


def test_an_expression_that_reads_what_is_exempt_is_an_error_at_its_place(desk: Desk) -> None:
    inspection = INSPECTION.replace("{id: F2, text: Plan with families}", f"{{id: F2, text: Plan, {WHY}}}")
    plan = PLAN.replace("findings: [F1]", "findings: [F1, F2]")
    report = REPORT.replace("Ofsted came in autumn.", "\"{{ inspection.number_of(inspection.finding('F2')) }}\"")
    [error] = desk.errors(report, inspection, plan)
    assert error.startswith("8: ")
    assert "there is no finding 'F2'" in error


def test_a_figure_of_a_plan_that_is_exempt_is_an_error_at_its_place(desk: Desk) -> None:
    report = appendices(f"{{id: plan, title: Plan, shows: action plan, {WHY}}}").replace(
        "Ofsted came in autumn.", '"There are {{ plan.actions|length }} actions."'
    )
    assert desk.errors(report) == [
        "8: 'plan.actions|length' cannot be worked out: the plan is exempt, so the public paper cannot tell it"
        " – mark the text that tells it as exempt, too, or reword it"
    ]


# ---- The inspection and the plan ----


def test_findings_keep_their_numbers(desk: Desk) -> None:
    inspection = INSPECTION.replace("{id: F1, text: Keep better records}", f"{{id: F1, text: Keep better, {WHY}}}")
    public = desk.public(REPORT, inspection)
    assert public.inspection is not None
    assert public.plan is not None
    assert [public.inspection.number_of(one) for one in public.inspection.findings] == ["1", "2"]
    assert [one.id for one in public.inspection.findings] == ["withheld-1", "F2"]
    assert public.plan.actions[0].findings == ("withheld-1",)


def test_an_exempt_action_is_gone_and_figures_are_those_of_the_others(desk: Desk) -> None:
    plan = PLAN.replace("text: Buy a new system", f"text: Buy a system, {WHY}")
    report = REPORT.replace("Ofsted came in autumn.", "\"There is {{ plan.actions|length|plural('action') }}.\"")
    printed = lines(desk.document(report, plan=plan))
    assert "There is 1 action." in printed
    assert printed.count(GAP) == 1
    assert "A1" not in printed


def test_a_plan_of_exempt_actions_only_still_states_the_gap(desk: Desk) -> None:
    plan = PLAN.replace("text: Buy a new system", f"text: Buy, {WHY}").replace("text: Meet", f"{WHY}, text: Meet")
    assert lines(desk.document(plan=plan)).count(GAP) == 1


def test_an_exempt_plan_that_no_appendix_shows_is_an_appendix_of_its_own(desk: Desk) -> None:
    document = desk.document(plan=PLAN + WHY)
    assert [plain_text(one.heading) for one in document.appendices] == ["Exempt information"]
    assert GAP in lines(document)


@pytest.mark.parametrize("house", ["dudley", "durham", "cambridgeshire", "north-tyneside", "standard"])
def test_no_house_says_that_there_is_no_response_where_it_is_exempt(house: str) -> None:
    name, problems = next(name for name in REPORTS if name.startswith("cambridgeshire")), Problems()
    paper = paper_of(name)
    assert paper.plan is not None
    [why] = (one.marking for one in paper_of("dudley-ilacs-2022").report.appendices if one.marking)
    actions = tuple(one.model_copy(update={"exempt": why}) for one in paper.plan.actions)
    secret = replace(paper, plan=paper.plan.model_copy(update={"actions": actions}))
    chosen = pipeline.choose_house(task_for(REPORTS[name], house), secret, problems)
    document = pipeline.compose(redact(secret, chosen), chosen, problems)
    assert problems.found == []
    printed = lines(document)
    assert chosen.config.phrases["no_response"] not in printed
    assert any(line.startswith("[Exempt information") for line in printed)


def test_the_past_of_an_exempt_text_is_exempt(desk: Desk) -> None:
    plan = PLAN.replace(
        "text: Buy a new system, due: 2023-03-31",
        f"text: Buy, comment: {{text: Paid £5, {WHY}}}, history: [{{until: 2023-01-01, comment: Paid £4}}]",
    )
    public = desk.public(plan=plan)
    assert public.plan is not None
    assert public.plan.actions[0].history[0].comment is None


def test_with_an_exempt_appendix_the_part_of_the_plan_that_it_shows_is_gone(desk: Desk) -> None:
    plan = """
title: Improvement plan
inspection: outcome
parts: [{number: 1, title: Records}, {number: 2, title: Closing Oakfield, lead: A head, findings: [F2]}]
actions:
  - {id: A1, part: 1, findings: [F1], text: Buy a new system}
  - {id: A2, part: 2, findings: [F2], text: Close the home}
"""
    shown = "{{id: one, title: Plan {number}, shows: action plan, part: {number}{why}}}"
    report = appendices(shown.format(number=1, why=""), shown.format(number=2, why=f", {WHY}").replace("one", "two"))
    document = desk.document(report, plan=plan)
    printed = lines(document)
    assert printed.count(GAP) == 1
    assert "Buy a new system" in printed
    assert not [line for line in printed if "Oakfield" in line or "Close" in line or "A head" in line]


# ---- A whole paper ----


def test_of_an_exempt_paper_there_is_a_notice_of_one_page(desk: Desk) -> None:
    report = f"{appendices('{id: sale, title: Closing Oakfield, text: It closes.}')}{WHY}\n"
    paper, house = desk.paper(report)
    problems = Problems()
    document = pipeline.compose(redact(paper, house), house, problems)
    assert lay_out(document, house).page_count == 1
    assert sorted(lines(document)[2:8]) == ["5", "6 February 2023", "Cabinet", "Date", "Item", "Meeting"]
    assert [*lines(document)[:2], *lines(document)[8:]] == [
        "Westmere Borough Council",
        "Outcome of the inspection",
        "This paper is not for publication. The law by which it is kept from the public, and the reason:",
        GAP,
    ]
    assert document.metadata.identifier == "westmere/withheld"


def test_the_notice_has_the_title_for_the_public(desk: Desk) -> None:
    document = desk.document(REPORT + WHY.replace("}", ", public_title: A property matter}"))
    assert "A property matter" in lines(document)
    assert "Outcome of the inspection" not in [*lines(document), document.metadata.title]


# ---- Both versions ----


def test_the_exempt_version_says_on_each_page_and_of_itself_that_it_is_not_for_publication(desk: Desk) -> None:
    paper, house = desk.paper(appendices(f"{{id: sale, title: Sale, text: It closes., {WHY}}}"))
    document = pipeline.compose(paper, house, Problems())
    marking = "NOT FOR PUBLICATION: Schedule 12A, paragraph 3"
    assert lines(document)[0] == marking
    assert plain_text(document.header).startswith(marking)
    assert document.metadata.title == f"Outcome of the inspection ({marking})"
    assert "It closes." in lines(document)


def test_its_public_version_does_not(desk: Desk) -> None:
    document = desk.document(appendices(f"{{id: sale, title: Sale, text: It closes., {WHY}}}"))
    assert "NOT FOR PUBLICATION" not in " ".join([*lines(document), plain_text(document.header)])
    assert document.metadata.title == "Outcome of the inspection"


def test_word_keeps_no_places_from_which_the_length_of_a_gap_could_be_counted(desk: Desk) -> None:
    paper, house = desk.paper(appendices(f"{{id: sale, title: Sale, text: It closes., {WHY}}}"))
    kept = {}
    for name, one in {"exempt": paper, "public": redact(paper, house)}.items():
        made = write_as("docx", pipeline.compose(one, house, Problems()), house)
        with zipfile.ZipFile(io.BytesIO(made)) as package:
            kept[name] = any(b"urn:reportgen:origins" in package.read(part) for part in package.namelist())
    assert kept == {"exempt": True, "public": False}


def test_rules_are_not_run_on_what_is_left_for_the_public(desk: Desk) -> None:
    plan = PLAN.replace("text: Buy a new system", f"text: Buy a system, {WHY}")
    paper, house = desk.paper(plan=plan)
    found: dict[str, int] = {}
    for name, one in {"exempt": paper, "public": redact(paper, house)}.items():
        problems = Problems()
        pipeline.check(one, house, None, None, pipeline.CheckOptions(RULES), problems)
        found[name] = len(problems.found)
    assert found["public"] == 0 < found["exempt"]


# ---- Before anything is made ----


def test_check_finds_what_the_public_version_could_not_say(desk: Desk) -> None:
    report = REPORT.replace("[To report the outcome.]", "[\"See {{ ref('price') }}.\"]").replace(
        "Ofsted came in autumn.}", f'"It costs a lot. {{#price}}", {WHY}}}'
    )
    path = write_council(desk.folder, report, council=COUNCIL)
    problems = Problems()
    pipeline.check_task(Task(path, None, None, (TEMPLATES,)), pipeline.CheckOptions(()), problems)
    assert [one.message.split(": ")[-1] for one in problems.found] == [
        "'price' stands in exempt text, which the public paper does not have"
    ]


def test_warnings_of_the_public_version_are_none_of_the_whole_paper(desk: Desk) -> None:
    inspection = INSPECTION.replace("start: 2022-10-31", "start: 2013-10-31")  # before its framework was in force
    path = write_council(desk.folder, REPORT + WHY, council=COUNCIL, inspection=inspection)
    found = {}
    for audience in BOTH:
        problems = Problems()
        pipeline.build_paper(Task(path, None, None, (TEMPLATES,), audience), ["html"], problems)
        found[audience] = [one.code for one in problems.found]
    assert found == {"public": [], "exempt": ["RG016"]}


def test_an_older_version_of_the_plan_tells_nothing_that_the_newer_one_withholds(desk: Desk) -> None:
    paper, house = desk.paper(plan=PLAN.replace("id: A1,", f"id: A1, {WHY},"))
    older, _ = Desk(desk.folder / "older").paper(plan=PLAN.replace("Meet every week", "Meet every month"))
    public = redact(replace(paper, plan_before=older.plan), house)
    assert public.plan_before is not None
    assert [one.id for one in public.plan_before.actions] == ["A2"]
    assert public.changes is not None
    assert [(one.kind, one.action.id) for one in public.changes.all] == [("text", "A2")]


def test_a_text_that_is_exempt_now_is_so_in_the_older_plan(desk: Desk) -> None:
    paper, house = desk.paper(plan=PLAN.replace("text: Meet every week", f"text: {{text: Pay £5, {WHY}}}"))
    older, _ = Desk(desk.folder / "older").paper(plan=PLAN.replace("Meet every week", "Pay £4"))
    public = redact(replace(paper, plan_before=older.plan), house)
    assert "£" not in repr(public.plan) + repr(public.plan_before)
    assert public.changes is not None
    assert public.changes.all == ()


# ---- Every kind of record ----


def kinds_below(kind: type[Marked]) -> Iterator[type[Marked]]:
    for one in kind.__subclasses__():
        yield one
        yield from kinds_below(one)


KINDS = [kind for kind in kinds_below(Marked) if not issubclass(kind, MarkedProse | ReportPicture)]
"""All but pictures, which go as a whole once no text can ask for one."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_stand_in_of_any_kind_keeps_the_marking_alone(desk: Desk, kind: type[Marked]) -> None:
    paper, house = desk.paper()
    marking = Exempt(paragraphs=(3,), reason="It names a price")
    given = {name: "secret" for name in kind.model_fields if name not in ("exempt", "confidential", "text")}
    marked = kind.model_construct(
        **given, text=Prose(SourceText("secret", Location("r.yaml", 4, 2), "k")), exempt=marking
    )
    shown = _Redaction(paper, house.config)._stand_in(marked, marking)
    assert shown.exempt is marking
    assert "secret" not in repr(shown)
