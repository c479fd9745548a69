"""A second reading of marked answers: draws a tenth without its letters, and compares what another reader gave.

    python -m training.marks.second_reading draw FILE … > sheet.txt
    python -m training.marks.second_reading compare sheet.txt FILE …

A sheet has a line for each answer, `NUMBER | letters | text`, under its question and points; the reader writes the
letters.
"""

import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

_SHARE = 0.1


def drawn(paths: list[str]) -> list[tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]]:
    """A tenth of the questions of each file, the same each time, with an answer's number within all."""
    found = []
    for path in paths:
        questions = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").split("\n") if line]
        chosen = random.Random(path.rpartition("/")[2]).sample(
            range(len(questions)), max(1, round(len(questions) * _SHARE))
        )
        for place in sorted(chosen):
            answers = questions[place]["answers"]
            name = Path(path).stem
            found.append((questions[place], [(f"{name}.{place}.{n}", answer) for n, answer in enumerate(answers)]))
    return found


def draw(paths: list[str]) -> None:
    """Prints the sheet."""
    for question, answers in drawn(paths):
        print(f"\n? {question['question']}")
        for point in question["points"]:
            print(f"- {point}")
        for number, answer in answers:
            print(f"{number} | {'_' * len(question['points'])} | {answer['text']}")


def compare(sheet: str, paths: list[str]) -> None:
    """Prints how often the second reader gave another letter, which, and where."""
    given = {}
    for line in Path(sheet).read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in line.split("|", 2)]
        if len(parts) >= 2:
            given[parts[0]] = parts[1]
    pairs: Counter[tuple[str, str]] = Counter()
    for question, answers in drawn(paths):
        for number, answer in answers:
            ours, theirs = answer["labels"], given.get(number, "")
            if len(ours) != len(theirs) or not set(theirs) <= set("cpax"):
                print(f"{number}: no letters, or not {len(ours)}", file=sys.stderr)
                continue
            pairs.update(zip(ours, theirs, strict=True))
            if ours != theirs:
                print(f"{number} | {ours} | {theirs} | {question['question']} | {answer['text']}")
    apart = sum(count for (ours, theirs), count in pairs.items() if ours != theirs)
    print(f"{apart} of {pairs.total()} letters differ ({apart / max(1, pairs.total()):.3f})", dict(pairs.most_common()))


def main() -> None:
    """Draws, or compares."""
    what, *rest = sys.argv[1:]
    if what == "draw":
        draw(rest)
    else:
        compare(rest[0], rest[1:])


if __name__ == "__main__":
    main()
