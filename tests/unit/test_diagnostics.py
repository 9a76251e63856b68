"""Problems, their places and hints."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Diagnostic, Location, Problems, Rejected, Severity, nearest

HERE = Location("report.yaml", 3, 7)


def test_a_location_prints_as_path_line_and_column() -> None:
    assert str(HERE) == "report.yaml:3:7"


def test_a_location_without_a_column_prints_path_and_line() -> None:
    assert str(Location("report.yaml", 3)) == "report.yaml:3"


def test_a_location_without_a_line_is_the_file_as_a_whole() -> None:
    assert str(Location("report.yaml")) == "report.yaml"


def test_locations_sort_by_path_then_line_then_column() -> None:
    ordered = [Location("a", 2, 9), Location("a", 10, 1), Location("b", 1, 1), Location("b", 1, 2)]
    assert sorted([ordered[2], ordered[0], ordered[3], ordered[1]]) == ordered


def test_a_diagnostic_prints_place_severity_code_and_message() -> None:
    assert str(Diagnostic(Severity.ERROR, "RG011", HERE, "the key 'title' is missing")) == (
        "report.yaml:3:7: error RG011: the key 'title' is missing"
    )


def test_a_hint_stands_on_a_line_of_its_own() -> None:
    diagnostic = Diagnostic(Severity.WARNING, "RG060", HERE, "no date", "add due:")
    assert str(diagnostic) == "report.yaml:3:7: warning RG060: no date\n  hint: add due:"


def test_problems_are_kept_in_the_order_in_which_they_were_found() -> None:
    problems = Problems()
    problems.error("RG002", HERE, "second by code, first found")
    problems.warning("RG001", HERE, "found later")
    assert [one.code for one in problems.found] == ["RG002", "RG001"]
    assert [one.severity for one in problems.found] == [Severity.ERROR, Severity.WARNING]


def test_the_same_problem_is_told_once() -> None:
    problems = Problems()
    problems.error("RG001", HERE, "no such file")
    problems.error("RG001", HERE, "no such file")
    problems.error("RG001", Location("other.yaml"), "no such file")
    assert len(problems.found) == 2


def test_warnings_do_not_stop_the_pipeline() -> None:
    problems = Problems()
    problems.warning("RG060", HERE, "look at this")
    problems.stop_if_errors()


def test_an_error_stops_the_pipeline_with_everything_found_so_far() -> None:
    problems = Problems()
    problems.warning("RG060", HERE, "look at this")
    problems.error("RG011", HERE, "the key 'title' is missing", "add it")
    with pytest.raises(Rejected) as caught:
        problems.stop_if_errors()
    assert caught.value.diagnostics == tuple(problems.found)
    assert str(caught.value) == "\n".join(str(one) for one in problems.found)


@pytest.mark.parametrize(
    ("typed", "meant"), [("recomendations", "recommendations"), ("TITLE", "title"), ("purposes", "purpose")]
)
def test_a_word_that_is_nearly_known_is_suggested(typed: str, meant: str) -> None:
    assert nearest(typed, ["title", "purpose", "recommendations"]) == f"did you mean '{meant}'?"


def test_a_suggestion_is_spelt_as_the_known_word_is() -> None:
    assert nearest("good", ["Outstanding", "Good"]) == "did you mean 'Good'?"


def test_known_words_are_listed_when_none_is_near() -> None:
    assert nearest("xyz", ["title", "purpose"]) == "use one of: title, purpose"


def test_there_is_no_hint_when_nothing_is_known() -> None:
    assert nearest("xyz", []) == ""
