"""Names and places that one part of a house uses must be known to another: the rest of the loader's checks."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from reportgen.diagnostics import Problems, Rejected
from reportgen.house import read_house
from tests.small import BASE, TEMPLATE, write_base, write_house
from tests.unit.house.test_loader import BLOCKS, SECTIONS

FILLING = TEMPLATE.replace("<ul>", "<p>{{ house.phrases.recommend|fill(body='x', group='y') }}</p><ul>")


def wrong_with(folder: Path, style: str, look: str = "", base: str = BASE, **templates: str) -> list[str]:
    """What reading a house tells, as "code house/file:line"."""
    write_base(folder, base, report=FILLING, blocks=BLOCKS)
    write_house(folder, "westmere", "name: W\n" + style, look, **templates)
    problems = Problems()
    with suppress(Rejected):
        read_house("westmere", [folder], problems)
    return [f"{one.code} {one.location.path.removeprefix(f'{folder}/')}:{one.location.line}" for one in problems.found]


def test_a_valid_house_passes_all_checks(tmp_path: Path) -> None:
    child = "{% extends '_base/report.xml.j2' %}"
    assert wrong_with(tmp_path, SECTIONS.strip() + "\nrequired: [background]\n", report=child) == []


@pytest.mark.parametrize(
    ("phrase", "right"), [("{body} {GROUP}", True), ("{boddy}", False), ("{body} {council}", False)]
)
def test_a_phrase_has_only_places_that_a_template_fills(tmp_path: Path, phrase: str, right: bool) -> None:
    found = wrong_with(tmp_path, f'phrases:\n  recommend: "{phrase}"\n')
    assert found == ([] if right else ["RG044 westmere/house.yaml:3"])


@pytest.mark.parametrize(("title", "right"), [("On {group} by {INSPECTORATE}", True), ("On {body}", False)])
def test_a_title_has_only_places_that_titles_can_have(tmp_path: Path, title: str, right: bool) -> None:
    found = wrong_with(tmp_path, SECTIONS.strip().replace("title: Background", f'title: "{title}"'))
    assert found == ([] if right else ["RG044 westmere/house.yaml:3"])


@pytest.mark.parametrize("name", ["background", "the other sections"])
def test_a_text_that_two_sections_would_print_is_an_error_at_the_second(tmp_path: Path, name: str) -> None:
    style = SECTIONS.strip() + f"\n  - {{title: Again, content: [{name}]}}\n"
    assert wrong_with(tmp_path, style) == ["RG043 westmere/house.yaml:7"]


def test_what_is_required_must_be_something_that_there_is(tmp_path: Path) -> None:
    assert wrong_with(tmp_path, SECTIONS.strip() + "\nrequired: [backround]\n") == ["RG043 westmere/house.yaml:7"]


def test_two_styles_cannot_share_one_name_in_word(tmp_path: Path) -> None:
    look = "styles:\n  body: {name: Own}\n  lead-in: {name: own}\n"
    assert wrong_with(tmp_path, "", look) == ["RG041 westmere/look.yaml:3"]


def test_a_choice_is_one_of_those_that_the_base_offers(tmp_path: Path) -> None:
    base = BASE + "choices: {findings: [bullets, table]}\n"
    assert wrong_with(tmp_path, "options: {findings: table}", base=base) == []
    assert wrong_with(tmp_path, "options:\n  findings: list\n", base=base) == ["RG044 westmere/house.yaml:3"]


def test_a_block_that_the_extended_template_does_not_have_is_an_error_at_its_line(tmp_path: Path) -> None:
    base = "<report>{% block masthead %}{% block inner %}{% endblock %}{% endblock %}</report>"
    child = "{% extends '_base/report.xml.j2' %}\n{% block inner %}{% block own %}{% endblock %}{% endblock %}\n"
    write_base(tmp_path, report=base)
    for extra, expected in (("", []), ("{% block mast %}x{% endblock %}", ["RG042 report.xml.j2:3"])):
        write_house(tmp_path, "westmere", "name: W", report=child + extra)
        problems = Problems()
        with suppress(Rejected):
            read_house("westmere", [tmp_path], problems)
        assert [f"{one.code} {Path(one.location.path).name}:{one.location.line}" for one in problems.found] == expected
