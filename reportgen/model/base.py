"""What all records share: frozen, strict about keys, and aware of where they were typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema

from reportgen.diagnostics import Location, shortened
from reportgen.inputs.source import SourceMapping, SourceText, locate

if TYPE_CHECKING:
    from reportgen.model.marking import Marking

GAP_MARK = "??"
"""A text that begins so is a gap: what follows says what is missing and who supplies it."""


def gap_in(text: str) -> str | None:
    """What is missing, when the text is a gap ("?? the cost, from finance")."""
    return text[len(GAP_MARK) :].strip() if text.startswith(GAP_MARK) else None


class Record(BaseModel):
    """A mapping from a YAML file, checked. Compares by value; keeps its place in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    template_names: ClassVar[frozenset[str]] = frozenset()
    """Properties and methods, beside the fields, that templates and expressions may use."""

    _source: SourceMapping | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _check(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(value)
        if isinstance(value, SourceMapping):
            record._source = value
        if mistakes := list(record.validate_fields()):
            raise ValidationError.from_exception_data("record", mistakes)
        return record

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """What does not fit together in the record, each with its place in it. A kind of record says what that is."""
        return iter(())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def at(self, *path: str | int) -> Location:
        """The place of the value under the given keys; of the record itself without keys, or if the key is missing."""
        return locate(self._source, path)

    def typed(self, key: str) -> SourceText | None:
        """The text under the key as it was typed, with its places; None where no text stands there."""
        value = self._source.get(key) if self._source is not None else None
        return value if isinstance(value, SourceText) else None

    def __str__(self) -> str:
        """Refused: Jinja would join Python's form of the record to a text, which nobody should read in a paper."""
        raise ValueError("it stands for several things; name one of them after a dot")

    def prose(self) -> Iterator[Prose]:
        """Every prose text in the record, in the order of its fields."""
        for part in self.inside():
            yield from (part,) if isinstance(part, Prose) else part.prose()

    def inside(self) -> Iterator[Record | Prose]:
        """The records and texts that its fields hold, those of lists too, in the order of the fields."""
        for _, value in self:
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, Record | Prose):
                    yield one


@dataclass(frozen=True, slots=True)
class Prose:
    """Narrative text: a Markdown subset with `{{ expressions }}`; may hold several paragraphs, lists and tables."""

    text: SourceText
    marking: Marking | None = None
    """Why the public may not see this text; None when it may."""

    def __str__(self) -> str:
        """Refused, as a record's is: the text is rendered, with its own origin, and never joined to another."""
        raise ValueError("it is a text that the paper prints in a place of its own; refer to it instead")

    @property
    def location(self) -> Location:
        return self.text.location

    @property
    def withheld(self) -> bool:
        """Whether only the marking is left of it (see `reportgen.redaction`)."""
        return self.marking is not None and not self.text

    @property
    def gap(self) -> str | None:
        return gap_in(self.text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, object]:
        text = {"type": "string", "minLength": 1, "description": cls.__doc__}
        keys = {name: {"type": "object"} for name in _MARKINGS}
        marked = {"properties": {"text": text, **keys}, "required": ["text"], "additionalProperties": False}
        either = [{"required": [name]} for name in _MARKINGS]
        return {"anyOf": [text, {"type": "object", "description": _MARKED, **marked, "anyOf": either}]}

    @classmethod
    def _read(cls, value: object) -> Prose:
        if isinstance(value, Prose):
            return value
        if isinstance(value, dict) and any(name in value for name in _MARKINGS):
            return cls._read_marked(value)
        text = _scalar(value)
        if not text.strip():
            raise unexpected("an empty text", "a text", _TEXT_HINT)
        return cls(text if isinstance(text, SourceText) else SourceText(text, Location("")))

    @classmethod
    def _read_marked(cls, value: dict[str, object]) -> Prose:
        from reportgen.model.marking import MarkedPhrase, MarkedProse  # built on this module

        read = (MarkedPhrase if issubclass(cls, Phrase) else MarkedProse).model_validate(value)
        return replace(read.text, marking=read.marking)


_MARKINGS = ("exempt", "confidential")
_MARKED = "A text that the public may not see, with the reason: {text: …, exempt: {paragraphs: [3], reason: …}}"


class Phrase(Prose):
    """Narrative text of one paragraph: part of a sentence that the house completes ("note the outcome")."""

    __slots__ = ()

    @classmethod
    def _read(cls, value: object) -> Prose:
        phrase = super()._read(value)
        if re.search(r"\n[ \t]*\n", phrase.text.strip()):
            hint = "join the lines; the house sets it as one sentence"
            raise unexpected("more than one paragraph", "one paragraph", hint)
        return phrase


def unexpected(found: str, expected: str, hint: str) -> PydanticCustomError:
    """The refusal of a value. `found` is as `shown` gives it; `expected` says what the key takes ("a text")."""
    verb = "were" if expected.endswith("s") else "was"
    return PydanticCustomError(
        "unexpected",
        "{found} was found; {expected} {verb} expected",
        {"found": found, "expected": expected, "verb": verb, "hint": hint},
    )


def sentence(message: str, hint: str) -> PydanticCustomError:
    """A refusal in words of its own, which need no key before them."""
    return PydanticCustomError("sentence", "{message}", {"message": message, "hint": hint})


def mistake(message: str, hint: str, *path: str | int) -> InitErrorDetails:
    """A mistake in a record; `path` leads from the record to the value, or is empty for the record as a whole."""
    return InitErrorDetails(type=sentence(message, hint), loc=path, input=None)


def repeated(what: str, path: str, key: str, records: Sequence[Record]) -> Iterator[InitErrorDetails]:
    """A mistake for each of the records under `path` whose `key` another has, too; `what`: "findings have the id"."""
    first: dict[object, Record] = {}
    for number, record in enumerate(records):
        value = getattr(record, key)
        other = first.setdefault(value, record)
        if value is not None and other is not record:
            message = f"two {what} '{value}'; the first is in line {other.at(key).line}"
            yield mistake(message, "delete one of them, or give each its own", path, number, key)


def shown(value: object) -> str:
    """A value as a message names what was found."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return f"the key '{next(iter(value))}'" if len(value) == 1 else "a group of keys"
    text = " ".join(str(value).split())
    return f"'{shortened(text)}'" if text else "an empty text"


_TEXT_HINT = "give a text, or begin it with ?? to mark a gap: '?? the cost, from finance'"


MAX_CHARACTERS = 50_000
"""Of one text: some twenty pages; reading and comparing texts takes longer the longer each of them is."""


def _scalar(value: object) -> str:
    if isinstance(value, str):
        if len(value) > MAX_CHARACTERS:
            message = f"this text has {len(value):,} characters; at most {MAX_CHARACTERS:,} were expected"
            raise sentence(message, "divide it, into sections or appendices of their own")
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    on_this_line = "put the text on this line, in quotes if it holds ': ' or begins with '[', '{' or '*'"
    raise unexpected(shown(value), "a text", _TEXT_HINT if value is None else on_this_line)


def read_text(value: object) -> str:
    """The value as one line of text, or its refusal."""
    text = re.sub(r"[ \t\n]+", " ", _scalar(value)).strip(" ")
    if not text:
        raise unexpected("an empty text", "a text", _TEXT_HINT)
    return text


def read_id(value: object) -> str:
    """The value as a name, or its refusal."""
    text = read_text(value)
    if not re.fullmatch(_NAME, text):
        name = unicodedata.normalize("NFKD", PurePosixPath(text).name.removesuffix(".yaml"))
        meant = re.sub(r"[^A-Za-z0-9._-]+", "_", name.encode("ascii", "ignore").decode()).strip("._-")
        hint = f"write {meant}" if meant else _NAME_HINT
        raise unexpected(shown(text), "a name of letters, digits, '-', '_' and '.'", hint)
    if len(text) > _LONGEST_NAME:
        expected = f"a name of {_LONGEST_NAME} letters at most"
        raise unexpected(shown(text), expected, "shorten the name of the file, and what refers to it")
    return text


def hint_for_name(text: str) -> str | None:
    """What to do about a text that other files cannot refer to; None when it is a name."""
    try:
        read_id(text)
    except PydanticCustomError as refused:
        return str((refused.context or {}).get("hint", ""))
    return None


_NAME = "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?"
_LONGEST_NAME = 100
"""Of a name: with its ending and its folder it must be the name of a file, and Windows allows 260 for all of it."""
_NAME_HINT = "take the name of the file, or of the entry, that is meant"
_DATE = "a date as year-month-day"
_DATE_FORMS = (
    "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%B %d %Y",
)  # fmt: skip


def _read_day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = read_text(value)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        raise unexpected(shown(text), "a day of the calendar", "check the month and the day") from None
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.replace(",", ""))
    for form in _DATE_FORMS:
        try:
            meant = datetime.strptime(plain, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
        raise unexpected(shown(text), _DATE, f"write {meant.isoformat()}")
    raise unexpected(shown(text), _DATE, "for example 2012-07-09")


def _read_yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = read_text(value)
    if text.casefold() in ("yes", "true"):
        return True
    if text.casefold() in ("no", "false"):
        return False
    raise unexpected(shown(text), "yes or no", "write yes or no")


def _read_whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = read_text(value)
    if not re.fullmatch(r"-?\d{1,12}", text.replace(",", "")):
        raise unexpected(shown(text), "a whole number", "write digits only, for example 44")
    return int(text.replace(",", ""))


_TEXT_SCHEMA = {"type": ["string", "number"], "minLength": 1}

Text = Annotated[str, BeforeValidator(read_text), WithJsonSchema(_TEXT_SCHEMA)]
"""One line of plain text; line breaks in the YAML count as spaces."""
_ID_SCHEMA = {"type": ["string", "number"], "pattern": f"^{_NAME}$"}
Id = Annotated[str, BeforeValidator(read_id), WithJsonSchema(_ID_SCHEMA)]
"""A name that other files refer to."""
_DAY_SCHEMA = {
    "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "year-month-day, for example 2012-07-09"
}  # fmt: skip
Date = Annotated[date, BeforeValidator(_read_day), WithJsonSchema(_DAY_SCHEMA)]
"""A day, typed as year-month-day (ISO 8601)."""
Boolean = Annotated[bool, BeforeValidator(_read_yes_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Integer = Annotated[int, BeforeValidator(_read_whole), WithJsonSchema({"type": "integer"})]


def text_as(key: str) -> BeforeValidator:
    """Lets a list item be typed as a bare text where a record with only `key` is meant."""

    def expand(value: object) -> object:
        if value is None or isinstance(value, list):
            _scalar(value)  # refuses it
        if isinstance(value, SourceText):
            mapping = SourceMapping(value.location)
            mapping.put(key, value)
            return mapping
        return {key: value} if isinstance(value, str) else value

    return BeforeValidator(expand)


class Person(Record):
    """Somebody named in a paper. Use reserved telephone numbers (01632 960xxx) in samples."""

    name: Text
    post: Text | None = None
    portfolio: Text | None = None
    """For a member of the cabinet: what they hold the portfolio for."""
    telephone: Text | None = None
    email: Text | None = None
