"""How figures, dates and lists are put into English: pure functions on plain values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

DateForm = Literal["plain", "ordinal"]
MAX_LISTING = 10_000
"""Characters of a list in a sentence; more fill the paper, and the memory."""

_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _wrong(name: str, wanted: str, example: str) -> ValueError:
    """For a filter that was given something else; "what; hint" as `failures` expects it."""
    return ValueError(f"'{name}' takes {wanted}; for example {example}")


def _require_number(value: object, name: str) -> None:
    number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if not number or not math.isfinite(value):  # type: ignore[arg-type]
        raise _wrong(name, "a number", f"inspection.count()|{name}")


def in_words(count: int) -> str:
    """0 to 20 as a word ("no", "two"); larger counts in digits ("1,319")."""
    if isinstance(count, bool) or not isinstance(count, int):
        raise _wrong("words", "a whole number", "inspection.count()|words")
    return _WORDS[count] if 0 <= count < len(_WORDS) else with_commas(count)


def with_commas(value: int | float | Decimal) -> str:
    """Thousands separated: 1319 → "1,319". Decimals stay as they are."""
    _require_number(value, "number")
    return f"{value:,}"


def as_percent(share: float, places: int = 0) -> str:
    """A share (0 to 1) as a percentage, halves rounded up, with `places` decimals: 0.909 → "91%"."""
    _require_number(share, "percent")
    exact = Decimal(str(share)) * 100
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:,}%"


def as_money(pounds: int | float | Decimal | str) -> str:
    """Pounds, with pence only where there are any: 400000 → "£400,000", 12.5 → "£12.50"."""
    typed = str(pounds).replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?", typed):
        raise _wrong("money", "an amount of pounds", "400000|money")
    amount = Decimal(typed).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{abs(amount):,.2f}".removesuffix(".00")
    return f"-£{text}" if amount < 0 else f"£{text}"


def as_listing(items: Iterable[object], last: str = "and") -> str:
    """A list as English writes it: "a, b and c"."""
    given = [items] if isinstance(items, str) else list(items)
    if isinstance(items, str) or not all(isinstance(item, str | int | float | Decimal) for item in given):
        raise _wrong("listing", "a list of texts", "inspection.findings|map(attribute='title')|listing")
    words = [str(item) for item in given]
    if sum(map(len, words)) > MAX_LISTING:
        raise ValueError(f"'listing' would make more than {MAX_LISTING:,} characters; take a shorter list")
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def as_plural(count: int, one: str, many: str = "") -> str:
    """The count with its noun: (1, "action") → "1 action", (3, "child", "children") → "3 children"."""
    _require_number(count, "plural")
    if not isinstance(one, str) or not isinstance(many, str):
        raise _wrong("plural", "a noun, or two", "plan.actions|length|plural('action')")
    return f"{with_commas(count)} {one if count == 1 else many or one + 's'}"


def as_date(day: date, form: DateForm = "plain") -> str:
    """The council's form of a date: "9 July 2012" or "9th July 2012"."""
    return f"{_day_of_month(day, form)} {_MONTHS[day.month - 1]} {day.year}"


def as_period(start: date, end: date, form: DateForm = "plain", word: str = "to") -> str:
    """From one day to another without saying anything twice: "5 to 16 March 2012"."""
    if not isinstance(start, date) or not isinstance(end, date):
        raise ValueError("period() takes two days; write period(inspection.start, inspection.end)")
    if start == end:
        return as_date(start, form)
    first = _day_of_month(start, form)
    if start.year != end.year:
        first = as_date(start, form)
    elif start.month != end.month:
        first = f"{first} {_MONTHS[start.month - 1]}"
    return f"{first} {word} {as_date(end, form)}"


def _day_of_month(day: date, form: DateForm) -> str:
    if form == "plain":
        return str(day.day)
    ending = "th" if 10 < day.day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day.day}{ending}"


def with_capital(text: str) -> str:
    """The text with its first letter a capital."""
    if not isinstance(text, str):
        raise _wrong("capital", "a text", "inspection.title|capital")
    return text[:1].upper() + text[1:]


def fill(wording: str, **names: str) -> str:
    """A house's wording with its places filled: "{group}" as given, "{GROUP}" in capitals."""
    for name, value in names.items():
        wording = wording.replace("{" + name + "}", value).replace("{" + name.upper() + "}", value.upper())
    return wording
