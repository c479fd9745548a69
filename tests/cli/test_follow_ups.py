"""`viva ask` with follow-ups: asked, answered, left, and shown by the other commands."""

from __future__ import annotations

import pytest

FIRST, SECOND = "验证集损失连续若干轮不再下降时停止训练", "保留验证集上最好的那组权重"
ZH = "1.什么是早停\n\t验证集损失连续若干轮不再下降时停止训练\n\t保留验证集上最好的那组权重\n"
EN = (
    "1.How does generational garbage collection work?\n"
    "\tYoung generation: survivors are copied to another space\n\tOld generation: marked, then compacted in place\n"
)
ASKED = "关于早停，还能补充什么？"
KEPT = "还有 1 个要点没说全，等你补充以后再看。"


@pytest.fixture
def notes(tmp_path):
    def write(text):
        path = tmp_path / "one.txt"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def ask(viva):
    def hold(notes, *typed, options=("--follow-ups",)):
        return viva("ask", "--seed", "1", *options, "--kb", notes, typed=typed)

    return hold


def turn(viva, notes):
    [row] = viva("history", "--kb", notes, "--json").rows
    return row


def test_what_is_added_is_graded_with_the_answer(ask, viva, notes):
    path = notes(ZH)
    lines = ask(path, FIRST, SECOND).lines
    at = lines.index(ASKED)
    assert lines[at - 1] == KEPT
    assert lines[at + 1] == "可以直接补充；直接回车或 /下一题 就往下走。"
    assert not any(SECOND in line for line in lines[:at]), "what is asked for is not told before"
    assert lines.index("笔记里的答案（one.txt:1）：") > at
    after = lines[at:]
    assert "100 分，很好" in after or any(line.endswith(" 分，很好") for line in after)
    assert any(line.startswith("补充之后多了 ") for line in after)
    assert f"2. 说到了：{SECOND}" in after
    row = turn(viva, path)
    assert (row["answer"], row["follow_up"]["answer"], row["follow_up"]["question"]) == (FIRST, SECOND, ASKED)
    assert row["score"] > row["follow_up"]["first_score"]


@pytest.mark.parametrize("left", ["", "/next", "/skip", "不知道", "下一题"])
def test_whoever_leaves_it_hears_what_was_kept_back(ask, viva, notes, left):
    path = notes(ZH)
    result = ask(path, FIRST, left)
    at = result.lines.index(ASKED)
    assert f"2. 没说到：{SECOND}" in result.lines[at:]
    assert "笔记里的答案（one.txt:1）：" in result.lines[at:]
    assert "问了 1 题，回答了 1 题。" in result.lines
    assert turn(viva, path)["follow_up"]["first_score"] is None


def test_in_english_one_fact_a_line(ask, notes):
    lines = ask(
        notes(EN),
        "Old generation: marked, then compacted in place",
        "Young generation: survivors are copied to another space",
    ).lines
    at = lines.index("And the young generation?")
    assert lines[at - 1] == "1 point not wholly said yet, shown after the follow-up."
    assert any(line.startswith("The follow-up brought ") for line in lines[at:])


def test_a_pipe_is_asked_none_unless_it_wants_to(ask, viva, notes, isolated_home):
    path = notes(ZH)
    assert ASKED not in ask(path, FIRST, options=()).lines
    assert ASKED in ask(path, FIRST).lines
    assert ASKED not in ask(path, FIRST, options=("--no-follow-ups",)).lines
    (isolated_home / "settings.toml").write_text("follow_ups = false\n", encoding="utf-8")
    assert ASKED in ask(path, FIRST).lines, "a flag wins"


def test_repeat_search_and_rate_leave_it_waiting(ask, viva, notes):
    path = notes(ZH)
    lines = ask(path, FIRST, "再说一遍", "查一下 早停", "我答得怎么样", "/rate 2", SECOND).lines
    assert lines.count(ASKED) == 2
    row = turn(viva, path)
    assert (row["follow_up"]["answer"], row["rating"]) == (SECOND, "hard")


def test_a_verdict_of_ones_own_ends_it(ask, viva, notes):
    path = notes(ZH)
    lines = ask(path, FIRST, "/right").lines
    assert any("由你判定" in line for line in lines)
    assert f"2. 没说到：{SECOND}" in lines
    assert turn(viva, path)["overridden"]


def test_undo_gives_both_answers_back(ask, viva, notes):
    path = notes(ZH)
    lines = ask(path, FIRST, SECOND, "/undo", "").lines
    assert any(line.startswith(f"上次没交的回答：{FIRST}") for line in lines)
    assert turn(viva, path)["answer"] == f"{FIRST}\n{SECOND}"


def test_one_that_was_left_waits_with_what_was_typed(ask, viva, notes):
    path = notes(ZH)
    first = ask(path, FIRST, "请跳过这道")  # a near miss at the end of the input
    assert "viva ask --resume" in first.lines[-1]
    again = viva("ask", "--resume", "--kb", path, typed="\n")
    assert ASKED in again.lines
    assert "上次没交的回答：请跳过这道" in again.lines
    assert turn(viva, path)["follow_up"]["answer"] == "请跳过这道"


def test_hints_are_told_with_the_grade_everywhere(ask, viva, notes):
    path = notes(ZH)
    lines = ask(path, "提示", "提示", f"{FIRST}，{SECOND}").lines
    assert any(line.endswith("，用了 2 次提示") and " 分，" in line for line in lines)
    assert "问了 1 题，回答了 1 题，用了 2 次提示。" in lines
    assert ", 2 hints" in viva("history", "--kb", path).lines[0]
    assert any("用了 2 次提示" in line for line in viva("report", "--kb", path).lines)
    assert turn(viva, path)["hints"] == 2
    assert turn(viva, path)["rating"] != "easy"


def test_history_and_reports_show_it(ask, viva, notes, tmp_path):
    path = notes(
        "1.什么是早停\n\t验证集损失连续若干轮不再下降时停止训练\n\t保留最好的权重\n\t省下训练时间\n\t也是一种正则化\n"
    )
    ask(path, f"{FIRST}，也是一种正则化", "能 *省下* <b>训练时间</b>")
    lines = viva("history", "--kb", path).lines
    assert "before the follow-up" in lines[0]
    assert lines[2].startswith("    follow-up: ")
    assert "省下" in lines[3]
    asked = turn(viva, path)["follow_up"]
    told = viva("report", "--kb", path, "--markdown", "r.md", "--html", "r.html")
    assert told.code == 0
    text = viva("report", "--kb", path).out
    assert f"追问：{asked['question']}" in text
    assert "你的补充：能 *省下* <b>训练时间</b>" in text
    assert f"补充前的得分：{asked['first_score']}" in text
    markdown = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "追问：" in markdown
    assert "> 能 \\*省下\\* &lt;b&gt;训练时间&lt;/b&gt;" in markdown
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "能 *省下* &lt;b&gt;训练时间&lt;/b&gt;" in html
    [row] = viva("report", "--kb", path, "--json").json["turns"]
    assert row["follow_up"] == asked
