"""`reportgen show` and `reportgen houses`: values and names to look at."""

from __future__ import annotations

import re
from pathlib import Path

import click

from reportgen.batch.finding import find_jobs
from reportgen.cli.edge import ERRORS
from reportgen.cli.printing import Printer
from reportgen.cli.values import show_value
from reportgen.diagnostics import Problems, Rejected, Severity
from reportgen.house import BASE, find_houses
from reportgen.house.folders import house_folders, product_templates
from reportgen.pipeline import Job, begin_writing, choose_house, compose, read, render
from reportgen.source import read_yaml

_PLACE_MARK = re.compile(r' at="\d+:\d+:[^"]*"')


def show_stage(file: Path, stage: str, house: str | None) -> int:
    """Print the value of a stage for each paper that the file stands for; the exit code."""
    problems = Problems()
    jobs = find_jobs([file], house, (product_templates(),), problems)
    printer = Printer()
    printer.diagnostics(problems.found)
    for job in jobs:
        problems = Problems()
        try:
            text = _value_at(stage, job, problems)
        except Rejected:
            continue
        finally:
            printer.diagnostics(problems.found)
        if len(jobs) > 1:
            meeting = f" for {job.meeting.stem}" if job.meeting else ""
            click.echo(f"# {job.report}{meeting}")
        click.echo(text, nl=False)
    return ERRORS if printer.counts[Severity.ERROR] else 0


def _value_at(stage: str, job: Job, problems: Problems) -> str | bytes:
    paper = read(job, problems)
    if stage == "model":
        return show_value(paper)
    house = choose_house(job, paper, problems)
    if stage == "markup":
        return _without_marks(render(paper, house, problems))
    document = compose(paper, house, problems)
    return show_value(document) if stage == "tree" else begin_writing(document, house).write("html")


def _without_marks(markup: str) -> str:
    """The markup without the places of its elements and without empty lines."""
    lines = _PLACE_MARK.sub("", markup).split("\n")
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def list_houses() -> int:
    """Print the houses, a line each; the exit code."""
    problems = Problems()
    found = {
        name: path
        for name, path in find_houses(house_folders(Path("templates"), [product_templates()])).items()
        if name != BASE
    }
    width = max(map(len, found), default=0)
    for name, folder in sorted(found.items()):
        data = read_yaml(folder / "house.yaml", str(folder / "house.yaml"), problems)
        title = str(data.get("name") or "") if data is not None else ""
        click.echo(f"{name:<{width}}  {title}  {folder}")
    printer = Printer()
    printer.diagnostics(problems.found)
    return ERRORS if problems.found else 0
