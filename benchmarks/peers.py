"""What the peers' users run: papers from values or Markdown, in Word and as PDF. Runs in the peers' own environment.

    python peers.py WAY FOLDER OUT PAPER...

FOLDER holds what was prepared for the papers, OUT is where they go. It imports nothing of this project.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# Captions bring their numbers with them, and a long table goes on on the next page.
SETTINGS = {
    "papersize": "a4",
    "mainfont": "Liberation Sans",
    "fontsize": "11pt",
    "header-includes": "#set figure(numbering: none)\n#show figure: set block(breakable: true)",
}
FOR_TYPST = (
    "--standalone",
    f"--lua-filter={Path(__file__).with_name('alternative_texts.lua')}",
    *(f"--variable={name}={value}" for name, value in SETTINGS.items()),
)
# Tagged, and as near to PDF/UA as LibreOffice goes by itself.
TAGGED = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "PDFUACompliance")}
)


def fill_template(folder: Path, out: Path, papers: Sequence[str]) -> list[Path]:
    """Each paper in Word, with docxtpl."""
    from docxtpl import DocxTemplate

    made = []
    for paper in papers:
        values = json.loads((folder / f"{paper}.json").read_text(encoding="utf-8"))
        template = DocxTemplate(folder / "template.docx")
        for part in (*values["body"], *values["appendices"]):
            complete(part, template, folder)
        template.render(values, autoescape=True)
        made.append(out / f"{paper}.docx")
        template.save(made[-1])
    return made


def complete(part: dict[str, Any], template: Any, folder: Path) -> None:
    """What JSON cannot hold: pictures and bold words."""
    from docx.shared import Inches
    from docxtpl import InlineImage, RichText

    if part["kind"] == "picture":
        part["picture"] = InlineImage(template, str(folder / part["file"]), width=Inches(part["width"]))
    elif "runs" in part:
        part["rich"] = RichText()
        for text, strong in part["runs"]:
            part["rich"].add(text, bold=strong)


def fill_markdown(folder: Path, out: Path, papers: Sequence[str]) -> list[Path]:
    """Each paper in Word, with pandoc."""
    made = []
    for paper in papers:
        made.append(out / f"{paper}.docx")
        reference = f"--reference-doc={folder / 'reference.docx'}"
        run_pandoc(f"{paper}.md", folder, reference, "-o", str(made[-1]))
    return made


def run_pandoc(paper: str, folder: Path, *options: str) -> None:
    """Where the paper is, so that it finds its pictures."""
    import pypandoc

    program = Path(pypandoc.__file__).parent / "files" / "pandoc"
    subprocess.run([program, "-f", "markdown-smart", paper, *options], cwd=folder, check=True)


def convert(files: Sequence[Path], out: Path) -> None:
    """Word files to tagged PDF, in one run of LibreOffice, which keeps its profile beside them."""
    profile = f"-env:UserInstallation={(out.parent / 'profile').resolve().as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", TAGGED, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)


def docxtpl_each(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """docxtpl, and LibreOffice started for each paper."""
    for paper in papers:
        convert(fill_template(folder, out, [paper]), out)


def docxtpl_once(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """docxtpl for all papers, then LibreOffice once."""
    convert(fill_template(folder, out, papers), out)


def pandoc(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """pandoc for all papers, then LibreOffice once."""
    convert(fill_markdown(folder, out, papers), out)


def typst(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """pandoc for Word, pandoc and Typst for PDF."""
    import typst as compiler

    fill_markdown(folder, out, papers)
    for paper in papers:
        source = folder / f"{paper}.typ"
        run_pandoc(f"{paper}.md", folder, *FOR_TYPST, "-o", str(source))
        compiler.compile(source, output=out / f"{paper}.pdf", pdf_standards="ua-1")


WAYS: dict[str, Callable[[Path, Path, Sequence[str]], None]] = {
    "docxtpl-each": docxtpl_each,
    "docxtpl-once": docxtpl_once,
    "pandoc": pandoc,
    "typst": typst,
}

if __name__ == "__main__":
    way, folder, out, *papers = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    WAYS[way](Path(folder), Path(out), papers)
    missing = [
        f"{paper}.{form}"
        for paper in papers
        for form in ("docx", "pdf")
        if not (Path(out) / f"{paper}.{form}").exists()
    ]
    sys.exit(f"not made: {', '.join(missing)}" if missing else 0)
