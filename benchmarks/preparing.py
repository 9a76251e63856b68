"""What is made before any clock runs: reportgen's inputs, and the same words in the forms that the peers read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.contenders import PANDOC_PROGRAM
from benchmarks.content import Content, read_content
from benchmarks.markdown import write_markdown, write_reference
from benchmarks.papers import agenda_of, name_of, write_papers
from benchmarks.word_template import write_template, write_values


def prepare(work: Path, counts: Iterable[int], for_peers: int) -> Content:
    """An empty working folder with folders of so many papers each for reportgen, and so many papers for the peers.

    One of the counts is that of the peers. Gives what the first paper says.
    """
    shutil.rmtree(work, ignore_errors=True)
    for folder in ("values", "markdown", "kept-cache"):
        (work / folder).mkdir(parents=True)
    councils = {count: write_papers(folder_of(work, count), count) for count in counts}
    with ProcessPoolExecutor() as pool:
        contents = list(pool.map(partial(prepare_paper, councils[for_peers], work), range(1, for_peers + 1)))
    write_template(contents, work / "values" / "template.docx")
    write_reference(PANDOC_PROGRAM, work / "markdown" / "reference.docx")
    return contents[0]


def prepare_paper(council: Path, work: Path, number: int) -> Content:
    """One paper's words, in both forms."""
    name = name_of(number)
    content = read_content(council / "reports" / f"{name}.yaml", council / "meetings" / f"{agenda_of(number)}.yaml")
    write_values(content, name, work / "values")
    write_markdown(content, name, work / "markdown")
    return content


def folder_of(work: Path, papers: int) -> Path:
    """Where reportgen makes so many papers."""
    return work / f"papers-{papers}"
