"""Create records from YAML data, and turn pydantic's errors into messages for the person who typed the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reportgen.diagnostics import Diagnostic, Location, Problems, Severity, closest, either, nearest
from reportgen.inputs.source import SourceMapping, SourceSequence, SourceText, locate
from reportgen.model.base import Prose, shown
from reportgen.model.marking import MarkedProse

AnyRecord = TypeVar("AnyRecord", bound=BaseModel)
Path = tuple[int | str, ...]

MAX_ERRORS = 100
"""The errors reported for one file: more of them are probably due to these, or it is the wrong file."""


def validate(
    kind: type[AnyRecord], data: SourceMapping, problems: Problems, context: Mapping[str, Any] | None = None
) -> AnyRecord | None:
    """Create the record that `data` holds. Return None, with the reasons in `problems` in order, if it is invalid."""
    try:
        return kind.model_validate(data, context=dict(context or {}))
    except ValidationError as error:
        found = error.errors(include_url=False)[:MAX_ERRORS]
    misspelt = {_intended_path(kind, details["loc"]) for details in found if details["type"] == "extra_forbidden"}
    diagnostics = [
        _diagnose(kind, data, details)
        for details in found
        if details["type"] != "missing" or details["loc"] not in misspelt  # a misspelt key is one error
    ]
    reported: set[Location] = set()
    for one in sorted(diagnostics, key=lambda one: one.location):
        if one.code != "RG012" or one.location not in reported:  # a token stands for one value in many places
            problems.error(one.code, one.location, one.message, one.hint)
        reported.add(one.location)
    return None


def _intended_path(kind: type[BaseModel], path: Path) -> Path | None:
    meant = closest(str(path[-1]), _known_keys(kind, path[:-1]))
    return (*path[:-1], meant) if meant else None


def _diagnose(kind: type[BaseModel], data: SourceMapping, details: ErrorDetails) -> Diagnostic:
    path = details["loc"]
    if details["type"] == "extra_forbidden":
        hint = nearest(str(path[-1]), _known_keys(kind, path[:-1]))
        return _error("RG010", locate(data, path, of_key=True), f"the key '{path[-1]}' is not known here", hint)
    if details["type"] == "missing":
        place = locate(data, path[:-1])
        return _error("RG011", place, f"the key '{path[-1]}' is missing", f"add a line '{path[-1]}: …' here")
    message, hint = _refusal(kind, details)
    if details["type"] in ("unexpected", "literal_error") and _runs_on(details["input"]):
        hint = "the lines below are read as a part of it; check how they are indented"
    of_key = path[-1:] == ("[key]",)  # pydantic's mark for a mistake in a key itself
    path = path[:-1] if of_key else path
    key = _typed_key(data, path[:-1] if of_key else path)
    if key and details["type"] != "plain":
        message = f"{key}: {message}"
    return _error("RG012", locate(data, path, of_key), message, hint)


def _refusal(kind: type[BaseModel], details: ErrorDetails) -> tuple[str, str]:
    context = details.get("ctx", {})
    found = shown(details["input"])
    match details["type"]:
        case "unexpected" | "plain":
            return details["msg"], str(context["hint"])
        case "literal_error":
            choices = re.findall(r"'([^']*)'", str(context["expected"]))
            near = closest(str(details["input"]), choices)
            hint = f"did you mean '{near}'?" if near else f"write {either(choices)}"
            return f"{found} was found; {either(choices)} was expected", hint
        case "tuple_type" | "list_type":
            hint = "begin each item on a line of its own with '-' and a space"
            return f"{found} was found; a list was expected", hint
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"{found} was found; 'key: value' lines were expected", _keys_hint(kind, details)
        case "int_parsing" | "float_parsing" | "int_type" | "float_type" | "int_from_float":
            return f"{found} was found; a number was expected", "write digits only, for example 44"
        case "string_type":
            return f"{found} was found; a text was expected", "put the text on this line, in quotes"
    return f"{found} was found, which cannot stand here", "see the sample inputs for how it is written"


def _runs_on(value: object) -> bool:
    """Return whether an unquoted text continues on the next line, as it does before over-indented keys."""
    return isinstance(value, SourceText) and "\n" in value.typed and value.typed[:1] not in ("'", '"', "|", ">")


def _keys_hint(kind: type[BaseModel], details: ErrorDetails) -> str:
    if isinstance(details["input"], SourceSequence):
        return "write the lines below the key, indented and without '-'"
    record = _record_at(kind, details["loc"])
    required = [name for name, field in record.model_fields.items() if field.is_required()]
    if details["type"] == "dict_type" or not required:
        return "write each on a line of its own, indented below the key"
    return f"write on lines of their own: {', '.join(f'{name}: …' for name in required)}"


def _typed_key(data: object, path: Path) -> str:
    """Return the last key of the path that is in the file."""
    key = ""
    for step in path:
        if isinstance(data, SourceMapping) and step in data:
            key, data = str(step), data[str(step)]
        elif isinstance(data, SourceSequence) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif isinstance(data, SourceMapping):
            key = str(step)
    return key


def _known_keys(kind: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that the record at `path` below `kind` may have, except a file's own id."""
    known = list(_record_at(kind, path).model_fields)
    return known if path else [name for name in known if name != "id"]


def _record_at(kind: type[BaseModel], path: Path) -> type[BaseModel]:
    for step in path:
        if isinstance(step, str) and step in kind.model_fields:
            kind = _record_in(kind.model_fields[step].annotation) or kind
    return kind


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, Prose):
        return MarkedProse  # as it is typed where it has keys at all
    for part in getattr(annotation, "__args__", ()):
        found = _record_in(part)
        if found is not None:
            return found
    return None


def _error(code: str, place: Location, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, place, message, hint)
