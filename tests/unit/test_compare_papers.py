"""The comparison of papers of two versions: what counts as the same, and what is said of the rest."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from weasyprint import HTML

from tools.compare_papers import compare_files, main

PAGE = """<html lang="en"><title>T</title><style>svg {{ width: 2cm }}</style><h1 id="a">{0}</h1>
<p><a href="#a">Link</a> <svg aria-label="{1}" viewBox="0 0 90 90"><text y="50">{2}</text></svg></p></html>"""


def make_html(heading: str = "Findings", said: str = "Two good", drawn: str = "2") -> bytes:
    return PAGE.format(heading, said, drawn).encode()


def make_pdf(heading: str = "Findings", said: str = "Two good", drawn: str = "2") -> bytes:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'><text y='50'>{drawn}</text></svg>"
    page = f'<html lang="en"><title>T</title><h1>{heading}</h1><p><img alt="{said}" src="data:image/svg+xml,{svg}"></p>'
    return HTML(string=page).write_pdf(pdf_tags=True)


def make_docx(heading: str = "Findings", said: str = "Two good", drawn: str = "2") -> bytes:
    document, picture, made = Document(), io.BytesIO(), io.BytesIO()
    document.add_heading(heading)
    document.add_paragraph("A step", style="List Number")
    Image.new("RGB", (3, 3), (int(drawn), 0, 0)).save(picture, "PNG")
    shape = document.add_picture(picture)
    shape._inline.docPr.set("descr", said)
    document.save(made)
    return made.getvalue()


def zip_again(content: bytes) -> bytes:
    """Make other bytes of the same Word file."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist()):
            new.writestr(name, old.read(name).replace(b"rId9", b"rId99"))
    return made.getvalue()


MAKERS = {".docx": make_docx, ".html": make_html, ".pdf": make_pdf}


def verdict_of(folder: Path, suffix: str, before: bytes, after: bytes, *allowed: str) -> tuple[str, str]:
    paths = (folder / f"before{suffix}", folder / f"after{suffix}")
    for path, content in zip(paths, (before, after), strict=True):
        path.write_bytes(content)
    verdict, differences = compare_files(*paths, set(allowed))
    return verdict, "\n".join(differences)


@pytest.mark.parametrize("suffix", MAKERS)
def test_each_kind_of_file_is_compared_by_its_aspects(tmp_path: Path, suffix: str) -> None:
    make = MAKERS[suffix]
    assert verdict_of(tmp_path, suffix, make(), make()) == ("identical", "")
    verdict, said = verdict_of(tmp_path, suffix, make(), make("Finding"))
    assert verdict == "differs"
    assert "text: -" in said
    assert "Findings" in said


@pytest.mark.parametrize("suffix", MAKERS)
def test_pictures_may_be_allowed_to_look_different_but_not_to_say_something_else(tmp_path: Path, suffix: str) -> None:
    make = MAKERS[suffix]
    verdict, said = verdict_of(tmp_path, suffix, make(), make(drawn="3"))
    assert verdict == "differs"
    assert {line.split(":")[0] for line in said.splitlines()} == {"pictures"}
    assert verdict_of(tmp_path, suffix, make(), make(drawn="3"), "pictures") == ("same", "")
    verdict, said = verdict_of(tmp_path, suffix, make(), make(said="Two bad"), "pictures")
    assert verdict == "differs"
    assert "Two bad" in said


def test_word_files_are_the_same_whatever_the_numbers_of_their_relationships(tmp_path: Path) -> None:
    assert b"rId9" in zipfile.ZipFile(io.BytesIO(make_docx())).read("word/document.xml")
    assert verdict_of(tmp_path, ".docx", make_docx(), zip_again(make_docx())) == ("same", "")


def test_folders_are_compared_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
        (folder / "paper.html").write_bytes(make_html())
        (folder / "index.html").write_text(folder.name)
    command = ["--before", str(before), "--after", str(after)]
    assert main(command) == 0
    (before / "gone.html").write_bytes(make_html())
    assert main(command) == 1
    said = capsys.readouterr().out
    assert "identical  paper.html" in said
    assert "differs    gone.html" in said
    assert said.endswith("2 files: 1 identical, 0 same, 1 differs\n")
