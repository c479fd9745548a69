"""Lines that were broken to fit a page are one statement; lines that are notes by themselves stay apart."""

from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viva.notes.points.split import split_points


def points(answer):
    return [point.text for point in split_points(textwrap.dedent(answer).strip("\n"))]


def test_a_paragraph_of_72_columns():
    assert points("""
        Residual connections add the input of a block to its output. They were
        introduced by He et al. in 2015, in a network called
        ResNet, and let gradients flow to early layers. Without them, networks of
        Krizhevsky and others stopped improving at some twenty layers.
    """) == [
        "Residual connections add the input of a block to its output.",
        "They were introduced by He et al. in 2015, in a network called ResNet, and let gradients flow to early layers.",
        "Without them, networks of Krizhevsky and others stopped improving at some twenty layers.",
    ]


@pytest.mark.parametrize("indent", ["  ", ""])
def test_list_items_with_their_next_lines_indented_or_not(indent):
    rows = [
        "- Each operation multiplies the incoming gradient by its own",
        "Jacobian; contributions from several paths are added up.",
        "- It reads a set without order: permuted tokens give permuted outputs:",
        "nothing tells it which one came first.",
        "- Short item",
        "- A bare except also catches KeyboardInterrupt (raised by Ctrl+C)",
        "and SystemExit.",
    ]
    answer = "\n".join(row if row.startswith("- ") else indent + row for row in rows)
    assert points(answer) == [
        "Each operation multiplies the incoming gradient by its own Jacobian; contributions from several paths are added up.",
        "It reads a set without order: permuted tokens give permuted outputs: nothing tells it which one came first.",
        "Short item",
        "A bare except also catches KeyboardInterrupt (raised by Ctrl+C) and SystemExit.",
    ]


def test_a_wrapped_item_of_two_sentences_is_one_point_as_it_is_on_one_line():
    rows = [
        "- The surviving activations are divided by the rate, so that their sum",
        "  keeps its size. At inference nothing is dropped, and so nothing there",
        "  is scaled.",
    ]
    assert points("\n".join(rows)) == points(" ".join(row.strip() for row in rows))


def test_a_label_within_a_wrapped_sentence_is_no_label():
    assert (
        points("""
        Very large models no longer follow this old and simple picture of the
        trade-off: beyond some size, the test error falls again. It also falls
        with more data.
    """)[-1]
        == "It also falls with more data."
    )


def test_emphasis_and_brackets_that_were_broken_with_their_lines_are_whole():
    assert points("- the norm, **which is kept\n  for each channel**, is used") == [
        "the norm, which is kept for each channel, is used"
    ]
    assert points("- 均值（训练时用批的，\n测试时用滑动的）都要保存\n- 另一点") == [
        "均值（训练时用批的，测试时用滑动的）都要保存",
        "另一点",
    ]
    assert points("- runs `git\n  log` and is done then with it\n- two")[-1] == "two"


def test_a_chinese_paragraph_of_a_page():
    assert points("""
        对小物体检测不敏感。因为虽然每个格子都可以预测出两个边界框，但是在最终只选择
        重叠最高的边界框作为物体检测的输出，也就是说每个格子只能预测出一个物体。当物
        体较小时，所占画面的比例较小，例如图像中有一群鸟的时候，每个格子里有许多个物
        体，但是最后只能检测出其中的一个
    """) == [
        "对小物体检测不敏感",
        "因为虽然每个格子都可以预测出两个边界框，但是在最终只选择重叠最高的边界框作为物体检测的输出，也就是说每个格子只能预测出一个物体",
        "当物体较小时，所占画面的比例较小，例如图像中有一群鸟的时候，每个格子里有许多个物体，但是最后只能检测出其中的一个",
    ]


@pytest.mark.parametrize("indent", ["", "   "])
def test_chinese_list_items(indent):
    assert points(
        "1. 批归一化在同一个批次的不同样本之间对同一个通道计算均值和方差，训练时用批次的\n"
        f"{indent}统计量，测试时用滑动平均\n"
        "2. 层归一化在一个样本之内计算\n"
        "3. 两者都有可学习的缩放和平移参数，初值是一和零，因此开始时不会改变网络的表达能\n"
        f"{indent}力"
    ) == [
        "批归一化在同一个批次的不同样本之间对同一个通道计算均值和方差，训练时用批次的统计量，测试时用滑动平均",
        "层归一化在一个样本之内计算",
        "两者都有可学习的缩放和平移参数，初值是一和零，因此开始时不会改变网络的表达能力",
    ]


@pytest.mark.parametrize(
    "answer",
    [
        # short lines, with and without marks
        "Slow to train\nneeds much memory\nNo order of its own",
        "收敛快\n占内存少\n对学习率不敏感",
        # long ones, each a sentence
        (
            "The kernel slides over the input and computes a product at each location.\n"
            "Pooling reduces the resolution of the maps that the next layers then read.\n"
            "Padding keeps the size."
        ),
        # long ones without marks
        (
            "The kernel slides over the input and computes a product at each location\n"
            "Pooling reduces the resolution of the feature maps\n"
            "Padding keeps the size of what goes in"
        ),
        (
            "max pooling keeps the strongest response in every window of a feature map\n"
            "average pooling keeps the mean of the window"
        ),
        (
            "shared weights reduce the number of parameters a lot\n"
            "local connections exploit the structure of images\n"
            "pooling makes it robust to small shifts"
        ),
        (
            "网络把输入的图像切成许多大小相同的小块再把每个小块展平以后送进编码器\n"
            "训练时把每个样本的预测和真实框做一对一的匹配\n"
            "推理时不需要非极大值抑制这样的后处理步骤就能够直接得到最后的检测结果"
        ),
        # a sentence mark at the end of each
        (
            "卷积核在所有的位置上共享同一组权重，所以参数量与输入图像的大小没有什么关系。\n"
            "池化层降低特征图的分辨率，减少后面的计算量，也让特征对小的平移不那么敏感。"
        ),
        # details deeper than a long line
        "卷积核在所有的位置上共享同一组权重，所以参数量与输入图像的大小没有什么关系\n\t\t少占内存\n\t\t不易过拟合",
        # labels
        "原因：转置卷积的不均匀叠加导致图像中某个部位的颜色比其他的部分更深一些一些\n解决办法：先插值再卷积",
        # links are wide as they are written
        "- [A talk](https://example.org/a/very/long/address/of/a/talk/about/nets)\n  [Another talk](https://example.org/b)",
    ],
)
def test_lines_that_are_notes_by_themselves_stay_apart(answer):
    assert len(points(answer)) == answer.count("\n") + 1


def test_a_mark_or_an_empty_line_parts_what_would_be_joined():
    first = "The kernel slides over the whole input and computes the products of"
    assert len(points(f"{first}\nweights and pixels")) == 1
    assert len(points(f"{first}\n\nweights and pixels")) == 2
    assert len(points(f"{first} (extra)\nweights and pixels")) == 2
    assert len(points(f"{first[:-3]}\n! weights and pixels")) == 2


def test_sizes_at_the_beginning_of_a_line_are_no_list():
    assert points(
        "A copy of the weights in 32 bits keeps those small updates that some\n16-bit weight would round away."
    ) == ["A copy of the weights in 32 bits keeps those small updates that some 16-bit weight would round away."]


def test_code_in_two_backticks_is_code():
    assert points("- ``a`` and ``b`c`` and *d*\n- two") == ["a and b`c and d", "two"]


ENGLISH = st.lists(st.text("abcdeinorstu", min_size=2, max_size=9), min_size=8, max_size=40).map(
    lambda words: " ".join(words).capitalize() + "."
)
CHINESE = st.text("卷积核图像滑动提取特征网络层参数梯度训练样本", min_size=10, max_size=120)


@settings(max_examples=200, deadline=None)
@given(st.lists(ENGLISH, min_size=1, max_size=4), st.integers(60, 100), st.sampled_from(["", "  "]))
def test_english_items_have_their_points_at_every_width(items, width, indent):
    flat = "\n".join(f"- {item}" for item in items)
    broken = "\n".join(textwrap.fill(f"- {item}", width, subsequent_indent=indent) for item in items)
    assert split_points(broken) == split_points(flat)


@settings(max_examples=200, deadline=None)
@given(st.lists(ENGLISH, min_size=2, max_size=5), st.integers(60, 100))
def test_an_english_paragraph_has_its_points_at_every_width(sentences, width):
    assert split_points(textwrap.fill(" ".join(sentences), width)) == split_points(" ".join(sentences))


@settings(max_examples=200, deadline=None)
@given(st.lists(CHINESE, min_size=2, max_size=4), st.integers(30, 50))
def test_chinese_items_have_their_points_at_every_width(items, width):
    flat = [f"{k + 1}.{item}" for k, item in enumerate(items)]
    broken = [row[i : i + width] for row in flat for i in range(0, len(row), width)]
    assert split_points("\n".join(broken)) == split_points("\n".join(flat))


def test_long_answers_are_joined_in_no_time():
    start = time.perf_counter()
    for row in ("a, b,", "** (a", "`a ``b **c", "The gate decides which part of the state is kept and", "（甲，乙"):
        split_points("\n".join([row] * (20_000 // len(row))))
    assert time.perf_counter() - start < 10
