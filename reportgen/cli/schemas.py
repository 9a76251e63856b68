"""The model → JSON Schema files, so that an editor completes and checks the YAML while it is typed.

They say less than the model: what depends on several values, or on other files, is checked when a paper is made.
"""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from reportgen.frameworks import known_frameworks
from reportgen.house.style import HouseStyle, Numbering
from reportgen.model.base import Record
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report

_KINDS: Mapping[str, type[Record]] = {
    "council": Council,
    "inspection": Inspection,
    "action-plan": ActionPlan,
    "report": Report,
    "meeting": Meeting,
    "house": HouseStyle,
}
_REFERENCE = "#/definitions/{model}"
# Editors' YAML support is built for draft 7 of JSON Schema and knows later drafts only in part.
_DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_files() -> dict[str, str]:
    """The text of each schema file, by its name ("report.json")."""
    return {
        f"{name}.json": json.dumps(_schema_of(name, kind), indent=2, ensure_ascii=False) + "\n"
        for name, kind in _KINDS.items()
    }


def _schema_of(name: str, kind: type[Record]) -> JsonSchemaValue:
    schema = kind.model_json_schema(ref_template=_REFERENCE, schema_generator=_SchemaGenerator)
    definitions = schema.pop("$defs", {})
    _leave_out_id(schema)
    if kind is Inspection:
        schema["properties"]["framework"]["enum"] = sorted(known_frameworks())
    if kind is HouseStyle:
        # A house says only what differs from the house that it extends.
        for partial in (schema, definitions[Numbering.__name__]):
            partial.pop("required", None)
    return {"$schema": _DRAFT, "title": name, **schema, "definitions": definitions}


def _leave_out_id(schema: JsonSchemaValue) -> None:
    """A record's id is the name of its file."""
    del schema["properties"]["id"]
    schema["required"] = [name for name in schema.get("required", ()) if name != "id"]


class _SchemaGenerator(GenerateJsonSchema):
    """Pydantic's schema with the model's own explanations, and without what only Python needs."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        found.pop("title", None)
        notes = _notes_on(schema["cls"])
        for name, value in found.get("properties", {}).items():
            if value.get("default", ...) in (None, [], {}):
                del value["default"]
            if name in notes:
                value["description"] = notes[name]
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic calls it by this name
        """Never: the title would be the key once more."""
        return False

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Where a bare text may stand for a whole record (see `model.base.text_as`), both are allowed."""
        found = super().function_before_schema(schema)
        if _accepts_bare_text(schema["function"]):
            return {"anyOf": [{"type": "string"}, found]}
        return found


def _accepts_bare_text(validator: Any) -> bool:
    if validator["type"] != "no-info":
        return False
    try:
        return isinstance(validator["function"]("text"), dict)
    except ValueError:  # a validator that refuses this text
        return False


def _notes_on(kind: type[BaseModel]) -> dict[str, str]:
    """The docstrings under a record's fields, its bases' included."""
    notes: dict[str, str] = {}
    for one in reversed(kind.__mro__):
        if issubclass(one, Record) and one is not Record:
            notes |= _notes_in(one)
    return notes


def _notes_in(kind: type[BaseModel]) -> dict[str, str]:
    declared = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    assert isinstance(declared, ast.ClassDef)
    notes = {}
    for field, following in zip(declared.body, declared.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
            notes[field.target.id] = inspect.cleandoc(str(following.value.value))
    return notes
