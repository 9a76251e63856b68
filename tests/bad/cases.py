"""The annotated bad inputs, and what the program says about a working folder.

A file `<area>/<what-is-wrong>.…` takes the place of one file of the valid working folder (`_valid`);
which one, the area says. What is expected stands in comments of the file itself, beside the line:

    # error RG012 7:15: key_decision: 'maybe' was found; yes or no was expected
    #   hint: write yes or no
    key_decision: maybe

An expectation that begins with a path (`error RG013 inputs/…/outcome.yaml:3:1: …`) is about another file;
`PRODUCT` stands for the folder of the houses that come with the product. A hint that ends in "…" goes on: the
list of all words that there are is not this test's to know.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from reportgen.cli import main
from reportgen.house.folders import product_templates

HERE = Path(__file__).parent
VALID = HERE / "_valid"
_COUNCIL = "inputs/westmere"
_REPORT = f"{_COUNCIL}/reports/outcome.yaml"

STANDS_FOR = {
    "yaml": _REPORT,
    "report": _REPORT,
    "prose": _REPORT,
    "references": _REPORT,
    "inspection": f"{_COUNCIL}/inspections/ilacs-2022.yaml",
    "action-plan": f"{_COUNCIL}/action-plans/ilacs-2022.yaml",
    "meeting": f"{_COUNCIL}/meetings/2022-09-12-cabinet.yaml",
    "council": f"{_COUNCIL}/council.yaml",
    "house": "templates/westmere/house.yaml",
    "look": "templates/westmere/look.yaml",
    "template": "templates/westmere/report.xml.j2",
}
"""The file of the working folder that a bad input of each area takes the place of."""

_EXPECTED = re.compile(
    r"^[ \t]*(?:#|\{#)[ ](?P<severity>error|warning)[ ](?P<code>RG\d+)[ ]"
    r"(?P<place>\S+?):[ ](?P<message>.*?)(?:[ ]#\})?$"
    r"(?:\n[ \t]*(?:#|\{#)[ ]+hint:[ ](?P<hint>.*?)(?:[ ]#\})?$)?",
    re.MULTILINE,
)
_PRINTED = re.compile(
    r"^(?P<place>\S.*?): (?P<severity>error|warning) (?P<code>RG\d+): (?P<message>.*)"
    r"(?:\n +\d+ \| .*(?:\n +\| .*)?)?(?:\n  hint: (?P<hint>.*))?$",
    re.MULTILINE,
)
_JARGON = re.compile(
    r"Traceback|pydantic|jinja2|NoneType|\bNone\b|\b(dict|tuple|str|int|float|bool) object|\bobject has no|object at 0x"
    r"|<class|Error\(|\binstances? of\b|positional argument|\bInput should\b|\bUndefined\b|\bErrno\b"
)


@dataclass(frozen=True)
class BadInput:
    """One annotated file."""

    path: Path

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    @property
    def stands_for(self) -> str:
        return STANDS_FOR[self.path.parent.name]

    def expected(self) -> list[str]:
        """What the program must say, as `Said.diagnostics` gives it."""
        return [
            _line(f"{self.stands_for}:{found['place']}" if found["place"][0].isdigit() else found["place"], found)
            for found in _EXPECTED.finditer(self.path.read_text(encoding="utf-8"))
        ]


@dataclass(frozen=True)
class Said:
    """What the program did with a working folder."""

    exit_code: int
    output: str

    @property
    def diagnostics(self) -> list[str]:
        """Each as "place: severity code: message | hint"."""
        text = self.output.replace(str(product_templates()), "PRODUCT")
        return [_line(found["place"], found) for found in _PRINTED.finditer(text)]


def bad_inputs() -> list[BadInput]:
    """Every annotated file, in the order of their names."""
    return [BadInput(path) for area in STANDS_FOR for path in sorted((HERE / area).iterdir())]


def build(*arguments: str) -> Said:
    """What `reportgen build` says in the present folder: of HTML, the quickest to make, unless another is asked for."""
    result = CliRunner().invoke(main, ["build", "--format", "html", *arguments], catch_exceptions=False)
    return Said(result.exit_code, result.stderr)


def shortened(said: list[str], expected: list[str]) -> list[str]:
    """What was said, with the ends left out that the expectations leave out."""
    ends = [one.removesuffix("…") if one.endswith("…") else None for one in expected]
    pairs = zip(said, [*ends, *[None] * len(said)], strict=False)
    return [f"{end}…" if end is not None and one.startswith(end) else one for one, end in pairs]


def outputs(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file below `outputs`, with its bytes and the time of its last change."""
    files = [path for path in (folder / "outputs").rglob("*") if path.is_file()]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def papers(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """The same for the papers alone that are current, without front sheets, the status page and what a build notes."""
    kept = outputs(folder)
    forms, others = (".docx", ".pdf", ".html"), ("agenda", "index")
    current = {path: one for path, one in kept.items() if path.parent.name != "superseded"}
    return {path: one for path, one in current.items() if path.suffix in forms and path.stem not in others}


def published(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """The same for all that a build makes, without the status page and what it notes for itself."""
    own = folder / "outputs" / ".reportgen"
    kept = outputs(folder)
    return {path: one for path, one in kept.items() if path.name != "index.html" and own not in path.parents}


def in_python_words(said: Said) -> list[str]:
    """The diagnostics that use a word of Python's or of its libraries, which says nothing to an officer."""
    return [line for line in said.diagnostics if _JARGON.search(line)]


def _line(place: str, found: re.Match[str]) -> str:
    line = f"{place}: {found['severity']} {found['code']}: {found['message']}"
    return f"{line} | {found['hint']}" if found["hint"] else line
