"""Times → medians, spread and ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some figures, and the least and the greatest of them."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        """With its spread where there is one: "1.20 (1.15–1.31)"."""
        if self.least == self.greatest:
            return shown(self.median)
        return f"{shown(self.median)} ({shown(self.least)}–{shown(self.greatest)})"


def spread(figures: Sequence[float]) -> Spread:
    """Raises ValueError if there are none."""
    if not figures:
        raise ValueError("there are no figures")
    return Spread(median(figures), min(figures), max(figures))


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """The ratio of the medians; least and greatest are those of runs that stood side by side."""
    paired = [one / other for one, other in zip(ours, theirs, strict=False)]
    return Spread(median(ours) / median(theirs), min(paired), max(paired))


def shown(figure: float) -> str:
    """With as many digits as mean something: "0.41", "12.3", "140"."""
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"
