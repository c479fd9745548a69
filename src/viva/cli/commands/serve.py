"""`viva serve`: the terminal interface in a web page."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from viva.cli import output
from viva.cli.options import IndexFolder, Kb, Model, Reader, Selection, selection
from viva.errors import ServeError
from viva.i18n import N_, tr
from viva.reasons import why
from viva.workspace import open_workspace

if TYPE_CHECKING:
    from viva.web.guard import Password

DETAILS = (
    N_(
        "Only this machine reaches it. Another --host needs a password, and what is sent is not encrypted: "
        "put a server that speaks HTTPS before it. Ctrl+C ends it."
    ),
)
EXAMPLES = (
    """\
viva serve
viva serve --kb notes.md --port 8080
viva serve --host 0.0.0.0 --password-file password.txt""",
)

SECRET = "VIVA_SERVE_PASSWORD"  # noqa: S105  # where the password stands, not the password
"""The environment variable that may hold the password; the processes of the pages do not get it."""


def command(
    ctx: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help=N_("The address to listen on."))] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help=N_("The port; 0 takes any that is free."))
    ] = 8000,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file", metavar="FILE", help=N_("Whose first line opens the page."), show_default=False
        ),
    ] = None,
    kb: Kb = None,
    index: IndexFolder = None,
    model: Model = None,
    reader: Reader = None,
) -> None:
    """Show the terminal interface in a web page."""
    import asyncio

    from viva.web.server import PageAddress, Server

    chosen = selection(ctx, kb, index, model, reader)
    with open_workspace(chosen.kb, chosen.index, chosen.model, reader=chosen.reader) as workspace:
        workspace.require_notes()  # a mistyped path is told here, not in every page
    address = PageAddress(host, port, _password(host, password_file))
    language = ctx.parent.params.get("_language") if ctx.parent else None
    server = Server(address, _program(chosen, language), output.talk)
    with suppress(KeyboardInterrupt):  # how a server is ended where signals reach no event loop
        asyncio.run(server.run(_announce))


def _announce(address: str) -> None:
    output.data(address)
    output.talk(tr("open this address in a browser; Ctrl+C ends the server"))


def _program(chosen: Selection, language: str | None) -> list[str]:
    """Return the command that runs viva in the same language, if one was named, on the same notes, index and model."""
    flags = ["--language", str(language)] if language else []
    flags += [each for path in chosen.kb or () for each in ("--kb", str(path))]
    flags += ["--index", str(chosen.index)] if chosen.index else []
    flags += ["--model", chosen.model] if chosen.model else []
    flags += ["--reader", chosen.reader] if chosen.reader else []
    return [sys.executable, "-m", "viva", *flags]


def _password(host: str, file: Path | None) -> "Password | None":
    """Return the password: from the file, the environment or the keyboard; None where only this machine listens.

    Raises:
        ServeError: There is none and there must be one, or it cannot be read or used.
    """
    from viva.web.guard import Password, is_loopback_only

    loopback_only = is_loopback_only(host)
    from_environment = os.environ.pop(SECRET, "")  # what runs in the pages has no use for it
    text = from_environment if file is None else _first_line(file)
    if not text and loopback_only:
        return None
    password = Password(text or _ask_password(host))
    if not loopback_only:
        output.talk(tr("what is sent to {host} is not encrypted: put a server that speaks HTTPS before it", host=host))
    return password


def _first_line(file: Path) -> str:
    file = file.expanduser()
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        others = os.name != "nt" and bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else tr("it is not UTF-8")
        raise ServeError(
            tr("cannot read the password in {file} ({reason}): give a text file", file=file, reason=reason)
        ) from error
    if not lines or not lines[0]:
        raise ServeError(tr("{file} has no password on its first line: write one there", file=file))
    if others:
        output.talk(tr("others on this machine can read the password in {file}: chmod 600 hides it", file=file))
    return lines[0]


def _ask_password(host: str) -> str:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ServeError(
            tr(
                "others can reach {host}, so viva serve needs a password: name a file with --password-file, "
                "or put it into {variable}",
                host=host,
                variable=SECRET,
            )
        )
    import getpass

    try:
        return getpass.getpass(tr("Password for the page: "))
    except EOFError:
        return ""
