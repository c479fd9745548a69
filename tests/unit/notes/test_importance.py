"""What a person marks as essential or as extra, in every way of writing it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.notes.formats import parse
from viva.notes.points.split import split_points
from viva.types import Point

PAGE = Path(__file__).resolve().parents[3] / "docs" / "notes.md"
E, N, X = "essential", "normal", "extra"


def marked(answer):
    return [(point.importance, point.text) for point in split_points(answer)]


@pytest.mark.parametrize("answer", ["", "- one\n- two", "卷积提取特征。池化降低分辨率。", "$$\ny = x\n$$"])
def test_points_are_normal_unless_marked(answer):
    assert all(point.importance == N for point in split_points(answer))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("- ! one thing\n- two things", [(E, "one thing"), (N, "two things")]),
        ("- !one thing\n- two things", [(E, "one thing"), (N, "two things")]),
        ("！甲层提取边缘\n乙层提取局部", [(E, "甲层提取边缘"), (N, "乙层提取局部")]),
        ("1.！ 甲层\n2.乙层", [(E, "甲层"), (N, "乙层")]),
        ("! 1. first\n2. second", [(E, "first"), (N, "second")]),
        ("- [ ] ! open\n- [x] done", [(E, "open"), (N, "done")]),
        ("> ! quoted words\n> other words", [(E, "quoted words"), (N, "other words")]),
        ("- **! must be said**\n- may be said", [(E, "must be said"), (N, "may be said")]),
        ("! must be said", [(E, "must be said")]),
        ("- a thing (extra)\n- a thing more", [(X, "a thing"), (N, "a thing more")]),
        ("- (extra) a thing\n- a thing more", [(X, "a thing"), (N, "a thing more")]),
        ("- a thing (Optional).\n- (optional): b thing", [(X, "a thing."), (X, "b thing")]),
        ("- *(optional)* a thing\n- **(extra)** b thing", [(X, "a thing"), (X, "b thing")]),
        (
            "甲层（补充）\n（选答）乙层\n丙层（可选）。\n丁层(可选)",
            [(X, "甲层"), (X, "乙层"), (X, "丙层"), (X, "丁层")],
        ),
        ("甲层（extra）\n乙层", [(X, "甲层"), (N, "乙层")]),
        ("- ! both of them (extra)", [(E, "both of them")]),
    ],
)
def test_a_mark_at_a_point(answer, expected):
    assert marked(answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "- != compares values\n- two",
        "- `!x` negates\n- two",
        "- ![a picture](a.png) shows it\n- two",
        "- !(a and b) is not a or not b\n- two",
        "- 5! is 120\n- it works!",
        "- an (optional) step follows\n- the (extra) cost is small",
        "- n! grows fast\n- Watch out!",
        "!",
        "(extra)",
    ],
)
def test_what_is_no_mark_stays(answer):
    assert [importance for importance, _ in marked(answer)] == [N] * len(split_points(answer))
    assert "!" in split_points(answer)[-1].text or "!" not in answer.split("\n")[-1]


def test_a_mark_in_code_is_text():
    assert marked("- `!important` beats all\n- two") == [(N, "!important beats all"), (N, "two")]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("缺点：1.!对超参数敏感\n\t2.容易卡住（补充）", [(E, "缺点：对超参数敏感"), (X, "缺点：容易卡住")]),
        ("1.剪枝 2.!量化 3.蒸馏（可选）", [(N, "剪枝"), (E, "量化"), (X, "蒸馏")]),
        ("优点：!收敛快，占用少", [(E, "优点：收敛快"), (N, "优点：占用少")]),
        ("Pros: fast, small (extra)", [(X, "Pros: fast"), (X, "Pros: small")]),
        ("均值池化、最大池化（补充）", [(X, "均值池化"), (X, "最大池化")]),
        (
            "It reads the whole batch first. It keeps running means of it (extra). It then scales them.",
            [(N, "It reads the whole batch first."), (X, "It keeps running means of it."), (N, "It then scales them.")],
        ),
        (
            "卷积层提取局部的特征。池化层降低分辨率（补充）。",
            [(N, "卷积层提取局部的特征"), (X, "池化层降低分辨率")],
        ),
        (
            "！卷积层提取局部的特征。池化层降低分辨率。",
            [(E, "卷积层提取局部的特征"), (E, "池化层降低分辨率")],
        ),
    ],
)
def test_a_mark_within_a_line(answer, expected):
    assert marked(answer) == expected


@pytest.mark.parametrize("label", ["History: (extra)", "History (extra):", "(extra) History:"])
def test_a_mark_at_a_label_holds_for_what_is_under_it(label):
    assert marked(f"- It is fast now\n\n{label}\n- invented early\n- revived late\nUse:\n- for images") == [
        (N, "It is fast now"),
        (X, "History: invented early"),
        (X, "History: revived late"),
        (N, "Use: for images"),
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            "历史（补充）：\n\t1.提出\n\t2.流行\n用途：\n\t1.图像",
            [(X, "历史：提出"), (X, "历史：流行"), (N, "用途：图像")],
        ),
        (
            "! Drawbacks:\n- slow\n- ! big\n- (extra) old",
            [(E, "Drawbacks: slow"), (E, "Drawbacks: big"), (X, "Drawbacks: old")],
        ),
        (
            "(extra) History:\n  Early:\n    - a start\n  Late:\n    - an end\n- the rest",
            [(X, "Early: a start"), (X, "Late: an end"), (N, "the rest")],
        ),
        ("History: (extra) invented early", [(X, "History: invented early")]),
        (
            "(extra)\n- one thing\n- two things\n\nand the rest",
            [(X, "one thing"), (X, "two things"), (N, "and the rest")],
        ),
        (
            "- (extra) its kinds\n  - Nesterov\n  - heavy ball\n- its use",
            [(X, "its kinds"), (X, "Nesterov"), (X, "heavy ball"), (N, "its use")],
        ),
        ("- ! its kinds\n  - Nesterov\n- its use", [(E, "its kinds"), (N, "Nesterov"), (N, "its use")]),
        ("(extra) The kinds are as follows:\n- Nesterov\n- heavy ball", [(X, "Nesterov"), (X, "heavy ball")]),
        (
            "1. 速度（补充）\n甲方法只算一次特征，因此更快。\n2. 内存\n乙方法要保存每个区域的特征。",
            [(X, "甲方法只算一次特征，因此更快"), (N, "乙方法要保存每个区域的特征")],
        ),
    ],
)
def test_how_far_a_mark_reaches(answer, expected):
    assert marked(answer) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("- **Never tune on it**\n- Use folds", [E, N]),
        ("- <b>Never tune on it</b>\n- Use folds", [E, N]),
        ("- __Never tune on it__.\n- Use folds", [E, N]),
        ("- **one thing**\n- **two things**", [N, N]),
        ("**one thing only**", [N]),
        ("- **Overfitting**: low error\n- **Underfitting**: high error\n- Both happen", [N, N, N]),
        ("- **Overfitting** means a low error\n- Both happen", [N, N]),
        ("- **Overfitting** — a low error\n- Both happen", [N, N]),
        ("- **Early stopping.** It ends the training.\n- Both happen", [N, N]),
        ("- **Overfitting**: low error\n- **Never tune on the test set**", [N, E]),
        ("- **Weights must not all be zero.** Units stay equal.\n- Biases may be.", [E, N]),
        (
            "- **Weights must not all be zero.** Units stay equal.\n- **Biases may all be zero.** They do no harm.",
            [N, N],
        ),
        ("- **权重不能全部初始化为零**。否则各单元始终相同\n- 偏置可以为零", [E, N]),
        ("It uses the batch here. **At test time it uses means.** It needs no bias at all.", [N, E, N]),
        ("**CNN**, RNN and transformers", [E, N, N]),
        ("**Advantages**\n- fast\n- small", [N, N, N]),
        ("- the norm, **which is kept\n  for each channel**, is used\n- two things", [N, N]),
    ],
)
def test_what_is_bold_as_a_whole_is_essential_where_not_all_is(answer, expected):
    assert [point.importance for point in split_points(answer)] == expected


def test_an_optional_thing_at_the_beginning_of_a_wrapped_line_is_no_mark():
    text = "The gate decides which part of the old state is kept, and writes it by an\n(optional) second gate."
    assert marked(text) == [(N, text.replace("\n", " "))]


def test_a_point_said_twice_keeps_its_mark():
    assert marked("- one thing\n- ! one thing\n- two things") == [(E, "one thing"), (N, "two things")]


def test_every_format_that_has_points_has_marks(tmp_path):
    texts = {
        ".md": "# What is it?\n\n- ! one thing\n- two things (extra)\n",
        ".txt": "1.什么是它\n\t！甲层\n\t乙层（补充）\n2.另一个问题\n\t内容\n",
        ".csv": 'question,answer\nWhat is it?,"! one thing\ntwo things (extra)"\n',
        ".jsonl": '{"question": "What is it?", "answer": "! one thing\\ntwo things (extra)"}\n',
    }
    for suffix, text in texts.items():
        answer = parse(text, suffix).entries[0].answer
        assert [point.importance for point in split_points(answer)] == [E, X], suffix
        assert "!" in answer or "！" in answer, "the notes stay as they are written"
    cards = "Q: What is it?\nA: ! one thing\ntwo things (extra)\n\nWhat else?::! a thing\n"
    assert [[p.importance for p in split_points(e.answer)] for e in parse(cards, ".md").entries] == [[E, X], [E]]
    anki = "#separator:tab\n#html:true\nWhat is it?\t<ul><li>! one thing</li><li>two things (extra)</li></ul>\n"
    assert [p.importance for p in split_points(parse(anki, ".txt").entries[0].answer)] == [E, X]


def test_the_example_of_the_page_reads_as_it_says():
    section = PAGE.read_text(encoding="utf-8").split("## What matters most")[1]
    entries = parse(re.search(r"```text\n(.*?)```", section, re.DOTALL)[1], ".md").entries
    assert [[point.importance for point in split_points(entry.answer)] for entry in entries] == [
        [E, N, X, X],
        [E, N, X],
    ]


WORDS = st.sampled_from(
    ["gate", "norm", "batch", "kernel", "layer", "loss", "卷积", "池化", "归一化", "梯度", "2x2", "f(x)", "a/b"]
)
STATEMENTS = st.lists(WORDS, min_size=2, max_size=7).map(" ".join)
FIRST = {"! ": E, "!": E, "！": E, "(extra) ": X, "（补充）": X, "": N}
LAST = {" (extra)": X, "（可选）": X, " (optional)": X, "": N}
SIGNS = st.sampled_from(
    [lambda k: "- ", lambda k: f"{k + 1}. ", lambda k: f"{k + 1}、", lambda k: f"（{k + 1}）", lambda k: ""]
)
MARKS = st.tuples(st.sampled_from([*FIRST]), st.sampled_from([*LAST]))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(STATEMENTS, MARKS), min_size=2, max_size=6, unique_by=lambda item: item[0]), SIGNS)
def test_marks_change_nothing_of_the_text(items, sign):
    bare = "\n".join(f"{sign(k)}{text}" for k, (text, _) in enumerate(items))
    written = "\n".join(f"{sign(k)}{first}{text}{last}" for k, (text, (first, last)) in enumerate(items))
    says = [FIRST[first] if FIRST[first] != N else LAST[last] for _, (first, last) in items]
    points = split_points(bare)
    assert len(points) == len(items)
    assert split_points(written) == tuple(Point(p.text, said) for p, said in zip(points, says, strict=True))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(STATEMENTS, st.booleans()), min_size=2, max_size=6, unique_by=lambda item: item[0]), SIGNS)
def test_bold_changes_nothing_of_the_text(items, sign):
    bare = "\n".join(f"{sign(k)}{text}" for k, (text, _) in enumerate(items))
    written = "\n".join(f"{sign(k)}**{text}**" if bold else f"{sign(k)}{text}" for k, (text, bold) in enumerate(items))
    points = split_points(written)
    assert [point.text for point in points] == [point.text for point in split_points(bare)]
    if all(bold for _, bold in items) or not any(bold for _, bold in items):
        assert all(point.importance == N for point in points)
    elif sign(0):
        assert [point.importance for point in points] == [E if bold else N for _, bold in items]
