"""A thousand answered questions in one process: quick to the last, in memory that stays what it was."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from viva import open_workspace
from viva.settings import Settings

ANSWERS = 1000
WARM = 200
"""Answers after which all that is kept on purpose, such as prepared entries, is there."""
GROWTH = 12.0
"""MB that may be added by the answers after these; a leak of a grade each would be several times as much."""
SAMPLES = Path(__file__).parents[2] / "kb"


def resident() -> float:
    """Return the memory that this process holds, in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the memory where Linux tells it")
def test_a_thousand_answers_leave_memory_flat(tmp_path, isolated_home):
    answered, warm = 0, 0.0
    with open_workspace(SAMPLES, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        while answered < ANSWERS:
            session = workspace.begin_session(count=ANSWERS - answered)
            reply = session.open()
            while reply.report is None:
                points = reply.scene.question.entry.points
                session.say(" ".join(points[0].text.split()) + f" {answered}")
                answered += 1
                reply = session.go_next()
                if answered == WARM:
                    warm = resident()
        assert len(workspace.history.reviews()) == ANSWERS
        assert resident() - warm < GROWTH
