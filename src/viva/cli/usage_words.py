"""What Typer says of wrong usage, retold in the language in force.

Typer makes its messages in English; each is recognised by its form and told again by the catalogue. One in a form that
is not known here is shown as it is.
"""

from __future__ import annotations

import re

from viva.i18n import noted, spoken, tr

FORMS = (
    noted("No such command {name}. Did you mean {others}?"),
    noted("No such command {name}"),
    noted("No such option: {name} (Possible options: {others})"),
    noted("No such option: {name}"),
    noted("Option {name} requires an argument"),
    noted("Option {name} does not take a value"),
    noted("Missing argument {name}"),
    noted("Missing option {name}"),
    noted("Got unexpected extra argument(s) ({words})"),
    noted("Invalid value for {name} (env var: {variable}): {reason}"),
    noted("Invalid value for {name}: {reason}"),
    noted("Invalid value: {reason}"),
    noted("Value error, {reason}"),
    noted("{value} is not one of {others}"),
    noted("Input should be a valid integer, unable to parse string as an integer"),
    noted("Input should be a valid integer, got a number with a fractional part"),
    noted("Input should be greater than or equal to {least}"),
    noted("Input should be less than or equal to {most}"),
)
"""Typer's messages, the more particular first, without a full stop at the end."""


def retold(message: str) -> str:
    """Return a message of Typer in the language in force, what it holds of others left as it is."""
    if spoken() == "en":
        return message.replace(": Value error, ", ": ")  # says nothing
    message = message.rstrip(".")
    for form in FORMS:
        if found := _pattern(form).fullmatch(message):
            return tr(
                form,
                **{name: retold(value) if name == "reason" else value for name, value in found.groupdict().items()},
            )
    return message


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(form)), re.DOTALL)
