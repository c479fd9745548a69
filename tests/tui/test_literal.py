"""Text of other people, and lines broken as Chinese and English want it."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from viva.tui.common.interface import from_home, literal, one_line, sanitize_input
from viva.tui.common.paragraphs import break_offsets, lay_out, paragraph, spans


def pieces(text, width):
    offsets = [0, *break_offsets(text, width, width), len(text)]
    return [text[start:end] for start, end in pairwise(offsets)]


def test_escapes_become_pictures():
    assert literal("\x1b[31mred\x07\x7f") == "␛[31mred␇␡"
    assert literal("a\tb\r\nc") == "a    b\nc"
    assert literal("a\u202eb\u200bc\ufeff") == "abc"
    assert literal("\x9b2J\ud800") == "\ufffd2J\ufffd"


def test_brackets_emoji_and_right_to_left_stay():
    text = "[bold]x[/] {y} $z 👩\u200d🔬 עברית"

    assert literal(text) == text


def test_pasted_text_keeps_its_lines_only():
    assert sanitize_input("a\r\nb\rc\td\x1b[31m\x00") == "a\nb\nc    d[31m"


def test_one_line():
    assert one_line(" a\n\n\tb  c ") == "a b c"


@given(st.text())
def test_nothing_shown_can_steer_a_terminal(text):
    assert not [c for c in literal(text) if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0)]
    literal(text).encode("utf-8")


def test_chinese_is_broken_anywhere_but_at_its_marks():
    assert pieces("批量归一化，让训练更稳定", 10) == ["批量归一", "化，让训练", "更稳定"]
    assert pieces("用（卷积）提取", 4) == ["用", "（卷", "积）", "提取"]


def test_english_in_chinese_does_not_tear_the_line():
    assert pieces("训练时用batch的均值 和方差", 14) == ["训练时用batch", "的均值 和方差"]


def test_english_is_broken_at_blanks():
    assert pieces("the quick brown fox", 10) == ["the quick ", "brown fox"]


def test_a_word_longer_than_the_line_is_cut():
    assert pieces("supercalifragilistic", 8) == ["supercal", "ifragili", "stic"]


def test_a_long_word_after_a_label_keeps_to_the_shorter_lines_under_it():
    lines = lay_out([spans("Index" + " " * 8, "/" * 100, rest=13)], 60).plain.split("\n")
    assert lines == ["Index", " " * 13 + "/" * 47, " " * 13 + "/" * 47, " " * 13 + "/" * 6]


@given(st.text(alphabet="ab ，。（）批量归一化x-/👍é\u200d", max_size=80), st.integers(8, 40))
def test_no_text_is_lost_and_no_line_too_long(text, width):
    broken = pieces(text, width)

    assert "".join(broken) == text
    assert all(cell_len(piece.rstrip()) <= width for piece in broken)


def test_a_list_item_hangs_under_its_text():
    item = spans("✓ ", "a point of the answer that is long enough to need another line of text", rest=2)

    assert lay_out([item], 50).plain == "✓ a point of the answer that is long enough to\n  need another line of text"


def test_brackets_are_no_markup():
    assert (
        lay_out(paragraph("[bold]x[/bold] [@click=app.quit]y[/]"), 60).plain == "[bold]x[/bold] [@click=app.quit]y[/]"
    )


def test_what_lies_in_the_home_folder_begins_with_a_tilde(monkeypatch, tmp_path):
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
    assert from_home(str(tmp_path / "notes" / "a.md")) == str(Path("~/notes/a.md"))
    assert from_home("notes/a.md") == "notes/a.md"
    assert from_home(str(tmp_path.parent / "other.md")) == str(tmp_path.parent / "other.md")
