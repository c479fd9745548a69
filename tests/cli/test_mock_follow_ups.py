"""`viva ask --mock` with follow-ups: asked without a grade, left, resumed, and told at the end."""

from __future__ import annotations

import re

import pytest

FIRST, SECOND = "验证集损失连续若干轮不再下降时停止训练", "保留验证集上最好的那组权重"
NOTES = "1.什么是早停\n\t验证集损失连续若干轮不再下降时停止训练\n\t保留验证集上最好的那组权重\n"
ASKED = "关于早停，还能补充什么？"
HOW = "可以直接补充；直接回车或 /下一题 就往下走。"
SCORES = re.compile(r"\d+ 分，|没?说到|再问|补充之后")


@pytest.fixture
def mock(viva, notes):
    def hold(*typed, options=("--mock", "--follow-ups", "--seed", "2")):
        return viva("ask", *options, "--kb", notes, typed=typed)

    return hold


@pytest.fixture
def turn(viva, notes):
    def latest():
        [row] = viva("history", "--kb", notes, "--json").rows
        return row

    return latest


def test_it_is_asked_at_once_and_told_with_the_first_answer_at_the_end(mock, turn, viva, notes):
    result = mock(FIRST, SECOND)
    assert result.code == 0
    at = result.lines.index(ASKED)
    assert result.lines[at + 1] == "这个追问限时 3 分钟。"
    assert result.lines[at + 2] == HOW
    end = next(i for i, line in enumerate(result.lines) if "问完了" in line)
    assert not any(SCORES.search(line) for line in result.lines[:end])
    told = result.lines[end:]
    assert f"你的回答：{FIRST}" in told
    assert f"追问：{ASKED}" in told
    assert f"你的补充：{SECOND}" in told
    assert any(line.startswith("补充之后多了 ") for line in told)
    row = turn()
    assert (row["answer"], row["follow_up"]["answer"]) == (FIRST, SECOND)
    assert row["score"] > row["follow_up"]["first_score"]
    assert viva("report", "--kb", notes).code == 0


@pytest.mark.parametrize("typed", ["", "/跳过", "/下一题", "不知道"])
def test_it_can_be_left_without_an_answer(mock, turn, typed):
    result = mock(FIRST, typed)
    assert result.code == 0
    assert any("问完了" in line for line in result.lines)
    asked = turn()["follow_up"]
    assert (asked["question"], asked["first_score"]) == (ASKED, None)
    assert asked["answer"] is not None


def test_nothing_that_would_help_is_given_while_it_waits(mock, turn):
    result = mock(FIRST, "/提示", "/答案", "/不再问", "/对", "/撤销", "/重复", SECOND)
    assert len([line for line in result.lines if line.startswith(("模拟面试里", "模拟面试结束"))]) == 5
    assert result.lines.count(ASKED) >= 2
    assert turn()["follow_up"]["answer"] == SECOND


def test_the_end_of_input_within_it_keeps_what_was_typed(mock, turn, viva, notes):
    left = mock(FIRST, "/skpi")
    assert "viva ask --resume" in left.out
    assert not SCORES.search(left.out)
    assert turn()["follow_up"]["answer"] is None
    assert viva("report", "--kb", notes).code == 1
    back = mock(SECOND, options=("--resume",))
    assert FIRST in back.lines
    assert ASKED in back.lines
    assert "上次没交的回答：/skpi" in back.lines
    assert turn()["follow_up"]["answer"] == SECOND


def test_through_a_pipe_none_is_asked_unless_told(mock, turn):
    assert ASKED not in mock(FIRST, options=("--mock",)).out
    assert turn()["follow_up"] is None


def test_an_answer_after_its_time_is_taken_and_marked(mock, turn, monkeypatch):
    from viva.interview.interview import Interview

    monkeypatch.setattr(Interview, "_used_until", lambda self, moment: 61.0 if self.waiting else 179.0)
    result = mock(FIRST, SECOND)
    assert "用时 2 分 59 秒。" in result.lines
    assert "用时 1 分 1 秒，超时了。" in result.lines
    assert (turn()["seconds"], turn()["overtime"], turn()["follow_up"]["answer"]) == (240.0, True, SECOND)
