"""What the users of other tools run: papers from a template or Markdown, in Word and as PDF.

    python peers.py WAY FOLDER OUT PAPER...

It runs in the peers' own environment and imports nothing of this project. FOLDER holds what was prepared.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

# Captions bring their numbers with them, and a long table goes on on the next page.
SETTINGS = {
    "papersize": "a4",
    "mainfont": "Liberation Sans",
    "fontsize": "11pt",
    "header-includes": "#set figure(numbering: none)\n#show figure: set block(breakable: true)",
}
TO_TYPST = (
    "--standalone",
    f"--lua-filter={Path(__file__).with_name('alternative_texts.lua')}",
    *(f"--variable={name}={value}" for name, value in SETTINGS.items()),
)
# Tagged, and as near to PDF/UA as LibreOffice goes by itself.
TAGGED = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": "true"} for name in ("UseTaggedPDF", "PDFUACompliance")}
)


def fill_template(folder: Path, out: Path, papers: Sequence[str]) -> list[Path]:
    """Make each paper in Word with docxtpl."""
    from docx.shared import Inches
    from docxtpl import DocxTemplate, InlineImage

    files = [out / f"{paper}.docx" for paper in papers]
    for file in files:
        values = json.loads((folder / f"{file.stem}.json").read_text(encoding="utf-8"))
        template = DocxTemplate(folder / "template.docx")
        values["pictures"] = [
            InlineImage(template, str(folder / one["file"]), width=Inches(one["inches"])) for one in values["pictures"]
        ]
        template.render(values, autoescape=True)
        template.save(file)
    return files


def fill_markdown(folder: Path, out: Path, papers: Sequence[str]) -> list[Path]:
    """Make each paper in Word with pandoc."""
    files = [out / f"{paper}.docx" for paper in papers]
    for file in files:
        run_pandoc(file.stem, folder, "--reference-doc=reference.docx", "-o", str(file))
    return files


def run_pandoc(paper: str, folder: Path, *options: str) -> None:
    """Run pandoc where the paper is, so that it finds its pictures."""
    import pypandoc

    program = Path(pypandoc.__file__).parent / "files" / "pandoc"
    source = ["-f", "markdown-smart-implicit_figures", "--columns=20", f"{paper}.md"]
    subprocess.run([program, *source, *options], cwd=folder, check=True)


def convert(files: Sequence[Path], out: Path) -> None:
    """Convert Word files to tagged PDF, in one run of LibreOffice, which keeps its profile beside them."""
    profile = f"-env:UserInstallation={(out.parent / 'profile').resolve().as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", TAGGED, "--outdir", str(out), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)


def docxtpl_each(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """Run docxtpl, and LibreOffice for each paper."""
    for paper in papers:
        convert(fill_template(folder, out, [paper]), out)


def docxtpl_once(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """Run docxtpl for all papers, then LibreOffice once."""
    convert(fill_template(folder, out, papers), out)


def pandoc(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """Run pandoc for all papers, then LibreOffice once."""
    convert(fill_markdown(folder, out, papers), out)


def typst(folder: Path, out: Path, papers: Sequence[str]) -> None:
    """Run pandoc for Word, pandoc and Typst for PDF."""
    import typst as compiler

    fill_markdown(folder, out, papers)
    for paper in papers:
        source = folder / f"{paper}.typ"
        run_pandoc(paper, folder, *TO_TYPST, "-o", str(source))
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
    expected = [Path(out) / f"{paper}.{suffix}" for paper in papers for suffix in ("docx", "pdf")]
    sys.exit(", ".join(f"not made: {file}" for file in expected if not file.exists()) or 0)
