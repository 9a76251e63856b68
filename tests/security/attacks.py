"""What somebody may do to a working folder: addresses of the disk and the network where names are expected, and bombs.

Each attack changes a copy of the valid folder of `tests/bad`; what is said to it stands beside it.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.letterheads import make_reference, rewritten, save

COUNCIL = "inputs/westmere"
REPORT = f"{COUNCIL}/reports/outcome.yaml"
INSPECTION = f"{COUNCIL}/inspections/ilacs-2022.yaml"
HOUSE = "templates/westmere"
TEMPLATE = f"{HOUSE}/report.xml.j2"
LETTERHEAD = f"{HOUSE}/reference.docx"
DRAWING = f"{HOUSE}/letterhead.svg"
TEXT = "The inspectors read {{ inspection.figures.case_files }} case files."
"""The author's text of the valid report that a longer one takes the place of: line 11, column 7."""


@dataclass(frozen=True)
class Attack:
    """A change of the folder, and what must be said to it ("place: error code: message | hint")."""

    change: Callable[[Path], object]
    says: tuple[str, ...]
    forms: str = "html"


def attack(change: Callable[[Path], object], *says: str, forms: str = "html") -> Attack:
    return Attack(change, says, forms)


def replaced(name: str, old: str, new: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def text(typed: str) -> Callable[[Path], object]:
    """The author's text in the place of `TEXT`."""
    return replaced(REPORT, TEXT, typed.replace("\n", "\n      "))


def file(name: str, content: bytes | str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def link(name: str, target: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)

    return change


def both(*changes: Callable[[Path], object]) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


# ---- Pictures ----

PICTURE = f"{COUNCIL}/pictures/a.png"
_NAMED = f"{REPORT}:23:19: error"
_A_PATH = "the name of a file was expected | give the name alone; the file stands in the folder 'pictures'…"
_UNREAD = f"{_NAMED} RG019: there is no picture 'a.png' that can be read | put the file here: {PICTURE}"
_NO_PICTURE = (
    f"{_NAMED} RG019: 'a.png' is no whole picture in PNG or JPEG"
    " | open it in a picture program and save it as PNG or JPEG"
)


def picture(name: str) -> Callable[[Path], object]:
    """The report with a picture of that file."""

    def change(folder: Path) -> None:
        (folder / PICTURE).parent.mkdir()
        report = folder / REPORT
        typed = f"pictures:\n  - {{id: x, file: '{name}', alt: A view of the town hall}}\n"
        report.write_text(f"{report.read_text(encoding='utf-8')}{typed}", encoding="utf-8")

    return change


def path_as_picture(name: str) -> Attack:
    return attack(picture(name), f"{_NAMED} RG012: '{name}' is a path; {_A_PATH}")


def picture_of(content: Callable[[], bytes]) -> Callable[[Path], object]:
    """The report with that picture, made when it is wanted: these are large."""
    return both(picture("a.png"), lambda folder: file(PICTURE, content())(folder))


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG (PNG Specification, 5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, beside: bytes = b"", data: bytes = b"") -> bytes:
    """A picture of eight bits a colour; with chunks `beside` its data."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), beside, chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/><text>&x;</text></svg>'
)


DRAWING_OF = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297">{}</svg>'


# ---- Links, styles, names ----


def address(typed: str) -> Attack:
    place = f"{REPORT}:11:9: error RG021"
    says = f"{place}: the link's address '{typed}' does not begin with https://, http:// or mailto:"
    return attack(text(f"[a]({typed})"), f"{says} | give the whole address")


def fetching(css: str, column: int, found: str, forms: str = "html") -> Attack:
    says = f"{HOUSE}/page.css:1:{column}: error RG071: '{found}' would fetch something from outside; page.css may use"
    hint = "delete it; a picture may stand in it as url(data:image/png;base64,…), a face must be installed"
    return attack(file(f"{HOUSE}/page.css", css), f"{says} nothing but itself | {hint}", forms=forms)


def letterhead(parts: str, change: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """The house with a letterhead of which the parts of such names are changed, or the one part added."""

    def do(folder: Path) -> None:
        path = save(make_reference(), folder / LETTERHEAD)
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if re.search(parts, name)] or [parts]
        rewritten(path, dict.fromkeys(names, change))

    return do


def _outside(relations: bytes) -> bytes:
    return relations.replace(b'Target="media/', b'TargetMode="External" Target="http://169.254.169.254/')


def _unreadable(name: str) -> str:
    return (
        f"{name}: error RG001: this is a link to a file elsewhere, which is not followed"
        " | put the file itself in its place"
    )


ADDRESSES: Mapping[str, Attack] = {
    "a picture with an address of the disk": path_as_picture("file:///etc/passwd"),
    "a picture with a path from the root": path_as_picture("/etc/passwd"),
    "a picture above the folder": path_as_picture("../../../../etc/passwd"),
    "a picture on the web": path_as_picture("http://169.254.169.254/latest/meta-data"),
    "a picture on another machine": path_as_picture("\\\\host\\share\\x.png"),
    "a picture on another host": path_as_picture("//host/x.png"),
    "a picture that is a link out of the folder": attack(both(picture("a.png"), link(PICTURE, "/etc/passwd")), _UNREAD),
    "a picture that is a device": attack(both(picture("a.png"), link(PICTURE, "/dev/zero")), _UNREAD),
    "a picture that is a pipe": attack(both(picture("a.png"), lambda folder: os.mkfifo(folder / PICTURE)), _UNREAD),
    "a picture that is a folder": attack(both(picture("a.png"), lambda folder: (folder / PICTURE).mkdir()), _UNREAD),
    "a drawing that draws files in": attack(picture_of(SVG.encode), _NO_PICTURE),
    "a link that is a script": address("javascript:alert(1)"),
    "a link that is a script in odd letters": address("JaVaScRiPt:alert(1)"),
    "a link that is a script of Basic": address("vbscript:x"),
    "a link to a file": address("file:///etc/passwd"),
    "a link that holds a page": address("data:text/html,x"),
    "a link without a scheme": address("//169.254.169.254/x"),
    "a picture on the web in a text": attack(
        text("![a](http://169.254.169.254/x.png)"),
        f"{REPORT}:11:7: error RG021: a picture cannot stand in a text"
        " | name it and link to it: [text](https://…); write \\! for the sign itself",
    ),
    "a style imported from the disk": fetching("@import 'file:///etc/passwd';", 1, "@import"),
    "a style imported from the web": fetching("@import '//169.254.169.254/x.css';", 1, "@import", forms="pdf"),
    "a background from the disk": fetching("p { background: url(file:///etc/passwd) }", 17, "url("),
    "a background from the web": fetching("p { background: url(http://169.254.169.254/) }", 17, "url(", forms="pdf"),
    "a background whose address is written in escapes": fetching(
        "p{background:u\\72l(file:///etc/passwd)}", 14, "url("
    ),
    "a background from a comment that ends": fetching("/* x */ p{background:url(//h/x.png)}", 22, "url("),
    "a drawing in a style that draws files in": fetching("p{background:url(data:image/svg+xml,x)}", 14, "url("),
    "a face from the web": fetching("@font-face{font-family:x}", 1, "@font-face", forms="pdf"),
    "a list's sign by 'src'": fetching("p{list-style-image:src('file:///etc/passwd')}", 20, "src("),
    "a choice of pictures": fetching("p{background:image-set('file:///etc/passwd' 1x)}", 14, "image-set("),
    "a style that ends and a script that begins": attack(
        file(f"{HOUSE}/page.css", "p {}\n</style><script>alert(1)</script>"),
        f"{HOUSE}/page.css:2:1: error RG071: '</' stands here, which would end the style and begin something else"
        " | delete it: page.css holds nothing but CSS",
        f"{HOUSE}/page.css:2:25: error RG071: '</' stands here, which would end the style and begin something else"
        " | delete it: page.css holds nothing but CSS",
    ),
    "a house above the templates": attack(
        replaced(f"{HOUSE}/house.yaml", "extends: standard", "extends: ../../../../etc"),
        f"{HOUSE}/house.yaml:2:10: error RG040: there is no house '../../../../etc' | use one of: …",
    ),
    "a house of the council's above the templates": attack(
        replaced(f"{COUNCIL}/council.yaml", "house: westmere", "house: ../templates/westmere"),
        f"{COUNCIL}/council.yaml:3:8: error RG012: house: '../templates/westmere' was found; a name of …",
    ),
    "an inspection above the folder": attack(
        replaced(REPORT, "inspection: ilacs-2022", "inspection: ../../../../etc/passwd"),
        f"{REPORT}:2:13: error RG012: …",
    ),
    "a plan from the root": attack(
        replaced(REPORT, "action_plan: ilacs-2022", "action_plan: /etc/passwd"), f"{REPORT}:3:14: error RG012: …"
    ),
    "the text of a report from the root": attack(
        replaced(INSPECTION, "source: made up", "source: made up\nsource_text: /etc/passwd"),
        f"{INSPECTION}:6:14: error RG013: source_text: '/etc/passwd' is not a file in {COUNCIL}/inspections | …",
    ),
    "the text of a report that is a link out of the folder": attack(
        both(
            replaced(INSPECTION, "source: made up", "source: made up\nsource_text: a.txt"),
            link(f"{COUNCIL}/inspections/a.txt", "/etc/passwd"),
        ),
        _unreadable(f"{COUNCIL}/inspections/a.txt"),
    ),
    "an inspection that is a link out of the folder": attack(link(INSPECTION, "/etc/passwd"), _unreadable(INSPECTION)),
    "a template that is a link out of the house": attack(link(TEMPLATE, "/etc/passwd"), _unreadable(TEMPLATE)),
    "a letterhead that is a link out of the house": attack(
        link(LETTERHEAD, "/etc/passwd"), f"{LETTERHEAD}: error RG046: the file cannot be read | …"
    ),
    "a crest on the web": attack(
        letterhead(r"word/_rels/header\d*\.xml\.rels", _outside),
        f"{LETTERHEAD}: error RG046: …a picture there is only linked to, and nothing is fetched from outside | …",
    ),
    "a header with a field that starts a program": attack(
        letterhead(r"word/footer\d*\.xml$", lambda footer: footer.replace(b" PAGE ", b" DDEAUTO cmd ")),
        f"{LETTERHEAD}: error RG046: …a field there (DDEAUTO) is no page number; only these keep counting | …",
    ),
    "a drawing as letterhead that draws files in": attack(
        file(DRAWING, DRAWING_OF.format('<image href="file:///etc/passwd"/>')),
        f"{DRAWING}: error RG047: its <image> refers to something outside the drawing (href) | …",
    ),
    "a drawing as letterhead with a script": attack(
        file(DRAWING, DRAWING_OF.format("<script>fetch('//169.254.169.254/')</script>")),
        f"{DRAWING}: error RG047: it has an element <script>, which is no part of a still drawing | …",
    ),
    "a drawing as letterhead with an entity that is a file": attack(
        file(DRAWING, SVG), f"{DRAWING}: error RG047: its XML declares a document type, which is not allowed | …"
    ),
    "a drawing as letterhead that is a link out of the house": attack(
        link(DRAWING, "/etc/passwd"), f"{DRAWING}: error RG047: the file cannot be read | …"
    ),
    "a header with an entity that is a file": attack(
        letterhead(
            r"word/header\d*\.xml$", lambda _: b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'
        ),
        f"{LETTERHEAD}: error RG046: …its XML declares a document type, which is not allowed | …",
    ),
}


# ---- Bombs ----


def _laughs(levels: int) -> str:
    inner = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, levels))
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{inner}]>'


def _shapes(levels: int) -> str:
    return "".join(f'<g id="a{one}">' + f'<use href="#a{one + 1}"/>' * 10 + "</g>" for one in range(levels))


def nested_aliases() -> str:
    """Nine to the power of twenty values in less than a kilobyte."""
    levels = [f"{chr(98 + level)}: &{chr(98 + level)} [{','.join([f'*{chr(97 + level)}'] * 9)}]" for level in range(20)]
    return "\n".join(["a: &a [x,x,x,x,x,x,x,x,x]", *levels, ""])


def _many_parts(folder: Path) -> None:
    path = save(make_reference(), folder / LETTERHEAD)
    rewritten(path, {f"word/media/x{number}.png": lambda _: b"" for number in range(5_000)})


def _overlapping(folder: Path) -> None:
    """A ZIP whose entries share one packed file (D. Fifield, "A better zip bomb", 2019)."""
    path = folder / LETTERHEAD
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"a" * 900_000)
        first = archive.infolist()[0]
        for number in range(200):
            again = zipfile.ZipInfo(f"a{number}")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "external_attr"):
                setattr(again, name, getattr(first, name))
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again


_TOO_MANY_VALUES = "error RG007: the file holds more than 20,000 values"
_WRITE_OUT = "are aliases ('*name') nested in one another? Write the values out"
_TOO_DEEP = "error RG007: values are nested more than 40 deep | check the brackets and the indentation"
_TOO_LARGE = "at most 2 MB was expected | was another file saved under this name? A report is a few dozen kilobytes"
_ENDLESS = "look for loops in loops, for macros that call each other, and for texts that are doubled again and again"


def _unfit(found: str) -> str:
    return f"{LETTERHEAD}: error RG046: {found}"


BOMBS: Mapping[str, Attack] = {
    "aliases in aliases": attack(file(REPORT, nested_aliases()), f"{REPORT}:…: {_TOO_MANY_VALUES} | {_WRITE_OUT}"),
    "a million values": attack(
        file(REPORT, "a: [" + "x," * 900_000 + "x]"), f"{REPORT}:…: {_TOO_MANY_VALUES} | {_WRITE_OUT}"
    ),
    "a hundred thousand keys": attack(
        file(REPORT, "".join(f"a{number}: x\n" for number in range(99_000))),
        f"{REPORT}:1001:1: error RG007: more than 1,000 keys stand beside one another"
        " | was another file saved under this name?",
    ),
    "lists in lists without end": attack(file(REPORT, "a: " + "[" * 900_000), f"{REPORT}:1:44: {_TOO_DEEP}"),
    "mappings in mappings without end": attack(file(REPORT, "{a: " * 400_000), f"{REPORT}:…: {_TOO_DEEP}"),
    "a file of ten megabytes": attack(
        file(REPORT, b"a: x\n" * 2_000_000), f"{REPORT}: error RG002: the file has 10.0 MB; {_TOO_LARGE}"
    ),
    "a text of nearly two megabytes": attack(
        text("a" * 1_900_000),
        f"{REPORT}:10:11: error RG012: this text has 1,900,001 characters; at most 50,000 were expected"
        " | divide it, into sections or appendices of their own",
    ),
    "brackets in brackets in an expression": attack(
        text("{{ " + "(" * 24_000 + "1" + ")" * 24_000 + " }}"), f"{REPORT}:11:7: error RG020: …"
    ),
    "three thousand long texts in one": attack(
        text("{{ (" + " ~ ".join(["('a' * 10000)"] * 3_000) + ")|length }}"),
        f"{REPORT}:11:7: error RG020: …it goes on for longer than any paper needs | {_ENDLESS}",
    ),
    "five thousand expressions opened and not closed": attack(
        text("{{ a " * 5_000),
        f"{REPORT}:11:7: error RG021: '{{{{' is opened here and not closed"
        " | close the expression with '}}', or write \\{{ for the signs themselves",
    ),
    "notes in notes": attack(
        text("\n\n".join(["[^1]", *(f"[^{one}]: a [^{one + 1}]" for one in range(1, 1_500)), "[^1500]: a"])),
        f"{REPORT}:…: error RG021: the note '[^2]' stands in another note | say it in the text, or in brackets",
    ),
    "lists in lists in a text": attack(
        text("- " * 20_000 + "a"),
        f"{REPORT}:…: error RG021: lists stand in one another more than 4 deep here | bring the inner ones out",
    ),
    "a letterhead that unpacks to a hundred megabytes": attack(
        letterhead("word/bomb.xml", lambda _: b"a" * 100_000_000), _unfit("the file unpacks to 10… MB; …")
    ),
    "a letterhead of which one part unpacks to a thousand times its size": attack(
        letterhead("word/bomb.xml", lambda _: b"a" * 30_000_000),
        _unfit("its part word/bomb.xml unpacks to more than 200 times its size | …"),
    ),
    "a letterhead of five thousand parts": attack(
        _many_parts, _unfit("the file has …; at most 1000 were expected | …")
    ),
    "a letterhead whose parts share their bytes": attack(_overlapping, _unfit("the file unpacks to 181 MB; …")),
    "shapes in shapes in a drawing as letterhead": attack(
        file(DRAWING, DRAWING_OF.format(_shapes(30))),
        f"{DRAWING}: error RG047: it has more than 50,000 shapes | …",
        forms="pdf",
    ),
    "entities in entities in a letterhead": attack(
        letterhead(r"word/header\d*\.xml$", lambda _: f"{_laughs(12)}<x>&a11;</x>".encode()),
        _unfit("…its XML declares a document type, which is not allowed | …"),
    ),
    "elements in elements in a letterhead": attack(
        letterhead(r"word/header\d*\.xml$", lambda _: "".join(f"<a{number}>" for number in range(20_000)).encode()),
        _unfit("…its XML is nested more than 200 deep | …"),
    ),
    "entities in entities in a template": attack(
        file(TEMPLATE, f"{_laughs(12)}\n<report><p>&a11;</p></report>"),
        f"{TEMPLATE}:1: error RG032: a document type is not allowed | delete <!DOCTYPE …>",
    ),
    "elements in elements in a template": attack(
        file(TEMPLATE, "<report><p>" + "<em>" * 100_000 + "</em>" * 100_000 + "</p></report>"),
        f"{TEMPLATE}:1:408: error RG032: elements stand in one another more than 100 deep here | close them",
    ),
    "brackets in brackets in a style": attack(
        file(f"{HOUSE}/page.css", "p { " * 100_000),
        f"{HOUSE}/page.css:1:83: error RG071: brackets stand in one another more than 20 deep here | …",
        forms="pdf",
    ),
    "a picture of ten thousand million pixels": attack(
        picture_of(lambda: png(100_000, 100_000)),
        f"{_NAMED} RG019: the picture 'a.png' has too many pixels | save it smaller",
    ),
    "a picture of thirty million pixels in some kilobytes": attack(
        picture_of(lambda: png(5_500, 5_500, data=b"\0" * (5_500 * 3 + 1) * 5_500)),
        f"{_NAMED} RG019: the picture 'a.png' has too many pixels | save it smaller",
    ),
    "a picture whose note unpacks to a hundred megabytes": attack(
        picture_of(lambda: png(9, 9, beside=chunk(b"zTXt", b"k\0\0" + zlib.compress(b"a" * 100_000_000)))), _NO_PICTURE
    ),
    "a picture of a million and a half parts": attack(
        picture_of(lambda: png(9, 9, beside=chunk(b"teSt", b"") * 1_500_000)),
        f"{_NAMED} RG019: the picture 'a.png' has more than 20,000 parts"
        " | open it in a picture program and save it again",
    ),
    "a picture with a part of thirty megabytes": attack(
        picture_of(lambda: png(9, 9, beside=chunk(b"teSt", b"a" * 30_000_000))),
        f"{_NAMED} RG019: the picture 'a.png' has 30 MB; at most 20 were expected | save it smaller",
    ),
}


LONG_TEXTS: Mapping[str, str] = {
    "brackets that open": "[" * 49_000,
    "links that begin": "[a](" * 12_000,
    "notes that begin": "[^" * 24_000,
    "notes in the line that begin": "^[" * 24_000,
    "strong words that begin": "**a " * 12_000,
    "stars": "*" * 49_000,
    "emphasis in emphasis": "*a_" * 16_000,
    "names of paragraphs that begin": "{#" * 24_000,
    "comments that begin": "{# " * 16_000,
    "one long word": "a" * 49_000,
    "mailboxes that begin": "a@" * 24_000,
    "backslashes": "\\" * 49_000,
    "angle brackets": "<" * 49_000,
    "quotation marks": "“abc " * 9_000,
}
"""Texts that make careless readers try each way to read them: printed as typed or refused, but at once."""
