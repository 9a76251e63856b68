"""Rules on the facts of an inspection: RG1xx."""

from __future__ import annotations

from reportgen.checks.rule import Rule

INSPECTION_RULES: tuple[Rule, ...] = ()
