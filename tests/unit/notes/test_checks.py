"""What `viva check` says about the questions."""

from __future__ import annotations

import random

from viva.notes.checks import check
from viva.notes.reader import read_notes


def found(tmp_path, text, kind=None):
    file = tmp_path / "n.txt"
    file.write_text(text, encoding="utf-8")
    return [p for p in check(read_notes([file])) if kind in (None, p.kind)]


def test_unanswered_and_repeated(tmp_path):
    problems = found(tmp_path, "1.什么是甲\n\t答\n2.什么是乙\n2.什么是丙\n\t答\n")
    assert [(p.kind, p.line) for p in problems] == [("no-answer", 3), ("repeated-number", 4)]
    assert problems[1].other.endswith("n.txt:3")


def test_the_same_question_twice(tmp_path):
    (twin,) = found(
        tmp_path,
        "1.什么是残差连接？\n\t跨层相加\n2.什么是注意力\n\t加权和\n3.什么是残差连接\n\t输入加到输出\n",
        "near-duplicate",
    )
    assert (twin.line, twin.other.rsplit(":", 1)[1]) == (5, "1")
    (same,) = found(tmp_path, "1.什么是甲？\n\t子\n2.什么是乙\n\t丑\n3.什么是甲？\n\t寅\n", "near-duplicate")
    assert same.message == "The same question twice: 3. 什么是甲？", "what is the same is said once"


def test_the_same_answer_in_nearly_the_same_words(tmp_path):
    text = "1.残差连接的作用\n\t让梯度直接流回浅层，使很深的网络也能训练\n2.为什么要跨层相加\n\t让梯度能直接流回浅层，使得很深的网络也能训练\n"
    (twin,) = found(tmp_path, text, "near-duplicate")
    assert twin.line == 3


def test_versions_and_opposites_are_two_questions(tmp_path):
    text = "1.resnet18有多少参数层\n\t十八层\n2.resnet34有多少参数层\n\t三十四层\n3.批归一化的优点\n\t收敛快\n4.批归一化的缺点\n\t依赖批大小\n"
    assert found(tmp_path, text, "near-duplicate") == []


def test_both_ways_of_a_card_are_no_twins(tmp_path):
    assert (
        found(
            tmp_path,
            "# cards\nprecision of a model:::share of reported items that are right indeed\n",
            "near-duplicate",
        )
        == []
    )


def test_order_is_by_file_and_line(tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("1.甲是什么\n2.乙是什么\n", encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(b"\0")
    problems = check(read_notes([tmp_path]))
    places = [(p.file, p.line or 0) for p in problems]
    assert places == sorted(places)
    assert {p.kind for p in problems} == {"no-answer", "near-duplicate", "left-out"}


def test_thousands_of_entries_give_few_alarms(tmp_path):
    rng = random.Random(5)
    words = [chr(0x4E00 + rng.randrange(3000)) + chr(0x4E00 + rng.randrange(3000)) for _ in range(2000)]
    rows = [
        f"{n}.{''.join(rng.choices(words, k=4))}是什么\n\t{''.join(rng.choices(words, k=25))}\n" for n in range(1, 3001)
    ]
    assert len(found(tmp_path, "".join(rows))) < 30


def test_questions_that_differ_in_one_word_are_no_twins_for_alike_words(tmp_path):
    text = (
        "1. What is precision?\n\tThe share of the items reported as positive that truly are positive.\n"
        "2. What is recall?\n\tThe share of the items truly positive that are reported as positive.\n"
        "3.深拷贝会怎样\n\t复制对象以及它引用的全部内容，改动互不影响\n"
        "4.浅拷贝会怎样\n\t复制对象但不复制它引用的内容，改动相互影响\n"
    )
    assert found(tmp_path, text, "near-duplicate") == []


def test_english_answers_that_share_function_words_are_no_twins(tmp_path):
    answer = (
        "\tIt is one of the ways in which the {} of a {} can be {} at the end, so that it is not the {} that it was\n"
    )
    fillings = [
        ("units", "layer", "silenced", "net"),
        ("errors", "set", "watched", "fit"),
        ("rows", "table", "cut", "x"),
    ]
    text = "".join(f"{n}. What does it do in {f[1]}?\n{answer.format(*f)}" for n, f in enumerate(fillings, start=1))
    assert found(tmp_path, text, "near-duplicate") == []


def test_english_answers_in_nearly_the_same_words_are_twins(tmp_path):
    text = (
        "1. What does batch norm do?\n\tNormalises activations with batch statistics, then rescales by learned values.\n"
        "2. How does normalising a batch work?\n"
        "\tIt normalises the activations with the batch statistics and then rescales by learned values.\n"
    )
    assert len(found(tmp_path, text, "near-duplicate")) == 1
