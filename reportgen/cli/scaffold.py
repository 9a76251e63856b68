"""`reportgen new`, `init` and `schema`: write files to start from. No file is overwritten, except the schemas."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import click

from reportgen.cli.errors import CliError, require_folder
from reportgen.diagnostics import Problems
from reportgen.house.config import HouseConfig, Numbering
from reportgen.model.base import Record
from reportgen.model.framework import Framework
from reportgen.model.frameworks import known_frameworks
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.plan import ActionPlan
from reportgen.model.reader import meetings_of, read_record
from reportgen.model.report import Report
from reportgen.model.schema import schema_of

STARTERS = Path(__file__).parent / "starters"

_FOLDERS: Mapping[str, str] = {
    "report": "reports",
    "inspection": "inspections",
    "action-plan": "action-plans",
    "meeting": "meetings",
}
"""A council's folders, by the kind of file in them."""
_KINDS: Mapping[str, type[Record]] = {
    "council": Council,
    "inspection": Inspection,
    "action-plan": ActionPlan,
    "report": Report,
    "meeting": Meeting,
    "framework": Framework,
}
"""The records that have a schema, beside houses, by the name of its file."""
_SAMPLE_DAY = "2026-09-15"
_SAMPLE_BODY = "Cabinet"
_PLACE = re.compile(r"@([a-z]+)@")

Starter = Callable[[], str]
"""Returns the text of a file; called when the files before it have been written, as it may depend on them."""


def write_new(kind: str, name: str, folder: Path | None) -> list[Path]:
    """Write a file of the given kind to start from, and return the files written."""
    name = _require_name(name)
    if kind == "council":
        path = (folder or Path("inputs")) / name / "council.yaml"
        return _write_all({path: lambda: _fill("council.yaml", title=_title(name), house="standard")})
    if kind == "house":
        path = (folder or Path("templates")) / name / "house.yaml"
        return _write_all({path: lambda: _fill("house.yaml", title=_title(name))})
    council = _council_folder(folder)
    path = council / _FOLDERS[kind] / f"{name}.yaml"
    return _write_all({path: lambda: _record(kind, name, council)})


def write_folder(folder: Path) -> list[Path]:
    """Write a working folder for the council that the folder is named after, and return the files written."""
    name = re.sub(r"[^a-z0-9]+", "-", folder.absolute().name.casefold()).strip("-") or "council"
    title = _title(name)
    council = folder / "inputs" / name
    meeting = f"{_SAMPLE_DAY}-{_SAMPLE_BODY.lower()}"
    files: dict[Path, Starter] = {
        folder / "README.txt": lambda: _fill("README.txt", name=name, title=title, meeting=meeting),
        folder / "Makefile": lambda: _fill("Makefile", name=name, meeting=meeting),
        folder / ".gitignore": lambda: _fill("gitignore"),
        folder / "templates" / name / "house.yaml": lambda: _fill("house.yaml", title=title),
        council / "council.yaml": lambda: _fill("council.yaml", title=title, house=name),
        council / "inspections" / "sample.yaml": lambda: _record("inspection", "sample", council),
        council / "action-plans" / "sample.yaml": lambda: _record("action-plan", "sample", council),
        council / "reports" / "sample.yaml": lambda: _record("report", "sample", council),
        council / "meetings" / f"{meeting}.yaml": lambda: _record("meeting", meeting, council),
    }
    return [*_write_all(files), *write_schemas(folder / "inputs" / "schemas")]


def _record(kind: str, name: str, council: Path) -> str:
    """Return the text of a council's new record; records with the same name belong together."""
    match kind:
        case "inspection":
            return _fill("inspection.yaml", frameworks=", ".join(sorted(known_frameworks())))
        case "action-plan":
            actions = _actions(council / "inspections" / f"{name}.yaml")
            return _fill("action-plan.yaml", inspection=name, actions=actions)
        case "meeting":
            day, body = _day_and_body(name)
            return _fill("meeting.yaml", day=day, body=body, items=_items(council))
    has_inspection = (council / "inspections" / f"{name}.yaml").is_file()
    has_plan = has_inspection and (council / "action-plans" / f"{name}.yaml").is_file()
    # A line that stands behind such a mark is a comment until what it names exists.
    marks = {"inspection": "" if has_inspection else "# ", "plan": "" if has_plan else "# "}
    return _fill("report.yaml", name=name, **marks)


def _actions(inspection: Path) -> str:
    """Return an action for each finding of the inspection; one of the council's own when there is none yet."""
    record = read_record(inspection, Inspection, known_frameworks(), Problems()) if inspection.is_file() else None
    findings = [finding.id for finding in record.findings] if record else []
    answers = [f"findings: [{finding}]" for finding in findings] or ["own: yes"]
    return "".join(_fill("action.yaml", id=f"A{number}", answers=one) for number, one in enumerate(answers, start=1))


def _items(council: Path) -> str:
    """Return an agenda item for each report of the council that is on no agenda yet."""
    reports = [path for path in sorted((council / "reports").glob("*.yaml")) if not meetings_of(path)]
    bring = [f"report: {path.stem}" for path in reports] or ["title: Apologies for absence"]
    return "".join(_fill("item.yaml", number=str(number), brings=one) for number, one in enumerate(bring, start=1))


def _day_and_body(name: str) -> tuple[str, str]:
    """Return the day and the body that a meeting's id names: "2012-07-09-cabinet"."""
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:-(.+))?", name)
    try:
        date.fromisoformat(match[1] if match else "")
    except ValueError:
        message = (
            f"'{name}' does not begin with the day of the meeting: name it like {_SAMPLE_DAY}-cabinet, the year first"
        )
        raise click.BadParameter(message, param_hint="NAME") from None
    assert match is not None
    return match[1], (match[2] or _SAMPLE_BODY).replace("-", " ").capitalize()


def _fill(starter: str, **values: str) -> str:
    text = (STARTERS / starter).read_text(encoding="utf-8")
    return _PLACE.sub(lambda match: values[match.group(1)], text)


def _title(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_.]+", name))


def _require_name(name: str) -> str:
    name = name.removesuffix(".yaml")
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", name):
        raise click.BadParameter(f"'{name}' is not a name: use letters, digits, '-', '_' and '.'", param_hint="NAME")
    return name


def _council_folder(given: Path | None) -> Path:
    """Return the folder with the council.yaml of a new record: the one given, this one, or the only one in inputs."""
    if given is not None:
        if (given / "council.yaml").is_file():
            return given
        raise click.UsageError(f"there is no council.yaml in {given}; `reportgen new council NAME` writes one")
    if Path("council.yaml").is_file():
        return Path()
    found = sorted(path.parent for path in Path("inputs").glob("*/council.yaml"))
    if not found:
        raise click.UsageError(
            "there is no council here; `reportgen new council NAME` makes one, or name its folder with --dir"
        )
    if len(found) > 1:
        raise click.UsageError(f"there are {len(found)} councils here; say which, for instance --dir {found[0]}")
    return found[0]


def _write_all(files: Mapping[Path, Starter]) -> list[Path]:
    for path in files:
        if path.exists():
            raise CliError(f"{path}: error: the file exists already; nothing was written")
    for path, text in files.items():
        content = text()  # may refuse the name: before there is a file
        require_folder(path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    return list(files)


# ---- JSON Schemas ----


def write_schemas(folder: Path) -> list[Path]:
    """Write the JSON Schemas of the YAML files over those that are there, and return the files written."""
    require_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / name: text for name, text in schema_files().items()}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(files)


def schema_files() -> dict[str, str]:
    """Return the text of each schema file by its name ("report.json").

    Schemas say less than the model: what depends on several values or other files is checked when a paper is built.
    """
    schemas = {name: schema_of(kind, name) for name, kind in _KINDS.items()}
    framework = schemas["inspection"]["properties"]["framework"]
    framework["anyOf"] = [{"enum": sorted(known_frameworks())}, {"type": framework.pop("type")}]  # or a council's own
    house = schemas["house"] = schema_of(HouseConfig, "house")
    # A house says only what differs from the house that it extends, also within its numbering.
    for partial in (house, house["definitions"][Numbering.__name__]):
        partial.pop("required", None)
    return {f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}
