"""The process beside, which lays out pages: it makes no difference to any paper, whatever becomes of it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.build.hands import OwnHands, choose_hands, processors
from reportgen.document import Paragraph, Text
from reportgen.writers import Pages, Writing, lay_out_here, pages_by
from reportgen.writers.beside import Beside
from reportgen.writers.failures import MissingCharacters
from tests.samples import REPORTS, compose_in_house
from tests.unit.build.test_workers import LIMIT, codes, made_by, orders
from tests.unit.writers.sample_tree import base_house, document_of, sample_document

pytestmark = pytest.mark.slow


@pytest.fixture
def beside() -> Iterator[Beside]:
    with closing(Beside()) as process:
        yield process


def read(pages: Pages) -> tuple[int, dict[str, str], bytes]:
    """All that can be asked of pages."""
    return pages.page_count, dict(pages.pages), pages.to_bytes()


def test_it_gives_what_this_process_would_give(beside: Beside) -> None:
    asked = sample_document(), base_house()
    assert read(beside.lay_out(*asked)) == read(lay_out_here(*asked))


@pytest.mark.parametrize("name", REPORTS)
def test_every_sample_and_its_house_can_be_sent_to_it(
    beside: Beside, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, house = compose_in_house(REPORTS[name])
    monkeypatch.setattr("reportgen.writers.beside.lay_out_here", None)
    assert beside.lay_out(document, house).page_count > 1


def test_documents_follow_each_other_though_the_pages_of_the_first_were_never_asked_for(beside: Beside) -> None:
    beside.lay_out(document_of(Paragraph((Text("The first."),))), base_house())
    assert (
        read(beside.lay_out(sample_document(), base_house()))[0]
        == lay_out_here(sample_document(), base_house()).page_count
    )


def test_what_fails_there_is_raised_here_as_it_would_be(beside: Beside) -> None:
    asked = document_of(Paragraph((Text("\ue000"),))), base_house()
    pages = beside.lay_out(*asked)
    with pytest.raises(MissingCharacters) as raised:
        pages.to_bytes()
    assert raised.value.characters == ("\ue000",)
    assert beside.lay_out(sample_document(), base_house()).page_count > 0


def test_a_mistake_in_a_house_is_found_however_often_it_is_asked_for(beside: Beside) -> None:
    house = replace(base_house(), page_css="p { colr: red }")
    for _ in range(2):
        with pytest.raises(Exception, match="colr"):
            beside.lay_out(sample_document(), house).to_bytes()


@pytest.mark.parametrize("before", [True, False], ids=["before it is asked", "after it is asked"])
def test_when_it_is_killed_this_process_does_the_work(beside: Beside, before: bool) -> None:
    asked = sample_document(), base_house()
    if before:
        os.kill(beside.process_id, signal.SIGKILL)
        time.sleep(0.2)
    pages = beside.lay_out(*asked)
    os.kill(beside.process_id, signal.SIGKILL)
    assert read(pages) == read(lay_out_here(*asked))
    assert beside.lay_out(*asked).page_count == pages.page_count


def test_nothing_of_it_is_left_when_it_is_closed() -> None:
    process = Beside()
    process.lay_out(sample_document(), base_house())
    process.close()
    assert not Path(f"/proc/{process.process_id}").exists()


def test_a_writing_is_laid_out_by_whom_it_was_said() -> None:
    asked: list[object] = []

    def lay_out(document: object, house: object) -> Pages:
        asked.append(document)
        return lay_out_here(document, house)  # type: ignore[arg-type]

    with pages_by(lay_out):
        Writing(sample_document(), base_house()).write("pdf")
    Writing(sample_document(), base_house()).write("pdf")
    assert len(asked) == 1


def test_papers_are_the_same_with_it_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [replace(order, formats=("docx", "pdf")) for order in orders(2)]
    alone = made_by(OwnHands(LIMIT, beside=False), asked)
    monkeypatch.setattr("reportgen.writers.beside.lay_out_here", None)  # that is for when it ends
    together = made_by(OwnHands(LIMIT, beside=True), asked)
    assert codes(together) == {0: [], 1: []}
    assert [result.files for result in together.values()] == [result.files for result in alone.values()]
    assert [result.pages for result in together.values()] == [result.pages for result in alone.values()]


def test_a_paper_that_takes_too_long_is_given_up_and_the_next_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = [replace(order, formats=("docx", "pdf")) for order in orders(1)]
    assert codes(made_by(OwnHands(0.05, beside=True), asked)) == {0: ["RG063"]}
    assert codes(made_by(OwnHands(LIMIT, beside=True), asked)) == {0: []}


def test_it_is_for_those_who_did_not_say_how_many_processes() -> None:
    def has_one(workers: int | None) -> bool:
        hands = choose_hands(1, workers, LIMIT, None)
        assert isinstance(hands, OwnHands)
        return hands.beside

    assert has_one(None) == (processors() > 1)
    assert not has_one(1)
