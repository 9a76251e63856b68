"""What all records share: frozen, strict about keys, and aware of where they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, PrivateAttr, WithJsonSchema
from pydantic import ModelWrapValidatorHandler, model_validator
from pydantic_core import PydanticCustomError, core_schema

from reportgen.diagnostics import Location
from reportgen.source import SourceMapping, SourceText, locate

GAP_MARK = "??"
"""A text that begins so is a gap: what follows says what is missing and who supplies it."""


class Record(BaseModel):
    """A mapping from a YAML file, checked. Compares by value; keeps its place in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    template_names: ClassVar[frozenset[str]] = frozenset()
    """Properties and methods, beside the fields, that templates and expressions may use."""

    _source: SourceMapping | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_source(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        record = handler(value)
        if isinstance(value, SourceMapping):
            record._source = value
        return record

    def at(self, *path: str | int) -> Location:
        """The place of the value under the given keys; of the record itself when there are none or the key is missing."""
        return locate(self._source, path)

    def prose(self) -> Iterator[Prose]:
        """Every prose text in the record, in the order of its fields."""
        for name in type(self).model_fields:
            yield from _prose_in(getattr(self, name))


def _prose_in(value: object) -> Iterator[Prose]:
    if isinstance(value, Prose):
        yield value
    elif isinstance(value, Record):
        yield from value.prose()
    elif isinstance(value, tuple):
        for item in value:
            yield from _prose_in(item)


@dataclass(frozen=True, slots=True)
class Prose:
    """Narrative text: a Markdown subset with `{{ expressions }}`; may hold several paragraphs, lists and tables."""

    text: SourceText

    @property
    def location(self) -> Location:
        return self.text.location

    @property
    def gap(self) -> str | None:
        """What is missing, when the author left a gap ("?? the cost, from finance")."""
        return self.text[len(GAP_MARK) :].strip() if self.text.startswith(GAP_MARK) else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, object]:
        return {"type": "string", "minLength": 1, "description": cls.__doc__}

    @classmethod
    def _read(cls, value: object) -> Prose:
        if isinstance(value, Prose):
            return value
        text = _scalar(value)
        if not text.strip():
            raise PydanticCustomError("empty", "a text was expected, found an empty one")
        return cls(text if isinstance(text, SourceText) else SourceText(text, Location("")))


class Phrase(Prose):
    """Narrative text of one paragraph: part of a sentence that the house completes ("note the outcome")."""

    __slots__ = ()

    @classmethod
    def _read(cls, value: object) -> Prose:
        phrase = super()._read(value)
        if re.search(r"\n[ \t]*\n", phrase.text.strip()):
            raise PydanticCustomError("one_paragraph", "one paragraph was expected, found several")
        return phrase


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if value is None:
        raise PydanticCustomError("empty", "a text was expected, found nothing")
    kind = "a list" if isinstance(value, list | tuple) else "several keys" if isinstance(value, dict) else "something else"
    raise PydanticCustomError("not_text", "a text was expected, found {found}", {"found": kind})


def _read_text(value: object) -> str:
    text = re.sub(r"[ \t\n]+", " ", _scalar(value)).strip(" ")
    if not text:
        raise PydanticCustomError("empty", "a text was expected, found an empty one")
    return text


def _read_id(value: object) -> str:
    text = _read_text(value)
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", text):
        raise PydanticCustomError(
            "id", "'{found}' is not a name: letters, digits, '-', '_' and '.' were expected", {"found": text}
        )
    return text


_DATE_FORMS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d", "%B %d %Y")


def _read_day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = _read_text(value)
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("no_such_day", "'{found}' is not a day of the calendar", {"found": text}) from None
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text.replace(",", ""))
    for form in _DATE_FORMS:
        try:
            meant = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        raise PydanticCustomError(
            "date_form",
            "'{found}' is not a date as expected: year-month-day",
            {"found": text, "hint": f"write {meant.isoformat()}"},
        )
    raise PydanticCustomError("date_form", "'{found}' is not a date; year-month-day was expected", {"found": text, "hint": "for example 2012-07-09"})


def _read_yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _read_text(value)
    if text.casefold() in ("yes", "true"):
        return True
    if text.casefold() in ("no", "false"):
        return False
    raise PydanticCustomError("yes_no", "'{found}' was found; yes or no was expected", {"found": text})


def _read_whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = _read_text(value)
    if not re.fullmatch(r"-?\d{1,12}", text.replace(",", "")):
        raise PydanticCustomError("whole", "'{found}' was found; a whole number was expected", {"found": text})
    return int(text.replace(",", ""))


_TEXT_SCHEMA = {"type": ["string", "number"], "minLength": 1}

Text = Annotated[str, BeforeValidator(_read_text), WithJsonSchema(_TEXT_SCHEMA)]
"""One line of plain text; line breaks in the YAML count as spaces."""
Id = Annotated[str, BeforeValidator(_read_id), WithJsonSchema({"type": ["string", "number"], "pattern": "^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"})]
"""A name that other files refer to."""
Day = Annotated[date, BeforeValidator(_read_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": "year-month-day, for example 2012-07-09"})]
"""A day, typed as year-month-day (ISO 8601)."""
YesNo = Annotated[bool, BeforeValidator(_read_yes_no), WithJsonSchema({"enum": ["yes", "no", True, False]})]
Whole = Annotated[int, BeforeValidator(_read_whole), WithJsonSchema({"type": "integer"})]


def text_as(key: str) -> BeforeValidator:
    """Lets a list item be typed as a bare text where a record with only `key` is meant."""

    def expand(value: object) -> object:
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
