"""What a report on progress prints of the changes in its plan, in every house."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Problems, Rejected
from reportgen.document import Cell, Document, Paragraph, Section, Table, blocks_of, plain_text
from reportgen.model.frameworks import known_frameworks
from reportgen.model.reader import read_paper
from reportgen.redaction import redact
from tests.conftest import CheckGolden
from tests.listing import list_document
from tests.samples import HOUSES, TEMPLATES, compose, task_for
from tests.small import COUNCIL, PLAN, REPORT, write_council, write_house

GOLDEN = Path(__file__).parents[2] / "golden" / "changes.txt"
BEFORE = """
title: Improvement plan
inspection: outcome
as_of: 2022-12-31
actions:
  - {id: A1, findings: [F1], text: Buy a new system, due: 2023-03-31, owner: Head of Records, rag: green}
  - {id: A2, own: yes, text: "Meet weekly, {{ plan.actions|length }} times {#often}", due: 2023-05-01, status: complete}
  - {id: A3, findings: [F2], text: "Write *plans* with families", no_owner: Vacant}
"""
AFTER = """
title: Improvement plan
inspection: outcome
as_of: 2023-02-06
actions:
  - id: A1
    findings: [F1, F2]
    text: Buy a new system
    due: 2023-09-30
    owner: Head of Care
    status: complete
    rag: red
    comment: The system is late.
    history: [{until: 2022-11-01, due: 2022-12-31}, {until: 2023-02-01, due: 2023-03-31}]
  - {id: A2, own: yes, text: "Meet **daily** {#often}", due: 2023-04-01, status: in progress, measure: It is minuted}
  - {id: A4, findings: [F2], text: Recruit}
"""
PROGRESS = REPORT + "kind: progress\nchanges_since: before\n"


def written(folder: Path, house: str = "standard", report: str = PROGRESS, after: str = AFTER) -> Path:
    """A council's folder whose report names an older version of its plan; the report's path."""
    council = COUNCIL.replace("house: westmere", f"house: {house}")
    path = write_council(folder, report, council=council, plan=after)
    (path.parent.parent / "action-plans" / "before.yaml").write_text(BEFORE, encoding="utf-8")
    return path


def rows_of(document: Document) -> list[list[str]]:
    """The rows of the table of changes; none where there is no such table."""
    tables = [one for one in blocks_of(document) if isinstance(one, Table)]
    rows = [row for one in tables if plain_text(one.caption) == "Changes to actions" for row in one.groups[0].rows]
    return [[text_of(cell) for cell in row.cells] for row in rows]


def text_of(cell: Cell) -> str:
    return " ".join(plain_text(block.content) for block in cell.content if isinstance(block, Paragraph))


def headings_of(document: Document) -> list[str]:
    return [plain_text(one.heading) for one in blocks_of(document) if isinstance(one, Section)]


HEADING = "What has changed in the action plan since 31 December 2022"


def test_the_appendix_is_as_it_was_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check_golden: CheckGolden
) -> None:
    monkeypatch.chdir(tmp_path)
    listed = list_document(compose(written(Path("inputs"))))
    start = listed.index("# appendix Appendix B What has changed")
    check_golden(GOLDEN, listed[start:])


@pytest.mark.parametrize("house", HOUSES)
def test_every_house_prints_every_change_once(tmp_path: Path, house: str) -> None:
    document = compose(written(tmp_path, house))
    assert len(rows_of(document)) == 12
    assert (
        sum(1 for one in headings_of(document) if one.startswith("What has changed in the action plan since 31")) == 1
    )


def test_a_report_that_names_no_older_plan_has_no_such_appendix(tmp_path: Path) -> None:
    document = compose(written(tmp_path, report=REPORT + "kind: progress\n"))
    assert rows_of(document) == []
    assert HEADING not in headings_of(document)


def test_a_plan_without_changes_is_said_to_have_none(tmp_path: Path) -> None:
    path = written(tmp_path, after=BEFORE.replace("2022-12-31", "2023-02-06"))
    document = compose(path)
    assert rows_of(document) == []
    assert "No action has changed." in [
        plain_text(one.content) for one in blocks_of(document) if isinstance(one, Paragraph)
    ]


def test_a_house_may_print_the_changes_in_a_section_of_its_own(tmp_path: Path) -> None:
    section = "  - {title: Progress, content: [the changes]}\n"
    listed = "the purpose, the recommendations, background, the strengths, the findings, the other sections"
    texts = f"  - {{content: [{listed}, the implications]}}\n"
    write_house(tmp_path / "houses", "own", f"name: Own\nextends: _base\nsections:\n{section}{texts}")
    path = written(tmp_path, "own")
    document = compose(path, templates=(tmp_path / "houses", TEMPLATES))
    assert len(rows_of(document)) == 12
    assert "Progress" in headings_of(document)
    assert HEADING not in headings_of(document)


def test_authors_can_count_the_changes_in_a_sentence(tmp_path: Path) -> None:
    sentence = (
        "So {{ changes.count('slipped')|words }} has slipped and {{ changes.count('closed')|words }} is complete."
    )
    document = compose(written(tmp_path, report=PROGRESS.replace("Ofsted came in autumn.", f'"{sentence}"')))
    said = [plain_text(one.content) for one in blocks_of(document) if isinstance(one, Paragraph)]
    assert "So one has slipped and one is complete." in said


def test_a_plan_prints_the_day_that_was_set_first_in_every_house(tmp_path: Path) -> None:
    for house in HOUSES:
        listed = list_document(compose(written(tmp_path / house, house)))
        printed = [line for line in listed.splitlines() if "(first set: " in line]
        assert len(printed) == 2, house  # in the plan, and in the list of changes


def wrong_with(report: Path) -> list[str]:
    problems = Problems()
    with suppress(Rejected):
        read_paper(report, None, known_frameworks(), problems)
    return [f"{one.code}:{one.location.line} {one.message}" for one in problems.found]


def test_the_older_plan_is_another_file_for_the_same_inspection(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert wrong_with(path) == []
    older = path.parent.parent / "action-plans" / "before.yaml"
    older.write_text(PLAN.replace("inspection: outcome", "inspection: other"), encoding="utf-8")
    assert wrong_with(path) == ["RG013:12 'before' answers the inspection 'other', the plan 'outcome'"]
    older.unlink()
    assert wrong_with(path)[0].startswith("RG013:12 'before' refers to ")
    path.write_text(PROGRESS.replace("since: before", "since: outcome"), encoding="utf-8")
    assert wrong_with(path) == ["RG013:12 changes_since: this is the report's plan itself"]
    path.write_text(PROGRESS.replace("action_plan: outcome\n", ""), encoding="utf-8")
    assert wrong_with(path) == ["RG013:11 changes_since: the report names no action plan"]


def test_the_public_reads_nothing_of_the_past_of_what_is_now_exempt(tmp_path: Path) -> None:
    exempt = "exempt: {paragraphs: [3], reason: Prices are negotiated.}"
    after = AFTER.replace("{id: A2, own: yes,", f"{{id: A2, own: yes, {exempt},")
    path = written(tmp_path, after=after)
    problems = Problems()
    task = task_for(path)
    paper = pipeline.read_source(task, problems)
    house = pipeline.choose_house(task, paper, problems)
    told = list_document(pipeline.compose(paper, house, problems))
    public = list_document(pipeline.compose(redact(paper, house), house, problems))
    assert "Meet weekly" in told
    assert "Meet weekly" not in public
    assert "A2" not in public
    assert "A1 | Slipped" in public
