"""The picture behind the first page of PDF and HTML: what may be one, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.diagnostics import Problems
from reportgen.house.letterhead import Letterhead, read_letterhead
from tests.letterheads import crest, make_drawing

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 210 297">{}</svg>'
)


def read(folder: Path, name: str, content: bytes | str) -> Letterhead:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    problems = Problems()
    letterhead = read_letterhead(folder, problems)
    assert problems.found == []
    assert letterhead is not None
    return letterhead


def refused(folder: Path, content: bytes | str, name: str = "letterhead.svg") -> str:
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    problems = Problems()
    assert read_letterhead(folder, problems) is None
    (found,) = problems.found
    assert found.location.path == str(folder / name)
    assert found.hint
    return found.message


def test_a_house_without_a_picture_has_no_letterhead(tmp_path: Path) -> None:
    problems = Problems()
    assert read_letterhead(tmp_path, problems) is None
    assert problems.found == []


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("letterhead.svg", make_drawing(), "image/svg+xml"),
        ("letterhead.png", crest(), "image/png"),
        ("letterhead.jpg", crest(form="JPEG"), "image/jpeg"),
    ],
)
def test_it_may_be_a_drawing_or_a_picture(tmp_path: Path, name: str, content: bytes | str, media_type: str) -> None:
    letterhead = read(tmp_path, name, content)
    assert letterhead.media_type == media_type
    assert letterhead.address.startswith(f"data:{media_type};base64,")


def test_two_of_them_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "letterhead.png").write_bytes(crest())
    assert "letterhead.png is there, too" in refused(tmp_path, make_drawing())


def test_a_picture_that_is_none_is_told_as_in_a_report(tmp_path: Path) -> None:
    assert "no whole picture" in refused(tmp_path, b"GIF89a", "letterhead.png")


def test_what_drawing_programs_note_in_a_drawing_stays_behind(tmp_path: Path) -> None:
    noted = (
        '<metadata>who and when</metadata><p:window xmlns:p="urn:program"/><!-- a note --><?a b?>'
        '<rect xmlns:p="urn:program" p:label="x" width="9" height="9"/>'
    )
    content = read(tmp_path, "letterhead.svg", SVG.format(noted)).content.decode()
    assert "<rect" in content
    assert not any(word in content for word in ("who and when", "window", "label", "a note", "<?a"))


@pytest.mark.parametrize(
    "content",
    [
        '<style>.a{fill:url(#g)} .b{fill:#fff}</style><rect class="a" style="fill:url( \'#g\' )"/>',
        '<image xlink:href="data:image/png;base64,AAAA" width="9" height="9"/>',
        '<text xml:space="preserve">a  b</text>',
    ],
)
def test_references_within_the_drawing_are_allowed(tmp_path: Path, content: str) -> None:
    read(tmp_path, "letterhead.svg", SVG.format(content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<script>alert(1)</script>", "an element <script>"),
        ("<foreignObject/>", "an element <foreignObject>"),
        ('<animate attributeName="href"/>', "an element <animate>"),
        ('<a xlink:href="https://x.example"/>', "an element <a>"),
        ('<rect onclick="alert(1)"/>', "has a script (onclick)"),
        ('<image href="file:///etc/passwd"/>', "outside the drawing (href)"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "outside the drawing (href)"),
        ('<use xlink:href="other.svg#a"/>', "outside the drawing (href)"),
        ('<rect fill="url(http://x.example/#a)"/>', "outside the drawing (fill)"),
        ('<rect style="fill:u\\72l(http://x.example)"/>', "outside the drawing (style)"),
        ("<style>@import 'http://x.example';</style>", "<style> would fetch"),
        ("<style>a{fill:url(  'http://x.example')}</style>", "<style> would fetch"),
        ('<g id="a"><use href="#a"/></g>', "'a' is drawn within itself"),
        ("".join(f'<g id="a{n}">' + f'<use href="#a{n + 1}"/>' * 9 + "</g>" for n in range(9)), "more than 50,000"),
    ],
)
def test_what_runs_fetches_or_never_ends_is_refused(tmp_path: Path, content: str, message: str) -> None:
    assert message in refused(tmp_path, SVG.format(content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no drawing", "no SVG drawing, or a damaged one"),
        ("<html/>", "this is no SVG drawing"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>', "has no viewBox"),
        (f"<!DOCTYPE svg>{SVG}", "declares a document type"),
        (SVG.format("<g>" * 300 + "</g>" * 300), "nested more than 200 deep"),
        (SVG.format(" " * 2_000_000), "2.0 MB; at most 2 MB"),
    ],
)
def test_a_file_that_is_no_drawing_is_told(tmp_path: Path, content: str, message: str) -> None:
    assert message in refused(tmp_path, content)
