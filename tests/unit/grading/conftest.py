"""The real model, the shipped sample notes and a few questions of this project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from viva.grading.grader import Grader
from viva.models.encoder import open_encoder
from viva.models.reader import open_reader
from viva.notes.points.split import split_points
from viva.notes.reader import read_notes
from viva.types import Encoder, Entry, Place, Reader

ROOT = Path(__file__).resolve().parents[3]


def make_entry(question: str, answer: str, name: str = "own#1", number: str | None = "1") -> Entry:
    return Entry(name, Place("", "own", (), name), number, question, answer, split_points(answer), "own", 1, 1)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder(notify=lambda line: None)


@pytest.fixture(scope="session")
def samples() -> list[Entry]:
    return [entry for entry in read_notes([ROOT / "kb"]).entries if entry.answered]


@pytest.fixture(scope="session")
def reader() -> Reader:
    opened = open_reader(notify=lambda line: None)
    assert opened is not None
    return opened


@pytest.fixture(scope="session")
def grader(encoder: Encoder, reader: Reader, samples: list[Entry]) -> Grader:
    return Grader(encoder, reader, entries=samples)


@pytest.fixture(scope="session")
def chinese() -> Entry:
    return make_entry(
        "学习率预热有什么好处",
        "1.训练初期梯度很大，预热避免参数剧烈震荡\n2.让归一化层的统计量先稳定下来\n3.大批量训练时收敛更平稳",
    )


@pytest.fixture(scope="session")
def english() -> Entry:
    return make_entry(
        "Why shuffle the training data?",
        "- Neighbouring samples are correlated, so ordered batches give biased gradients\n"
        "- Shuffling makes every batch look like the whole data set\n"
        "- It keeps the network from memorising the order",
    )
