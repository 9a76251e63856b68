"""Where each passage came from: content controls around the authors' texts, and a part that says which is which.

The controls do not show (w15:appearance hidden), and change no line of the layout.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from reportgen.tree import Origin
from reportgen.writers.docx.controls import Identities, control, short_name
from reportgen.writers.docx.elements import Element, named, plain_element, w
from reportgen.writers.docx.lines import Line
from reportgen.writers.docx.passages import TAG, checksum, short_checksum

ORIGINS = "urn:reportgen:origins:1"
"""The namespace of the part. Its elements have no attributes: LibreOffice drops them."""
_REPORTS = "reports"
"""The folder of a council in which the report itself stands."""


@dataclass(eq=False)
class Passage:
    """The text of one key of one file."""

    file: str
    key: str
    identities: Identities
    holds: set[str] = field(default_factory=set)
    """What belongs to it and stands in none of its controls: "a picture"."""

    @property
    def tag(self) -> str:
        """The tag of its controls."""
        return TAG + hashlib.sha256(f"{self.file}|{self.key}".encode()).hexdigest()[:16]

    @property
    def title(self) -> str:
        """The title of its controls: "reports/autumn: sections.1.text"."""
        file = PurePath(self.file)
        return short_name(f"{file.parent.name}/{file.stem}: {self.key}")

    def enclose_runs(self, content: Sequence[Element]) -> Element:
        """A control within a paragraph."""
        return control(self._properties(), content)

    def enclose_blocks(self, content: Sequence[Element]) -> Element:
        """A control around paragraphs and tables.

        A document part, as Word makes them around its own contents and covers: of a rich text control
        LibreOffice (7.4) makes one within the first paragraph, and loses fields and comments there.
        """
        return control((*self._properties(), w("docPartObj", w("docPartGallery", val="Quick Parts"))), content)

    def _properties(self) -> tuple[Element, ...]:
        return (
            w("alias", val=self.title),
            w("tag", val=self.tag),
            self.identities.new(self.tag),
            named("w15:appearance", w15_val="hidden"),
        )


@dataclass
class Passages:
    """The passages of a document."""

    paper: str
    """Which paper it is: "council/autumn"."""
    identities: Identities
    kept: bool = True
    """Whether any passage is noted."""
    _passages: dict[tuple[str, str], Passage] = field(default_factory=dict)

    def of(self, origin: Origin | None) -> Passage | None:
        """The passage that has this origin: the same one for all parts of a text."""
        if origin is None or not self.kept:
            return None
        known = (file_of(origin.location.path, self.paper), origin.key)
        if known not in self._passages:
            self._passages[known] = Passage(*known, self.identities)
        return self._passages[known]

    def element(
        self, texts: Mapping[str, str], held: Mapping[str, Collection[str]], lines: Iterable[Line]
    ) -> Element | None:
        """The custom XML part; None when there are no passages.

        It is made from what each passage says as written and what it holds besides words, by tag, and from all lines
        of the document.
        """
        written = [one for one in self._passages.values() if one.tag in texts]
        if not written:
            return None
        root = plain_element(ORIGINS, "origins", plain_element(ORIGINS, "paper", self.paper))
        for one in written:
            text = texts[one.tag]
            said = {
                "tag": one.tag,
                "file": one.file,
                "key": one.key,
                "title": one.title,
                "paragraphs": str(text.count("\n") + 1),
                "length": str(len(text)),
                "holds": ", ".join(sorted(one.holds.union(held.get(one.tag, ())))),
                "sha256": checksum(text),
            }
            root.append(_listed("origin", said))
        for line in lines:
            places = {"tags": line.names & texts.keys(), "phrases": line.phrases & texts.keys()}
            known = {name: " ".join(sorted(tags)) for name, tags in places.items()}
            root.append(_listed("line", {"said": short_checksum(line.text), "own": short_checksum(line.own), **known}))
        return root


def _listed(name: str, texts: Mapping[str, str]) -> Element:
    return plain_element(ORIGINS, name, *(plain_element(ORIGINS, one, text) for one, text in texts.items() if text))


def file_of(path: str, paper: str) -> str:
    """A file of a council's folder, named from the folder above: "council/reports/autumn.yaml".

    The same wherever the command ran, be the path absolute or relative, or typed in the folder itself.
    """
    *folders, name = PurePath(path).parts
    council, _, _ = paper.partition("/")
    kind = next((folder for folder in reversed(folders) if folder not in (".", "..")), _REPORTS)
    above = folders[-2] if len(folders) > 1 and folders[-2] not in (".", "..", "/") else ""
    return "/".join(filter(None, (council or above, kind, name)))
