"""Elements that stand in a line of text → inlines of the document tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportgen.house.look import Look
from reportgen.templating.attributes import Attributes, origin_of, text_of
from reportgen.templating.markup import Element
from reportgen.templating.prose import LINK_SCHEMES
from reportgen.tree import (
    CrossReference,
    Entry,
    Gap,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Note,
    PageCount,
    PageNumber,
    Span,
    Text,
)

_INLINE_ROLES = {"strong": "strong", "em": "emphasis"}
_FORMS: Mapping[str, Literal["name", "date", "check"]] = {"name": "name", "date": "date", "check": "check"}


@dataclass(frozen=True, slots=True)
class LineBuilder:
    """Builds lines of text."""

    look: Look
    attributes: Attributes

    def inlines(self, element: Element) -> Inlines:
        """The text of a paragraph-like element, white space at its ends taken off."""
        return self.trimmed(element.children)

    def trimmed(self, children: Sequence[Element | str]) -> Inlines:
        """The text of such children, white space at its ends taken off."""
        content = [inline for child in children for inline in self._inline(child)]
        merged: list[Inline] = []
        for inline in content:
            last = merged[-1] if merged else None
            if isinstance(inline, Text) and isinstance(last, Text):
                merged[-1] = Text(last.text + inline.text)
            else:
                merged.append(inline)
        if merged and isinstance(merged[0], Text):
            merged[0] = Text(merged[0].text.lstrip(" "))
        if merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text.rstrip(" "))
        return tuple(inline for inline in merged if inline != Text(""))

    def _inline(self, child: Element | str) -> Sequence[Inline]:
        if isinstance(child, str):
            return (Text(child),)
        match child.tag:
            case "strong" | "em":
                return (Span(_INLINE_ROLES[child.tag], self._kept(child)),)
            case "span":
                role = self.attributes.known(child, child.attributes.get("role", ""), self.look.styles, "text")
                return (Span(role, self._kept(child), origin_of(child)),)
            case "link":
                return (self._link(child),)
            case "ref":
                return (self._reference(child),)
            case "note":
                return (self._note(child),)
            case "gap":
                return (Gap(text_of(child), child.attributes.get("from", "")),)
            case "entry":
                return (self.entry(child),)
        known: Mapping[str, Inline] = {"br": LineBreak(), "page": PageNumber(), "pages": PageCount()}
        # A block among inlines has been reported where it stands.
        return (known[child.tag],) if child.tag in known else ()

    def _link(self, element: Element) -> Link:
        href = element.attributes.get("href", "")
        if not href.startswith(LINK_SCHEMES):
            message = f"the link's address '{href}' does not begin with https://, http:// or mailto:"
            self.attributes.error(element, message, "give the whole address")
        return Link(href, text_of(element))

    def _reference(self, element: Element) -> CrossReference:
        shows = self.attributes.one_of(element, "shows", ("number", "page"), "number")
        target = element.attributes.get("to", "")
        return CrossReference(target, element.location, shows="page" if shows == "page" else "number")

    def _note(self, element: Element) -> Note:
        content = self.inlines(element)
        if not content:
            self.attributes.error(element, "<note> says nothing", "put what stands at the foot of the page into it")
        return Note(content)

    def _kept(self, element: Element) -> Inlines:
        return tuple(inline for child in element.children for inline in self._inline(child))

    def entry(self, element: Element) -> Entry:
        """What an officer is to enter."""
        given = element.attributes
        form = self.attributes.one_of(element, "form", ("name", "date", "check"), "name")
        text = text_of(element)
        return Entry(given.get("key", ""), _FORMS[form], given.get("label", ""), given.get("value", ""), text)
