"""Fits the grader's calibration for the embedded model: `python -m training.calibrate`.

Fitted on the training splits of the public graded answers beside the project, on answers to other questions (which must
score 0), and on sentence pairs in two languages. Deterministic: the same data and model give the same file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from benchmarks.grading.fitting import fit, groups
from benchmarks.grading.sets import NAMES, SHARED
from viva.practice.calibration import EMBEDDED
from viva.semantics.encoder import open_encoder

LICENSED = tuple(name for name in NAMES if name != "cunlp")
"""What is shipped is fitted on sets with an open licence only; the others measure."""


def main() -> None:
    """Fit and write `calibration.json` beside the model."""
    if not (SHARED / "grading").is_dir():
        print("The graded answers are not beside the project; nothing is fitted.")
        return
    encoder = open_encoder(notify=print)
    found = fit(groups(encoder, LICENSED))
    numbers = {
        key: round(value, 4) if isinstance(value, float) else value
        for key, value in asdict(replace(found, model=encoder.model_id)).items()
    }
    written = {"fitted on": list(LICENSED), "calibrations": [numbers]}
    EMBEDDED.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(numbers, indent=2))


if __name__ == "__main__":
    main()
