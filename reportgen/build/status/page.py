"""`Run` → the page that shows it: one HTML file that needs no other, without scripts."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote

from reportgen.build.status import Change, FileStatus, MeetingStatus, PaperStatus, Run
from reportgen.diagnostics import Diagnostic, Severity, counted, in_words

FORMAT_NAMES = {"docx": "Word", "pdf": "PDF", "html": "HTML"}
_MARKS = {Change.NEW: "made", Change.MADE: "made", Change.UNCHANGED: "unchanged", Change.BROKEN: "broken"}
"""The class of a state's mark; the mark says the state in words as well."""


def write_status(run: Run) -> str:
    """The page as HTML text. The same run gives the same text."""
    title = "Papers"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", f"{title}: {_changes_in_words(run)}"),
        element("style", Html(files(__package__).joinpath("page.css").read_text(encoding="utf-8"))),
    )
    named = _named(run)
    main = element(
        "main",
        _render_overview(run, [one for papers in named for one in papers]),
        *(
            _render_meeting(place, meeting, papers)
            for place, (meeting, papers) in enumerate(zip(run.meetings, named, strict=True), 1)
        ),
        id="papers",
    )
    body = element("body", _render_header(title, run), main, _render_footer(run))
    return f"<!DOCTYPE html>\n{element('html', head, body, lang='en-GB')}\n"


class _Named(NamedTuple):
    """A paper with its anchor on the page."""

    name: str
    paper: PaperStatus


def _named(run: Run) -> list[list[_Named]]:
    """The papers of each meeting, its front sheet first."""
    count = itertools.count(1)
    return [[_Named(f"paper-{next(count)}", paper) for paper in meeting.all_papers()] for meeting in run.meetings]


# ---- The run as a whole ----


def _render_header(title: str, run: Run) -> Html:
    lines = [
        element("a", "To the papers", href="#papers", class_="skip"),
        element("h1", title),
        element("p", _changes_in_words(run).capitalize() + ".", class_="sum"),
    ]
    if found := in_words(run.all_findings()):
        lines.append(element("p", f"Found in them: {found}."))
    if run.interrupted:
        text = "The run was ended before all papers were looked at. Make the papers again."
        lines.append(element("p", text, class_="alarm"))
    return element("header", *lines)


def _changes_in_words(run: Run) -> str:
    """ "3 papers made, 8 unchanged, 1 not made"."""
    counts = run.changes()
    made = counts[Change.NEW] + counts[Change.MADE]
    parts = [f"{counted(made, 'paper')} made"]
    parts += [f"{counts[change]} {change.value}" for change in (Change.UNCHANGED, Change.BROKEN) if counts[change]]
    return ", ".join(parts)


def _render_overview(run: Run, papers: Sequence[_Named]) -> Html:
    """What has to be mended, the meetings, and what was found in no paper in particular."""
    broken = [one for one in papers if one.paper.change is Change.BROKEN]
    parts: list[str] = []
    if broken:
        items = [element("li", element("a", _full_title(one.paper), href=f"#{one.name}")) for one in broken]
        parts.append(_part("Not made", element("ul", *items), "to-mend"))
    if run.findings:
        parts.append(_part("Found in the folders", _render_list(run.findings), "in-the-folders"))
    if run.removed:
        lines = [element("li", line, dir="auto") for line in run.removed]
        parts.append(_part("Removed or kept aside", element("ul", *lines), "gone"))
    if len(run.meetings) > 1:
        links = [
            element("li", element("a", f"{one.name} ({one.council})", href=f"#meeting-{place}"))
            for place, one in enumerate(run.meetings, 1)
        ]
        parts.append(element("nav", element("h2", "Meetings", id="meetings"), element("ul", *links), **_by("meetings")))
    return joined(*parts)


def _part(title: str, content: Html, name: str) -> Html:
    return element("section", element("h2", title, id=name), content, **_by(name))


def _by(name: str) -> dict[str, str]:
    return {"aria_labelledby": name}


def _render_footer(run: Run) -> Html:
    when = f", {run.when}" if run.when else ""
    return element("footer", element("p", f"Made with {run.product} in {_seconds(run.seconds)}{when}."))


# ---- Meetings and papers ----


def _render_meeting(place: int, meeting: MeetingStatus, papers: Sequence[_Named]) -> Html:
    name = f"meeting-{place}"
    items = [element("li", _render_paper(one.paper, one.name)) for one in papers]
    return element(
        "section",
        element("h2", meeting.name, id=name, dir="auto"),
        element("p", meeting.council, class_="council", dir="auto"),
        element("ul", *items, class_="papers plain") if items else element("p", "There are no papers."),
        **_by(name),
    )


def _render_paper(paper: PaperStatus, name: str) -> Html:
    title = [element("span", paper.item, class_="item"), " "] if paper.item else []
    return element(
        "article",
        element("h3", *title, paper.title, id=name, dir="auto"),
        element("p", element("strong", paper.change.value.capitalize(), class_=f"mark {_MARKS[paper.change]}")),
        _render_facts(paper),
        _render_files(paper),
        *(element("p", note, dir="auto") for note in paper.notes),
        _render_findings(paper),
        **_by(name),
    )


def _full_title(paper: PaperStatus) -> str:
    return f"{paper.item} {paper.title}" if paper.item else paper.title


def _render_facts(paper: PaperStatus) -> Html:
    facts = {
        "Author": paper.author,
        "Pages": str(paper.pages) if paper.pages is not None else "",
        "Still missing": counted(paper.gaps, "gap") if paper.gaps else "",
        "Why": paper.why,
        "Time": _seconds(paper.seconds) if paper.seconds is not None else "",
    }
    shown = [
        element("div", element("dt", label), element("dd", value, dir="auto"))
        for label, value in facts.items()
        if value
    ]
    return element("dl", *shown) if shown else Html()


def _render_files(paper: PaperStatus) -> Html:
    links = [element("li", _render_link(file, paper)) for file in paper.files]
    return element("ul", *links, class_="files plain") if links else Html()


def _render_link(file: FileStatus, paper: PaperStatus) -> Html:
    """The link to a file. Who has links read out one by one hears of which paper it is."""
    of_which = element("span", f" of {_full_title(paper)}", class_="heard")
    size = element("span", f" {_size(file.size)}", class_="size")
    return element("a", FORMAT_NAMES.get(file.form, file.form), of_which, size, href=quote(file.path))


def _render_findings(paper: PaperStatus) -> Html:
    parts: list[str] = []
    if paper.crashed:
        text = "A mistake in the program; please report it, with what was printed when the papers were made."
        parts.append(element("p", text, class_="alarm"))
    if paper.findings:
        summary = element("summary", in_words(paper.findings).capitalize())
        opened = {"open": "open"} if paper.change is Change.BROKEN else {}
        parts.append(element("details", summary, _render_list(paper.findings), **opened))
    return joined(*parts)


# ---- What was found ----


def _render_list(findings: Sequence[Diagnostic]) -> Html:
    """The worst first, then by place."""
    order = list(Severity)
    ranked = sorted(findings, key=lambda one: (bool(one.waived), order.index(one.severity), one.location))
    return element("ul", *(element("li", _render_finding(one)) for one in ranked), class_="findings plain")


def _render_finding(one: Diagnostic) -> Html:
    kind = "waived" if one.waived else one.severity.value
    lines = [
        element("p", element("strong", f"{one.label} {one.code}", class_=f"kind {kind}"), " ", one.message, dir="auto"),
        element("p", element("code", str(one.location)), class_="place"),
    ]
    if one.remark:
        lines.append(element("p", one.remark.capitalize() if not one.waived else one.remark, dir="auto"))
    return joined(*lines)


# ---- Figures ----


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} seconds" if seconds < 60 else f"{int(seconds) // 60} min {int(seconds) % 60} s"


def _size(size: int) -> str:
    """As files are weighed: "34 kB", "1.2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


# ---- Elements ----

_VOID = frozenset({"meta", "br"})
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
"""What may not stand in an HTML document (HTML Living Standard, 13.1.4); half pairs cannot even be written."""


class Html(str):
    """Markup: it is put into an element as it is. Any other text is escaped first."""

    __slots__ = ()


def element(tag: str, /, *content: str, **attributes: str) -> Html:
    """An element. Empty attributes are left out; `class_` is the class; "_" in the name of another stands for "-"."""
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items() if value}
    written = "".join(f' {name}="{_escaped(value, quote=True)}"' for name, value in named.items())
    if tag in _VOID:
        return Html(f"<{tag}{written}>")
    return Html(f"<{tag}{written}>{joined(*content)}</{tag}>")


def joined(*content: str) -> Html:
    """Texts and elements, one after the other."""
    return Html("".join(part if isinstance(part, Html) else _escaped(part) for part in content))


def _escaped(text: str, quote: bool = False) -> str:
    return html.escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text), quote=quote)
