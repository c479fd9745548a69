"""Turns drafts of marked answers into the JSON lines of this folder: drafts.py DRAFT … > subjects.jsonl.

The format is in WRITING.md. What does not hold is said on stderr with file and line, and that answer is left out.
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KINDS = {
    "full", "terse", "partial", "wrong", "twin", "flip", "say", "unsay", "mixed", "typo", "verbatim", "cross", "vague",
    "offtopic", "wordy", "negative", "borrowed",
}  # fmt: skip
_ANSWER = re.compile(
    r"(?P<kind>[a-z]+)(?::(?P<mistake>[a-z]+))?\s+(?P<labels>[cpax]+)\s+(?P<mark>\d{1,3})\s+(?P<text>\S.*)"
)
_FALSE = {"flip": "twin", "unsay": "say"}


def questions(draft: Path) -> Iterator[dict[str, Any]]:
    """The questions of a draft, each with its points and answers; a pair of twins has the same `pair`."""
    subject = lang = ""
    question: dict[str, Any] = {}
    for number, line in enumerate(draft.read_text(encoding="utf-8").splitlines(), 1):
        where, text = f"{draft.name}:{number}", line.strip()
        if text.startswith("# "):
            subject, _, lang = (part.strip() for part in text[2:].rpartition("|"))
            subject = subject.rstrip("| ")
            lang = text.rpartition("|")[2].strip()
        elif text.startswith("? "):
            if question:
                yield finished(question)
            question = {"subject": subject, "lang": lang, "question": text[2:].strip(), "points": [], "answers": []}
        elif text.startswith("- "):
            question["points"].append(text[2:].strip())
        elif text:
            try:
                add(question, text)
            except ValueError as problem:
                print(f"{where}: {problem}", file=sys.stderr)
    if question:
        yield finished(question)


def add(question: dict[str, Any], line: str) -> None:
    """Adds the answer of a line to the question, tied to the line before where the two are twins."""
    found = _ANSWER.fullmatch(line)
    if found is None:
        raise ValueError(f"not KIND LABELS MARK TEXT: {line[:60]}")
    kind, labels, answers = found["kind"], found["labels"], question["answers"]
    if kind not in KINDS:
        raise ValueError(f"no such kind: {kind}")
    if len(labels) != len(question["points"]):
        raise ValueError(f"{len(labels)} letters for {len(question['points'])} points")
    answer: dict[str, Any] = {
        "text": found["text"],
        "kind": kind,
        "labels": labels,
        "score": min(int(found["mark"]), 100) / 100,
    }
    if kind in _FALSE:
        twin = answers[-1] if answers else {"kind": ""}
        if twin["kind"] != _FALSE[kind]:
            raise ValueError(f"{kind} does not follow {_FALSE[kind]}")
        differing = [letters for letters in zip(twin["labels"], labels, strict=True) if letters[0] != letters[1]]
        if differing != [("c", "x")]:
            raise ValueError(f"{kind}: just one c becomes x, here {twin['labels']} and {labels}")
        twin["pair"] = answer["pair"] = sum("pair" in each for each in answers) // 2
        answer["mistake"] = found["mistake"] or ""
    elif kind == "wrong" and (answer["score"] > 0.2 or "x" not in labels):
        raise ValueError("wrong: has an x, and 20 at most")
    elif set(labels) == {"c"} and answer["score"] < 0.7:
        raise ValueError("all covered, and under 70")
    answers.append(answer)


def finished(question: dict[str, Any]) -> dict[str, Any]:
    """The question with its answers in an order that says nothing, the same each time."""
    random.Random(question["question"]).shuffle(question["answers"])
    return question


def main() -> None:
    """Writes the questions of all drafts that are named."""
    for name in sys.argv[1:]:
        for question in questions(Path(name)):
            if (
                not 1 <= len(question["points"]) <= 14
                or question["lang"] not in {"zh", "en"}
                or len(question["answers"]) < 6
            ):
                print(f"{name}: points, language or answers: {question['question'][:50]}", file=sys.stderr)
            else:
                print(json.dumps(question, ensure_ascii=False))


if __name__ == "__main__":
    main()
