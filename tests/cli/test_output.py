"""What reaches the terminal: literal escapes, JSON that stays JSON, colour only where it can be seen."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viva.cli import output
from viva.types import Rating


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\x9b31mb", "a\\x9b31mb"),
        ("over\rwritten", "over\\x0dwritten"),
        ("back\x08space\x7f", "back\\x08space\\x7f"),
        ("abc\u202edef", "abc\\u202edef"),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
        ("one\r\ntwo", "one\ntwo"),
        ("感受野 é 🙂 [bold]", "感受野 é 🙂 [bold]"),
    ],
)
def test_control_sequences_are_shown_literally(text, expected):
    assert output.shown(text) == expected


@given(st.text())
def test_nothing_shown_can_steer_a_terminal(text):
    shown = output.shown(text)
    assert not any((ord(each) < 32 and each not in "\n\t") or 127 <= ord(each) < 160 for each in shown)
    assert "\n" not in output.one_line(text)


@given(st.text(st.characters(exclude_categories=())))
def test_json_is_harmless_on_a_terminal_and_gives_the_text_back(text):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stream)
        output.json_line({"text": text})
    written = stream.buffer.getvalue().decode("utf-8")
    assert written.count("\n") == 1
    assert not any(ord(each) < 32 or 127 <= ord(each) < 160 for each in written.rstrip("\n"))
    assert json.loads(written) == {"text": _paired(text)}


def _paired(text):
    """Join surrogates that happen to stand as a pair, as every reader of JSON does."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def test_json_keeps_chinese_readable(capsys):
    output.json_line({"question": "感受野的作用"})
    assert capsys.readouterr().out == '{"question": "感受野的作用"}\n'


@dataclass(frozen=True, slots=True)
class Sample:
    rating: Rating
    at: datetime
    where: Path
    figures: tuple[float, ...]


def test_values_become_json_types():
    value = Sample(Rating.GOOD, datetime(2026, 1, 2, 3, tzinfo=UTC), Path("a") / "b", (0.12345678, float("nan")))
    assert output.as_json(value) == {
        "rating": "good",
        "at": "2026-01-02T03:00:00+00:00",
        "where": str(Path("a") / "b"),
        "figures": [0.123457, None],
    }


@pytest.mark.parametrize(
    ("stream", "no_color", "term", "expected"),
    [
        (Terminal, "", "xterm", "\x1b[32mok\x1b[0m"),
        (Terminal, "1", "xterm", "ok"),
        (Terminal, "", "dumb", "ok"),
        (io.StringIO, "", "xterm", "ok"),
    ],
)
def test_colour_only_on_a_terminal_that_wants_it(monkeypatch, stream, no_color, term, expected):
    monkeypatch.setattr("sys.stdout", stream())
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", term)
    assert output.styled("ok", "green") == expected


def test_colour_does_not_carry_escapes_of_the_text(monkeypatch):
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert output.styled("\x1b[2J", "red") == "\x1b[31m\\x1b[2J\x1b[0m"


def test_progress_counts_on_a_terminal_and_clears_its_line(monkeypatch):
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    with output.Progress("graded", 2) as progress:
        progress.step()
        output.talk("the index was damaged")
        progress.step()
    written = stderr.getvalue()
    assert "graded 1 of 2" in written
    assert "\r\x1b[Kviva: the index was damaged\n" in written
    assert written.endswith("\r\x1b[K")


def test_progress_as_a_callback_shows_only_work_that_is_not_done_at_once(monkeypatch):
    stderr = Terminal()
    monkeypatch.setattr("sys.stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    output.Progress("done").at(3, 3)
    assert stderr.getvalue() == ""
    progress = output.Progress("done")
    progress.at(1, 3)
    progress.at(3, 3)
    assert stderr.getvalue() == "\r\x1b[Kdone 1 of 3\r\x1b[K"


def test_progress_is_silent_off_a_terminal_and_beside_data_on_one(monkeypatch):
    silent = io.StringIO()
    monkeypatch.setattr("sys.stderr", silent)
    with output.Progress("graded", 1) as progress:
        progress.step()
    busy = Terminal()
    monkeypatch.setattr("sys.stderr", busy)
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with output.Progress("graded", 1, beside_data=True) as progress:
        progress.step()
    assert silent.getvalue() == busy.getvalue() == ""


def test_talk_survives_a_closed_stderr(monkeypatch):
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr("sys.stderr", stream)
    output.talk("nobody hears this")
