"""The entry point of the console script `viva`; apart from `app`, so that Ctrl+C while Typer loads ends quietly."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line on `sys.argv` and exit."""
    try:
        from typer.main import get_command

        from viva.cli.app import app

        get_command(app).main(prog_name="viva")
    except KeyboardInterrupt:
        sys.exit(130)
