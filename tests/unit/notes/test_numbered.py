"""Numbered questions in all the ways people type them."""

from __future__ import annotations

import pytest

from viva.notes.formats.numbered import parse_numbered
from viva.notes.raw import split_lines


def read(text):
    return parse_numbered(split_lines(text))


def numbers(text):
    return [entry.number for entry in read(text)]


@pytest.mark.parametrize(
    "style",
    [
        "{}.",
        "{}. ",
        "{}、",
        "{})",
        "{}）",
        "（{}）",
        "({}) ",
        "{} ",
        "Q{}: ",
        "第{}题 ",
        "问题{}：",
        "{}．",
        "**{}.** ",
        "#{} ",
        "{} - ",
    ],
)
def test_each_style_of_number(style):
    text = "".join(f"{style.format(n)}什么是第{n}种层？\n\t它的作用是甲\n\t1.乙\n\t2.丙\n" for n in range(1, 5))
    entries = read(text)
    assert [entry.number for entry in entries] == ["1", "2", "3", "4"]
    assert entries[1].answer == "它的作用是甲\n1.乙\n2.丙"
    assert [(entry.line, entry.end_line) for entry in entries] == [(1, 4), (5, 8), (9, 12), (13, 16)]


def test_full_width_digits_become_ascii():
    assert numbers("１．甲是什么\n　　乙\n２．丙是什么\n　　丁\n") == ["1", "2"]


def test_a_number_without_a_dot_between_dotted_ones():
    assert [e.question for e in read("1.甲\n\t答\n2不同的层\n\t答\n3.丙\n\t答")] == ["甲", "不同的层", "丙"]


@pytest.mark.parametrize(
    "line", ["3 * 3卷积核更小", "16x16的块", "2017年提出", "0.5是常用值", "3.14", "2个门", "3倍速度", "3%的误差"]
)
def test_numbers_that_count_are_no_questions(line):
    entries = read(f"1.甲\n{line}\n2.乙\n{line}\n3.丙\n{line}\n")
    assert [e.number for e in entries] == ["1", "2", "3"]
    assert [e.answer for e in entries] == [line] * 3


def test_inner_lists_that_are_not_indented():
    text = "1.甲\n1. a\n2. b\n3. c\n2.乙\n1. a\n2. b\n3.丙\n1. a\n2. b\n3. c\n4. d\n4.丁\n答\n5.戊\n1. a\n2. b\n"
    entries = read(text)
    assert [e.question for e in entries] == ["甲", "乙", "丙", "丁", "戊"]
    assert entries[2].answer == "1. a\n2. b\n3. c\n4. d"
    assert entries[4].answer == "1. a\n2. b"


def test_inner_list_of_another_style():
    entries = read("1、甲\n（1）a\n（2）b\n2、乙\n1) a\n2) b\n3) c\n3、丙\n")
    assert [e.question for e in entries] == ["甲", "乙", "丙"]


def test_a_repeated_and_a_missing_number():
    assert numbers("5.甲\n答\n6.乙\n答\n6.丙\n1. a\n2. b\n7.丁\n9.戊\n10.己\n") == ["5", "6", "6", "7", "9", "10"]


def test_headings_restart_the_count():
    entries = read("# CNN\n1.甲\n答\n2.乙\n答\n# RNN\n1.丙\n答\n2.丁\n1. a\n2. b\n3. c\n")
    assert [(e.headings, e.number) for e in entries] == [
        (("CNN",), "1"),
        (("CNN",), "2"),
        (("RNN",), "1"),
        (("RNN",), "2"),
    ]
    assert entries[1].answer == "答"
    assert entries[3].answer == "1. a\n2. b\n3. c"


def test_chinese_chapters_nest():
    entries = read("第一章 视觉\n一、卷积\n1.甲\n答\n二、池化\n2.乙\n答\n第二章 语言\n3.丙\n答")
    assert [e.headings for e in entries] == [("第一章 视觉", "卷积"), ("第一章 视觉", "池化"), ("第二章 语言",)]


def test_plain_headings_when_they_are_the_habit():
    entries = read("卷积\n1.甲\n答\n2.乙\n答\n\n循环\n1.丙\n答\n2.丁\n答\n")
    assert [(e.headings, e.number) for e in entries] == [
        (("卷积",), "1"),
        (("卷积",), "2"),
        (("循环",), "1"),
        (("循环",), "2"),
    ]


def test_answer_on_the_line_of_the_question():
    (first, second) = read("1. 什么是甲？答：乙\n丙\n2. What is x? A: y\n")
    assert (first.question, first.answer, first.end_line) == ("什么是甲？", "乙\n丙", 2)
    assert (second.question, second.answer, second.end_line) == ("What is x?", "y", 3)


def test_answer_marks_are_dropped():
    assert [e.answer for e in read("1. 什么是甲？\n答：乙\n2. 什么是丙？\n**Answer:** 丁\n")] == ["乙", "丁"]


def test_code_in_an_answer_holds_no_questions():
    entries = read("1. Show a loop\n```\n2. not this\n3. nor this\n```\n2. Show a branch\n x\n")
    assert [e.number for e in entries] == ["1", "2"]


def test_markdown_numbers_that_are_all_one():
    assert len(read("1. What is a?\n   x\n1. What is b?\n   y\n1. What is c?\n   z\n")) == 3


def test_prose_without_numbers_has_no_questions():
    assert read("Only a line of prose.\nAnd another one, 3 words.\n") == []
    assert read("") == []


def test_ten_thousand_questions_are_read():
    text = "".join(f"{n}.第{n}个概念是什么\n\t1.甲\n\t2.乙\n1. 丙\n2. 丁\n" for n in range(1, 10_001))
    assert len(read(text)) == 10_000


@pytest.mark.parametrize(
    "text",
    [
        "1.什么是欠拟合\n\t模型太小\n2、什么是正则项\n\t惩罚\n2.什么是早停\n\t看验证集\n3.什么是集成\n\t投票\n",
        "1.数据扩增\n翻转\n2.标签平滑\n软标签\n2、模型压缩\n剪枝\n3.量化\n低位\n4、部署\n上线\n",
        "1感受野是什么\n\t区域\n2池化有什么用\n\t降采样\n2如何选步长\n\t看任务\n3为何补零\n\t保持大小\n",
        "1. What is a loss?\n\ta\n2. What is a metric?\n\tb\n2) What is a score?\n\tc\n3. What is a rank?\n\td\n",
    ],
)
def test_a_repeated_number_with_another_mark_or_none(text):
    assert numbers(text)[:4] == ["1", "2", "2", "3"]


def test_years_and_counts_with_a_dot_number_nothing():
    text = "1. 模型的历史？\n2017. 第一篇论文\n2018. 预训练\n2. 数据有多少？\n45 TB 文本\n3. 何时停？\n看验证集\n"
    entries = read(text)
    assert [entry.number for entry in entries] == ["1", "2", "3"]
    assert entries[0].answer == "2017. 第一篇论文\n2018. 预训练"


def test_an_inner_list_that_meets_the_next_number_ends_where_text_stands_below_the_number():
    text = "1. CNN\n卷积\n2. RNN\n循环\n3. 步骤\n1. 备数据\n2. 搭模型\n3. 训练\n4. 指标\n准确率\n5. 召回率\n比例\n"
    entries = read(text)
    assert [(entry.number, entry.question) for entry in entries[2:]] == [("3", "步骤"), ("4", "指标"), ("5", "召回率")]
    assert entries[2].answer == "1. 备数据\n2. 搭模型\n3. 训练"


def test_an_inner_list_of_one_more_item_belongs_to_its_answer():
    text = "1. A?\na\n2. B?\nb\n3. Steps?\n1. load\n2. build\n3. fit\n4. test\n4. C?\nc\n5. D?\nd\n"
    assert numbers(text) == ["1", "2", "3", "4", "5"]
    assert read(text)[3].question == "C?"


def test_ideographic_indentation_and_the_word_question_are_left_out():
    entries = read("１．问：什么是词向量\n\u3000\u3000稠密的表示\n２．问：什么是注意力\n\u3000\u3000加权求和\n")
    assert [(entry.question, entry.answer) for entry in entries] == [
        ("什么是词向量", "稠密的表示"),
        ("什么是注意力", "加权求和"),
    ]


def test_swapped_numbers_lose_no_question():
    text = "1. What is A?\na\n2. What is B?\nb\n4. What is D?\nd\n3. What is C?\nc\n5. What is E?\ne\n"
    assert numbers(text) == ["1", "2", "4", "3", "5"]


def test_numbers_that_go_down():
    assert numbers("3. What is C?\nc\n2. What is B?\nb\n1. What is A?\na\n")[:2] == ["3", "2"]


def test_numbers_that_begin_again_after_a_blank_line_where_all_ask():
    text = "1. What is A?\na\n2. What is B?\nb\n\n1. What is C?\nc\n2. What is D?\nd\n3. What is E?\ne\n"
    assert numbers(text) == ["1", "2", "1", "2", "3"]
