"""Values understood without Typer's library are those that Typer itself would give."""

from __future__ import annotations

import pytest
import typer
from typer.core import TyperOption

from viva.cli.app import COMMANDS, app
from viva.cli.typer_i18n import PlainFirst


def result(coerce, value, parameter, context):
    try:
        return coerce.coerce(value, param=parameter, ctx=context)
    except typer.BadParameter as error:
        return f"refused: {error.format_message()}"


TEXTS = [
    "5",
    "05",
    " 5",
    "٣",
    "5.0",
    "1e3",
    "-1",
    "0",
    "9" * 30,
    "",
    "json",
    "csv",
    "xml",
    "a b/c.txt",
    "~",
    "感受野",
    "\udcff",
]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_same_values_as_typers_own(name):
    command = typer.main.get_command(app).get_command(None, name)
    context = typer.Context(command, info_name=name)
    for parameter in command.get_params(context):
        quick = parameter.get_runtime_param()
        assert type(quick) is PlainFirst, "Typer's own coercion was not found where it was: start-up has become slow"
        if getattr(parameter, "is_flag", False):
            continue
        many = (isinstance(parameter, TyperOption) and parameter.multiple) or parameter.nargs == -1
        own = type(parameter).get_runtime_param(parameter)
        for text in TEXTS:
            value = (text,) if many else text
            found, expected = (result(way, value, parameter, context) for way in (quick, own))
            assert (list(found) if many else found) == (list(expected) if many else expected), (parameter.name, text)
