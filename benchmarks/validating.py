"""A document → what independent validators find wrong with it, and which of the paper's words it lacks."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
import pypdfium2 as pdfium
from docx.oxml.ns import qn

from benchmarks.papers import ROOT

OOXML_VALIDATOR = ROOT / ".tools" / "ooxml-validator" / "node_modules" / ".bin" / "ooxml-validator"
VERAPDF = ROOT / ".tools" / "verapdf"
_WORD = re.compile(r"[^\W\d_]{2,}")
# What only the breaking of lines adds or hides; pdfium gives U+FFFE or U+0002 for a hyphen at the end of a line.
_HYPHENS = re.compile(r"[-\u2010\u2011\u00ad\ufffe\x02][ \r\n]*|[\u200b\ufeff]")
_WORDS_LEFT_OUT = 0.005
"""Of a paper's words, as its PDF is read back: one may stand on two pages, with a footer between its halves."""


class WordsMissing(Exception):
    """A document does not hold all that the paper says."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a paper's two files; None where no validator could be asked."""

    word_errors: int | None
    """What the Open XML SDK finds, by the rules of Microsoft 365."""
    failed_rules: tuple[str, ...] | None
    """The rules of PDF/UA-1 that veraPDF finds broken, as clause and test: "7.3-1"."""
    pages: int


def judge(word: Path, pdf: Path) -> Verdict:
    """Both files, by the validators that the tests of finished documents use."""
    can_word = OOXML_VALIDATOR.exists() and shutil.which("node") is not None
    can_pdf = VERAPDF.exists() and shutil.which("java") is not None
    with pdfium.PdfDocument(pdf) as document:
        pages = len(document)
    return Verdict(_errors_of_word(word) if can_word else None, _failed_rules(pdf) if can_pdf else None, pages)


def _errors_of_word(file: Path) -> int:
    run = subprocess.run(
        [str(OOXML_VALIDATOR), str(file), "--officeVersion", "Microsoft365"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    found = json.loads(run.stdout)
    return 0 if found["ok"] else len(found["errors"])


def _failed_rules(file: Path) -> tuple[str, ...]:
    program = ["java", "-cp", f"{VERAPDF}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
    run = subprocess.run(
        [*program, "--flavour", "ua1", "--format", "json", str(file)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    result = json.loads(run.stdout)["report"]["jobs"][0]["validationResult"]
    details = (result[0] if isinstance(result, list) else result)["details"]
    return tuple(f"{rule['clause']}-{rule['testNumber']}" for rule in details["ruleSummaries"])


def check_texts(texts: Sequence[str], word: Path) -> None:
    """Raises WordsMissing unless each text stands in the Word file, to the letter."""
    found = squeeze(text_of_word(word))
    lacking = [text for text in texts if squeeze(text) not in found]
    if lacking:
        raise WordsMissing(f"{word} lacks {len(lacking)} of {len(texts)} texts, the first of them: {lacking[0]}")


def check_words(texts: Sequence[str], pdf: Path) -> None:
    """Raises WordsMissing unless the PDF has the words of the texts as often as they do, but for a very few."""
    with pdfium.PdfDocument(pdf) as document:
        found = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    lacking = lacking_words("\n".join(texts), found)
    if len(lacking) > _WORDS_LEFT_OUT * len(words_of("\n".join(texts))):
        raise WordsMissing(f"{pdf} lacks {len(lacking)} words: {', '.join(lacking[:10])}")


def lacking_words(expected: str, found: str) -> list[str]:
    """The words of one text that stand less often in the other, in order; figures and hyphens do not count.

    White space does not count either: a narrow column breaks a word where it must.
    """
    wanted, there = (squeeze(_HYPHENS.sub("", text)) for text in (expected, found))
    return [word for word in words_of(expected) if wanted.count(word) > there.count(word)]


def words_of(text: str) -> list[str]:
    """The different words of a text, in order: two letters or more, without their hyphens."""
    return sorted(set(_WORD.findall(_HYPHENS.sub("", text))))


def text_of_word(file: Path) -> str:
    """Everything that stands in the body of a Word file, in order."""
    body = docx.Document(str(file)).element.body
    return "".join(node.text or "" for node in body.iter(qn("w:t")))


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())
