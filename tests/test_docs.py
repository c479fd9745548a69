"""The documents say what the command line does: every command, every option, and nothing that is not there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from viva.cli.app import COMMANDS, app

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "commands.md"
SHARED = {"--kb", "--index", "--model", "--reader", "--help", "-h"}
"""Options that every command has; the page tells them once, at the beginning."""
QUERY_SYNTAX = {"-word", "--"}

_SECTION = re.compile(r"^## `viva(?: (?P<name>[\w-]+))?`\n(?P<body>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
_IN_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"```\w*\n(.*?)```", re.DOTALL)


def group():
    return typer.main.get_command(app)


def sections():
    return {match["name"]: match["body"] for match in _SECTION.finditer(PAGE.read_text(encoding="utf-8"))}


def options_of(command):
    names = (name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts))
    return {name for name in names if name.startswith("-")}


def documented(text):
    """Return the options that a text names in code."""
    code = " ".join(_IN_CODE.findall(_BLOCK.sub("", text)))
    return set(_OPTION.findall(code)) - QUERY_SYNTAX


def test_every_command_has_a_section_and_every_section_a_command():
    assert set(sections()) == {None, *COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_documented_and_nothing_else(name):
    command = group().get_command(None, name)
    assert documented(sections()[name]) - SHARED == options_of(command) - SHARED


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_is_documented(name):
    command = group().get_command(None, name)
    body = sections()[name]
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            assert f"`{parameter.metavar or parameter.name.upper()}`" in body


def test_the_options_of_viva_itself_are_documented():
    intro = PAGE.read_text(encoding="utf-8").split("\n## ", 1)[0]
    own = {name for name in options_of(group()) if not name.endswith("-completion")}
    assert own | {"--help", "-h", "--json"} <= documented(intro) | documented(sections()[None])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name):
    command = group().get_command(None, name)
    assert command.help
    assert command.help.splitlines()[0] == COMMANDS[name].summary
    assert "Example" in command.epilog
    assert f"viva {name}" in command.epilog
    for parameter in command.params:
        assert parameter.help, f"viva {name}: {parameter.name} has no help"


def commands_in(path):
    """Return the lines of code blocks and tables of a document that call viva, as arguments."""
    text = path.read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    lines += _IN_CODE.findall(_BLOCK.sub("", text))
    for line in lines:
        found = re.search(r"(?:^|\| |/)viva( .*)?$", re.split(r"\s{2,}#|\s[>|]\s|  +", line.strip())[0])
        if found:
            yield shlex.split(found[1] or "")


@pytest.mark.parametrize("path", [ROOT / "README.md", PAGE, ROOT / "docs" / "notes.md"], ids=lambda path: path.name)
def test_the_commands_that_documents_show_exist(path):
    root = group()
    for arguments in commands_in(path):
        named = [each for each in arguments if each in COMMANDS]
        command = root.get_command(None, named[0]) if named else root
        used = {each.split("=")[0] for each in arguments if re.fullmatch(r"--?[a-z][a-z=-]*", each)}
        assert used <= options_of(command) | SHARED | {"--version"}, (path.name, arguments)
        if arguments and not arguments[0].startswith("-") and not arguments[0].isupper():
            assert arguments[0] in COMMANDS, (path.name, arguments)
