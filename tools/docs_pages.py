"""What `make docs` adds to the pages of docs/: those at the top of the repository, and the page of all rules."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from reportgen.cli import main

ROOT = Path(__file__).parents[1]
AT_THE_TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages; mkdocs calls this when it has listed docs/."""
    for name in AT_THE_TOP:
        text = (ROOT / name).read_text(encoding="utf-8")
        files.append(File.generated(config, name, content=text.replace("](docs/", "](")))
    rules = CliRunner().invoke(main, ["explain", "--all"], catch_exceptions=False)
    files.append(File.generated(config, "rules.md", content=rules.stdout))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Let a page of docs/ link to the top of the repository."""
    return markdown.replace("](../", "](")
