"""How the program ends: the exit codes, and what becomes of an error that nobody else has dealt with."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

from reportgen.diagnostics import Rejected

ERRORS = 1
"""The inputs or the house have errors, or a file cannot be read or written. (2 is click's: wrong usage.)"""
WARNINGS = 3
"""There were warnings, and --strict was given."""
INTERRUPTED = 130
"""Ctrl-C, as shells count it: 128 and the number of SIGINT."""
BUG = 70
"""A mistake in this program (EX_SOFTWARE in BSD's sysexits.h)."""


class Stop(click.ClickException):
    """A message on stderr, and exit code 1."""

    exit_code = ERRORS

    def show(self, file: Any = None) -> None:
        """As other messages look: without the "Error:" that click puts before its own."""
        click.echo(self.format_message(), err=True, file=file)


class EdgeGroup(click.Group):
    """The program: no traceback for anything that a user can type."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and end with the exit code that it returns, or one for what it did not expect."""
        for stream in (sys.stdout, sys.stderr):
            # A name that the terminal's encoding lacks is printed as an escape instead of being an error.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            ctx.exit(super().invoke(ctx) or 0)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Rejected as rejected:
            from reportgen.cli.printing import Printer

            Printer().diagnostics(rejected.diagnostics)
            ctx.exit(ERRORS)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of a pipe has gone; click ends quietly
                raise
            raise Stop(f"{error.filename or 'file'}: error: {error.strerror or error}") from None
        except Exception as error:
            exit_for_bug(f"{type(error).__name__}: {error}", traceback.format_exc())


@contextmanager
def loading() -> Iterator[None]:
    """While modules are loaded, Python does not look for garbage, and never in what they hold: that takes time."""
    before = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()
        gc.enable()


def exit_for_bug(what: str, trace: str) -> NoReturn:
    """One line that asks for a report; the traceback only for those who look for the mistake."""
    if os.environ.get("REPORTGEN_DEBUG"):
        click.echo(trace, err=True)
    line = " ".join(what.split())
    click.echo(
        f"reportgen: this is a mistake in the program, please report it: {line} (REPORTGEN_DEBUG=1 shows where)",
        err=True,
    )
    raise click.exceptions.Exit(BUG)


def require_folder(folder: Path) -> None:
    """Raise at once, and not once for each file, when there is a file where a folder is to be made."""
    for place in (folder, *folder.parents):
        if place.exists():
            if not place.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "this is a file, but a folder was expected", str(place))
            return
