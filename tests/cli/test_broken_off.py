"""`viva ask` that is broken off while an answer is typed: by Ctrl+C, by a signal, by a terminal that is closed."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("no pseudo-terminal on Windows", allow_module_level=True)

import pexpect

from viva.cli.interactive import keyboard

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
RUN = "from viva.cli.main import main; main()"
LINES = ["损失不降就停", "保留最好的权重"]
"""What is typed: a whole line of a block, and one that is not done."""


@pytest.fixture
def asked(kb, tmp_path):
    """Start an interview in a pseudo-terminal."""
    opened = []

    def start(*options):
        environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
        arguments = ["-c", RUN, "ask", "--new", "--seed", "1", "--kb", "kb/small.txt", *options]
        child = pexpect.spawn(
            sys.executable, arguments, cwd=str(tmp_path), env=environment, encoding="utf-8", timeout=30
        )
        child.delaybeforesend = None
        opened.append(child)
        child.expect_exact("> ")
        return child

    yield start
    for child in opened:
        child.close(force=True)


@pytest.fixture
def draft(viva):
    """What an interview that is gone on with says was not given yet."""

    def find():
        said = viva("ask", "--resume", "--kb", "kb/small.txt").lines
        if not (begun := [at for at, line in enumerate(said) if "上次没交的回答：" in line]):
            return ""
        [end] = [at for at, line in enumerate(said) if line == "直接回车就交这份回答。"]
        return "\n".join(said[begun[0] : end]).removeprefix("上次没交的回答：")

    return find


def leave(child, end):
    if end == "ctrl-c":
        child.sendintr()
    elif isinstance(end, signal.Signals):
        child.kill(end)
    child.expect(pexpect.EOF)
    said = child.before
    child.close()
    return said, child.exitstatus


ENDS = [("ctrl-c", 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


@pytest.mark.parametrize("mock", [False, True], ids=["practice", "mock"])
@pytest.mark.parametrize(("end", "code"), ENDS, ids=["ctrl-c", "term", "hup"])
def test_what_was_typed_is_there_again(asked, draft, mock, end, code):
    child = asked(*(["--mock"] if mock else []))
    child.send(f'"""{LINES[0]}\n')
    child.expect_exact("... ")
    child.send(LINES[1])
    child.expect_exact(LINES[1])
    said, left = leave(child, end)
    assert left == code
    assert "接着来：viva ask --resume" in said, "how to go on is told"
    assert draft() == "\n".join(LINES)


def test_half_a_line_is_kept_and_half_a_command_is_not(asked, draft):
    child = asked()
    child.send(LINES[0])
    child.expect_exact(LINES[0])
    leave(child, "ctrl-c")
    assert draft() == LINES[0]
    child = asked()
    child.send("/sk")
    child.expect_exact("/sk")
    leave(child, "ctrl-c")
    assert draft() == ""


def test_a_closed_terminal_and_a_kill_lose_no_more_than_the_last_keys(asked, draft):
    child = asked()
    child.send(LINES[0])
    child.expect_exact(LINES[0])
    time.sleep(keyboard.EVERY * 3)
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)
    child.close()
    assert draft() == LINES[0]
    child = asked()
    child.send(LINES[1])
    child.expect_exact(LINES[1])
    time.sleep(keyboard.EVERY * 3)
    child.close()  # as a terminal does whose window is closed
    assert draft() == LINES[1]


def test_what_was_rubbed_out_is_no_answer(asked, viva):
    child = asked("--count", "1")
    child.send(LINES[0])
    child.expect_exact(LINES[0])
    time.sleep(keyboard.EVERY * 3)
    child.send("\x15\r")  # all of it deleted, and Enter
    child.expect_exact("请输入回答。")
    child.send("/skip\r")
    child.expect_exact("题目都问完了。")
    leave(child, "ctrl-c")
    [turn] = viva("history", "--kb", "kb/small.txt", "--json").rows
    assert (turn["outcome"], turn["answer"]) == ("skipped", "")


def test_a_line_that_waits_for_yes_or_no_is_kept(asked, draft):
    child = asked()
    child.send("请跳过这道\r")
    child.expect("你是想.*> ")
    leave(child, signal.SIGTERM)
    assert draft() == "请跳过这道"
