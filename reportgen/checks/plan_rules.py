"""Rules on the action plan: RG2xx."""

from __future__ import annotations

from reportgen.checks.rule import Rule

PLAN_RULES: tuple[Rule, ...] = ()
