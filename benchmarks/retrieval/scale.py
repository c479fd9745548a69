"""How fast it is with many entries: made up from a seeded vocabulary, so that anyone gets the same notes."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from viva.retrieval.build import open_index
from viva.retrieval.searcher import Searcher
from viva.types import Encoder, Entry, Place

_THINGS = (
    "卷积",
    "池化",
    "梯度",
    "损失",
    "注意力",
    "归一化",
    "正则",
    "采样",
    "特征",
    "标签",
    "权重",
    "偏置",
    "网络",
    "模型",
    "数据",
    "缓存",
    "索引",
    "事务",
    "线程",
    "进程",
    "token",
    "kernel",
    "batch",
    "gradient",
    "feature",
    "cache",
    "index",
    "thread",
    "query",
    "schema",
    "router",
    "socket",
    "planner",
    "encoder",
)
_DEEDS = tuple("减少 增加 影响 替代 稳定 加速 限制 依赖 improve limit cause replace share split merge delay".split())  # noqa: SIM905
_WHERE = ("训练时", "推理时", "小样本下", "高并发下", "长序列中", "offline", "in production", "under load", "at scale")


@dataclass(frozen=True, slots=True)
class Speed:
    """Seconds and milliseconds at one size."""

    entries: int
    texts: int
    exact: bool
    build_s: float
    update_s: float
    """After one entry in a hundred has changed."""
    open_s: float
    search_p50_ms: float
    search_p95_ms: float


def invented(count: int, seed: int = 7) -> list[Entry]:
    """Return entries of a question and a few sentences each."""
    rng = random.Random(seed)
    return [_entry(number, rng) for number in range(count)]


def sentence(rng: random.Random) -> str:
    """Return a made-up sentence, half Chinese and half English."""
    first, second, third = rng.choices(_THINGS, k=3)
    return f"{first}{second} {rng.choice(_WHERE)}{rng.choice(_DEEDS)} {third} {rng.randrange(1000)}"


def _entry(number: int, rng: random.Random) -> Entry:
    answer = "\n".join(sentence(rng) for _ in range(rng.randint(2, 6)))
    question = f"{sentence(rng)}？"
    place = Place("/notes", "notes.txt", (), str(number))
    line = number * 8 + 1
    return Entry(
        f"notes.txt#{number}",
        place,
        str(number),
        question,
        answer,
        (),
        "notes.txt",
        line,
        line + answer.count("\n") + 1,
    )


def measure(count: int, encoder: Encoder) -> Speed:
    """Build, update, open and search an index of `count` entries."""
    entries = invented(count)
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        built, index = _timed(lambda: open_index(Path(folder), entries, encoder, notify=_silent))
        changed = [
            replace(e, answer=f"{e.answer} {rng.random()}") if i % 100 == 0 else e for i, e in enumerate(entries)
        ]
        updated, index = _timed(lambda: open_index(Path(folder), changed, encoder, notify=_silent))
        opened, index = _timed(lambda: open_index(Path(folder), changed, encoder, notify=_silent))
        searcher = Searcher(index, changed, encoder)
        searcher.search("warm")
        queries = [sentence(rng) for _ in range(200)]
        times = [_timed(partial(searcher.search, query))[0] * 1000 for query in queries]
    p50, p95 = np.percentile(times, [50, 95])
    return Speed(count, index.texts, index.exact, *_rounded((built, updated, opened, p50, p95)))


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def _rounded(numbers: Iterable[float]) -> list[float]:
    return [round(float(number), 3) for number in numbers]


def _silent(_: str) -> None:
    """Drop a line of talk."""
