"""`reportgen explain`: print a rule in full, the list of all rules, or the page of them."""

from __future__ import annotations

from textwrap import fill, indent

import click

from reportgen.rules.engine import FAMILIES, RULES, UnknownCode, rule_of
from reportgen.rules.rule import Rule
from reportgen.rules.words import rule_examples

WIDTH = 100

PAGE_HEAD = """\
# Rules

What `reportgen check` looks at. `reportgen explain RG203` prints one of these, `reportgen explain --all` this page;
[Writing a report](writing.md#checking) says how to let a finding stand, with a reason.

An **error** is wrong or against the law, a **warning** is probably wrong, **advice** may be left as it is.
"""


def explain_rules(code: str | None, *, everything: bool = False) -> str:
    """Return a rule as text; without a code the list of all rules, or all of them in full as a page in Markdown."""
    if code is None:
        return rules_page() if everything else rules_list()
    if everything:
        raise click.UsageError("give a CODE or --all, and not both")
    try:
        return _as_text(rule_of(code))
    except UnknownCode as unknown:
        raise click.BadParameter(f"{unknown}; {unknown.hint}", param_hint="CODE") from None


def _as_text(rule: Rule) -> str:
    parts = [
        f"{rule.code} {rule.severity}: {rule.title}",
        fill(rule.explanation, WIDTH),
        fill(f"Source: {rule.source}", WIDTH),
    ]
    if example := rule_examples().get(rule.code):
        trips, mended = (indent(text.rstrip(), "    ") for text in (example.trips, example.mended))
        parts += [f"What trips it, in the {example.file}:", trips, "Mended:", mended]
    return "\n\n".join(parts) + "\n"


def rules_list() -> str:
    """Return the codes and titles of all rules, a line each, by what they are about."""
    families = (
        "\n".join([title, *(f"  {rule.code}  {rule.title}" for rule in RULES if rule.code.startswith(start))])
        for start, title in FAMILIES.items()
    )
    more = "`reportgen explain CODE` says why a rule is one; `reportgen explain --all` prints them all, as a page."
    return "\n\n".join([*families, more]) + "\n"


def rules_page() -> str:
    """Return all rules in Markdown."""
    families = (
        "\n".join([f"## {title}\n", *(_as_markdown(rule) for rule in RULES if rule.code.startswith(start))])
        for start, title in FAMILIES.items()
    )
    return "\n".join([PAGE_HEAD, *families])


def _as_markdown(rule: Rule) -> str:
    parts = [
        f"### {rule.code} {rule.title}",
        f"{rule.severity.capitalize()}. {rule.explanation}",
        f"Source: {rule.source}",
    ]
    if example := rule_examples().get(rule.code):
        trips, mended = (f"```yaml\n{text.rstrip()}\n```" for text in (example.trips, example.mended))
        parts += [f"In the {example.file}:", trips, "Mended:", mended]
    return "\n\n".join(parts) + "\n"
