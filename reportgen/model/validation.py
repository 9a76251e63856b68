"""YAML data → records; what pydantic says → what the person who typed the file can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from reportgen.diagnostics import Problems, nearest
from reportgen.source import SourceMapping, SourceSequence, locate

AnyRecord = TypeVar("AnyRecord", bound=BaseModel)


def validate(kind: type[AnyRecord], data: SourceMapping, problems: Problems, context: Mapping[str, Any] | None = None) -> AnyRecord | None:
    """The record that `data` holds, or None with every reason in `problems`."""
    try:
        return kind.model_validate(data, context=dict(context or {}))
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(kind, data, details, problems)
        return None


def _report(kind: type[BaseModel], data: SourceMapping, details: ErrorDetails, problems: Problems) -> None:
    path = details["loc"]
    key = _last_key(path)
    context = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            hint = nearest(key, _known_keys(kind, path[:-1]))
            problems.error("RG010", locate(data, path, of_key=True), f"the key '{key}' is not known here", hint)
        case "missing":
            problems.error("RG011", locate(data, path[:-1]), f"the key '{key}' is missing", f"add '{key}: …' here")
        case "literal_error":
            expected = context.get("expected", "")
            choices = [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]
            found = details["input"]
            problems.error("RG012", locate(data, path), f"{key}: found {_show(found)}; expected one of {', '.join(choices)}", nearest(str(found), choices))
        case "tuple_type" | "list_type":
            problems.error("RG012", locate(data, path), f"{key}: found {_show(details['input'])}; a list was expected", "begin each item on its own line with '- '")
        case "dict_type" | "model_type" | "model_attributes_type":
            problems.error("RG012", locate(data, path), f"{key}: found {_show(details['input'])}; 'key: value' lines were expected", "indent them under the key")
        case "int_parsing" | "float_parsing" | "int_type" | "float_type":
            problems.error("RG012", locate(data, path), f"{key}: found {_show(details['input'])}; a number was expected", "write digits only, for example 44")
        case _:
            hint = str(context.get("hint", ""))
            message = details["msg"]
            prefix = f"{key}: " if key and not message.startswith(("the ", "two ", "item ")) else ""
            problems.error("RG012", locate(data, path), prefix + message, hint or _default_hint(details["type"]))


def _default_hint(kind: str) -> str:
    return {
        "empty": "give a text, or begin it with ?? to mark a gap: '?? the cost, from finance'",
        "not_text": "put the text on this line, in quotes if it holds ': ' or begins with '[', '{' or '*'",
        "one_paragraph": "join the lines; the house sets it as one sentence",
        "yes_no": "write yes or no",
        "whole": "write digits only, for example 44",
        "id": "take the name of the file, or of the entry, that is meant",
        "no_such_day": "check the month and the day",
    }.get(kind, "see the sample inputs for how it is written")


def _last_key(path: tuple[int | str, ...]) -> str:
    names = [step for step in path if isinstance(step, str)]
    return names[-1] if names else ""


def _show(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, SourceSequence | list | tuple):
        return "a list"
    if isinstance(value, SourceMapping | dict):
        return "several keys"
    text = str(value)
    return f"'{text if len(text) <= 40 else text[:39] + '…'}'"


def _known_keys(kind: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys that the record at `path` below `kind` may have."""
    for step in path:
        if isinstance(step, str) and step in kind.model_fields:
            inner = _record_in(kind.model_fields[step].annotation)
            if inner is not None:
                kind = inner
    return list(kind.model_fields)


def _record_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        found = _record_in(part)
        if found is not None:
            return found
    return None
