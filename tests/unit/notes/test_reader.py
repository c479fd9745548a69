"""Files and folders: what is read, what is left out, what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from viva.errors import NotesError
from viva.notes.reader import MAX_BYTES, read_notes

QUESTION = "1. What is a kernel?\n\tA small window of weights.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    notes = tmp_path / "kb"
    notes.mkdir()
    return notes


def write(file, content=QUESTION):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def kinds(notes):
    return {(problem.kind, problem.file) for problem in notes.problems}


def test_folders_are_read_in_natural_order(folder):
    for name in ("10.txt", "2.txt", "sub/1.md", "A.txt"):
        write(folder / name)
    notes = read_notes([Path("kb")])
    assert [e.file for e in notes.entries] == ["kb/2.txt", "kb/10.txt", "kb/A.txt", "kb/sub/1.md"]
    assert [e.id for e in notes.entries] == ["2.txt#1", "10.txt#1", "A.txt#1", "sub/1.md#1"]
    assert notes.entries[0].place.root == folder.as_posix()
    assert notes.problems == ()
    assert len(notes.sources) == 4


def test_what_is_left_out_is_named(folder):
    write(folder / "good.txt")
    write(folder / ".git" / "config.txt")
    write(folder / "photo.png", b"\x89PNG\r\n\x1a\n\0\0")
    write(folder / "binary.txt", bytes(range(256)) * 4)
    write(folder / "big.txt", b"x" * 2000)
    notes = read_notes([folder], max_bytes=1000)
    assert len(notes.entries) == 1
    assert kinds(notes) == {("left-out", f"kb/{n}") for n in (".git", "photo.png", "binary.txt", "big.txt")}
    assert all("\n" not in p.message and p.line is None for p in notes.problems)


def test_readme_of_a_folder_is_no_question(folder):
    write(folder / "good.txt")
    write(folder / "README.md", "# My notes\n\n## Usage\n\nOpen them.\n\n## Why did I write this?\n\nTo learn.\n")
    assert [e.question for e in read_notes([folder]).entries] == ["What is a kernel?", "Why did I write this?"] or [
        e.question for e in read_notes([folder]).entries
    ] == ["Why did I write this?", "What is a kernel?"]


def test_links_are_followed_once(folder):
    write(folder / "a.txt")
    try:
        (folder / "loop").symlink_to(folder, target_is_directory=True)
        (folder / "twin.txt").symlink_to(folder / "a.txt")
        (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    except OSError:
        pytest.skip("links are not allowed here")
    notes = read_notes([folder])
    assert len(notes.entries) == 1
    assert kinds(notes) == {("unreadable", "kb/gone.txt")}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    write(folder / "a.txt")
    assert kinds(read_notes([folder])) == {("left-out", "kb/pipe.txt")}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_without_permission(folder):
    write(folder / "a.txt")
    locked = write(folder / "locked.txt")
    locked.chmod(0)
    notes = read_notes([folder])
    assert len(notes.entries) == 1
    assert kinds(notes) == {("unreadable", "kb/locked.txt")}
    with pytest.raises(NotesError, match="permission"):
        read_notes([locked])


def test_the_same_file_by_two_ways_is_read_once(folder):
    file = write(folder / "a.txt")
    assert len(read_notes([folder, file, folder]).entries) == 1


def test_ids_are_unique_over_several_roots(folder):
    for root in ("one", "two", "two/deep/one"):
        write(folder / root / "n.txt")
    notes = read_notes([folder / "one", folder / "two" / "n.txt", folder / "two" / "deep" / "one"])
    ids = [e.id for e in notes.entries]
    assert len(set(ids)) == 3
    assert all(i.endswith("n.txt#1") for i in ids)


def test_one_file_belongs_to_its_folder(folder):
    (entry,) = read_notes([write(folder / "a.txt")]).entries
    assert (entry.place.root, entry.place.file, entry.id) == (folder.as_posix(), "a.txt", "a.txt#1")


def test_a_named_file_is_read_whatever_its_suffix(folder):
    assert len(read_notes([write(folder / "notes.org")]).entries) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)) * 8, "not a text file"),
        (b"1. a\0\0\0\1\2\3", "not a text file"),
        (b"x" * 5000, "larger than"),
    ],
)
def test_one_file_that_cannot_be_notes(folder, content, words):
    file = write(folder / "a.txt", content)
    with pytest.raises(NotesError, match=words) as caught:
        read_notes([file], max_bytes=4096)
    assert "\n" not in str(caught.value)


def test_a_missing_root(folder):
    with pytest.raises(NotesError, match=r"nowhere.*check the path"):
        read_notes([folder / "nowhere"])


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"Only prose here, no list and no heading."])
def test_no_questions_at_all(folder, content):
    if content is not None:
        write(folder / "a.txt", content)
    notes = read_notes([folder])
    assert notes.entries == ()
    assert [p.kind for p in notes.problems] == ["no-questions"]


def test_a_huge_line_is_refused_by_its_size(folder):
    file = folder / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    write(folder / "a.txt")
    notes = read_notes([folder])
    assert kinds(notes) == {("left-out", "kb/huge.txt")}
    assert MAX_BYTES < 100 * 1024 * 1024


def test_broken_utf8_is_read_and_its_lines_are_named(folder):
    text = "".join(f"{n}. 什么是第{n}层？\n\t这一层提取特征。\n" for n in range(1, 20)).encode().split(b"\n")
    text[3] += b"\xff\xfe"
    notes = read_notes([write(folder / "a.txt", b"\n".join(text))])
    assert len(notes.entries) == 19
    assert [(p.kind, p.line) for p in notes.problems] == [("unreadable", 4)]


def test_names_outside_the_current_folder(folder, tmp_path_factory):
    other = write(tmp_path_factory.mktemp("far") / "a.txt")
    (entry,) = read_notes([other]).entries
    assert entry.file == other.as_posix()


def test_reading_plain_text_loads_no_slow_library(folder):
    write(folder / "a.txt")
    code = (
        "import sys; from pathlib import Path; from viva.notes.reader import read_notes; read_notes([Path('kb')]);"
        "print([m for m in ('numpy', 'markdown_it', 'charset_normalizer', 'rapidfuzz', 'faiss', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=folder.parent)
    assert done.stdout.strip() == "[]"
