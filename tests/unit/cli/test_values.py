"""Values as text: readable, complete, without what is not given."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.cli.show import format_value
from reportgen.diagnostics import Location
from reportgen.document import Image, List, ListItem, Number, Paragraph, SourceRef, Span, Text
from reportgen.model.report import Recommendation, Report


def test_a_record_shows_what_is_given() -> None:
    report = Report.model_validate(
        {"id": "r", "title": "T", "purpose": ["First line.\n\nSecond."], "recommendations": ["note it"]}
    )
    assert format_value(report).splitlines() == [
        "Report",
        "  id: r",
        "  kind: outcome",
        "  title: T",
        "  status: draft",
        "  wards: All",
        "  key_decision: no",
        "  purpose:",
        "    - |",
        "      First line.",
        "",
        "      Second.",
        "  recommendations:",
        "    - Recommendation: note it",
        "  read_only: no",
    ]


def test_a_picture_shows_its_size_and_not_its_bytes() -> None:
    image = Image("map", b"\x89PNG" * 1000, "image/png", 30, 20)
    lines = format_value(image).splitlines()
    assert lines == ["Image", "  name: map", "  media_type: image/png", "  width: 30", "  height: 20"]


def test_a_node_shows_what_differs_from_its_defaults() -> None:
    paragraph = Paragraph(
        (Text("The "), Span("strong", (Text("end"),))),
        number=Number("1.1", "body", 1, 1),
        origin=SourceRef(Location("a.yaml", 3, 5), "purpose.0"),
        location=Location("report.xml.j2", 9),
    )
    assert format_value(List((ListItem((paragraph,)),), ordered=True)).splitlines() == [
        "List",
        "  items:",
        "    - ListItem",
        "      content:",
        "        - Paragraph",
        "          content:",
        '            - Text: "The "',
        "            - Span",
        "              role: strong",
        "              content:",
        "                - Text: end",
        "          number: Number",
        "            text: 1.1",
        "            sequence: body",
        "            level: 1",
        "            position: 1",
        "          origin: a.yaml:3:5 purpose.0 0",
        "  ordered: yes",
    ]


def test_mappings_and_awkward_texts_stay_readable() -> None:
    @dataclass(frozen=True)
    class Value:
        figures: dict[str, int]
        texts: tuple[str, ...]

    value = Value({"case_files": 44, "none": 0}, ("- a dash", '"quoted"', "a: b", "| bar", " "))
    assert format_value(value).splitlines() == [
        "Value",
        "  figures:",
        "    case_files: 44",
        "    none: 0",
        "  texts:",
        '    - "- a dash"',
        r'    - "\"quoted\""',
        "    - a: b",
        '    - "| bar"',
        '    - " "',
    ]


def test_a_value_of_one_field_is_one_line() -> None:
    assert format_value(Recommendation.model_validate({"text": "note it"})) == "Recommendation: note it\n"
