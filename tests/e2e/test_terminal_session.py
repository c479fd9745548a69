"""A person at a real terminal: answers, leaves in the middle, is thrown out, and goes on."""

from __future__ import annotations

import contextlib
import re
import signal
import sqlite3

import pytest

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),  # pexpect forks
]

ANSWERS = {
    "什么是早停": "验证集损失连续若干轮不再下降就停止训练，并保留验证集上最好的那组权重",
    "什么是标签平滑": "把一点概率分给别的类别，防止模型太自信",
    "What is weight decay?": "it pulls the weights towards zero at each step and keeps the model simple",
    "What is a learning rate warm-up?": "the rate starts small and rises, since early gradients are unreliable",
}


def asked(text):
    """Return the question of the notes that stands in the panel: the last one on the screen."""
    packed = "".join(text.split())
    found = [(packed.rfind("".join(question.split())), question) for question in ANSWERS]
    place, question = max(found)
    return question if place >= 0 else None


def answer(screen, done=()):
    """Answer the question that is asked, wait for the feedback, and return the question and the screen."""
    text = screen.when(lambda now: asked(now) not in (None, *done), f"a question other than {done}")
    question = asked(text)
    screen.send(ANSWERS[question])
    screen.until(ANSWERS[question][:12])
    screen.send("\r")
    return question, screen.until("In your notes", "Again", "Good")


@pytest.fixture
def begin(terminal, notes, tmp_path):
    """Start the terminal interface on four questions."""

    def start(**size):
        screen = terminal("--kb", notes, "--index", tmp_path / "index", **size)
        screen.until("viva", "Start")
        return screen

    return start


def test_answer_quit_and_go_on(begin, viva, notes):
    screen = begin()
    text = screen.until("4 questions", "4 new")
    assert "notes.txt" in text

    screen.send("\r")
    first, text = answer(screen)
    score = re.search(r"^\s*(\d{1,3}) ━", text, re.MULTILINE)
    assert score, text
    assert int(score[1]) >= 60, text
    assert re.search(r"notes\.txt:\d", text), text
    assert "✓ covered" in text

    screen.send("\x11")
    assert screen.ends() == 0
    assert [turn["question"] for turn in viva.history(notes)] == [first]

    again = begin()
    again.until("1 of 4 asked")
    again.send("\r")
    second, _text = answer(again, done=(first,))
    assert second != first
    again.send("\x11")
    assert again.ends() == 0
    assert [turn["question"] for turn in viva.history(notes)] == [second, first]


def test_a_key_pressed_at_the_first_frame_is_not_lost(begin):
    screen = begin()
    screen.send("\r")
    screen.when(lambda now: "1 of 4" in now and asked(now) is not None, "the first question")


def test_to_the_end(begin, viva, notes):
    screen = begin()
    screen.until("4 new")
    screen.send("\r")
    done = []
    for _ in ANSWERS:
        question, _text = answer(screen, done)
        done.append(question)
        screen.send("\r")
    screen.until("viva", "report")
    screen.send("q")
    assert screen.ends() == 0

    turns = viva.history(notes)
    assert sorted(done) == sorted(ANSWERS)
    assert [turn["question"] for turn in turns] == done[::-1]
    assert all(turn["score"] > 40 for turn in turns), turns


def test_killed_in_the_middle(begin, viva, notes, isolated_home):
    screen = begin()
    screen.until("4 new")
    screen.send("\r")
    first, _text = answer(screen)

    screen.child.kill(signal.SIGKILL)
    screen.ends()

    with contextlib.closing(sqlite3.connect(isolated_home / "history.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [turn["answer"] for turn in viva.history(notes)] == [ANSWERS[first]]
    again = begin()
    again.until("1 of 4 asked")
    again.send("\r")
    second, _text = answer(again, done=(first,))
    assert {turn["question"] for turn in viva.history(notes)} == {first, second}


def test_a_terminal_of_40_by_12(begin, viva, notes):
    screen = begin(columns=40, rows=12)
    screen.until("4 new")
    screen.send("\r")
    text = screen.when(lambda now: asked(now) is not None, "a question")
    question = asked(text)
    screen.send(ANSWERS[question][:30])
    screen.until(ANSWERS[question][:6])
    screen.send("\r")
    if follows_up(screen):
        screen.send("\r")  # leaves it
        screen.until("Again", "Good")
        text = scrolled_back(screen)
    else:
        text = screen.until("━", "Again", "Good")
    assert re.search(r"\d{1,3} ━", text), text
    screen.send("\r")
    screen.when(lambda now: asked(now) not in (None, question), "the next question")
    screen.send("\x11")
    assert screen.ends() == 0
    assert len(viva.history(notes)) == 1


def follows_up(screen):
    """Wait for the judgement; whether a follow-up waits, which a small screen shows in place of the score above it."""
    told = screen.when(lambda text: "Add to your answer" in text or "Next" in text, "what comes next")
    return "Add to your answer" in told


def scrolled_back(screen):
    """Scroll up to the score, as a person does: a page at a time, since a longer judgement takes two."""
    for _ in range(4):
        screen.send("\x1b[5~")
        with contextlib.suppress(AssertionError):
            return screen.until("━", timeout=2)
    return screen.until("━")


def test_escapes_in_the_notes_do_not_reach_the_terminal(terminal, tmp_path):
    notes = tmp_path / "evil.txt"
    notes.write_text("1.What is \x1b]0;owned\x07 [bold]this[/bold]?\n\tA \x1b[2Jtest\n", encoding="utf-8")
    screen = terminal("--kb", notes, "--index", tmp_path / "index")
    screen.until("1 new")
    screen.send("\r")
    text = screen.until("[bold]this[/bold]")

    assert b"\x1b]0;owned" not in screen.raw
    assert "What is" in text


def test_wrong_notes_give_a_usable_screen(terminal, tmp_path):
    (tmp_path / "empty").mkdir()
    for name, complaint in (("nowhere.txt", "no such file or folder"), ("empty", "no questions found")):
        screen = terminal("--kb", tmp_path / name, "--index", tmp_path / "index", columns=60, rows=14)
        screen.until(complaint, name)
        screen.send("\x11")
        screen.ends()
        assert b"Traceback" not in screen.raw


def test_the_terminal_is_left_as_it_was(begin):
    screen = begin()
    screen.send("\x11")
    assert screen.ends() == 0
    assert screen.raw.rstrip().count(b"\x1b[?1049h") == screen.raw.count(b"\x1b[?1049l") == 1


def test_two_sessions_at_once(begin, viva, notes):
    one, other = begin(), begin()
    for screen in (one, other):
        screen.until("4 new")
        screen.send("\r")
    first, _text = answer(one)
    second, _text = answer(other)

    turns = viva.history(notes)
    assert sorted(turn["question"] for turn in turns) == sorted([first, second])
