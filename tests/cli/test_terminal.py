"""`viva ask` and colours at a real terminal: prompt, editing keys, leaving, and the offer to go on."""

from __future__ import annotations

import os
import re
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("no pseudo-terminal on Windows", allow_module_level=True)

import pexpect

pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
RUN = "from viva.cli.main import main; main()"
COLOUR = re.compile(r"\x1b\[\d+m")


@pytest.fixture
def at_terminal(kb, tmp_path):
    """Start viva in a pseudo-terminal over four questions."""
    opened = []

    def start(*arguments, encoding="utf-8", **env):
        environment = {**os.environ, "TERM": "xterm", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", **env}
        child = pexpect.spawn(
            sys.executable,
            ["-c", RUN, *arguments, "--kb", "kb/small.txt"],
            cwd=str(tmp_path),
            env=environment,
            encoding=encoding,
            dimensions=(30, 100),
            timeout=30,
        )
        child.delaybeforesend = None
        opened.append(child)
        return child

    yield start
    for child in opened:
        child.close(force=True)


def ends(child):
    child.expect(pexpect.EOF)
    said = child.before
    child.close()
    return child.exitstatus, said


def test_an_interview_left_and_gone_on_with(at_terminal, viva):
    first = at_terminal("ask", "--count", "3", "--seed", "1")
    first.expect("第 1 题，共 3 题")
    first.expect_exact("> ")
    first.sendline("保留最好的权重\\")
    first.expect_exact("... ")
    first.sendline("损失不降就停")
    first.expect("第 2 题，共 3 题")
    first.expect_exact("> ")
    first.sendeof()
    code, said = ends(first)
    assert code == 0
    assert "接着来：viva ask --resume" in said

    again = at_terminal("ask")
    again.expect_exact("上次的面试停在第 2 题，共 3 题。接着来吗？(y/n)")
    again.sendline("也许")
    again.expect_exact("请说 y 或 n。")
    again.sendline("y")
    again.expect("第 2 题，共 3 题")
    again.expect_exact("> ")
    again.sendintr()
    code, said = ends(again)
    assert code == 130
    assert "Traceback" not in said
    turns = viva("history", "--json", "--kb", "kb/small.txt").rows
    assert [turn["answer"] for turn in turns] == ["保留最好的权重\n损失不降就停"]


def test_how_to_be_asked_again_is_said_at_the_end(at_terminal):
    child = at_terminal("ask", "--count", "1", "--seed", "1")
    child.expect_exact("> ")
    child.sendline("/skip")
    child.expect_exact("> ")
    child.sendline("")
    status, said = ends(child)
    assert status == 0
    assert "没答好的再来一遍：viva ask --again --kb kb/small.txt" in said


def test_after_the_last_answer_a_person_may_take_it_back(at_terminal):
    child = at_terminal("ask", "--count", "1")
    child.expect_exact("> ")
    child.sendline("不知道")
    child.expect_exact("题目都问完了。")
    child.sendline("/undo")
    child.expect_exact("撤回了")
    child.sendline("/skip")
    child.expect_exact("题目都问完了。")
    child.sendline("")
    code, said = ends(child)
    assert code == 0
    assert "跳过 1 题" in said


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colour_at_a_terminal_only_where_it_is_wanted(at_terminal, env, coloured):
    code, said = ends(at_terminal("search", "早停", "--top", "1", **env))
    assert code == 0
    assert bool(COLOUR.search(said)) is coloured
    assert "什么是早停" in said


def test_plain_viva_at_a_dumb_terminal_asks_line_by_line(at_terminal):
    child = at_terminal(TERM="dumb")
    child.expect("第 1 题，共 4 题")
    child.sendline("/stop")
    child.expect("现在结束这次面试")
    child.sendline("y")
    assert ends(child)[0] == 0


@pytest.mark.parametrize(
    ("encoding", "shown"), [("cp1252", r"\u4ec0\u4e48\u662f\u65e9\u505c"), ("cp936", "什么是早停")]
)
def test_a_terminal_whose_encoding_lacks_characters_gets_them_spelled_out(at_terminal, encoding, shown):
    child = at_terminal("questions", encoding=encoding, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    code, said = ends(child)
    assert code == 0
    assert said.splitlines()[0] == rf"1  \u2713 answered   {shown}  kb/small.txt:1"
