"""Which tokens the table has a vector for, and the tokenizer that cuts text into them.

A text is folded, cut into runs of Chinese characters, words of letters and digits, and a few signs of mathematics;
each run is then cut greedily into the longest tokens of the vocabulary (WordPiece without a prefix for inner pieces):
75,000 unigram pieces take 130 ms to load, these 30. Chinese words that lead greedy cutting astray are left out of the
vocabulary. English words and technical spellings (`bn`, `1x1`, `f1`, `resnet50`) are tokens as a whole. Punctuation and
blanks carry no vector.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from training.folding import common_characters, normaliser

UNKNOWN = "[UNK]"
SIGNS = "+%=<>≤≥≠≈√∑∏∞∂∇"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_RUN = 24  # Chinese characters; greedy matching takes quadratic time in the length of a run
_PIECES = rf"c\+\+|[a-z0-9{GREEK}]+(?:'[a-z]+)?|[一-龥]{{1,{_RUN}}}|[{SIGNS}]"
_LONGEST_WORD = 24
_SHORTEST_PLURAL = 4
_NO_PLURALS = frozenset({"lens", "means", "news"})
_LEAST_BASE = 10
_LEAST_BASE_SHARE = 0.2
_LONGEST_CHINESE = 6
_LONGEST_COLLOCATION = 4
_LEAST_COLLOCATION = 30
_COHESION = 60.0
_SWALLOWED = 0.8
_LEAST_RIGHT = 0.5
"""Of a word's uses, the share in which a segmenter too sees a word's edges at both ends."""
_ROUNDS = 3
_EVERYDAY = 10
"""How many occurrences in the text that the segmenter was made from count as one in ours."""
_MOST_EVERYDAY = 500
_MOST_REPEATS = 3  # a sentence that stands in a test of likeness ten times is no evidence for a word
_FUNCTION = frozenset(
    "的了是在和与或及而且就都也会把被让给对于这那其此该等之以为从到有个些什么吗呢吧啊哪怎如何我你他它们可并则若当请将由您中上下里后前时"
    "一两三四五六七八九十几每某各"
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many tokens of each kind are taken, the most frequent first."""

    english: int = 34_000
    inner: int = 3_000
    """Pieces inside English words, for words that are not in the vocabulary."""
    chinese: int = 42_000


def cutter() -> Any:
    """Return a tokenizer that folds and cuts into runs, before any vocabulary."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({UNKNOWN: 0}, unk_token=UNKNOWN))
    tokenizer.normalizer = normaliser()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_PIECES), behavior="removed", invert=True)
    return tokenizer


def runs(texts: Iterable[str]) -> Counter[str]:
    """Count the runs that texts are cut into."""
    tool = cutter()
    found: Counter[str] = Counter()
    for text in texts:
        folded = tool.normalizer.normalize_str(text)
        found.update(run for run, _ in tool.pre_tokenizer.pre_tokenize_str(folded))
    return found


def choose(
    counts: Counter[str], words: Sequence[str], terms: Sequence[str], inner: Sequence[str], sizes: Sizes
) -> list[str]:
    """Return the tokens of the vocabulary, the unknown one first.

    Args:
        counts: runs of the training text (`runs`).
        words: Chinese words of a dictionary, taken where the text has them or everyday language does.
        terms: names that are taken whatever their count, where they are one run.
        inner: pieces inside English words, most wanted first.
        sizes: how many are taken of each kind.
    """
    chinese = Counter({run: count for run, count in counts.items() if _is_chinese(run)})
    letters = Counter({run: count for run, count in counts.items() if not _is_chinese(run)})
    kept_terms = _single_runs(terms)
    english = [
        run
        for run, count in letters.most_common()
        if count >= 2 and len(run) <= _LONGEST_WORD and not _is_plural(run, letters)
    ]
    tokens = [UNKNOWN, *"abcdefghijklmnopqrstuvwxyz0123456789'", *GREEK, *SIGNS, "c++", *common_characters()]
    tokens += [*kept_terms, *english[: sizes.english]]
    tokens += [piece for piece in inner if 2 <= len(piece) <= 5 and re.fullmatch("[a-z]+", piece)][: sizes.inner]
    tokens += _chinese_words(chinese, words, sizes.chinese)
    return list(dict.fromkeys(tokens))


def build(tokens: Sequence[str]) -> Any:
    """Return the tokenizer of a vocabulary."""
    from tokenizers import models

    tokenizer = cutter()
    tokenizer.model = models.WordPiece(
        {token: row for row, token in enumerate(tokens)},
        unk_token=UNKNOWN,
        continuing_subword_prefix="",
        max_input_chars_per_word=100,
    )
    return tokenizer


def _is_plural(word: str, counts: Counter[str]) -> bool:
    """Tell whether a word is another one with an s: it is cut into that and the s, so that both mean the same.

    The other word must be common enough to be a token, and not a rarity beside this one ("sometimes", "physics").
    """
    base = word.removesuffix("s")
    if word == base or not word.isalpha() or len(word) < _SHORTEST_PLURAL or word in _NO_PLURALS:
        return False
    return not word.endswith(("ss", "us", "is")) and counts[base] >= max(_LEAST_BASE, _LEAST_BASE_SHARE * counts[word])


def _single_runs(terms: Sequence[str]) -> list[str]:
    """Return the terms that are one run, folded."""
    tool = cutter()
    cut = [tool.pre_tokenizer.pre_tokenize_str(tool.normalizer.normalize_str(term)) for term in terms]
    return [found[0][0] for found in cut if len(found) == 1 and 1 < len(found[0][0]) <= _LONGEST_WORD]


def _is_chinese(run: str) -> bool:
    return "一" <= run[0] <= "龥"


def _chinese_words(counts: Counter[str], words: Sequence[str], most: int) -> list[str]:
    """Return dictionary words and frequent pieces, the most frequent first when text is cut greedily into them."""
    known = {word for word in words if 2 <= len(word) <= _LONGEST_CHINESE and all("一" <= one <= "龥" for one in word)}
    edges = {run: _edges(run) for run in counts}
    candidates = known | {group for group in _collocations(counts) if not _is_clipped(group)}
    for run, ends in edges.items():
        candidates |= {run[start:end] for start, end in pairwise((0, *ends)) if 1 < end - start <= _LONGEST_CHINESE}
    for _ in range(_ROUNDS):
        used, right = _trial(counts, edges, candidates)
        candidates -= {word for word, count in used.items() if right[word] < _LEAST_RIGHT * count}
    used, _ = _trial(counts, edges, candidates)
    for word in known & candidates:
        used[word] += _everyday(word)
    return [token for token, count in used.most_common() if len(token) > 1 and count >= 2][:most]


def _everyday(word: str) -> int:
    """Return what a dictionary's word counts before any text is read: everyday words are rare in documentation."""
    import rjieba

    return min(rjieba.suggest_freq(word), _MOST_EVERYDAY) // _EVERYDAY if rjieba.has_word(word) else 0


def _edges(run: str) -> tuple[int, ...]:
    """Return where the words of a run end, as a segmenter sees it that weighs whole sentences (jieba)."""
    import rjieba

    return tuple(accumulate(len(word) for word in rjieba.cut(run)))


def _trial(
    counts: Counter[str], edges: Mapping[str, tuple[int, ...]], candidates: set[str]
) -> tuple[Counter[str], Counter[str]]:
    """Cut all runs greedily; return how often each word is used, and how often both of its ends are ends of words.

    Greedy cutting goes astray where a word begins inside two others: 是非 in 是|非常, 家公 in 两家|公司.
    """
    used: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for run, count in counts.items():
        ends = {0, *edges[run]}
        place = 0
        for token in greedy(run, candidates):
            used[token] += count
            if place in ends and place + len(token) in ends:
                right[token] += count
            place += len(token)
    return used, right


def _is_clipped(piece: str) -> bool:
    return piece[0] in _FUNCTION or piece[-1] in _FUNCTION


def greedy(run: str, known: frozenset[str] | set[str], longest: int = _LONGEST_CHINESE) -> list[str]:
    """Cut a run from the left into the longest known pieces, else single characters."""
    found = []
    start = 0
    while start < len(run):
        length = next((n for n in range(min(longest, len(run) - start), 1, -1) if run[start : start + n] in known), 1)
        found.append(run[start : start + length])
        start += length
    return found


def _collocations(counts: Counter[str]) -> set[str]:
    """Return groups of two to four characters that stand together far more often than chance (pointwise mutual
    information of the least cohesive cut, Church & Hanks 1990), and that are not always part of one longer group.
    """
    groups: Counter[str] = Counter()
    for run, count in counts.items():
        for length in range(1, _LONGEST_COLLOCATION + 1):
            for place in range(len(run) - length + 1):
                groups[run[place : place + length]] += min(count, _MOST_REPEATS)
    total = sum(count for group, count in groups.items() if len(group) == 1)
    found = {
        group
        for group, count in groups.items()
        if len(group) > 1
        and count >= _LEAST_COLLOCATION
        and all(count * total >= _COHESION * groups[group[:cut]] * groups[group[cut:]] for cut in range(1, len(group)))
    }
    swallowed = {
        inner for group in found for inner in (group[1:], group[:-1]) if groups[group] >= _SWALLOWED * groups[inner]
    }
    return found - swallowed
