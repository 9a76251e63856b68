"""Numbers in the DOCX are Word's own: a paragraph put in by an editor moves the later ones on."""

from __future__ import annotations

import copy
import re
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from tests.documents.conftest import Made
from tests.documents.reading import convert_with_libreoffice, page_texts

CASES = {
    "durham-slac-2011--durham": ("Four of the judgements", ("7.", "8.", "15."), ("8.", "9.", "16.")),
    "dudley-slac-2011-action-plans--dudley": ("On 8th February", ("11.", "12.", "18."), ("12.", "13.", "19.")),
    "cambridgeshire-slac-2009--cambridgeshire": (
        "Cambridgeshire was judged",
        ("3.2", "3.3", "3.4"),
        ("3.3", "3.4", "3.5"),
    ),
    "north-tyneside-slac-2012--north-tyneside": ("Note the outcome", ("1.2.1", "1.2.2"), ("1.2.2", "1.2.3")),
    "north-tyneside-sif-2017--standard": ("Approval by Cabinet", ("3.2",), ("3.3",)),
}


@pytest.mark.parametrize("case", CASES)
def test_a_paragraph_put_in_by_an_editor_moves_the_later_numbers_on(
    made: dict[str, Made], case: str, tmp_path: Path
) -> None:
    beginning, before, after = CASES[case]
    one = made[case]
    word = docx.Document(str(one.docx))
    found = next(element for element in word.element.body.iter(qn("w:p")) if _text(element).startswith(beginning))
    inserted = copy.deepcopy(found)
    for element in [*inserted.iter(qn("w:bookmarkStart")), *inserted.iter(qn("w:bookmarkEnd"))]:
        element.getparent().remove(element)
    texts = list(inserted.iter(qn("w:t")))
    texts[0].text = "Put in by an editor."
    for rest in texts[1:]:
        rest.text = ""
    found.addprevious(inserted)
    changed = tmp_path / "changed.docx"
    word.save(str(changed))
    printed = convert_with_libreoffice([changed], tmp_path / "printed", tmp_path / "profile")[0]

    old, new = "".join(page_texts(one.printed, one.house)), "".join(page_texts(printed, one.house))
    start = re.sub(r"\s", "", beginning)
    assert f"{before[0]}{start}" in old
    assert f"{before[0]}Putinbyaneditor." in new
    assert f"{after[0]}{start}" in new
    for number, moved in zip(before[1:], after[1:], strict=True):
        follower = re.search(rf"(?<!\d){re.escape(number)}([A-Z].{{14}})", old)
        assert follower is not None
        assert f"{moved}{follower.group(1)}" in new


def _text(element: object) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))  # type: ignore[attr-defined]
