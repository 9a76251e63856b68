"""Captions and what refers to them, in Word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from reportgen.document import Figure, Paragraph, Span, Text
from reportgen.house import House
from reportgen.house.config import Level
from reportgen.writers.docx.context import bookmark_name
from tests.unit.writers.sample_tree import paragraph, text
from tests.unit.writers.structured_tree import captioned_table, finished, image, paper_of, reference, section
from tests.unit.writers.word import HOUSE, attribute, find, instructions, paragraph_saying, part, style_of, words


def house_with(**numbering: object) -> House:
    changed = HOUSE.config.numbering.model_copy(update=numbering)
    return replace(HOUSE, config=HOUSE.config.model_copy(update={"numbering": changed}))


def figure(caption: str = "A map", anchor: str = "") -> Figure:
    return Figure(image(300, 200), "A map of the borough.", text(caption), anchor)


def test_a_shown_caption_is_counted_by_word_and_stays_with_its_table() -> None:
    root = part(finished(paper_of(captioned_table("Judgements"), captioned_table("Actions"))))
    captions = find(root, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")
    assert [words(one) for one in captions] == ["Table 1: Judgements", "Table 2: Actions"]
    assert instructions(root) == ["SEQ Table \\* ARABIC"] * 2
    assert all(find(one, "w:pPr/w:keepNext[not(@w:val)]") for one in captions)
    assert [one.getnext().tag.rpartition("}")[2] for one in captions] == ["tbl", "tbl"]


def test_the_caption_of_a_figure_stands_below_it_and_the_figure_stays_with_it() -> None:
    root = part(finished(paper_of(figure(), paragraph("after"))))
    picture = find(root, "//w:p[w:r/w:drawing]")[0]
    caption = picture.getnext()
    assert words(caption) == "Figure 1: A map"
    assert find(picture, "w:pPr/w:keepNext[not(@w:val)]") != []
    assert attribute(caption, "w:pPr/w:keepNext/@w:val") == ["0"]
    assert instructions(root) == ["SEQ Figure \\* ARABIC"]


def test_tables_and_figures_are_counted_apart() -> None:
    root = part(finished(paper_of(figure("One"), captioned_table("Two"), figure("Three"))))
    said = [words(one) for one in find(root, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")]
    assert said == ["Figure 1: One", "Table 1: Two", "Figure 2: Three"]


@pytest.mark.parametrize(
    ("form", "said", "fields"),
    [
        (Level(format="Tabl {1}"), "Tabl 1 – Graddau", ["SEQ Table \\* ARABIC"]),
        (Level(format="Exhibit {1}", counter="upper-letter"), "Exhibit A – Graddau", ["SEQ Table \\* ALPHABETIC"]),
        (Level(format="({1})", counter="lower-roman"), "(i) – Graddau", ["SEQ Table \\* roman"]),
        (Level(format="{1}", counter="lower-letter"), "a – Graddau", ["SEQ Table \\* alphabetic"]),
        (Level(format="Table {1}."), "Table 1. – Graddau", ["SEQ Table \\* ARABIC"]),
        (Level(format="T{1}/{1}"), "T1/1 – Graddau", ["SEQ Table \\* ARABIC", "SEQ Table \\c \\* ARABIC"]),
        (Level(format="The table"), "The table – Graddau", []),
        (Level(format=""), "Graddau", []),
        (None, "Graddau", []),
    ],
)
def test_the_number_has_the_form_that_the_house_gives_it(form: Level | None, said: str, fields: list[str]) -> None:
    house = house_with(table=form, caption_separator=" – ")
    root = part(finished(paper_of(captioned_table("Graddau")), house), house=house)
    assert words(find(root, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")[0]) == said
    assert instructions(root) == fields


def bookmarked(root: etree._Element, anchor: str) -> str:
    """What stands between the beginning and the end of an anchor's bookmark, in one paragraph."""
    start = find(root, f"//w:bookmarkStart[@w:name='{bookmark_name(anchor)}']")[0]
    said = ""
    for one in start.itersiblings():
        if one.tag.endswith("}bookmarkEnd") and one.get(one.keys()[0]) == start.get(start.keys()[0]):
            return said
        said += "".join(attribute(one, ".//w:t/text()"))
    raise AssertionError("the bookmark does not end in its paragraph")


def test_a_reference_shows_the_number_of_a_caption_and_not_the_rest() -> None:
    referring = Paragraph((Text("See "), reference("grades"), Text(" and "), reference("map"), Text(".")))
    root = part(finished(paper_of(referring, captioned_table("Judgements", "grades"), figure("A map", "map"))))
    assert words(paragraph_saying(root, "See")) == "See Table 1 and Figure 1."
    assert instructions(root)[:2] == [f"REF {bookmark_name(anchor)} \\h" for anchor in ("grades", "map")]
    assert (bookmarked(root, "grades"), bookmarked(root, "map")) == ("Table 1", "Figure 1")


def test_a_full_stop_after_the_number_is_not_part_of_a_reference() -> None:
    house = house_with(table=Level(format="Table {1}."))
    root = part(finished(paper_of(captioned_table("Judgements", "grades")), house), house=house)
    assert words(find(root, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")[0]) == "Table 1.: Judgements"
    assert bookmarked(root, "grades") == "Table 1"


def test_a_reference_to_a_numbered_paragraph_shows_its_number_as_word_counts_it() -> None:
    here = paragraph("words", anchor="here")
    root = part(finished(paper_of(section("One", Paragraph((reference("here"),)), here))))
    assert instructions(root) == [f"REF {bookmark_name('here')} \\r \\h"]


@pytest.mark.parametrize("target", ["paragraph", "table", "hidden", "figure", "bare", "section"])
def test_a_reference_to_a_page_finds_whatever_has_a_name(target: str) -> None:
    body = section(
        "One",
        Paragraph((Text("On page "), reference(target, "page"))),
        paragraph("words", anchor="paragraph"),
        captioned_table("Shown", "table"),
        replace(captioned_table("Not shown", "hidden"), show_caption=False),
        figure("A map", "figure"),
        replace(figure("", "bare"), caption=()),
        anchor="section",
    )
    root = part(finished(paper_of(body), page="12"))
    assert instructions(root)[0] == f"PAGEREF {bookmark_name(target)} \\h"
    assert words(paragraph_saying(root, "On page")) == "On page 12"
    assert len(find(root, f"//w:bookmarkStart[@w:name='{bookmark_name(target)}']")) == 1


def test_a_caption_that_is_not_shown_has_no_number_and_is_there_for_screen_readers() -> None:
    root = part(finished(paper_of(replace(captioned_table("Judgements"), show_caption=False))))
    assert attribute(root, "//w:tblCaption/@w:val") == ["Judgements"]
    assert instructions(root) == []
    assert "Judgements" not in words(root)


def test_a_caption_keeps_the_looks_within_it() -> None:
    shown = paragraph_saying(
        part(finished(paper_of(captioned_table((Text("Judgements of "), Span("emphasis", text("2012"))))))), "Table 1"
    )
    assert (style_of(shown), words(shown)) == ("Caption", "Table 1: Judgements of 2012")
    assert attribute(shown, "w:r[w:rPr/w:rStyle/@w:val='Emphasis']/w:t/text()") == ["2012"]
