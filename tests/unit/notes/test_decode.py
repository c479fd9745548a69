"""Bytes to text."""

from __future__ import annotations

import pytest

from viva.notes.decode import decode

CHINESE = "1.什么是批归一化\n\t对每一批数据做归一化，使训练更稳定。\n2.为什么要打乱数据\n\t减少相邻样本的相关性。\n"
TRADITIONAL = "1.卷積層的作用是什麼\n\t提取區域特徵，並且共享參數。\n2.為什麼需要池化層\n\t降低解析度，減少計算量。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, "1. What is a kernel?\n\tA window.\n"])
def test_certain_encodings(encoding, text):
    found = decode(text.encode(encoding))
    assert (found.text, found.guessed, found.bad_lines) == (text, False, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (CHINESE, "gb2312"),
        (TRADITIONAL, "big5"),
        ("1.什么是卷积\n\t局部\n", "gbk"),
        ("1.為什麼\n\t降低維度\n", "big5"),
        ("What is a naïve café résumé?\n", "cp1252"),
    ],
)
def test_guessed_encodings(text, encoding):
    found = decode(text.encode(encoding))
    assert (found.text, found.guessed) == (text, True)


def test_a_guess_holds_for_long_files():
    assert decode((CHINESE * 3000).encode("gb18030")).text == CHINESE * 3000


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 3, b"\x7fELF\2\1\1" + bytes(60), b"abc\0def\0\0", b"\x1f\x8b\x08\x00\x00\x01\x02\x03" * 9],
)
def test_no_text(data):
    assert decode(data) is None


def test_a_few_broken_bytes_keep_the_rest():
    data = CHINESE.encode().replace("训练".encode(), "训练".encode()[:-1])
    found = decode(data)
    assert found.encoding == "utf-8"
    assert found.bad_lines == (2,)
    assert "打乱数据" in found.text


def test_empty():
    assert decode(b"").text == ""
