"""Compare the papers that two versions of reportgen make of the same samples.

    python tools/compare_papers.py REVISION [--council NAME] [--house NAME] [--python FILE]
    python tools/compare_papers.py --before FOLDER [--after FOLDER]

The first form builds every sample in every house with REVISION, in an environment made with its constraints.txt (or
with --python FILE, the Python of one that exists), and with the version at hand. The second takes papers that were
made earlier.

Each file gets one line: "identical" to the byte; "same" in text, numbers, structure and pages; or "differs", with the
first differences of each aspect. The exit code is 1 if any file differs. --allow ASPECT lets an aspect differ: with
--allow pictures, charts and letterheads may look different, but not their number and alternative texts.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from lxml import etree
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
RECORDS = {"index.html", "manifest.json", ".reportgen"}  # beside the papers, with times and paths
SHOWN = 4  # lines of an aspect that differs

Description = dict[str, list[str]]
"""What a file holds, in lines by aspect: "text", "structure", "pictures" and so on."""

# ---- Word ----

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STORIES = ("document", "header", "footer", "footnotes", "endnotes", "comments", "glossary/document")
"""Parts of a Word file that hold paragraphs, by the beginning of their names in word/."""
WORD_ASPECTS = {
    **dict.fromkeys(("pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr"), "formatting"),
    # Properties that say what something is, not how it looks.
    **dict.fromkeys(("pStyle", "numPr", "tblStyle", "tblCaption", "gridSpan", "vMerge", "tblHeader"), "structure"),
    **dict.fromkeys(("instrText", "fldChar", "fldSimple"), "fields"),
    **{"sdtPr": "content controls", "sectPr": "sections", "drawing": "pictures"},
}
"""Where an element and what is in it belong; all else belongs with the element around it."""
CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "\u2011"}


def describe_docx(content: bytes) -> Description:
    """Describe a Word file, whatever the numbers of its relationships and lists."""
    lines: Description = defaultdict(list)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    roots = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith(".xml")}
    stories = sorted(name for name in roots if name.removeprefix("word/").startswith(STORIES))
    _describe_styles_and_lists([roots[name] for name in stories], roots, lines)
    for name in stories:
        _resolve_relationships(name, roots[name], parts)
        _describe_word_element(roots[name], "structure", 0, lines)
    for name in sorted(roots.keys() - set(stories) - {"[Content_Types].xml", "word/styles.xml", "word/numbering.xml"}):
        lines["settings"].append(name)
        _describe_word_element(roots[name], "settings", 0, lines)
    return lines


def _describe_word_element(element: Any, aspect: str, depth: int, lines: Description) -> None:
    tag = etree.QName(element).localname
    if aspect in {"structure", "formatting"}:
        aspect = WORD_ASPECTS.get(tag, aspect)
    if tag == "p":
        lines["text"].append(_word_text(element))
    if tag == "drawing":
        lines["structure"] += [f"picture: {about.get('descr')}" for about in element.iter("{*}docPr")]
    if tag == "rPr":
        lines["formatting"].append(f"of the text: {_word_text(element.getparent())}")
    if tag not in {"r", "t"}:  # their words and looks are described above
        attributes = sorted(f"{etree.QName(name).localname}={value}" for name, value in element.attrib.items())
        lines[aspect].append(" ".join(["  " * depth + tag, *attributes, element.text or ""]).rstrip())
    for child in element.iterchildren(etree.Element):
        _describe_word_element(child, aspect, depth + 1, lines)


def _word_text(element: Any) -> str:
    pieces = element.iter(f"{W}t", *CHARACTERS)
    return "".join(CHARACTERS.get(piece.tag, piece.text or "") for piece in pieces)


def _resolve_relationships(name: str, root: Any, parts: dict[str, bytes]) -> None:
    """Replace the numbers of relationships with what they lead to: a picture is named by its pixels."""
    folder, _, file = name.rpartition("/")
    written = parts.get(f"{folder}/_rels/{file}.rels")
    targets = {one.get("Id"): one.get("Target") for one in (etree.fromstring(written) if written else ())}
    for element in root.iter(etree.Element):
        for key in (key for key in element.attrib if key.startswith(R)):
            target = targets[element.get(key)]
            element.set(key, _digest_of_picture(parts[f"{folder}/{target}"]) if "media/" in target else target)


def _digest_of_picture(content: bytes) -> str:
    try:
        picture = Image.open(io.BytesIO(content)).convert("RGBA")
    except OSError:  # no raster picture: SVG
        return hashlib.sha256(content).hexdigest()
    return f"{picture.width}x{picture.height} {hashlib.sha256(picture.tobytes()).hexdigest()}"


def _describe_styles_and_lists(stories: list[Any], roots: dict[str, Any], lines: Description) -> None:
    """Describe the styles in use, and lists in the order of their use, by which they are named."""
    styles = {style.get(f"{W}styleId"): style for style in roots["word/styles.xml"].iter(f"{W}style")}
    used = [name for name, style in styles.items() if style.get(f"{W}default") == "1"]
    for story in stories:
        used += [style.get(f"{W}val") for style in story.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")]
    for name in used:  # grows by the styles that these are based on
        used += [base.get(f"{W}val") for base in styles[name].iter(f"{W}basedOn")] if name in styles else []
    described = [*roots["word/styles.xml"].iter(f"{W}docDefaults")]
    described += [styles[name] for name in sorted({*used} & {*styles})]
    numbers: dict[str, str] = {}
    for number in (number for root in [*stories, *described] for number in root.iter(f"{W}numId")):
        number.set(f"{W}val", numbers.setdefault(number.get(f"{W}val"), f"list {len(numbers) + 1}"))
    for element in described:
        _describe_word_element(element, "styles", 0, lines)
    root = roots.get("word/numbering.xml")
    for instance in (one for number in numbers for one in root.iterfind(f"{W}num[@{W}numId='{number}']")):
        lines["numbering"].append(numbers[instance.get(f"{W}numId")])
        base = instance.find(f"{W}abstractNumId").get(f"{W}val")
        for part in (*root.find(f"{W}abstractNum[@{W}abstractNumId='{base}']"), *instance[1:]):
            if part.tag not in {f"{W}nsid", f"{W}tmpl"}:
                _describe_word_element(part, "numbering", 0, lines)


# ---- PDF ----

NOT_COMPARED = {"/A", "/AP", "/BBox", "/K", "/P", "/Parent", "/Pg", "/Rect", "/S", "/StructParent", "/Type"}
"""Entries of structure elements and links that lead elsewhere, are described on their own, or say where they stand."""


def describe_pdf(content: bytes) -> Description:
    """Describe a PDF: its text by page, structure, bookmarks, links, metadata and pages."""
    lines: Description = defaultdict(list)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        for number, page in enumerate(pdf.pages, 1):
            size = [round(float(side), 1) for side in page.mediabox]
            lines["pages"].append(f"page {number}: label {page.label}, {size}, rotated {page.obj.get('/Rotate', 0)}")
            lines["links"] += [f"page {number}: {_plain(link, pages)}" for link in page.obj.get("/Annots", ())]
        if "/Dests" in pdf.Root.get("/Names", {}):
            places = pikepdf.NameTree(pdf.Root.Names.Dests).items()
            lines["links"] += [f"{name}: {_plain(to, pages)[0]}" for name, to in places]  # not how far down the page
        with pdf.open_metadata() as metadata, pdf.open_outline() as outline:
            about = {**metadata, **pdf.docinfo, **{key: pdf.Root.get(key) for key in ("/Lang", "/ViewerPreferences")}}
            lines["metadata"] += [f"{key}: {_plain(value, pages)}" for key, value in sorted(about.items())]
            _describe_bookmarks(outline.root, 0, pages, lines)
        roots = _entries(pdf.Root.get("/StructTreeRoot", {}))
        for root in roots:
            _describe_pdf_element(root, 0, pages, lines)
        _describe_page_texts(content, {place for root in roots for place in _places_in_figures(root, pages)}, lines)
    return lines


def _describe_bookmarks(items: Any, depth: int, pages: dict[Any, int], lines: Description) -> None:
    for item in items:
        lines["bookmarks"].append(f"{'  ' * depth}{item.title}: {_plain(item.destination, pages)[0]}")
        _describe_bookmarks(item.children, depth + 1, pages, lines)


def _describe_pdf_element(element: Any, depth: int, pages: dict[Any, int], lines: Description) -> None:
    attributes = {key: value for one in _entries(element, "/A") for key, value in one.items()}
    about = sorted((attributes | dict(element.items())).items())
    shown = [f"{key}={_plain(value, pages)}" for key, value in about if key not in NOT_COMPARED]
    lines["structure"].append(" ".join(["  " * depth + str(element.S), *shown]))
    if element.S == "/Figure":
        lines["pictures"].append(f"{element.S} {_plain(attributes.get('/BBox', ''), pages)}")
        return
    for kid in (kid for kid in _entries(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid):
        _describe_pdf_element(kid, depth + 1, pages, lines)


def _places_in_figures(element: Any, pages: dict[Any, int], inside: bool = False) -> Iterator[tuple[int, int]]:
    """Find what is drawn in figures, by its page and its number there."""
    inside = inside or element.S == "/Figure"
    for kid in _entries(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _places_in_figures(kid, pages, inside)
        elif inside and isinstance(kid, int):
            yield pages[element.Pg.objgen], kid
        elif inside and "/MCID" in kid:
            yield pages[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)


def _describe_page_texts(content: bytes, figures: set[tuple[int, int]], lines: Description) -> None:
    pdf = pdfium.PdfDocument(content)
    for number, page in enumerate(pdf, 1):
        for text in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()):
            drawn = text
            while drawn.container is not None:  # only the outermost object bears a number
                drawn = drawn.container
            place = (number, pdfium_c.FPDFPageObj_GetMarkedContentID(drawn.raw))
            lines["pictures" if place in figures else "text"].append(f"page {number}: {text.extract()}")


def _entries(element: Any, key: str = "/K") -> list[Any]:
    value = element.get(key, [])
    return list(value) if isinstance(value, pikepdf.Array | list) else [value]


def _plain(value: Any, pages: dict[Any, int]) -> Any:
    """Return a value as Python's own; a page as its number, a structure element as its kind."""
    if isinstance(value, pikepdf.Dictionary):
        if value.objgen in pages and value.is_indirect:
            return f"page {pages[value.objgen]}"
        if value.get("/Type") == "/StructElem":
            return f"element {value.S}"
        return {key: _plain(one, pages) for key, one in sorted(value.items()) if key not in NOT_COMPARED}
    return [_plain(one, pages) for one in value] if isinstance(value, pikepdf.Array | list) else str(value)


# ---- HTML ----


def describe_html(content: bytes) -> Description:
    """Describe a web page: its texts, its elements with their attributes, its style sheets and pictures."""
    lines: Description = defaultdict(list)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    _describe_html_element(lxml.html.document_fromstring(content, parser=parser), 0, lines)
    return lines


def _describe_html_element(element: Any, depth: int, lines: Description) -> None:
    tag = etree.QName(element).localname
    if tag in {"img", "svg"}:
        said = element.get("alt") or element.get("aria-label") or element.findtext("{*}title")
        lines["structure"].append(f"{'  ' * depth}picture: {said}")
        lines["pictures"].append(hashlib.sha256(etree.tostring(element, with_tail=False)).hexdigest())
    else:
        attributes = (f" {key}={value}" for key, value in sorted(element.attrib.items()))
        lines["structure"].append("".join(["  " * depth, tag, *attributes]))
        lines["style sheets" if tag == "style" else "text"] += _lines_of(f"{tag}: ", element.text)
        for child in element:
            _describe_html_element(child, depth + 1, lines)
            lines["text"] += _lines_of(f"{tag}: ", child.tail)


def _lines_of(before: str, text: str | None) -> list[str]:
    return [before + line.strip() for line in (text or "").splitlines() if line.strip()]


# ---- Files and folders ----

DESCRIBERS = {".docx": describe_docx, ".pdf": describe_pdf, ".html": describe_html}


def compare_files(before: Path, after: Path, allowed: set[str]) -> tuple[str, list[str]]:
    """Return "identical", "same" or "differs", and the first differences of each aspect."""
    old, new = before.read_bytes(), after.read_bytes()
    if old == new:
        return "identical", []
    was, now = DESCRIBERS[before.suffix](old), DESCRIBERS[after.suffix](new)
    differences = []
    for aspect in sorted((was.keys() | now.keys()) - allowed):
        _, _, *changes = [*difflib.unified_diff(was[aspect], now[aspect], n=0, lineterm="")] or ["", ""]
        lines = [line for line in changes if not line.startswith("@@")]
        differences += [f"{aspect}: {line}"[:200] for line in lines[:SHOWN]]
        differences += [f"{aspect}: and {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    return ("differs" if differences else "same"), differences


def compare_folders(before: Path, after: Path, allowed: set[str]) -> bool:
    """Print a line for each paper in two folders; return whether all are the same."""
    old, new = ({path.relative_to(folder) for path in folder.rglob("*")} for folder in (before, after))
    counts: Counter[str] = Counter()
    for path in sorted(path for path in old | new if path.suffix in DESCRIBERS and not RECORDS & {*path.parts}):
        verdict, differences = "differs", [f"only in {before if path in old else after}"]
        if path in old and path in new:
            verdict, differences = compare_files(before / path, after / path, allowed)
        counts[verdict] += 1
        print(f"{verdict:9}  {path}", *differences, sep="\n             ")
    print(f"{counts.total()} files:", ", ".join(f"{counts[name]} {name}" for name in ("identical", "same", "differs")))
    return counts.total() > counts["differs"] == 0


# ---- Building both versions ----


def run(*command: str | Path, folder: Path = ROOT) -> None:
    """Run a command with the code in a folder; end with what it says if it fails."""
    environment = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed in {folder}:\n{done.stderr[-4000:]}")


def build_samples(version: Path, python: Path | str, options: argparse.Namespace, out: Path) -> Path:
    """Build the samples of a version of reportgen in folders named after the houses; return the folder of these."""
    formats = [word for suffix in DESCRIBERS for word in ("--format", suffix[1:])]
    houses = options.house or sorted(path.parent.name for path in version.glob("templates/[!_]*/house.yaml"))
    for house in houses:
        chosen = (Path("inputs", options.council), "--house", house, "--out", out / house)
        run(python, "-m", "reportgen", "build", *chosen, *formats, folder=version)
    return out


def build_revision(options: argparse.Namespace, scratch: Path) -> Path:
    """Check a revision out and build its samples; return their folder."""
    version, environment = scratch / "version", scratch / "environment"
    run("git", "worktree", "add", "--detach", version, options.revision)
    try:
        if options.python is None:
            run(sys.executable, "-m", "venv", environment)
            install = ("-m", "pip", "install", "--quiet", "--constraint", "constraints.txt", ".")
            run(environment / "bin" / "python", *install, folder=version)
        python = (options.python or environment / "bin" / "python").absolute()
        return build_samples(version, python, options, scratch / "before")
    finally:
        run("git", "worktree", "remove", "--force", version)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", nargs="?", help="the version before, as git names it")
    parser.add_argument("--before", type=Path, help="papers of the version before, made earlier")
    parser.add_argument("--after", type=Path, help="papers of the version at hand, made earlier")
    parser.add_argument("--python", type=Path, help="a Python that has what the version before needs")
    parser.add_argument("--council", default="", help="only the samples in this folder of inputs/")
    parser.add_argument("--house", action="append", help="only this house; can be repeated")
    parser.add_argument("--allow", action="append", default=[], metavar="ASPECT", help="may differ; can be repeated")
    options = parser.parse_args(arguments)
    if (options.revision is None) == (options.before is None):
        parser.error("give either a REVISION or --before FOLDER")
    with tempfile.TemporaryDirectory() as folder:
        before = options.before or build_revision(options, Path(folder))
        after = options.after or build_samples(ROOT, sys.executable, options, Path(folder) / "after")
        return 0 if compare_folders(before, after, set(options.allow)) else 1


if __name__ == "__main__":
    sys.exit(main())
