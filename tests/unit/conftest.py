"""A small set of questions, a clock that ticks, and the real grader over the real model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from viva.history.history import History
from viva.types import Entry, Place, Point


class Ticking:
    """A clock that moves on by a second at each look, and further when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def wait(self, **step: float) -> None:
        self.now += timedelta(**step)


class Still:
    """A clock that moves only when told."""

    def __init__(self, ticking: Ticking) -> None:
        self.now = ticking.now

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


QUESTIONS = (
    ("Optimizers", "为什么要用动量", "让更新方向更平稳；加快收敛"),
    ("Optimizers", "What does weight decay do", "It shrinks the weights; it lowers overfitting"),
    ("Optimizers", "学习率预热有什么用", "训练初期更稳定；避免开头的大梯度把参数带偏"),
    ("Attention", "自注意力的复杂度是多少", "和序列长度的平方成正比"),
    (
        "Attention",
        "Why scale the dot product",
        "Large dot products saturate the softmax; scaling keeps gradients useful",
    ),
    ("Attention", "位置编码解决什么问题", ""),
)


def make_entry(
    index: int,
    question: str,
    answer: str = "",
    *,
    heading: str = "",
    root: str = "/nowhere/notes",
    file: str = "a.md",
    label: str | None = None,
) -> Entry:
    name = label or str(index)
    points = tuple(Point(part.strip()) for part in answer.split("；" if "；" in answer else ";") if part.strip())
    place = Place(root, file, (heading,) if heading else (), name)
    identity = f"{file}#{heading}/{name}" if heading else f"{file}#{name}"
    return Entry(identity, place, name, question, answer, points, file, index * 3, index * 3 + 1)


@pytest.fixture
def entries() -> list[Entry]:
    return [make_entry(i, question, answer, heading=h) for i, (h, question, answer) in enumerate(QUESTIONS, start=1)]


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def history(tmp_path: Path, clock: Ticking) -> Iterator[History]:
    with History(tmp_path / "history.db", clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def grader():
    from viva.grading.grader import Grader
    from viva.models.encoder import open_encoder
    from viva.models.reader import open_reader

    return Grader(open_encoder(notify=lambda _line: None), open_reader(notify=lambda _line: None))


@pytest.fixture
def entry_of() -> Callable[..., Entry]:
    return make_entry


@pytest.fixture
def snapshot() -> Callable[[History], Sequence[tuple[object, ...]]]:
    """All that the history holds, but for what an undone turn leaves behind."""

    def take(history: History) -> list[tuple[object, ...]]:
        reviews = history.database.rows("SELECT * FROM reviews WHERE NOT undone ORDER BY id")
        cards = history.database.rows("SELECT question_key, state, due FROM cards ORDER BY question_key")
        return [tuple(row) for row in (*reviews, *cards)]

    return take
