"""From bytes to text: certain encodings first, then a guess that is reported as one."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5", "euc_jp", "shift_jis", "euc_kr", "cp1252")
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起"
    "看定天分还进好小部其些主样理心她本前开但因只从想实什何怎問题問題為這個們來會對於說時國學過發後種經麼還進點數據區別與層網特徵征解決优缺点网络数据层区别与模型训练"
    "，。、：；？！（）"
)
"""The commonest characters of Chinese (Da Jun 2004), with traditional forms, and of questions about a subject."""
_CHINESE_SHARE = 0.12
"""The least share of these among the characters of a Chinese text; another encoding's gibberish has fewer."""
_SAMPLE = 64 * 1024
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1b\x1a")
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "big5hkscs": "big5",
    "cp950": "big5",
    "cp936": "gb18030",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file and how sure it is."""

    text: str
    encoding: str
    guessed: bool = False
    bad_lines: tuple[int, ...] = ()
    """Lines, from 1, that hold bytes outside the encoding; those bytes are shown as U+FFFD."""


def decode(data: bytes) -> Decoded | None:
    """Return the text of `data`, or None when it is no text.

    A byte order mark decides; then strict UTF-8; then UTF-16 without a mark, told by its zero bytes; then UTF-8 with a
    few damaged bytes; then charset-normalizer's guess, which is reported as one.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data, bom, encoding)
    if b"\0" in data:
        return _wide(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged(data) or _guessed(data)
    return None if _is_binary(data) else Decoded(text, "utf-8")


def _with_bom(data: bytes, bom: bytes, encoding: str) -> Decoded | None:
    text = data.decode(encoding, errors="replace")
    if _count_controls(text) > max(2, len(text) // 50):
        return None
    name = "utf-8" if bom == codecs.BOM_UTF8 else encoding
    return Decoded(text.lstrip("\ufeff"), name, bad_lines=_bad_lines(text))


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 without a byte order mark: line breaks and Latin characters have one zero byte on a fixed side."""
    if len(data) % 2:
        return None
    best: tuple[int, Decoded] | None = None
    for encoding, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        zeros = data[:_SAMPLE][side::2].count(0)
        if zeros and _count_controls(text) == 0 and _mostly_letters(text) and (best is None or zeros > best[0]):
            best = zeros, Decoded(text, encoding)
    return None if best is None else best[1]


def _damaged(data: bytes) -> Decoded | None:
    """Read UTF-8 in which a few bytes are broken, if most of its non-ASCII characters are sound."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    sound = sum(1 for character in text if character > "\x7f") - bad
    ascii_only = sound == 0
    if (ascii_only and bad * 50 > len(text)) or (not ascii_only and bad * 5 > sound) or ascii_only:
        return None
    return None if _is_binary(data) else Decoded(text, "utf-8", bad_lines=_bad_lines(text))


def _guessed(data: bytes) -> Decoded | None:
    if _is_binary(data):
        return None
    sample = _sample(data)
    names = _chinese(sample)
    if not names:
        from charset_normalizer import from_bytes

        # The guess looks at a sample; the whole file is then read with it.
        best = from_bytes(sample, cp_isolation=list(_GUESSES), threshold=0.5).best()
        names = [] if best is None else [_FAMILIES.get(best.encoding, best.encoding)]
    for encoding in [*names, "gb18030", "big5"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Decoded(text, encoding, guessed=True)
    encoding = names[0] if names else "utf-8"
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") * 10 > len(text):
        return None
    return Decoded(text, encoding, guessed=bool(names), bad_lines=_bad_lines(text))


def _chinese(sample: bytes) -> list[str]:
    """Return the Chinese encoding in which `sample` holds the more of the commonest characters, if that is telling.

    Short notes give charset-normalizer too little to go by: it reads two lines of GBK as Korean.
    """
    shares: list[tuple[float, str]] = []
    for encoding in ("gb18030", "big5"):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        wide = [character for character in text if character > "\u2e7f"]
        if wide:
            shares.append((sum(character in _COMMON for character in wide) / len(wide), encoding))
    return [encoding for share, encoding in sorted(shares, reverse=True) if share >= _CHINESE_SHARE][:1]


def _sample(data: bytes) -> bytes:
    """Return up to 64 KiB that end at a line break, so that no character is cut."""
    if len(data) <= _SAMPLE:
        return data
    cut = data.rfind(b"\n", 0, _SAMPLE)
    return data[: cut if cut > 0 else _SAMPLE]


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return sum(1 for byte in sample if byte in _CONTROL) > max(1, len(sample) // 100)


def _count_controls(text: str) -> int:
    return sum(1 for character in text[:_SAMPLE] if character < " " and character not in "\t\n\r\f\v\x1b\x1a")


def _mostly_letters(text: str) -> bool:
    sample = text[:4096]
    usual = sum(
        1 for c in sample if c < "\u0250" or "\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" or c.isspace()
    )
    return usual * 10 >= len(sample) * 8


def _bad_lines(text: str) -> tuple[int, ...]:
    if "\ufffd" not in text:
        return ()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(number for number, line in enumerate(lines, start=1) if "\ufffd" in line)
