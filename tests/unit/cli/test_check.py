"""`reportgen check`: what is printed, in each format, and the exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportgen.build.tasks import CheckResult
from reportgen.cli.check import MACHINE_FORMATS, Findings, PaperFindings, _with_agreed_waivers
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.model.task import Task
from reportgen.rules.engine import RULES, rule_of
from tests.unit.cli.conftest import Run, change

PLAN = Path("inputs/demo/action-plans/sample.yaml")
TASK = Task(Path("inputs/a/reports/r.yaml"), Path("inputs/a/meetings/m.yaml"))
QUIET = ("--ignore", "RG322")
"""Not counting the gaps, of which a folder as it begins is full."""
PLACE = Location("inputs/a, b/plans/p:1 é.yaml", 3, 7)
FOUND = (
    Diagnostic(Severity.ERROR, "RG201", PLACE, "100% wrong", "mend it"),
    Diagnostic(Severity.WARNING, "RG203", Location("inputs/p.yaml", 4), "no day"),
    Diagnostic(Severity.ADVICE, "RG208", Location("inputs/p.yaml"), "vague", "say what"),
    Diagnostic(Severity.WARNING, "RG202", Location("inputs/p.yaml", 5, 1), "no owner", "add it", "The post is new"),
)
BEFORE = (Diagnostic(Severity.ERROR, "RG040", Location("--house"), "no house"),)
FINDINGS = Findings((PaperFindings(None, BEFORE), PaperFindings(TASK, FOUND)), RULES)


@pytest.fixture
def plan(demo: Path) -> Path:
    """The action plan of the working folder, with one action without a due date and one with a silent red rating."""
    change(demo / PLAN, "    no_due: ?? the day by which A1 is done\n", "")
    change(demo / PLAN, "    no_due: ?? the day by which A2 is done\n", "    due: 2027-03-31\n    rag: red\n")
    return demo / PLAN


# ---- As lines ----


@pytest.mark.usefixtures("demo")
def test_a_folder_as_it_begins_is_told_of_its_gaps_alone_and_makes_no_file(run: Run, demo: Path) -> None:
    before = sorted(demo.rglob("*"))
    result = run("check", "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "advice RG322: 35 gaps are left in this draft; the first is here" in result.stdout
    assert result.stdout.endswith("\n1 paper checked: 1 piece of advice\n")
    assert run("check", *QUIET).stdout == "1 paper checked: nothing found\n"
    assert sorted(demo.rglob("*")) == before


@pytest.mark.usefixtures("plan")
def test_findings_stand_under_their_paper_with_the_line_a_mark_and_a_hint(run: Run) -> None:
    result = run("check", *QUIET)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "inputs/demo/reports/sample.yaml for 2026-09-15-cabinet",
        "inputs/demo/action-plans/sample.yaml:9:9: warning RG203: action A1 has no due date",
        "    9 |   - id: A1",
        "      |         ^",
        "  hint: add due: as year-month-day; or no_due: with the reason",
        "inputs/demo/action-plans/sample.yaml:23:10: error RG207: action A2 is rated red without a comment",
        "   23 |     rag: red",
        "      |          ^",
        "  hint: add comment: with what is in the way, and what is done about it",
        "",
        "1 paper checked: 1 error, 1 warning",
    ]


@pytest.mark.usefixtures("plan")
def test_the_exit_code_is_that_of_the_worst_finding(run: Run) -> None:
    assert run("check", "--ignore", "RG207").exit_code == 0
    assert run("check", "--ignore", "RG207", "--strict").exit_code == 3
    assert run("check", "--ignore", "RG207", "--ignore", "rg203", "--strict").exit_code == 0
    assert run("check", "--select", "RG203,RG207").exit_code == 1
    assert run("check", "--select", "RG1").exit_code == 0


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--select", "RG2O3"], "'RG2O3' is not the code of a rule; did you mean 'RG203'?"),
        (["--ignore", "grammar"], "'grammar' is not the code of a rule; codes go from RG101 to "),
        (["--as-of", "9 November"], "'9 November' is not a day; write it as year-month-day, for example 2026-11-09"),
        (["--format", "xml"], "'xml' is not one of 'text', 'json', 'sarif', 'github'"),
    ],
)
def test_what_is_mistyped_is_wrong_usage(run: Run, arguments: list[str], message: str) -> None:
    result = run("check", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_the_day_that_is_asked_for_takes_the_place_of_the_meetings(run: Run, plan: Path) -> None:
    change(plan, "    rag: red\n", "")
    assert "RG206" not in run("check").stdout
    assert "action A2 was due on 2027-03-31" in run("check", "--as-of", "2027-04-01").stdout


def test_a_paper_that_cannot_be_read_is_told_and_the_others_are_checked(run: Run, report: Path, plan: Path) -> None:
    run("new", "report", "second")
    change(report, "title:", "titel:")
    lines = run("check").stdout.splitlines()
    assert "inputs/demo/reports/sample.yaml for 2026-09-15-cabinet" in lines
    assert any("error RG010: the key 'titel' is not known here" in line for line in lines)
    assert lines[-1].startswith("2 papers checked: ")
    assert plan.is_file()


def test_what_is_wrong_with_a_text_is_found_and_the_rules_run_all_the_same(run: Run, report: Path, plan: Path) -> None:
    text = report.read_text(encoding="utf-8")
    report.write_text(re.sub(r"purpose:\n(  - ).*\n", r"purpose:\n\1'{{ nonsense }}'\n", text), encoding="utf-8")
    printed = run("check").stdout
    assert "error RG020: 'nonsense' cannot be worked out" in printed
    assert "error RG207" in printed
    assert plan.is_file()


def test_a_waived_finding_is_printed_with_its_reason_and_not_counted(run: Run, report: Path, plan: Path) -> None:
    waiver = "waived:\n  - {code: RG207, about: A2, reason: The comment is exempt}\n"
    report.write_text(report.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    result = run("check", *QUIET)
    assert result.exit_code == 0
    assert "sample.yaml:23:10: waived RG207: action A2 is rated red without a comment\n" in result.stdout
    assert "  reason: The comment is exempt\n" in result.stdout
    assert result.stdout.endswith("1 paper checked: 1 warning, 1 waived\n")
    assert plan.is_file()


def test_a_finding_in_a_file_of_two_papers_is_told_once(run: Run, report: Path, plan: Path) -> None:
    second = report.with_name("second.yaml")
    second.write_text(report.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("check", *QUIET)
    assert result.stdout.count("RG207") == 1
    assert result.stdout.endswith("2 papers checked: 1 error, 1 warning\n")
    assert plan.is_file()


def test_a_waiver_that_is_of_use_at_one_meeting_is_of_use() -> None:
    unused = Diagnostic(
        Severity.WARNING, "RG081", Location("r", 1), "RG206 is waived, but the rule finds nothing there"
    )
    other = Task(TASK.report, Path("inputs/a/meetings/n.yaml"))
    both = _with_agreed_waivers([CheckResult(TASK, diagnostics=(unused,)), CheckResult(other, diagnostics=(unused,))])
    assert [outcome.diagnostics for outcome in both] == [(unused,), (unused,)]
    one = _with_agreed_waivers([CheckResult(TASK, diagnostics=(unused, FOUND[0])), CheckResult(other)])
    assert [outcome.diagnostics for outcome in one] == [(FOUND[0],), ()]


# ---- For other programs ----


def test_json_says_what_the_lines_say() -> None:
    value = json.loads(MACHINE_FORMATS["json"](FINDINGS))
    assert value["version"] == 1
    assert value["counts"] == {"error": 2, "warning": 1, "advice": 1, "waived": 1}
    assert value["papers"] == [{"report": "inputs/a/reports/r.yaml", "meeting": "inputs/a/meetings/m.yaml"}]
    assert [one["code"] for one in value["findings"]] == ["RG040", "RG201", "RG203", "RG208", "RG202"]
    assert value["findings"][1] == {
        "code": "RG201",
        "severity": "error",
        "path": PLACE.path,
        "line": 3,
        "column": 7,
        "message": "100% wrong",
        "hint": "mend it",
        "waived": None,
        "paper": value["papers"][0],
    }
    assert (value["findings"][0]["paper"], value["findings"][0]["line"]) == (None, None)
    assert value["findings"][4]["waived"] == "The post is new"


def test_github_annotations_escape_what_would_end_them() -> None:
    assert MACHINE_FORMATS["github"](FINDINGS).splitlines() == [
        "::error title=RG040::no house",
        "::error file=inputs/a%2C b/plans/p%3A1 é.yaml,line=3,col=7,title=RG201::100%25 wrong%0Ahint: mend it",
        "::warning file=inputs/p.yaml,line=4,title=RG203::no day",
        "::notice file=inputs/p.yaml,title=RG208::vague%0Ahint: say what",
        "::notice file=inputs/p.yaml,line=5,col=1,title=RG202 (waived)::no owner%0Areason: The post is new",
    ]


def test_sarif_has_what_its_schema_requires() -> None:
    """OASIS SARIF 2.1.0: log (3.13), run (3.14), tool (3.18), result (3.27), place (3.29), rule (3.49)."""
    log = json.loads(MACHINE_FORMATS["sarif"](FINDINGS))
    assert (log["version"], log["$schema"].rpartition("/")[2]) == ("2.1.0", "sarif-schema-2.1.0.json")
    [run] = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "reportgen"
    assert [rule["id"] for rule in driver["rules"]] == [rule.code for rule in RULES]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    for result, one in zip(run["results"], FINDINGS.all, strict=True):
        checked_result(result, driver["rules"], one)


def checked_result(result: dict[str, Any], rules: list[dict[str, Any]], one: Diagnostic) -> None:
    assert result["message"]["text"].startswith(one.message)
    assert one.hint in result["message"]["text"]
    assert result["level"] in ("error", "warning", "note")
    if "ruleIndex" in result:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    for place in result.get("locations", []):
        physical = place["physicalLocation"]
        assert re.fullmatch(r"[\w./%:-]+", physical["artifactLocation"]["uri"])
        assert physical.get("region", {"startLine": 1})["startLine"] >= 1
        assert physical.get("region", {}).get("startColumn", 1) >= 1
    assert bool(one.waived) == bool(result.get("suppressions"))
    for suppression in result.get("suppressions", []):
        assert suppression == {"kind": "external", "justification": one.waived}


def test_sarif_names_files_by_addresses() -> None:
    results = json.loads(MACHINE_FORMATS["sarif"](FINDINGS))["runs"][0]["results"]
    assert "locations" not in results[0]  # the name of an option is no file
    place = results[1]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "inputs/a%2C%20b/plans/p%3A1%20%C3%A9.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}
    absolute = Findings(
        (PaperFindings(TASK, (Diagnostic(Severity.ERROR, "RG201", Location("/a b/c.yaml"), "x"),)),), RULES
    )
    [result] = json.loads(MACHINE_FORMATS["sarif"](absolute))["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "file:///a%20b/c.yaml"}}}]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_every_format_carries_the_same_findings_and_exit_code(run: Run, form: str) -> None:
    result = run("check", "--format", form)
    assert (result.exit_code, result.stderr) == (1, "")
    assert re.findall(r"RG20[37](?=\"|::)", result.stdout)[-2:] == ["RG203", "RG207"]
    assert run("check", "--format", form).stdout == result.stdout


# ---- explain ----


def test_explain_says_everything_about_a_rule(run: Run) -> None:
    rule = rule_of("RG203")
    printed = run("explain", "rg203").stdout
    assert printed.startswith(f"RG203 warning: {rule.title}\n\n")
    assert " ".join(rule.explanation.split()) in " ".join(printed.split())
    assert rule.source in " ".join(printed.split())
    assert "What trips it, in the action plan:\n\n    actions:\n" in printed
    assert "\nMended:\n" in printed


def test_a_code_that_no_rule_has_is_wrong_usage_with_the_nearest(run: Run) -> None:
    result = run("explain", "RG2O3")
    assert result.exit_code == 2
    assert "'RG2O3' is not the code of a rule; did you mean 'RG203'?" in " ".join(result.stderr.split())


# ---- build ----


@pytest.mark.usefixtures("plan")
def test_build_warns_of_what_the_rules_find_and_makes_the_paper_all_the_same(run: Run) -> None:
    result = run("build", "--format", "html")
    assert result.exit_code == 0
    assert result.stdout.endswith(".html\n")
    assert "sample.yaml:23:10: warning RG207: action A2 is rated red without a comment\n" in result.stderr
    assert result.stderr.endswith("33 gaps in this draft\n2 gaps in this front sheet\n1 paper made: 2 warnings\n")
    assert run("build", "--format", "html", "--strict").exit_code == 3


def test_build_gives_no_advice_and_says_nothing_of_what_is_waived(run: Run, report: Path, plan: Path) -> None:
    change(plan, "text: ?? what will be done (A2)", "text: The quality of plans will be investigated.")
    waiver = "waived:\n  - {code: RG207, reason: The comment is exempt}\n  - {code: RG203, reason: No day is known}\n"
    report.write_text(report.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    assert "advice RG208" in run("check").stdout
    told = run("build", "--format", "html").stderr
    assert told.endswith("gaps in this draft\n2 gaps in this front sheet\n1 paper made\n")


def test_a_mistake_in_a_rule_does_not_keep_a_paper_from_being_made(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("reportgen.pipeline.check_paper", fail)
    result = run("build", "--format", "html", REPORTGEN_DEBUG="")
    assert result.exit_code == 70
    assert all((demo / line).is_file() for line in result.stdout.split())
    assert run("check", REPORTGEN_DEBUG="").exit_code == 70


# ---- Pages ----


def limit_pages(report: Path, limit: int) -> None:
    """Give the report a house that limits pages, a page or two of text, and an appendix of many more."""
    house = Path("templates/short")
    house.mkdir(parents=True)
    (house / "house.yaml").write_text(f"name: Short\nextends: standard\nlimits: {{pages: {limit}}}\n", encoding="utf-8")
    text = "This sentence takes up room. " * 250
    change(report, "appendices:\n", f"house: short\nappendices:\n  - {{id: long, title: Long, text: {text * 6}}}\n")
    change(report, "purpose:\n", f"purpose:\n  - {text}\n")


@pytest.mark.parametrize("command", [("check",), ("build", "--format", "pdf")])
def test_a_paper_with_more_pages_than_its_house_allows_is_found(run: Run, report: Path, command: tuple[str]) -> None:
    limit_pages(report, 1)
    result = run(*command)
    assert re.search(r"warning RG317: the paper has [2-9] pages; the house allows 1\n", result.stdout + result.stderr)


def test_appendices_are_not_counted_as_pages(run: Run, report: Path) -> None:
    limit_pages(report, 9)
    assert "RG317" not in run("check").stdout


def test_a_waived_limit_of_pages_is_without_use_only_where_pages_are_known(run: Run, report: Path) -> None:
    limit_pages(report, 9)
    waiver = "waived: [{code: RG317, reason: The chair has agreed}]\n"
    report.write_text(report.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    assert "RG317 is waived, but the rule finds nothing there" in run("check").stdout
    assert "RG317" not in run("build", "--format", "html").stderr
