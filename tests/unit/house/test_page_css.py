"""A house's page.css may say how papers look, and nothing else."""

from __future__ import annotations

import pytest

from reportgen.diagnostics import Problems
from reportgen.house.page_css import check_stylesheet


def found_in(css: str) -> list[str]:
    problems = Problems()
    check_stylesheet("page.css", css, problems)
    return [f"{one.location.line}:{one.location.column} {one.message}" for one in problems.found]


@pytest.mark.parametrize(
    "css",
    [
        "",
        "p { color: #00534c; }",
        "@page { margin: 2cm } @media print { p { orphans: 3 } }",
        "p::before { content: '\\2013'; } a::after { content: 'it\\'s' }",
        "p { background: url(data:image/png;base64,iVBORw0KGgo=) }",
        "/* see https://www.w3.org/TR/css-page-3/ and url(x) */ p {}",
        ".a > .b { width: calc(1px + (2px * 3)) }",
    ],
)
def test_what_only_says_how_things_look_is_taken(css: str) -> None:
    assert found_in(css) == []


@pytest.mark.parametrize(
    ("css", "place"),
    [
        ("p {}\n  @import 'x.css';", "2:3"),
        ("p { background: URL( 'x.png' ) }", "1:17"),
        ("p { background: u\\72 l(x.png) }", "1:17"),
        ("p { background: \\75 rl(x.png) }", "1:17"),
        ("p { background: url(data:text/html;base64,x) }", "1:17"),
        ("p { content: '\\2013' url(x) }", "1:22"),
        ("@font-face { font-family: x }", "1:1"),
        ("/* */ p { background: image-set('x' 1x) }", "1:23"),
    ],
)
def test_what_would_be_fetched_is_refused_where_it_stands(css: str, place: str) -> None:
    assert [one.split()[0] for one in found_in(css)] == [place]
    assert "would fetch something from outside" in found_in(css)[0]


@pytest.mark.parametrize("css", ["</style>", "p {} <!-- x", "\\3c/style>", "x ]]> y"])
def test_what_would_end_the_style_is_refused(css: str) -> None:
    assert any("would end the style" in one for one in found_in(css))


def test_brackets_are_closed_again() -> None:
    assert found_in("p { color: red } " * 100) == []
    assert "more than 20 deep" in found_in("p { " * 21)[0]


def test_an_escape_that_means_no_character_is_none() -> None:
    assert found_in("p { content: '\\110000\\d800\\0' }") == []
