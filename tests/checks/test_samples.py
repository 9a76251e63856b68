"""The sample papers: exactly what real papers deserve is found in them, and nothing else."""

from __future__ import annotations

import pytest

from reportgen.pipeline import count_gaps
from tests.checks.checking import check
from tests.samples import MEETINGS, REPORTS, ROOT, front_sheet

PLANS = {name: f"inputs/{name}/action-plans" for name in ("cambridgeshire", "dudley")}
TABLES = "inputs/cambridgeshire/inspections/slac-2009.yaml"
DESERVED = {
    "cambridgeshire-slac-2009": [
        # The paper's text states these numbers of judgements; its tables have fewer, and one row without its grade.
        f"warning RG108 {TABLES}:16:14: 34 judgements are stated, but 29 stand in this file",
        f"warning RG108 {TABLES}:17:14: 15 judgements in 'Safeguarding services' are stated, but 13 stand in this file",
        f"warning RG108 {TABLES}:18:14: 19 judgements in 'Services for looked after children' are stated, "
        "but 16 stand in this file",
        # The council's table had two columns, Recommendation and Response: nobody was named, and no day.
        f"warning RG202 {PLANS['cambridgeshire']}/slac-2009.yaml:9:3: none of the 21 actions has an owner",
        f"warning RG203 {PLANS['cambridgeshire']}/slac-2009.yaml:9:3: none of the 21 actions has a due date",
        f"warning RG204 {PLANS['cambridgeshire']}/slac-2009.yaml:9:3: none of the 21 actions has a measure",
    ],
    "dudley-slac-2011-action-plans": [
        # Of the thirteen plans the real paper assigned eight to a lead, and these to nobody.
        f"warning RG213 {PLANS['dudley']}/slac-2011.yaml:35:13: part 9 of the plan is led by nobody",
        f"warning RG213 {PLANS['dudley']}/slac-2011.yaml:36:13: part 10 of the plan is led by nobody",
        f"warning RG213 {PLANS['dudley']}/slac-2011.yaml:37:13: part 11 of the plan is led by nobody",
        f"warning RG213 {PLANS['dudley']}/slac-2011.yaml:38:13: part 12 of the plan is led by nobody",
        f"warning RG213 {PLANS['dudley']}/slac-2011.yaml:39:13: part 13 of the plan is led by nobody",
        # The real paper neither listed background papers nor said that there were none.
        "warning RG410 inputs/dudley/reports/slac-2011-action-plans.yaml:6:1: there is neither a list of background "
        "papers nor a statement that there are none",
    ],
    "dudley-ilacs-2022": [
        # The reference to the forward plan is made up; a day of the notice to go with it would be made up, too.
        "advice RG415 inputs/dudley/reports/ilacs-2022.yaml:30:19: the notice CS/2023/007 is named, "
        "but not when it was published and what it states",
    ],
    "durham-slac-2011": [],
    "north-tyneside-sif-2017": [
        # The plan touches children all over the borough, and the paper does not say why that makes no key decision.
        "advice RG411 inputs/north-tyneside/reports/sif-2017.yaml:28:8: the wards are 'All', "
        "yet the decision is not key",
    ],
    "north-tyneside-slac-2012": [],
}
"""What is found in each sample, as of its meeting."""
UNTIED = {
    # Clearances typed before there were marks for the text that was cleared. Those of the real papers have none at all.
    "cambridgeshire-slac-2009": 0,
    "dudley-ilacs-2022": 8,
    "dudley-slac-2011-action-plans": 0,
    "durham-slac-2011": 0,
    "north-tyneside-sif-2017": 8,
    "north-tyneside-slac-2012": 1,  # six sign-offs, told once
}
"""How many clearances of each are not tied to their text, and nothing else, when it is about to be published."""


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def found_in(name: str, *options: str) -> list[str]:
    return check(str(REPORTS[name].relative_to(ROOT)), *options)


@pytest.mark.parametrize("name", REPORTS)
def test_what_the_real_paper_deserves_is_found_and_nothing_else(name: str) -> None:
    assert sorted(found_in(name)) == sorted(DESERVED[name])


@pytest.mark.parametrize("name", REPORTS)
def test_a_sample_about_to_be_published_has_clearances_not_tied_to_their_text_and_nothing_else(name: str) -> None:
    more = [one for one in found_in(name, "--final") if one not in DESERVED[name]]
    assert [one.split()[:2] for one in more] == [["warning", "RG507"]] * UNTIED[name]


def test_every_sample_is_listed() -> None:
    assert set(DESERVED) == set(UNTIED) == set(REPORTS)


@pytest.mark.parametrize("name", MEETINGS)
def test_the_front_sheet_of_a_sample_has_no_gap(name: str) -> None:
    document, _ = front_sheet(name)
    assert count_gaps(document) == 0
