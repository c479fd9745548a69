"""Honest answers over the sample notes: the notes' own points in slightly other words; how often is one "contradicted".

Each point is edited alone, in ways that leave its meaning as it is and that people use without thinking: words that
only hold a sentence together left out or put in, other names of the same things, a bracket, another width of the
letters, clauses the other way round. Nothing of it denies anything: every objection of the grader is a false one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from training.terms import listed
from viva.notes.reader import read_notes
from viva.text.normal import count_cjk, language_of
from viva.text.segment import clauses
from viva.types import Entry, Grade

Edit = Callable[[str], str]
NOTES = Path(__file__).resolve().parents[2] / "kb"
_SEED = 20261126
_DROPPED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:的(?!确|话)|了(?!解)|起来|就(?!业|是)|(?<!还|都|只)会(?!议|话|计))(?=[\u4e00-\u9fff])"
    r"|\b(?:the|a|an|also|then|just|very|already|actually)\b ",
    re.IGNORECASE,
)
_LIGHT = (  # what is written, and what people say instead; the first side is a pattern
    (r"可以", "能"),
    (r"能够", "能"),
    (r"(?<!利|应|作|费|常|通|使|采|有|无)使用", "用"),
    (r"需要", "要"),
    (r"因此", "所以"),
    (r"由于", "因为"),
    (r"使得", "让"),
    (r"如果", "要是"),
    (r"从而", "这样就"),
    (r"没有(?=[\u4e00-\u9fff])", "没"),
    (r"通常", "一般来说"),
    (r"(?<=[\u4e00-\u9fff])(减少|增加|避免|降低|提高|缩小|扩大|加快|改变)(?=[\u4e00-\u9fff])", r"\1了"),
    (r"(连接|组合|累加|拼接|结合|合并)(?!起来)(?=[\u4e00-\u9fff，。；])", r"\1起来"),
    (r"(?<=[\u4e00-\u9fff])(使|让)(?=[\u4e00-\u9fff]{2})", r"会\1"),
    (r"(?<=[\u4e00-\u9fff]{2})，", "的话，"),
    (r"\bcannot\b", "can't"),
    (r"\b(do|does|is|are|need|has) not\b", r"\1n't"),
    (r"\bbecause\b", "since"),
    (r"\bso that\b", "so"),
    (r"\bhas to\b", "must"),
    (r"\bhave to\b", "must"),
    (r"\bfor example\b", "for instance"),
    (r"\bwhich\b", "that"),
    (r"\bwhile\b", "whereas"),
    (r"\bIt (?=\w+s\b)", "This "),
)
_NO = re.compile(r"^(?P<noun>[A-Z][a-z]+)s (?:cannot|can't) ")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NARROW = str.maketrans({"，": ", ", "：": ": ", "；": "; ", "（": " (", "）": ") ", "。": ". "})


@dataclass(frozen=True, slots=True)
class Accused:
    """What became of the honest answers of one kind."""

    answers: int
    accused: int
    """Answers of which a point was called contradicted, or covered "but" something."""
    examples: tuple[tuple[str, str], ...]
    """(the words objected to, the point) of the first ones."""


def accusations(grade: Callable[[Entry, str], Grade], notes: Path = NOTES) -> dict[str, Accused]:
    """Grade every honest answer; the edits by name."""
    entries = [entry for entry in read_notes([notes]).entries if entry.points]
    found: dict[str, Accused] = {}
    for name, answers in _kinds(entries).items():
        objections = [_objected(grade(entry, answer)) for entry, answer in answers]
        accused = [told for told in objections if told]
        found[name] = Accused(len(answers), len(accused), tuple(one for told in accused for one in told))
    return found


def _objected(grade: Grade) -> list[tuple[str, str]]:
    return [
        (point.against or point.evidence, point.text)
        for point in grade.points
        if point.against or point.status == "contradicted"
    ]


def _kinds(entries: Sequence[Entry]) -> dict[str, list[tuple[Entry, str]]]:
    found: dict[str, list[tuple[Entry, str]]] = {}
    for entry in entries:
        texts = [point.text for point in entry.points]
        for name, edit in _EDITS.items():
            for text in texts:
                if (said := edit(text)) != text:
                    found.setdefault(name, []).append((entry, said))
        for name, answer in _whole(texts):
            found.setdefault(name, []).append((entry, answer))
    return found


def _whole(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Answers that take up more than one point."""
    rng = random.Random(_SEED)
    for text in texts:
        for clause in clauses(text):
            if clause.strip() != text and any(letter.isalnum() for letter in clause):
                yield "one clause alone", clause.strip()
    if len(texts) > 1:
        joint = "；另外，" if language_of(texts[0]) == "zh" else ", and "
        yield "list to sentence", joint.join(text.rstrip("。.") for text in rng.sample(texts, min(3, len(texts))))
        yield "all edits at once", "\n".join(_changed(text) for text in rng.sample(texts, len(texts)))


def _changed(text: str) -> str:
    return _light(_without(_renamed(text)))


def _without(text: str) -> str:
    return _DROPPED.sub("", text)


def _light(text: str) -> str:
    for pattern, said in _LIGHT:
        text = re.sub(pattern, said, text)
    return text


def _renamed(text: str) -> str:
    """Put another name of the glossary in place of the first one that is found."""
    for group in listed():
        for name in group:
            other = next((one for one in group if one != name and bool(count_cjk(one)) == bool(count_cjk(name))), None)
            if other is not None and (place := _place(name, text)) is not None:
                return f"{text[:place]}{other}{text[place + len(name) :]}"
    return text


def _bracketed(text: str) -> str:
    """Put the English name in brackets behind the first Chinese one."""
    for group in listed():
        english = next((one for one in group if not count_cjk(one)), None)
        for name in group:
            if english and count_cjk(name) > 2 and (place := _place(name, text)) is not None:
                end = place + len(name)
                return f"{text[:end]}（{english}）{text[end:]}"
    return text


def _place(name: str, text: str) -> int | None:
    edge = "" if count_cjk(name) else r"\b"
    found = re.search(f"{edge}{re.escape(name)}{edge}", text)
    return None if found is None else found.start()


def _turned(text: str) -> str:
    """Say the last clause first, where it is no dependent one."""
    pieces = [piece.strip(" ，,。.；;") for piece in clauses(text)]
    if len(pieces) < 2 or re.match(r"(?:which|so|but|and|or|not|而|但|所以|因此|从而|并|也|则)", pieces[-1]):
        return text
    return ("，" if language_of(text) == "zh" else ", ").join([pieces[-1], *pieces[:-1]])


def _no(text: str) -> str:
    return _NO.sub(lambda found: f"No {found['noun'].lower()} can ", text)


_EDITS: dict[str, Edit] = {
    "as written": lambda text: f"{text} ",
    "small words left out": _without,
    "small words put in or changed": _light,
    "another name": _renamed,
    "English in brackets": _bracketed,
    "last clause first": _turned,
    "wide letters": lambda text: text.translate(_WIDE),
    "narrow marks": lambda text: text.translate(_NARROW),
    "no ... can for cannot": _no,
}
