"""`viva ask` beside another window that has the same interview open."""

from __future__ import annotations

import pytest

from viva import open_workspace
from viva.cli.interactive import keyboard as keyboards
from viva.history import session_lock as lock

NOTES = "1.What does momentum do\n\tIt averages past gradients\n2.What is weight decay\n\tIt pulls weights to zero\n"
OPEN = "this interview is open in another window: go on with it there, or start a new one here (`viva ask --new`)"


@pytest.fixture
def window(notes, tmp_path, monkeypatch):
    """Another window, which has just begun an interview."""
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    with open_workspace(notes, tmp_path / "other-index") as workspace:
        workspace.interview(seed=1).submit("It averages past gradients")
        yield workspace


@pytest.mark.parametrize("option", ["--resume", "--finish"])
def test_it_is_told_and_nothing_changes(viva, notes, window, option):
    refused = viva("ask", option, "--kb", notes, typed="another answer\n")
    assert (refused.code, refused.out) == (1, "")
    assert OPEN in refused.err
    assert [row["answer"] for row in viva("history", "--kb", notes, "--json").rows] == ["It averages past gradients"]


def test_a_new_one_is_begun_beside_it(viva, notes, window):
    assert viva("ask", "--new", "--kb", notes, typed="mine\n").code == 0
    interview = window.interview(seed=2)
    interview.submit("theirs")
    assert {row["answer"] for row in viva("history", "--kb", notes, "--json").rows} == {
        "It averages past gradients", "mine", "theirs",
    }  # fmt: skip


def test_it_is_gone_on_with_once_the_other_window_has_left(viva, notes, window):
    window.close()
    assert viva("ask", "--resume", "--kb", notes, typed="another answer\n").code == 0
    assert len(viva("history", "--kb", notes, "--json").rows) == 2


def test_at_a_terminal_it_is_not_offered(viva, notes, window, monkeypatch):
    monkeypatch.setattr(keyboards.Keyboard, "__init__", lambda self: setattr(self, "interactive", True))
    begun = viva("ask", "--kb", notes, typed="mine\n")
    assert "an interview is open in another window: this is a new one" in begun.err
    assert "mine" in [row["answer"] for row in viva("history", "--kb", notes, "--json").rows]
