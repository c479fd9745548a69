"""The examples of the help pages, pasted: each works on the sample notes, or needs a file that a person has."""

from __future__ import annotations

import shlex
from importlib import import_module

import pytest

from viva.cli.app import COMMANDS

NEEDS_MORE = ("<", "|", ">", ".json", ".jsonl", ".zip", "notes", "queries.txt", "serve", " 12", "deck.", "--latest")
"""Words of examples that name a file or a number of the person's own."""


def examples():
    for listed in COMMANDS.values():
        for paragraph in import_module(f"viva.cli.commands.{listed.module}").EXAMPLES:
            for line in paragraph.splitlines():
                command = line.partition("    ")[0].strip()
                if command.startswith("viva ") and not any(word in line for word in NEEDS_MORE):
                    yield command.removeprefix("viva ")


@pytest.fixture
def practised(viva):
    assert viva("ask", "--seed", "1", "--count", "3", typed="an answer\nanother\n").code == 0


@pytest.mark.parametrize("example", sorted(set(examples())))
def test_an_example_works_when_it_is_pasted(viva, practised, example):
    result = viva(*shlex.split(example, comments=False))
    assert result.code == 0, result.err
    assert "Nothing found" not in result.out
