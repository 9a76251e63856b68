"""Days typed in sentences: those that never were, and the day of publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.rules.written import Desk, saying


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("We meet on Tuesday 9 November 2026.", "'Tuesday 9 November 2026' was found; that day is a Monday"),
        ("We meet on Sunday,\n9th Nov 2026.", "'Sunday, 9th Nov 2026' was found; that day is a Monday"),
        ("By 31 September 2026.", "'31 September 2026' is no day: September 2026 has 30 days"),
        ("Between 28 and 31st June.", "'31st June' is no day: June has 30 days"),
        ("By 29 February 2023.", "'29 February 2023' is no day: February 2023 has 28 days"),
        ("By 45 May 2023.", "'45 May 2023' is no day: May 2023 has 31 days"),
    ],
)
def test_a_day_that_never_was_is_found(desk: Desk, text: str, message: str) -> None:
    [found] = desk.found("RG323", saying(text))
    assert found.message == message


@pytest.mark.parametrize(
    "text",
    [
        "We meet on Monday 9 November 2026 and on Tuesday, the 10th of November 2026.",
        "By 29 February we know more; by 31 August 2026, too.",
        "Tuesday 9 November suits all.",
        "In the spring 45 May trees were cut, and £31 June 2026 tickets sold.",
        "Between Monday and Friday 13 November 2026.",
    ],
)
def test_days_that_can_be_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG323", saying(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The report was published on 14 January 2023.",
        "Ofsted's report was published on Saturday 14 January 2023.",
        "The inspection report was published by Ofsted on 4 March 2023.",
        "The inspectors' letter was first published on 12 January 2023.",
    ],
)
def test_another_day_of_publication_than_the_inspections_is_found(desk: Desk, text: str) -> None:
    [found] = desk.found("RG324", saying(text))
    assert found.message.endswith("; the inspection has 2023-01-13")
    assert found.hint.startswith("write {{ inspection.published|date }}")


@pytest.mark.parametrize(
    "text",
    [
        "The report was published on 13 January 2023.",
        "The report was published on 14 March 2023.",
        "The report was published on {{ inspection.published|date }}.",
        "A peer review was held. The report was published on 14 January 2023.",
        "The previous inspection report was published on 14 January 2023.",
        "Ofsted's report was published on 4 March 2019.",
        "The annual report was published on 14 January 2023.",
    ],
)
def test_the_same_day_and_other_reports_are_passed_over(desk: Desk, text: str) -> None:
    assert desk.messages("RG324", saying(text)) == []
