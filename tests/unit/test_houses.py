"""The four councils' houses: the samples of 2009 to 2012 have the blocks of the papers that they were taken from,
in this order, with these numbers. All other wording is the authors' own and is not looked at here (see tests/golden).
"""

from __future__ import annotations

import pytest

from reportgen.document import List, Paragraph, Table, plain_text
from tests.outline import masthead, outlined, section, spans
from tests.samples import sample

# ---- North Tyneside, Cabinet of 9 July 2012 ----

NORTH_TYNESIDE = """\
# PART 1
  # 1.1 Purpose:
  # 1.2 Recommendation(s):
    - It is recommended that Cabinet:
    1.2.1 recommendation
    1.2.2 recommendation
  # 1.3 Forward plan:
  # 1.4 Council plan and policy framework
    1 bullets
  # 1.5 Information:
    - Inspectors based their judgements on:
    3 bullets
    - The inspection report draws attention to these strengths:
    9 bullets
      5 bullets
    - They fall into four groups:
    1. 2. 3. 4.
  # 1.6 Decision options:
    1) 2)
  # 1.7 Reasons for recommended option:
  # 1.8 Appendices:
  # 1.9 Contact officers:
  # 1.10 Background information:
    4 bullets
# PART 2 – COMPLIANCE WITH PRINCIPLES OF DECISION MAKING
  # 2.1 Finance and other resources
  # 2.2 Legal
  # 2.3 Consultation/community engagement
  # 2.4 Human rights
  # 2.5 Equalities and diversity
  # 2.6 Risk management
  # 2.7 Crime and disorder
  # 2.8 Environment and sustainability
# PART 3 - SIGN OFF
  box: Strategic Director(s)
  box: Mayor/Cabinet Member(s)
  box: Chief Executive
  box: Chief Finance Officer
  box: Monitoring Officer
  box: Strategic Manager Policy and Partnership
  - Report author / Paul Cook / Head of Preventative and Safeguarding Services
# Appendix 1 The 2012/13 safeguarding and looked after children services action plan
  panel
  table Ref | Action | Answers | Lead officer | Due | How we will know | Status
    -: 12 rows
"""


def test_north_tyneside_has_three_parts_with_sections_numbered_in_them() -> None:
    assert outlined(sample("north-tyneside-slac-2012")) == NORTH_TYNESIDE.splitlines()


def test_north_tyneside_begins_with_two_sides_and_a_table_of_fields() -> None:
    assert masthead(sample("north-tyneside-slac-2012")) == [
        "North Tyneside Council / Report to Cabinet / Date: 9 July 2012 | "
        "Item 7(e) / Title: Ofsted announced inspection of safeguarding and looked after children services",
        "Portfolio(s): Children, Young People and Learning | Cabinet Member(s): Councillor David Lilly",
        "Report from Directorate: Children, Young People and Learning",
        "Report Author: Paul Cook / Head of Preventative and Safeguarding Services | (Tel: 01632 960101)",
        "Wards affected: All",
    ]


def test_north_tyneside_joins_its_recommendations_to_one_sentence() -> None:
    found = section(sample("north-tyneside-slac-2012"), "Recommendation(s):").children
    texts = [plain_text(block.content) for block in found if isinstance(block, Paragraph)]
    assert [text[:5] for text in texts[1:]] == ["Note ", "Autho"]
    assert texts[1].endswith("; and")
    assert texts[2].endswith("addressed.")


def test_north_tyneside_prints_its_action_plan_on_pages_that_lie_on_their_side() -> None:
    assert [appendix.landscape for appendix in sample("north-tyneside-slac-2012").appendices] == [True]


# ---- Dudley, scrutiny committee of 13 September 2012 ----

DUDLEY = """\
# Purpose of Report
  1. body
  2. body
# Background
  3. body
  4. Inspectors drew on this evidence:
  5 bullets
  5. Each inspection judgement is made on a scale of four points:
  table Grade | Meaning
    -: 4 rows
  6. body
  7. body
  8. body
  9. Thirteen plans have been drawn up by the directorate and its partners to answer the recommendations:
  5 bullets
  - These plans come to this meeting:
  2 bullets
  - They answer these recommendations of the inspection:
  2 bullets
  10. body
# Finance
  11. body
# Law
  12. body
  13. body
  14. body
  15. body
# Equality Impact
  16. body
  17. body
# Recommendation
  18. body
line: Jane Porter, Director of Children's Services
- Contact Officer: Ian McGuff / Assistant Director, Quality and Partnership / Telephone: 01632 960104 \
/ Email: ian.mcguff@example.gov.uk
# Appendix 1 Action plan 2: emotional and mental health support for women before and after birth
  panel
  table Ref | Action | Answers | Lead officer | Due | How we will know | Status
    -: 6 rows
# Appendix 2 Action plan 3: joint protocols for older young people and those at points of transition
  panel
  table Ref | Action | Answers | Lead officer | Due | How we will know | Status
    -: 6 rows
"""


def test_dudley_counts_its_paragraphs_from_one_to_the_end_across_the_headings() -> None:
    assert outlined(sample("dudley-slac-2011-action-plans")) == DUDLEY.splitlines()


def test_dudley_begins_with_the_committee_and_the_date_on_one_line() -> None:
    assert masthead(sample("dudley-slac-2011-action-plans")) == [
        "masthead: Children's Services Scrutiny Committee – 13th September 2012",
        "masthead: Report of the Director of Children's Services",
        "title: Action plans in response to Ofsted inspection of safeguarding and looked after children",
    ]


def test_dudley_says_who_leads_each_plan() -> None:
    lists = [
        block
        for block in section(sample("dudley-slac-2011-action-plans"), "Background").children
        if isinstance(block, List)
    ]
    leads = [
        plain_text(block.content) for item in lists[1].items for block in item.content if isinstance(block, Paragraph)
    ]
    assert leads == [
        "Plans 1 and 2: led by Health",
        "Plans 3, 4 and 5: led by the Directorate of Children's Services, supported by partner agencies",
        "Plan 6: led by the Police Service",
        "Plans 7 and 8: led by the Directorate of Children's Services",
        "Plans 9, 10, 11, 12 and 13: no lead has been named",
    ]


# ---- Cambridgeshire, Cabinet of 24 November 2009 ----

CAMBRIDGESHIRE = """\
# 1.0 BACKGROUND
  1.1 body
  2 bullets
  1.2 body
# 2.0 INSPECTION OF SAFEGUARDING AND LOOKED AFTER CHILDREN
  2.1 body
  2.2 body
# 3.0 SUMMARY OF KEY FINDINGS
  3.1 Under the framework, each area is judged on a scale of four points:
  table Grade | Judgement
    -: 4 rows
  3.2 body
  3.3 body
  3.4 body
# 4.0 KEY FINDINGS FOR SAFEGUARDING
  4.1 Thirteen separate judgements relate to safeguarding. The table sets them out.
  table Safeguarding services | Grade
    -: 2 rows
    Outcomes for children and young people: 2 rows
    Quality of provision: 3 rows
    Leadership and management: 6 rows
  # 4.2 Areas of strength
    4.2.1 The inspection report names these main strengths:
    8 bullets
  # 4.3 Areas for improvement
    4.3.1 The report makes seven formal recommendations for improvement. They stand beside the responses below:
    - Within 3 months:
    table Recommendation | Response
      -: 3 rows
    - Within six months:
    table Recommendation | Response
      -: 4 rows
# 5.0 KEY FINDINGS FOR LOOKED AFTER CHILDREN
  5.1 Seventeen separate judgements relate to looked after children. The table sets them out.
  table Services for looked after children | Grade
    -: 2 rows
    Outcomes for looked after children and care leavers: 5 rows
    Quality of provision: 4 rows
    Leadership and management: 6 rows
  # 5.2 Areas of strength
    5.2.1 The inspection report names these main strengths:
    10 bullets
  # 5.3 Areas for improvement
    5.3.1 The report makes five formal recommendations for improvement. They stand beside the responses below:
    - Within 3 months:
    table Recommendation | Response
      -: 2 rows
    - Within 6 months:
    table Recommendation | Response
      -: 3 rows
# 6.0 MONITORING THE IMPACT OF THE IMPROVEMENT PLAN
  6.1 body
# 7.0 SIGNIFICANT IMPLICATIONS
  # 7.1 Resources and performance information
    7.1.1 body
  # 7.2 Statutory duties/requirements and partnership working
    7.2.1 body
  # 7.3 Climate change
    7.3.1 body
  # 7.4 Access and inclusion
    7.4.1 body
  # 7.5 Engagement and consultation
    7.5.1 body
table Source documents | Location
  -: 1 rows
"""


def test_cambridgeshire_numbers_sections_in_capitals_and_everything_in_them() -> None:
    assert outlined(sample("cambridgeshire-slac-2009")) == CAMBRIDGESHIRE.splitlines()


def test_cambridgeshire_begins_with_its_front_block_and_contacts_on_two_sides() -> None:
    title, *fields = masthead(sample("cambridgeshire-slac-2009"))
    assert title == (
        "title: OFFICE FOR STANDARDS IN EDUCATION, CHILDREN'S SERVICES AND SKILLS: "
        "INSPECTION OF SAFEGUARDING AND SERVICES FOR LOOKED AFTER CHILDREN 2009"
    )
    labels = [
        "To",
        "Date",
        "From",
        "Electoral division(s)",
        "Forward Plan ref",
        "Key decision",
        "Purpose",
        "Recommendation",
    ]
    assert [field.split(":")[0] for field in fields[:8]] == labels
    assert fields[1] == "Date: 24th November 2009"
    assert fields[6] == "Purpose: 2 bullets"
    assert fields[8:] == [
        "Officer contact: | Member contact:",
        "Name: Laura Wilkinson | Name: Cllr Martin Curtis",
        "Post: Performance and Quality Assurance Manager | Portfolio: Cabinet Member for Children",
        "Email: laura.wilkinson@example.gov.uk | Email: martin.curtis@example.gov.uk",
        "Tel: 01632 960112 | Tel: 01632 960113",
    ]


def test_cambridgeshire_attaches_no_action_plan() -> None:
    assert sample("cambridgeshire-slac-2009").appendices == ()


# ---- Durham, Cabinet of 29 February 2012 ----

# Appendix 3 is ours: the paper of 2012 had its plan elsewhere.
DURHAM = """\
# Purpose of the Report
  1. body
# Background
  2. body
  3. body
  4. body
  5. Inspectors looked at a wide range of evidence:
  5 bullets
  6. Inspectors judge on a scale of four points:
  table Grade | Meaning
    -: 4 rows
# Ofsted Judgement and Gradings
  7. body
  8. All the judgements that the inspection made are in the tables below.
  table Safeguarding services | Grade
    -: 2 rows
    Safeguarding outcomes for children and young people: 8 rows
  table Services for looked after children | Grade
    -: 2 rows
    How good are outcomes for looked after children and care leavers?: 10 rows
# Comparison with other Local Authorities
  9. body
# Key findings
  10. body
# Areas for Improvement
  11. body
# Risks
  12. body
# Summary
  13. body
# Recommendations and reasons
  14. body
# Background papers
  15. body
- Contact: Suzanne Carty / Tel: 01632 960141
# Appendix 1 Implications
# Appendix 2 Ofsted report
# Appendix 3 Action plan
  panel
  table Ref | Action | Lead officer | Due | How we will know | Status
    -: 8 rows
"""


def test_durham_counts_its_paragraphs_from_one_to_the_end_under_plain_headings() -> None:
    assert outlined(sample("durham-slac-2011")) == DURHAM.splitlines()


def test_durham_begins_with_cabinet_date_title_and_whose_report_it_is() -> None:
    assert masthead(sample("durham-slac-2011")) == [
        "masthead: Cabinet",
        "masthead: 29th February 2012",
        "title: Children and Young People's Services: Inspection of Safeguarding and Looked After Children Services",
        "masthead: Report of Corporate Management Team",
        "masthead-note: David Williams, Corporate Director, Children and Young People's Services",
        "masthead-note: Councillor Claire Vasey, Cabinet Portfolio Holder for Children and Young People's Services",
    ]


def test_durham_prints_its_implications_under_eleven_run_in_headings() -> None:
    found = spans(sample("durham-slac-2011").appendices[0], "run-in")
    assert [text.split(" –")[0] for text in found if " –" in text] == [
        "Finance",
        "Staffing",
        "Risk",
        "Equality and Diversity",
        "Accommodation",
        "Crime and Disorder",
        "Human Rights",
        "Consultation",
        "Procurement",
        "Disability Discrimination Act",
        "Legal Implications",
    ]
    assert len(found) == 11


def test_durham_sets_the_key_judgements_in_bold() -> None:
    first = section(sample("durham-slac-2011"), "Ofsted Judgement and Gradings").children[0]
    assert spans(first, "strong") == ["outstanding", "outstanding", "good", "outstanding"]


def test_durham_gives_the_meaning_of_each_grade() -> None:
    (scale,) = [
        block for block in section(sample("durham-slac-2011"), "Background").children if isinstance(block, Table)
    ]
    rows = [
        [plain_text(block.content) for cell in row.cells for block in cell.content if isinstance(block, Paragraph)]
        for row in scale.groups[0].rows
    ]
    assert rows == [
        ["Outstanding (Grade 1)", "A service that significantly exceeds minimum requirements"],
        ["Good (Grade 2)", "A service that exceeds minimum requirements"],
        ["Adequate (Grade 3)", "A service that only meets minimum requirements"],
        ["Inadequate (Grade 4)", "A service that does not meet minimum requirements"],
    ]


# ---- The house for a council that has none yet ----


@pytest.mark.parametrize("name", ["north-tyneside-sif-2017", "dudley-ilacs-2022"])
def test_the_standard_house_has_what_most_english_templates_share(name: str) -> None:
    headings = [line for line in outlined(sample(name)) if line.startswith("#") and "Appendix B" not in line]
    assert [line.split(" Action plan")[0] for line in headings] == [
        "# 1 Purpose",
        "# 2 Recommendations",
        "# 3 Reasons",
        "# 4 Background and findings",
        "# 5 Options considered",
        "# 6 Consultation",
        "# 7 Implications",
        "# 8 Appendices",
        "# 9 Background papers",
        "# Appendix A",
    ]
