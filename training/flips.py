"""Sentences turned into their opposite, so that training can pull a sentence away from its own reverse.

A flip swaps one word for its opposite or adds or drops a negation. The opposites of Chinese words come from a list
beside the training text (MIT); English ones and negations are here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence

_ENGLISH = (
    "increase decrease|increases decreases|increased decreased|higher lower|high low|more less|more fewer|most least|"
    "larger smaller|large small|big small|faster slower|fast slow|before after|above below|maximum minimum|max min|"
    "always never|all none|with without|true false|enable disable|enabled disabled|include exclude|includes excludes|"
    "allow forbid|add remove|adds removes|first last|start end|open close|better worse|best worst|positive negative|"
    "easy hard|easier harder|long short|longer shorter|strong weak|stronger weaker|deep shallow|upper lower|left right|"
    "same different|possible impossible|stable unstable|necessary unnecessary|supervised unsupervised|local global|"
    "static dynamic|global local|input output|encoder decoder|mutable immutable|required optional|public private|"
    "synchronous asynchronous|sparse dense|minimize maximize|minimizes maximizes|overfitting underfitting|can cannot"
)
_CHINESE = (
    "增大 减小|增加 减少|提高 降低|上升 下降|变大 变小|变多 变少|更大 更小|更多 更少|更高 更低|更快 更慢|更好 更差|"
    "最大 最小|最高 最低|最多 最少|较大 较小|较高 较低|较多 较少|之前 之后|以上 以下|大于 小于|高于 低于|多于 少于|"
    "超过 低于|开启 关闭|启用 禁用|支持 不支持|需要 不需要|可以 不可以|能够 不能|必须 不必|允许 禁止|有 没有|"
    "包含 不包含|相同 不同|正 负|输入 输出|加快 减慢|加速 减速|容易 难以|简单 复杂|稳定 不稳定|收敛 发散|上采样 下采样|"
    "过拟合 欠拟合|编码器 解码器|全局 局部|静态 动态|同步 异步|稀疏 稠密|升维 降维|放大 缩小|正确 错误|有效 无效|"
    "可变 不可变|线性 非线性"
)
_ENGLISH_NOT = re.compile(r"\b(is|are|was|were|can|does|do|will|should|must)(?: not|n't)\b", re.IGNORECASE)
_ENGLISH_BE = re.compile(r"\b(is|are|was|were|can|will|should|must)\b", re.IGNORECASE)
_CHINESE_NOT = re.compile(r"不(?=[会能是可需要再必应])|没有(?=[\u4e00-\u9fff])|无需")
_CHINESE_BE = re.compile(r"(?<![不是就还])(?=会|能|可以|需要|应该|必须)")


def opposites(listed: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    """Return each word's opposite, both ways; the first one given wins."""
    found: dict[str, str] = {}
    own = [tuple(pair.split()) for pair in f"{_ENGLISH}|{_CHINESE}".split("|")]
    for first, second in [*own, *listed]:
        found.setdefault(first, second)
        found.setdefault(second, first)
    return found


def flipped(text: str, words: Mapping[str, str], rng: random.Random) -> str | None:
    """Return the text with one word turned round, or None where nothing in it can be turned.

    Args:
        text: a sentence of either language.
        words: as `opposites` returns them.
        rng: chooses among the ways.
    """
    ways = [*_swaps(text, words), *_negations(text)]
    return rng.choice(ways) if ways else None


def _swaps(text: str, words: Mapping[str, str]) -> list[str]:
    found = []
    for match in re.finditer(r"[A-Za-z]+", text):
        other = words.get(match.group().lower())
        if other is not None:
            found.append(text[: match.start()] + other + text[match.end() :])
    for length in (3, 2):
        for place in range(len(text) - length + 1):
            word = text[place : place + length]
            if not word.isascii() and (other := words.get(word)) is not None:
                found.append(text[:place] + other + text[place + length :])
    return found


def _negations(text: str) -> list[str]:
    found = []
    if match := _ENGLISH_NOT.search(text):
        found.append(text[: match.start()] + match.group(1) + text[match.end() :])
    elif match := _ENGLISH_BE.search(text):
        found.append(f"{text[: match.end()]} not{text[match.end() :]}")
    if match := _CHINESE_NOT.search(text):
        found.append(text[: match.start()] + text[match.end() :])
    elif match := _CHINESE_BE.search(text):
        found.append(f"{text[: match.start()]}不{text[match.start() :]}")
    return found
