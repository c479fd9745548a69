"""Normal forms of text, used for matching only; what is shown stays as written."""

from __future__ import annotations

import re
import unicodedata

from viva.types import Language

_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:['’\-][^\W_]+)*")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "、": ",", "。": ".", "「": '"', "」": '"', "×": "x"})


def normalise(text: str) -> str:
    """Return `text` in NFKC, case-folded, without invisible characters, runs of blanks made one.

    Full-width letters, curly quotes and Chinese commas and full stops become their ASCII counterparts, because input
    methods produce either and the meaning is the same.
    """
    if text.isascii():
        return " ".join(text.lower().split())  # the same, without the passes that only other scripts need
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(_FOLDED).casefold()
    return _SPACE.sub(" ", folded).strip()


def bare(text: str) -> str:
    """Return `normalise(text)` with nothing but letters and digits: equal when only spacing and punctuation differ."""
    return "".join(character for character in normalise(text) if character.isalnum())


def is_cjk(character: str) -> bool:
    """Whether one character is a Chinese character."""
    return _CJK.match(character) is not None


def count_cjk(text: str) -> int:
    """Return the number of Chinese characters."""
    return 0 if text.isascii() else len(_CJK.findall(text))


def words(text: str) -> list[str]:
    """Return the runs of letters and digits that are not Chinese, as written."""
    return _WORD.findall(text)


def length(text: str) -> int:
    """Return the length a reader feels: Chinese characters plus words of other scripts."""
    return count_cjk(text) + len(words(text))


def fits(text: str, chinese: int, english: int) -> bool:
    """Whether a text is no longer than `chinese` where it has Chinese characters, than `english` where it has none."""
    return length(text) <= (chinese if count_cjk(text) else english)


def language_of(text: str) -> Language:
    """Return "zh" when Chinese characters carry the text, else "en".

    English terms inside Chinese are common ("BN层的作用"), Chinese inside English is rare: one character in four units
    is enough.
    """
    cjk = count_cjk(text)
    return "zh" if cjk and cjk * 4 >= cjk + len(words(text)) else "en"


def joined(answer: str, follow_up_answer: str | None) -> str:
    """Return a first answer and what was said to its follow-up as one text: what is graded, and remembered."""
    return "\n".join(text for text in (answer, follow_up_answer or "") if text.strip())
