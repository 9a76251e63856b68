"""The base of all records, which are frozen, reject unknown keys and know where they were typed; and their fields."""

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
    """Return what a gap ("?? the cost, from finance") says is missing, or None for a complete text."""
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
        if errors := list(record.validate_fields()):
            raise ValidationError.from_exception_data("record", errors)
        return record

    def validate_fields(self) -> Iterator[InitErrorDetails]:
        """Yield an error for each inconsistency between fields. Subclasses override this."""
        return iter(())

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def at(self, *path: str | int) -> Location:
        """Return the place of the value at the given keys, or of the record if there are none or a key is missing."""
        return locate(self._source, path)

    def typed(self, key: str) -> SourceText | None:
        """Return the text of a key as typed, or None if it has no text."""
        value = self._source.get(key) if self._source is not None else None
        return value if isinstance(value, SourceText) else None

    def __str__(self) -> str:
        """Refuse to be text: Jinja would print Python's representation of the record in a paper."""
        raise ValueError("it stands for several things; name one of them after a dot")

    def prose(self) -> Iterator[Prose]:
        """Yield every prose text in the record, in the order of its fields."""
        for part in self.inside():
            yield from (part,) if isinstance(part, Prose) else part.prose()

    def inside(self) -> Iterator[Record | Prose]:
        """Yield the records and texts that fields hold, alone or in lists, in the order of the fields."""
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
        """Refuse to be text: prose is rendered with its origin, never joined to another text."""
        raise ValueError("it is a text that the paper prints in a place of its own; refer to it instead")

    @property
    def location(self) -> Location:
        """Return where the text was typed."""
        return self.text.location

    @property
    def withheld(self) -> bool:
        """Return whether redaction has left only its marking (see `reportgen.redaction`)."""
        return self.marking is not None and not self.text

    @property
    def gap(self) -> str | None:
        """Return what is missing, if the text is a gap."""
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
    """Return the error for a value that is not what its key takes.

    Args:
        found: The value, as `shown` formats it.
        expected: What the key takes, for example "a text".
        hint: What to do about it.
    """
    verb = "were" if expected.endswith("s") else "was"
    return PydanticCustomError(
        "unexpected",
        "{found} was found; {expected} {verb} expected",
        {"found": found, "expected": expected, "verb": verb, "hint": hint},
    )


def plain_error(message: str, hint: str) -> PydanticCustomError:
    """Return an error whose message stands alone, without the key before it."""
    return PydanticCustomError("plain", "{message}", {"message": message, "hint": hint})


def field_error(message: str, hint: str, *path: str | int) -> InitErrorDetails:
    """Return an error in a record, at a path of keys from the record; an empty path means the whole record."""
    return InitErrorDetails(type=plain_error(message, hint), loc=path, input=None)


def repeated(what: str, path: str, key: str, records: Sequence[Record]) -> Iterator[InitErrorDetails]:
    """Yield an error for each of the records under `path` that repeats the `key` of an earlier one.

    `what` begins the message: "findings have the id".
    """
    first: dict[object, Record] = {}
    for number, record in enumerate(records):
        value = getattr(record, key)
        other = first.setdefault(value, record)
        if value is not None and other is not record:
            message = f"two {what} '{value}'; the first is in line {other.at(key).line}"
            yield field_error(message, "delete one of them, or give each its own", path, number, key)


def shown(value: object) -> str:
    """Format a value for a message that says what was found."""
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
            raise plain_error(message, "divide it, into sections or appendices of their own")
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    on_this_line = "put the text on this line, in quotes if it holds ': ' or begins with '[', '{' or '*'"
    raise unexpected(shown(value), "a text", _TEXT_HINT if value is None else on_this_line)


def read_text(value: object) -> str:
    """Return the value as one line of text.

    Raises:
        PydanticCustomError: if it is empty, too long or not a scalar.
    """
    text = re.sub(r"[ \t\n]+", " ", _scalar(value)).strip(" ")
    if not text:
        raise unexpected("an empty text", "a text", _TEXT_HINT)
    return text


def read_id(value: object) -> str:
    """Return the value as a name that other files can refer to.

    Raises:
        PydanticCustomError: if it is not such a name.
    """
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
    """Return what to do about a text that other files cannot refer to, or None if they can."""
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


def _read_date(value: object) -> date:
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


def _read_boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = read_text(value)
    if text.casefold() in ("yes", "true"):
        return True
    if text.casefold() in ("no", "false"):
        return False
    raise unexpected(shown(text), "yes or no", "write yes or no")


def _read_integer(value: object) -> int:
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
_DATE_SCHEMA = {
    "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "year-month-day, for example 2012-07-09"
}  # fmt: skip
Date = Annotated[date, BeforeValidator(_read_date), WithJsonSchema(_DATE_SCHEMA)]
"""A day, typed as year-month-day (ISO 8601)."""
Boolean = Annotated[bool, BeforeValidator(_read_boolean), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Integer = Annotated[int, BeforeValidator(_read_integer), WithJsonSchema({"type": "integer"})]


def text_as(key: str) -> BeforeValidator:
    """Allow a bare text in place of a record with only `key`."""

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
