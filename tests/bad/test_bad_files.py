"""What is wrong with a file as a whole, where no comment in it can say what is expected: the table says it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.house.folders import product_templates
from tests.bad.cases import build, in_python_words, papers, published

REPORT = Path("inputs/westmere/reports/outcome.yaml")
INSPECTION = Path("inputs/westmere/inspections/ilacs-2022.yaml")
MEETING = Path("inputs/westmere/meetings/2022-09-12-cabinet.yaml")
COUNCIL = Path("inputs/westmere/council.yaml")
HOUSE = Path("templates/westmere/house.yaml")
TEMPLATE = Path("templates/westmere/report.xml.j2")

UTF_8 = 'save the file again with the encoding "UTF-8"'
UTF_16 = 'error RG003: the file is in UTF-16; UTF-8 was expected | save it again with the encoding "UTF-8"'
NO_UTF_8 = f"error RG003: a character here is not UTF-8 (in Windows' encoding it would be '–') | {UTF_8}"
A_FOLDER = "error RG001: this is a folder; a file was expected | give the path of a file in it, or rename the folder"
TO_FOLLOW = (
    f"'outcome' refers to {REPORT}, which does not exist: the item is to follow"
    " | write that file, or add to_follow: yes"
)
WRONG_NAME = "was it saved under the wrong name?"
NO_FILE = "is it a folder, or a link that leads nowhere?"
TOO_LARGE = "was another file saved under this name? A report is a few dozen kilobytes"


PRODUCT_HOUSES = sorted(house.parent.name for house in product_templates().glob("[!_]*/house.yaml"))


def control(place: str, character: str) -> str:
    hint = "delete it; it often comes with text copied from a PDF or an e-mail"
    message = f"an invisible control character ({character}) stands here, which cannot be printed"
    return f"{place}: error RG006: {message} | {hint}"


def replaced(path: Path, old: str, new: bytes) -> None:
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new))


def encoded(path: Path, encoding: str) -> None:
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def folder_for(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link(path: Path, target: str) -> None:
    path.unlink()
    path.symlink_to(target)


def nested_aliases() -> bytes:
    """Nine to the power of twenty values in less than a kilobyte."""
    levels = [f"{chr(98 + level)}: &{chr(98 + level)} [{','.join([f'*{chr(97 + level)}'] * 9)}]" for level in range(20)]
    return "\n".join(["a: &a [x,x,x,x,x,x,x,x,x]", *levels, ""]).encode()


CASES: dict[str, tuple[Callable[[], object], list[str]]] = {
    "the report is in Windows' encoding": (
        lambda: replaced(REPORT, "Outcome of", "Outcome – of".encode("cp1252")),
        [f"{REPORT}:1:16: {NO_UTF_8}"],
    ),
    "the report is in UTF-16": (
        lambda: encoded(REPORT, "utf-16"),
        [f"{REPORT}:1:1: {UTF_16}"],
    ),
    "the report is in UTF-16 and does not say so": (
        lambda: encoded(REPORT, "utf-16-le"),
        [f"{REPORT}:1:1: {UTF_16}"],
    ),
    "the house is in UTF-16": (
        lambda: encoded(HOUSE, "utf-16"),
        [f"{HOUSE}:1:1: {UTF_16}"],
    ),
    "the template is in Windows' encoding": (
        lambda: replaced(TEMPLATE, "{% block masthead %}", "{% block masthead %}–".encode("cp1252")),
        [f"{TEMPLATE}:2:21: {NO_UTF_8}"],
    ),
    "the report is a Word document": (
        lambda: shutil.copy(next(Path("outputs").rglob("*.docx")), REPORT),
        [f"{REPORT}: error RG003: this is a Word document or a ZIP archive; plain text was expected | {WRONG_NAME}"],
    ),
    "the report is a PDF": (
        lambda: shutil.copy(next(Path("outputs").rglob("*.pdf")), REPORT),
        [f"{REPORT}: error RG003: this is a PDF; plain text was expected | {WRONG_NAME}"],
    ),
    "the report has a NUL": (
        lambda: replaced(REPORT, "Outcome of", b"Outcome\0of"),
        [control(f"{REPORT}:1:15", "U+0000")],
    ),
    "the report has a vertical tab in a block text": (
        lambda: replaced(REPORT, "The inspectors", b"The\x0binspectors"),
        [control(f"{REPORT}:11:10", "U+000B")],
    ),
    "the report has a line separator": (
        lambda: replaced(REPORT, "The inspectors", "The\u2028inspectors".encode()),
        [control(f"{REPORT}:11:10", "U+2028")],
    ),
    "the template has a NUL": (
        lambda: replaced(TEMPLATE, "{{ report.title }}", b"\0"),
        [control(f"{TEMPLATE}:4:17", "U+0000")],
    ),
    "the report is empty": (
        lambda: REPORT.write_bytes(b""),
        [
            f"{REPORT}:1:1: error RG005: found nothing; 'key: value' lines were expected"
            " | `reportgen new` writes a file to start from"
        ],
    ),
    "the report has ten megabytes": (
        lambda: REPORT.write_bytes(b"# x\n" * 2_500_000),
        [f"{REPORT}: error RG002: the file has 10.0 MB; at most 2 MB was expected | {TOO_LARGE}"],
    ),
    "the template has ten megabytes": (
        lambda: TEMPLATE.write_bytes(b"x" * 10_000_000),
        [f"{TEMPLATE}: error RG002: the file has 10.0 MB; at most 2 MB was expected | {TOO_LARGE}"],
    ),
    "aliases stand for more values than there is memory": (
        lambda: REPORT.write_bytes(nested_aliases()),
        [
            f"{REPORT}:5:14: error RG007: the file holds more than 20,000 values"
            " | are aliases ('*name') nested in one another? Write the values out"
        ],
    ),
    "brackets are nested deeper than the stack": (
        lambda: REPORT.write_bytes(b"a: " + b"[" * 200_000),
        [f"{REPORT}:1:44: error RG007: values are nested more than 40 deep | check the brackets and the indentation"],
    ),
    "lists are nested deeper than the stack": (
        lambda: REPORT.write_bytes(b"".join(b" " * depth + b"-\n" for depth in range(1_500))),
        [f"{REPORT}:42:42: error RG007: values are nested more than 40 deep | check the brackets and the indentation"],
    ),
    "the council's file is missing": (
        COUNCIL.unlink,
        [f"{COUNCIL}: error RG001: there is no such file | check the name and the folder"],
    ),
    "a folder has the name of the council's file": (
        lambda: folder_for(COUNCIL),
        [f"{COUNCIL}: {A_FOLDER}"],
    ),
    "a folder has the name of the inspection's file": (
        lambda: folder_for(INSPECTION),
        [f"{REPORT}:2:13: error RG013: 'ilacs-2022' refers to {INSPECTION}, which is no file | {NO_FILE}"],
    ),
    "a folder has the name of a template": (
        lambda: folder_for(TEMPLATE),
        [f"{TEMPLATE}: {A_FOLDER}"],
    ),
    "the inspection is a link to itself": (
        lambda: link(INSPECTION, INSPECTION.name),
        [f"{REPORT}:2:13: error RG013: 'ilacs-2022' refers to {INSPECTION}, which is no file | {NO_FILE}"],
    ),
    "the council's file is a link to itself": (
        lambda: link(COUNCIL, COUNCIL.name),
        [f"{COUNCIL}: error RG001: this is a link that leads back to itself | put the file in its place"],
    ),
    "the report is a link to itself": (
        lambda: link(REPORT, REPORT.name),
        [
            f"{MEETING}:7:13: warning RG013: 'outcome' refers to {REPORT}, which is no file: the item is to follow"
            f" | {NO_FILE}",
            f"{REPORT}: error RG001: this is a link that leads back to itself | put the file in its place",
        ],
    ),
    "the report on the agenda is missing": (
        REPORT.unlink,
        [f"{MEETING}:7:13: warning RG013: {TO_FOLLOW}"],
    ),
    "the report's name ends in .yml": (
        lambda: REPORT.rename(REPORT.with_suffix(".yml")),
        [
            f"{MEETING}:7:13: warning RG013: {TO_FOLLOW}",
            f"{REPORT.with_suffix('.yml')}: warning RG060: this file is passed over | its name must end in .yaml",
        ],
    ),
    "the house's folder is missing": (
        lambda: shutil.rmtree(HOUSE.parent),
        [f"{COUNCIL}:3:8: error RG040: there is no house 'westmere' | use one of: {', '.join(PRODUCT_HOUSES)}"],
    ),
    "the council's folder has a name with spaces": (
        lambda: Path("inputs/westmere").rename("inputs/West mere & Co"),
        [
            "inputs/West mere & Co/council.yaml: error RG017: 'West mere & Co' is the name of this folder;"
            " letters, digits, '-', '_' and '.' were expected | rename it to West_mere_Co"
        ],
    ),
}


@pytest.mark.parametrize(("spoil", "expected"), CASES.values(), ids=CASES)
def test_a_bad_file_is_reported_and_only_a_paper_that_waits_for_it_stays_as_it_was(
    spoil: Callable[[], object], expected: list[str], work: Path
) -> None:
    before = papers(work)
    assert {path.suffix for path in before} == {".docx", ".html", ".pdf"}
    spoil()
    said = build()
    assert said.diagnostics == expected
    assert said.exit_code == (1 if any(": error " in line for line in expected) else 0)
    assert in_python_words(said) == []
    is_shared = any(line.startswith((str(COUNCIL), "templates")) for line in expected)
    assert papers(work) == (before if is_shared else {})


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever runs as root may read every file")
@pytest.mark.usefixtures("work")
def test_a_file_that_may_not_be_read_is_told() -> None:
    INSPECTION.chmod(0)
    assert build().diagnostics == [
        f"{INSPECTION}: error RG001: you may not read this file | ask its owner, or whoever looks after the folder"
    ]


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("name", ['résumé & <b> "x"', "a\nb", "{{ x }}", "-", "con aux", "x" * 200])
def test_a_report_with_an_odd_name_is_told_and_the_others_are_made(name: str) -> None:
    shutil.copy(REPORT, REPORT.with_name(f"{name}.yaml"))
    said = build("--format", "html")
    assert [line.split(": ")[1] for line in said.diagnostics] in (["error RG017"], ["error RG061"] * 2, [])
    assert "mistake in the program" not in said.output
    assert in_python_words(said) == []


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("folder", ["A & B", 'the "new" house', "<b>", "{{ 1 % 0 }}", "{% raw %}", "é"])
def test_places_in_templates_are_told_whatever_the_folder_is_called(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(TEMPLATE, '<p role="organisation"', b"<p rule='organisation'")
    outer = Path(folder)
    outer.mkdir()
    for part in ("inputs", "templates"):
        Path(part).rename(outer / part)
    said = build(str(outer / "inputs"))
    assert [line.split(": ")[0] for line in said.diagnostics] == [f"{outer / TEMPLATE}:3:1"]
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["inputs/westmere/reports/outcom.yaml"],
            "inputs/westmere/reports/outcom.yaml: error RG001: there is no such file or folder"
            " | did you mean 'inputs/westmere/reports/outcome.yaml'?",
        ),
        (
            [str(COUNCIL)],
            f"{COUNCIL}: error RG060: this is neither a report nor a meeting"
            " | give a file in <council>/reports or <council>/meetings, or a folder",
        ),
        (
            ["templates"],
            "templates: error RG060: there are no reports or meetings in this folder"
            " | give the folder that holds your inputs, or one council's folder in it",
        ),
    ],
)
def test_what_is_asked_for_and_is_not_there_is_told_and_nothing_is_changed(
    arguments: list[str], expected: str, work: Path
) -> None:
    before = published(work)
    said = build(*arguments)
    assert said.diagnostics == [expected]
    assert said.exit_code == 1
    assert published(work) == before


@pytest.mark.usefixtures("work")
@pytest.mark.parametrize("name", ["westmeer", "../westmere"])
def test_a_house_that_is_asked_for_and_is_not_there_is_told(name: str) -> None:
    said = build("--house", name)
    assert said.diagnostics == [f"--house: error RG040: there is no house '{name}' | did you mean 'westmere'?"]
    assert said.exit_code == 1


def test_a_house_that_is_mistyped_in_the_command_leaves_the_papers_as_they_were(work: Path) -> None:
    before = papers(work)
    assert before
    assert build("--house", "westmeer").exit_code == 1
    assert papers(work) == before
