"""Elements that stand in a line of text → inlines of the document tree; and what any element's attributes say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reportgen import document as nodes
from reportgen.diagnostics import Location, Problems, either, nearest
from reportgen.house.styles import StyleSheet
from reportgen.templating.markup import Element
from reportgen.templating.prose import LINK_SCHEMES

_EMPTY: Mapping[str, nodes.Inline] = {"br": nodes.LineBreak(), "page": nodes.PageNumber(), "pages": nodes.PageCount()}
_FORMS: Mapping[str, Literal["name", "date", "check"]] = {"name": "name", "date": "date", "check": "check"}


@dataclass(frozen=True, slots=True)
class Attributes:
    """Reads attributes; what is wrong with one is reported at its element."""

    problems: Problems

    def role(self, element: Element, known: Collection[str], kind: str, default: str = "") -> str:
        """The role, which must be one that the house's look declares for this kind of thing."""
        role = element.says("role", default)
        if role not in known:
            hint = nearest(role, known) or "declare it in look.yaml"
            self.error(element, f"the house has no {kind} role '{role}'", hint)
        return role

    def one_of(self, element: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        """The attribute, which must be one of a few words; the default where it is not given or not one."""
        value = element.says(name, default)
        if value not in allowed:
            message = f"{name}: '{value}' was found; {either(allowed)} was expected"
            self.error(element, message, nearest(value, allowed))
            return default
        return value

    def yes(self, element: Element, name: str, default: bool = False) -> bool:
        """Whether an attribute says yes."""
        if name not in element.attributes:
            return default
        return self.one_of(element, name, ("yes", "no"), "no") == "yes"

    def day(self, element: Element, name: str) -> date:
        """The day that an attribute names (ISO 8601)."""
        value = element.says(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            hint = "write it as 2012-07-09; in a template, for example {{ action.due.isoformat() }}"
            self.error(element, f"{name}: '{value}' was found; a day was expected", hint)
            return date(1, 1, 1)

    def error(self, element: Element, message: str, hint: str) -> None:
        """Record what is wrong with an element."""
        self.problems.error("RG032", element.location, message, hint)


@dataclass(frozen=True, slots=True)
class LineBuilder:
    look: StyleSheet
    attributes: Attributes

    def inlines(self, element: Element) -> nodes.Inlines:
        """The text of a paragraph-like element, white space at its ends taken off."""
        return self.trimmed(element.children)

    def first(self, element: Element, tag: str) -> nodes.Inlines:
        """The text of the first such element in another; empty where there is none."""
        return next((self.inlines(found) for found in element.elements(tag)), ())

    def trimmed(self, children: Sequence[Element | str]) -> nodes.Inlines:
        """The text of such children, white space at its ends taken off."""
        merged: list[nodes.Inline] = []
        for inline in self._inlines(children):
            last = merged[-1] if merged else None
            if isinstance(inline, nodes.Text) and isinstance(last, nodes.Text):
                merged[-1] = nodes.Text(last.text + inline.text)
            else:
                merged.append(inline)
        if merged and isinstance(merged[0], nodes.Text):
            merged[0] = nodes.Text(merged[0].text.lstrip(" "))
        if merged and isinstance(merged[-1], nodes.Text):
            merged[-1] = nodes.Text(merged[-1].text.rstrip(" "))
        return tuple(inline for inline in merged if inline != nodes.Text(""))

    def _inlines(self, children: Sequence[Element | str]) -> nodes.Inlines:
        return tuple(inline for child in children for inline in self._inline(child))

    def _inline(self, child: Element | str) -> Sequence[nodes.Inline]:
        if isinstance(child, str):
            return (nodes.Text(child),)
        match child.tag:
            case "strong" | "em":
                return (nodes.Span("strong" if child.tag == "strong" else "emphasis", self._inlines(child.children)),)
            case "span":
                role = self.attributes.role(child, self.look.styles, "text")
                return (nodes.Span(role, self._inlines(child.children), origin_of(child)),)
            case "link":
                return (self._link(child),)
            case "ref":
                page = self.attributes.one_of(child, "shows", ("number", "page"), "number") == "page"
                return (nodes.CrossReference(child.says("to"), child.location, shows="page" if page else "number"),)
            case "note":
                return (self._note(child),)
            case "gap":
                return (nodes.Placeholder(text_of(child), child.says("from")),)
            case "entry":
                return (self.entry(child),)
        # A block among inlines has been reported where it stands.
        return (_EMPTY[child.tag],) if child.tag in _EMPTY else ()

    def _link(self, element: Element) -> nodes.Link:
        href = element.says("href")
        if not href.startswith(LINK_SCHEMES):
            message = f"the link's address '{href}' does not begin with https://, http:// or mailto:"
            self.attributes.error(element, message, "give the whole address")
        return nodes.Link(href, text_of(element))

    def _note(self, element: Element) -> nodes.Footnote:
        content = self.inlines(element)
        if not content:
            self.attributes.error(element, "<note> says nothing", "put what stands at the foot of the page into it")
        return nodes.Footnote(content)

    def entry(self, element: Element) -> nodes.FormField:
        form = _FORMS[self.attributes.one_of(element, "form", tuple(_FORMS), "name")]
        return nodes.FormField(
            element.says("key"), form, element.says("label"), element.says("value"), text_of(element)
        )


def text_of(element: Element) -> str:
    """The text of an element that may hold nothing else."""
    return "".join(part for part in element.children if isinstance(part, str)).strip()


def origin_of(element: Element) -> nodes.SourceRef | None:
    """Where an author typed what the element holds; None for what a template says."""
    if not element.origin:
        return None
    line, column, part, key, path = element.origin.split(":", 4)
    return nodes.SourceRef(Location(path, int(line), int(column)), key, int(part))
