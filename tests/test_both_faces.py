"""A typed line has the same effect line by line and on the screen: each goes through both, over the same questions."""

from __future__ import annotations

import io
import random

import pytest

from viva import open_workspace
from viva.cli.interactive.conversation import Conversation
from viva.cli.interactive.keyboard import Keyboard
from viva.settings import Settings
from viva.tui.interview.session import Session

NOTES = """1.What is early stopping?
	It ends the training when the validation loss no longer falls
	It keeps the best weights
2.What is dropout?
	It switches units off at random
3.What does pooling do?
	It shrinks a feature map
"""
ANSWER = "It keeps the best weights"
ASKED = (
    "/hint",
    "/skip",
    "/reveal",
    "/repeat",
    "/next",
    "/suspend",
    "/progress",
    "/help",
    "/search dropout",
    "/search",
    "/topic",
    "/topic nothing of this name",
    "/undo",
    "/rate",
    "/rate 9",
    "/rate 3",
    "/right",
    "/rigth",
    "/judge",
    "/accept",
    "/accept 1",
    "/acept 1",
    "/nothinglikeit",
    "show me the anwser",
    "i don't know",
)
JUDGED = ("/rate", "/rate 9", "/rate 1", "/right", "/wrong", "/rigth", "/accept 1", "/accept 9", "/refuse 2", "/undo")


@pytest.fixture
def place(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES, encoding="utf-8")
    return notes


def stored(workspace, interview):
    """All that an interview left: its turns as they are judged, what is asked now, and what is set aside."""
    turns = [
        (turn.review.outcome, turn.review.answer, turn.review.verdict, turn.review.score, turn.review.rating)
        for turn in workspace.history.turns(interview.id)
    ]
    current = interview.current
    return turns, current and current.entry.question, interview.draft, sorted(workspace.suspended())


def on_the_screen(place, tmp_path, lines):
    with open_workspace(place, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        interview = workspace.interview(seed=1)
        session = Session(workspace, interview, resumed=False)
        session.open()
        for line in lines[:-1]:
            session.say(line)
        reply = session.say(lines[-1])
        said = "\n".join(text for event in reply.events if (text := getattr(event, "text", "")))
        return stored(workspace, interview), bool(reply.scene.doubt), said


def line_by_line(place, tmp_path, lines, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    with open_workspace(place, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        interview = workspace.interview(seed=1)
        held = Stopped(workspace, interview, Keyboard(), random.Random(1))
        held.run()
        return held.left, held.doubted, capsys.readouterr().out


class Stopped(Conversation):
    """A conversation that is looked at where its input ends, before it is left."""

    left: object = None
    doubted = False

    def _ask_confirmation(self, intent, line):
        self.doubted = True
        super()._ask_confirmation(intent, line)

    def _next(self):
        self.doubted = True
        super()._next()

    def _leave(self):
        self.left = self.left or stored(self._workspace, self._interview)
        super()._leave()


@pytest.mark.parametrize("said", [(line,) for line in ASKED] + [(ANSWER, line) for line in JUDGED], ids=" then ".join)
def test_a_line_has_one_effect(place, tmp_path, monkeypatch, capsys, said):
    monkeypatch.setenv("VIVA_HOME", str(tmp_path / "screen"))
    *here, shown = on_the_screen(place, tmp_path / "screen", said)
    monkeypatch.setenv("VIVA_HOME", str(tmp_path / "lines"))
    *there, printed = line_by_line(place, tmp_path / "lines", said, monkeypatch, capsys)
    if here[1]:  # where it is asked whether it was meant, the line is kept as the answer that it may be
        assert there[1]
        return
    assert here == there
    for how in ("Rate with", "Change the verdict with", "Name the point by", "There is no command"):
        assert (how in shown) == (how in printed)
