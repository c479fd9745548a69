"""How long it took, as two figures."""

from __future__ import annotations

from collections.abc import Sequence


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and the number of what was measured."""
    took = sorted(milliseconds)
    return {
        "p50_ms": took[len(took) // 2],
        "p95_ms": took[min(len(took) - 1, len(took) * 95 // 100)],
        "calls": len(took),
    }
