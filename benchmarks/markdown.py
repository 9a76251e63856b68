"""A paper's words → the Markdown that pandoc reads, and the Word file whose styles it takes."""

from __future__ import annotations

import json
import re
import subprocess
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import assert_never

import docx

from benchmarks.content import Content, Drawing, Grid, Line, Run
from benchmarks.word_template import settle_page, settle_styles

WIDTH = 120
"""Of a table in Markdown, in characters."""
_SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^$@'\":/&=])")


def write_markdown(content: Content, name: str, folder: Path) -> None:
    """The paper as folder/name.md, its pictures beside it. The page lies never on its side: pandoc cannot turn it."""
    (folder / f"{name}.md").write_text("".join(_lines(content, name, folder)), encoding="utf-8")


def _lines(content: Content, name: str, folder: Path) -> Iterator[str]:
    head = {"title": content.title, "author": content.author, "lang": content.language}
    yield (
        "---\n" + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()) + "---\n"
    )
    for number, part in enumerate(content.parts):
        yield "\n"
        match part:
            case Line() if part.style == "Title":
                pass  # pandoc prints it of the head
            case Line():
                yield _line(part)
            case Grid():
                yield _grid(part)
            case Drawing():
                picture = f"{name}-{number}.png"
                (folder / picture).write_bytes(part.content)
                alternative = json.dumps(part.alternative_text, ensure_ascii=False)
                yield f"![{escape(part.caption)}]({picture}){{alt={alternative} width={part.width:.2f}in}}\n"
            case _:
                assert_never(part)


def _line(line: Line) -> str:
    runs = (Run(f"{line.number} "), *line.runs) if line.number else line.runs
    text = "".join(_run(run) for run in runs)
    style, _, level = line.style.rpartition(" ")
    match style:
        case "Heading":
            return f"{'#' * int(level)} {text}\n"
        case "List" if level == "Bullet":
            return f"- {text}\n"
        case "List Bullet":
            return f"{'  ' * (int(level) - 1)}- {text}\n"
        case _:
            return f"{text}\n"


def _run(run: Run) -> str:
    text = escape(run.text).replace("\n", "\\\n")
    # Stars hold only if no space stands within them.
    return re.sub(r"^(\s*)(.*\S)(\s*)$", r"\1**\2**\3", text, flags=re.DOTALL) if run.strong else text


def escape(text: str) -> str:
    """The text with every sign of Markdown taken as it stands."""
    return _SIGNS.sub(r"\\\1", text)


def _grid(grid: Grid) -> str:
    """A grid table: its cells may hold several paragraphs."""
    rows = [[_wrapped(cell, share) for cell, share in zip(row, grid.shares, strict=True)] for row in grid.rows]
    heads = (
        [[_wrapped(cell, share) for cell, share in zip(grid.header, grid.shares, strict=True)]] if grid.header else []
    )
    widths = [
        max(round(share * WIDTH), *(len(line) for row in (*heads, *rows) for line in row[column]))
        for column, share in enumerate(grid.shares)
    ]
    lines = [_rule(widths, "-")]
    for row in heads:
        lines += [*_row(row, widths), _rule(widths, "=")]
    for row in rows:
        lines += [*_row(row, widths), _rule(widths, "-")]
    caption = [f"\n: {escape(grid.caption)}"] if grid.caption else []
    return "\n".join([*lines, *caption, ""])


def _wrapped(cell: str, share: float) -> list[str]:
    """The lines of a cell, an empty one between its paragraphs."""
    width = max(round(share * WIDTH), 8)
    paragraphs = (
        textwrap.wrap(escape(text), width, break_long_words=False, break_on_hyphens=False) for text in cell.split("\n")
    )
    lines = [line for paragraph in paragraphs for line in (*paragraph, "")]
    return lines[:-1] or [""]


def _rule(widths: Sequence[int], sign: str) -> str:
    return "+" + "+".join(sign * (width + 2) for width in widths) + "+"


def _row(row: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for number in range(max(map(len, row))):
        cells: Iterable[str] = (lines[number] if number < len(lines) else "" for lines in row)
        yield "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)) + " |"


def write_reference(pandoc: Path, path: Path) -> None:
    """pandoc's own Word file, in the face and the language of the other template."""
    printed = subprocess.run([pandoc, "--print-default-data-file", "reference.docx"], check=True, capture_output=True)
    path.write_bytes(printed.stdout)
    document = docx.Document(str(path))
    settle_styles(document)
    settle_page(document.sections[0])
    document.save(str(path))
