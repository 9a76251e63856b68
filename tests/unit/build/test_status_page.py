"""The page that shows what a build did: everything it was given is there, escaped, and nothing else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import reportgen.build.status_page
from reportgen.build.status_page import FileStatus, MeetingStatus, PaperState, PaperStatus, Run, render_status
from reportgen.diagnostics import Diagnostic, Location, Severity
from reportgen.house.contrast import contrast

WARNING = Diagnostic(
    Severity.WARNING, "RG203", Location("inputs/westmere/action-plans/autumn.yaml", 31, 9), "A4 is late", "say why"
)
ADVICE = Diagnostic(Severity.ADVICE, "RG901", Location("inputs/westmere/reports/autumn.yaml", 3), "a long sentence")
ERROR = Diagnostic(Severity.ERROR, "RG012", Location("inputs/westmere/reports/broken.yaml", 4, 1), "not yes or no")
WAIVED = Diagnostic(Severity.WARNING, "RG208", Location("a.yaml", 9), "no measure", "", "The contract sets the day")
FILES = (FileStatus("westmere/m/7e-outcome.docx", 34_567), FileStatus("westmere/m/7e-outcome.pdf", 1_234_567))
OUTCOME = PaperStatus(
    "Outcome of the inspection",
    PaperState.MADE,
    item="7(e)",
    author="Jo Bold",
    pages=14,
    files=FILES,
    findings=(ADVICE, WARNING, WAIVED),
    gaps=3,
    why="reports/autumn.yaml has changed",
    seconds=1.84,
)
BROKEN = PaperStatus("Budget", PaperState.BROKEN, item="8", findings=(ERROR,))
OLD = PaperStatus("Minutes", PaperState.UNCHANGED, item="2", pages=1)
AGENDA = PaperStatus("Agenda", PaperState.NEW, pages=1)


def run_of(*papers: PaperStatus, front: PaperStatus | None = None, **more: object) -> Run:
    meeting = MeetingStatus("Westmere Council", "Cabinet, 9 November 2026", front, papers)
    given = {"product": "reportgen 0.1.0", "seconds": 2.5, **more}
    return Run((meeting,), **given)  # type: ignore[arg-type]


class Reading(HTMLParser):
    """Takes a page apart: its texts, its links, the ids that there are and those that something refers to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.open = 0
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.links += [given["href"] or ""] if "href" in given else []
        self.ids += [given["id"] or ""] if "id" in given else []
        self.named += [given["aria-labelledby"] or ""] if "aria-labelledby" in given else []
        self.open += "open" in given

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.words.append(data)


def read(run: Run) -> Reading:
    return Reading(render_status(run))


def test_a_paper_has_everything_that_is_known_of_it() -> None:
    text = read(run_of(OUTCOME)).text
    for part in (
        "7(e) Outcome of the inspection",
        "Made again",
        "Author Jo Bold",
        "Pages 14",
        "Still missing 3 gaps",
        "Why reports/autumn.yaml has changed",
        "Time 1.8 seconds",
        "Word of 7(e) Outcome of the inspection 35 kB",
        "PDF of 7(e) Outcome of the inspection 1.2 MB",
        "1 warning, 1 piece of advice, 1 waived",
        "warning RG203 A4 is late inputs/westmere/action-plans/autumn.yaml:31:9 Hint: say why",
        "waived RG208 no measure a.yaml:9 reason: The contract sets the day",
    ):
        assert part in text


def test_what_is_not_known_is_not_shown() -> None:
    text = read(run_of(PaperStatus("Minutes", PaperState.UNCHANGED))).text
    assert not [
        label for label in ("Author", "Pages", "missing", "Why", "Time", "Word") if label in text.split("Made")[0]
    ]


def test_the_worst_finding_comes_first_and_the_waived_last() -> None:
    text = read(run_of(PaperStatus("X", PaperState.MADE, findings=(WAIVED, ADVICE, WARNING, ERROR)))).text
    found = re.findall(r"RG\d+", text)
    assert found == ["RG012", "RG203", "RG901", "RG208"]


def test_the_head_counts_papers_and_says_how_much_was_found() -> None:
    again = PaperStatus("Y", PaperState.NEW, findings=(WARNING,))
    text = read(run_of(OUTCOME, BROKEN, OLD, again, front=AGENDA, counts="1 error, 1 warning")).text
    assert "2 papers made, 1 unchanged, 1 not made." in text
    assert "Found in them: 1 error, 1 warning." in text


def test_what_was_not_made_is_named_at_the_top_and_its_reasons_are_open() -> None:
    page = read(run_of(OUTCOME, BROKEN))
    assert page.text.index("8 Budget") < page.text.index("7(e) Outcome")
    assert page.open == 1
    assert "Not made" not in read(run_of(OUTCOME)).text


def test_every_link_within_the_page_and_every_name_leads_somewhere() -> None:
    meetings = (MeetingStatus("A", "Cabinet", AGENDA, (OUTCOME, BROKEN, BROKEN)), MeetingStatus("B", "Drafts"))
    page = read(Run(meetings, "reportgen 0.1.0", 1.0, (WARNING,)))
    assert len(set(page.ids)) == len(page.ids)
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert len(inside) == 5  # the papers, two that were not made, two meetings
    assert {*inside, *page.named} <= set(page.ids)


def test_files_are_linked_from_where_the_page_stands_whatever_their_names_are() -> None:
    odd = FileStatus("west mere/a&b?#:c/7-ŵ.pdf", 10)
    assert (
        read(run_of(PaperStatus("X", PaperState.NEW, files=(odd,)))).links[-1]
        == "west%20mere/a%26b%3F%23%3Ac/7-%C5%B5.pdf"
    )


def test_what_was_done_to_other_files_of_a_paper_is_told_with_it() -> None:
    noted = PaperStatus("X", PaperState.MADE, files=FILES, notes=("m/x - edited 2026-11-09 14.05.docx: kept <here>",))
    page = read(run_of(noted))
    assert "m/x - edited 2026-11-09 14.05.docx: kept <here>" in page.text
    assert [link for link in page.links if "edited" in link] == []


def test_files_that_were_removed_are_named() -> None:
    assert (
        "Removed or kept aside removed: outputs/old.pdf"
        in read(run_of(OUTCOME, removed=("removed: outputs/old.pdf",))).text
    )


def test_a_run_that_was_ended_early_says_so() -> None:
    assert "ended before all papers were looked at" in read(run_of(OUTCOME, interrupted=True)).text
    assert "ended before" not in read(run_of(OUTCOME)).text


def test_a_mistake_of_ours_is_told_without_its_traceback() -> None:
    text = read(run_of(PaperStatus("X", PaperState.BROKEN, crashed=True))).text
    assert "A mistake in the program" in text


def test_a_run_without_papers_is_a_page_too() -> None:
    assert "There are no papers." in read(run_of()).text
    assert "0 papers made." in read(Run((), "reportgen 0.1.0", 0.1)).text


def test_long_times_are_told_in_minutes() -> None:
    assert "in 2 min 5 s, 9 November 2026." in read(run_of(seconds=125.9, when="9 November 2026")).text


AWKWARD = "</p><script>alert(1)</script> & \"quoted\" 'single' {{ 7 }} <!-- ]]>"


def test_whatever_is_given_stands_in_the_page_as_text() -> None:
    finding = Diagnostic(Severity.WARNING, "RG1", Location(f"{AWKWARD}.yaml", 1), AWKWARD, AWKWARD)
    paper = PaperStatus(AWKWARD, PaperState.MADE, AWKWARD, AWKWARD, 1, FILES, (finding,), 0, AWKWARD, 1.0)
    plain = read(run_of(OUTCOME, front=OUTCOME))
    meeting = MeetingStatus(AWKWARD, AWKWARD, paper, (paper,))
    page = read(Run((meeting,), AWKWARD, 1.0, (finding,), AWKWARD))
    assert "script" not in page.tags
    assert set(page.tags) == {*plain.tags, "section"}
    assert page.text.count("<script>alert(1)</script>") > 20


def test_signs_that_a_page_may_not_hold_are_replaced() -> None:
    page = render_status(run_of(PaperStatus("a\x00b\x1bc\ud800d\ufffee\x85", PaperState.NEW)))
    assert "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd" in page
    page.encode()


def test_the_same_run_gives_the_same_page() -> None:
    assert render_status(run_of(OUTCOME, BROKEN)) == render_status(run_of(OUTCOME, BROKEN))


def test_the_page_needs_no_other_file_and_no_script() -> None:
    page = render_status(run_of(OUTCOME))
    assert [part for part in ("<script", "<link", "src=", "url(", "@import", "http") if part in page] == []


# ---- Its colours (WCAG 2.2, 1.4.3 and 1.4.11) ----

PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "link") for ground in ("paper", "ground")),
    *((f"{kind}-ink", kind) for kind in ("error", "warning", "good", "calm")),
]


def colours() -> dict[str, dict[str, str]]:
    """The colours of each scheme, those that a scheme does not change being the light one's."""
    css = (Path(reportgen.build.status_page.__file__).parent / "status.css").read_text(encoding="utf-8")
    light, dark, printed = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part)) for part in re.split("@media (?:\\(prefers|print)", css)
    )
    return {"light": light, "dark": light | dark, "print": light | printed}


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_can_be_read_on_what_is_behind_it(scheme: str, ink: str, ground: str) -> None:
    chosen = colours()[scheme]
    assert contrast(chosen[ink], chosen[ground]) >= 4.5
