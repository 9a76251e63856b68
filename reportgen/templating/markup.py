"""Report markup (XML) → document tree, strictly: what is unknown or misplaced is an error with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from reportgen.diagnostics import Location, Problems, nearest

INLINE = frozenset({"strong", "em", "span", "link", "ref", "br", "page", "pages"})
BLOCK = frozenset({"p", "list", "table", "fields", "panel", "chart", "signature", "section", "pagebreak"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element may hold, and which attributes it takes (a `!` marks those it must have)."""

    children: frozenset[str]
    text: bool = False
    attributes: frozenset[str] = frozenset()


def _shape(children: frozenset[str] | str = frozenset(), attributes: str = "", text: bool = False) -> Shape:
    names = frozenset(children.split()) if isinstance(children, str) else children
    return Shape(names, text, frozenset(attributes.split()))


SHAPES: dict[str, Shape] = {
    "report": _shape(BLOCK | {"header", "footer", "front", "appendix"}),
    "header": _shape(INLINE, text=True),
    "footer": _shape(INLINE, text=True),
    "front": _shape(BLOCK - {"section"}),
    "section": _shape(BLOCK | {"heading"}, "anchor role numbered"),
    "appendix": _shape(BLOCK | {"heading"}, "anchor landscape"),
    "heading": _shape(INLINE, text=True),
    "p": _shape(INLINE, "role anchor numbered", text=True),
    "list": _shape("item", "ordered role"),
    "item": _shape(INLINE | {"p", "list"}, text=True),
    "table": _shape("caption column group row", "role show-caption row-headers"),
    "caption": _shape(INLINE, text=True),
    "column": _shape(INLINE, "width!", text=True),
    "group": _shape("heading row"),
    "row": _shape("cell field"),
    "cell": _shape(INLINE | {"p", "list"}, "role", text=True),
    "fields": _shape("field row", "role"),
    "field": _shape(INLINE | {"p", "list", "label"}, text=True),
    "label": _shape(INLINE, text=True),
    "panel": _shape(BLOCK - {"section", "table", "panel"}, "role!"),
    "chart": _shape("bar", "alt!"),
    "bar": _shape("segment", "label!"),
    "segment": _shape("", "label! value! role!"),
    "signature": _shape("line", "form!"),
    "line": _shape("", "label name post signed"),
    "pagebreak": _shape(),
    "strong": _shape(INLINE, text=True),
    "em": _shape(INLINE, text=True),
    "span": _shape(INLINE, "role!", text=True),
    "link": _shape("", "href!", text=True),
    "ref": _shape("", "to!"),
    "br": _shape(),
    "page": _shape(),
    "pages": _shape(),
}


@dataclass(slots=True)
class Element:
    """An element as parsed: attributes, children (elements and text), and where it was written."""

    tag: str
    attributes: dict[str, str]
    location: Location
    origin: str = ""
    children: list[Element | str] = field(default_factory=list)

    def elements(self, tag: str = "") -> list[Element]:
        """The child elements, those with the given tag if one is given."""
        return [child for child in self.children if isinstance(child, Element) and (not tag or child.tag == tag)]


class _Stop(Exception):
    """The markup cannot be read further; the reason is in the problems."""


def parse_elements(markup: str, problems: Problems) -> Element | None:
    """The `<report>` element with all below it in place, or None with the reasons in `problems`."""
    parser = _Parser(problems)
    try:
        parser.feed(markup)
    except _Stop:
        return None
    return parser.root if not parser.failed else None


class _Parser:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.failed = False
        self.root: Element | None = None
        self.open: list[Element] = []
        self.closed: Element | None = None
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text
        self.expat.StartDoctypeDeclHandler = self._doctype

    def feed(self, markup: str) -> None:
        try:
            self.expat.Parse(markup.strip(), True)
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            element = self.open[-1] if self.open else self.closed
            where = element.location if element else Location("the rendered markup", error.lineno, error.offset + 1)
            if self.open and "mismatched" in reason:
                self._error(where, f"<{self.open[-1].tag}> is opened here, but another element is closed before it", "close the elements in the reverse order")
            else:
                opened = f" after <{element.tag}>" if element else ""
                self._error(where, f"the template's markup is not well formed{opened}: {reason}", "close every element and put attribute values in quotes")
            raise _Stop from None

    def _doctype(self, *_: object) -> None:
        self._error(Location("the rendered markup", 1), "a document type is not allowed", "delete it")
        raise _Stop

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self.open[-1] if self.open else None
        origin = attributes.pop("origin", "")
        location = _place(attributes.pop("at", ""), origin, parent)
        element = Element(tag, attributes, location, origin)
        if tag not in SHAPES:
            self._error(location, f"<{tag}> is not an element of report markup", nearest(tag, SHAPES))
            raise _Stop
        if parent is None:
            if tag != "report":
                self._error(location, f"the template begins with <{tag}>; <report> was expected", "put everything into <report> … </report>")
                raise _Stop
            self.root = element
        else:
            allowed = SHAPES[parent.tag].children
            if tag not in allowed:
                hint = f"it may hold {', '.join(sorted(allowed))}" if allowed else f"<{parent.tag}> holds no elements"
                self._error(location, f"<{tag}> is not allowed inside <{parent.tag}>", hint)
            parent.children.append(element)
        self._check_attributes(element)
        self.open.append(element)

    def _check_attributes(self, element: Element) -> None:
        shape = SHAPES[element.tag]
        known = {name.rstrip("!") for name in shape.attributes}
        for name in element.attributes:
            if name not in known:
                self._error(element.location, f"<{element.tag}> has no attribute '{name}'", nearest(name, sorted(known)))
        for name in shape.attributes:
            if name.endswith("!") and not element.attributes.get(name.rstrip("!"), "").strip():
                self._error(element.location, f"<{element.tag}> needs the attribute '{name[:-1]}'", f'write <{element.tag} {name[:-1]}="…">')

    def _end(self, tag: str) -> None:  # noqa: ARG002  expat has made sure that it is the open one
        self.closed = self.open.pop()

    def _text(self, text: str) -> None:
        if not self.open:
            return
        element = self.open[-1]
        if SHAPES[element.tag].text:
            element.children.append(re.sub(r"[ \t\n]+", " ", text))
        elif text.strip():
            shown = text.strip()[:40]
            self._error(element.location, f"the text '{shown}' stands loose in <{element.tag}>", "put it into <p> … </p>")

    def _error(self, location: Location, message: str, hint: str) -> None:
        self.failed = True
        self.problems.error("RG032", location, message, hint)


def _place(at: str, origin: str, parent: Element | None) -> Location:
    """Where an element was written: in a template ("line:column:path") or in prose ("line:column:part:key:path")."""
    if at:
        line, column, path = at.split(":", 2)
    elif origin:
        line, column, _, _, path = origin.split(":", 4)
    else:
        return parent.location if parent else Location("the rendered markup", 1, 1)
    return Location(path, int(line), int(column))
