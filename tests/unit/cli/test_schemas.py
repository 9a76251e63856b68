"""The JSON Schemas: up to date, and in agreement with the samples."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reportgen.cli.scaffold import schema_files
from reportgen.diagnostics import Problems
from reportgen.inputs.source import read_yaml

ROOT = Path(__file__).parents[3]
KEPT = ROOT / "inputs" / "schemas"
SAMPLES = sorted(path for path in (ROOT / "inputs").glob("**/*.yaml"))
HOUSES = sorted((ROOT / "templates").glob("*/house.yaml"))


def test_the_kept_schemas_are_up_to_date() -> None:
    """When this fails: `reportgen schema` in the project's folder, and look at what has changed."""
    assert {path.name: path.read_text(encoding="utf-8") for path in KEPT.glob("*.json")} == schema_files()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_sample_names_its_schema_in_its_first_line_and_agrees_with_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert match is not None
    schema = json.loads((path.parent / match.group(1)).read_text(encoding="utf-8"))
    assert list(disagreements(read_yaml(path, str(path), Problems()), schema, schema)) == []


@pytest.mark.parametrize("path", HOUSES, ids=lambda path: path.parent.name)
def test_each_house_agrees_with_the_schema(path: Path) -> None:
    schema = json.loads(schema_files()["house.json"])
    assert list(disagreements(read_yaml(path, str(path), Problems()), schema, schema)) == []


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("report.json", {"title": "T", "purpose": ["P"], "recommendations": ["note it"], "titel": "T"}, "titel"),
        ("report.json", {"purpose": ["P"], "recommendations": ["note it"]}, "title"),
        ("report.json", {"title": "T", "purpose": "P", "recommendations": ["note it"]}, "purpose"),
        ("report.json", {"title": "T", "purpose": ["P"], "recommendations": [{"txet": "note it"}]}, "recommendations"),
        ("meeting.json", {"body": "Cabinet", "date": "9 July 2012"}, "date"),
        ("council.json", {"id": "x", "name": "X", "short_name": "X", "house": "standard"}, "id"),
    ],
)
def test_a_schema_refuses_what_the_model_refuses(name: str, value: Any, wrong: str) -> None:
    schema = json.loads(schema_files()[name])
    assert [where.split(".")[0] for where in disagreements(value, schema, schema)] == [wrong]


def test_what_the_model_says_about_a_key_is_shown_by_the_editor() -> None:
    inspection = json.loads(schema_files()["inspection.json"])
    assert inspection["properties"]["source"]["description"] == "The published report that the facts were taken from."
    assert "ofsted-ilacs-2026" in inspection["properties"]["framework"]["anyOf"][0]["enum"]


def disagreements(value: Any, schema: Any, root: Any, where: str = "") -> Any:
    """Where a value differs from a schema: as much of JSON Schema as ours use."""
    if "$ref" in schema:
        yield from disagreements(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, where)
    elif "anyOf" in schema:
        if all(list(disagreements(value, one, root, where)) for one in schema["anyOf"]):
            yield where
    elif "enum" in schema or "const" in schema:
        if value not in schema.get("enum", [schema.get("const")]):
            yield where
    else:
        yield from of_a_type(value, schema, root, where)


def of_a_type(value: Any, schema: Any, root: Any, where: str) -> Any:
    kinds = schema["type"]
    if not any(is_a(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        yield where
    elif isinstance(value, dict):
        yield from in_object(value, schema, root, where)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from disagreements(item, schema["items"], root, f"{where}.{number}".strip("."))
    elif isinstance(value, str) and not fits(value, schema):
        yield where


def fits(text: str, schema: Any) -> bool:
    return len(text) >= schema.get("minLength", 0) and re.search(schema.get("pattern", ""), text) is not None


def in_object(value: dict[str, Any], schema: Any, root: Any, where: str) -> Any:
    known = schema.get("properties", {})
    for key, item in value.items():
        place = f"{where}.{key}".strip(".")
        rest = schema.get("additionalProperties", True)
        if key in known:
            yield from disagreements(item, known[key], root, place)
        elif rest is False:
            yield place
        elif isinstance(rest, dict):
            yield from disagreements(item, rest, root, place)
    yield from (f"{where}.{key}".strip(".") for key in schema.get("required", ()) if key not in value)


def is_a(value: Any, kind: str) -> bool:
    """Numbers are read as texts (see `reportgen.inputs.source`), so a text of digits counts as one."""
    if kind in ("number", "integer"):
        return isinstance(value, str) and re.fullmatch(r"-?[\d.]+", value) is not None
    kinds: dict[str, type] = {"string": str, "object": dict, "array": list, "null": type(None), "boolean": bool}
    return isinstance(value, kinds[kind])
