"""The command that opens a note in the person's own editor."""

import os
import sys
from pathlib import Path, PureWindowsPath

import pytest

from viva.tui.editor import Editor, EditorError, editor_of, startable

FILE = Path("notes", "my file.md").absolute()
AT = f"{FILE}:7"
posix = pytest.mark.skipif(os.name == "nt", reason="commands are split as a POSIX shell does")


def opening(editor):
    return editor_of({"EDITOR": editor}).opening(FILE, 7)


@pytest.mark.parametrize("name", ["vi", "vim", "nvim", "nano", "emacs", "kak", "micro"])
def test_a_line_with_a_plus(name):
    assert opening(name) == [name, "+7", str(FILE)]


@pytest.mark.parametrize("name", ["code", "codium", "cursor"])
def test_a_line_to_go_to_and_to_wait_for(name):
    assert opening(name) == [name, "--wait", "--goto", AT]


@pytest.mark.parametrize("command", ["code --wait", "code -w"])
def test_nobody_waits_twice(command):
    assert opening(command) == [*command.split(), "--goto", AT]


def test_a_line_after_a_colon():
    assert opening("hx") == ["hx", AT]
    assert opening("subl") == ["subl", "--wait", AT]
    assert opening("zed") == ["zed", "--wait", AT]


@posix
def test_options_quotes_and_folders_belong_to_the_command():
    assert opening("'/opt/my tools/nvim' -u 'my rc'") == ["/opt/my tools/nvim", "-u", "my rc", "+7", str(FILE)]
    assert opening("myed; rm -rf $HOME") == ["myed;", "rm", "-rf", "$HOME", str(FILE)]


def test_an_editor_that_is_not_known_opens_the_file():
    assert opening("ed") == ["ed", str(FILE)]
    assert Editor(("C:\\Tools\\Code.EXE",)).name == "code"


def test_only_editors_with_a_window_leave_the_terminal_alone():
    assert [name for name in ("vim", "code", "hx", "subl", "ed") if Editor((name,)).has_window] == ["code", "subl"]


def test_visual_goes_before_editor():
    assert editor_of({"VISUAL": "nano", "EDITOR": "vi"}).name == "nano"
    assert editor_of({"VISUAL": "  ", "EDITOR": "vi"}).name == "vi"


@pytest.mark.parametrize("environment", [{}, {"EDITOR": " "}, {"VISUAL": '""'}])
def test_without_an_editor_it_says_what_to_set(environment):
    with pytest.raises(EditorError, match="VISUAL or EDITOR"):
        editor_of(environment)


@posix
def test_a_command_that_cannot_be_split():
    with pytest.raises(EditorError, match="set VISUAL or EDITOR"):
        editor_of({"EDITOR": "vi 'open"})


def test_what_goes_wrong_is_told():
    with pytest.raises(EditorError, match="cannot start no-such-editor"):
        Editor(("no-such-editor",)).run(FILE, 1)
    with pytest.raises(EditorError, match="ended with exit code 3"):
        Editor((sys.executable, "-c", "raise SystemExit(3)")).run(FILE, 1)


WINDOWS_FILE = PureWindowsPath("C:/My Notes/深度 学习.md")


def on_windows(editor):
    return editor_of({"EDITOR": editor}, windows=True)


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        (r"C:\Tools\nvim.exe -u C:\O'Brien\rc", [r"C:\Tools\nvim.exe", "-u", r"C:\O'Brien\rc", "+7"]),
        (r'"C:\Program Files\Notepad++\notepad++.exe" -nosession', None),
        ("notepad", ["notepad"]),
    ],
)
def test_windows_has_backslashes_and_blanks_in_its_paths(editor, command):
    command = command or [r"C:\Program Files\Notepad++\notepad++.exe", "-nosession", "-n7"]
    assert on_windows(editor).opening(WINDOWS_FILE, 7) == [*command, r"C:\My Notes\深度 学习.md"]
    assert on_windows("code").opening(WINDOWS_FILE, 7)[-1] == r"C:\My Notes\深度 学习.md:7"


def test_an_unquoted_path_to_a_program_with_blanks(tmp_path):
    program = tmp_path / "my editor.exe"
    program.touch()
    assert on_windows(str(program)).command == (str(program),)
    with pytest.raises(EditorError, match="set VISUAL or EDITOR"):
        on_windows('"vi')


def test_what_a_batch_file_is_given_is_no_command_to_its_shell():
    batch = r"C:\VS Code\bin\code.CMD"
    assert startable(["code", "--goto", "C:/a&calc.md:3"], batch) == rf'"{batch}" "--goto" "C:/a&calc.md:3"'
    assert startable(["vim", "a&b"], r"C:\vim.exe") == ["vim", "a&b"]
    with pytest.raises(EditorError, match=r"set VISUAL or EDITOR to an \.exe"):
        startable(["code", "C:/%PATH%.md"], batch)
