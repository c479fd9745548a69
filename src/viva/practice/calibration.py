"""Calibration: from similarity and overlap to what a human marker would give, and the bands of a grade.

The numbers depend on the model, so they lie beside it in `calibration.json`; `python -m training.calibrate` fits them.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from pathlib import Path

from viva.errors import ModelError
from viva.types import Status, Verdict

EMBEDDED = Path(__file__).resolve().parent.parent / "semantics" / "model" / "calibration.json"
STRONG_FROM = 75
PARTIAL_FROM = 40
COVERED_FROM = 0.7
PARTLY_FROM = 0.3


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers of the map. Slopes are never negative, so that more evidence never means a lower grade."""

    model: str = "default"
    """The model these numbers were fitted with; "default" serves every other model."""
    bias: float = -4.6
    similarity: float = 7.5
    """Slope of the cosine between a point and its evidence."""
    overlap: float = 3.2
    """Slope of the share of the point's terms that the answer holds."""
    foreign_bias: float = -4.4
    """Bias where point and answer are in different languages and cannot share words."""
    foreign_similarity: float = 9.5
    damping: float = 0.5
    """Exponent of a point's information in its weight: 1 in proportion, 0 all points alike."""
    full: float = 0.92
    """Mean credit that a human marker rewards with full marks."""

    def credit(self, similarity: float, overlap: float, *, foreign: bool = False) -> float:
        """Return how far a point is covered, 0 to 1, monotone in both arguments."""
        if foreign:
            logit = self.foreign_bias + self.foreign_similarity * similarity + self.overlap * overlap
        else:
            logit = self.bias + self.similarity * similarity + self.overlap * overlap
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))

    def score(self, coverage: float) -> int:
        """Return the grade, 0 to 100, for the weighted mean credit of the points."""
        return round(100 * max(0.0, min(1.0, coverage / self.full)))


def status_of(credit: float) -> Status:
    """Return what a credit between 0 and 1 is called."""
    if credit >= COVERED_FROM:
        return "covered"
    return "partial" if credit >= PARTLY_FROM else "missed"


def verdict_of(score: int, *, unsure: bool = False) -> Verdict:
    """Return the band of a score; `unsure` where the evidence is too thin to say."""
    if unsure:
        return "unsure"
    if score >= STRONG_FROM:
        return "strong"
    return "partial" if score >= PARTIAL_FROM else "weak"


def load_calibration(model_id: str, path: Path = EMBEDDED) -> Calibration:
    """Return the numbers fitted for `model_id`, else the defaults.

    Args:
        model_id: `Encoder.model_id`.
        path: `{"calibrations": [{"model": ..., "bias": ..., ...}, ...]}`.

    Raises:
        ModelError: The file is damaged.
    """
    if not path.is_file():
        return Calibration()
    names = {field.name for field in fields(Calibration)}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["calibrations"]
        known = {row["model"]: Calibration(**{key: row[key] for key in names if key in row}) for row in rows}
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ModelError(
            f"{path} is damaged ({error}); install viva again or fit it with training.calibrate"
        ) from error
    return known.get(model_id) or known.get("default") or Calibration()
