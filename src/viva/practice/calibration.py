"""Calibration: from similarity and overlap to what a human marker would give, and the bands of a grade.

The numbers depend on the model, so they lie beside it in `calibration.json`; `python -m training.calibrate` fits them.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields, replace
from pathlib import Path

from viva.errors import ModelError
from viva.i18n import tr
from viva.reasons import why
from viva.types import Encoder, Status, Verdict

EMBEDDED = Path(__file__).resolve().parent.parent / "semantics" / "model" / "calibration.json"
STRONG_FROM = 75
PARTIAL_FROM = 40
AT_KNEE = 0.7
"""The grade, of 1, from which on more words bring less: see `Calibration.score`."""
_STATUSES: dict[Verdict, Status] = {"strong": "covered", "partial": "partial", "weak": "missed"}
_LEAST_CREDIT = 0.1
"""Less is chance: an unrelated sentence must not lift a score by a point or two."""
_UNRELATED = (
    "A lock keeps two threads from changing the same counter.",
    "The harbour freezes over in most winters.",
    "她每天早上给阳台上的番茄浇水。",
    "损失函数衡量预测与标签的差距。",
    "Tickets for the night train are sold out.",
    "这座桥建于十九世纪末。",
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The numbers of the map. Slopes are never negative, so that more evidence never means a lower grade."""

    model: str = "default"
    """The model these numbers were fitted with; "default" serves every other model."""
    bias: float = -3.0
    similarity: float = 4.4
    """Slope of the cosine between a point and its evidence."""
    overlap: float = 2.7
    """Slope of the share of the point's terms that the answer holds."""
    aligned: float = 0.0
    """Slope of the share of the point's words that the answer holds in the same or kindred words."""
    matched: float = 0.0
    """Part of the credit, 0 to 1, that is the share of the point's words with a word of the answer to themselves; 0
    for a model without vectors of words."""
    foreign_bias: float = -3.9
    """Bias where point and answer are in different languages and cannot share words."""
    foreign_similarity: float = 7.4
    foreign_aligned: float = 0.0
    foreign_matched: float = 0.0
    floor: float = 0.2
    """What unrelated texts reach under this model: up to here a cosine counts as no similarity at all."""
    damping: float = 0.5
    """Exponent of a point's information in its weight: 1 in proportion, 0 all points alike."""
    knee: float = 0.6
    """Mean credit that a human marker rewards with a grade of 0.7: see `score`."""

    def credit(
        self, similarity: float, overlap: float, aligned: float = 0.0, matched: float = 0.0, *, foreign: bool = False
    ) -> float:
        """Return how far a point is covered: 0 without any evidence, below 1, monotone in all arguments."""
        risen = max(0.0, (similarity - self.floor) / (1.0 - self.floor))
        bias, by_vectors, by_words, part = (
            (self.foreign_bias, self.foreign_similarity, self.foreign_aligned, self.foreign_matched)
            if foreign
            else (self.bias, self.similarity, self.aligned, self.matched)
        )
        evidence = by_vectors * risen + by_words * aligned + self.overlap * overlap
        nothing = _logistic(bias)
        held = (_logistic(bias + evidence) - nothing) / (1.0 - nothing)
        credit = (1.0 - part) * held + part * matched
        return credit if credit >= _LEAST_CREDIT else 0.0

    def score(self, coverage: float) -> int:
        """Return the grade, 0 to 100, for the weighted mean credit of the points.

        It rises all the way, steeply up to `knee` and slowly from there: markers give a right answer in other words
        almost full marks, and the reference's own words no more than that.
        """
        covered = max(0.0, min(1.0, coverage))
        if covered <= self.knee:
            return round(100 * AT_KNEE * covered / self.knee)
        return round(100 * (AT_KNEE + (1.0 - AT_KNEE) * (covered - self.knee) / (1.0 - self.knee)))

    def status(self, credit: float) -> Status:
        """Return what the credit of a point is called: it has the bands that a whole answer's score has."""
        return _STATUSES[verdict_of(self.score(credit))]


def _logistic(number: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, number))))


def verdict_of(score: int, *, unsure: bool = False) -> Verdict:
    """Return the band of a score; `unsure` where the evidence is too thin to say."""
    if unsure:
        return "unsure"
    if score >= STRONG_FROM:
        return "strong"
    return "partial" if score >= PARTIAL_FROM else "weak"


def _fitted(model_id: str, path: Path) -> Calibration | None:
    """Return the numbers fitted for `model_id`, or None when there are none.

    Args:
        model_id: `Encoder.model_id`.
        path: `{"calibrations": [{"model": ..., "bias": ..., ...}, ...]}`.

    Raises:
        ModelError: The file is damaged.
    """
    if not path.is_file():
        return None
    names = {field.name for field in fields(Calibration)}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["calibrations"]
        known = {row["model"]: Calibration(**{key: row[key] for key in names if key in row}) for row in rows}
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ModelError(
            tr("{path} is damaged ({error}); install viva again or run training.calibrate", path=path, error=why(error))
        ) from error
    return known.get(model_id)


def calibration_for(encoder: Encoder, path: Path = EMBEDDED) -> Calibration:
    """Return the numbers fitted for this encoder, else the defaults above its own floor.

    Models differ most in what they give for unrelated texts: 0.0 for one, 0.8 for another. That is measured here on a
    few unrelated sentences, so that a model without numbers of its own is at least read from the right zero.

    Raises:
        ModelError: The file is damaged.
    """
    fitted = _fitted(encoder.model_id, path)
    if fitted is not None:
        return fitted
    vectors = encoder.encode(_UNRELATED)
    cosines = vectors @ vectors.T
    others = [float(cosines[i, j]) for i in range(len(_UNRELATED)) for j in range(i)]
    return replace(Calibration(), floor=max(Calibration().floor, min(0.95, max(others))))
