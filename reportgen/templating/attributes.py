"""What elements' attributes may be: roles that the house knows, one of a few words, a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from reportgen.diagnostics import Location, Problems, nearest
from reportgen.templating.markup import Element
from reportgen.tree import Origin


@dataclass(frozen=True, slots=True)
class Attributes:
    """Reads attributes; what is wrong with one is reported at its element."""

    problems: Problems

    def known(self, element: Element, role: str, known: Collection[str], kind: str) -> str:
        """The role, which must be one that the house's look declares for this kind of thing."""
        if role not in known:
            self.error(
                element, f"the house has no {kind} role '{role}'", nearest(role, known) or "declare it in look.yaml"
            )
        return role

    def one_of(self, element: Element, name: str, allowed: tuple[str, ...], default: str) -> str:
        """The attribute, which must be one of a few words; the default where it is not given or not one."""
        value = element.attributes.get(name, default)
        if value not in allowed:
            *others, last = allowed
            expected = f"{', '.join(others)} or {last}"
            self.error(element, f"{name}: '{value}' was found; {expected} was expected", nearest(value, allowed))
            return default
        return value

    def yes(self, element: Element, name: str, default: bool = False) -> bool:
        """Whether an attribute says yes."""
        if name not in element.attributes:
            return default
        return self.one_of(element, name, ("yes", "no"), "no") == "yes"

    def error(self, element: Element, message: str, hint: str) -> None:
        """Record what is wrong with an element."""
        self.problems.error("RG032", element.location, message, hint)

    def day(self, element: Element, name: str) -> date:
        """The day that an attribute names (ISO 8601)."""
        value = element.attributes.get(name, "")
        try:
            return date.fromisoformat(value)
        except ValueError:
            found = f"{name}: '{value}' was found; a day was expected"
            hint = "write it as 2012-07-09; in a template, for example {{ action.due.isoformat() }}"
            self.error(element, found, hint)
            return date(1, 1, 1)


def text_of(element: Element) -> str:
    """The text of an element that may hold nothing else."""
    return "".join(part for part in element.children if isinstance(part, str)).strip()


def origin_of(element: Element) -> Origin | None:
    """Where an author typed what the element holds; None for what a template says."""
    if not element.origin:
        return None
    line, column, part, key, path = element.origin.split(":", 4)
    return Origin(Location(path, int(line), int(column)), key, int(part))
