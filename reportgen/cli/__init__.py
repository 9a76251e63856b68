"""The command line: one function a command.

Only this package prints and reads the environment. Commands import what they need when they run: the model alone takes
three times as long to import as `reportgen --help` takes.
"""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path
from typing import Any

import click

from reportgen import __version__
from reportgen.cli.errors import WARNINGS, CliGroup
from reportgen.diagnostics import either
from reportgen.model.task import Audience
from reportgen.writers import WRITERS

FORMATS = tuple(WRITERS)
FINDING_FORMATS = ("text", "json", "sarif", "github")
STAGES = ("model", "markup", "tree", "html")
KINDS = ("report", "inspection", "action-plan", "meeting", "council", "house")


def _split_formats(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats named, each once; `--format docx,pdf` means the same as `--format docx --format pdf`."""
    named = [name.strip().lower() for value in values for name in value.split(",") if name.strip()]
    for name in named:
        if name not in FORMATS:
            near = difflib.get_close_matches(name, FORMATS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use {', '.join(FORMATS)}"
            raise click.BadParameter(f"'{name}' is not a format; {hint}")
    if not named:
        raise click.BadParameter(f"no format is named; use {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(named))


def _split_codes(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())


def _read_day(_: click.Context, __: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        message = f"'{value}' is not a day; write it as year-month-day, for example 2026-11-09"
        raise click.BadParameter(message) from None


_PATH = click.Path(path_type=Path)
_house_option = click.option("--house", metavar="NAME", help="Another house style than the report's own.")
_strict_option = click.option("--strict", is_flag=True, help="End with exit code 3 if there are warnings.")


@click.group(cls=CliGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", prog_name="reportgen")
def main() -> None:
    """Committee papers from data: YAML and a house style in, Word and accessible PDF out."""


@main.command()
@click.argument("targets", nargs=-1, metavar="[TARGET]...", type=_PATH)
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=("docx,pdf",),
    show_default="docx,pdf",
    metavar="FORMAT",
    callback=_split_formats,
    help=f"{either(FORMATS)}; several with commas, or by repeating the option.",
)
@_house_option
@click.option(
    "--out",
    metavar="DIR",
    default="outputs",
    show_default=True,
    type=_PATH,
    help="The folder that the papers are written to.",
)
@click.option("--public", "audience", flag_value="public", help="Only the papers that everybody may read.")
@click.option("--exempt", "audience", flag_value="exempt", help="Only the papers that hold exempt text.")
@click.option("--explain", is_flag=True, help="Say of each paper why it is made anew.")
@click.option(
    "--jobs",
    "workers",
    metavar="N",
    type=click.IntRange(1),
    show_default="as many as there are processors",
    help="How many papers are made at once.",
)
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    default=120.0,
    show_default=True,
    help="A paper that takes longer is given up; the others go on.",
)
@click.option("--cluster", metavar="ADDRESS", help="Make them on a Dask cluster: the address of its scheduler.")
@_strict_option
def build(targets: tuple[Path, ...], audience: Audience | None, strict: bool, **options: Any) -> int:
    """Make papers.

    A TARGET is a report, a meeting (all its reports) or a folder (everything in it); the folder
    inputs when none is given. What was made, removed or moved is listed, a line each. What is up to
    date is not made again. A paper with exempt or confidential text is made twice: without it, and
    in a folder "exempt", which is never to be published, with it.
    """
    from reportgen.build.options import BuildOptions
    from reportgen.cli.build import run_build

    if audience is not None:
        options["audiences"] = (audience,)
    code = run_build(BuildOptions(targets or (Path("inputs"),), **options))
    return 0 if code == WARNINGS and not strict else code


@main.command()
@click.argument("targets", nargs=-1, metavar="[PATH]...", type=_PATH)
@click.option("--final", is_flag=True, help="Check as before publication: clearances, gaps, embargo.")
@click.option(
    "--as-of", metavar="DATE", callback=_read_day, help="Judge what is due on this day instead of the meeting's."
)
@click.option(
    "--select", multiple=True, metavar="CODES", callback=_split_codes, help="Only these rules: RG203, or RG2 for RG2xx."
)
@click.option("--ignore", multiple=True, metavar="CODES", callback=_split_codes, help="All rules but these.")
@click.option(
    "--format",
    "form",
    type=click.Choice(FINDING_FORMATS),
    default="text",
    show_default=True,
    help="How findings are printed; sarif and github are for other programs.",
)
@_strict_option
def check(
    targets: tuple[Path, ...],
    final: bool,
    as_of: date | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    strict: bool,
) -> int:
    """Check papers by the rules, without making them.

    A PATH is a report, a meeting (all its reports) or a folder (everything in it); the folder
    inputs when none is given. `reportgen explain CODE` says more about a rule.
    """
    from reportgen.cli.check import check_papers
    from reportgen.pipeline import CheckOptions
    from reportgen.rules.engine import UnknownCode, choose_rules

    try:
        rules = choose_rules(select, ignore)
    except UnknownCode as unknown:
        raise click.BadParameter(f"{unknown}; {unknown.hint}", param_hint="'--select' or '--ignore'") from None
    code = check_papers(targets or (Path("inputs"),), CheckOptions(rules, as_of, final), form)
    return 0 if code == WARNINGS and not strict else code


@main.command()
@click.argument("code", required=False)
@click.option("--all", "everything", is_flag=True, help="All rules in full, as a page in Markdown.")
def explain(code: str | None, everything: bool) -> None:
    """Explain a rule: why it is one, what trips it, how to mend it.

    Without a CODE, the codes and titles of all rules.
    """
    from reportgen.cli.explain import explain_rules

    click.echo(explain_rules(code, everything=everything), nl=False)


@main.command()
@click.argument("file", metavar="INSPECTION|MEETING", type=_PATH)
@click.option("--as-of", metavar="DATE", callback=_read_day, help="Look at it from this day instead of today.")
@click.option("--ics", metavar="FILE", type=_PATH, help="Also write the days as a calendar file.")
def clock(file: Path, as_of: date | None, ics: Path | None) -> int:
    """Print by when what must be done.

    For an inspection: when the report and the statement of action are due, and which meetings can
    still take them. For a meeting: its timetable, from the notice to the day itself.
    """
    from reportgen.cli.clock import show_clock

    return show_clock(file, as_of, ics)


@main.command()
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--out", metavar="FILE", type=_PATH, help="Write the list to a file.")
def changes(old: Path, new: Path, form: str, out: Path | None) -> int:
    """List what differs between two versions.

    OLD and NEW are two versions of a report, an action plan or any other file, two meetings (with
    their papers), or two folders.
    """
    from reportgen.cli.changes import show_changes

    return show_changes(old, new, form, out)


@main.command()
@click.argument("file", type=_PATH)
@click.option("--stage", type=click.Choice(STAGES), required=True, help="Which value to print.")
@_house_option
def show(file: Path, stage: str, house: str | None) -> int:
    """Print a report as it is between two stages.

    model: the YAML as read and checked. markup: what the template made of it. tree: the document
    with every number settled. html: what the writer made of that.
    """
    from reportgen.cli.show import show_stage

    return show_stage(file, stage, house)


@main.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name")
@click.option(
    "--dir",
    "folder",
    metavar="DIR",
    type=_PATH,
    help="Where to write: a council's folder; for a council the inputs folder, for a house the templates folder.",
)
def new(kind: str, name: str, folder: Path | None) -> None:
    """Write a file to start from, with comments.

    What is still missing stands in it as "?? ...". Papers can be made at once: they show each
    gap, marked, in its place.
    """
    from reportgen.cli.scaffold import write_new

    for path in write_new(kind, name, folder):
        click.echo(path)


@main.command()
@click.argument("folder", metavar="DIR", type=_PATH)
def init(folder: Path) -> None:
    """Make a council's working folder.

    It holds a sample of everything; `make pre-meeting` in it makes the papers.
    """
    from reportgen.cli.scaffold import write_folder

    for path in write_folder(folder):
        click.echo(path)
    click.echo(f"next: cd {click.format_filename(folder)} && make pre-meeting", err=True)


@main.command()
@click.argument("file", type=_PATH)
@click.option("--format", "form", type=click.Choice(("yaml", "json")), default="yaml", show_default=True)
def entries(file: Path, form: str) -> None:
    """Print what officers have entered and changed in a paper in Word.

    What was entered into its form fields, and which of the author's texts are no longer as they
    were written, each with the place where it is typed.
    """
    from reportgen.cli.entries import print_entries

    print_entries(file, form)


@main.command()
def houses() -> int:
    """List the house styles.

    Those in the folder templates, then the product's.
    """
    from reportgen.cli.show import list_houses

    return list_houses()


@main.command()
@click.option(
    "--dir",
    "folder",
    metavar="DIR",
    default=Path("inputs", "schemas"),
    show_default="inputs/schemas",
    type=_PATH,
    help="The folder that the schemas are written to.",
)
def schema(folder: Path) -> None:
    """Write JSON Schemas of the YAML files.

    An editor can complete and check the files with them while they are typed.
    """
    from reportgen.cli.scaffold import write_schemas

    for path in write_schemas(folder):
        click.echo(path)
