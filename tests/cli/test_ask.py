"""`viva ask`: whole interviews over stdin, in Chinese and English."""

from __future__ import annotations

import re

import pytest

KEPT = "保留验证集上最好的那组权重"
EARLY = "验证集损失连续若干轮不再下降时就停止训练，并保留验证集上最好的那组权重"
NOTES = """1.什么是早停
	验证集损失连续若干轮不再下降时停止训练
	保留验证集上最好的那组权重
2.What is weight decay?
	It pulls all weights towards zero at every step
	It keeps the model simple
"""


@pytest.fixture
def chinese(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text(NOTES.split("2.", maxsplit=1)[0], encoding="utf-8")
    return path


@pytest.fixture
def english(tmp_path):
    path = tmp_path / "two.txt"
    path.write_text("1." + NOTES.split("2.", maxsplit=1)[1], encoding="utf-8")
    return path


@pytest.fixture
def ask(viva):
    """Hold an interview over one file of notes with these lines typed."""

    def hold(notes, *typed, options=("--seed", "1")):
        return viva("ask", *options, "--kb", notes, typed=typed)

    return hold


@pytest.fixture
def turns(viva):
    """The stored turns of a file of notes, oldest first."""
    return lambda notes: viva("history", "--kb", notes, "--json").rows[::-1]


def test_a_whole_interview_in_chinese(ask, turns, chinese):
    said = f"我只记得：{KEPT}"
    result = ask(chinese, said)
    assert result.code == 0
    lines = result.lines
    assert lines[1:4] == ["", "第 1 题，共 1 题", "什么是早停"]
    assert lines[4:7] == ["笔记里的答案（one.txt:1）：", *(line.strip() for line in NOTES.splitlines()[1:3])]
    assert re.fullmatch(r"\d+ 分，(很好|对，但简短|部分正确)", lines[8])
    assert any(line.endswith(f"说到了：{KEPT}") for line in lines)
    assert "问了 1 题，回答了 1 题。" in lines, "the end of input after the last answer is the end of the interview"
    assert not re.search(r"[A-Za-z]{4,}", result.out.replace("one.txt", "")), "all of it is Chinese"
    [turn] = turns(chinese)
    assert (turn["answer"], turn["outcome"]) == (said, "answered")
    assert turn["score"] == int(lines[8].split()[0])


def test_a_whole_interview_in_english(ask, turns, english):
    result = ask(english, "I only remember this: it keeps the model simple")
    assert result.code == 0
    assert "Question 1 of 1" in result.lines
    assert re.search(r"^\d+ points, (strong|right, but brief|partly)$", result.out, re.MULTILINE)
    assert re.search(r"^2\. covered: It keeps the model simple$", result.out, re.MULTILINE)
    assert "1 asked, 1 answered." in result.lines
    assert not re.search(r"[\u4e00-\u9fff]", result.out)
    assert turns(english)[0]["verdict"] in {"strong", "partial"}


def test_the_talk_is_in_the_language_of_each_question(ask, tmp_path):
    path = tmp_path / "both.txt"
    path.write_text(NOTES, encoding="utf-8")
    result = ask(path, "/skip", "/skip")
    assert {"第 1 题，共 2 题", "Question 2 of 2"} <= set(result.lines) or {
        "Question 1 of 2",
        "第 2 题，共 2 题",
    } <= set(result.lines)


def test_the_same_seed_gives_the_same_talk(viva, kb, isolated_home):
    def talk(seed):
        result = viva("ask", "--seed", seed, "--count", "4", typed="不知道\n/skip\n换一题\n/show\n")
        (isolated_home / "history.db").unlink()
        return result.out

    assert talk(7) == talk(7)
    assert len({talk(seed) for seed in range(4)}) > 1


def test_the_end_of_input_keeps_the_interview_for_later(ask, viva, turns, kb):
    first = viva("ask", "--seed", "1", "--count", "3", typed="/skip\n")
    assert first.code == 0
    assert first.lines[-1] in {"接着来：viva ask --resume", "To go on: viva ask --resume"}
    again = viva("ask", "--resume", typed="/skip\n/skip\n")
    assert again.code == 0
    position = re.compile(r"第 2 题，共 3 题|Question 2 of 3")
    assert position.search(again.out)
    assert len(turns("kb")) == 3
    done = viva("ask", "--resume")
    assert done.code == 1
    assert "no interview was interrupted" in done.err


def test_a_pipe_begins_anew_without_being_asked(viva, kb):
    viva("ask", "--count", "3", typed="/skip\n")
    again = viva("ask", "--count", "3")
    assert re.search(r"第 1 题，共 3 题|Question 1 of 3", again.out)


def test_an_answer_over_several_lines(ask, turns, chinese):
    ask(chinese, "验证集损失不降就停\\", "保留最好的权重")
    ask(chinese, '"""', "/skip", "", "保留最好的权重", '"""')
    ask(chinese, '"""提示"""')
    ask(chinese, '"""', "没有写完")
    assert [turn["answer"] for turn in turns(chinese)] == [
        "验证集损失不降就停\n保留最好的权重",
        "/skip\n\n保留最好的权重",
        "提示",
        "没有写完",
    ]


def test_commands_in_chinese(ask, turns, chinese):
    result = ask(chinese, "提示", "再说一遍", "我答得怎么样", "查一下 早停", "/帮助", "看答案")
    assert "答案有 2 个要点，先自己想想看。" in result.lines
    assert result.lines.count("什么是早停") == 2
    assert "1 题里已经问了 0 题，还剩 1 题。" in result.lines
    assert any(re.fullmatch(r"1, (fairly )?close: 1\. 什么是早停", line) for line in result.lines)
    assert any(line.startswith("/跳过") for line in result.lines)
    assert any('"""' in line for line in result.lines), "help tells how to write several lines"
    assert "保留验证集上最好的那组权重" in result.lines
    assert [turn["outcome"] for turn in turns(chinese)] == ["revealed"]


def test_commands_in_english(ask, turns, english):
    result = ask(
        english, "hint", "repeat the question", "how am I doing", "search for weights", "/help", "skip this one"
    )
    assert "The answer has 2 points; try to recall them." in result.lines
    assert result.lines.count("What is weight decay?") == 2
    assert "0 of 1 question asked, 1 left." in result.lines
    assert [turn["outcome"] for turn in turns(english)] == ["skipped"]


def test_undo_rate_and_override_after_the_last_answer(ask, turns, chinese):
    result = ask(chinese, "不知道", "/undo", EARLY, "/rate easy", "/wrong", "")
    assert result.code == 0
    assert result.lines.count("什么是早停") == 2
    [turn] = turns(chinese)
    assert (turn["answer"], turn["rating"], turn["verdict"], turn["overridden"]) == (EARLY, "easy", "weak", True)
    assert any("由你判定" in line for line in result.lines)


def test_a_topic_can_be_changed(viva, kb):
    result = viva("ask", "--seed", "1", typed="考我预热\n")
    assert "学习率预热的作用" in result.lines
    missing = viva("ask", "--seed", "1", typed="考我量子力学\n")
    assert missing.code == 0
    assert "量子力学" in missing.out


def test_a_topic_may_follow_when_it_is_asked_for(ask, turns, tmp_path):
    notes = tmp_path / "n.md"
    notes.write_text("# CNN\n## What is a kernel?\nA filter.\n# RNN\n## What is a gate?\nA valve.\n", encoding="utf-8")
    result = ask(notes, "change the topic", "RNN", "A valve.")
    assert "What is a gate?" in result.out
    assert [(turn["question"], turn["answer"]) for turn in turns(notes)] == [("What is a gate?", "A valve.")]


def test_a_topic_that_is_not_there_is_no_answer(ask, turns, english):
    assert ask(english, "change the topic", "zebras", "stop").code == 0
    assert turns(english) == []


def test_stop_ends_it_for_good(viva, kb):
    result = viva("ask", "--count", "3", typed="/stop\n这一行不再是回答\n")
    assert result.code == 0
    assert "这一行" not in result.out
    assert viva("ask", "--resume").code == 1


@pytest.mark.parametrize(("said", "outcome", "answer"), [("y", "skipped", ""), ("不是", "answered", "请跳过这道")])
def test_a_near_miss_is_asked_about(ask, turns, chinese, said, outcome, answer):
    result = ask(chinese, "请跳过这道", said)
    assert any("你是想" in line for line in result.lines)
    [turn] = turns(chinese)
    assert (turn["outcome"], turn["answer"]) == (outcome, answer)


def test_after_a_near_miss_the_next_line_may_simply_go_on(viva, turns, kb):
    viva("ask", "--count", "2", "--kb", "kb/small.txt", typed="请跳过这道\n梯度噪声变小\n")
    assert [turn["answer"] for turn in turns("kb/small.txt")] == ["请跳过这道", "梯度噪声变小"]


def test_a_near_miss_at_the_end_of_input_is_kept_as_a_draft(ask, viva, turns, chinese):
    ask(chinese, "请跳过这道")
    assert turns(chinese) == []
    again = viva("ask", "--resume", "--kb", chinese, typed="\n")
    assert "上次没交的回答：请跳过这道" in again.lines
    assert [turn["answer"] for turn in turns(chinese)] == ["请跳过这道"]


def test_an_unknown_command_is_no_answer(ask, turns, chinese):
    result = ask(chinese, "/xyzzyplugh", "//root 是答案")
    assert any("/xyzzyplugh" in line for line in result.lines)
    assert [turn["answer"] for turn in turns(chinese)] == ["/root 是答案"]


def test_an_empty_line_is_no_answer(ask, turns, chinese):
    result = ask(chinese, "", "   ", EARLY)
    assert sum("/跳过" in line for line in result.lines) == 2
    assert [turn["answer"] for turn in turns(chinese)] == [EARLY]


def test_what_cannot_be_done_is_said_and_the_talk_goes_on(ask, turns, chinese):
    result = ask(chinese, "/undo", "/right", "/rate 9", "/topic", "/search", EARLY)
    assert result.code == 0
    assert result.err.count("\n") <= 1, "only the index was announced"
    assert len(turns(chinese)) == 1


def test_bytes_that_are_no_utf8_are_tolerated(viva, turns, chinese):
    result = viva("ask", "--kb", chinese, typed=b"\xff\xfe loss \xe9\n")
    assert result.code == 0
    assert "loss" in turns(chinese)[0]["answer"]


def test_escapes_in_notes_and_answers_are_shown_literally(viva, hostile):
    result = viva("ask", "--kb", hostile, typed="\x1b[31mnerves\n/show\n")
    assert result.code == 0
    assert not set(result.out) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "\\x1b[2Jtest" in result.out


def test_what_did_not_go_well_is_asked_again(viva, kb):
    assert viva("ask", "--again").code == 1, "there is no interview yet"
    first = viva("ask", "--topic", "dropout", typed="/skip\n")
    assert "Question 1 of 1" in first.lines
    again = viva(
        "ask", "--again", typed="dropout is off at test time and activations keep their expected size\n/right\n"
    )
    assert "What does dropout do at test time?" in again.lines
    assert "Question 1 of 1" in again.lines, "all of them, and no others"
    nothing = viva("ask", "--again")
    assert (nothing.code, "left nothing open" in nothing.err) == (1, True)
    assert viva("ask", "--resume", "--again").code == 2


def test_selection(viva, kb):
    count = viva("ask", "--count", "2", typed="")
    assert re.search(r"共 2 题|of 2", count.out)
    topic = viva("ask", "--topic", "dropout", typed="")
    assert "What does dropout do at test time?" in topic.lines
    assert "Question 1 of 1" in topic.lines
    nothing = viva("ask", "--topic", "量子力学")
    assert nothing.code == 1
    assert '"量子力学"' in nothing.err.splitlines()[-1]
    assert viva("ask", "--count", "0").code == 2
    assert viva("ask", "--seed", "99999999999999999999").code == 2
    assert viva("ask", "--resume", "--count", "2").code == 2
    due = viva("ask", "--due", "--count", "1", typed="不知道\n")
    assert due.code == 0
    weak = viva("ask", "--order", "weak", typed="/skip\n")
    assert re.search(r"第 1 题，共 1 题|Question 1 of 1", weak.out)
    untried = viva("ask", "--order", "unanswered", typed="")
    assert re.search(r"共 5 题|of 5", untried.out)
    assert viva("ask", "--due", "--order", "weak").code == 2
    assert viva("ask", "--resume", "--order", "weak").code == 2
    assert viva("ask", "--order", "sideways").code == 2


def test_plain_viva_without_a_terminal_is_the_same_interview(viva, kb):
    result = viva("--kb", "kb/small.txt", typed="/skip\n")
    assert result.code == 0
    assert re.search(r"第 1 题，共 4 题", result.out)
    assert result.lines[-1] == "接着来：viva ask --resume --kb kb/small.txt"
    assert viva("--kb", "kb/small.txt").code == 0


def test_a_search_in_the_talk_says_when_nothing_is_close(viva, kb):
    talked = viva("ask", "--count", "1", typed="/search flights to Lisbon in June\n/stop\n")
    assert "Nothing in your notes is close. The nearest:" in talked.out or "最接近的是：" in talked.out


def test_single_points_are_judged_by_their_number(ask, turns, chinese):
    result = ask(chinese, "保留验证集上最好的那组权重", "/接受 1", "/不算 2", "/选答 2", "/接受", "/accept 5", "")
    told = [line for line in result.lines if re.match(r"\d\. ", line)]
    assert told[:2] == ["1. 没说到：验证集损失连续若干轮不再下降时停止训练", "2. 说到了：保留验证集上最好的那组权重"]
    assert told[2:] == [
        "1. 说到了（由你判定）：验证集损失连续若干轮不再下降时停止训练",
        "2. 没说到（由你判定）：保留验证集上最好的那组权重",
        "2. 没说到（由你判定，选答）：保留验证集上最好的那组权重",
    ]
    assert any(line.startswith("要点用它的号码来说") for line in result.lines)
    assert any("no point 5" in line for line in result.lines)
    [turn] = turns(chinese)
    assert (turn["verdict"], turn["overridden"]) == ("strong", False)


def test_what_is_no_answer_is_not_accepted(ask, turns, english):
    result = ask(english, "I don't know", "/right", "/accept 1", "")
    assert sum("this was no answer" in line for line in result.lines) == 2
    [turn] = turns(english)
    assert (turn["score"], turn["overridden"]) == (0, False)


def test_a_search_that_was_doubted_and_makes_no_sense_is_said_and_the_talk_goes_on(ask, turns, chinese):
    result = ask(chinese, "查询 -键", "y", EARLY)
    assert result.code == 0
    assert "add what you look for" in result.out
    assert [turn["answer"] for turn in turns(chinese)] == [EARLY]
