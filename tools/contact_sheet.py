"""All pages of built papers on one picture: what LibreOffice prints of each Word file, and below it the PDF.

Usage: contact_sheet.py FOLDER PICTURE. FOLDER is what `reportgen build --out FOLDER` filled; PICTURE is a PNG.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

PAGE_HEIGHT = 220
"""Of an upright A4 page, in pixels; landscape pages have the same scale."""
A4_HEIGHT = 842
"""In points."""
FINER = 4
GAP, LABEL = 8, 20
PAPER, DESK, INK = "white", "#c8ccd0", "#1a1a1a"
COLOURS = 128
"""In the picture: enough for text and flat colours, and a third of the bytes."""


def print_with_libreoffice(papers: list[Path], folder: Path) -> list[Path]:
    """What LibreOffice prints of the Word files, one PDF each, in their order."""
    profile = (folder / "profile").as_uri()
    printed = []
    for number, paper in enumerate(papers):
        out = folder / str(number)  # papers of two councils may have the same name
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, str(out), str(paper)], check=True, capture_output=True, timeout=300)
        printed.append(out / f"{paper.stem}.pdf")
    return printed


def draw_pages(pdf: Path) -> Image.Image:
    """The pages of a PDF side by side."""
    opened = pdfium.PdfDocument(pdf)
    # Drawn larger and made smaller, for otherwise no line is thinner than a pixel and hatched areas turn black.
    large = [page.render(scale=FINER * PAGE_HEIGHT / A4_HEIGHT).to_pil().convert("RGB") for page in opened]
    pages = [page.resize((page.width // FINER, page.height // FINER), Image.Resampling.LANCZOS) for page in large]
    opened.close()
    row = Image.new("RGB", (sum(page.width + GAP for page in pages), PAGE_HEIGHT + GAP), DESK)
    left = 0
    for page in pages:
        row.paste(page, (left, 0))
        left += page.width + GAP
    return row


def draw_papers(papers: list[Path], folder: Path) -> Iterator[tuple[str, Image.Image, Image.Image]]:
    """The name of each paper, its Word file and its PDF."""
    for paper, printed in zip(papers, print_with_libreoffice(papers, folder), strict=True):
        name = f"{paper.parent.parent.name} / {paper.stem}"
        yield name, draw_pages(printed), draw_pages(paper.with_suffix(".pdf"))


def join(drawn: list[tuple[str, Image.Image, Image.Image]]) -> Image.Image:
    """The papers one below the other, the Word file above the PDF."""
    width = max(row.width for _, *rows in drawn for row in rows) + GAP
    height = sum(word.height + pdf.height + LABEL for _, word, pdf in drawn) + GAP
    sheet = Image.new("RGB", (width, height), DESK)
    pen, letters = ImageDraw.Draw(sheet), ImageFont.load_default(13)
    top = 0
    for name, word, pdf in drawn:
        pen.text((GAP, top + 3), f"{name}: above Word, below PDF", INK, letters)
        for row in (word, pdf):
            sheet.paste(row, (GAP, top + LABEL))
            top += row.height
        top += LABEL
    return sheet


def main(folder: Path, picture: Path) -> None:
    """Draw all papers in a folder."""
    papers = sorted(folder.rglob("*.docx"))
    if not papers:
        sys.exit(f"there are no Word files in {folder}; fill it with: reportgen build --out {folder}")
    with tempfile.TemporaryDirectory() as scratch:
        sheet = join(list(draw_papers(papers, Path(scratch))))
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit((__doc__ or "").strip())
    main(Path(sys.argv[1]), Path(sys.argv[2]))
