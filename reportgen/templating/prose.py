"""Narrative text → report markup.

A Markdown subset (paragraphs, lists, strong, emphasis, links, simple tables), in which
`{{ expressions }}` stand for figures from the model. An expression's value is data: it is put
in after the Markdown has been read, so that an asterisk in it stays an asterisk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from markdown_it.token import Token
from markupsafe import Markup

from reportgen.diagnostics import Location
from reportgen.model.base import Phrase, Prose
from reportgen.templating.markdown import LEFT_OVER, closing, line_of, parse_markdown

Evaluate = Callable[[str, Location], str]
"""Expression and its place → the value as text, or as `Markup` for a reference."""

_OPENING = re.compile(r"(?<!\\)\{\{")
_ANCHOR = re.compile(r"\{#([A-Za-z0-9][A-Za-z0-9._-]*)\}\s*$")
# Noncharacters that no input can hold (`source` refuses them): they mark the place of a value.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_VALUE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
LINK_SCHEMES = ("https://", "http://", "mailto:")
MAX_LISTS = 4
"""How deep lists may stand in one another; Markdown would drop what is nested too deep."""

_PICTURE = "<image "
_CAPTION = "Table:"
"""How the paragraph begins that is the caption of the table below it."""
_ALIGNS = {
    "text-align:left": ' align="left"',
    "text-align:center": ' align="centre"',
    "text-align:right": ' align="right"',
}
"""By what the Markdown parser makes of the colons in the line below a table's head."""
_HEADING = re.compile(r"#{1,6} ")


class ProseError(Exception):
    """The text breaks a rule of the Markdown subset."""

    def __init__(self, location: Location, message: str, hint: str) -> None:
        super().__init__(message)
        self.location = location
        self.message = message
        self.hint = hint


def render_prose(prose: Prose, evaluate: Evaluate) -> Markup:
    """The text as block elements of report markup; a phrase as inline elements.

    Every block carries its origin. Raises `ProseError` with the place of what is wrong.
    """
    return _Rendering(prose, evaluate).render()


def render_withheld(prose: Prose, words: str) -> Markup:
    """What stands in the place of a text that the public may not see."""
    return _Rendering(prose, lambda expression, _: expression).instead(escape(words, quote=False))


_SUPPLIER = re.compile(r"(?P<missing>.*\S), from (?P<supplier>\S.*)", re.DOTALL)


def make_gap(text: str) -> Markup:
    """The placeholder of something that is still missing: "the cost, from finance" says who supplies it, too."""
    found = _SUPPLIER.fullmatch(text)
    if not found:
        return Markup("<gap>{}</gap>").format(text)
    return Markup('<gap from="{}">{}</gap>').format(found["supplier"], found["missing"])


@dataclass
class _Rendering:
    prose: Prose
    evaluate: Evaluate
    values: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """As the Markdown parser sees them, values set aside."""
    joined: list[int] = field(default_factory=list)
    """For each line break inside an expression, which the parser does not see: the line it would end."""
    parts: int = 0
    notes: Mapping[int, Sequence[Token]] = field(default_factory=dict)
    """What the notes say, by their number in the text."""
    in_note: bool = False
    """Whether what is being read stands in one."""

    @property
    def is_phrase(self) -> bool:
        return isinstance(self.prose, Phrase)

    def render(self) -> Markup:
        if self.prose.gap is not None:
            return self.instead(make_gap(self.prose.gap))
        text = self._with_values_set_aside()
        self.lines = text.split("\n")
        tokens, self.notes, unused = parse_markdown(text)
        self._refuse_deep_lists(tokens)
        for name in unused:
            line = next(line for line, typed in enumerate(self.lines) if typed.lstrip().startswith(f"[^{name}]:"))
            hint = f"write [^{name}] where its mark is to stand, or delete it"
            raise ProseError(self._at(line), f"nothing refers to the note '[^{name}]'", hint)
        return self._one_paragraph(tokens) if self.is_phrase else Markup("".join(self._blocks(tokens)))

    def instead(self, content: str) -> Markup:
        """Other markup in place of the whole text."""
        return self._as_phrase(content) if self.is_phrase else Markup(f"<p{self._origin(0)}>{content}</p>")

    def _with_values_set_aside(self) -> str:
        text = str(self.prose.text)
        kept, end = [], 0
        while opening := _OPENING.search(text, end):
            closing_at = text.find("}}", opening.end())
            expression = text[opening.end() : closing_at]
            if closing_at < 0 or "{{" in expression:
                raise self._unclosed(opening.start())
            self.joined += [text.count("\n", 0, opening.start()) - len(self.joined)] * expression.count("\n")
            self.values.append(self.evaluate(expression.strip(), self._place(opening.start())))
            kept += [text[end : opening.start()], f"{_OPEN}{len(self.values) - 1}{_CLOSE}"]
            end = closing_at + 2
        return "".join([*kept, text[end:]])

    def _unclosed(self, offset: int) -> ProseError:
        hint = r"close the expression with '}}', or write \{{ for the signs themselves"
        return ProseError(self._place(offset), "'{{' is opened here and not closed", hint)

    def _refuse_deep_lists(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            # A list and its item are a level each.
            if token.type.endswith("list_open") and token.level >= 2 * MAX_LISTS:
                message = f"lists stand in one another more than {MAX_LISTS} deep here"
                raise ProseError(self._at(line_of(token)), message, "bring the inner ones out")

    def _place(self, offset: int) -> Location:
        text = self.prose.text
        return text.place(text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1)

    def _origin(self, line: int) -> str:
        place = self._at(line)
        part, self.parts = self.parts, self.parts + 1
        return f' origin="{place.line}:{place.column}:{part}:{escape(self.prose.text.key)}:{escape(place.path)}"'

    def _as_phrase(self, content: str) -> Markup:
        return Markup(f'<span role="phrase"{self._origin(0)}>{content}</span>')

    def _at(self, line: int, sign: str = "") -> Location:
        """The place in the file of a line that the parser saw, or of the first such sign in it not escaped."""
        typed = line + sum(1 for before in self.joined if before < line)
        text = self.prose.text.split("\n")[typed] if sign else ""
        found = re.search(rf"(?<!\\){re.escape(sign)}", text) if sign else None
        return self.prose.text.place(typed, found.start() if found else 0)

    def _one_paragraph(self, tokens: Sequence[Token]) -> Markup:
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            other = tokens[0] if tokens[0].type != "paragraph_open" else tokens[3]
            message = "a list or a table was found; one sentence was expected"
            raise ProseError(self._at(line_of(other)), message, "keep it to one sentence; put lists into a section")
        return self._as_phrase(self._inline(tokens[1], anchored=False)[0])

    def _blocks(self, tokens: Sequence[Token]) -> Iterable[str]:
        position = 0
        caption: Token | None = None
        while position < len(tokens):
            token = tokens[position]
            end = closing(tokens, position)
            inside = tokens[position + 1 : end]
            line = line_of(token)
            match token.type:
                case "paragraph_open" if _begins_caption(inside[0]):
                    if end + 1 == len(tokens) or tokens[end + 1].type != "table_open":
                        hint = r"put the table below it, after an empty line, or write Table\: for the word itself"
                        raise ProseError(self._at(line), "'Table:' begins the caption of a table; none follows", hint)
                    caption = inside[0]
                case "paragraph_open":
                    yield self._paragraph(inside[0], line)
                case "bullet_list_open":
                    yield f"<list{self._origin(line)}>{''.join(self._items(inside))}</list>"
                case "ordered_list_open":
                    self._require_start_at_one(token, line)
                    yield f'<list ordered="yes"{self._origin(line)}>{"".join(self._items(inside))}</list>'
                case "table_open":
                    yield self._table(inside, line, caption)
                    caption = None
                case _:
                    raise AssertionError(f"the Markdown parser gave a {token.type}")
            position = end + 1

    def _paragraph(self, token: Token, line: int) -> str:
        content, anchor = self._inline(token)
        if content.startswith(_PICTURE) and content.count("<image ") == 1 and content.endswith("</image>"):
            return content.replace(_PICTURE, f"{_PICTURE}{self._origin(line).lstrip()} ", 1)
        if _PICTURE in content:
            hint = "leave an empty line before and after it"
            raise ProseError(self._at(line), "a picture stands within a paragraph here", hint)
        return f"<p{self._origin(line)}{anchor}>{content}</p>"

    def _require_start_at_one(self, token: Token, line: int) -> None:
        start = token.attrGet("start")
        if start is not None and start != 1:
            message = f"'{start}{token.markup}' reads as item {start} of a list; a list begins with 1"
            raise ProseError(self._at(line), message, f"if it is a sentence, write '{start}\\{token.markup}'")

    def _items(self, tokens: Sequence[Token]) -> Iterable[str]:
        position = 0
        while position < len(tokens):
            end = closing(tokens, position)
            content = "".join(self._blocks(tokens[position + 1 : end]))
            if not content:
                sign = tokens[position].info + tokens[position].markup
                hint = f"write its text after '{sign} '"
                if sign == "-":
                    hint += f"; for the sign itself, write \\{sign}"
                raise ProseError(self._at(line_of(tokens[position])), "this item of a list is empty", hint)
            yield f"<item>{content}</item>"
            position = end + 1

    def _table(self, tokens: Sequence[Token], line: int, captioned: Token | None) -> str:
        begins = f"<table{self._origin(line)}"
        rows: list[list[str]] = []
        aligns = [_ALIGNS.get(str(token.attrGet("style")), "") for token in tokens if token.type == "th_open"]
        for token in tokens:
            if token.type == "tr_open":
                rows.append([])
                self._require_cells(line_of(token), len(aligns))
            elif token.type == "inline":
                rows[-1].append(self._inline(token, anchored=False)[0])
        head, *body = rows
        columns = "".join(f'<column width="1"{align}>{cell}</column>' for cell, align in zip(head, aligns, strict=True))
        cells = "".join(f"<row>{''.join(f'<cell>{cell}</cell>' for cell in row)}</row>" for row in body)
        if captioned is None:  # for those who cannot see the table, it is called by its headings
            caption = ", ".join(re.sub(r"<note>.*?</note>|<[^>]*>", "", cell) for cell in head)
            return f"{begins}><caption>{caption}</caption>{columns}{cells}</table>"
        content, anchor = self._inline(captioned)
        caption = content.removeprefix(_CAPTION).lstrip()
        return f'{begins}{anchor} show-caption="yes"><caption>{caption}</caption>{columns}{cells}</table>'

    def _require_cells(self, line: int, columns: int) -> None:
        # Markdown drops the cells that are too many and adds those that are missing.
        row = re.sub(r"(?<!\\)\|$", "", self.lines[line].strip().removeprefix("|"))
        found = len(re.findall(r"(?<!\\)\|", row)) + 1
        if found != columns:
            cells = "1 cell" if found == 1 else f"{found} cells"
            hint = r"give each row a cell for each column; write \| for the sign itself"
            raise ProseError(self._at(line), f"this row has {cells}; the table has {columns} columns", hint)

    def _inline(self, token: Token, anchored: bool = True) -> tuple[str, str]:
        """The inline markup, and the attribute of its anchor if it may have one and ends in `{#name}`."""
        children = list(token.children or [])
        anchor = ""
        last = children[-1] if anchored and children else None
        if last is not None and last.type == "text" and (found := _ANCHOR.search(last.content)):
            last.content = last.content[: found.start()].rstrip()
            anchor = f' anchor="{found.group(1)}"'
        return "".join(self._runs(children, line_of(token), begins=anchored)), anchor

    def _runs(self, tokens: Sequence[Token], line: int, begins: bool) -> Iterable[str]:
        """`begins`: whether the tokens stand at the beginning of a line."""
        position = 0
        while position < len(tokens):
            token = tokens[position]
            if token.type == "text":
                self._refuse_left_over(token.content, line, begins)
            begins = token.type in ("softbreak", "hardbreak")
            match token.type:
                case "text" | "text_special":
                    yield self._with_values(token.content)
                case "softbreak" | "hardbreak":
                    yield " " if token.type == "softbreak" else "<br/>"
                    line += 1
                case "strong_open" | "strong_close" | "em_open" | "em_close":
                    yield f"<{'/' if token.nesting < 0 else ''}{token.tag}>"
                case "footnote_ref":
                    yield self._note(token, line)
                case "link_open":
                    end = closing(tokens, position)
                    if position and tokens[position - 1].type == "text" and tokens[position - 1].content.endswith("!"):
                        hint = r"name it and link to it: [text](https://…); write \! for the sign itself"
                        raise ProseError(self._at(line, "!["), "a picture cannot stand in a text", hint)
                    yield self._link(token, tokens[position + 1 : end], line)
                    position = end
                case _:
                    raise AssertionError(f"the Markdown parser gave a {token.type}")
            position += 1

    def _note(self, reference: Token, line: int) -> str:
        name = reference.meta.get("label")
        if reference.meta.get("subId"):
            hint = "give it a note of its own"
            raise ProseError(self._at(line, f"[^{name}]"), f"the note '[^{name}]' is referred to twice", hint)
        if self.in_note:
            hint = "say it in the text, or in brackets"
            raise ProseError(self._at(line, f"[^{name}]"), f"the note '[^{name}]' stands in another note", hint)
        tokens = self.notes[reference.meta["id"]]
        if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
            hint = "keep it to one paragraph"
            raise ProseError(self._at(line, f"[^{name}]"), f"the note '[^{name}]' is no single paragraph", hint)
        begins = line_of(tokens[1]) if tokens[1].map else line
        self.in_note = True
        content = "".join(self._runs(tokens[1].children or [], begins, begins=False))
        self.in_note = False
        return f"<note>{content}</note>"

    def _refuse_left_over(self, text: str, line: int, begins: bool) -> None:
        if begins and _HEADING.match(text):
            hint = r"make it a section of its own; write \# for the sign itself"
            raise ProseError(self._at(line, "#"), "a heading cannot stand in a text", hint)
        for form, message, hint in LEFT_OVER:
            found = form.search(text)
            if found and not (found.group() == "}}" and r"\{{" in self.prose.text):
                mark = found.group()
                raise ProseError(self._at(line, mark), message.replace("{mark}", mark), hint.replace("{mark}", mark))

    def _link(self, token: Token, inside: Sequence[Token], line: int) -> str:
        href = self._plain_values(str(token.attrGet("href") or ""))
        place = self._at(line, "](" if token.markup != "autolink" else "<")
        if not href.startswith(LINK_SCHEMES):
            message = f"the link's address '{href}' does not begin with https://, http:// or mailto:"
            raise ProseError(place, message, "give the whole address")
        if token.attrGet("title"):
            hint = "take the title out of the brackets"
            raise ProseError(place, "a link has a text and an address, and no title", hint)
        if any(isinstance(self.values[int(index)], Markup) for one in inside for index in _VALUE.findall(one.content)):
            raise ProseError(place, "a reference cannot stand in a link's text", "put it before or after the link")
        breaks = ("softbreak", "hardbreak")
        text = "".join(" " if one.type in breaks else self._plain_values(one.content) for one in inside)
        if not text.strip():
            raise ProseError(place, "the link has no text", "write between '[' and ']' what the reader sees")
        return f'<link href="{escape(href)}">{escape(text)}</link>'

    def _with_values(self, text: str) -> str:
        parts = _VALUE.split(text)  # every second one is the number of a value
        parts[1::2] = [self.values[int(index)] for index in parts[1::2]]
        return "".join(part if isinstance(part, Markup) else escape(part, quote=False) for part in parts)

    def _plain_values(self, text: str) -> str:
        # An address has its special characters as %XX by now.
        text = text.replace("%EF%B7%90", _OPEN).replace("%EF%B7%91", _CLOSE)
        return _VALUE.sub(lambda match: self.values[int(match.group(1))], text)


def _begins_caption(paragraph: Token) -> bool:
    first = (paragraph.children or [paragraph])[0]
    return first.type == "text" and first.content.startswith(_CAPTION)
