"""Latency inside one open workspace, as JSON on stdout. Usage: KB INDEX."""

import json
import sys
import time
from collections.abc import Callable, Iterable

import viva


def percentiles(call: Callable[[str], object], texts: Iterable[str]) -> dict[str, float]:
    """Return the median and 95th percentile in milliseconds of `call` on each text."""
    took = []
    for text in texts:
        start = time.perf_counter()
        call(text)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return {
        "p50_ms": took[len(took) // 2],
        "p95_ms": took[min(len(took) - 1, len(took) * 95 // 100)],
        "calls": len(took),
    }


def main() -> None:
    """Search with every question of the notes, and answer each question with another's answer and with its own."""
    with viva.open_workspace(kb=sys.argv[1], index=sys.argv[2]) as workspace:
        workspace.warm()
        entries = [entry for entry in workspace.entries if entry.answered]
        by_question = {entry.question: entry for entry in entries}
        answers = dict(zip(by_question, [entry.answer for entry in entries[1:]] + [entries[0].answer], strict=False))
        workspace.search("warm")
        result = {
            "search": percentiles(workspace.search, [entry.question for entry in workspace.entries] * 3),
            "grade": percentiles(lambda q: workspace.grade(by_question[q], answers[q]), by_question),
            "grade own answer": percentiles(
                lambda q: workspace.grade(by_question[q], by_question[q].answer), by_question
            ),
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
