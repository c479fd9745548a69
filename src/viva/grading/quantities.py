"""Quantities: a number counts by its value, however it is written, with its unit where it has one.

"0.001", "1e-3" and "10^-3" are one number, so are "50%", "1/2" and 0.5, "2*3" is 6, and "0.5 s" is "500 ms". An
answer's numbers are read in the reference's spelling, as its names are (`grading.aliases`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_SUPERSCRIPT = re.compile(r"(?<=10)[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+")
_SCALES = {
    "%": 0.01,
    "％": 0.01,
    "‰": 0.001,
    "千": 1e3,
    "k": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "M": 1e6,
    "亿": 1e8,
    "B": 1e9,
}
_PERCENT = ("%", "％")
_UNITS = {
    "ms": ("s", 1e-3), "毫秒": ("s", 1e-3), "us": ("s", 1e-6), "μs": ("s", 1e-6), "微秒": ("s", 1e-6), "s": ("s", 1.0),
    "秒": ("s", 1.0), "min": ("s", 60.0), "分钟": ("s", 60.0), "h": ("s", 3600.0), "小时": ("s", 3600.0),
    "KB": ("B", 2.0**10), "MB": ("B", 2.0**20), "GB": ("B", 2.0**30), "TB": ("B", 2.0**40),
}  # fmt: skip
_ANY_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_ANY_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGITS = re.compile(_NUMBER)
_QUANTITY = re.compile(
    rf"(?<![A-Za-z0-9_.^])(?P<number>{_NUMBER})"
    rf"(?P<factors>(?:\s?[*×]\s?(?:{_NUMBER}))+(?![A-Za-z_.(*^/+-]))?"
    r"(?:[eE](?P<exponent>[+-]?\d{1,3})|\s?(?:\*\*|\^)\s?\(?(?P<power>-?\d{1,3})\)?|\s?/\s?(?P<divisor>\d+(?:\.\d+)?))?"
    rf"(?:\s?(?P<unit>{_ANY_UNIT})(?![A-Za-z])|\s?(?P<scale>{_ANY_SCALE})(?![A-Za-z]))?"
    r"(?![A-Za-z_]*\d|\.\d)"
)
_CLOSE = 1e-9

Quantity = tuple[float, str]
"""A value and its base unit, "" where it has none."""


def _quantities(text: str) -> Iterator[tuple[Quantity, str, int]]:
    """Yield the quantities of a `_plain` text with their spelling and place, in order."""
    for found in _QUANTITY.finditer(text):
        value = _value(found)
        if value is not None:
            unit, scale = _UNITS.get(found["unit"] or "", ("", 1.0))
            value *= scale * _SCALES.get(found["scale"] or "", 1.0)
            whole_percent = found["scale"] in _PERCENT and value.is_integer()  # "100%" is not "1 layer"
            yield (value, "%" if whole_percent else unit), found.group(), found.start()


def respelled(text: str, reference: Mapping[str, Quantity]) -> str:
    """Return the text with each quantity spelled as the reference spells an equal one.

    Args:
        text: of an answer.
        reference: the quantities of the reference by their spelling, from `spellings`.
    """
    if not reference:
        return text
    plain, kept, end = _plain(text), [], 0
    for quantity, spelling, start in _quantities(plain):
        equal = next((written for written, other in reference.items() if _is_equal(quantity, other)), "")
        if equal and spelling not in reference:
            kept += [plain[end:start], equal]
            end = start + len(spelling)
    return "".join([*kept, plain[end:]]) if kept else text


def spellings(text: str) -> dict[str, Quantity]:
    """Return the quantities of a reference by their spelling."""
    return {spelling: quantity for quantity, spelling, _ in _quantities(_plain(text))}


def _is_equal(one: Quantity, other: Quantity) -> bool:
    return one[1] == other[1] and math.isclose(one[0], other[0], rel_tol=_CLOSE)


def _plain(text: str) -> str:
    """Write superscript powers of ten with a sign of power."""
    return _SUPERSCRIPT.sub(lambda found: "^" + found.group().translate(_POWERS), text)


def _value(found: re.Match[str]) -> float | None:
    """Return the value of the number alone; None where it has none, or none that fits."""
    factors = _DIGITS.findall(found["number"] + (found["factors"] or ""))
    number = math.prod(float(one.replace(",", "")) for one in factors)
    try:
        if found["exponent"]:
            return float(number * 10.0 ** int(found["exponent"]))
        if found["power"]:
            return float(number ** int(found["power"]))
        return number / float(found["divisor"]) if found["divisor"] else number
    except (OverflowError, ZeroDivisionError):
        return None
