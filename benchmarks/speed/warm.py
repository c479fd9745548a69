"""Latency inside one open workspace, as JSON on stdout. Usage: KB INDEX."""

import json
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

import viva
from benchmarks.speed.percentiles import percentiles


def timed(call: Callable[[], object]) -> float:
    """Return the milliseconds of a call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def each(call: Callable[[str], object], texts: Iterable[str]) -> dict[str, float]:
    """Return the percentiles of `call` on each text."""
    return percentiles([timed(partial(call, text)) for text in texts])


def feedback(workspace: viva.Workspace) -> dict[str, dict[str, float]]:
    """Answer each question with its first point, and a follow-up to that with the others; all of it is stored."""
    interview = workspace.interview(count=len(workspace.entries), seed=1, follow_ups=True)
    first: list[float] = []
    more: list[float] = []
    while (question := interview.present()) is not None:
        points = [point.text for point in question.entry.points] or ["nothing to say"]
        first.append(timed(partial(interview.submit, points[0])))
        if interview.waiting is not None:
            more.append(timed(partial(interview.follow_up, "\n".join(points[1:]))))
    found = {"feedback, graded and stored": percentiles(first)}
    return {**found, "feedback with a follow-up": percentiles(more)} if more else found


def main() -> None:
    """Search with every question of the notes, and answer each question with another's answer and with its own."""
    with viva.open_workspace(kb=sys.argv[1], index=sys.argv[2]) as workspace:
        workspace.warm()
        entries = [entry for entry in workspace.entries if entry.answered]
        by_question = {entry.question: entry for entry in entries}
        answers = dict(zip(by_question, [entry.answer for entry in entries[1:]] + [entries[0].answer], strict=False))
        workspace.search("warm")
        result = {
            "search": each(workspace.search, [entry.question for entry in workspace.entries] * 3),
            "grade": each(lambda q: workspace.grade(by_question[q], answers[q]), by_question),
            "grade own answer": each(lambda q: workspace.grade(by_question[q], by_question[q].answer), by_question),
            **feedback(workspace),
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
