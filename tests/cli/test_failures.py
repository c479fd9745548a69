"""What goes wrong: one line on stderr, and the exit code that scripts rely on."""

from __future__ import annotations

import errno

import pytest

from viva.cli import failures
from viva.cli.output import ReaderGoneError
from viva.errors import NotesError


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (NotesError("no notes: add some"), 1, "viva: no notes: add some\n"),
        (NotesError("no \x1b[31mnotes\nat all"), 1, "viva: no \\x1b[31mnotes at all\n"),
        (KeyboardInterrupt(), 130, ""),
        (ReaderGoneError(), 0, ""),
        (MemoryError(), 1, "viva: out of memory: use fewer notes at a time (--kb), or close other programs\n"),
        (
            OSError(errno.ENOSPC, "No space left on device", "index/x"),
            1,
            "viva: the disk is full (index/x): free some space and run it again\n",
        ),
        (OSError(errno.EACCES, "Permission denied", "a.txt"), 1, "viva: Permission denied: a.txt\n"),
        (
            KeyError("x"),
            1,
            "viva: a defect in viva (KeyError: 'x'): run it again with VIVA_DEBUG=1 and report what it prints\n",
        ),
    ],
)
def test_every_failure_is_one_line_and_a_code(error, code, said, capsys):
    def fail():
        raise error

    assert failures.exit_code_of(fail) == code
    assert capsys.readouterr().err == said


def test_a_traceback_only_when_asked_for(capsys, monkeypatch):
    def fail():
        raise KeyError("x")

    monkeypatch.setenv("VIVA_DEBUG", "1")
    assert failures.exit_code_of(fail) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["serch"], "No such command 'serch'. Did you mean 'search', 'serve'?; see viva --help"),
        (["search"], "give either a QUERY or --queries FILE"),
        (["search", "x", "--queries", "y"], "give either a QUERY or --queries FILE"),
        (["search", "x", "--top", "0"], "'--top'"),
        (["search", "x", "--top", "many"], "'--top'"),
        (["search", "x", "--nonsense"], "--nonsense"),
        (["grade"], "--answers"),
        (["history", "--limit", "-3"], "'--limit'"),
        (["questions", "extra"], "extra"),
    ],
)
def test_wrong_usage_is_2_and_one_line_that_names_the_help(viva, kb, arguments, said):
    result = viva(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert said in result.err
    assert result.err.count("\n") == 1
    assert result.err.rstrip().endswith("--help")


def test_a_hostile_argument_is_shown_literally(viva):
    result = viva("\x1b[31mred")
    assert result.code == 2
    assert "\x1b" not in result.err


@pytest.mark.parametrize(
    "arguments", [["questions"], ["search", "x"], ["check"], ["due"], ["history"], []], ids=" ".join
)
def test_a_missing_path(viva, arguments):
    result = viva(*arguments, "--kb", "nowhere.txt")
    assert result.code == 1
    assert result.out == ""
    assert result.err.startswith("viva: ")
    assert "nowhere.txt" in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["questions"], ["search", "x"], ["due"]], ids=" ".join)
def test_an_empty_folder(viva, tmp_path, arguments):
    (tmp_path / "empty").mkdir()
    result = viva(*arguments, "--kb", "empty")
    assert result.code == 1
    assert "no questions found in empty" in result.err
