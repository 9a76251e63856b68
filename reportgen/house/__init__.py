"""A folder under `templates/` → `House`: style, look and templates, with `extends` resolved.

Everything is read and cross-checked here, before any report is; later stages read no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.house.look import Look
from reportgen.house.style import HouseSection, HouseStyle
from reportgen.model.validation import validate
from reportgen.source import SourceMapping, SourceSequence, SourceText, read_text, read_yaml

BASE = "_base"
_BLOCK = re.compile(r"{% macro (the_\w+)\(")


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template's text and the file it came from."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class House:
    """Everything that makes a council's papers look and read like that council's."""

    style: HouseStyle
    look: Look
    templates: Mapping[str, TemplateText]
    """By file name ("report.xml.j2"), the most specific one; and by folder and file name ("_base/report.xml.j2")."""
    page_css: str
    """What CSS can say and Word cannot; most houses need none."""
    location: Location


def find_houses(folders: Sequence[Path]) -> dict[str, Path]:
    """The folders of all houses, by name; an earlier folder's house hides a later one's."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/house.yaml")):
            found.setdefault(path.parent.name, path.parent)
    return found


def read_house(name: str, folders: Sequence[Path], problems: Problems, wanted_at: Location | None = None) -> House | None:
    """The named house, or None with every reason in `problems`. `wanted_at` is where the name was typed."""
    known = find_houses(folders)
    chain = _read_chain(name, known, problems, wanted_at or Location("--house"))
    if chain is None:
        return None
    _check_wording(chain, problems)
    merged = _merge_all([layer.style for layer in chain])
    merged.put("id", name)
    style = validate(HouseStyle, merged, problems)
    look_data = _merge_all([layer.look for layer in chain if layer.look is not None])
    if style is None:
        return None
    _replace_tokens(look_data, style.tokens, problems)
    look = validate(Look, look_data, problems)
    templates = {f"{layer.name}/{file}": text for layer in chain for file, text in layer.templates.items()}
    for layer in chain:
        templates |= layer.templates
    if look is None:
        return None
    _check_names(style, look, templates, problems)
    page_css = "\n".join(layer.page_css for layer in chain if layer.page_css)
    return House(style, look, templates, page_css, Location(str(known[name] / "house.yaml")))


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    style: SourceMapping
    look: SourceMapping | None
    templates: Mapping[str, TemplateText]
    page_css: str


def _read_chain(name: str, known: Mapping[str, Path], problems: Problems, wanted_at: Location) -> list[_Layer] | None:
    """The house and what it extends, the base first."""
    layers: list[_Layer] = []
    names: list[str] = []
    while True:
        if name not in known:
            problems.error("RG040", wanted_at, f"there is no house '{name}'", nearest(name, [one for one in known if one != BASE]))
            return None
        if name in names:
            problems.error("RG040", wanted_at, f"the house '{name}' extends itself", "extend _base or standard")
            return None
        layer = _read_layer(name, known[name], problems)
        if layer is None:
            return None
        names.append(name)
        layers.append(layer)
        parent = layer.style.get("extends")
        if name == BASE:
            return layers[::-1]
        wanted_at = layer.style.values_at.get("extends", layer.style.location)
        name = str(parent) if parent is not None else BASE


def _read_layer(name: str, folder: Path, problems: Problems) -> _Layer | None:
    style = read_yaml(folder / "house.yaml", str(folder / "house.yaml"), problems)
    look_path = folder / "look.yaml"
    look = read_yaml(look_path, str(look_path), problems) if look_path.exists() else None
    templates = {}
    for path in sorted(folder.glob("*.xml.j2")):
        text = read_text(path, str(path), problems)
        if text is not None:
            templates[path.name] = TemplateText(str(path), text)
    css_path = folder / "page.css"
    css = read_text(css_path, str(css_path), problems) if css_path.exists() else ""
    if style is None or (look is None and look_path.exists()):
        return None
    return _Layer(name, style, look, templates, css or "")


def _merge_all(layers: Sequence[SourceMapping]) -> SourceMapping:
    merged = SourceMapping(layers[-1].location)
    for layer in layers:
        merged = _merge(merged, layer)
    return merged


def _merge(under: SourceMapping, over: SourceMapping) -> SourceMapping:
    """Both mappings, key by key; where both have a value, mappings are merged and anything else is replaced."""
    merged = SourceMapping(over.location)
    for layer in (under, over):
        for key, value in layer.items():
            old = merged.get(key)
            new = _merge(old, value) if isinstance(old, SourceMapping) and isinstance(value, SourceMapping) else value
            merged.put(key, new, layer.keys_at[key], layer.values_at[key])
    return merged


def _replace_tokens(data: object, tokens: Mapping[str, str], problems: Problems) -> None:
    """Put the tokens' values where the look says "$name". Changes `data`, which only the loader has seen."""
    if isinstance(data, SourceMapping):
        for key, value in data.items():
            data[key] = _with_token(value, tokens, problems)
    elif isinstance(data, SourceSequence):
        data[:] = [_with_token(value, tokens, problems) for value in data]


def _with_token(value: object, tokens: Mapping[str, str], problems: Problems) -> object:
    if not isinstance(value, SourceText):
        _replace_tokens(value, tokens, problems)
        return value
    if not value.startswith("$"):
        return value
    name = value[1:]
    if name not in tokens:
        problems.error("RG041", value.location, f"there is no token '{name}'", nearest(name, tokens))
        return value
    return SourceText(tokens[name], value.location, value.key)


def _check_wording(chain: Sequence[_Layer], problems: Problems) -> None:
    """The base declares every phrase, word and option that the templates use: another name would never be printed."""
    for layer in chain[1:]:
        for kind in ("phrases", "vocabulary", "options"):
            own, base = layer.style.get(kind), chain[0].style.get(kind)
            if not isinstance(own, SourceMapping) or not isinstance(base, SourceMapping):
                continue
            for key in own:
                if key not in base:
                    problems.error("RG044", own.keys_at[key], f"'{key}' is not one of the {kind} that templates use", nearest(key, base))


def _check_names(style: HouseStyle, look: Look, templates: Mapping[str, TemplateText], problems: Problems) -> None:
    """Every name that one part of the house uses must exist in another."""
    for kind, template in style.templates.items():
        if template not in templates:
            files = [name for name in templates if "/" not in name]
            problems.error("RG042", style.at("templates", kind), f"there is no template '{template}'", nearest(template, files))
    for role, declared in look.styles.items():
        if declared.based_on and declared.based_on not in look.styles:
            place = look.at("styles", role, "based_on")
            problems.error("RG041", place, f"there is no style '{declared.based_on}'", nearest(declared.based_on, look.styles))
        elif _is_circular(role, look):
            problems.error("RG041", look.at("styles", role, "based_on"), f"the style '{role}' is based on itself", "base it on 'base'")
    for number, role in enumerate(style.numbering.paragraphs):
        if role not in look.styles:
            place = style.at("numbering", "paragraphs", number)
            problems.error("RG041", place, f"there is no style '{role}'", nearest(role, look.styles))
    _check_content(style, templates, problems)


def _check_content(style: HouseStyle, templates: Mapping[str, TemplateText], problems: Problems) -> None:
    """What sections name as their content is a section of the report's or a block that the templates have."""
    blocks = {found.replace("_", " ") for text in templates.values() for found in _BLOCK.findall(text.text)}
    for section in _all_sections((*style.sections, *style.appendices)):
        for number, name in enumerate(section.content):
            known = sorted(blocks) if name.startswith("the ") else list(style.section_titles)
            if name not in known and not name.startswith("the implication "):
                problems.error("RG043", section.at("content", number), f"there is nothing called '{name}' to print", nearest(name, known))
    for needed in ("the other sections", "the implications"):
        if style.sections and needed not in style.known_sections:
            hint = f"add a section with content: [{needed}]"
            problems.error("RG043", style.at("sections"), f"no section prints '{needed}', so a report's text could be lost", hint)


def _all_sections(sections: Sequence[HouseSection]) -> Iterator[HouseSection]:
    for section in sections:
        yield section
        yield from _all_sections(section.sections)


def _is_circular(role: str, look: Look) -> bool:
    seen: set[str] = set()
    step: str | None = role
    while step is not None and step in look.styles:
        if step in seen:
            return True
        seen.add(step)
        step = look.styles[step].based_on
    return False
