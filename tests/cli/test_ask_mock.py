"""`viva ask --mock`: the limit is said, nothing is told before the end, pipes and resuming work."""

from __future__ import annotations

import re

import pytest

from viva.cli.interactive import keyboard

NOTES = """1.什么是早停
	验证集损失连续若干轮不再下降时停止训练
	保留验证集上最好的那组权重
2.What is weight decay?
	It pulls all weights towards zero at every step
	It keeps the model simple
"""
GOOD = {
    "什么是早停": "验证集损失连续若干轮不再下降时停止训练，保留验证集上最好的那组权重",
    "What is weight decay?": "It pulls all weights towards zero at every step and keeps the model simple",
}
SCORES = re.compile(r"\d+ (?:points?|分)|covered|missed|没?说到|strong|not yet|partly|asked again|再问")


@pytest.fixture
def mock(viva, notes):
    """Hold a mock interview with these lines typed."""

    def hold(*typed, options=("--mock", "--seed", "2")):
        return viva("ask", *options, "--kb", notes, typed=typed)

    return hold


def asked(result):
    return [line for line in result.lines if line in GOOD]


def test_nothing_is_told_until_the_end(mock):
    first, second = asked(mock("/skip", "/skip"))[:2]
    result = mock(GOOD[first], "/score", GOOD[second], options=("--mock", "--seed", "2", "--limit", "90s"))
    assert result.code == 0
    at = result.lines.index(second)
    before = "\n".join(result.lines[:at])
    after = re.split(r"last question\.|问完了。", result.out)[1]
    assert not SCORES.search(before.replace("1 分 30 秒", "").replace("1 minute 30 seconds", ""))
    assert re.search(r"每题限时 1 分 30 秒|1 minute 30 seconds for each answer|每题 1 分 30 秒", result.lines[0])
    assert any(
        line in {"这题限时 1 分 30 秒。", "You have 1 minute 30 seconds for this answer."} for line in result.lines
    )
    assert any(line in {"用时 0 秒。", "That took 0 seconds.", "That took 1 second."} for line in result.lines)
    assert after.index(first) < after.index(second), "one question after the other"
    assert re.search(r"\d+ points, strong", after)
    assert re.search(r"\d+ 分，很好", after)
    assert re.search(r"总分 \d+ 分|Overall score \d+ of 100", after)


def test_what_is_refused_is_said_and_is_no_answer(mock, viva, notes):
    result = mock("/hint", "/show", "/search weights", "/topic LSTM", "/undo", "/right", "/rate 3")
    assert result.code == 0
    refused = [line for line in result.lines if "模拟面试" in line or "mock interview" in line]
    assert len(refused) >= 8
    assert viva("history", "--kb", notes, "--json").rows == []


def test_each_answer_can_be_judged_at_the_end(mock, viva, notes):
    result = mock("something else", "/skip", "/right", "/rate 2", "", "nonsense", "/wrong", "")
    assert result.code == 0
    rows = viva("history", "--kb", notes, "--json").rows
    assert [(row["outcome"], row["verdict"], row["rating"]) for row in rows] == [
        ("skipped", None, None),
        ("answered", "strong", "hard"),
    ]
    assert "question 2 has no answer to judge: choose another" in result.lines


def test_points_are_judged_at_the_end_and_not_before(mock, viva, notes):
    result = mock("something else", "/accept 1", "/接受", "/skip", "/accept 2", "/extra 1", "/accept 9", "", "")
    assert result.code == 0
    refused = {"模拟面试结束后才能评判要点", "points are judged after the mock interview"}
    assert sum(line in refused for line in result.lines) == 2
    assert any(re.match(r"2\. (说到了（由你判定）|covered \(your word\))", line) for line in result.lines)
    assert any(re.match(r"1\. (没说到（选答）|missed \(optional\))", line) for line in result.lines)
    assert any("no point 9" in line for line in result.lines)
    assert viva("history", "--kb", notes, "--json").rows[-1]["verdict"] == "strong"


def test_stopping_early_ends_with_what_was_asked(mock, viva, notes):
    result = mock("an answer of some words", "/stop")
    assert result.code == 0
    found = viva("report", "--kb", notes, "--json").json
    assert (found["mode"], found["limit"], found["asked"], found["planned"]) == ("mock", 180, 1, 2)
    assert found["finished_at"]
    assert mock("/stop").code == 0


def test_the_end_of_input_keeps_it_and_resuming_goes_on_as_a_mock(mock, viva, notes):
    left = mock("an answer of some words")
    assert left.code == 0
    assert "viva ask --resume" in left.out
    assert not SCORES.search(left.out.replace("3 分钟", ""))
    report = viva("report", "--kb", notes)
    assert (report.code, report.out) == (1, "")
    assert "viva ask --resume" in report.err
    back = mock("another answer", options=("--resume",))
    assert re.search("模拟面试|mock interview", back.lines[0])
    assert len(set(asked(back))) == 2
    assert viva("report", "--kb", notes).code == 0


def test_an_answer_after_its_time_is_taken_and_marked(mock, viva, notes, monkeypatch):
    from viva.interview.interview import Interview

    monkeypatch.setattr(Interview, "_used_until", lambda self, moment: 65.0)
    result = mock("late", "late too", options=("--mock", "--limit", "1m"))
    assert {"用时 1 分 5 秒，超时了。", "That took 1 minute 5 seconds, which is over time."} <= set(result.lines)
    assert [row["overtime"] for row in viva("history", "--kb", notes, "--json").rows] == [True, True]
    text = viva("report", "--kb", notes).out
    assert re.search("1 分 5 秒，超时|1 minute 5 seconds, over time", text)


def test_time_is_stored_while_a_line_is_typed(monkeypatch):
    import threading

    beaten = threading.Event()
    with monkeypatch.context() as patched:
        patched.setattr(keyboard, "BEAT", 0.001)
        with keyboard._beating(beaten.set):
            assert beaten.wait(10)
    beats = []
    with pytest.raises(KeyboardInterrupt):
        _broken_off(beats)
    assert beats == [1], "what is broken off is stored at once"


def _broken_off(beats):
    with keyboard._beating(lambda: beats.append(1)):
        beats.clear()
        raise KeyboardInterrupt


def test_settings_give_the_limit(mock, isolated_home):
    (isolated_home / "settings.toml").write_text('limit = "1m"\n', encoding="utf-8")
    assert re.search(r"You have 1 minute for|这题限时 1 分钟", mock("/stop").out)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--limit", "2m"), "add --mock"),
        (("--mock", "--limit", "soon"), "'soon' is no time: write 90s, 3m or 2m30s"),
        (("--mock", "--limit", "1s"), "from 30s to 15m, not 1s"),
        (("--mock", "--order", "weak"), "leave out --order and --due"),
        (("--mock", "--due"), "leave out --order and --due"),
        (("--mock", "--resume"), "leave out the other, and all that begins a new one"),
        (("--finish", "--resume"), "leave out the other"),
        (("--finish", "--new"), "leave out the other"),
    ],
)
def test_wrong_usage(mock, options, told):
    result = mock(options=options)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
