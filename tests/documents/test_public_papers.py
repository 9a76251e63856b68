"""Fifty papers with secrets in random places: what is made for the public holds none of them, anywhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner

from reportgen import pipeline, redaction
from reportgen.cli import main
from reportgen.diagnostics import Problems, Rejected
from reportgen.model.base import Prose, Record
from reportgen.model.inspection import Inspection
from reportgen.model.marking import Marked
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from reportgen.model.task import Audience, Task
from tests.canaries import CANARY, Secretive, write_secretive
from tests.samples import HOUSES, TEMPLATES

PAPERS = 50


@dataclass(frozen=True)
class Built:
    """The papers, and all that was made of them for the public."""

    papers: list[Secretive]
    out: Path
    told: str
    """What the command printed."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("secretive")
    papers = write_secretive(folder, range(PAPERS), HOUSES)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        run = CliRunner().invoke(main, ["build", "inputs", "--public", "--format", "docx,pdf,html", "--out", "out"])
    assert run.exit_code == 0, run.output
    return Built(papers, folder / "out", run.output)


def made_for(secretive: Secretive, audience: Audience, formats: list[str]) -> dict[str, bytes]:
    problems = Problems()
    task = Task(secretive.report, secretive.meeting, None, (TEMPLATES,), audience)
    made = pipeline.build_paper(task, formats, problems)
    assert [str(one) for one in problems.found] == []
    return made.files


# ---- What a file says ----


def texts_of(name: str, content: bytes) -> Iterator[str]:
    """Everything in a file that somebody could read: its parts unpacked, its streams decompressed, its text drawn."""
    yield name
    match Path(name).suffix:
        case ".docx":
            yield from texts_of_word(content)
        case ".pdf":
            yield from texts_of_pdf(content)
        case _:
            yield from decoded(content)


def texts_of_word(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            yield part.filename
            yield part.comment.decode("latin-1")
            raw = package.read(part)
            yield from decoded(raw)
            if Path(part.filename).suffix in (".xml", ".rels"):
                yield re.sub(r"<[^>]*>", "", raw.decode())  # Word cuts texts into runs


def texts_of_pdf(content: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(content)) as document:
        for one in document.objects:
            yield from strings_in(one)
            if isinstance(one, pikepdf.Stream):
                try:
                    yield from decoded(one.read_bytes())
                except pikepdf.PdfError:  # a picture's own compression
                    yield from decoded(one.read_raw_bytes())
    for page in pdfium.PdfDocument(content):
        yield page.get_textpage().get_text_range()


def strings_in(value: object) -> Iterator[str]:
    match value:
        case pikepdf.String() | pikepdf.Name():
            yield str(value)
        case pikepdf.Dictionary() | pikepdf.Stream():
            for key in list(value.keys()):
                yield key
                inner = value.get(key)
                if not (isinstance(inner, pikepdf.Object) and inner.is_indirect):
                    yield from strings_in(inner)
        case pikepdf.Array():
            for inner in list(value):
                if not (isinstance(inner, pikepdf.Object) and inner.is_indirect):
                    yield from strings_in(inner)


def decoded(raw: bytes) -> Iterator[str]:
    yield raw.decode("latin-1")
    if b"\0c\0a\0n" in raw or b"c\0a\0n\0" in raw:
        yield raw.replace(b"\0", b"").decode("latin-1")


def canaries_in(name: str, content: bytes) -> set[str]:
    return {found for text in texts_of(name, content) for found in CANARY.findall(text)}


# ---- What must hold ----


def test_nothing_that_is_made_for_the_public_holds_a_secret(built: Built) -> None:
    files = [path for path in built.out.rglob("*") if path.is_file()]
    assert len([path for path in files if path.suffix in (".docx", ".pdf", ".html")]) >= 3 * PAPERS
    found = {str(path): canaries_in(str(path.relative_to(built.out)), path.read_bytes()) for path in files}
    assert {path: secrets for path, secrets in found.items() if secrets} == {}
    assert CANARY.findall(built.told) == []


def test_what_a_build_keeps_of_papers_with_secrets_holds_none_even_after_both_versions_were_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record, the manifest and the page that shows what was done; the terminal tells what was found, once."""
    monkeypatch.chdir(tmp_path)
    write_secretive(tmp_path, range(PAPERS), HOUSES)
    told = [CliRunner().invoke(main, ["build", "inputs", "--format", "html", "--out", "out"]).output for _ in range(2)]
    quoting = [
        [line for line in text.splitlines() if re.search(": warning RG.*" + CANARY.pattern, line)] for text in told
    ]
    assert [len(lines) > 10 for lines in quoting] == [True, False]
    assert f"0 papers made, {2 * PAPERS} up to date" in told[1]
    kept = [path for path in Path("out").rglob("*") if path.is_file() and "exempt" not in path.parts]
    assert {path.name for path in kept} >= {"manifest.json", "index.html"}
    assert sum(path.suffix == ".json" for path in kept) > PAPERS  # a record a paper
    found = {str(path): canaries_in(str(path), path.read_bytes()) for path in kept}
    assert {path: secrets for path, secrets in found.items() if secrets} == {}


def test_no_exempt_paper_is_made_with_those_for_the_public(built: Built) -> None:
    assert [path for path in built.out.rglob("*") if "exempt" in path.name] == []


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_the_search_finds_secrets_in_every_format(built: Built, form: str) -> None:
    for secretive in built.papers[:5]:
        [content] = made_for(secretive, "exempt", [form]).values()
        assert canaries_in(f"paper.{form}", content), secretive.marked


def test_the_secrets_stand_in_every_kind_of_place_that_can_be_marked(built: Built) -> None:
    wanted = {kind.__name__ for kind in kinds_below(Marked)} - {"MarkedProse", "MarkedPhrase"}
    wanted |= {name for record in (Report, Inspection, ActionPlan) for name in texts_below(record)}
    assert wanted - set().union(*(one.marked for one in built.papers)) == set()


def kinds_below(kind: type[Marked]) -> Iterator[type[Marked]]:
    for one in kind.__subclasses__():
        yield one
        yield from kinds_below(one)


def texts_below(kind: type[Record]) -> Iterator[str]:
    """The texts of a record and of those in it: "Section.text"."""
    for name, field in kind.model_fields.items():
        for part in types_in(field.annotation):
            if issubclass(part, Prose):
                yield f"{kind.__name__}.{name}"
            elif issubclass(part, Record):
                yield from texts_below(part)


def types_in(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from types_in(part)


def forget_texts(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(redaction._Redaction, "_gap", lambda _, prose, *__: prose)


def forget_names(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(redaction._Redaction, "_rename", lambda _, name: name)


def forget_actions(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(redaction._Redaction, "_plan", lambda _, plan: plan)


def forget_fields(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(redaction, "_blank", lambda _: {})


@pytest.mark.parametrize("forget", [forget_texts, forget_names, forget_actions, forget_fields])
def test_a_redaction_that_forgets_something_would_be_found(
    built: Built, forget: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(monkeypatch)
    for secretive in built.papers:
        problems = Problems()
        task = Task(secretive.report, secretive.meeting, None, (TEMPLATES,), "public")
        try:
            written = pipeline.build_paper(task, ["html"], problems).files
        except Rejected:
            continue
        if canaries_in("paper.html", written["html"]):
            return
    pytest.fail("no secret was found")


def test_the_same_paper_gives_the_same_bytes_for_the_public(built: Built) -> None:
    for number, secretive in enumerate(built.papers[:3], start=1):
        for form, content in made_for(secretive, "public", ["docx", "pdf", "html"]).items():
            [path] = built.out.rglob(f"{number}-*.{form}")
            assert path.read_bytes() == content
