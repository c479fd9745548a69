"""The command `viva` itself: its options, its commands, loaded when they are called, and its exit codes."""

import sys
from collections.abc import Iterator, MutableMapping, Sequence
from functools import partial
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from viva import __version__
from viva.cli import output
from viva.cli.failures import exit_code_of
from viva.cli.language import OPTION, VARIABLE, LanguageChoice, decide_now
from viva.cli.options import IndexFolder, Kb, Model, Reader, selection
from viva.cli.typer_i18n import HelpContext, Helpful, coerce_plainly, example
from viva.i18n import N_, speaking, tr


class Summary(NamedTuple):
    """A command as the help of `viva` lists it, before anything of it is loaded."""

    module: str
    """The module of this package that holds it as a function `command`."""
    summary: str
    """The first line of its own help, in English."""


COMMANDS = {
    "ask": Summary("ask", N_("Hold the interview line by line, for screen readers and pipes.")),
    "questions": Summary("questions", N_("List the questions of the notes, with file and line.")),
    "suspend": Summary("suspend", N_("Set questions aside: never asked, not due, until viva resume.")),
    "resume": Summary("resume", N_("Let suspended questions be asked again, where they were left.")),
    "search": Summary("search", N_("Search the notes by meaning and by words.")),
    "grade": Summary("grade", N_("Grade answers, one JSON object a line, in order.")),
    "due": Summary("due", N_("List what is due now, and count what comes in the next days.")),
    "stats": Summary("stats", N_("Say how practice goes: how much, how well, how steadily.")),
    "history": Summary("history", N_("List the last turns of your interviews, newest first.")),
    "report": Summary("report", N_("Tell how an interview went, or save it as a page.")),
    "verdicts": Summary("verdicts", N_("List the verdicts you changed and what they teach, or have them forgotten.")),
    "export": Summary("export", N_("Write the whole history, of all notes, to stdout or a file.")),
    "import": Summary("import_history", N_("Add the turns of an exported history to yours.")),
    "backup": Summary("backup", N_("Write history and settings to one file, or list the automatic backups.")),
    "restore": Summary("restore", N_("Put a backup in the place of your history.")),
    "serve": Summary("serve", N_("Show the terminal interface in a web page.")),
    "check": Summary("check", N_("Say what is wrong with the notes, each with file and line.")),
    "eval": Summary("evaluate", N_("Compare the grader with scores that people gave.")),
    "index": Summary("index", N_("Build the index, or bring it up to date with the notes.")),
    "doctor": Summary("doctor", N_("Check paths, versions, model, index, notes, history and terminal.")),
    "config": Summary("config", N_("Print the settings in force, and where each comes from.")),
}

_STYLE: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}
"""Plain help and no pretty tracebacks: Rich takes longer to load than most commands run."""
_HELP = {"help_option_names": ["-h", "--help"]}


class _Commands(MutableMapping[str, TyperCommand]):
    """The commands by name, each imported when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, TyperCommand] = {}

    def __getitem__(self, name: str) -> TyperCommand:
        if name not in self._loaded:
            self._loaded[name] = _load(name, COMMANDS[name].module)
        return self._loaded[name]

    def __setitem__(self, name: str, command: TyperCommand) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _load(name: str, module: str) -> TyperCommand:
    part = import_module(f"viva.cli.commands.{module}")
    help_text = "\n\n".join((COMMANDS[name].summary, *part.DETAILS))
    single = typer.Typer(add_completion=False, **_STYLE)
    examples = example(*part.EXAMPLES)
    single.command(name, cls=VivaCommand, help=help_text, epilog=examples, context_settings=_HELP)(part.command)
    return typer.main.get_command(single)  # type: ignore[return-value]  # one command makes no group


class VivaCommand(Helpful, TyperCommand):
    """A command whose plain values need no library, with help in the language in force."""

    context_class = HelpContext

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters, that of the help too, which Typer makes late."""
        return coerce_plainly(super().get_params(ctx))


class VivaGroup(Helpful, TyperGroup):
    """`viva` as a group of lazily loaded commands whose errors end in one line and an exit code."""

    context_class = HelpContext

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**{**attrs, "commands": {}})
        self.commands = _Commands()  # type: ignore[assignment]  # the values are loaded late, the type is the same

    def get_params(self, ctx: Any) -> Any:
        """Return the parameters; see `VivaCommand`."""
        return coerce_plainly(super().get_params(ctx))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # Typer's signature
        """Return the names without loading the commands."""
        return list(COMMANDS)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, and then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Typer's signature
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, tr(listed.summary)) for name, listed in COMMANDS.items()])

    def main(  # Typer's signature
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002
        windows_expand_args: bool = True,  # noqa: ARG002
        **extra: Any,
    ) -> Any:
        """Run, and exit with 0 when done, 1 when viva could not, 2 on wrong usage, 130 on Ctrl+C.

        Arguments are taken as they are on Windows too: a `*` in a search query is no file pattern.
        """
        output.prepare_streams()
        decision = decide_now(sys.argv[1:] if args is None else args)
        plainly = {"standalone_mode": False, "windows_expand_args": False}
        plain = partial(super().main, args, prog_name or "viva", complete_var, **plainly, **extra)
        with speaking(decision.language):
            sys.exit(exit_code_of(plain))


app = typer.Typer(name="viva", cls=VivaGroup, **_STYLE)


def _print_version(wanted: bool) -> None:
    if wanted:
        output.data(f"viva {__version__}")
        raise typer.Exit


ABOUT = (
    N_("Interview yourself from your own notes, offline and without a language model."),
    N_("Without a command: the terminal interface; where there is no terminal, the interview line by line."),
)
EXAMPLES = (
    N_("""\
viva                          the terminal interface on ./kb, or on the sample notes
viva --kb notes.md            the same on your own notes
viva ask --count 5            five questions, line by line
viva search "layer norm"      search the notes by meaning"""),
    N_("Each command has its own help: viva COMMAND --help"),
)


@app.callback(invoke_without_command=True, context_settings=_HELP, help="\n\n".join(ABOUT), epilog=example(*EXAMPLES))
def viva(
    ctx: typer.Context,
    kb: Kb = None,
    index: IndexFolder = None,
    model: Model = None,
    reader: Reader = None,
    _language: Annotated[
        LanguageChoice | None,
        typer.Option(OPTION, help=N_("What viva speaks; auto is the language of the system."), envvar=VARIABLE),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", help=N_("Print the version."), callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Start the terminal interface where no command is named."""
    if ctx.invoked_subcommand is not None:
        return
    from viva.cli.interactive.session_selection import start

    start(selection(ctx, kb, index, model, reader))
