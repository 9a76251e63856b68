"""JSON Schema files, so that an editor completes and checks the YAML while it is typed.

They say less than the model: what depends on several values, or on other files, is checked when a paper is made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from reportgen.frameworks import known_frameworks
from reportgen.house.style import HouseStyle, Numbering
from reportgen.model.base import Record
from reportgen.model.framework import Framework
from reportgen.model.inspection import Inspection
from reportgen.model.meeting import Council, Meeting
from reportgen.model.plan import ActionPlan
from reportgen.model.report import Report
from reportgen.model.schema import schema_of

_KINDS: Mapping[str, type[Record]] = {
    "council": Council,
    "inspection": Inspection,
    "action-plan": ActionPlan,
    "report": Report,
    "meeting": Meeting,
    "framework": Framework,
}


def schema_files() -> dict[str, str]:
    """The text of each schema file, by its name ("report.json")."""
    schemas = {name: schema_of(kind, name) for name, kind in _KINDS.items()}
    framework = schemas["inspection"]["properties"]["framework"]
    framework["anyOf"] = [{"enum": sorted(known_frameworks())}, {"type": framework.pop("type")}]  # or a council's own
    schemas["house"] = _house_schema()
    return {f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def _house_schema() -> dict[str, Any]:
    schema = schema_of(HouseStyle, "house")
    # A house says only what differs from the house that it extends, also within its numbering.
    for partial in (schema, schema["definitions"][Numbering.__name__]):
        partial.pop("required", None)
    return schema
