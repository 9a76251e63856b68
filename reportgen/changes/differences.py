"""Two versions of a record → every place where they differ.

Walks the fields of the records whatever these are, so that a field that is added to the model is compared, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from reportgen.changes.matching import match, moved
from reportgen.diagnostics import Location
from reportgen.model.base import Prose, Record
from reportgen.model.framework import Framework

Path = tuple[str | int, ...]
"""The keys and places that lead to a value from the record that a file holds."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands in both versions."""

    old: Path = ()
    new: Path = ()
    within: tuple[tuple[Record, Record], ...] = ()
    """The records that it stands in, as they were and as they are, the file's own first."""

    def down(self, old: str | int, new: str | int) -> Spot:
        """The value below this one, under the key or at the place of either version."""
        return replace(self, old=(*self.old, old), new=(*self.new, new))

    def inside(self, old: Record, new: Record) -> Spot:
        """The same place, for what stands in the record there."""
        return replace(self, within=(*self.within, (old, new)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is not as it was: given now, gone, changed, or an item of a list that has changed places.

    The path of a value that one version lacks ends there where it would stand.
    """

    what: Literal["given", "gone", "changed", "moved"]
    spot: Spot
    was: object
    now: object

    @property
    def old_at(self) -> Location:
        """The place in the old version; that of what it would stand in, where it is not there."""
        return _place(self.was, self.spot.within[0][0], self.spot.old)

    @property
    def new_at(self) -> Location:
        """The place in the new version; that of what it would stand in, where it is not there."""
        return _place(self.now, self.spot.within[0][1], self.spot.new)


def differences(old: Record, new: Record) -> Iterator[Difference]:
    """What differs between two records of one kind, in the order of their fields; the ids of files do not count."""
    yield from _in_records(old, new, Spot(), without="id")


def _in_records(old: Record, new: Record, spot: Spot, without: str = "") -> Iterator[Difference]:
    spot = spot.inside(old, new)
    for name in type(new).model_fields:
        if name != without:
            yield from _in_values(getattr(old, name), getattr(new, name), spot.down(name, name))


def _in_values(old: object, new: object, spot: Spot) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, Framework) and isinstance(new, Framework) and old.id != new.id:
        yield Difference("changed", spot, old.id, new.id)  # what they say differs for that reason
    elif isinstance(old, Record) and isinstance(new, Record) and type(old) is type(new):
        yield from _in_records(old, new, spot)
    elif isinstance(old, Prose) and isinstance(new, Prose):
        if old.text != new.text:
            yield Difference("changed", spot, old, new)
        yield from _in_values(old.marking, new.marking, spot.down("marking", "marking"))
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _in_lists(old, new, spot)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in (*old, *(key for key in new if key not in old)):
            yield from _in_values(old.get(key), new.get(key), spot.down(key, key))
    else:
        yield Difference("given" if old is None else "gone" if new is None else "changed", spot, old, new)


def _in_lists(old: tuple[object, ...], new: tuple[object, ...], spot: Spot) -> Iterator[Difference]:
    pairs = match(old, new)
    elsewhere = moved(pairs)
    for was, now in pairs:
        if was is None and now is not None:
            yield Difference("given", spot.down(len(old), now), None, new[now])
        elif was is not None and now is None:
            yield Difference("gone", spot.down(was, len(new)), old[was], None)
        elif was is not None and now is not None:
            if now in elsewhere:
                yield Difference("moved", spot.down(was, now), old[was], new[now])
            yield from _in_values(old[was], new[now], spot.down(was, now))


def _place(value: object, record: Record, path: Path) -> Location:
    return value.location if isinstance(value, Prose) and value.location.path else record.at(*path)
