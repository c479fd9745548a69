"""Notes of our own for the index and search, and the real embedded model."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from viva.models.encoder import open_encoder
from viva.types import Encoder, Entry, Place, TextKind

PAIRS = [
    ("什么是学习率", "参数每一步沿负梯度走多远\n太大会震荡，太小则收敛慢", ("优化",)),
    ("感受野怎么计算", "逐层递推，每层加上核大小减一乘以之前步长的积", ("CNN",)),
    ("空洞卷积有什么用", "在核元素之间插空，不降低分辨率而扩大感受野\n适合语义分割", ("CNN", "分割")),
    (
        "How does dropout work?",
        "Units are switched off at random while training.\nNothing is dropped at test time.",
        (),
    ),
    ("What is a random forest?", "Many decision trees on bootstrap samples, whose votes are averaged.", ("trees",)),
    ("Why use FPN?", "A Feature Pyramid Network merges coarse and fine maps to find objects of all sizes.", ("CNN",)),
    ("什么是交叉熵", "真实分布与预测分布之间的差异，分类任务的常用损失", ()),
    ("R-CNN 与 Fast R-CNN 有何区别", "后者整张图只卷积一次，再从特征图上取候选区域", ("CNN",)),
    ("RNN为什么会梯度消失", "", ()),
]


def entry(number: int, question: str, answer: str, tags: Sequence[str] = (), file: str = "notes.md") -> Entry:
    line = number * 10
    return Entry(
        id=f"{file}#{number}",
        place=Place("/notes", file, ("深度学习",) if number <= 3 else (), str(number)),
        number=str(number),
        question=question,
        answer=answer,
        points=(),
        file=file,
        line=line,
        end_line=line + (answer.count("\n") + 1 if answer else 0),
        tags=tuple(tags),
    )


@pytest.fixture
def entries() -> list[Entry]:
    return [entry(number, *pair) for number, pair in enumerate(PAIRS, start=1)]


class CountingEncoder:
    """The real embedded model, which remembers what it was asked to encode."""

    def __init__(self, inner: Encoder, model_id: str | None = None) -> None:
        self._inner = inner
        self.model_id = model_id or inner.model_id
        self.dimension = inner.dimension
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], kind: TextKind = "passage") -> NDArray[np.float32]:
        self.texts.extend(texts)
        return self._inner.encode(texts, kind)


@pytest.fixture(scope="session")
def embedded() -> Encoder:
    return open_encoder(notify=pytest.fail)


@pytest.fixture
def encoder(embedded: Encoder) -> CountingEncoder:
    return CountingEncoder(embedded)


@pytest.fixture
def make_entry() -> Callable[..., Entry]:
    return entry


@pytest.fixture
def other_model(embedded: Encoder) -> CountingEncoder:
    return CountingEncoder(embedded, "other@1234")
