"""The follow-up: what is asked after an answer that left something out, over the sample notes with the real grader."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from viva.practice.follow_up import follow_up, merged, probes, without_aims
from viva.practice.hints import hint
from viva.practice.labels import labelled
from viva.practice.subject import more_of, things_of
from viva.semantics.terms import terms
from viva.text.normal import language_of
from viva.types import Grade, PointResult

KB = Path(__file__).resolve().parent.parent.parent.parent / "kb"
RANK = {"missed": 0, "contradicted": 0, "partial": 1, "covered": 2}


@pytest.fixture(scope="module")
def sampled():
    """Every question of the sample notes with a random part of its answer and the grade of that."""
    from viva.notes.reader import read_notes
    from viva.practice.calibration import calibration_for
    from viva.practice.grader import Grader
    from viva.semantics.encoder import open_encoder

    encoder, rng = open_encoder(notify=lambda _line: None), random.Random(5)
    entries = [entry for entry in read_notes([KB]).entries if len(entry.points) > 1]
    marker = Grader(encoder, None, calibration_for(encoder), entries=entries)
    rows = []
    for entry in entries:
        texts = [point.text for point in entry.points]
        said = rng.sample(texts, rng.randint(1, len(texts) - 1))
        rows.append((entry, marker.grade(entry, "\n".join(said))))
    return marker, rows


def test_of_all_sample_notes_no_follow_up_gives_anything_away(sampled):
    marker, rows = sampled
    asked = 0
    for entry, grade in rows:
        probe = follow_up(entry, grade, marker)
        missed = {index for index, point in enumerate(grade.points) if point.status == "missed"}
        if probe is None:
            assert not missed or not any(RANK[point.status] for point in grade.points)
            continue
        asked += 1
        assert probe.text.endswith(("?", "？"))
        assert probe.text == " ".join(probe.text.split())
        assert language_of(probe.text) == language_of(entry.question)
        assert set(probe.aims) <= missed or not missed
        told = marker.grade(entry, probe.text).points
        for index in probe.aims:
            assert told[index].status != "covered", (probe.text, grade.points[index])
            secret = _rest(grade.points[index].text) - set(terms(entry.question))
            assert not secret & _said(probe.text), probe.text
    assert asked > 0.9 * len(rows)


def _rest(point):
    found = labelled(point)
    return set(terms(found.rest if found else point)) - set(terms(found.label if found else ""))


def _said(text):
    """Terms of a follow-up that are no words of its own form; a label of the point may be said."""
    own = "除了你说的还有什么作用能再补充吗个要点还差关于可以有哪些那呢举个例子 else points missing still say about one two three four five six"
    return {term for term in terms(text) if term not in terms(own) and not term.isdigit()}


def test_the_last_resort_holds_no_word_of_the_notes(sampled):
    last = {list(probes(entry, grade))[-1].text for entry, grade in sampled[1] if list(probes(entry, grade))}
    assert 2 <= len(last) <= 6, last


@pytest.mark.parametrize(
    ("question", "points", "said", "asked"),
    [
        ("BN的作用是什么", ("加快训练收敛", "BN 还有正则化的作用"), 0, "除了你说的，BN 还有什么作用？"),
        ("讲讲BN", ("加快训练收敛", "批统计量随样本变化而带来噪声，所以有正则化的作用"), 0, "除了你说的，还有什么作用？"),
        ("GRU和LSTM怎么样", ("优点：门少一个，参数和计算都更少", "缺点：表达能力弱一些"), 1, "那优点呢？"),
        ("批归一化好不好", ("优点：收敛快", "优点：允许大学习率", "缺点：依赖批次大小"), 0, "优点还有哪些？"),
        ("怎么做数据增强", ("几何变换：翻转、旋转、裁剪", "把两张图片按比例混合起来"), 1, "几何变换有哪些？"),
        ("K均值怎么做", ("第一步 随机选出几个中心", "把样本分给最近的那个中心"), 1, "第一步做什么？"),
        ("过拟合怎么看", ("训练损失低而验证损失高", "例子：用高次多项式拟合十个点"), 0, "能举个例子吗？"),
        ("过拟合有哪些原因", ("数据太少", "模型太复杂", "训练太久", "噪声太多"), 0, "4 个原因里你说到了 1 个，其余的是什么？"),
        ("什么是早停", ("验证损失不降就停", "保留最好的权重"), 0, "关于早停，还能补充什么？"),
        ("学习率怎么调", ("先预热再衰减", "批次放大时也要放大"), 0, "2 个要点还差 1 个，能再补充吗？"),
        (
            "How does generational garbage collection work?",
            ("Young generation: survivors are copied to another space", "Old generation: marked, then compacted"),
            1,
            "And the young generation?",
        ),
        ("How does k-means work?", ("Step 2: assign each sample to its centre", "It starts at random centres"), 1,
         "What happens in the second step?"),
        (
            "What are the reasons for overfitting?",
            ("Too little data", "A model with too much capacity", "Noisy labels", "Training for too long"),
            0,
            "You named one of the four reasons; what are the others?",
        ),
        ("What does dropout do?", ("It sets units to zero at random", "It averages many thinned networks"), 0,
         "What else does dropout do?"),
        ("How is softmax computed?", ("Exponentials are divided by their sum", "The maximum is subtracted first"), 0,
         "One of the two points is still missing; what is it?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_of_the_words_that_are_there(grader, entry_of, question, points, said, asked):
    entry = entry_of(1, question, "；".join(points))
    grade = grader.grade(entry, points[said])
    assert grade.points[said].status != "missed"
    assert follow_up(entry, grade, grader).text == asked


def _grade(*statuses, flags=(), verdict="partial", evidence=""):
    points = tuple(PointResult(f"point {at}", status, 0.5, evidence) for at, status in enumerate(statuses))
    return Grade(50, verdict, points, None, flags)


@pytest.mark.parametrize("flag", ["empty", "dont-know", "echo", "gibberish", "no-reference", "off-topic", "copied"])
def test_nothing_is_asked_after_what_is_no_answer(entry_of, flag):
    assert not list(probes(entry_of(1, "BN的作用"), _grade("covered", "missed", flags=(flag,))))


def test_nothing_is_asked_where_nothing_is_missing_met_or_sure(entry_of):
    entry = entry_of(1, "BN的作用")
    assert not list(probes(entry, _grade("covered", "covered")))
    assert not list(probes(entry, _grade("missed", "missed")))
    assert not list(probes(entry, _grade("covered", "contradicted")))
    assert not list(probes(entry, _grade("covered", "missed", verdict="unsure")))
    assert not list(probes(entry, _grade("covered", "partial", verdict="strong")))


def test_a_point_half_said_is_asked_about_in_the_persons_words(entry_of):
    said = _grade("covered", "partial", evidence="它让训练变快")
    assert next(probes(entry_of(1, "BN的作用"), said)).text == "你说“它让训练变快”，能再具体一点吗？"
    english = _grade("covered", "partial", evidence="it is faster")
    assert next(probes(entry_of(1, "Why batch norm?"), english)).text == (
        'You said "it is faster"; can you be more precise?'
    )
    long = _grade("covered", "partial", evidence="一个很长" * 20)
    assert next(probes(entry_of(1, "BN的作用"), long)).text == "有 1 个要点只说到一部分，能再具体一点吗？"


def test_a_label_in_another_language_than_the_question_is_not_said(entry_of):
    points = (PointResult("covered point", "covered", 1.0, "x"), PointResult("优点：快", "missed", 0.0, ""))
    texts = [probe.text for probe in probes(entry_of(1, "Why batch norm?"), Grade(50, "partial", points, None))]
    assert texts
    assert all(text.isascii() for text in texts)


@pytest.mark.parametrize(
    "question",
    ["池化层起什么作用，最大池化和平均池化怎么选", "Adam优化器有什么优势和不足", "梯度下降的过程和优缺点",
     "What is a receptive field, and what enlarges it?", "How does dropout work?", "怎么调学习率"],
)  # fmt: skip
def test_a_question_of_several_parts_gives_no_subject(question):
    assert more_of(question, "", language_of(question)) == ""
    assert things_of(question, language_of(question)) == ""


@pytest.mark.parametrize(
    ("point", "label"),
    [("优点：快", "优点"), ("Young generation: copied", "Young generation"), ("第二步：分配", "第二步"), ("比例是 3:1", None),
     ("感受野是一个区域", None), ("see https://a.example", None), ("y = x：其中", None), ("：空", None)],
)  # fmt: skip
def test_labels(point, label):
    found = labelled(point)
    assert (found.label if found else None) == label


def test_what_is_added_takes_nothing_away_but_what_contradicts_does():
    first, lower = _grade("covered", "missed"), Grade(40, "partial", (), None)
    assert merged(first, lower) is first
    wrong = Grade(40, "partial", (PointResult("point 0", "contradicted", 0.5, "no"),), None)
    assert merged(first, wrong) is wrong
    assert merged(first, Grade(50, "partial", (), None)).points == ()


def test_while_it_waits_only_what_was_covered_is_told(entries, grader):
    grade = grader.grade(entries[0], "让更新方向更平稳")
    shown = without_aims(grade)
    assert [point.text for point in shown.points] == ["让更新方向更平稳"]
    assert (shown.score, shown.passage) == (grade.score, None)


def test_a_hint_to_a_labelled_point_is_its_label(entry_of):
    entry = entry_of(1, "分代回收怎么做", "新生代：存活对象复制到另一块；Old generation: marked, then compacted")
    assert hint(entry, 1) == "第 1 点的开头是：新生代…"
    assert hint(entry, 2) == "第 2 点的开头是：Old generation…"
