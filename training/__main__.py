"""Makes the embedded model: `python -m training`, or `make train`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from training import terms
from training.make import Known, make, read, write_report
from training.recipe import Recipe
from training.sources import SHARED
from training.teacher import teach, vocabulary
from viva.models.embedded import EMBEDDED_FOLDER

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "training"


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the text, train, and write the model's folder."""
    chosen = _parser().parse_args(arguments)
    if not chosen.data.is_dir():
        print(f"There is no training text at {chosen.data}; name its folder with --data.")
        raise SystemExit(1)
    recipe = replace(
        Recipe(), **{name: value for name in ("steps", "seed") if (value := getattr(chosen, name)) is not None}
    )
    dictionary = terms.dictionary()
    material = read(chosen.data, recipe.seed, dictionary)
    made = make(
        recipe,
        material,
        lambda texts: teach(texts, CACHE / "teacher"),
        chosen.out,
        known=Known(*vocabulary(), [row.zh for row in dictionary]),
        swaps=terms.antonyms(chosen.data),
        shared=chosen.data.parent,
    )
    write_report(CACHE / "report.json", recipe, made)
    print(f"{chosen.out} is made; python -m training.grading fits the grader to it, make bench measures it.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, default=SHARED, help="folder of the training text")
    parser.add_argument(
        "--out", type=Path, default=EMBEDDED_FOLDER, help="folder of the model (default: the embedded one)"
    )
    parser.add_argument("--steps", type=int, help="training steps, instead of the recipe's")
    parser.add_argument("--seed", type=int, help="seed, instead of the recipe's")
    return parser


if __name__ == "__main__":
    main()
