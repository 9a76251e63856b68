"""Measure reportgen beside other tools and write the results into docs/benchmarks.md. `make bench` calls it.

The sample paper is made as often as asked for, by every tool:

    paper.md      the same paper for the other tools, with Jinja tags for what differs from paper to paper
    peers.py      what a user of the other tools would run, in an environment of its own (.tools/bench)
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import docx
import jinja2
import lxml.html
import pypdfium2 as pdfium
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from markupsafe import Markup

ROOT = Path(__file__).parents[1]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
PAGE = ROOT / "docs" / "benchmarks.md"
SAMPLE = ROOT / "inputs" / "north-tyneside"
NAME = "sif-2017"
"""A paper of twelve pages with everything that a paper may need, and the inspection before it."""
EARLIER = "slac-2012"
ON_AN_AGENDA = 10

REPORTGEN = Path(sys.executable).with_name("reportgen")
PEERS_HOME = ROOT / ".tools" / "bench"
PANDOC = next(PEERS_HOME.glob("lib/python*/site-packages/pypandoc/files/pandoc"), PEERS_HOME / "pandoc")
OOXML_VALIDATOR = ROOT / ".tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
VERAPDF = ROOT / ".tools" / "verapdf"

OURS = "reportgen"
FIRST = "first"
"""reportgen before it has kept anything from earlier runs."""
PEERS = {
    "docxtpl-once": "docxtpl + one LibreOffice for all",
    "docxtpl-each": "docxtpl + a LibreOffice for each paper",
    "pandoc": "pandoc + one LibreOffice for all",
    "typst": "pandoc (Word), pandoc + Typst (PDF)",
}
"""Titles by the names that peers.py knows, in the order of the tables."""


class BenchmarkError(Exception):
    """A command failed, or a document does not say what it should."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: numbers of papers and of runs."""

    papers: int = 100
    cold: int = 5
    """Runs of one paper."""
    rounds: int = 3
    """Runs of all papers."""
    each: int = 20
    """Papers made with a LibreOffice of their own: a paper takes as long as any other."""
    growth: tuple[int, ...] = (300, 1000)
    """Larger numbers of papers, each made once, with reportgen."""


QUICK = Size(papers=6, cold=2, rounds=1, each=2, growth=(12,))


@dataclass(frozen=True, slots=True)
class Measurement:
    """The cost of one run: wall-clock and processor seconds, and 10^6 bytes of the largest single process."""

    seconds: float
    processor: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A median, and the least and the greatest of what it is of."""

    middle: float
    least: float
    greatest: float

    def __str__(self) -> str:
        """Return it as a table shows it: "1.20 (1.15–1.31)"."""
        extremes = f" ({digits(self.least)}–{digits(self.greatest)})" if self.least != self.greatest else ""
        return digits(self.middle) + extremes


@dataclass(slots=True)
class Results:
    """All measurements, by tool, and what validators say of each tool's first paper, as the table shows it."""

    size: Size
    validity: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    cold: dict[str, list[Measurement]] = field(default_factory=dict)
    many: dict[str, list[Measurement]] = field(default_factory=dict)
    changed: list[Measurement] = field(default_factory=list)
    unchanged: list[Measurement] = field(default_factory=list)
    growth: dict[int, Measurement] = field(default_factory=dict)

    def papers_of(self, tool: str) -> int:
        """Return how many papers a run in `many` made."""
        return self.size.each if tool == "docxtpl-each" else self.size.papers


# ---- The papers: one sample, varied ----


def write_inputs(folder: Path, count: int) -> None:
    """Write inputs for so many papers, ten on each agenda; no two have the same title, dates, ratings and figures."""
    council = folder / "inputs" / "sample"
    for kind in ("reports", "inspections", "action-plans", "meetings"):
        (council / kind).mkdir(parents=True)
    shutil.copyfile(SAMPLE / "council.yaml", council / "council.yaml")
    shutil.copyfile(SAMPLE / "inspections" / f"{EARLIER}.yaml", council / "inspections" / f"{EARLIER}.yaml")
    for number in range(1, count + 1):
        for kind in ("reports", "inspections", "action-plans"):
            sample = (SAMPLE / kind / f"{NAME}.yaml").read_text(encoding="utf-8")
            (council / kind / f"{name_of(number)}.yaml").write_text(vary(sample, kind, number), encoding="utf-8")
        meeting = council / "meetings" / f"{meeting_of(number)}.yaml"
        if not meeting.exists():
            meeting.write_text("body: Cabinet\ndate: 2017-07-10\npublished: 2017-06-30\nitems:\n", encoding="utf-8")
        with meeting.open("a", encoding="utf-8") as items:
            items.write(f"  - {{number: {item_of(number)}, report: {name_of(number)}}}\n")


def vary(text: str, kind: str, number: int) -> str:
    """Return one of the sample's files as it is for the paper with that number."""
    match kind:
        case "reports":
            text = substitute(r'^(title: ".*)"$', rf'\1 (paper {number})"', text)
        case "inspections":
            text = substitute(r"^(  looked_after: )\d+$", rf"\g<1>{298 + number}", text)
        case "action-plans":
            text = substitute(r"^( +due: \d{4}-\d{2}-)\d{2}$", rf"\g<1>{11 + number % 18:02}", text)
            # The digits of the number rate the actions, so that the counts of the ratings differ.
            digits = iter(f"{number:0>40b}"[::-1])
            ratings = ("green", "amber", "red")
            text = re.sub(
                r"^( +rag: )\w+$", lambda found: found[1] + ratings[int(next(digits)) + number % 2], text, flags=re.M
            )
    return text.replace(f": {NAME}\n", f": {name_of(number)}\n")


def change(folder: Path, number: int, version: str) -> None:
    """Change one sentence of a paper, as its author would."""
    report = folder / "inputs" / "sample" / "reports" / f"{name_of(number)}.yaml"
    text = report.read_text(encoding="utf-8")
    new_text = substitute(r"^( +This report presents)\b.*? the result", rf"\1 {version} the result", text)
    report.write_text(new_text, encoding="utf-8")


def substitute(pattern: str, by: str, text: str) -> str:
    """Replace a pattern. Raises BenchmarkError if the sample is no longer written that way."""
    new_text, found = re.subn(pattern, by, text, flags=re.MULTILINE)
    if not found:
        raise BenchmarkError(f"the sample holds nothing like {pattern}")
    return new_text


def name_of(number: int) -> str:
    """Return the name of a paper's files."""
    return f"paper-{number:04}"


def meeting_of(number: int) -> str:
    """Return the name of the meeting that a paper goes to."""
    return f"2017-07-10-cabinet-{(number - 1) // ON_AN_AGENDA + 1:03}"


def item_of(number: int) -> int:
    """Return the number of a paper on its agenda."""
    return (number - 1) % ON_AN_AGENDA + 1


# ---- The same papers for the other tools ----


def prepare_peers(work: Path, count: int) -> None:
    """Write what the other tools start from: reportgen's finished words and pictures, and two Word files for styles."""
    folder, out = work / "peers", work / "finished"
    folder.mkdir()
    formats = ["--format", "html", "--format", "docx"]
    run([str(REPORTGEN), "build", "inputs", "--out", str(out), *formats], work / f"papers-{count}")
    source = Path(__file__).with_name("paper.md").read_text(encoding="utf-8")
    for number in range(1, count + 1):
        (page,) = (out / "sample" / meeting_of(number)).glob(f"{item_of(number)}-*.html")
        values = read_values(page, number, folder)
        (folder / f"{name_of(number)}.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        (folder / f"{name_of(number)}.md").write_text(fill_markdown(source, values), encoding="utf-8")
    reference, template = folder / "reference.docx", folder / "template.docx"
    reference.write_bytes(subprocess.check_output([PANDOC, "--print-default-data-file", "reference.docx"]))
    set_styles(reference)
    (folder / "template.md").write_text(source, encoding="utf-8")
    styles = f"--reference-doc={reference}"
    run([str(PANDOC), "-f", "markdown-smart", "--columns=20", styles, "template.md", "-o", str(template)], folder)
    turn_appendix(template)


def read_values(page: Path, number: int, folder: Path) -> dict[str, Any]:
    """Return the tags' values for one paper from its HTML, and save the pictures of its Word file beside them."""
    html = lxml.html.parse(page).getroot()
    tables = [[cells_of(row) for row in table.iterfind("tbody/tr")] for table in html.iterfind(".//table[caption]")]
    with zipfile.ZipFile(page.with_suffix(".docx")) as word:
        document = lxml.html.fromstring(word.read("word/document.xml"))
        rasters = sorted(name for name in word.namelist() if name.endswith(".png"))  # each has an SVG beside it
        shown = zip(rasters, document.iter("wp:extent"), document.iter("wp:docpr"), strict=True)
        pictures = []
        for index, (raster, extent, properties) in enumerate(shown, 1):
            file = f"{name_of(number)}-{index}.png"
            (folder / file).write_bytes(word.read(raster))
            inches = int(extent.attrib["cx"]) / 914400
            pictures.append({"file": file, "inches": inches, "alternative": properties.get("descr")})
    values = {"title": html.find(".//h1").text_content(), "item": item_of(number), "looked_after": str(298 + number)}
    return {**values, "tables": tables, "pictures": pictures}


def cells_of(row: lxml.html.HtmlElement) -> list[str]:
    """Return the texts of a row, with empty ones for columns that a cell spans."""
    cells = [(cell, " ".join(part.text_content() for part in cell)) for cell in row]
    return [text for cell, first in cells for text in (first, *[""] * (int(cell.get("colspan", "1")) - 1))]


def fill_markdown(source: str, values: dict[str, Any]) -> str:
    """Return paper.md with the values in the place of its tags, for pandoc."""
    pictures = [
        Markup(f"![{one['alternative']}]({one['file']}){{width={one['inches']:.2f}in}}") for one in values["pictures"]
    ]
    source = re.sub(r"^\| \{%tr (.*?%\}).*$", r"{% \1", source, flags=re.MULTILINE)
    return jinja2.Environment(trim_blocks=True, finalize=escape).from_string(source).render(values, pictures=pictures)


def escape(value: object) -> object:
    """Return a text with the signs of Markdown taken as they stand."""
    return re.sub(r"([\\`*_\[\]<>$^~|])", r"\\\1", value) if type(value) is str else value


def set_styles(reference: Path) -> None:
    """Give a Word file a face that is on this machine, British English, A4 and page numbers."""
    document = docx.Document(str(reference))
    for style in document.styles:
        for fonts in list(style.element.iter(qn("w:rFonts"))):
            fonts.getparent().remove(fonts)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    set_page(document.sections[0], 210, 297)
    foot = document.sections[0].footer.paragraphs[0]
    for words, instruction in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(words)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), instruction)
        foot._p.append(number)
    document.save(str(reference))


def set_page(section: Section, width: int, height: int) -> None:
    """Set size and margins, in millimetres."""
    section.orientation = WD_ORIENT.LANDSCAPE if width > height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)


def turn_appendix(template: Path) -> None:
    """Put the appendix of a Word template on landscape pages."""
    document = docx.Document(str(template))
    heading = next(one for one in document.paragraphs if one.text.startswith("Appendix A"))
    end_of_section = deepcopy(document.sections[0]._sectPr)
    heading.insert_paragraph_before()._p.get_or_add_pPr().append(end_of_section)
    set_page(document.sections[-1], 297, 210)
    document.save(str(template))


# ---- Measuring ----


def run(command: Sequence[str], folder: Path, cache: Path | None = None) -> Measurement:
    """Run a command in a folder. Raises BenchmarkError unless it ends with 0."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache or folder / "cache")}
    with (folder / "log.txt").open("w+", encoding="utf-8") as log:
        begun = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
        # ru_maxrss is the peak of the largest process among this one and all it waited for. It begins with the
        # memory of the process that starts it: ours, which is smaller than any that is measured.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise BenchmarkError(f"{' '.join(command[:6])} ... ended with {process.returncode}:\n{log.read()[-2000:]}")
    return Measurement(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


class Benchmark:
    """The cases, in a working folder, with results."""

    def __init__(self, work: Path, size: Size) -> None:
        self.work, self.size, self.out = work, size, work / "made"
        self.results = Results(size)

    def run_all(self) -> Results:
        """Run every case. Raises BenchmarkError before anything is timed if a tool leaves words out."""
        shutil.rmtree(self.work, ignore_errors=True)
        report("writing the papers for all tools")
        for count in {1, self.size.papers, *self.size.growth}:
            write_inputs(self.work / f"papers-{count}", count)
        prepare_peers(self.work, self.size.papers)
        self.check_documents()
        self.run_cold()
        self.run_many()
        self.run_again()
        self.run_growth()
        return self.results

    def check_documents(self) -> None:
        """Compare the words of each tool's first paper with ours, and ask the validators. All is warm after it."""
        page = next((self.work / "finished" / "sample" / meeting_of(1)).glob("1-*.html"))
        for tool in (OURS, *PEERS):
            report(f"checking what {tool} makes")
            self.make(tool, 1)
            (word,) = (path for path in self.out.rglob("*.docx") if path.stem != "agenda")
            check_words(texts_of(page), word, is_ours=tool == OURS)
            self.results.validity[tool] = validate(word)

    def run_cold(self) -> None:
        """Make one paper, from the start of a program. Of one, docxtpl has one LibreOffice anyway."""
        tools = [FIRST, OURS, *(tool for tool in PEERS if tool != "docxtpl-each")]
        for tool in in_turns(tools, self.size.cold):
            self.results.cold.setdefault(tool, []).append(self.make(tool, 1))

    def run_many(self) -> None:
        """Make all papers."""
        for tool in in_turns([OURS, *PEERS], self.size.rounds):
            self.results.many.setdefault(tool, []).append(self.make(tool, self.results.papers_of(tool)))

    def run_again(self) -> None:
        """Make all papers again, with reportgen, after one was changed and after none was."""
        self.make(OURS, self.size.papers)
        for number in range(1, self.size.cold + 1):
            change(self.work / f"papers-{self.size.papers}", number, f"version {number}")
            self.results.changed.append(self.build_again(1))
            self.results.unchanged.append(self.build_again(0))

    def run_growth(self) -> None:
        """Make more and more papers, each number once."""
        for papers in self.size.growth:
            self.results.growth[papers] = self.make(OURS, papers)

    def make(self, tool: str, papers: int) -> Measurement:
        """Make so many papers into an empty folder."""
        shutil.rmtree(self.out, ignore_errors=True)
        if tool in PEERS:
            # -P: its own folder holds nothing that it may import.
            script = [str(PEERS_HOME / "bin" / "python"), "-P", str(Path(__file__).with_name("peers.py")), tool]
            names = map(name_of, range(1, papers + 1))
            measured = run([*script, str(self.work / "peers"), str(self.out), *names], self.work, self.work / "cache")
        elif tool == FIRST:
            shutil.rmtree(self.work / "no-cache", ignore_errors=True)
            measured = self.build(papers, self.work / "no-cache")
        else:
            measured = self.build(papers, self.work / "cache")
        report(f"{papers} papers, {tool}: {measured.seconds:.2f} s, {measured.megabytes:.0f} MB")
        return measured

    def build(self, papers: int, cache: Path) -> Measurement:
        """Run `reportgen build` on so many papers, whatever is there already."""
        target = f"inputs/sample/reports/{name_of(1)}.yaml" if papers == 1 else "inputs"
        measured = run([str(REPORTGEN), "build", target, "--out", str(self.out)], self.work / f"papers-{papers}", cache)
        if (made := len(self.times())) != papers:
            raise BenchmarkError(f"reportgen made {made} papers of {papers}")
        return measured

    def build_again(self, expected: int) -> Measurement:
        """Build all papers again. Raises BenchmarkError unless as many were made anew as there was reason to."""
        before = self.times()
        measured = self.build(self.size.papers, self.work / "cache")
        anew = sum(before.get(path) != modified for path, modified in self.times().items())
        if anew != expected:
            raise BenchmarkError(
                f"reportgen made {anew} papers anew, not {expected}: was its own code edited meanwhile?"
            )
        return measured

    def times(self) -> dict[Path, int]:
        """Return when each paper was written (its PDF), front sheets left out."""
        return {path: path.stat().st_mtime_ns for path in self.out.rglob("*.pdf") if path.stem != "agenda"}


def in_turns(tools: Sequence[str], rounds: int) -> Iterator[str]:
    """Yield A B B A A B: what drifts with time hits the first as much as the last."""
    for number in range(rounds):
        yield from tools if number % 2 == 0 else reversed(tools)


def report(text: str) -> None:
    """Print progress."""
    print(text, flush=True)


# ---- Documents: their words, and what validators say ----


def texts_of(page: Path) -> list[str]:
    """Return every text of a paper, from its HTML."""
    main = lxml.html.parse(page).find(".//main")
    texts = (block.text_content() for block in main.iter("p", "h1", "h2", "h3", "caption", "figcaption"))
    return [text.removeprefix("\u2022 ") for text in texts if text]


def check_words(texts: Sequence[str], word: Path, *, is_ours: bool = False) -> None:
    """Raise BenchmarkError unless a Word file has each text to the letter, and the PDF beside it has its words.

    In our own Word file Word itself counts, so that numbers are no text there.
    """
    body = docx.Document(str(word)).element.body
    found = squeeze("".join(node.text or "" for node in body.iter(qn("w:t"))))
    lacking = [text for text in texts if not is_ours and squeeze(text) not in found]
    if lacking:
        raise BenchmarkError(f"{word} lacks {len(lacking)} of {len(texts)} texts, the first of them: {lacking[0]}")
    with pdfium.PdfDocument(word.with_suffix(".pdf")) as document:
        pages = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    words = "\n".join(texts)
    missing = missing_words(words, pages)
    # Narrow columns break words, and where a row runs over two pages the halves do not follow each other.
    if len(missing) > len(set(words.split())) / 50:
        raise BenchmarkError(f"{word.with_suffix('.pdf')} lacks {len(missing)} words: {', '.join(missing[:10])}")


def missing_words(expected: str, found: str) -> list[str]:
    """Return the words of one text that stand less often in the other; white space and hyphens do not count."""
    # pdfium gives U+FFFE or U+0002 for a hyphen at the end of a line.
    expected, found = (
        re.sub(r"[-\u2010\u2011\u00ad\ufffe\x02]\s*|[\u200b\ufeff]", "", text) for text in (expected, found)
    )
    words = sorted(set(re.findall(r"[^\W\d_]{2,}", expected)))
    return [word for word in words if squeeze(expected).count(word) > squeeze(found).count(word)]


def squeeze(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


def validate(word: Path) -> tuple[str, str, str]:
    """Return the pages, the errors in Word and the broken rules of PDF/UA-1, as the validators of `make test` say."""
    errors = rules = "not asked"
    if OOXML_VALIDATOR.exists() and shutil.which("node"):
        found = ask([str(OOXML_VALIDATOR), str(word), "--officeVersion", "Microsoft365"])
        errors = "0" if found["ok"] else str(len(found["errors"]))
    pdf = word.with_suffix(".pdf")
    if VERAPDF.exists() and shutil.which("java"):
        program = ["java", "-cp", f"{VERAPDF}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
        found = ask([*program, "--flavour", "ua1", "--format", "json", str(pdf)])
        (result,) = found["report"]["jobs"][0]["validationResult"]
        broken = [f"{rule['clause']}-{rule['testNumber']}" for rule in result["details"]["ruleSummaries"]]
        rules = ": ".join([str(len(broken)), ", ".join(broken)]) if broken else "0"
    with pdfium.PdfDocument(pdf) as document:
        return str(len(document)), errors, rules


def ask(command: Sequence[str]) -> Any:
    """Return what a validator prints as JSON; it ends with 1 where it finds something."""
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=False, timeout=600).stdout)


# ---- The page ----

BEGIN = "<!-- Made by `make bench`: what stands from here to the next comment is written anew. -->"
END = "<!-- Written by hand from here. -->"


def fill(page: str, results: str) -> str:
    """Return the page with other results. Raises ValueError if it lacks the comments between which they stand."""
    parts = re.split(f"({re.escape(BEGIN)}|{re.escape(END)})", page)
    if parts[1::2] != [BEGIN, END]:
        raise ValueError(f"the page must hold these two comments, once:\n{BEGIN}\n{END}")
    return f"{parts[0]}{BEGIN}\n\n{results.rstrip()}\n\n{END}{parts[4]}"


def write_results(results: Results, machine: str, versions: Sequence[str]) -> str:
    """Return all tables as Markdown."""
    papers, ours = results.size.papers, results.many[OURS]
    # Where LibreOffice is started for each paper, fewer were made, and the time is multiplied.
    scales = {tool: papers / results.papers_of(tool) for tool in results.many}
    growth = {papers: (median(seconds(ours)) / papers, max(one.megabytes for one in ours))}
    growth |= {count: (one.seconds / count, one.megabytes) for count, one in results.growth.items()}
    most = max(results.growth, default=0)
    environment = jinja2.Environment(trim_blocks=True)
    environment.globals |= {"spread": spread, "ratio": ratio, "peers": PEERS, "machine": machine, "versions": versions}
    template = Path(__file__).with_name("results.md.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        papers=papers,
        cold={tool: seconds(runs) for tool, runs in results.cold.items()},
        many={tool: [one * scales[tool] for one in seconds(runs)] for tool, runs in results.many.items()},
        notes={tool: f" (of {results.papers_of(tool)})" if scale != 1 else "" for tool, scale in scales.items()},
        costs={tool: costs(runs, results.papers_of(tool)) for tool, runs in results.many.items()},
        changed=seconds(results.changed),
        unchanged=seconds(results.unchanged),
        validity=results.validity,
        growth=growth,
        largest=max(megabytes for _, megabytes in growth.values()),
        most=most,
        at_most=[growth[most][0] * papers] * len(ours) if most else [],
    )


def costs(runs: Sequence[Measurement], papers: int) -> str:
    """Return the two cells for processor time a paper and memory."""
    processor = median(run.processor for run in runs) / papers
    return f"{digits(processor)} s | {max(run.megabytes for run in runs):.0f} MB"


def seconds(runs: Sequence[Measurement]) -> list[float]:
    """Return the wall-clock seconds of runs."""
    return [one.seconds for one in runs]


def spread(figures: Sequence[float]) -> Spread:
    """Return the spread of some figures."""
    return Spread(median(figures), min(figures), max(figures))


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Return the ratio of the medians; least and greatest are those of runs side by side."""
    paired = [one / other for one, other in zip(ours, theirs, strict=False)]
    return Spread(median(ours) / median(theirs), min(paired), max(paired))


def digits(figure: float) -> str:
    """Return a figure with as many digits as mean something: "0.41", "12.3", "140"."""
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def machine() -> str:
    """Return its processors, memory and system, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    model = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    processors = f"{os.cpu_count()} processors" + (f" ({' '.join(model[1].split())})" if model else "")
    return f"{processors}, {memory:.0f} GB of memory, {system}, Python {platform.python_version()}"


def versions() -> list[str]:
    """Return each program that took part, with its version."""
    pinned = REQUIREMENTS.read_text(encoding="utf-8")
    found = [f"{name} {version(name)}" for name in ("reportgen", "WeasyPrint", "python-docx")]
    found += [" ".join(pin) for pin in re.findall(r"^(docxtpl|typst)==(\S+)$", pinned, re.MULTILINE)]
    for command in ([str(PANDOC), "--version"], ["soffice", "--version"]):
        found += re.findall(r"\A\S+ [\d.]+", subprocess.check_output(command, text=True))
    return found


def main() -> None:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few papers, to see that it works; into build/")
    parser.add_argument("--up-to", type=int, metavar="PAPERS", help="leave out runs of more papers than that")
    arguments = parser.parse_args()
    size = QUICK if arguments.quick else Size()
    kept = tuple(papers for papers in size.growth if arguments.up_to is None or papers <= arguments.up_to)
    before = PAGE.read_text(encoding="utf-8")
    fill(before, "")  # what is wrong with the page is better known now than in half an hour
    work = ROOT / "build" / "bench"
    try:
        results = Benchmark(work, replace(size, growth=kept)).run_all()
    except (BenchmarkError, FileNotFoundError) as failed:
        sys.exit(f"nothing was written: {failed}")
    page = ROOT / "build" / PAGE.name if arguments.quick else PAGE
    page.write_text(fill(before, write_results(results, machine(), versions())), encoding="utf-8")
    shutil.rmtree(work)  # after a failure it stays, with the log of what failed
    report(f"written: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
