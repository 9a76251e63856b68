"""The rules on an inspection: each finds its slip at the place where it was typed, and nothing in a clean paper."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from reportgen.diagnostics import Problems, Severity
from reportgen.model.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.reader import read_record
from reportgen.rules.engine import check_paper, choose_rules
from reportgen.rules.inspection import forms_of
from reportgen.rules.rule import RuleContext
from tests.unit.rules.clean_paper import found, judged, paper, standard

INSPECTION_RULES = choose_rules(["RG1"])
ROWS = (
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care and care leavers",
    "Overall effectiveness",
)


def messages(inspection: str) -> list[str]:
    return found(paper(inspection=inspection), INSPECTION_RULES)


def hints(inspection: str) -> list[str]:
    return [one.hint for one in judged(paper(inspection=inspection), INSPECTION_RULES)]


def table(*rows: str) -> str:
    """The judgements: the four rows of the framework, or those given in place of the first ones."""
    standard = [f"{{area: {area}, grade: Good{', key: yes' if area.startswith('Over') else ''}}}" for area in ROWS]
    return "judgements:\n" + "".join(f"  - {row}\n" for row in [*rows, *standard[len(rows) :]])


def test_a_clean_inspection_gives_no_finding() -> None:
    assert found(paper(), INSPECTION_RULES) == []
    assert messages(table()) == []


# ---- The table ----


def test_a_judgement_that_the_framework_does_not_have_is_reported_with_the_nearest() -> None:
    changed = table("{area: The impact of leaders on social work with children and families, grade: Good}")
    unknown, missing = messages(changed)
    typed = "The impact of leaders on social work with children and families"
    assert unknown == f"RG101 2: '{typed}' is not a judgement of the framework ofsted-ilacs-2018"
    assert missing.startswith("RG103 2: the table of judgements lacks 'The impact of leaders on social work practice")
    assert hints(changed)[0] == f"did you mean '{ROWS[0]}'?"


def test_a_row_left_out_is_reported_and_a_row_that_was_not_graded_is_none() -> None:
    assert messages("judgements:\n  - {area: Overall effectiveness, grade: Good, key: yes}\n")[0].startswith(
        "RG103 2: the table of judgements lacks 'The impact of leaders"
    )
    assert messages(table(f"{{area: {ROWS[0]}, not_graded: not inspected}}")) == []


def test_an_inspection_whose_source_does_not_give_the_table_lacks_no_row() -> None:
    assert messages("judgements: []\n") == []


def test_a_row_given_twice_is_reported_with_the_line_of_the_first() -> None:
    twice = table() + "  - {area: Overall effectiveness, grade: Good, key: yes}\n"
    assert messages(twice) == ["RG104 6: 'Overall effectiveness' stands in the table twice; the first is in line 5"]


def test_a_summary_judgement_must_be_marked_and_no_other() -> None:
    rows = [f"{{area: {area}, grade: Good}}" for area in ROWS[:3]]
    assert messages(table(*rows, "{area: Overall effectiveness, grade: Good}")) == [
        "RG105 5: 'Overall effectiveness' is a summary judgement, but not marked so"
    ]
    assert messages(table(f"{{area: {ROWS[0]}, grade: Good, key: yes}}")) == [
        f"RG105 2: '{ROWS[0]}' is marked as a summary judgement"
    ]


@pytest.mark.parametrize("printed", ["Inadequate", "inadequate", "Requires improvement"])
def test_a_grade_printed_as_another_one_is_told(printed: str) -> None:
    row = f"{{area: {ROWS[0]}, grade: Good, as_printed: {printed}}}"
    assert messages(table(row)) == [f"RG106 2: '{ROWS[0]}' has the grade 'Good', but is printed as '{printed}'"]


@pytest.mark.parametrize(
    "printed", ["Requires improvement", "Requires Improvement to be good", "requiring improvement"]
)
def test_the_wording_of_the_report_may_differ_from_the_canonical_grade(printed: str) -> None:
    row = f"{{area: {ROWS[0]}, grade: Requires improvement to be good, as_printed: {printed}}}"
    assert messages(table(row)) == []


SLAC = "framework: ofsted-slac-2009\nstart: 2011-11-28\nend: 2011-12-09\npublished: 2012-01-20\n"


def test_the_groups_of_a_framework_are_known_and_each_has_rows_of_its_own() -> None:
    group = "Safeguarding services"
    rows = "judgements:\n  - {area: Overall effectiveness, grade: Good, key: yes, group: Safeguarding service}\n"
    wrong = [line for line in messages(SLAC + rows) if line.startswith("RG102")]
    assert wrong == ["RG102 6: 'Safeguarding service' is not a group of the framework ofsted-slac-2009"]
    assert f"did you mean '{group}'?" in hints(SLAC + rows)
    without = "judgements:\n  - {area: Overall effectiveness, grade: Good, key: yes}\n"
    assert any(
        line.startswith("RG102 6: the judgement 'Overall effectiveness' stands in no group")
        for line in messages(SLAC + without)
    )


def test_a_table_in_its_first_form_is_measured_by_that_form() -> None:
    group = known_frameworks()["ofsted-slac-2009"].groups[0]
    assert group.first_form is not None
    for form in (group.judgements, group.first_form.judgements):
        listed = "".join(
            f"  - {{area: '{row.name}', grade: Good, group: {group.name}, key: {'yes' if row.key else 'no'}}}\n"
            for row in form
        )
        lacking = [line for line in messages(f"{SLAC}judgements:\n{listed}") if group.name in line]
        assert lacking == []


# ---- The overall grade, and counts ----


def test_an_overall_grade_is_given_where_the_framework_gives_one() -> None:
    frame = "framework: ofsted-sif\nstart: 2017-02-27\nend: 2017-03-23\npublished: 2017-06-13\nfindings: []\n"
    rows = "judgements:\n" + "".join(
        f"  - {{area: '{row.name}', grade: Good, number: '{row.number}'}}\n"
        for row in known_frameworks()["ofsted-sif"].judgements
    )
    assert messages(frame + rows) == ["RG107 2: the framework ofsted-sif gives an overall grade, and there is none"]
    assert messages(frame + rows + "overall: Good\n") == []


def test_an_overall_grade_that_the_framework_does_not_give_is_told() -> None:
    frame = "framework: ofsted-ilacs-2026\nstart: 2026-04-27\nend: 2026-05-08\npublished: 2026-06-17\noverall: Good\n"
    assert messages(frame + "judgements: []\n")[0] == (
        "RG107 5: the framework ofsted-ilacs-2026 gives no overall grade, but 'Good' is given"
    )


def test_an_overall_grade_must_be_that_of_its_row() -> None:
    assert messages(table() + "overall: Inadequate\n") == [
        "RG107 6: the overall grade is given as 'Inadequate', but its row in the table has 'Good'"
    ]
    assert messages(table() + "overall: Good\n") == []


def test_counts_that_the_report_states_are_compared_with_its_tables() -> None:
    stated = """
    stated:
      - {number: 4}
      - {number: 5, where: paragraph 3}
      - {number: 1, grade: Outstanding}
      - {number: 2, grade: Good}
      - {number: 2, of: findings}
      - {number: 3, of: findings}
      - {number: 1, grade: Adequate}
    """
    assert messages(dedent(stated)) == [
        "RG108 4: 5 judgements are stated (paragraph 3), but 4 stand in this file",
        "RG108 6: 2 judgements with the grade 'Good' are stated, but 3 stand in this file",
        "RG108 8: 3 findings are stated, but 2 stand in this file",
        "RG108 9: 'Adequate' is not a grade of this framework",
    ]


def test_a_figure_under_two_names_is_told() -> None:
    assert messages("figures: {case_files: 44, case_file: 45, visits: 3}\n") == [
        "RG109 1: the figures 'case_files' and 'case_file' seem to be one and the same"
    ]


def test_a_framework_without_grades_wants_its_outcome() -> None:
    frame = "framework: ofsted-cqc-send-2016\nstart: 2017-02-27\nend: 2017-03-23\npublished: 2017-06-13\n"
    frame += "judgements: []\n"
    assert messages(frame) == [
        "RG113 2: the framework ofsted-cqc-send-2016 gives an outcome in words, and there is none"
    ]
    assert messages(frame + "outcome: Written statement of action required\n") == []


# ---- Dates, findings ----


def test_dates_around_the_inspection_are_in_order() -> None:
    assert messages("received: 2022-07-05\n") == [
        "RG110 1: the report was received on 2022-07-05, after it was published on 2022-07-04"
    ]
    assert messages("received: 2022-07-04\n") == []
    assert messages("start: 2023-05-09\nend: 2023-05-20\npublished: 2023-07-04\n") == [
        "RG110 2: the inspection ended on 2023-05-20, after the meeting of 2022-09-12 that hears its outcome"
    ]


def test_a_finding_is_of_a_kind_and_in_a_time_that_the_framework_has() -> None:
    findings = """
    findings:
      - {id: F1, text: Plans, kind: cause of concern}
      - {id: F2, text: Health, within: soon}
    """
    assert messages(dedent(findings)) == [
        "RG111 3: the finding F1 is of the kind 'cause of concern', which the framework does not have",
        "RG112 4: the finding F2 is to be met 'soon', which is no length of time",
    ]


@pytest.mark.parametrize(
    ("within", "hint"),
    [
        ("Within 3 months", None),
        ("within six months", None),
        ("Immediately", None),
        ("Within three moths", "did you mean 'Within three months'?"),
        ("Within nine months", "use one of: Immediately, Within three months, Within six months"),
    ],
)
def test_a_time_is_one_of_the_frameworks_however_it_is_written(within: str, hint: str | None) -> None:
    change = f"{SLAC}judgements: []\nfindings:\n  - {{id: F1, text: Plans, kind: recommendation, within: {within}}}\n"
    change += "  - {id: F2, text: Health, kind: recommendation}\n"
    assert hints(change) == ([hint] if hint else [])


# ---- Two hundred slips ----


FRAMES = ("ofsted-slac-2009", "ofsted-ilacs-2018", "hmicfrs-frs-r3", "cqc-la-2023", "hmip-youth-justice-2018")


def slipped(chance: random.Random, text: str) -> str:
    """The text with a slip of the keyboard: a letter left out, doubled, swapped with the next or of the wrong case."""
    slip = text
    while slip == text:
        place = chance.randrange(1, len(text) - 1)
        before, letter, after = text[:place], text[place], text[place + 1 :]
        slips = (before + after, before + letter * 2 + after, before + after[0] + letter + after[1:])
        slip = " ".join(chance.choice((*slips, before + letter.swapcase() + after)).split())
    return slip


def full_table(name: str, chance: random.Random) -> list[dict[str, str]]:
    """The table of a framework, with grades at random."""
    framework = known_frameworks()[name]
    rows: list[dict[str, str]] = []
    groups: list[str | None] = [one.name for one in framework.groups]
    for group in groups or [None]:
        for row in forms_of(framework, group)[0]:
            one = {"area": row.name, "grade": chance.choice(framework.grades).name, "key": "yes" if row.key else "no"}
            rows.append(one | ({"group": group} if group else {}))
    return rows


def refusals(folder: Path, name: str, rows: list[dict[str, str]]) -> list[str]:
    """What is said of an inspection with this table when it is read and checked: "code line: hint"."""
    framework = known_frameworks()[name]
    day = framework.in_force_from
    frame = f"title: T\nsubject: s\ninspectorate: I\nsource: S\nframework: {name}\n"
    frame += f"start: {day}\nend: {day}\npublished: {day}\n"
    overall = f"overall: {framework.grades[0].name}\n" if framework.overall in ("apart", "percent") else ""
    listed = "".join("  - {" + ", ".join(f'{key}: "{value}"' for key, value in row.items()) + "}\n" for row in rows)
    path = folder / "inspections" / "outcome.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{frame}{overall}judgements:\n{listed}", encoding="utf-8")
    problems = Problems()
    inspection = read_record(path, Inspection, known_frameworks(), problems)
    assert inspection is not None
    check_paper(RuleContext(replace(paper(), inspection=inspection), standard()), problems, INSPECTION_RULES[:1])
    return [f"{one.code} {one.location.line}: {one.hint}" for one in problems.found if one.severity is Severity.ERROR]


@pytest.mark.slow
def test_two_hundred_slips_in_grades_and_names_are_all_refused_with_what_was_meant(tmp_path: Path) -> None:
    chance = random.Random(20091124)
    for number in range(200):
        name = FRAMES[number % len(FRAMES)]
        rows = full_table(name, chance)
        assert refusals(tmp_path, name, rows) == []
        which = chance.randrange(len(rows))
        key, code = ("grade", "RG014") if number % 2 else ("area", "RG101")
        meant = rows[which][key]
        known = {grade.name for grade in known_frameworks()[name].grades} | {row["area"] for row in rows}
        typed = meant
        while typed in known:
            typed = slipped(chance, meant)
        rows[which][key] = typed
        [refusal] = refusals(tmp_path, name, rows)
        assert refusal.startswith(f"{code} ")
        assert f"'{meant}'" in refusal or f"grade: {meant} and as_printed: {typed}" in refusal, (typed, refusal)
