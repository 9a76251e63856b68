"""Read a house from its folder under `templates/`: configuration, style sheet and templates, `extends` resolved.

Everything is read and cross-checked here, before any report is; later stages read no file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from reportgen.diagnostics import Location, Problems, Rejected, nearest
from reportgen.house.checks import TemplateText as TemplateText
from reportgen.house.checks import check_house, check_roles, check_tokens, check_wording
from reportgen.house.config import HouseConfig
from reportgen.house.contrast import check_contrast
from reportgen.house.letterhead import Letterhead, read_letterhead
from reportgen.house.page_css import check_stylesheet
from reportgen.house.reference import FILE_NAME, ReferenceDocument, read_reference
from reportgen.house.styles import StyleSheet
from reportgen.inputs.files import DISK, Files, ending
from reportgen.inputs.source import SourceMapping, SourceSequence, SourceText, read_yaml
from reportgen.inputs.text import has_forbidden_characters, read_text
from reportgen.model.validation import validate

BASE = "_base"


@dataclass(frozen=True, slots=True)
class House:
    """Everything that makes a council's papers look and read like that council's."""

    config: HouseConfig
    stylesheet: StyleSheet
    templates: Mapping[str, TemplateText]
    """By file name ("report.xml.j2"), the most specific one; and by folder and file name ("_base/report.xml.j2")."""
    page_css: str
    """What CSS can say and Word cannot; most houses need none."""
    location: Location
    reference: ReferenceDocument | None = None
    """The council's own Word template, which Word files start from."""
    letterhead: Letterhead | None = None
    """The picture behind the first page of PDF and HTML."""


def find_houses(folders: Sequence[Path], files: Files = DISK) -> dict[str, Path]:
    """Return the folder of every house by its name; earlier folders take precedence."""
    found: dict[str, Path] = {}
    for folder in folders:
        for name in (entry.rstrip("/") for entry in files.names(folder)):
            if files.kind(folder / name / "house.yaml"):
                found.setdefault(name, folder / name)
    return found


def _find_house(name: str, folders: Sequence[Path], files: Files) -> Path | None:
    """Return the folder of one house, without listing the others as `find_houses` does."""
    if name in ("", ".", "..") or "/" in name:
        return None
    return next((folder / name for folder in folders if files.kind(folder / name / "house.yaml")), None)


def read_house(
    name: str, folders: Sequence[Path], problems: Problems, wanted_at: Location | None = None, files: Files = DISK
) -> House:
    """Read the named house, merged key by key with the houses that it extends.

    Args:
        name: The name of its folder.
        folders: Where to look for houses; earlier folders take precedence.
        problems: Collects the diagnostics.
        wanted_at: Where the name was typed, for messages; the command line by default.
        files: Where files are read from.

    Raises:
        Rejected: if there are errors in its files.
    """
    chain = _read_chain(name, folders, problems, wanted_at or Location("--house"), files)
    check_wording([layer.style for layer in chain], problems)
    merged = reduce(_merge, (layer.style for layer in chain))
    merged.put("id", name)
    style = validate(HouseConfig, merged, problems)
    if style is None:
        raise Rejected(problems.found)
    look_data = reduce(_merge, (layer.look for layer in chain if layer.look is not None))
    used = _tokens_in(look_data)
    _replace_tokens(look_data, style, problems)
    look = validate(StyleSheet, look_data, problems) if used <= style.tokens.keys() else None
    if look is None:
        raise Rejected(problems.found)
    templates = {f"{layer.name}/{file}": text for layer in chain for file, text in layer.templates.items()}
    for layer in chain:
        templates |= layer.templates
    check_tokens(style, used, problems)
    check_roles([layer.look for layer in chain if layer.look is not None], templates, problems)
    check_house(style, look, templates, problems)
    own = chain[-1].folder
    check_contrast(look, str(own), problems)
    problems.stop_if_errors()
    page_css = "\n".join(layer.page_css for layer in chain if layer.page_css)
    reference = next((layer.reference for layer in reversed(chain) if layer.reference), None)
    letterhead = next((layer.letterhead for layer in reversed(chain) if layer.letterhead), None)
    if reference is not None and reference.parts and letterhead is None:
        message = "only Word files have this letterhead; the PDF has none"
        problems.warning("RG047", reference.location, message, "save it as letterhead.svg or letterhead.png, too")
    return House(style, look, templates, page_css, Location(str(own / "house.yaml")), reference, letterhead)


@dataclass(frozen=True, slots=True)
class _Layer:
    name: str
    folder: Path
    style: SourceMapping
    look: SourceMapping | None
    templates: Mapping[str, TemplateText]
    page_css: str
    reference: ReferenceDocument | None
    letterhead: Letterhead | None


def _read_chain(
    name: str, folders: Sequence[Path], problems: Problems, wanted_at: Location, files: Files
) -> list[_Layer]:
    """Return the house and those that it extends, the base first.

    Raises:
        Rejected: if one of them is missing or cannot be read.
    """
    layers: list[_Layer] = []
    names: list[str] = []
    while True:
        folder = _find_house(name, folders, files)
        if folder is None:
            known = [one for one in find_houses(folders, files) if one != BASE]
            problems.error("RG040", wanted_at, f"there is no house '{name}'", nearest(name, known))
            raise Rejected(problems.found)
        if name in names:
            problems.error("RG040", wanted_at, f"the house '{name}' extends itself", "extend _base or standard")
            raise Rejected(problems.found)
        layer = _read_layer(name, folder, problems, files)
        if layer is None:
            raise Rejected(problems.found)
        names.append(name)
        layers.append(layer)
        parent = layer.style.get("extends")
        if name == BASE:
            return layers[::-1]
        wanted_at = layer.style.values_at.get("extends", layer.style.location)
        name = str(parent) if parent is not None else BASE


def _read_layer(name: str, folder: Path, problems: Problems, files: Files) -> _Layer | None:
    style = read_yaml(folder / "house.yaml", str(folder / "house.yaml"), problems, files)
    if style is not None and "id" in style:
        hint = "delete it: the id is the name of the folder"
        problems.error("RG010", style.keys_at["id"], "the key 'id' is not known here", hint)
    look_path = folder / "look.yaml"
    has_look = files.kind(look_path) != ""
    look = read_yaml(look_path, str(look_path), problems, files) if has_look else None
    templates = {}
    # A folder of such a name is read, too: that says what is wrong with it.
    for path in (folder / file for file in ending(tuple(name.rstrip("/") for name in files.names(folder)), ".xml.j2")):
        text = read_text(path, str(path), problems, files)
        if text is not None and not has_forbidden_characters(text, str(path), problems):
            templates[path.name] = TemplateText(str(path), text)
    css_path = folder / "page.css"
    css = read_text(css_path, str(css_path), problems, files) if files.kind(css_path) else ""
    check_stylesheet(str(css_path), css or "", problems)
    reference, look = _read_reference(folder, look, problems, files)
    letterhead = read_letterhead(folder, problems, files)
    if style is None or (look is None and has_look):
        return None
    return _Layer(name, folder, style, look, templates, css or "", reference, letterhead)


def _read_reference(
    folder: Path, look: SourceMapping | None, problems: Problems, files: Files
) -> tuple[ReferenceDocument | None, SourceMapping | None]:
    """Return the house's Word template, and its look with the template's page, which it must not say itself."""
    path = folder / FILE_NAME
    read = read_reference(path, problems, files) if files.kind(path) else None
    if read is None:
        return None, look
    reference, page = read
    own = look.get("page") if look is not None else None
    if isinstance(own, SourceMapping):
        for key in (key for key in own if key in page):
            hint = f"delete it here: {FILE_NAME} has size and margins"
            problems.error("RG046", own.keys_at[key], f"{key} is said here and in {path}, too", hint)
    under = SourceMapping(reference.location)
    under.put("page", page, reference.location, reference.location)
    return reference, _merge(under, look) if look is not None else under


def _merge(under: SourceMapping, over: SourceMapping) -> SourceMapping:
    """Merge two mappings recursively; any other value of `over` replaces that of `under`."""
    merged = SourceMapping(over.location)
    for layer in (under, over):
        for key, value in layer.items():
            old = merged.get(key)
            new = _merge(old, value) if isinstance(old, SourceMapping) and isinstance(value, SourceMapping) else value
            merged.put(key, new, layer.keys_at[key], layer.values_at[key])
    return merged


def _tokens_in(data: object) -> set[str]:
    """Return the names of the tokens that a style sheet uses."""
    if isinstance(data, SourceText):
        return {data[1:]} if data.startswith("$") else set()
    inside = data.values() if isinstance(data, SourceMapping) else data if isinstance(data, SourceSequence) else ()
    return {name for value in inside for name in _tokens_in(value)}


def _replace_tokens(data: object, style: HouseConfig, problems: Problems) -> None:
    """Put the tokens' values where the look says "$name". Changes `data`, which only the loader has seen.

    A value that came from a token has the token's place, as errors in it must be corrected there.
    """
    if isinstance(data, SourceMapping):
        for key, value in data.items():
            data[key] = new = _with_token(value, style, problems)
            if isinstance(new, SourceText):
                data.values_at[key] = new.location
    elif isinstance(data, SourceSequence):
        data[:] = [_with_token(value, style, problems) for value in data]


def _with_token(value: object, style: HouseConfig, problems: Problems) -> object:
    if not isinstance(value, SourceText):
        _replace_tokens(value, style, problems)
        return value
    if not value.startswith("$"):
        return value
    name = value[1:]
    if name not in style.tokens:
        problems.error("RG041", value.location, f"there is no token '{name}'", nearest(name, style.tokens))
        return value
    return SourceText(style.tokens[name], style.at("tokens", name), value.key)
