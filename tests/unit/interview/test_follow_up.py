"""The follow-up: what is asked after an answer that left something out, over answers that people marked."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.conftest import make_entry
from viva.interview.follow_up.labels import labelled
from viva.interview.follow_up.question import PLAIN, follow_up, merged
from viva.interview.follow_up.subject import named_beside, parts_of
from viva.interview.hints import hint
from viva.text.normal import language_of
from viva.text.terms import terms
from viva.types import Grade, Hit, PointResult, Status
from viva.wording.passages import without_aims

MARKS = Path(__file__).resolve().parent.parent.parent.parent / "training" / "marks" / "validation"
MEANT: dict[str, tuple[Status, float]] = {
    "c": ("covered", 1.0),
    "p": ("partial", 0.5),
    "a": ("missed", 0.0),
    "x": ("contradicted", 0.0),
}


def graded(points, letters, score=50, **of_points):
    share = 1 / len(points)
    results = [
        PointResult(text, MEANT[letter][0], 0.5, "", share, credit=MEANT[letter][1])
        for text, letter in zip(points, letters, strict=True)
    ]
    verdict = "strong" if score >= 75 else "partial" if score >= 40 else "weak"
    return Grade(score, verdict, tuple(replace(point, **of_points) for point in results), None)


def asked(question, points, letters, answer="", **of_points):
    return follow_up(make_entry(1, question), graded(points, letters, **of_points), answer)


@pytest.fixture(scope="module")
def marked():
    """All marked answers of the validation subjects, as (question, points, letters, answer, follow-up)."""
    rows = []
    for path in sorted(MARKS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            for answer in row["answers"]:
                grade = graded(row["points"], answer["labels"], round(100 * answer["score"]))
                text = follow_up(make_entry(1, row["question"]), grade, answer["text"])
                rows.append((row["question"], row["points"], answer["labels"], answer["text"], text))
    return rows


def test_of_all_marked_answers_few_are_followed_up_and_only_those_that_are_partly_right(marked):
    followed = [row for row in marked if row[-1]]
    assert 0.05 * len(marked) < len(followed) < len(marked) / 3
    for _, _, letters, _, _ in followed:
        assert {"c", "a"} <= set(letters) <= {"c", "p", "a"}


def test_of_all_marked_answers_each_is_followed_up_by_one_question_in_its_language(marked):
    for question, *_, text in (row for row in marked if row[-1]):
        assert text == " ".join(text.split())
        assert text.endswith(("?", "？"))
        assert language_of(text) == language_of(question)


def test_of_all_marked_answers_no_follow_up_gives_away_what_it_asks_for(marked):
    own = terms("What else can you say about the; would you add? You named some, the others. How other difference or "
                "belongs. 除了你说的，还有什么？关于它，还能补充什么？那呢？还各要起会出")  # fmt: skip
    for question, points, letters, answer, text in (row for row in marked if row[-1]):
        missed = [point for point, letter in zip(points, letters, strict=True) if letter == "a"]
        labels = [found.label for point in missed if (found := labelled(point))]
        known = {*own, *terms(question), *terms(answer), *(term for label in labels for term in terms(label))}
        secret = {term for point in missed for term in terms(point)} - known
        assert not secret.intersection(terms(text)), (text, missed)


def test_most_follow_ups_to_marked_answers_are_made_of_the_question(marked):
    counts = Counter(text for *_, text in marked if text)
    assert sum(counts[plain] for plain in PLAIN.values()) < 0.5 * counts.total()


@pytest.mark.parametrize(
    ("question", "points", "letters", "answer", "text"),
    [
        ("GRU有什么优缺点", ("优点：门少一个", "缺点：表达能力弱一些"), "ac", "表达能力弱", "那优点呢？"),
        ("QNH 和 QFE 有什么区别", ("QNH：修正海平面", "QFE：场压", "另一点"), "caa", "修正海平面", "那 QFE 呢？"),
        ("QNH 和 QFE 有什么区别", ("QFE：场压", "另一点"), "ac", "QFE是另一个", "关于 QFE ，还能补充什么？"),
        ("K均值怎么做", ("第一步 随机选出几个中心", "把样本分给最近的那个中心"), "ac", "", "第一步做什么？"),
        ("飞机为什么会失速？怎么改出？", ("迎角过大", "与速度无关", "改出：推杆", "加油门"), "caaa", "", "那怎么改出呢？"),
        ("飞机为什么会失速？怎么改出？", ("迎角过大", "推杆", "改出：加油门"), "cca", "", "关于怎么改出，还能补充什么？"),
        ("有哪些隔离级别", ("读已提交：防脏读", "读未提交：什么都不防"), "ca", "", "除了你说的，还有哪些隔离级别？"),
        ("BN有什么作用", ("加快训练收敛", "还能正则化"), "ca", "", "除了你说的，BN还有什么作用？"),
        ("什么是早停", ("验证损失不降就停", "保留最好的权重"), "ca", "", "关于早停，还能补充什么？"),
        ("怎么改出失速", ("推杆", "加油门"), "ca", "", "关于怎么改出失速，还能补充什么？"),
        ("请说明一下BN的原理和作用。", ("先归一化", "再缩放平移"), "ca", "", "关于BN的原理和作用，还能补充什么？"),
        ("并查集怎么实现", ("用数组存父节点", "路径压缩"), "ca", "", "关于并查集怎么实现，还能补充什么？"),
        ("调查的回应率低，问题在哪里？", ("有偏差", "方差大"), "ca", "", "关于问题在哪里，还能补充什么？"),
        ("学习率越大越好吗", ("先预热再衰减", "批次放大时也要放大"), "ca", "", "还有什么要补充的？"),
        (
            "How does generational garbage collection work?",
            ("Young generation: survivors are copied", "Old generation: marked, then compacted"),
            "ac",
            "the old ones are marked",
            "And the young generation?",
        ),
        ("How do ale and lager differ?", ("Ale: top", "Lager: bottom"), "ca", "ale is top", "And lager?"),
        ("How do ale and lager differ?", ("Ale: top", "Lager: bottom"), "ca", "not lager", "How else do ale and lager differ?"),
        ("How does k-means work?", ("Step 2: assign each sample", "It starts at random"), "ac", "",
         "What happens in the second step?"),
        ("How does a tree grow, and what limits it?", ("cells divide", "at the tips", "water limits it", "so does light"),
         "caaa", "", "And what limits it?"),
        ("What are the reasons for overfitting?", ("Too little data", "Noisy labels"), "ca", "",
         "What are the other reasons for overfitting?"),
        ("What are the four Ps?", ("Price", "Place", "People", "Product"), "caaa", "",
         "You named some of the four Ps; what are the others?"),
        ("What does dropout do?", ("It sets units to zero", "It averages networks"), "ca", "", "What else does dropout do?"),
        ("What is dropout?", ("Units are set to zero", "It regularises"), "ca", "", "What else can you say about dropout?"),
        ("How does a laser work?", ("Light", "Mirrors"), "ca", "", "What else can you say about how a laser works?"),
        ("How is softmax computed?", ("Exponentials over their sum", "Less the maximum"), "ca", "", "What else would you add?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_the_most_particular_question_that_can_be_made(question, points, letters, answer, text):
    assert asked(question, points, letters, answer) == text


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("How do you buy a house?", ("Earnest money is paid", "No new loans: underwriting is still open")),
        ("Which papers are needed?", ("Packing list: what is in the box", "Price list: what it costs")),
        ("How does a price form?", ("A low price: demand", "A high price: a low price draws demand")),
    ],
)
def test_a_label_that_states_or_is_asked_for_or_tells_of_another_point_is_not_said(question, points):
    assert not set(terms(labelled(points[1]).label)) & set(terms(asked(question, points, "ca"))) - set(terms(question))


@pytest.mark.parametrize("flag", ["other-entry", "accepted-before", "judged-before"])
def test_nothing_is_asked_where_it_is_settled(flag):
    grade = replace(graded(("a", "b"), "ca"), flags=(flag,))
    assert follow_up(make_entry(1, "BN的作用"), grade, "a") is None


def test_nothing_is_asked_unless_the_answer_is_partly_right_and_a_point_of_weight_surely_missed():
    entry, points = make_entry(1, "BN的作用"), ("一", "二", "三")
    assert asked(entry.question, points, "cca")
    for letters in ("ccc", "ppa", "aaa", "cxa", "ccp"):
        assert asked(entry.question, points, letters) is None
    assert asked(entry.question, points, "cca", importance="extra") is None
    assert asked(entry.question, points, "cca", credit=0.3) is None
    assert asked(entry.question, points, "cca", weight=0.1) is None
    for score in (20, 90):
        assert follow_up(entry, graded(points, "cca", score), "一") is None
    assert follow_up(entry, replace(graded(points, "cca"), verdict="unsure"), "一") is None


def test_a_label_in_another_language_than_the_question_is_not_said():
    assert asked("Why batch norm?", ("缺点：慢", "优点：快"), "ca") == PLAIN["en"]


@pytest.mark.parametrize("question", ["", "?", "。", "越大越好吗", "How is dropout applied?", "Should I?"])
def test_a_question_of_no_known_form_is_followed_up_plainly(question):
    assert asked(question, ("a", "b"), "ca") in PLAIN.values()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("池化层起什么作用，最大池化和平均池化怎么选", ["池化层起什么作用", "最大池化和平均池化怎么选"]),
        ("设计调查问卷，有哪些常见的坑？", ["有哪些常见的坑"]),
        ("What is a receptive field, and what enlarges it?", ["What is a receptive field", "what enlarges it"]),
        ("A city caps rents. What happens, and who wins?", ["What happens", "who wins"]),
        ("Compare ale and lager.", ["Compare ale and lager"]),
        ("", []),
    ],
)
def test_parts_of_a_question(question, parts):
    assert [part.text for part in parts_of(question, language_of(question))] == parts


@pytest.mark.parametrize(
    ("question", "label", "named"),
    [
        ("What do the UPS and the generator do?", "UPS", "the UPS"),
        ("Compare a hard link and a soft link.", "Soft link", "the soft link"),
        ("How do droplet and airborne precautions differ?", "Airborne", "airborne precautions"),
        ("Explain milk fever and how you treat and prevent it.", "prevent", ""),
        ("How do premium and price work in coffee?", "coffee", ""),
        ("铬鞣革和植鞣革有什么不同", "植鞣", "植鞣"),
        ("比较IgA和IgM", "A", ""),
        ("什么是早停", "早停", ""),
    ],
)
def test_a_thing_beside_another_in_the_question(question, label, named):
    assert named_beside(question, label, language_of(question)) == named


@pytest.mark.parametrize(
    ("point", "label"),
    [("优点：快", "优点"), ("Young generation: copied", "Young generation"), ("第二步：分配", "第二步"), ("比例是 3:1", None),
     ("感受野是一个区域", None), ("see https://a.example", None), ("y = x：其中", None), ("：空", None)],
)  # fmt: skip
def test_labels(point, label):
    found = labelled(point)
    assert (found.label if found else None) == label


def test_what_is_added_takes_nothing_away_but_what_contradicts_does():
    first, lower = graded(("a", "b"), "ca"), Grade(40, "partial", (), None)
    assert merged(first, lower) is first
    wrong = Grade(40, "partial", (PointResult("point 0", "contradicted", 0.5, "no"),), None)
    assert merged(first, wrong) is wrong
    assert merged(first, Grade(50, "partial", (), None)).points == ()


def test_while_it_waits_only_what_was_covered_is_told():
    passage = Hit(1, 0.9, "a.md#1", "1", "q", "b", "a.md", 4, 4)
    shown = without_aims(replace(graded(("a", "b"), "ca"), passage=passage))
    assert [point.text for point in shown.points] == ["a"]
    assert (shown.score, shown.passage) == (50, None)


def test_a_hint_to_a_labelled_point_is_its_label(entry_of):
    entry = entry_of(1, "分代回收怎么做", "新生代：存活对象复制到另一块；Old generation: marked, then compacted")
    assert hint(entry, 1) == "第 1 点的开头是：新生代…"
    assert hint(entry, 2) == "第 2 点的开头是：Old generation…"
