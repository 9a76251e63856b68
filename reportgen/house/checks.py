"""Check a house against itself: every name and placeholder that one part uses must be defined by another.

This happens before any report is read, so that errors reach the maintainer of the house, not the author of a report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.diagnostics import Location, Problems, either, nearest
from reportgen.house.config import HouseConfig, all_sections
from reportgen.house.styles import StyleSheet
from reportgen.inputs.source import SourceMapping, SourceSequence

_MACRO = re.compile(r"{%-?\s*macro (the_\w+)\(")
_EXTENDS = re.compile(r"{%-?\s*extends\s+[\"']([^\"']+)[\"']")
_STATEMENT = re.compile(r"{%-?\s*(?:(block)\s+(\w+)|(endblock)\b)")
_FILL = re.compile(r"\bfill\((.*?)}}", re.DOTALL)
_ARGUMENT = re.compile(r"(\w+)=(?!=)")
_PLACEHOLDER = re.compile(r"{(\w+)}")
_TITLE_PLACEHOLDERS = ("group", "subject", "inspectorate")
_ALWAYS_PRINTED = ("the other sections", "the implications")
"""Where a report's text goes that the house does not know."""
_PROSE_BLOCKS = ("the purpose", "the recommendations", "the other sections", "the implications")


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template and the path of its file, for messages."""

    path: str
    text: str


def check_wording(layers: Sequence[SourceMapping], problems: Problems) -> None:
    """Report phrases, words and options that the base, the first layer, does not declare: no template prints them."""
    base, *others = layers
    for layer in others:
        for kind, key, own, declared in _unknown(layer, base, ("phrases", "vocabulary", "options")):
            message = f"'{key}' is not one of the {kind} that templates use"
            problems.error("RG044", own.keys_at[key], message, nearest(key, declared))
        _check_choices(layer.get("options"), base.get("choices"), problems)


def _unknown(
    layer: SourceMapping, base: SourceMapping, kinds: Sequence[str]
) -> Iterator[tuple[str, str, SourceMapping, SourceMapping]]:
    """Yield each key that the base lacks, with its kind, its mapping and the base's mapping."""
    for kind in kinds:
        own, declared = layer.get(kind), base.get(kind)
        if isinstance(own, SourceMapping) and isinstance(declared, SourceMapping):
            yield from ((kind, key, own, declared) for key in own if key not in declared)


def check_tokens(style: HouseConfig, used: Collection[str], problems: Problems) -> None:
    """Report tokens that no style sheet uses, which are probably misspelt."""
    for token in style.tokens:
        if token not in used:
            place = style.at("tokens", token)
            problems.error("RG044", place, f"no look uses the token '{token}'", nearest(token, sorted(used)))


def check_roles(looks: Sequence[SourceMapping], templates: Mapping[str, TemplateText], problems: Problems) -> None:
    """Report roles that neither the base's look, the first, declares nor any template uses."""
    base, *others = looks
    for look in others:
        for _, role, own, declared in _unknown(look, base, ("styles", "tables", "cells", "panels", "segments")):
            if not any(f'"{role}"' in template.text for template in templates.values()):
                message = f"nothing has the role '{role}', so its look would never be seen"
                problems.error("RG044", own.keys_at[role], message, nearest(role, declared))


def _require_placeholders(text: str, place: Location, known: Sequence[str], problems: Problems) -> None:
    for name in _PLACEHOLDER.findall(text):
        if name not in known and name.lower() not in known:
            message = f"'{{{name}}}' stands for nothing that can be filled in here"
            problems.error("RG044", place, message, nearest(name, known))


def _check_choices(own: object, choices: object, problems: Problems) -> None:
    if not isinstance(own, SourceMapping) or not isinstance(choices, SourceMapping):
        return
    for key, value in own.items():
        allowed = choices.get(key)
        if isinstance(allowed, SourceSequence) and value not in allowed:
            words = [str(one) for one in allowed]
            message = f"{key}: '{value}' was found; {either(words)} was expected"
            problems.error("RG044", own.values_at[key], message, nearest(str(value), words))


def check_house(
    style: HouseConfig, look: StyleSheet, templates: Mapping[str, TemplateText], problems: Problems
) -> None:
    """Report names in one part of the house that another part does not define."""
    for kind, template in style.templates.items():
        if template not in templates:
            files = [name for name in templates if "/" not in name]
            message = f"there is no template '{template}'"
            problems.error("RG042", style.at("templates", kind), message, nearest(template, files))
    _check_styles(style, look, problems)
    _check_content(style, templates, problems)
    filled = sorted(
        {name for text in templates.values() for call in _FILL.findall(text.text) for name in _ARGUMENT.findall(call)}
    )
    for key, phrase in style.phrases.items() if filled else ():
        _require_placeholders(phrase, style.at("phrases", key), filled, problems)
    for section in all_sections((*style.sections, *style.appendices)):
        for key, title in (("title", section.title), ("title_without_group", section.title_without_group)):
            _require_placeholders(title or "", section.at(key), _TITLE_PLACEHOLDERS, problems)
    for name, text in templates.items():
        if "/" in name:  # each file once
            _check_blocks(text, templates, problems)


def _check_styles(style: HouseConfig, look: StyleSheet, problems: Problems) -> None:
    named: dict[str, str] = {}
    for role, declared in look.styles.items():
        place, base = look.at("styles", role, "based_on"), declared.based_on
        if base and base not in look.styles:
            problems.error("RG041", place, f"there is no style '{base}'", nearest(base, look.styles))
        elif look.styles[look.chain(role)[-1]].based_on == role:
            problems.error("RG041", place, f"the style '{role}' is based on itself", "base it on 'base'")
        other = named.setdefault(declared.name.casefold(), role) if declared.name else role
        if other != role:
            message = f"the styles '{other}' and '{role}' have one name in Word, '{declared.name}'"
            problems.error("RG041", look.at("styles", role, "name"), message, "give each its own name")
    for number, role in enumerate(style.numbering.paragraphs):
        if role not in look.styles:
            place = style.at("numbering", "paragraphs", number)
            problems.error("RG041", place, f"there is no style '{role}'", nearest(role, look.styles))


def _check_content(style: HouseConfig, templates: Mapping[str, TemplateText], problems: Problems) -> None:
    """Report content that is neither a report section nor a block of a template, or that is printed twice."""
    blocks = {found.replace("_", " ") for text in templates.values() for found in _MACRO.findall(text.text)}
    first: dict[str, Location] = {}
    for section in all_sections((*style.sections, *style.appendices)):
        for number, name in enumerate(section.content):
            place = section.at("content", number)
            _require_known(name, place, blocks, style, problems)
            if first.setdefault(name, place) != place and (not name.startswith("the ") or name in _PROSE_BLOCKS):
                message = f"'{name}' would be printed twice; line {first[name].line} names it, too"
                problems.error("RG043", place, message, "keep one of the two")
    for number, name in enumerate(style.required):
        _require_known(name, style.at("required", number), blocks, style, problems)
    areas = [*(area.area for area in style.implications), *style.implication_titles]
    for number, area in enumerate(style.cleared):
        if area not in areas:
            message = f"there is no area '{area}' that could be cleared"
            problems.error("RG043", style.at("cleared", number), message, nearest(area, areas))
    for needed in _ALWAYS_PRINTED:
        if style.sections and needed not in style.known_sections:
            message = f"no section prints '{needed}', so a report's text would be lost"
            problems.error("RG043", style.at("sections"), message, f"add a section with content: [{needed}]")


def _require_known(name: str, place: Location, blocks: set[str], style: HouseConfig, problems: Problems) -> None:
    known = sorted(blocks) if name.startswith("the ") else list(style.section_titles)
    if name not in known and not name.startswith("the implication "):
        problems.error("RG043", place, f"there is nothing called '{name}' to print", nearest(name, known))


def _blocks_of(name: str, templates: Mapping[str, TemplateText]) -> set[str]:
    """Return the blocks of a template and of those that it extends."""
    blocks: set[str] = set()
    seen: set[str] = set()
    while name in templates and name not in seen:
        seen.add(name)
        text = templates[name].text
        blocks |= {found.group(2) for found in _STATEMENT.finditer(text) if found.group(1)}
        extended = _EXTENDS.search(text)
        name = extended.group(1) if extended else ""
    return blocks


def _check_blocks(template: TemplateText, templates: Mapping[str, TemplateText], problems: Problems) -> None:
    """Report blocks that the extended template lacks, as they would never be printed."""
    extended = _EXTENDS.search(template.text)
    if extended is None:
        return
    known = _blocks_of(extended.group(1), templates)
    depth = 0
    for found in _STATEMENT.finditer(template.text):
        if found.group(1) and depth == 0 and found.group(2) not in known and known:
            line = template.text.count("\n", 0, found.start()) + 1
            place = Location(template.path, line, found.start() - template.text.rfind("\n", 0, found.start()))
            block = found.group(2)
            message = f"the block '{block}' is not in the template that this one extends, so it would not be printed"
            problems.error("RG042", place, message, nearest(block, sorted(known)))
        depth += 1 if found.group(1) else -1
