"""From what is covered and denied to the mark of an examiner, and the bands of a mark.

Fitted to the marks of subjects that the reader never saw (`training.grading`), from what the witnesses see of their
answers. The mark rises with what is covered, and with what the reader makes of the answer as a whole; what is wrong
beside it costs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from viva.types import Status, Verdict

FITTED = Path(__file__).resolve().parent / "fitted.json"
STRONG_FROM = 75
PARTIAL_FROM = 40
_LEAST = 0.01
_CHANCE = 0.1
_ALL = 1.0 - 1e-9


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers of the map; none is negative, so that more evidence never means a lower mark."""

    bias: float
    rise: float
    """Of coverage."""
    penalty: float
    """Of what is denied."""
    whole: float
    """Of the log-odds of the mark that the reader gives the answer as a whole."""
    covered: float
    """Credit from which on a point is covered."""
    partial: float
    """Credit from which on it is partly covered."""
    contradicted: float
    """Certainty from which on a point is called contradicted."""
    differs: float
    """Certainty from which on the answer is said to differ from it, and earns nothing by it."""
    doubt: float
    """Mean variance of the credits, up to 0.25, from which on the answer is left to the user to judge."""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Calibration:
        """Return the numbers of a JSON object."""
        return cls(**values)

    def score(self, coverage: float, wrong: float, whole: float | None = None) -> int:
        """Return the mark, 0 to 100: 0 for nothing and 100 for all.

        Args:
            coverage: weighted mean credit of the points, 0 to 1.
            wrong: weighted mean certainty that a point is denied, 0 to 1.
            whole: mark of the answer read beside all points at once, 0 to 1; None where nothing was read.
        """
        if coverage >= _ALL and not wrong:
            return 100
        seen = coverage if whole is None else whole
        if coverage <= 0.0 and seen <= _CHANCE:
            return 0
        odds = self.bias + self.rise * coverage - self.penalty * wrong + self.whole * log_odds(seen)
        return round(100.0 / (1.0 + math.exp(-odds)))

    def settled(self, credit: float, denied: float) -> tuple[float, float]:
        """Return what counts of both: a point that seems denied earns nothing, the slightest doubt costs nothing."""
        return (0.0 if denied >= self.differs else credit), max(0.0, denied - _CHANCE)

    def status(self, credit: float, denied: float) -> Status:
        """Return what is said of a point."""
        if denied >= self.differs:
            return "contradicted" if denied >= self.contradicted else "differs"
        if credit >= self.covered:
            return "covered"
        return "partial" if credit >= self.partial else "missed"


def log_odds(share: float) -> float:
    """Return the log-odds of a share from 0 to 1, which is never taken for quite certain."""
    inside = min(max(share, _LEAST), 1.0 - _LEAST)
    return math.log(inside / (1.0 - inside))


def verdict_of(score: int, *, unsure: bool = False) -> Verdict:
    """Return the band of a score; `unsure` where the evidence is too thin to say."""
    if unsure:
        return "unsure"
    if score >= STRONG_FROM:
        return "strong"
    return "partial" if score >= PARTIAL_FROM else "weak"


@cache
def calibration() -> Calibration:
    """Return the numbers that are part of viva."""
    return Calibration.of(json.loads(FITTED.read_text(encoding="utf-8"))["calibration"])
