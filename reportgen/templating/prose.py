"""Convert an author's text to nodes of the document.

A Markdown subset (paragraphs, lists, strong, emphasis, links, notes, simple tables), in which `{{ expressions }}` stand
for figures from the model. An expression's value is data: it is put in after the Markdown has been read, so that an
asterisk in it stays an asterisk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from reportgen import document as nodes
from reportgen.diagnostics import Location
from reportgen.model.base import Phrase, Prose

Value = tuple[nodes.Inline | nodes.Figure, ...]
"""What an expression stands for."""
Evaluate = Callable[[str, Location], Value]
"""Works an expression out that stands at a place."""

LINK_SCHEMES = ("https://", "http://", "mailto:")
MAX_LISTS = 4
"""How deep lists may stand in one another; Markdown would drop what is nested too deep."""
_OPENING = re.compile(r"(?<!\\)\{\{")
_ANCHOR = re.compile(r"\{#([A-Za-z0-9][A-Za-z0-9._-]*)\}\s*$")
# Noncharacters that no input can hold (`inputs.source` refuses them): they mark the place of a value.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_VALUE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CAPTION = "Table:"
"""How the paragraph begins that is the caption of the table below it."""
_ALIGNS: Mapping[str, nodes.Align] = {
    "text-align:left": "left",
    "text-align:center": "centre",
    "text-align:right": "right",
}
"""By what the Markdown parser makes of the colons in the line below a table's head."""
_HEADING = re.compile(r"#{1,6} ")
_SUPPLIER = re.compile(r"(?P<missing>.*\S), from (?P<supplier>\S.*)", re.DOTALL)
_LEFT_OVER = (
    (re.compile(r"\[\^[^\]\[]*\](?!:)"), "there is no note '{mark}'",
     r"write what it says in a paragraph of its own: '{mark}: …', or \[ for the sign itself"),
    (re.compile(r"\{%|%\}"), "'{mark}' has no meaning in a text",
     r"only {{ expressions }} are worked out; write \{mark} for the sign itself"),
    (re.compile(r"\}\}"), "'}}' closes nothing",
     r"open the expression with '{{', or write \}} for the signs themselves"),
    (re.compile(r"\{#[\w.-]+\}"), "'{mark}' has no meaning here",
     r"the name of a paragraph stands at its end; write \{# for the signs themselves"),
    (re.compile(r"\{#[^{\n]*#\}"), "'{#' does not begin a comment here; it would be printed",
     r"delete it, or write \{# for the signs themselves"),
    (re.compile(r"\*\*(?=\w)|(?<=\w)\*\*"), "'**' is opened or closed here without the other",
     r"put '**' before and after the strong words, or write \*\* for the signs themselves"),
)  # fmt: skip
"""Signs that would be printed as typed though their author meant something: (sign, message, hint)."""


class ProseError(Exception):
    """The text breaks a rule of the Markdown subset."""

    def __init__(self, location: Location, message: str, hint: str) -> None:
        super().__init__(message)
        self.location = location
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class ProseNodes:
    """What a text has become: blocks; for a phrase, what stands in a line of the house's."""

    blocks: nodes.Blocks = ()
    inlines: nodes.Inlines = ()


def convert_prose(prose: Prose, evaluate: Evaluate) -> ProseNodes:
    """Convert a text; its blocks, or its phrase, know where they were typed.

    Raises:
        ProseError: with the place of what breaks a rule.
    """
    if prose.gap is not None:
        return convert_instead(prose, (placeholder(prose.gap),))
    return _Converter(prose, evaluate).convert()


def convert_instead(prose: Prose, content: nodes.Inlines) -> ProseNodes:
    """Put other content in place of a whole text."""
    origin = nodes.SourceRef(prose.text.place(0, 0), prose.text.key)
    if isinstance(prose, Phrase):
        return ProseNodes(inlines=(nodes.Span("phrase", content, origin),))
    return ProseNodes(blocks=(nodes.Paragraph(content, origin=origin, location=origin.location),))


def placeholder(missing: str) -> nodes.Placeholder:
    """Mark what is still missing: "the cost, from finance" says who supplies it, too."""
    found = _SUPPLIER.fullmatch(missing)
    if found is None:
        return nodes.Placeholder(one_line(missing).strip())
    return nodes.Placeholder(one_line(found["missing"]).strip(), found["supplier"])


def one_line(text: str) -> str:
    """Make each run of white space one space; a space that must not break stays."""
    return re.sub(r"[ \t\n]+", " ", text)


def tidy(content: Sequence[nodes.Inline]) -> nodes.Inlines:
    """Join texts that stand beside each other, and take white space off both ends."""
    merged = list(_joined(content))
    if merged and isinstance(merged[0], nodes.Text):
        merged[0] = nodes.Text(merged[0].text.lstrip(" "))
    if merged and isinstance(merged[-1], nodes.Text):
        merged[-1] = nodes.Text(merged[-1].text.rstrip(" "))
    return tuple(inline for inline in merged if inline != nodes.Text(""))


def _joined(content: Iterable[nodes.Inline]) -> Iterator[nodes.Inline]:
    for is_text, together in groupby(content, lambda inline: isinstance(inline, nodes.Text)):
        if is_text:
            yield nodes.Text("".join(inline.text for inline in together if isinstance(inline, nodes.Text)))
        else:
            yield from together


@dataclass
class _Converter:
    prose: Prose
    evaluate: Evaluate
    values: list[Value] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """As the Markdown parser sees them, values set aside."""
    joined: list[int] = field(default_factory=list)
    """For each line break inside an expression, which the parser does not see: the line it would end."""
    parts: int = 0
    notes: Mapping[int, Sequence[Token]] = field(default_factory=dict)
    """What the notes say, by their number in the text."""
    in_note: bool = False
    """Whether what is being read stands in one."""

    def convert(self) -> ProseNodes:
        text = self._with_values_set_aside()
        self.lines = text.split("\n")
        tokens, self.notes, unused = _parse_markdown(text)
        self._refuse_deep_lists(tokens)
        for name in unused:
            line = next(line for line, typed in enumerate(self.lines) if typed.lstrip().startswith(f"[^{name}]:"))
            hint = f"write [^{name}] where its mark is to stand, or delete it"
            raise ProseError(self._at(line), f"nothing refers to the note '[^{name}]'", hint)
        if not isinstance(self.prose, Phrase):
            return ProseNodes(blocks=tuple(self._blocks(tokens)))
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            other = tokens[0] if tokens[0].type != "paragraph_open" else tokens[3]
            message = "a list or a table was found; one sentence was expected"
            raise ProseError(self._at(_line_of(other)), message, "keep it to one sentence; put lists into a section")
        return convert_instead(self.prose, self._line(tokens[1]))

    # ---- Expressions and places ----

    def _with_values_set_aside(self) -> str:
        text = str(self.prose.text)
        kept, end = [], 0
        while opening := _OPENING.search(text, end):
            closing_at = text.find("}}", opening.end())
            expression = text[opening.end() : closing_at]
            if closing_at < 0 or "{{" in expression:
                hint = r"close the expression with '}}', or write \{{ for the signs themselves"
                raise ProseError(self._place(opening.start()), "'{{' is opened here and not closed", hint)
            self.joined += [text.count("\n", 0, opening.start()) - len(self.joined)] * expression.count("\n")
            self.values.append(self.evaluate(expression.strip(), self._place(opening.start())))
            kept += [text[end : opening.start()], f"{_OPEN}{len(self.values) - 1}{_CLOSE}"]
            end = closing_at + 2
        return "".join([*kept, text[end:]])

    def _place(self, offset: int) -> Location:
        text = self.prose.text
        return text.place(text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1)

    def _at(self, line: int, sign: str = "") -> Location:
        """Return the place in the file of a line that the parser saw, or of the first such sign in it not escaped."""
        typed = line + sum(1 for before in self.joined if before < line)
        text = self.prose.text.split("\n")[typed] if sign else ""
        found = re.search(rf"(?<!\\){re.escape(sign)}", text) if sign else None
        return self.prose.text.place(typed, found.start() if found else 0)

    def _origin(self, line: int) -> nodes.SourceRef:
        part, self.parts = self.parts, self.parts + 1
        return nodes.SourceRef(self._at(line), self.prose.text.key, part)

    # ---- Blocks ----

    def _refuse_deep_lists(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            # A list and its item are a level each.
            if token.type.endswith("list_open") and token.level >= 2 * MAX_LISTS:
                message = f"lists stand in one another more than {MAX_LISTS} deep here"
                raise ProseError(self._at(_line_of(token)), message, "bring the inner ones out")

    def _blocks(self, tokens: Sequence[Token]) -> Iterator[nodes.Block]:
        position = 0
        caption: Token | None = None
        while position < len(tokens):
            token = tokens[position]
            end = _closing(tokens, position)
            inside = tokens[position + 1 : end]
            line = _line_of(token)
            match token.type:
                case "paragraph_open" if _begins_caption(inside[0]):
                    if end + 1 == len(tokens) or tokens[end + 1].type != "table_open":
                        hint = r"put the table below it, after an empty line, or write Table\: for the word itself"
                        raise ProseError(self._at(line), "'Table:' begins the caption of a table; none follows", hint)
                    caption = inside[0]
                case "paragraph_open":
                    yield self._paragraph(inside[0], line)
                case "bullet_list_open" | "ordered_list_open":
                    self._require_start_at_one(token, line)
                    origin = self._origin(line)
                    yield nodes.List(tuple(self._items(inside)), token.type == "ordered_list_open", origin=origin)
                case "table_open":
                    yield self._table(inside, line, caption)
                    caption = None
                case _:
                    raise AssertionError(f"the Markdown parser gave a {token.type}")
            position = end + 1

    def _paragraph(self, token: Token, line: int) -> nodes.Paragraph | nodes.Figure:
        anchor = self._take_anchor(token)
        if figure := self._picture_alone(token):
            origin = self._origin(line)
            return replace(figure, origin=origin, location=origin.location)
        content = self._line(token, begins=True)
        origin = self._origin(line)
        return nodes.Paragraph(content, anchor=anchor, origin=origin, location=origin.location)

    def _picture_alone(self, token: Token) -> nodes.Figure | None:
        """Return the picture that a paragraph consists of."""
        typed = token.children[0].content if len(token.children or []) == 1 and token.children else ""
        value = self.values[int(found.group(1))] if (found := _VALUE.fullmatch(typed)) else ()
        return value[0] if len(value) == 1 and isinstance(value[0], nodes.Figure) else None

    def _require_start_at_one(self, token: Token, line: int) -> None:
        start = token.attrGet("start")
        if start is not None and start != 1:
            message = f"'{start}{token.markup}' reads as item {start} of a list; a list begins with 1"
            raise ProseError(self._at(line), message, f"if it is a sentence, write '{start}\\{token.markup}'")

    def _items(self, tokens: Sequence[Token]) -> Iterator[nodes.ListItem]:
        position = 0
        while position < len(tokens):
            end = _closing(tokens, position)
            content = tuple(self._blocks(tokens[position + 1 : end]))
            place = self._at(_line_of(tokens[position]))
            if not content:
                sign = tokens[position].info + tokens[position].markup
                hint = f"write its text after '{sign} '"
                if sign == "-":
                    hint += f"; for the sign itself, write \\{sign}"
                raise ProseError(place, "this item of a list is empty", hint)
            if any(isinstance(block, nodes.Table) for block in content):
                raise ProseError(place, "a table stands in an item of a list", "put it above or below the list")
            yield nodes.ListItem(content)
            position = end + 1

    def _table(self, tokens: Sequence[Token], line: int, captioned: Token | None) -> nodes.Table:
        origin = self._origin(line)
        lines: list[list[nodes.Inlines]] = []
        aligns = [_ALIGNS.get(str(token.attrGet("style")), "") for token in tokens if token.type == "th_open"]
        for token in tokens:
            if token.type == "tr_open":
                lines.append([])
                self._require_cells(_line_of(token), len(aligns))
            elif token.type == "inline":
                lines[-1].append(self._line(token))
        head, *body = lines
        if not body:
            hint = "leave the table out when there is nothing to show"
            raise ProseError(origin.location, "the table has no rows", hint)
        rows = (nodes.Row(tuple(_cell(content, origin.location) for content in row)) for row in body)
        anchor = ""
        caption: nodes.Inlines = (nodes.Text(", ".join(map(nodes.plain_text, head))),)  # for those who cannot see it
        if captioned is not None:
            anchor, caption = self._take_anchor(captioned), self._line(captioned, begins=True)
            first = caption[0]
            assert isinstance(first, nodes.Text)
            caption = tidy([nodes.Text(first.text.removeprefix(_CAPTION)), *caption[1:]])
        return nodes.Table(
            caption,
            tuple(nodes.Column(cell, 1 / len(head), align) for cell, align in zip(head, aligns, strict=True)),
            (nodes.RowGroup(tuple(rows)),),
            show_caption=captioned is not None,
            anchor=anchor,
            origin=origin,
            location=origin.location,
        )

    def _require_cells(self, line: int, columns: int) -> None:
        # Markdown drops the cells that are too many and adds those that are missing.
        row = re.sub(r"(?<!\\)\|$", "", self.lines[line].strip().removeprefix("|"))
        found = len(re.findall(r"(?<!\\)\|", row)) + 1
        if found != columns:
            cells = "1 cell" if found == 1 else f"{found} cells"
            hint = r"give each row a cell for each column; write \| for the sign itself"
            raise ProseError(self._at(line), f"this row has {cells}; the table has {columns} columns", hint)

    # ---- Lines ----

    def _take_anchor(self, token: Token) -> str:
        """Take the name off the end of a line that ends in `{#name}`."""
        last = token.children[-1] if token.children else None
        found = _ANCHOR.search(last.content) if last is not None and last.type == "text" else None
        if last is None or found is None:
            return ""
        last.content = last.content[: found.start()].rstrip()
        return found.group(1)

    def _line(self, token: Token, begins: bool = False) -> nodes.Inlines:
        """Convert a line. `begins`: whether it stands at the beginning of a line of the text."""
        return tidy(self._runs(token.children or [], _line_of(token), begins))

    def _runs(self, tokens: Sequence[Token], line: int, begins: bool) -> nodes.Inlines:
        found: list[nodes.Inline] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "text":
                self._refuse_left_over(token.content, line, begins)
            begins = token.type in ("softbreak", "hardbreak")
            match token.type:
                case "text" | "text_special":
                    found += self._with_values(token.content, line)
                case "softbreak" | "hardbreak":
                    found.append(nodes.Text(" ") if token.type == "softbreak" else nodes.LineBreak())
                    line += 1
                case "strong_open" | "em_open":
                    end = _closing(tokens, position)
                    role = "strong" if token.type == "strong_open" else "emphasis"
                    found.append(nodes.Span(role, self._runs(tokens[position + 1 : end], line, begins=False)))
                    line += sum(one.type in ("softbreak", "hardbreak") for one in tokens[position:end])
                    position = end
                case "footnote_ref":
                    found.append(self._note(token, line))
                case "link_open":
                    end = _closing(tokens, position)
                    if position and tokens[position - 1].type == "text" and tokens[position - 1].content.endswith("!"):
                        hint = r"name it and link to it: [text](https://…); write \! for the sign itself"
                        raise ProseError(self._at(line, "!["), "a picture cannot stand in a text", hint)
                    found.append(self._link(token, tokens[position + 1 : end], line))
                    position = end
                case _:
                    raise AssertionError(f"the Markdown parser gave a {token.type}")
            position += 1
        single = (
            replace(one, text=one_line(one.text)) if isinstance(one, nodes.Text) else one for one in _joined(found)
        )
        return tuple(single)

    def _with_values(self, text: str, line: int) -> Iterator[nodes.Inline]:
        parts = _VALUE.split(text)  # every second one is the number of a value
        for place, part in enumerate(parts):
            typed = (nodes.Text(part),) if part else ()
            for inline in self.values[int(part)] if place % 2 else typed:
                if isinstance(inline, nodes.Figure):
                    hint = "leave an empty line before and after it"
                    raise ProseError(self._at(line), "a picture stands within a paragraph here", hint)
                yield inline

    def _note(self, reference: Token, line: int) -> nodes.Footnote:
        name = reference.meta.get("label")
        place = self._at(line, f"[^{name}]")
        if reference.meta.get("subId"):
            raise ProseError(place, f"the note '[^{name}]' is referred to twice", "give it a note of its own")
        if self.in_note:
            hint = "say it in the text, or in brackets"
            raise ProseError(place, f"the note '[^{name}]' stands in another note", hint)
        tokens = self.notes[reference.meta["id"]]
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            raise ProseError(place, f"the note '[^{name}]' is no single paragraph", "keep it to one paragraph")
        begins = _line_of(tokens[1]) if tokens[1].map else line
        self.in_note = True
        content = tidy(self._runs(tokens[1].children or [], begins, begins=False))
        self.in_note = False
        return nodes.Footnote(content)

    def _refuse_left_over(self, text: str, line: int, begins: bool) -> None:
        if begins and _HEADING.match(text):
            hint = r"make it a section of its own; write \# for the sign itself"
            raise ProseError(self._at(line, "#"), "a heading cannot stand in a text", hint)
        for form, message, hint in _LEFT_OVER:
            found = form.search(text)
            if found and not (found.group() == "}}" and r"\{{" in self.prose.text):
                mark = found.group()
                raise ProseError(self._at(line, mark), message.replace("{mark}", mark), hint.replace("{mark}", mark))

    def _link(self, token: Token, inside: Sequence[Token], line: int) -> nodes.Link:
        place = self._at(line, "](" if token.markup != "autolink" else "<")
        # An address has its special characters as %XX by now.
        typed = str(token.attrGet("href") or "").replace("%EF%B7%90", _OPEN).replace("%EF%B7%91", _CLOSE)
        href = self._plain(typed, place)
        if not href.startswith(LINK_SCHEMES):
            message = f"the link's address '{href}' does not begin with https://, http:// or mailto:"
            raise ProseError(place, message, "give the whole address")
        if token.attrGet("title"):
            hint = "take the title out of the brackets"
            raise ProseError(place, "a link has a text and an address, and no title", hint)
        breaks = ("softbreak", "hardbreak")
        text = "".join(" " if one.type in breaks else self._plain(one.content, place) for one in inside)
        if not text.strip():
            raise ProseError(place, "the link has no text", "write between '[' and ']' what the reader sees")
        return nodes.Link(href, one_line(text).strip())

    def _plain(self, text: str, place: Location) -> str:
        """Put values into a text that may hold nothing but characters."""

        def value(found: re.Match[str]) -> str:
            parts = self.values[int(found.group(1))]
            if not all(isinstance(part, nodes.Text) for part in parts):
                hint = "put it before or after the link"
                raise ProseError(place, "a reference cannot stand in a link's text", hint)
            return "".join(part.text for part in parts if isinstance(part, nodes.Text))

        return _VALUE.sub(value, text)


def _cell(content: nodes.Inlines, place: Location) -> nodes.Cell:
    return nodes.Cell((nodes.Paragraph(content, location=place),) if content else ())


# ---- Markdown ----


def _make_parser() -> MarkdownIt:
    # What is left out stays as typed: no text may vanish into HTML, code, definitions or rules.
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).use(footnote_plugin)
    parser.enable("table")
    # What markdown-it refuses stays as typed; we want to say why it cannot stand.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  the form is markdown-it's
    # text_join would hide which signs were written with a backslash.
    return parser.disable([
        "html_block", "html_inline", "image", "hr", "heading", "lheading", "code", "fence", "blockquote", "reference",
        "backticks", "entity", "text_join",
    ])  # fmt: skip


_PARSER = _make_parser()


def _parse_markdown(text: str) -> tuple[list[Token], Mapping[int, Sequence[Token]], Sequence[str]]:
    """Return the tokens; what the notes say, by their number in the text; the names of notes nothing refers to.

    Notes referred to twice or of several paragraphs are given as they are: it is for the caller to refuse them.
    """
    found: dict[str, Any] = {}
    tokens = _PARSER.parse(text, found)
    refs = found.get("footnotes", {}).get("refs", {})
    unused = [name.removeprefix(":") for name, number in refs.items() if number < 0]
    begin = next((place for place, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    notes: dict[int, Sequence[Token]] = {}
    place = begin + 1
    while place < len(tokens) - 1:
        end = _closing(tokens, place)
        inside = tokens[place + 1 : end]  # with marks for links back, which the writers make for themselves
        notes[tokens[place].meta["id"]] = [token for token in inside if token.type != "footnote_anchor"]
        place = end + 1
    return tokens[:begin], notes, unused


def _begins_caption(paragraph: Token) -> bool:
    first = (paragraph.children or [paragraph])[0]
    return first.type == "text" and first.content.startswith(_CAPTION)


def _line_of(token: Token) -> int:
    """Return the line on which a token begins, from 0; the first for what stands within a line."""
    return token.map[0] if token.map else 0


def _closing(tokens: Sequence[Token], position: int) -> int:
    """Return the position of the token that closes the one at `position`."""
    depth = 0
    for index in range(position, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise AssertionError("the Markdown parser left a token open")
