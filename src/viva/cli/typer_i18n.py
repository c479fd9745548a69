"""Help in the language in force: Typer makes it in English, and here its words and viva's are translated and laid out.

What a page says stands in English where a command declares it (`N_`), and is translated when a page is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

import typer

from viva.i18n import N_, spoken, tr

TYPER_WORDS = (
    N_("Usage: "),
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("Examples:"),
    N_("[OPTIONS]"),
    N_("COMMAND [ARGS]..."),
    N_("required"),
    N_("default: {value}"),
    N_("env var: {name}"),
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""What Typer itself says on a page of help, for the catalogues."""

_COLUMN, _SPACING = 30, 2
"""The widest first column of a list, and the blanks behind it."""


_NEEDED = re.compile(r"^\{(.+)\}(?:\.\.\.)?$")
"""An argument that has to be given, as Typer marks it in the usage line; by a screen reader braces are read out."""


class HelpPage(typer.Context.formatter_class):  # type: ignore[misc,valid-type]  # Typer's formatter has no public name
    """Writes a page of help; Chinese is broken into lines by the columns it takes, and where it may be broken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, tr("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(" " * self.current_indent + tr("{heading}:", heading=tr(heading)) + "\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        super().write_text(
            "\n\n".join(_wrap_chinese(each, self.width - self.current_indent) for each in text.split("\n\n"))
        )

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _COLUMN, col_spacing: int = _SPACING) -> None:
        """Write a list of names, each with what it means."""
        first = min(max(len(name) for name, _ in rows), col_max) + col_spacing
        wrapped_rows = [(name, _wrap_chinese(text, max(self.width - first - 2, 10))) for name, text in rows]
        super().write_dl(wrapped_rows, col_max, col_spacing)


def _wrap_chinese(paragraph: str, width: int) -> str:
    r"""Return a paragraph of Chinese as lines that are kept (`\b`); one of English as it is, Typer breaks it well."""
    if spoken() != "zh" or paragraph.startswith("\b"):
        return paragraph
    from viva.text.cells import wrapped

    return "\b\n" + "\n".join(wrapped(paragraph, width))


class HelpContext(typer.Context):
    """A call of a command, whose help is such a page."""

    formatter_class = HelpPage


class Helpful:
    """What `viva` and each of its commands do for their help; stands before Typer's class."""

    help: str | None
    epilog: str | None

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return what stands after the name in the usage line."""
        return [tr(_NEEDED.sub(r"\1", piece)) for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Typer's signature
        """Write what the command does, paragraph by paragraph."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(tr(each) for each in (self.help or "").split("\n\n")))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Typer's signature
        """Write the examples, each block line by line as it stands."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(_verbatim(tr(each)) for each in (self.epilog or "").split("\n\n")))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and the options."""
        parameters = self.get_params(ctx)  # type: ignore[attr-defined]  # Typer's
        for kind, heading in (("argument", "Arguments"), ("option", "Options")):
            records = [_help_record(each, ctx) for each in parameters if each.param_type_name == kind]
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002  # Typer's signature
        """Return the first paragraph, for the shell's completion."""
        return tr((self.help or "").split("\n\n")[0])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Return what may follow, with its help."""
        found = super().shell_complete(ctx, incomplete)  # type: ignore[misc]
        for item in found:
            item.help = tr(item.help) if item.help else None
        return found


def example(*paragraphs: str) -> str:
    """Return the end of a help page: its examples, and what else is to be said."""
    return "\n\n".join(("Examples:", *paragraphs))


def _verbatim(paragraph: str) -> str:
    return f"\b\n{paragraph}" if "\n" in paragraph or paragraph.startswith("viva ") else paragraph


def _help_record(parameter: Any, ctx: Any) -> tuple[str, str]:
    """Return the name of a parameter and its help, with the default and the like in brackets as Typer has them."""
    name, text = parameter.get_help_record(ctx)
    own_help = parameter.help or ""
    extra = text.removeprefix(own_help).strip().removeprefix("[").removesuffix("]")
    mark = tr("; ")
    line = f"  [{mark.join(map(_translate_note, extra.split('; ')))}]" if extra else ""
    return _without_type(name) if parameter.param_type_name == "argument" else name, tr(own_help) + line


def _without_type(name: str) -> str:
    """Return the name of an argument without the type that Typer puts behind it: `FILE <path>`."""
    return name.partition(" <")[0]


def _translate_note(note: str) -> str:
    kind, _, value = note.partition(": ")
    if kind == "default":
        words = value.removeprefix("(").removesuffix(")")  # Typer puts a default that is told in words in brackets
        return tr("default: {value}", value=value if words == value else tr(words))
    return tr("env var: {name}", name=value) if kind == "env var" else tr(note)


TYPER_MESSAGES = (
    N_("No such command {name}. Did you mean {others}?"),
    N_("No such command {name}"),
    N_("No such option: {name} (Possible options: {others})"),
    N_("No such option: {name}"),
    N_("Option {name} requires an argument"),
    N_("Option {name} does not take a value"),
    N_("Missing argument {name}"),
    N_("Missing option {name}"),
    N_("Got unexpected extra argument(s) ({words})"),
    N_("Invalid value for {name} (env var: {variable}): {reason}"),
    N_("Invalid value for {name}: {reason}"),
    N_("Invalid value: {reason}"),
    N_("Value error, {reason}"),
    N_("{value} is not one of {others}"),
    N_("Input should be a valid integer, unable to parse string as an integer"),
    N_("Input should be a valid integer, got a number with a fractional part"),
    N_("Input should be greater than or equal to {least}"),
    N_("Input should be less than or equal to {most}"),
)
"""Typer's messages, the more particular first, without a full stop at the end."""


def translate_typer(message: str) -> str:
    """Return a message of Typer in the language in force, what it holds of others left as it is."""
    if spoken() == "en":
        return message.replace(": Value error, ", ": ")  # says nothing
    message = message.rstrip(".")
    for form in TYPER_MESSAGES:
        if found := _pattern(form).fullmatch(message):
            parts = found.groupdict()
            if "reason" in parts:
                parts["reason"] = translate_typer(parts["reason"])
            return tr(form, **parts)
    return message


def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(form)), re.DOTALL)


_NOT_PLAIN = object()


class PlainFirst:
    """Stands before Typer's own coercion of one parameter."""

    def __init__(self, parameter: Any, typers_own: Callable[[], Any]) -> None:
        self._many = getattr(parameter, "multiple", False) or parameter.nargs == -1
        self._kind = parameter.type_descriptor.annotation
        self._info = parameter.type_descriptor.parameter_info
        self._typers_own = typers_own

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value in its type. Raises Typer's usage errors."""
        plain = self._plain(value)
        return self._typers_own().coerce(value, param=param, ctx=ctx) if plain is _NOT_PLAIN else plain

    def _plain(self, value: Any) -> Any:
        if self._many:
            kind = {list[Path]: Path, list[str]: str}.get(self._kind)
            return _NOT_PLAIN if kind is None else tuple(map(kind, value or ()))
        if value is None or self._kind is str:
            return value
        if self._kind is int:
            return self._whole_number(value)
        if isinstance(self._kind, type) and issubclass(self._kind, Enum):
            return next((each for each in self._kind if each.value == value), _NOT_PLAIN)
        return Path(value) if self._kind is Path else _NOT_PLAIN

    def _whole_number(self, value: Any) -> Any:
        text = str(value)
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            return _NOT_PLAIN
        number = int(text)
        least, most = self._info.min, self._info.max
        return number if (least is None or number >= least) and (most is None or number <= most) else _NOT_PLAIN


def coerce_plainly(parameters: list[Any]) -> list[Any]:
    """Put `PlainFirst` before the coercion of these parameters, once, where this version of Typer has one."""
    for parameter in parameters:
        if hasattr(parameter, "get_runtime_param") and "get_runtime_param" not in vars(parameter):
            stand_in = PlainFirst(parameter, parameter.get_runtime_param)
            parameter.get_runtime_param = lambda stand_in=stand_in: stand_in
    return parameters
