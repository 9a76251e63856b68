"""Generate the JSON Schema (draft 7) of a kind of record, with the model's docstrings as descriptions."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from reportgen.model.base import Record

# Editors' YAML support is built for draft 7 and knows later drafts only in part.
DRAFT = "http://json-schema.org/draft-07/schema#"


def schema_of(kind: type[Record], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds a record; without the id, which is the file's name."""
    schema = kind.model_json_schema(ref_template="#/definitions/{model}", schema_generator=_SchemaGenerator)
    definitions = schema.pop("$defs", {})
    del schema["properties"]["id"]
    schema["required"] = [name for name in schema.get("required", ()) if name != "id"]
    return {"$schema": DRAFT, "title": title, **schema, "definitions": definitions}


class _SchemaGenerator(GenerateJsonSchema):
    """Pydantic's schema with the model's own explanations, and without what only Python needs."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add the docstrings of fields as descriptions, and drop titles and empty defaults."""
        found = super().model_schema(schema)
        found.pop("title", None)
        notes = _notes_on(schema["cls"])
        for name, value in found.get("properties", {}).items():
            if value.get("default", ...) in (None, [], {}):
                del value["default"]
            if name in notes:
                value["description"] = notes[name]
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic calls it so
        """Return False: a title would only repeat the key."""
        return False

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """Allow a bare text where it may stand for a whole record (see `base.text_as`)."""
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
    """Return the docstrings of a record's fields, including inherited ones, by field name."""
    notes: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if issubclass(base, BaseModel) and base.__module__.startswith("reportgen."):
            notes |= _notes_in(base)
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
