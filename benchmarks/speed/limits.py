"""What must hold, and the tables that show whether it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.speed.contest import EMPTY, FRAME, INDEX, PLAIN, SEARCH
from benchmarks.speed.keys import FRAME_MS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.speed.contest import Figure


FEEDBACK_MS = 100.0


@dataclass(frozen=True, slots=True)
class Limit:
    """A ratio that must not be exceeded."""

    name: str
    ratio: float
    allowed: float

    @property
    def holds(self) -> bool:
        """Whether the ratio is within what is allowed."""
        return self.ratio <= self.allowed


def limits(figures: Mapping[str, Figure]) -> list[Limit]:
    """Return the limits with their measured ratios; memory is left out where the system does not tell it."""
    search, plain = figures[SEARCH], figures[PLAIN]
    found = [Limit("cold search: time of the plain script", search.median_seconds / plain.median_seconds, 1 / 8)]
    if search.median_mib is not None and plain.median_mib is not None:
        found.append(Limit("cold search: memory of the plain script", search.median_mib / plain.median_mib, 1 / 3))
    found.append(
        Limit("index from nothing: time of the cold search", figures[INDEX].median_seconds / search.median_seconds, 1.5)
    )
    ratio = figures[FRAME].median_seconds / figures[EMPTY].median_seconds
    found.append(Limit("first frame: time of an empty Textual app", ratio, 2.0))
    return found


def latency_limits(warm: Mapping[str, Mapping[str, float]], pressed: Mapping[str, Mapping[str, float]]) -> list[Limit]:
    """Return the limits that a person feels: feedback within 100 ms, a key within a frame."""
    found = [
        Limit(f"{name}: share of 100 ms", row["p95_ms"] / FEEDBACK_MS, 1.0)
        for name, row in warm.items()
        if "feedback" in name
    ]
    return found + [
        Limit(f"{name}: frames until it shows", row["p50_ms"] / FRAME_MS, 1.0)
        for name, row in pressed.items()
        if not name.endswith(WHOLE)
    ]


def figure_table(figures: Iterable[Figure]) -> str:
    """Return a Markdown table of times and memory."""
    rows = ["| cold, each a process of its own | median s | least-most s | peak MiB |", "|---|---|---|---|"]
    for figure in figures:
        spread = f"{min(figure.seconds):.2f}-{max(figure.seconds):.2f}"
        peak = "" if figure.median_mib is None else f"{figure.median_mib:.0f}"
        rows.append(f"| {figure.name} | {figure.median_seconds:.3f} | {spread} | {peak} |")
    return "\n".join(rows)


def limit_table(found: Iterable[Limit]) -> str:
    """Return a Markdown table of ratios and limits."""
    rows = ["| limit | ratio | allowed | |", "|---|---|---|---|"]
    rows += [
        f"| {limit.name} | {limit.ratio:.3f} | {limit.allowed:.3f} | {'holds' if limit.holds else 'EXCEEDED'} |"
        for limit in found
    ]
    return "\n".join(rows)


def latency_table(title: str, latencies: Mapping[str, Mapping[str, float]]) -> str:
    """Return a Markdown table of latencies."""
    rows = [f"| {title} | p50 ms | p95 ms | calls |", "|---|---|---|---|"]
    rows += [
        f"| {name} | {row['p50_ms']:.2f} | {row['p95_ms']:.2f} | {row['calls']:.0f} |"
        for name, row in latencies.items()
    ]
    return "\n".join(rows)
