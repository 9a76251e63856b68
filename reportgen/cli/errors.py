"""Exit codes, and the messages for errors that no command has dealt with."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import click

from reportgen.diagnostics import Rejected

ERRORS = 1
"""The inputs or the house have errors, or a file cannot be read or written. (click ends with 2 at wrong usage.)"""
WARNINGS = 3
"""There were warnings, and --strict was given."""
INTERRUPTED = 130
"""Ctrl-C, as shells count it: 128 and the number of SIGINT."""
BUG = 70
"""A mistake in this program (EX_SOFTWARE in BSD's sysexits.h)."""


class CliError(click.ClickException):
    """A message on stderr, and exit code 1."""

    exit_code = ERRORS

    def show(self, file: Any = None) -> None:
        """Print the message without the "Error:" that click puts before its own."""
        click.echo(self.format_message(), err=True, file=file)


_FEW_COLLECTIONS = 100_000
"""New objects between two searches for garbage. Modules make many objects while they are imported and no garbage; with
Python's 700 the searches take a tenth of the time of a start."""


class CliGroup(click.Group):
    """The commands; no traceback for anything that a user can type."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and end with the exit code that it returns, or with that of an error it did not expect."""
        gc.set_threshold(_FEW_COLLECTIONS)
        for stream in (sys.stdout, sys.stderr):
            # A name that the terminal's encoding lacks is printed as an escape instead of being an error.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            ctx.exit(super().invoke(ctx) or 0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Rejected as rejected:
            from reportgen.cli.console import Printer

            Printer().diagnostics(rejected.diagnostics)
            ctx.exit(ERRORS)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has gone; click ends quietly
                raise
            raise CliError(f"{error.filename or 'file'}: error: {error.strerror or error}") from None
        except Exception as error:
            exit_for_bug(f"{type(error).__name__}: {error}", traceback.format_exc())


def exit_for_bug(what: str, trace: str) -> NoReturn:
    """Print one line that asks for a report, and the traceback only for those who look for the mistake."""
    if os.environ.get("REPORTGEN_DEBUG"):
        click.echo(trace, err=True)
    line = " ".join(what.split())
    click.echo(
        f"reportgen: this is a mistake in the program, please report it: {line} (REPORTGEN_DEBUG=1 shows where)",
        err=True,
    )
    raise click.exceptions.Exit(BUG)


def require_folder(folder: Path) -> None:
    """Raise NotADirectoryError once, and not for each file, when a file stands where a folder is to be made."""
    for place in (folder, *folder.parents):
        if place.exists():
            if not place.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "this is a file, but a folder was expected", str(place))
            return
