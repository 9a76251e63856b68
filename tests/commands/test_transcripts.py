"""The command line as its users see it: each .md file here is a session that is played again.

A ```console block holds commands (`$ command`) and what they print, stdout and stderr together.
A line of `...` stands for any lines, `...` within a line for any text, and a last line `[1]` is the
exit code where it is not 0. All blocks of a file run in one shell, in an empty folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from reportgen.cli import main

HERE = Path(__file__).parent
SESSIONS = sorted(HERE.glob("*.md"))
END = "end of the command's output: "


def steps(session: Path) -> Iterator[tuple[int, str, list[str]]]:
    """The commands of a session, each with its line and what it is to print."""
    command, line, expected = "", 0, []
    inside = False
    for number, text in enumerate(session.read_text(encoding="utf-8").splitlines(), start=1):
        opens_or_closes = text.startswith("```")
        if inside and (opens_or_closes or text.startswith("$ ")) and command:
            yield line, command, expected
            command = ""
        if opens_or_closes:
            inside = text == "```console"
        elif inside and text.startswith("$ "):
            command, line, expected = text[2:], number, []
        elif inside:
            expected.append(text)


def play(commands: list[str], folder: Path, home: Path) -> Iterator[list[str]]:
    """What each command prints, its exit code last where it is not 0."""
    console_script = f"#!{sys.executable}\nfrom reportgen.cli import main\nmain()\n"
    (home / "reportgen").write_text(console_script, encoding="utf-8")
    (home / "reportgen").chmod(0o755)
    path = f"{home}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": path, "HOME": str(home), "LC_ALL": "C.UTF-8"}
    script = "".join(f'{command}\necho "{END}$?"\n' for command in commands)
    done = subprocess.run(
        ["sh"],
        input=script,
        cwd=folder,
        env=settings,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    printed: list[str] = []
    for line in done.stdout.splitlines():
        before, mark, code = line.partition(END)
        if before or not mark:
            printed.append(before)
        if mark:
            yield printed if code == "0" else [*printed, f"[{code}]"]
            printed = []


def pattern_of(expected: list[str]) -> str:
    lines = (
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(re.escape("..."), ".*?") + r"\n"
        for line in expected
    )
    return "".join(lines)


@pytest.mark.parametrize("session", SESSIONS, ids=lambda session: session.stem)
def test_the_session_prints_what_it_printed(session: Path, tmp_path: Path) -> None:
    listed = list(steps(session))
    assert listed
    folder, home = tmp_path / "work", tmp_path / "home"
    folder.mkdir()
    home.mkdir()
    played = play([command for _, command, _ in listed], folder, home)
    for (line, command, expected), printed in zip(listed, played, strict=True):
        text = "".join(f"{one}\n" for one in printed)
        if not re.fullmatch(pattern_of(expected), text):
            pytest.fail(
                f"{session.name}:{line}: $ {command}\n{text}\ninstead of\n{chr(10).join(expected)}", pytrace=False
            )


def commands_and_options() -> Iterator[str]:
    for name, command in main.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield f"{name} {parameter.opts[0]}"
            elif isinstance(parameter.type, click.Choice):
                yield from (f"{name} {choice}" for choice in parameter.type.choices)
            else:
                yield name
        if not command.params:
            yield name


@pytest.mark.parametrize("use", sorted({*commands_and_options(), "--version", "--help"}))
def test_every_command_and_option_is_in_a_session(use: str) -> None:
    command, _, option = use.partition(" ")
    typed = [text for session in SESSIONS for _, text, _ in steps(session)]
    assert [text for text in typed if re.search(rf"reportgen {command}\b", text) and (not option or option in text)]
