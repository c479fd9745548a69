"""A few hundred pairs made of our own glossary and sample notes: enough to run the whole recipe."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from training.make import Known, make
from training.recipe import SMALL
from training.sources import Judged, Material, Parallel, Scored, Section, is_chinese
from training.terms import own_glossary
from viva.models.embedded import EMBEDDED_FOLDER, StaticModel
from viva.notes.reader import read_notes

ROOT = Path(__file__).resolve().parents[3]
FRAMES = (
    ("为什么要用{}", "why is {} used"),
    ("{}有什么缺点", "what are the drawbacks of {}"),
    ("训练时会增加{}", "training increases {}"),
)


@pytest.fixture(scope="session")
def material() -> Material:
    names = [row for row in own_glossary() if is_chinese(row.zh)]
    parallel = tuple(
        Parallel(zh.format(row.zh), en.format(row.en), "frames")
        for place, row in enumerate(names)
        for zh, en in [FRAMES[place % len(FRAMES)]]
    )
    entries = read_notes([ROOT / "kb"]).entries
    points = [point.text for entry in entries for point in entry.points]
    return Material(
        parallel=parallel,
        sections=tuple(Section(entry.question, entry.answer, "kb") for entry in entries if entry.answer),
        scored=tuple(
            Scored(first, second, float(first == second), "kb")
            for first, second in [*zip(points, points, strict=True), *pairwise(points)]
        ),
        judged=tuple(Judged(e.question, e.answer, o.answer, "kb") for e, o in pairwise(entries)),
        terms=tuple(names),
    )


@pytest.fixture(scope="session")
def teach():
    """The embedded model teaches: it knows what the texts mean, and the real teacher is 90 MB."""
    model = StaticModel(EMBEDDED_FOLDER)
    return lambda texts: np.asarray(model.encode(list(texts)))


@pytest.fixture(scope="session")
def made(material, teach, tmp_path_factory):
    """The folder of a small run, and what the run tells."""
    folder = tmp_path_factory.mktemp("model")
    known = Known(english=["training"], inner=["ing", "ed"], chinese=["训练", "缺点"])
    return folder, make(SMALL, material, teach, folder, known=known, say=lambda _: None)
