"""Tokens for keyword search and word overlap: Chinese character bigrams and words of other scripts."""

from __future__ import annotations

import re

from viva.text.normal import normalise

_RUN = re.compile(
    r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|([^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:\+\+|#)?)"
)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` in order: bigrams of each Chinese run (a lone character stands for itself), words.

    Bigrams are the standard unit of Chinese retrieval without a segmenter (Nie, Gao, Zhang & Zhou 2000): they need no
    dictionary, and a term inside a longer run is still found.
    """
    found: list[str] = []
    for chinese, word in _RUN.findall(normalise(text)):
        if word:
            found.append(word)
        elif len(chinese) == 1:
            found.append(chinese)
        else:
            found.extend(chinese[i : i + 2] for i in range(len(chinese) - 1))
    return found
