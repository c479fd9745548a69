"""What a marker would tick off."""

from __future__ import annotations

import pytest

from viva.notes.points.split import split_points


def points(answer):
    return [point.text for point in split_points(answer)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("1.甲层\n2、乙层\n3)丙层", ["甲层", "乙层", "丙层"]),
        ("（1）甲层\n（2）乙层", ["甲层", "乙层"]),
        ("①甲层\n②乙层", ["甲层", "乙层"]),
        ("- first thing\n* second thing\n+ third thing", ["first thing", "second thing", "third thing"]),
        ("1-省内存\n2-速度快", ["省内存", "速度快"]),
        ("- [ ] open\n- [x] done", ["open", "done"]),
        ("局部连接 参数共享，降低维度", ["局部连接", "参数共享", "降低维度"]),
        ("均值池化、最大池化和全局池化", ["均值池化", "最大池化", "全局池化"]),
        ("local links, shared weights and pooling", ["local links", "shared weights", "pooling"]),
        ("(n - f + 2p)/s + 1", ["(n - f + 2p)/s + 1"]),
        ("1.剪枝 2.量化 3.蒸馏", ["剪枝", "量化", "蒸馏"]),
        ("优点：\n\t1.收敛快\n\t2.稳定\n缺点：\n\t1.占内存", ["优点：收敛快", "优点：稳定", "缺点：占内存"]),
        ("- `==` calls `__eq__`, **never** [`is`](x)\n- `a*b*c` stays", ["== calls __eq__, never is", "a*b*c stays"]),
        ("年轻代：存活少，用复制。老年代：存活多，用整理。", ["年轻代：存活少，用复制", "老年代：存活多，用整理"]),
        (
            "栈：①后进先出的容器。②只在一端操作。队列：①先进先出的容器。②在两端操作。",
            ["栈：①后进先出的容器", "栈：②只在一端操作", "队列：①先进先出的容器", "队列：②在两端操作"],
        ),
        (
            "比较：栈：后进先出的容器。队列：先进先出的容器。",
            ["比较：栈：后进先出的容器", "比较：队列：先进先出的容器"],
        ),
        ("优点：收敛快，占用少，稳定", ["优点：收敛快", "优点：占用少", "优点：稳定"]),
        ("Pros: fast, small and simple", ["Pros: fast", "Pros: small", "Pros: simple"]),
        ("具体步骤如下：\n1.前向\n2.反向", ["前向", "反向"]),
        ("The steps are as follows:\n1. forward\n2. backward", ["forward", "backward"]),
        ("**Bold** and `code` in a [link](http://x.y)", ["Bold and code in a link"]),
        ("", []),
        ("  \n", []),
    ],
)
def test_points(answer, expected):
    assert points(answer) == expected


def test_sentences_of_a_paragraph():
    assert points("卷积层提取局部特征。池化层降低分辨率，减少计算量。全连接层给出类别。") == [
        "卷积层提取局部特征",
        "池化层降低分辨率，减少计算量",
        "全连接层给出类别",
    ]
    assert points("The encoder reads the words. The decoder writes them.") == [
        "The encoder reads the words.",
        "The decoder writes them.",
    ]


def test_a_long_sentence_is_cut_and_a_tiny_one_kept_with_its_neighbour():
    long = "，".join("这一步把上一层得到的特征图再做一次变换" for _ in range(6))
    assert 2 <= len(points(long + "。\n另外一行")) <= 6
    assert points("Yes. It also removes the need for a bias term.") == [
        "Yes. It also removes the need for a bias term."
    ]


def test_code_tables_and_formulas_give_no_points():
    answer = (
        "Use a mask.\n\n```\nx = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n$$\ny = x\n$$\n\nThen sum up the rest."
    )
    assert points(answer) == ["Use a mask.", "Then sum up the rest."]


@pytest.mark.parametrize("answer", ["```python\nx = 1\n```", "$$\ny = x\n$$", "| a | b |\n|---|---|\n| 1 | 2 |", "---"])
def test_an_answer_of_nothing_else_is_one_point(answer):
    assert len(points(answer)) == 1


def test_decimals_and_sizes_are_no_markers():
    assert points("0.5 是常用的丢弃率\n3x3 的核最常见") == ["0.5 是常用的丢弃率", "3x3 的核最常见"]
    assert points("1.降维\n2.1x1卷积增加非线性") == ["降维", "1x1卷积增加非线性"]


def test_lines_broken_to_fit_a_screen_are_joined():
    text = "The gate decides which part of the old state\nis kept and which part is written anew."
    assert points(text) == ["The gate decides which part of the old state is kept and which part is written anew."]


def test_titles_of_sections_inside_an_answer_are_no_points():
    assert points("1. 速度\n甲方法只算一次特征，因此更快。\n2. 内存\n乙方法要保存每个区域的特征。") == [
        "甲方法只算一次特征，因此更快",
        "乙方法要保存每个区域的特征",
    ]


def test_lines_of_a_page_are_joined_only_where_a_phrase_goes_on() -> None:
    """A list of long statements, one a line, is no wrapped paragraph; a phrase that goes on after the break is."""
    first = "网络把输入的图像切成许多大小相同的小块再把每个小块展平以后送进编码"
    second = "器，最后取分类标记的输出"
    third = "首先，训练时把每个样本的预测和真实框做一对一的匹配"
    assert len(split_points(f"{first}\n{third}")) == 2
    assert "送进编码器" in split_points(f"{first}\n{second}")[0].text


def test_a_formula_is_no_inline_list() -> None:
    (point,) = split_points("一阶矩：m = β1 * m + (1 - β1) * g，二阶矩：v = β2 * v + (1 - β2) * g²")
    assert "(1 - β1)" in point.text


FORMULA = "$$\ng(z) = \\frac{1}{1 + z}\n$$"
WRITTEN = r"g(z) = \frac{1}{1 + z}"


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (FORMULA, [WRITTEN]),
        (f"{FORMULA}\n\nIt never grows.", [WRITTEN, "It never grows."]),
        (f"The gate is:\n\n{FORMULA}", [f"The gate is: {WRITTEN}"]),
        (
            f"门函数的定义：\n{FORMULA}\n它是光滑的。\n它不会增大。",
            [f"门函数的定义： {WRITTEN}", "它是光滑的", "它不会增大"],
        ),
        (f"- It is smooth.\n- It never grows.\n\n{FORMULA}", ["It is smooth.", "It never grows."]),
        (f"```\n{FORMULA}\n```\nIt never grows.", ["It never grows."]),
        (f"It never grows.\n\n\\[ {WRITTEN} \\]", ["It never grows.", WRITTEN]),
    ],
)
def test_a_displayed_formula_is_a_point_where_it_is_what_the_answer_is_about(answer: str, points: list[str]) -> None:
    assert [point.text for point in split_points(answer)] == points
