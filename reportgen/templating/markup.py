"""Parse report markup (XML) strictly: what is unknown or misplaced is an error with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from xml.parsers import expat

from reportgen.diagnostics import Location, Problems, nearest, shortened
from reportgen.document import Figure, List, Paragraph, Table
from reportgen.templating.prose import ProseNodes

INLINE = frozenset({
    "strong", "em", "span", "a", "ref", "note", "gap", "input", "clause", "br", "page", "pages",
})  # fmt: skip
FIGURE = frozenset({"chart", "timeline", "scale", "figure"})
BLOCK = FIGURE | {"p", "ul", "ol", "table", "dl", "aside", "signature", "section", "contents", "pagebreak"}
_LISTED = INLINE | {"p", "ul", "ol"}


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element may hold, and which attributes it takes (a `!` marks those it must have)."""

    children: frozenset[str]
    text: bool = False
    attributes: frozenset[str] = frozenset()


def _shape(children: frozenset[str] | str = frozenset(), attributes: str = "", text: bool = False) -> Shape:
    names = frozenset(children.split()) if isinstance(children, str) else children
    return Shape(names, text, frozenset(attributes.split()))


# HTML's names for what HTML has; ours for the rest.
SHAPES: dict[str, Shape] = {
    "report": _shape(BLOCK | {"header", "footer", "front", "appendix"}),
    "header": _shape(INLINE, text=True),
    "footer": _shape(INLINE, text=True),
    "front": _shape(BLOCK - {"section"}),
    "section": _shape(BLOCK | {"h1"}, "id role numbered"),
    "appendix": _shape(BLOCK | {"h1"}, "id landscape"),
    "h1": _shape(INLINE, text=True),
    "p": _shape(INLINE, "role id numbered", text=True),
    "ul": _shape("li", "role"),
    "ol": _shape("li", "role"),
    "li": _shape(_LISTED | FIGURE, text=True),
    "table": _shape("caption tr tbody", "role id show-caption row-headers"),
    "caption": _shape(INLINE, text=True),
    "tbody": _shape("tr"),
    "tr": _shape("th td"),
    "th": _shape(INLINE, "width align", text=True),
    "td": _shape(_LISTED, "role", text=True),
    "dl": _shape("div dt dd", "role"),
    "div": _shape("dt dd"),
    "dt": _shape(INLINE, text=True),
    "dd": _shape(_LISTED, text=True),
    "aside": _shape(BLOCK - {"section", "table", "aside"}, "role!"),
    "contents": _shape("h1", "depth"),
    "chart": _shape("figcaption bar", "alt! id"),
    "bar": _shape("segment", "label!"),
    "segment": _shape("", "label! value! role!"),
    "timeline": _shape("figcaption due", "alt! id today today-label"),
    "scale": _shape("figcaption step judged", "alt! id"),
    "step": _shape("", "label!"),
    "judged": _shape("mark", "label! words"),
    "mark": _shape("", "step! role! words earlier"),
    "due": _shape("", "label! day! role! words!"),
    "figure": _shape("figcaption", "alt! id name!"),
    "figcaption": _shape(INLINE, text=True),
    "signature": _shape("line", "form!"),
    "line": _shape("input", "label name post signed"),
    "pagebreak": _shape(),
    "strong": _shape(INLINE, text=True),
    "em": _shape(INLINE, text=True),
    "span": _shape(INLINE, "role!", text=True),
    "clause": _shape(INLINE, "end capital", text=True),
    "prose": _shape("h1", "ref! key"),
    "a": _shape("", "href!", text=True),
    "ref": _shape("", "to! shows"),
    "note": _shape(INLINE - {"note"}, text=True),
    "gap": _shape("", "from", text=True),
    "input": _shape("", "name! type! label! value", text=True),
    "br": _shape(),
    "page": _shape(),
    "pages": _shape(),
}


@dataclass(frozen=True, slots=True)
class RenderedMarkup:
    """What a template has printed: markup, and the texts that stand in it as `<prose ref="…"/>`."""

    text: str
    prose: Sequence[ProseNodes] = ()


@dataclass(slots=True)
class Element:
    """An element as parsed: attributes, children (elements and text), and where it was written."""

    tag: str
    attributes: dict[str, str]
    location: Location
    children: list[Element | str] = field(default_factory=list)
    prose: ProseNodes | None = None
    """Of `<prose>`: the text that stands there."""

    def get(self, attribute: str, default: str = "") -> str:
        """Return the attribute, or the default where it is not given."""
        return self.attributes.get(attribute, default)

    def elements(self, tag: str = "") -> list[Element]:
        """Return the child elements, those with the given tag if one is given."""
        return [child for child in self.children if isinstance(child, Element) and (not tag or child.tag == tag)]


MAX_DEPTH = 100
"""Of elements in elements; a paper needs some fifteen."""
MAX_TOLD = 10
"""Unknown attributes of one element that are told."""


class _Unreadable(Exception):
    """The markup cannot be read further; the reason is in the problems."""


ONCE = frozenset({"caption", "figcaption", "h1", "header", "footer", "front"})
"""Elements of which another may hold one only: a second would be lost."""
_MARK = re.compile(r' at="(\d+):(\d+):([^"]*)"')
_INTO_REPORT = "put everything into <report> … </report>"


def parse_markup(rendered: RenderedMarkup, problems: Problems, template: str = "the rendered markup") -> Element:
    """Parse a `<report>` with all that is in it.

    Args:
        rendered: what a template printed, with the texts in it.
        problems: collects what is wrong with it.
        template: the file that the markup came from, for what is wrong with it as a whole.

    Raises:
        Rejected: with every mistake, each at its line in the template.
    """
    parser = _Parser(rendered.prose, problems, template)
    with suppress(_Unreadable):
        parser.feed(rendered.text)
    problems.stop_if_errors()
    return parser.root


class _Parser:
    def __init__(self, prose: Sequence[ProseNodes], problems: Problems, template: str) -> None:
        self.prose = prose
        self.problems = problems
        self.whole = Location(template, 1)
        self.root: Element
        self.open: list[Element] = []
        self.closed: Element | None = None
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._text
        self.expat.StartDoctypeDeclHandler = self._doctype
        self.expat.ProcessingInstructionHandler = self._instruction

    def feed(self, markup: str) -> None:
        markup = markup.strip()
        try:
            self.expat.Parse(markup, True)
        except expat.ExpatError as error:
            at = len(markup.encode()[: self.expat.ErrorByteIndex].decode(errors="ignore"))
            self._not_well_formed(error.code, markup, at)
            raise _Unreadable from None

    def _not_well_formed(self, code: int, markup: str, at: int) -> None:
        """Report what keeps the markup from being XML; `at` is where in it the parser noticed."""
        tag = markup[markup.rfind("<", 0, at + 1) :]
        element = self.open[-1] if self.open else self.closed
        where = element.location if element else self.whole
        if mark := _MARK.search(tag.partition(">")[0]):
            where = Location(unescape(mark[3]), int(mark[1]), int(mark[2]))
        closing = re.match(r"</([^\s>]+)", markup[at:]) or re.match(r"</([^\s>]+)", tag)
        match expat.errors.messages[code]:
            case expat.errors.XML_ERROR_TAG_MISMATCH if closing:
                self._mismatched(closing.group(1))
            case expat.errors.XML_ERROR_NO_ELEMENTS if self.open:
                unclosed = self.open[-1].tag
                self._error(where, f"<{unclosed}> is opened here and not closed", f"close it with </{unclosed}>")
            case expat.errors.XML_ERROR_NO_ELEMENTS:
                self._error(self.whole, "the template prints nothing; <report> was expected", _INTO_REPORT)
            case expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
                self._error(where, "something stands after </report>", _INTO_REPORT)
            case expat.errors.XML_ERROR_UNDEFINED_ENTITY:
                entity = markup[at:].partition(";")[0]
                self._error(where, f"'{entity};' is not known here", "write the character itself")
            case expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE:
                self._error(where, "an attribute is given twice here", "keep one of the two")
            case expat.errors.XML_ERROR_MISPLACED_XML_PI:
                self._error(where, "'<?xml … ?>' may stand only at the beginning", "delete it")
            case _ if markup[at : at + 1] in ("&", "<") or markup[at - 1 : at] in ("&", "<"):
                message = f"a bare '&' or '<' stands here, in '{_around(markup, at)}'"
                self._error(where, message, "write &amp; for '&' and &lt; for '<'")
            case _:
                hint = "close every element and put attribute values in quotes"
                self._error(where, f"this cannot be read: '{_around(markup, at)}'", hint)

    def _mismatched(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            element = self.open[-1]
            message = f"<{element.tag}> is opened here and not closed before </{tag}>"
            self._error(element.location, message, "close the elements in the reverse order")
        else:
            after = f" after this <{self.closed.tag}>" if self.closed else ""
            where = self.closed.location if self.closed else self.whole
            self._error(where, f"</{tag}>{after} closes nothing", "delete it, or open the element first")

    def _doctype(self, *_: object) -> None:
        self._error(self.whole, "a document type is not allowed", "delete <!DOCTYPE …>")
        raise _Unreadable

    def _instruction(self, target: str, _data: str) -> None:
        where = self.open[-1].location if self.open else self.whole
        self._error(where, f"'<?{target} …?>' has no meaning in report markup", "delete it")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parent = self.open[-1] if self.open else None
        location = _place(attributes.pop("at", ""), parent)
        element = Element(tag, attributes, location)
        if tag not in SHAPES:
            self._error(location, f"<{tag}> is not an element of report markup", nearest(tag, SHAPES))
            raise _Unreadable
        if parent is None:
            if tag != "report":
                self._error(location, f"the template begins with <{tag}>; <report> was expected", _INTO_REPORT)
                raise _Unreadable
            self.root = element
        else:
            if len(self.open) > MAX_DEPTH:
                self._error(location, f"elements stand in one another more than {MAX_DEPTH} deep here", "close them")
                raise _Unreadable
            if tag == "prose":
                self._put_prose(element, parent)
            else:
                self._check_parent(element, parent)
            parent.children.append(element)
        self._check_attributes(element)
        self.open.append(element)

    def _check_parent(self, element: Element, parent: Element) -> None:
        allowed = SHAPES[parent.tag].children
        if element.tag in allowed:
            if element.tag in ONCE and parent.elements(element.tag):
                message = f"<{parent.tag}> has a second <{element.tag}>, which would be lost"
                self._error(element.location, message, "keep one of the two")
        else:
            hint = f"it may hold {', '.join(sorted(allowed))}" if allowed else f"<{parent.tag}> holds no elements"
            self._error(element.location, f"<{element.tag}> is not allowed inside <{parent.tag}>", hint)

    def _put_prose(self, element: Element, parent: Element) -> None:
        """Put a text where the template prints it. The author is not at fault if it may not stand there."""
        ref = element.get("ref")
        if not ref.isdecimal() or int(ref) >= len(self.prose):
            self._error(element.location, "<prose> stands for no text", "print the text itself: {{ … }}")
            return
        element.prose = self.prose[int(ref)]
        if not _elements_of(element.prose) <= SHAPES[parent.tag].children:
            message = f"a text of paragraphs or lists is printed inside <{parent.tag}>"
            self._error(parent.location, message, f"print it outside of <{parent.tag}>: it brings its own")

    def _check_attributes(self, element: Element) -> None:
        tag, taken = element.tag, SHAPES[element.tag].attributes
        known = {name.rstrip("!") for name in taken}
        unknown = [name for name in element.attributes if name not in known]
        for name in unknown[:MAX_TOLD]:
            self._error(element.location, f"<{tag}> has no attribute '{name}'", nearest(name, sorted(known)))
        for name in sorted(one[:-1] for one in taken if one.endswith("!")):
            if not element.get(name).strip():
                self._error(element.location, f"<{tag}> needs the attribute '{name}'", f'write <{tag} {name}="…">')

    def _end(self, tag: str) -> None:  # noqa: ARG002  expat has made sure that it is the open one
        self.closed = self.open.pop()

    def _text(self, text: str) -> None:
        if not self.open:
            return
        element = self.open[-1]
        if SHAPES[element.tag].text:
            element.children.append(re.sub(r"[ \t\n]+", " ", text))
        elif text.strip():
            shown = shortened(" ".join(text.split()))
            allowed = SHAPES[element.tag].children
            hint = f"put it into <{'>, <'.join(sorted(allowed))}>"
            if "p" in allowed:
                hint = "put it into <p> … </p>, here or in the template that fills this block"
            self._error(element.location, f"the text '{shown}' stands loose in <{element.tag}>", hint)

    def _error(self, location: Location, message: str, hint: str) -> None:
        self.problems.error("RG032", location, message, hint)


def _around(markup: str, at: int) -> str:
    """A little of the markup around a place, without our marks."""
    start = markup.rfind(">", 0, max(at - 1, 0)) + 1
    end = markup.find("<", at + 1)
    before, after = _MARK.sub("", markup[start:at]), markup[at : end if end > 0 else None]
    return " ".join((before[-30:] + after[:30]).split())


def _place(at: str, parent: Element | None) -> Location:
    """Return where an element was written, which its mark says ("line:column:path"), or else its parent."""
    if not at:
        return parent.location if parent else Location("the rendered markup", 1, 1)
    line, column, path = at.split(":", 2)
    return Location(path, int(line), int(column))


def _elements_of(prose: ProseNodes) -> set[str]:
    """Return the names of the elements that would stand for a text in markup."""
    names = {Paragraph: "p", List: "ul", Table: "table", Figure: "figure"}
    return {names[type(block)] for block in prose.blocks} | ({"span"} if prose.inlines else set())
