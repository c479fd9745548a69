"""What goes wrong, as one line on stderr and an exit code."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

import typer

from viva.cli import output
from viva.cli.typer_i18n import translate_typer
from viva.errors import VivaError
from viva.i18n import tr
from viva.reasons import disk_is_full, why
from viva.signals import EndedError

CANNOT = 1
WRONG_USAGE = 2
INTERRUPTED = 130
"""128 plus the number of SIGINT, as shells have it."""
SIGNALLED = 128


def exit_code_of(run: Callable[[], object]) -> int:
    """Run, say on stderr in one line what went wrong, and return the exit code.

    A reader that left early (`| head`) got what it wanted: 0.
    """
    try:
        code = run()
        output.flush()
    except output.ReaderGoneError:
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except EndedError as ended:
        return SIGNALLED + ended.number
    except VivaError as error:
        output.talk(str(error))
        return CANNOT
    except Exception as error:  # noqa: BLE001  # the outermost wall: nothing may reach the user as a traceback
        return _other(error)
    return code if isinstance(code, int) else 0


def _other(error: Exception) -> int:
    if isinstance(error, typer.Exit):
        return int(error.exit_code)
    if _is_usage(error):
        output.talk(_usage_line(error))
        return WRONG_USAGE
    if os.environ.get("VIVA_DEBUG") == "1":
        output.trace("".join(traceback.format_exception(error)))
    output.talk(_line(error))
    return CANNOT


def _is_usage(error: Exception) -> bool:
    """Whether Typer refused the arguments; the class that all its refusals share is not exported."""
    return any(isinstance(error, base) for base in typer.BadParameter.__mro__[1:2])


def _usage_line(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "viva"
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    return tr("{message}; see {path} --help", message=translate_typer(message.rstrip(".")), path=path)


def refused(error: OSError) -> str:
    """Return why the system refused, with the file where there is one."""
    reason = why(error)
    return tr("{reason}: {file}", reason=reason, file=error.filename) if error.filename else reason


def _line(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return tr("out of memory: use fewer notes at a time (--kb), or close other programs")
    if isinstance(error, OSError) and disk_is_full(error):
        return tr("the disk is full ({place}): free some space and run it again", place=error.filename or tr("output"))
    if isinstance(error, OSError) and error.strerror:
        return refused(error)
    return tr(
        "a defect in viva ({kind}: {error}): run it again with VIVA_DEBUG=1 and report what it prints",
        kind=type(error).__name__,
        error=error,
    )
