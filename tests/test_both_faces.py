"""A typed line has the same effect line by line and on the screen: each goes through both, over the same questions."""

from __future__ import annotations

import io

import pytest

from viva import open_workspace
from viva.cli.interactive.conversation import Conversation
from viva.cli.interactive.keyboard import Keyboard
from viva.settings import Settings
from viva.types.dialogue import Typed

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


def on_the_screen(place, tmp_path, lines, **mode):
    with open_workspace(place, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        interview = workspace.interview(seed=1, **mode)
        session = workspace.session(interview)
        session.open()
        for line in lines[:-1]:
            session.say(line)
        reply = session.say(lines[-1])
        spoken = [event for event in reply.events if not isinstance(event, Typed)]
        said = "\n".join(text for event in spoken if (text := getattr(event, "text", "")))
        return stored(workspace, interview), bool(reply.scene.doubt), said


def line_by_line(place, tmp_path, lines, monkeypatch, capsys, **mode):
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    with open_workspace(place, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        interview = workspace.interview(seed=1, **mode)
        session = workspace.session(interview, pauses=False, attended=False)
        held = Stopped(workspace, session, Keyboard())
        held.interview = interview
        held.run()
        return held.left, held.doubted, capsys.readouterr().out


class Stopped(Conversation):
    """A conversation that is looked at where its input ends, before it is left."""

    left: object = None
    doubted = False

    def _settle(self, doubt):
        self.doubted = True
        super()._settle(doubt)

    def _leave(self):
        self.left = self.left or stored(self._workspace, self.interview)
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


MOCK = ("/hint", "/reveal", "/suspend", "/undo", "/topic", "/topic dropout", "/search dropout", "/right", "/rate 3",
        "/accept 1", "/skip", "/next", "/repeat", "/progress", "/help", "/nothinglikeit", "i don't know")  # fmt: skip


@pytest.mark.parametrize("said", [(line,) for line in MOCK] + [(ANSWER, line) for line in MOCK], ids=" then ".join)
def test_a_line_has_one_effect_in_a_mock_interview(place, tmp_path, monkeypatch, capsys, said):
    monkeypatch.setenv("VIVA_HOME", str(tmp_path / "screen"))
    *here, shown = on_the_screen(place, tmp_path / "screen", said, mode="mock")
    monkeypatch.setenv("VIVA_HOME", str(tmp_path / "lines"))
    *there, printed = line_by_line(place, tmp_path / "lines", said, monkeypatch, capsys, mode="mock")
    assert here == there
    assert all(line in printed for line in shown.splitlines())


def test_ending_for_good_is_asked_where_somebody_is_there(place, tmp_path):
    with open_workspace(place, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        for manner in ({}, {"pauses": False, "leave_key": "Ctrl+D"}):
            interview = workspace.interview(seed=1)
            session = workspace.session(interview, **manner)
            session.open()
            assert manner.get("leave_key", "Esc") in session.say("/stop").scene.doubt
            assert session.decide(yes=False).report is None
            assert not interview.finished
            session.say("stop")
            assert session.decide(yes=True).report is not None
        alone = workspace.session(workspace.interview(seed=1), pauses=False, attended=False)
        alone.open()
        assert alone.say("/stop").report is not None


def test_a_topic_may_be_named_when_it_is_asked_for(place, tmp_path):
    with open_workspace(place, tmp_path / "index", settings=Settings(follow_ups=False)) as workspace:
        for pauses in (True, False):
            interview = workspace.interview(seed=1)
            session = workspace.session(interview, pauses=pauses)
            session.open()
            session.say("/topic")
            session.say("dropout")
            assert interview.current.entry.question == "What is dropout?"
            session.say("/topic")
            session.say("It switches units off at random, so that no unit can rely on another one")
            assert workspace.history.turns(interview.id)[0].review.outcome == "answered"
