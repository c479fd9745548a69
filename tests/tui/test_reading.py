"""A note shown where no editor can be opened: as it stands in its file, at the passage, to be read only."""

import pytest

from tui import screen_dump
from tui.person import run_app
from viva.errors import NotesError
from viva.notes import context_lines as around
from viva.notes.context_lines import read_around
from viva.tui.library.reading_screen import ReadingScreen
from viva.tui.search.screen import SearchScreen


@pytest.fixture(autouse=True)
def no_editor(monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)


@pytest.fixture
def notes(tmp_path):
    """Notes whose last answer is far below the first screen."""
    path = tmp_path / "notes.md"
    many = "".join(f"## What is thing {n}?\n\n- part {n} of it\n\n" for n in range(1, 41))
    path.write_text(many + "## What is [bold]this[/]?\n\n- \x1b[31mred\x1b[0m is shown as it is\n", encoding="utf-8")
    return path


async def browse(person, below):
    await person.press("b", *["down"] * below, "e")


async def test_the_note_is_read_at_its_place_and_left_again(viva_over, notes):
    async with run_app(viva_over(notes)) as person:
        await browse(person, 40)
        assert isinstance(person.app.screen, ReadingScreen)
        assert person.sees("notes.md:161", "▎161  ## What is [bold]this[/]?", "▎163  - ␛[31mred␛[0m is shown as it is")
        assert person.sees("159  - part 40 of it", "no editor is set")
        await person.press("escape")
        assert not isinstance(person.app.screen, ReadingScreen)


async def test_a_found_passage_is_shown_too(viva_over, notes):
    async with run_app(viva_over(notes)) as person:
        await person.press("s")
        await person.type("part 17 of it")
        await person.pilot.pause(0.3)
        await person.settle()
        assert isinstance(person.app.screen, SearchScreen)
        await person.press("ctrl+o")
        assert person.sees("▎ 67  - part 17 of it")


async def test_a_file_that_changes_or_goes_meanwhile(viva_over, notes):
    async with run_app(viva_over(notes)) as person:
        await browse(person, 40)
        before = notes.read_text(encoding="utf-8")
        notes.write_text("one more line\n\n" + before, encoding="utf-8")
        await person.press("escape", "e")
        assert person.sees("▎163  ## What is")
        await person.press("escape")
        notes.unlink()
        await person.press("e")
        assert not isinstance(person.app.screen, ReadingScreen)
        told = screen_dump.words(person.app)
        assert any(  # the watch may have seen it go, and tell of it after
            "".join(line.split()) in told
            for line in ("cannot show notes.md: No such file or directory", "there is no such file or folder")
        ), person.text


def test_a_huge_file_is_read_around_the_passage(tmp_path, monkeypatch):
    monkeypatch.setattr(around, "MAX_BYTES", 1000)
    path = tmp_path / "big.txt"
    path.write_bytes(b"".join(b"line %d\r\n" % n for n in range(1, 3001)) + b"x" * 100_000 + b"\nlast")
    seen = read_around(path, 2000, 2001)
    assert (seen.first, seen.start, seen.end, seen.more, seen.moved) == (1700, 2000, 2001, True, False)
    assert seen.lines[seen.start - seen.first] == "line 2000"
    assert len(seen.lines) == 602
    end = read_around(path, 3001)
    assert len(end.lines[3001 - end.first]) == around.LONGEST + 1
    assert end.lines[3002 - end.first] == "last"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_whatever_the_encoding(tmp_path, encoding):
    path = tmp_path / "notes.txt"
    path.write_bytes("1.什么是早停\r\n\t验证集上的损失不再下降时就停止训练\r\n".encode(encoding))
    seen = read_around(path, 2, begins="验证集上的损失")
    assert seen.lines[:2] == ("1.什么是早停", "\t验证集上的损失不再下降时就停止训练")
    assert (seen.start, seen.moved, seen.more) == (2, False, False)


def test_a_passage_that_moved_is_found_again(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("new\nnew\n1.What is dropout?\n\t* Units, at random.\n", encoding="utf-8")
    seen = read_around(path, 2, 2, "Units at random")
    assert (seen.start, seen.end, seen.moved) == (4, 4, True)
    assert read_around(path, 2, 2, "gone from here").start == 2


def test_what_is_no_text_or_has_become_shorter(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(b"\0\1\2\3" * 50)
    with pytest.raises(NotesError, match=r"notes\.txt is no text"):
        read_around(path, 1)
    path.write_bytes(b"")
    assert read_around(path, 7).lines == ("",)
