"""A follow-up at a real terminal: asked by default, and still waiting after a kill."""

from __future__ import annotations

import signal

import pytest

pytestmark = [
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),  # pexpect forks
]

FIRST, SECOND = "验证集损失连续若干轮不再下降时停止训练", "保留验证集上最好的那组权重"
ASKED = "关于早停，还能补充什么？"


def test_it_waits_through_a_kill(terminal, viva, tmp_path):
    notes, index = tmp_path / "dl.txt", tmp_path / "index"
    notes.write_text(f"1.什么是早停\n\t{FIRST}\n\t{SECOND}\n", encoding="utf-8")
    screen = terminal("ask", "--kb", notes, "--index", index)
    screen.until("什么是早停")
    screen.send(f"{FIRST}\r")
    screen.until(ASKED, "直接回车或 /下一题")
    screen.child.kill(signal.SIGKILL)

    again = terminal("ask", "--resume", "--kb", notes, "--index", index)
    again.until(ASKED)
    again.send(f"{SECOND}\r")
    again.until("补充之后多了", "题目都问完了")
    again.send("\r")
    assert again.ends() == 0
    [turn] = viva.history(notes)
    assert (turn["answer"], turn["follow_up"]["answer"]) == (FIRST, SECOND)
