"""Makes the reader: `python -m training.reading [--minutes M] [--from FOLDER] [--out FOLDER]`.

Broken off, it goes on where it was when it is called again with the same --out. The marked answers are in this
project; the entailment sets and the answers of students lie in the folder of --data.
"""

import argparse
from dataclasses import replace
from pathlib import Path

from training.reading import calibrate, e5, export, train
from training.reading.recipe import FURTHER, Recipe, passes
from viva.models.onnx_reader import EMBEDDED_FOLDER

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
WORK = Path("build") / "reader"


def main() -> None:
    """Trains, fits the scaling on the validation subjects, and writes the folder that viva ships."""
    wants = argparse.ArgumentParser(prog="python -m training.reading", description=__doc__)
    wants.add_argument("--data", type=Path, default=SHARED, help="the folder with training/ and grading/")
    wants.add_argument("--from", dest="start", type=Path, help="a trained reader to go on from, instead of e5")
    wants.add_argument("--out", type=Path, default=WORK, help="where the run is kept")
    wants.add_argument("--ship", type=Path, default=EMBEDDED_FOLDER, help="where the finished model goes")
    wants.add_argument("--minutes", type=float, help="end by the clock")
    wants.add_argument("--passes", type=int, default=Recipe.passes)
    wants.add_argument("--seed", type=int, default=0)
    wants.add_argument("--rate", type=float, default=train.Stage.rate)
    wants.add_argument("--last", type=float, default=train.Stage.last)
    wants.add_argument("--without", nargs="*", default=(), help="public sets not to learn from")
    asked = wants.parse_args()
    start = asked.start or e5.start(asked.data)
    recipe = replace(FURTHER if asked.start else Recipe(), passes=asked.passes, seed=asked.seed)
    stage = replace(train.Stage(), rate=asked.rate, last=asked.last, seed=asked.seed)
    given = list(passes(asked.data, recipe, asked.without))
    train.run(start, asked.out, given, stage, minutes=asked.minutes)
    export.ship(asked.out, asked.ship, calibrate.scaling(asked.out))


if __name__ == "__main__":
    main()
