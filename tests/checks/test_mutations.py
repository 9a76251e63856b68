"""Mutated inputs: whatever stands in the files, a check ends soon, with messages that have a place.

Lines, values, keys, dates, numbers and structure are changed at random, and phrases are put in that the rules look
for, torn out of all sense. The seed is fixed, so that a failure comes back; its message holds the whole file.
A normal run tries a few hundred, a nightly one ten thousand. Hypothesis is left out: at ten thousand cases it would
cost more time than the checks themselves.
"""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from reportgen import pipeline
from reportgen.diagnostics import Location, Problems, Rejected
from reportgen.house import House, read_house
from reportgen.house.folders import product_templates
from reportgen.inputs.files import DISK, Files
from reportgen.model.reader import kind_of
from reportgen.model.task import Task
from reportgen.pipeline import CheckOptions, choose_house, compose, read_source
from reportgen.rules.engine import RULES
from tests.bad.cases import VALID
from tests.checks.checking import check
from tests.checks.test_clean_papers import CLEAN

SAMPLES = Path(__file__).parents[2] / "inputs"
COMPOSED = 10
"""Every so many cases the paper is composed as well, which takes three times as long as all the rest."""
SLOWEST = 2.0
"""Seconds of work that a single check may take."""
VALUES = (
    "", "~", "null", "yes", "no", "0", "-1", "1e999", "99999999999999999999", "0.1", ".nan", "[]", "{}", "[[]]",
    "{a: {b: c}}", "0001-01-01", "9999-12-31", "2022-02-29", "2022-13-01", "2020-02-29", "1900-01-01", "9/5/2022",
    "5 May", "2022", "??", "?? the cost, from finance", "TBC", "N/A", "|", ">", "'", '"', "*a", "&a b",
    "!!python/object:os.system x", "Good", "Inadequate", "Overall effectiveness", "A1", "F1", "F2", "ilacs-2022",
    "outcome", "red", "complete", "All", "Within three months", "Within 99999999 years", "Immediately", "\u00a0",
    "\u200b", "\u202e", "é", "e\u0301", "😀", "\u2028", "\ufeff", "\x00", "\ud800", "ǅ", "İ", "ß", "١٢", "²", "½",
    "x" * 3000, "a b " * 800, "((((" * 200, "[" * 60, "{{ inspection.count() }}", "{{ 1/0 }}", "{{ inspection }}",
    "{{", "}}", "{% if %}", "{{ ref('plan') }}",
)  # fmt: skip
PHRASES = (
    "34 judgements were made", "0 of 0 (0%) judgements were good", "from 0 to 0, by 40%",
    "a fall from 41 to 26, almost 40%,", "a few areas good", "all judgements were outstanding", "no judgement was",
    "“", "”", "'", "“not closed", "[…]", "…", "Appendix 999999999999", "Appendix ZZ", "Table 0", "paragraph 4.2.",
    "the Care Act 2022", "the Act 9999", "Schedule 12A", "ten categories of Schedule 12A",
    "paragraph 0 of Schedule 12A", "the the", "the " * 300, "%%", ",,", "." * 400, "1" * 400,
    "28 November 2011 13 December 2011", "32 January 2020 0 May 2021", "ABC", "A&B", "A" * 500, "TBC",
    "[insert date]", "to follow", "delete as appropriate", "<!-- x -->", "100%", "1000000%", "½%", "%", "£",
    "one hundred and twenty-one of the", "two thirds of", "half of the ten", "**", "^[", "[^1]", "{#a}", "| a | b |",
    "- - - a", "1. 2. 3.", "\\", "lead by lead by", "65.9%%", "20 (91%) of 22", "was judged " * 60, "and " * 400,
    "good, good, good", "١٢ judgements", "Ⅻ judgements",
)  # fmt: skip
KEYS = (
    "title", "id", "area", "grade", "text", "findings", "due", "within", "published", "received", "waived", "revises",
    "notice", "exempt", "sections", "key", "stated", "parts", "previous", "source_text", "pictures", "timetable",
)  # fmt: skip
SIGNS = ":-#|>'\"[]{}*&!%@`,\\\t ~.0éß\u00a0\u2028\x00\x85😀"
PIECES = (
    ": ", "- ", "{{ ", " }}", "{{ inspection }}", "{% ", "{#x}", "**", "](", "---", "??", "null", "yes", "2012-02-30",
    "1e999", "\ufdd0", "\ud800", "&a ", "*a", "<<: ", "!!str ", "id: x", "<b>", "&amp;", "'''",
)  # fmt: skip
Mutation = Callable[[random.Random, list[str]], None]


# ---- Mutations of the lines of a file ----


def delete_lines(chance: random.Random, lines: list[str]) -> None:
    start = chance.randrange(len(lines))
    del lines[start : start + chance.choice((1, 1, 1, 2, 5, 20))]


def double_lines(chance: random.Random, lines: list[str]) -> None:
    start = chance.randrange(len(lines))
    end = start + chance.choice((1, 1, 2, 4, 8))
    lines[end:end] = lines[start:end]


def swap_lines(chance: random.Random, lines: list[str]) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def indent_line(chance: random.Random, lines: list[str]) -> None:
    which = chance.randrange(len(lines))
    lines[which] = (
        chance.choice((" ", "  ", "    ", "\t")) + lines[which] if chance.random() < 0.6 else lines[which].lstrip()
    )


def replace_value(chance: random.Random, lines: list[str]) -> None:
    which = chance.randrange(len(lines))
    lines[which] = re.sub(r"(?<=: ).*|(?<=- ).*", lambda _: chance.choice(VALUES), lines[which], count=1)


def replace_key(chance: random.Random, lines: list[str]) -> None:
    which = chance.randrange(len(lines))
    lines[which] = re.sub(r"\w+(?=:)", lambda _: chance.choice(KEYS), lines[which], count=1)


def add_key(chance: random.Random, lines: list[str]) -> None:
    which = chance.randrange(len(lines))
    indent = re.match(r" *", lines[which])
    assert indent is not None
    lines.insert(which, f"{indent.group()}{chance.choice(KEYS)}: {chance.choice(VALUES)}")


def change_number(chance: random.Random, lines: list[str]) -> None:
    which = chance.randrange(len(lines))
    lines[which] = re.sub(r"\d", lambda found: str((int(found[0]) + chance.randrange(10)) % 10), lines[which])


def change_sign(chance: random.Random, lines: list[str]) -> None:
    which = chance.randrange(len(lines))
    line = lines[which]
    place = chance.randrange(len(line) + 1)
    sign = chance.choice((*SIGNS, *PIECES)) * chance.choice((0, 1, 1, 2))
    lines[which] = line[:place] + sign + line[place + chance.randrange(2) :]


def put_phrase_in(chance: random.Random, lines: list[str]) -> None:
    prose = [number for number, line in enumerate(lines) if re.search(r"\w+ \w+ \w+", line)] or [0]
    which = chance.choice(prose)
    words = lines[which].split(" ")
    words.insert(chance.randrange(len(words) + 1), chance.choice(PHRASES))
    lines[which] = " ".join(words)


MUTATIONS: tuple[Mutation, ...] = (
    delete_lines, double_lines, swap_lines, indent_line, replace_value, replace_value, replace_key, add_key,
    change_number, change_sign, put_phrase_in, put_phrase_in, put_phrase_in,
)  # fmt: skip


def mutated(chance: random.Random, text: str) -> str:
    """The text with one to three mutations."""
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 2, 3))):
        chance.choice(MUTATIONS)(chance, lines)
        lines = lines or [""]
    return "\n".join(lines)


# ---- The check ----


class Desk:
    """A working folder whose papers are checked, the houses read once."""

    def __init__(self, folder: Path) -> None:
        self.houses: dict[str, House] = {}
        self.templates = (folder / "templates", product_templates())
        self.papers = [
            (one, next(iter(sorted(one.parent.parent.glob("meetings/*.yaml")))))
            for one in sorted(folder.glob("inputs/*/reports/*.yaml"))
        ]

    def find_house(
        self,
        name: str,
        folders: Sequence[Path],
        problems: Problems,
        wanted_at: Location | None = None,
        files: Files = DISK,
    ) -> House:
        if name not in self.houses:
            self.houses[name] = read_house(name, folders, problems, wanted_at, files)
        return self.houses[name]

    def check(self, report: Path, meeting: Path, composed: bool) -> Problems:
        """What is found in the paper as it would be published."""
        problems = Problems()
        task = Task(report, meeting, None, self.templates)
        with suppress(Rejected):
            paper = read_source(task, problems)
            house = choose_house(task, paper, problems, self.find_house)
            document = None
            if composed:
                with suppress(Rejected):
                    document = compose(paper, house, problems)
            pipeline.check(paper, house, document, None, CheckOptions(RULES, None, True), problems)
        return problems


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> list[Desk]:
    """The valid working folder, and a paper of each of two councils that have nothing wrong."""
    folder = tmp_path_factory.mktemp("mutations")
    shutil.copytree(VALID, folder / "valid")
    for council in ("westmere-fire", "westmere-police-panel"):
        shutil.copytree(CLEAN / "inputs" / council, folder / council / "inputs" / council)
    shutil.copytree(SAMPLES, folder / "samples" / "inputs")
    names = ("valid", "valid", "valid", "westmere-fire", "westmere-police-panel", "samples")
    return [Desk(folder / name) for name in names]


@pytest.mark.slow
@pytest.mark.parametrize("cases", [200, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_mutated_inputs_give_messages_with_a_place_and_soon(cases: int, desks: list[Desk]) -> None:
    chance = random.Random(20121115)
    silent = 0
    for number in range(cases):
        desk = chance.choice(desks)
        report, meeting = chance.choice(desk.papers)
        victims = [path for path in sorted(report.parent.parent.rglob("*.yaml")) if kind_of(path)]
        victim = chance.choice([report, *victims])
        before = victim.read_bytes()
        text = mutated(chance, before.decode())
        victim.write_bytes(text.encode("utf-8", "surrogatepass"))
        started = time.process_time()
        try:
            problems = desk.check(report, meeting, composed=number % COMPOSED == 0)
        except Exception as crash:
            raise AssertionError(f"case {number}: {victim.name} crashed the check:\n{text}") from crash
        finally:
            victim.write_bytes(before)
        taken = time.process_time() - started
        assert taken < SLOWEST, f"case {number}: {taken:.1f} s for {victim.name}:\n{text}"
        unplaced = [one for one in problems.found if not has_place(one.location, victim, text)]
        assert unplaced == [], f"case {number}: {victim.name}:\n{text}"
        silent += not problems.found
    assert silent < cases / 4  # they are mistakes, after all, even if some change nothing that matters


def has_place(place: Location, victim: Path, text: str) -> bool:
    """Whether the place is a line of a file that there is; the file as a whole only where it could not be read."""
    path = Path(place.path)
    if not path.is_file():
        return False
    content = text if path == victim else path.read_text(encoding="utf-8")
    unreadable = any("\ud800" <= sign <= "\udfff" for sign in content) or not content.strip()
    lines = len(re.split(r"\r\n|[\n\r\x85\u2028\u2029]", content))
    return (unreadable and place.line == 0) or 1 <= place.line <= lines


def test_a_name_that_is_too_long_for_a_file_is_told_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(VALID, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    meeting = Path("inputs/westmere/meetings/2022-09-12-cabinet.yaml")
    meeting.write_text(f"body: Cabinet\ndate: 2022-09-12\nitems:\n  - {{number: 5, report: {'x' * 300}}}\n")
    [told] = check(str(meeting))
    assert told.startswith(f"error RG012 {meeting}:4:25: report: 'xxx")
