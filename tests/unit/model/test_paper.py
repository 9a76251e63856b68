"""Everything that one paper is made from."""

from __future__ import annotations

from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council
from reportgen.model.paper import Paper
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from tests.small import COUNCIL, INSPECTION, PLAN, REPORT, record


def test_a_paper_must_print_the_prose_of_its_report_inspection_and_plan() -> None:
    report, council = record(Report, "id: x\n" + REPORT), record(Council, "id: x\n" + COUNCIL)
    inspection, plan = record(Inspection, "id: x\n" + INSPECTION), record(ActionPlan, "id: x\n" + PLAN)
    alone = ["To report the outcome.", "note the outcome", "Ofsted came in autumn.", "There is no cost."]
    assert [one.text for one in Paper(report, council).prose()] == alone
    assert [one.text for one in Paper(report, council, inspection=inspection, plan=plan).prose()] == [
        *alone,
        "Early help is strong",
        "Keep better records",
        "Plan with families",
        "Buy a new system",
        "Meet every week",
    ]
